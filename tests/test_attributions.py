"""Source, cue and content of what is said and thought."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from generator.analysis.actors import find_actors
from generator.analysis.attributions import find_attributions
from tests.speech import article, read

if TYPE_CHECKING:
    from spacy.language import Language

INTRODUCTION = "Mayor Ada Brook met the union leader Tom Varga in Harrowgate on Monday."


def parts(nlp: Language, sentence: str) -> list[tuple[list[str], list[str], list[str], str, str | None]]:
    """What the rules alone find in a sentence."""
    reading = read(nlp, INTRODUCTION, sentence, tagged=False)
    return [
        (reading.text(*a.source), reading.text(*a.cue), reading.text(*a.content), a.speech, a.actor)
        for a in reading.attributions
        if a.cue and a.cue[0][0] > len(INTRODUCTION)
    ]


def test_indirect_speech_is_the_clause_behind_the_cue(nlp: Language) -> None:
    """With its conjunction, and without what the sentence goes on to tell of the source."""
    assert parts(nlp, "Brook said that the pier was lost, adding that the storm had spared the boats.")[
        0
    ] == (
        ["Brook"],
        ["said"],
        ["that the pier was lost"],
        "indirect",
        "ada-brook",
    )


def test_a_clause_that_the_parse_hangs_on_a_weekday_is_found(nlp: Language) -> None:
    """ "Said on Sunday night that …" is no relative clause of the night."""
    found = parts(nlp, "Brook said on Sunday night that her party was open to a coalition.")
    assert found[0][:3] == (["Brook"], ["said"], ["that her party was open to a coalition"])


def test_an_attribution_behind_its_content_is_found(nlp: Language) -> None:
    """ "The pier was lost, Brook said." """
    found = parts(nlp, "The pier was lost in the storm, Brook said.")
    assert found[0][:3] == (["Brook"], ["said"], ["The pier was lost in the storm"])


def test_according_to_is_a_cue(nlp: Language) -> None:
    """The source follows it, the content is the rest of the sentence."""
    found = parts(nlp, "The pier was lost in the storm, according to Brook.")
    assert found[0][:3] == (["Brook"], ["according to"], ["The pier was lost in the storm"])


@pytest.mark.parametrize(
    ("source", "actor"),
    [
        ("Brook's statement", "ada-brook"),
        ("A statement by Brook", "ada-brook"),
        ("The Brook letter", "ada-brook"),
        ("A Brook memo", "ada-brook"),
        ("A leaked letter", None),
        ("A Brook aide", None),
    ],
)
def test_what_a_writing_says_is_its_writers(nlp: Language, source: str, actor: str | None) -> None:
    """Also where it only bears the writer's name; an aide of hers is somebody else."""
    found = parts(nlp, f"{source} said that the pier was lost in the storm.")
    assert [said[4] for said in found] == [actor]


@pytest.mark.parametrize(
    ("source", "actor"),
    [
        ("A weary Brook", "ada-brook"),
        ("One of the board's members, Ada Brook,", "ada-brook"),
        ("Some harbour officials", "some-harbour-officials"),
        ("Most of the harbour officials", "harbour-officials"),
        ("Sixty percent of the harbour officials", "harbour-officials"),
        ("An official", None),
    ],
)
def test_an_indefinite_source_may_be_somebody_known(nlp: Language, source: str, actor: str | None) -> None:
    """By a name with an adjective or in apposition; a share of a group speaks for the group."""
    found = parts(nlp, f"{source} said that the pier was lost in the storm.")
    assert [said[4] for said in found] == [actor]


def test_speech_is_direct_mixed_or_indirect(nlp: Language) -> None:
    """By how much of it stands in quotation marks."""
    assert parts(nlp, '"The pier was lost," Brook said.')[0][3] == "direct"
    assert parts(nlp, 'Brook said the pier was "lost for a generation".')[0][3] == "mixed"


def test_what_follows_an_attribution_belongs_to_it(nlp: Language) -> None:
    """ "A," X said. "B.": the content is both."""
    found = parts(nlp, '"The pier is gone," Brook said. "We will rebuild it by spring."')
    assert found[0][2] == ['"The pier is gone,"', '"We will rebuild it by spring."']


def test_the_pipeline_s_own_attributions_come_first(nlp: Language) -> None:
    """Where a pipeline gives attributions, they are taken as they are, with the source resolved."""
    given = article(INTRODUCTION, "Brook said the pier was lost.")
    doc = nlp(given.prose)
    at = given.prose.index("Brook said")
    doc._.attributions = (
        SimpleNamespace(
            source=((at, at + 5),), cue=((at + 6, at + 10),), content=((at + 11, at + 28),), score=0.8
        ),
    )
    found = find_attributions(doc, find_actors(doc, given))
    assert [(a.source, a.cue, a.content, a.actor, a.score) for a in found] == [
        (((at, at + 5),), ((at + 6, at + 10),), ((at + 11, at + 28),), "ada-brook", 0.8)
    ]
