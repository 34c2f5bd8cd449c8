"""Who takes part in a story, and whom a phrase means."""

from __future__ import annotations

import pytest
from spacy.tokens import Span

from generator.analysis.actors import Cast, find_actors, slugify
from generator.analysis.model import Actor, NextStep, Position, Quote
from tests.castdocs import make_article, read_cast
from tests.parses import parsed


def names(cast: Cast) -> list[str]:
    return [actor.name for actor in cast.actors]


def actor(cast: Cast, name: str) -> Actor:
    return next(a for a in cast.actors if a.name == name)


def refer(cast: Cast, phrase: str, *, nth: int = 1, speaker: str | None = None) -> str | None:
    prose = cast._page.doc.text
    start = -1
    for _ in range(nth):
        start = prose.index(phrase, start + 1)
    return cast.refer(start, start + len(phrase), speaker)


def test_one_entry_for_all_names_of_a_person() -> None:
    """A person named in full, by surname and with a title is one actor, and its aliases carry no titles."""
    cast = read_cast(
        "Mayor Ada Brook told reporters she would resign .\n"
        "Brook said the council was warned .\n"
        "Critics praised Mrs. Brook ."
    )
    brook = actor(cast, "Ada Brook")
    assert brook.kind == "person"
    assert brook.aliases == ("Brook",)
    assert [a for a in cast.actors if "Brook" in a.name] == [brook]


def test_people_of_one_surname_stay_apart() -> None:
    """Spouses and namesakes are two actors; an honorific decides whom the surname means."""
    cast = read_cast(
        "Senator Otto Varga met reporters on Monday .\n"
        "His wife , Helena Varga , denied the charge .\n"
        "Mrs. Varga said she was tired ."
    )
    assert {"Otto Varga", "Helena Varga"} <= set(names(cast))
    assert refer(cast, "Mrs. Varga") == "helena-varga"


def test_the_surname_of_a_couple_means_who_acts() -> None:
    """After "Otto Varga spoke for his wife, Helena Varga" the surname alone is his, though hers came last."""
    cast = read_cast(
        "Senator Otto Varga met reporters on Monday for his wife , Helena Varga .\nVarga said he was tired ."
    )
    assert refer(cast, "Varga said".split()[0], nth=3) == "otto-varga"


def test_particles_initials_suffixes_and_hyphens_belong_to_the_name() -> None:
    """Ursel van den Akker, Tomas de la Rua, Roy F. Pell Jr. and Song Mi-ran keep every part of their
    names."""
    cast = read_cast(
        "Minister Ursel van den Akker said so .\n"
        "Director Tomas de la Rua said no .\n"
        "Judge Roy F. Pell Jr. said little .\n"
        "Ambassador Song Mi - ran_NN said nothing ."
    )
    assert names(cast) == ["Ursel van den Akker", "Tomas de la Rua", "Roy F. Pell Jr.", "Song Mi-ran"]


def test_acronym_in_brackets_is_an_alias() -> None:
    """The short form introduced in brackets after a body's name means that body."""
    cast = read_cast(
        "The Coastal Fisheries Agency ( CFA ) said the ban would stay .\nThe CFA denied a report ."
    )
    assert actor(cast, "Coastal Fisheries Agency").aliases == ("CFA",)


def test_initials_without_brackets_mean_the_body() -> None:
    """Plain initials of a body named in full are joined to it."""
    cast = read_cast("The National Harbour Board said it had met .\nThe NHB denied a report .")
    assert names(cast) == ["National Harbour Board"]


@pytest.mark.parametrize(
    ("phrase", "state"),
    [("Moscow", "russia"), ("the Kremlin", "russia"), ("the Russians", "russia"), ("Russia", "russia")],
)
def test_a_state_and_its_government_are_one_actor(phrase: str, state: str) -> None:
    """Capital, house of government and people stand for the state."""
    cast = read_cast(
        "Russia said the talks had ended .\n"
        "Later Moscow denied it .\n"
        "On Friday the Kremlin rejected a truce .\n"
        "Diplomats said the Russians_NNPS closed the border ."
    )
    assert refer(cast, phrase) == state
    assert [a.name for a in cast.actors if a.kind == "state"] == ["Russia"]


def test_a_demonym_before_a_word_for_government_means_the_state() -> None:
    """ "The Turkish delegation" is Turkey; "a Turkish newspaper" is not."""
    cast = read_cast(
        "In Rome the Turkish_JJ delegation met reporters .\nLater a Turkish_JJ newspaper warned_VBD readers ."
    )
    assert refer(cast, "the Turkish delegation") == "turkey"
    assert refer(cast, "a Turkish newspaper") is None


def test_a_surname_that_is_also_a_state_stays_a_person() -> None:
    """Ellis Jordan is no Jordan."""
    cast = read_cast("Ellis Jordan , an economist at the bank , said prices fell .\nLater Jordan said more .")
    assert [(a.name, a.kind) for a in cast.actors if a.kind in {"person", "state"}] == [
        ("Ellis Jordan", "person")
    ]


def test_headlines_make_no_actors() -> None:
    """Words with capitals in a headline are names only where the text knows them as such."""
    cast = read_cast(
        "Bold_JJ New Plan For Harbour Divides Brook And Council\n"
        "\n"
        "Mayor Ada Brook said the plan would go on ."
    )
    assert names(cast) == ["Ada Brook"]
    assert len(actor(cast, "Ada Brook").mentions) == 2


def test_credits_and_datelines_make_no_actors() -> None:
    """The reporters of a wire story and the town it was filed from take no part in it."""
    cast = read_cast(
        "OSLO , March 3 ( Polar News ) – Mayor Ada Brook said the plan was dead .\n\n"
        "( Reporting by Lena Most in Oslo ; Editing by Joan Petty )"
    )
    assert names(cast) == ["Ada Brook"]


def test_parties_in_brackets_make_no_actors() -> None:
    """ "Rep. Ada Brook (D-Ohio)" names one actor."""
    cast = read_cast("Rep. Ada Brook ( D - Ohio ) said the bill was dead .")
    assert names(cast) == ["Ada Brook"]


def test_outlets_that_carried_a_statement_are_no_actors() -> None:
    """Whoever told the news to a broadcaster is an actor, the broadcaster is not."""
    cast = read_cast("Mayor Ada Brook told Fox News she would resign .\nLater Brook told Reuters more .")
    assert names(cast) == ["Ada Brook"]


def test_first_person_means_the_speaker() -> None:
    """In direct speech I and we are whoever speaks; outside of it they mean nobody known."""
    cast = read_cast("Mayor Ada Brook said little .\n“ We will go on , ” she said .")
    assert refer(cast, "We", speaker="ada-brook") == "ada-brook"
    assert refer(cast, "We") is None


def test_a_name_followed_by_its_description_means_the_person() -> None:
    """The description after a name does not distract from it, nor a title cut off before it."""
    cast = read_cast("Rosa Hale , president of the Dockers' Union , said the strike would go on .")
    assert refer(cast, "Rosa Hale , president of the Dockers' Union".replace(" ,", ",")) == "rosa-hale"
    cast = read_cast("Treasury_NNP spokesman_NN Olaf Bern said nothing .")
    assert refer(cast, "Treasury spokesman Olaf Bern") == "olaf-bern"
    assert refer(cast, "Treasury spokesman") == "olaf-bern"


def test_groups_stay_only_with_a_position_or_a_step() -> None:
    """ "Dutch farmers" are listed once they hold a position; "two people" and "members" never are."""
    cast = read_cast(
        "On Monday Dutch_JJ farmers_NNS rejected the plan .\n"
        "Later two_CD people_NNS said more .\n"
        "Some members said no ."
    )
    assert cast.settle() == ()
    span = ((0, 5),)
    held = [
        Position(refer(cast, phrase), phrase, "opposes", None, span)
        for phrase in ("Dutch farmers", "two people", "members")
    ]
    assert [a.name for a in cast.settle(positions=held)] == ["Dutch farmers"]


def listed(cast: Cast, *holders: str) -> list[str]:
    """The names listed where each of these phrases holds a position."""
    held = [Position(refer(cast, phrase), phrase, "opposes", None, ((0, 5),)) for phrase in holders]
    return [a.name for a in cast.settle(positions=held)]


def test_a_bare_plural_tells_no_group_apart() -> None:
    """ "Aides" and "some officials" are nobody in particular; critics are a side of their own."""
    cast = read_cast("Later aides said no .\nThen some officials said more .\nThen critics said so .")
    assert listed(cast, "aides", "officials", "critics") == ["critics"]


def test_a_group_is_named_with_its_possessor_and_complement() -> None:
    """ "Her aides", "Brook's aides" and "critics of the pact" are named whole."""
    cast = read_cast("Later her aides said no .")
    assert listed(cast, "aides") == ["her aides"]
    cast = read_cast("Later critics of the harbour pact said no .")
    assert listed(cast, "critics") == ["critics of the harbour pact"]


def test_a_body_may_be_a_name_and_a_common_noun() -> None:
    """ "The Brook campaign" is a body of its own, and not Ada Brook."""
    cast = read_cast("Mayor Ada Brook said so .\nLater the Brook campaign said more .")
    assert listed(cast, "the Brook campaign") == ["Ada Brook", "Brook campaign"]
    assert refer(cast, "the Brook campaign") == "brook-campaign"


def test_whose_a_campaign_is_may_be_said_in_two_ways() -> None:
    """ "Brook's campaign" and "the Brook campaign" are one body."""
    cast = read_cast("Later Brook 's campaign said so .\nThen the Brook campaign said more .")
    assert refer(cast, "Brook's campaign") == refer(cast, "the Brook campaign") == "brook-s-campaign"


def test_a_government_called_by_its_leader_is_a_state() -> None:
    """ "The Brook administration" is the United States where the article names them, else by itself."""
    alone = read_cast("Later the Brook administration_NN said so .")
    assert [(a.name, a.kind) for a in alone.actors] == [("Brook administration", "state")]
    cast = read_cast("The United States said so .\nLater the Brook administration_NN said more .")
    assert [(a.name, a.aliases) for a in cast.actors] == [("United States", ("Brook administration",))]


def test_how_many_are_meant_is_no_part_of_a_groups_other_name() -> None:
    """ "Many Dutch farmers" are also called Dutch farmers."""
    cast = read_cast("Later many_JJ Dutch_JJ farmers_NNS said so .")
    assert actor(cast, "many Dutch farmers").aliases == ("Dutch farmers",)


def test_groups_of_one_party_are_one() -> None:
    """ "Senate Democrats" and "Democrats" do not make two entries of one name."""
    cast = read_cast("Later Senate Democrats_NNPS said so .\nThen Democrats_NNPS said more .")
    assert names(cast).count("Democrats") == 1


def test_where_an_institute_is_based_is_nobodys_employer() -> None:
    """ "A fellow at the Oslo-based Tide Institute" belongs to the institute and to no state."""
    cast = read_cast(
        "Norway said so .\n"
        "Later Ada Brook , a fellow at the Oslo - based_VBN Tide Institute , said so .\n"
        "Then the Tide Institute said more ."
    )
    assert actor(cast, "Ada Brook").affiliation == "tide-institute"


def test_citizens_are_not_their_state() -> None:
    """ "The Chileans" are Chile's government, "many Chileans" a group of people."""
    assert names(read_cast("On Monday the Chileans said no .")) == ["Chile"]
    cast = read_cast("On Monday many_JJ Chileans_NNPS said no .")
    assert [(a.name, a.kind) for a in cast.actors] == [("many Chileans", "group")]


def test_a_part_of_a_federation_is_listed_where_it_only_acts() -> None:
    """ "Ohio banned it" makes Ohio an actor; Ohio as a place that people vote in is none."""
    assert listed(read_cast("Later Ohio closed_VBD the mine .")) == ["Ohio"]
    assert listed(read_cast("Later they met in Ohio .\nThen Ohio closed_VBD the mine .")) == []


def test_an_abbreviated_state_after_a_town_is_a_place() -> None:
    """ "Dunmore, N.C." lists no body by the name of N.C."""
    cast = read_cast("Later Ada Brook met reporters in Dunmore , N.C. .")
    assert listed(cast) == ["Ada Brook"]


def test_an_interviewer_is_no_actor() -> None:
    """Who is only named as an outlet's asks, and takes no part."""
    cast = read_cast("Later Mayor Ada Brook told CNN 's Olaf Bern she would resign .")
    assert listed(cast) == ["Ada Brook"]


def test_a_platform_that_acts_is_an_actor() -> None:
    """ "Twitter removed the video" and "Twitter denied it" are acts; "CNN reported it" is not."""
    acting = "Later Twitter closed the page .\nThen Twitter denied a plan .\n"
    carrying = "Later CNN said so .\nLater CNN told more ."
    assert listed(read_cast(acting + carrying)) == ["Twitter"]


def test_a_family_is_no_body() -> None:
    """ "The Brooks" after Ada Brook are no organisation."""
    assert listed(read_cast("Mayor Ada Brook said so .\nLater the Brooks said more .")) == ["Ada Brook"]


def test_whoever_has_customers_is_a_body() -> None:
    """ "Ada Brook's customers" would be odd: what has a CEO, shareholders or earnings is a company."""
    cast = read_cast("Later Hollis Pike 's shareholders said no .\nThen Hollis Pike said so .")
    assert [(a.name, a.kind) for a in cast.actors if a.kind != "group"] == [("Hollis Pike", "organization")]


def test_a_bare_plural_takes_up_the_group_named_before() -> None:
    """ "The officials" after "Ukrainian officials" are the same group."""
    cast = read_cast(
        "On Monday Ukrainian_JJ officials_NNS met reporters .\nLater the officials_NNS denied it ."
    )
    assert refer(cast, "the officials") == refer(cast, "Ukrainian officials") == "ukrainian-officials"


def test_party_members_are_a_group() -> None:
    """Democrats and the GOP are groups of persons, not organisations."""
    cast = read_cast("On Monday Republicans_NNPS rejected the bill .\nLater the GOP said more .")
    assert [(a.name, a.kind, a.aliases) for a in cast.actors] == [("Republicans", "group", ("GOP",))]


def test_key_actors_are_at_most_eight_and_hold_positions_first() -> None:
    """Who wants something counts for more than who is merely named."""
    people = [
        "Ada Brook",
        "Otto Varga",
        "Rosa Hale",
        "Olaf Bern",
        "Ivo Kram",
        "Nell Dast",
        "Jan Pohl",
        "Eva Lind",
        "Max Rehn",
    ]
    text = "\n\n".join(f"Minister {name} said so ." for name in people)
    cast = read_cast(text)
    positions = [Position("max-rehn", "Rehn", "demands", None, ((0, 3),))] * 3
    steps = [NextStep(("eva-lind",), "planned", None, None, ((0, 3),))] * 2
    settled = cast.settle(positions=positions, next_steps=steps)
    keys = [a.name for a in settled if a.key]
    assert len(settled) == 9
    assert len(keys) <= 8
    assert {"Max Rehn", "Eva Lind"} <= set(keys)


def test_who_is_told_of_throughout_is_key_and_who_is_named_once_late_is_not() -> None:
    """An article turns on those it keeps coming back to, and on who says something, not on every name."""
    once = ["Otto Varga", "Rosa Hale", "Olaf Bern", "Ivo Kram", "Nell Dast"]
    cast = read_cast(
        "Governor Ada Brook said the bridge would stay closed .\n\n"
        "Brook met the council on Monday .\n\nBrook said the repairs would take a year .\n\n"
        + "\n\n".join(f"{name} closed the harbour ." for name in once)
    )
    quotes = [Quote("ada-brook", "Brook", ((0, 3),))] * 2
    positions = [Position("ada-brook", "Brook", "expects", None, ((0, 3),))]
    settled = cast.settle(quotes=quotes, positions=positions)
    assert [actor.name for actor in settled] == ["Ada Brook", *once]
    assert settled[0].key
    assert not settled[-1].key


def test_a_state_that_others_deal_with_again_and_again_takes_part() -> None:
    """A state need not act to be an actor: a talk with it, and another, is enough; one visit is not."""
    text = "Mayor Ada Brook met_VBD envoys for talks with {} .\nBrook said a pact with {} was near ."
    assert listed(read_cast(text.format("Norway", "Norway"))) == ["Ada Brook", "Norway"]
    assert listed(read_cast(text.format("Norway", "Peru"))) == ["Ada Brook"]


def test_bodies_listed_in_a_row_take_part() -> None:
    """Who is named with two others of a kind ("the sponsors are Corvane, Orlex and Brinta") counts."""
    row = parsed(
        "The/DT/det/2 sponsors/NNS/nsubj/4 are:be/VBP/cop/4 Corvane/NNP/root/0 ,/,/punct/6 Orlex/NNP/conj/4"
        " and/CC/cc/8 Brinta/NNP/conj/4 ././punct/4"
    )
    row.ents = [Span(row, i, i + 1, label="ORG") for i in (3, 5, 7)]
    cast = find_actors(row, make_article(row.text))
    assert [actor.name for actor in cast.settle()] == ["Corvane", "Orlex", "Brinta"]


def test_a_person_named_in_full_takes_part_by_what_is_theirs() -> None:
    """ "Otto Varga's lawyer" brings Varga into the story, who does nothing himself."""
    cast = read_cast("Mayor Ada Brook said so .\nOn Monday Otto Varga 's lawyer resigned .")
    assert listed(cast) == ["Ada Brook", "Otto Varga"]


def test_a_committee_that_funds_campaigns_needs_a_name() -> None:
    """ "Harbour Pride PAC" is a body; "the PAC" alone names none."""
    assert names(read_cast("On Monday the Harbour Pride PAC praised the plan .")) == ["Harbour Pride PAC"]
    assert names(read_cast("On Monday the PAC praised the plan .")) == []


def test_the_dead_take_no_part() -> None:
    """A person who is named only by their death is no actor."""
    cast = read_cast("On Monday the death of Justice Imre Sand left a gap .\nMayor Ada Brook said so .")
    assert [a.name for a in cast.settle()] == ["Ada Brook"]


def test_affiliation_comes_from_the_role() -> None:
    """A foreign minister belongs to the state that the title names."""
    cast = read_cast("Russia rejected the offer .\nLater Russian_JJ Foreign Minister Pavel Orlin said so .")
    assert actor(cast, "Pavel Orlin").affiliation == "russia"


def test_the_cast_is_the_same_each_time() -> None:
    """The same text gives the same actors in the same order."""
    text = "Mayor Ada Brook met Judge Otto Varga .\nThe Harbour Board and the Port Authority said no ."
    assert read_cast(text).settle() == read_cast(text).settle()


def test_ids_are_plain_and_distinct() -> None:
    """An id is the name in ASCII, and no two actors share one."""
    assert slugify("José Peña-Ruíz Jr.") == "jose-pena-ruiz-jr"
    assert slugify("李") == "actor"
    cast = read_cast(
        "Mayor Ada Brook said no .\nThe Harbour Board said yes .\nOn Monday dock_NN workers_NNS said more ."
    )
    ids = [a.id for a in cast.actors]
    assert len(ids) == len(set(ids))
