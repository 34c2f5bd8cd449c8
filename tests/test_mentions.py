"""Where an article names someone or something."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.actors import find_actors
from generator.analysis.actors.mentions import find_names
from tests.castdocs import make_article, read_cast, read_page

PLAIN = spacy.blank("en")
PLAIN.add_pipe("sentencizer")
BITS = [
    *"Mr. Rep. (D- Jr. Inc. King the The of and for - — ’s U.S. Ada Brook Bank al- May Jan.".split(),
    *"NATO (EPA)".split(),
    *"President & “ ” ( ) , . : 12 é 🙂 said who".split(),
    *("\n\n", "\t", "\u200b", "  "),
]


def found(text: str, *persons: str) -> list[str]:
    return [mention.text for mention in find_names(read_page(text, persons=persons))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("On Friday the Department of Health said so .", ["Department of Health"]),
        ("Later the Institute for Tide Policy at Oslo said so .", ["Institute for Tide Policy", "Oslo"]),
        (
            "Later the House Oversight and Reform Committee met reporters .",
            ["House Oversight and Reform Committee"],
        ),
        ("Later the Dockers' Union said so .", ["Dockers' Union"]),
        ("Later Justice and Work party leaders said so .", ["Justice and Work"]),
        ("Later Kram & Sons said so .", ["Kram & Sons"]),
        ("Later the Harbour Board and the Port Authority said so .", ["Harbour Board", "Port Authority"]),
        ("Later Varga and Brook said so .", ["Varga", "Brook"]),
        ("Later Idris al - Hadid said so .", ["Idris al-Hadid"]),
        ("Poor_JJ Mexico said so .", ["Mexico"]),
        ("Later April Jones said so in April .", ["April Jones"]),
    ],
)
def test_names_are_found_whole(text: str, names: list[str]) -> None:
    """What joins the words of a name belongs to it, what joins two names does not."""
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Later University of Dunmore Ada Brook said so .", ["University of Dunmore", "Ada Brook"]),
        ("Later Navy Divers Ada Brook and Otto Varga said so .", ["Ada Brook", "Otto Varga"]),
        ("The head of the Refuge Council Ada Brook said so .", ["Refuge Council", "Ada Brook"]),
        ("Minister of Fisheries Ada Brook said so .", ["Ada Brook"]),
        ("Later Unionist Ada Brook said so .", ["Ada Brook"]),
        ("Later he met_VBD Ada Brook Photo_NN : it said so .", ["Ada Brook"]),
    ],
)
def test_a_person_is_parted_from_what_the_name_runs_together_with(text: str, names: list[str]) -> None:
    """A body, a title that no list knows and a caption's word stay out of a name that the recognizer sees."""
    assert [name for name in found(text, "Ada Brook", "Otto Varga") if name != "Navy Divers"] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Later Undersecretary for Fisheries Mr. Brook said so .", ["Brook"]),
        ("Later Ministers Who Back The Pact Are Wrong said so .", []),
        ("Later he was told as Secretary of State .", []),
        ("Later firms like Orsk Inc. And_CC others said so .", ["Orsk Inc."]),
        ("Later Lam Chuen - ting_NN said so .", ["Lam Chuen-ting"]),
    ],
)
def test_titles_and_sentences_make_no_names(text: str, names: list[str]) -> None:
    """What an honorific, a title or a sentence set with capitals adds to a stretch of capitals is no name."""
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Later the 6th_JJ Circuit Court said so .", "6th Circuit Court"),
        ("Later Alternative for Orlund said so .", "Alternative for Orlund"),
        ("Later the Gull 's Rescue Guild said so .", "Gull 's Rescue Guild"),
        ("Later the Trust for the Protection of the Reef said so .", "Trust for the Protection of the Reef"),
    ],
)
def test_a_body_that_the_recognizer_sees_is_found_whole(text: str, body: str) -> None:
    """What stands between the capitals of a body's name, and a number before them, belongs to it."""
    names = find_names(read_page(text, bodies=(body,)))
    assert [mention.text for mention in names] == [body.replace(" 's", "'s")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Later the Department of Justice said so .", ["Department of Justice"]),
        ("Later the University of Orlund at Castle Bay said so .", ["University of Orlund at Castle Bay"]),
        ("Later Dunmore State University of the UK said so .", ["Dunmore State University", "UK"]),
        ("Later the pro - Brook Harbour Alliance said so .", ["Brook", "Harbour Alliance"]),
        ("Later the Municipality of Orlund said so .", ["Municipality of Orlund"]),
        ("Later the Brook administration_NN said so .", ["Brook administration"]),
    ],
)
def test_bodies_and_governments_are_found_whole(text: str, names: list[str]) -> None:
    """What goes on behind "of", "at" and a leader's name is in the name; what "pro-" stands before is not."""
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "persons", "name"),
    [
        ("Later Otto “ Ox ” Varga said so .", ("Otto", "Varga"), "Otto “ Ox ” Varga"),
        ("Later Dean Varga said so .", ("Dean Varga",), "Dean Varga"),
        ("Later Lark Christmas said so .", ("Lark Christmas",), "Lark Christmas"),
        ("Later Kim Brook - un_NN said so .", (), "Kim Brook-un"),
    ],
)
def test_a_persons_name_is_told_from_what_they_are(text: str, persons: tuple[str, ...], name: str) -> None:
    """Nicknames, and surnames that are also words for something else, are in a name."""
    cast = read_cast(text, persons=persons)
    assert [(a.name, a.kind) for a in cast.actors] == [(name, "person")]


def test_a_people_is_no_given_name() -> None:
    """Of "Orlundian Diana Brook" only the last two words are a name, also where the recognizer takes all."""
    assert found("Later Orlundian Diana Brook said so .", "Orlundian Diana Brook")[-1] == "Diana Brook"


def test_a_full_name_over_a_paragraph_is_found() -> None:
    """A name that stands in full only as a heading, and by surname below it, is one person."""
    cast = read_cast("Ada Brook .\n\nBrook said so .", persons=("Ada Brook",))
    assert [(a.name, a.kind, a.aliases) for a in cast.actors] == [("Ada Brook", "person", ("Brook",))]


def test_a_hyphen_between_two_names_parts_them() -> None:
    """ "The Varga-Brook talks" names two people where both stand alone too."""
    assert found("Later Varga met Brook .\nThen the Varga - Brook talks closed .") == [
        "Varga",
        "Brook",
        "Varga",
        "Brook",
    ]


def test_a_title_alone_is_no_name() -> None:
    """ "The Prime Minister said" names nobody."""
    assert found("Later the Prime Minister said so .") == []


def test_days_and_months_are_no_names() -> None:
    """Words of time begin no name and end one."""
    assert found("Then Ada Brook said on Tuesday in March that May was near .") == ["Ada Brook"]


@given(
    st.lists(st.sampled_from(BITS), max_size=25),
    st.lists(st.sampled_from(["", " "]), min_size=25, max_size=25),
)
def test_no_text_stops_the_cast(bits: list[str], spaces: list[str]) -> None:
    """Whatever the words and marks, the cast is found and every phrase can be asked after."""
    text = "".join(bit + space for bit, space in zip(bits, spaces, strict=False)).strip() or "x"
    cast = find_actors(PLAIN(text), make_article(text))
    cast.settle()
    for start in range(len(text)):
        cast.refer(start, min(len(text), start + 6))
    assert all(0 <= a < b <= len(text) for actor in cast.actors for a, b in actor.mentions)
