"""Titles and summaries, cut from the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.analysis.model import NextStep, Position
from generator.analysis.summary import LONGEST_TITLE, find_summary, make_title
from tests.speech import article

if TYPE_CHECKING:
    from spacy.language import Language


def title(nlp: Language, *paragraphs: str, headline: str | None = None) -> str:
    """The title of an article."""
    given = article(*paragraphs, headline=headline)
    return make_title(nlp(given.prose), given)


def test_the_headline_is_the_title(nlp: Language) -> None:
    """With its white space tidied, and not a word changed."""
    assert (
        title(nlp, "The pier burned.", headline="Pier  burns as\nmayor watches")
        == "Pier burns as mayor watches"
    )


@pytest.mark.parametrize(
    ("lede", "expected"),
    [
        (
            "The port of Harrowgate closed its northern terminal on Friday after a fire destroyed two cranes"
            " and injured nine dockers.",
            "The port of Harrowgate closed its northern terminal on Friday",
        ),
        ("The council rejected the plan.", "The council rejected the plan"),
        (
            "Mayor Ada Brook called for a vote of the harbour board after her first direct talks with the"
            " dockers in more than three years ended without a deal on Friday.",
            "Mayor Ada Brook called for a vote of the harbour board",
        ),
        (
            "For 39 hours, seven dockers in the northern terminal kept up a blockade aimed at drawing"
            " attention to, and ultimately stopping, a closure that the mayor called final.",
            "For 39 hours, seven dockers in the northern terminal kept up a blockade",
        ),
    ],
)
def test_a_title_is_cut_at_a_clause_boundary(nlp: Language, lede: str, expected: str) -> None:
    """What is left is a sentence; nothing is added."""
    assert title(nlp, lede) == expected


def test_a_clause_between_subject_and_verb_may_be_left_out(nlp: Language) -> None:
    """Where the lede is too long to cut at its end."""
    lede = (
        "Mayor Ada Brook, who has led the harbour town of Harrowgate through two floods, a fire and a long"
        " strike, resigned on Friday."
    )
    assert title(nlp, lede) == "Mayor Ada Brook resigned on Friday"


@pytest.mark.parametrize("words", [40, 200])
def test_a_title_is_never_long(nlp: Language, words: int) -> None:
    """A lede that cannot be cut ends in an ellipsis."""
    cut = title(nlp, "of the ships and " * words)
    assert len(cut) <= LONGEST_TITLE
    assert cut.endswith("…")


def test_a_summary_tells_who_and_what_next(nlp: Language) -> None:
    """The lede, a sentence of where the sides stand, and the next step, whole and in order."""
    sentences = [
        "The port of Harrowgate closed its northern terminal on Friday after a fire.",
        "The terminal was built in 1971.",
        "The dockers' union rejected the closure and accused the port of neglect.",
        "Talks between the port and the union will begin on Tuesday.",
    ]
    given = article(*sentences)
    doc = nlp(given.prose)
    at = [given.prose.index(sentence) for sentence in sentences]
    positions = (Position("union", "The dockers' union", "opposes", None, ((at[2] + 19, at[2] + 39),)),)
    steps = (NextStep(("union",), "scheduled", None, "2025-05-20", ((at[3], at[3] + 30),)),)
    found = [given.prose[start:end] for start, end in find_summary(doc, given, (), positions, steps)]
    assert found == [sentences[0], sentences[2], sentences[3]]


def test_a_summary_does_not_repeat_itself(nlp: Language) -> None:
    """A sentence that says the lede again is left out."""
    sentences = [
        "The port of Harrowgate closed its northern terminal on Friday after a fire.",
        "Harrowgate's port closed its northern terminal after the fire on Friday.",
        "The union will vote on a strike on Tuesday evening at the old customs house.",
    ]
    given = article(*sentences)
    found = [given.prose[start:end] for start, end in find_summary(nlp(given.prose), given, (), (), ())]
    assert found == [sentences[0], sentences[2]]


def summary(nlp: Language, *paragraphs: str, headline: str | None = None) -> list[str]:
    """The sentences of an article's summary where nothing was found in it but its words."""
    given = article(*paragraphs, headline=headline)
    return [given.prose[start:end] for start, end in find_summary(nlp(given.prose), given, (), (), ())]


FIRE = "The port of Harrowgate closed its northern terminal on Friday after a fire."
VOTE = "The union will vote on a strike on Tuesday evening at the old customs house."


@pytest.mark.parametrize(
    "other",
    [
        "The dockers' union named three conditions for going back to work this month:",
        "(The union had accused the port of neglect on the morning before the fire.)",
        "\"We warned them in the spring, and they laughed, said the head of the dockers' union.",
        "Rehn told the dockers on the quay that the union would never accept the closure.",
        "He told the dockers on the quay that the union would never accept the closure.",
        "In 1971 the union rejected a closure of the same terminal after a longer fire.",
    ],
)
def test_a_summary_can_be_read_by_itself(nlp: Language, other: str) -> None:
    """What announces, stands in brackets, is torn, old, or names nobody known waits for a better sentence."""
    rest = "Tomas Rehn has led the union since the spring and lives in Holt."
    assert summary(nlp, FIRE, f"It was put out at noon. {other}", VOTE, rest) == [FIRE, VOTE]


def test_a_feature_is_summed_up_by_what_its_headline_tells(nlp: Language) -> None:
    """Where the lede is a scene, the sentence that tells the headline stands in its place or beside it."""
    scene = "Ada Brook poured her third cup of coffee as the rain ran down the kitchen window on Friday."
    point = "Harrowgate dockers have rejected the plan to close the northern terminal, and will strike."
    headline = "Harrowgate dockers reject plan to close northern terminal"
    found = summary(nlp, scene, f"The cup had a crack. {point}", "The rain went on.", VOTE, headline=headline)
    assert (found[0], scene in found) == (point, False)


def test_a_headline_that_says_two_things_is_cut_to_the_first(nlp: Language) -> None:
    """Where it is too long for a title; else nothing of it is left out."""
    first = "Harrowgate dockers reject plan to close the northern terminal"
    assert title(nlp, FIRE, headline=f"{first}; union calls vote on a strike") == first
    assert title(nlp, FIRE, headline=f"{first}; vote set") == f"{first}; vote set"


def test_an_abbreviated_title_ends_no_sentence(nlp: Language) -> None:
    """A rank whose full stop the tokenizer cuts off stays with the name behind it."""
    lede = "Sens. Ada Strom and Tomas Rehn debated the northern terminal with Lt. Gov. Lena Orsk on Friday."
    assert summary(nlp, lede, VOTE) == [lede, VOTE]


def test_an_article_of_one_sentence_is_its_own_summary(nlp: Language) -> None:
    """There is no more to tell."""
    given = article("The port of Harrowgate closed on Friday.")
    assert find_summary(nlp(given.prose), given, (), (), ()) == ((0, len(given.prose)),)
