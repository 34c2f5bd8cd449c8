"""Which mentions are one actor: short names, role nouns and pronouns."""

from __future__ import annotations

from generator.analysis.actors import Cast
from tests.castdocs import read_cast
from tests.test_actors import refer


def pronoun(cast: Cast, words: str) -> str | None:
    """The actor that the first of some words, a pronoun, refers to."""
    at = cast._page.doc.text.index(words)
    return cast.refer(at, at + words.index(" "))


def test_short_names_join_the_body_named_in_full() -> None:
    """ "Corvane" is Corvane Foods Inc.; "the Harbour Institute" the Harbour Institute for Tides."""
    cast = read_cast(
        "Later Corvane Foods Inc. said no .\nThen Corvane said yes .\n"
        "The Harbour Institute for Tides said no .\nThe Harbour Institute said yes ."
    )
    assert [a.name for a in cast.actors] == ["Corvane Foods Inc.", "Harbour Institute for Tides"]


def test_an_ambiguous_short_name_means_the_body_named_last() -> None:
    """ "The Council" after two councils is the nearer one."""
    cast = read_cast(
        "The Harbour Council said no .\n"
        "Then the Council said more .\n"
        "The Rights Council said yes .\n"
        "Then the Council warned_VBD all ."
    )
    assert refer(cast, "the Council", nth=1) == "harbour-council"
    assert refer(cast, "the Council", nth=2) == "rights-council"


def test_a_role_noun_means_the_person_who_holds_the_role() -> None:
    """ "The mayor" is the mayor; "the Dutch mayor" and "the mayor of Oslo" are others."""
    cast = read_cast(
        "Mayor Ada Brook said no .\n"
        "Later the mayor said more .\n"
        "Then the Dutch_JJ mayor said so .\n"
        "The mayor of Oslo said no ."
    )
    assert refer(cast, "the mayor") == "ada-brook"
    assert refer(cast, "the Dutch mayor") is None
    assert refer(cast, "The mayor of Oslo") is None


def test_a_congressman_is_a_rep() -> None:
    """Role nouns take up titles that mean the same office."""
    cast = read_cast("Later Rep. Otto Varga said no .\nThen the congressman said more .")
    assert refer(cast, "the congressman") == "otto-varga"


def test_a_common_noun_takes_up_the_body_of_its_kind() -> None:
    """ "The agency" is the agency, whatever company was named since; "the company" is no ministry."""
    cast = read_cast(
        "The Coastal Safety Agency said no .\n"
        "Later Corvane Foods Inc. said more .\n"
        "Then the agency said so .\n"
        "Then the company said so ."
    )
    assert refer(cast, "the agency") == "coastal-safety-agency"
    assert refer(cast, "the company") == "corvane-foods-inc"


def test_pronouns_agree_in_gender() -> None:
    """He and she go back to the nearest person of that gender."""
    cast = read_cast(
        "Chairman Otto Varga met Chairwoman Helena Dorn .\nLater he said so .\nLater she said more ."
    )
    assert pronoun(cast, "he said") == "otto-varga"
    assert pronoun(cast, "she said") == "helena-dorn"


def test_the_subject_is_taken_up_before_others() -> None:
    """Of two men of one sentence, "he" is the one who acted."""
    cast = read_cast("Chairman Otto Varga met Chairman Ivo Kram .\nLater he said so .")
    assert pronoun(cast, "he said") == "otto-varga"


def test_a_quoted_he_is_not_the_speaker() -> None:
    """In "He lied," Varga said, he is the other man."""
    cast = read_cast("Chairman Ivo Kram met Chairman Otto Varga .\n“ He lied_VBD , ” Varga said .")
    assert pronoun(cast, "He lied") == "ivo-kram"


def test_it_is_no_person() -> None:
    """It goes back to a body or a state, or to nothing."""
    cast = read_cast("Chairman Ivo Kram said so .\nLater it said so .")
    assert pronoun(cast, "it said") is None
    cast = read_cast("The Harbour Board met reporters .\nLater it said so .")
    assert pronoun(cast, "it said") == "harbour-board"


def test_an_unknown_noun_means_nobody() -> None:
    """Where the text names nobody who fits, a phrase refers to no actor: nothing is guessed."""
    cast = read_cast("Mayor Ada Brook said so .\nLater a source said more .")
    assert refer(cast, "a source") is None


def test_the_city_is_the_municipality() -> None:
    """ "The city" takes up the body that governs it."""
    cast = read_cast("The Municipality of Orlund met reporters .\nLater the city said more .")
    assert refer(cast, "the city") == "municipality-of-orlund"


def test_a_description_takes_up_the_person_told_of() -> None:
    """ "The retired neurosurgeon" is whoever the sentence before told of, though no role says so; not where
    two come near, or where another or an unnamed one is meant."""
    before = "Chairman Otto Varga met reporters .\n"
    cast = read_cast(before + "Then the retired_JJ neurosurgeon said so .")
    assert refer(cast, "the retired neurosurgeon") == "otto-varga"
    cast = read_cast(before + "Then the second_JJ neurosurgeon said so .")
    assert refer(cast, "the second neurosurgeon") is None
    cast = read_cast(before + "Later a neurosurgeon left .\nThen the neurosurgeon said so .")
    assert refer(cast, "the neurosurgeon") is None
    cast = read_cast(before + "Chairman Ivo Kram met reporters .\nThen the neurosurgeon said so .")
    assert refer(cast, "the neurosurgeon") is None


def test_the_subject_of_a_sentence_is_taken_up_before_one_inside_it() -> None:
    """After "Varga said Kram lied", "he" is Varga, though Kram was named last."""
    cast = read_cast("Chairman Otto Varga said Chairman Ivo Kram lied_VBD .\nLater he said so .")
    assert pronoun(cast, "he said") == "otto-varga"
