"""Direct speech and who speaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.speech import read

if TYPE_CHECKING:
    from spacy.language import Language

INTRODUCTION = "Mayor Ada Brook met the union leader Tom Varga in Harrowgate on Monday."


@pytest.mark.parametrize(
    "sentence",
    [
        '"We will rebuild the pier," Brook said.',
        '"We will rebuild the pier," said Brook.',
        '"We will rebuild the pier," said Ada Brook, the mayor of Harrowgate.',
        '"We will rebuild the pier," Brook, who took office in May, told reporters on Tuesday.',
        'Brook said: "We will rebuild the pier."',
        'Brook said, "We will rebuild the pier."',
        'Brook told the council that "we will rebuild the pier".',
        '"We will rebuild the pier," according to Brook.',
        "‘We will rebuild the pier,’ Brook said.",
        "“We will rebuild the pier!” Brook shouted.",
        '"We will rebuild the pier?" Brook asked.',
    ],
)
@pytest.mark.parametrize("tagged", [True, False])
def test_the_narration_names_the_speaker(nlp: Language, sentence: str, tagged: bool) -> None:
    """Before the quotation, behind it or around it, with the model's attributions and without."""
    reading = read(nlp, INTRODUCTION, sentence, tagged=tagged)
    assert [speaker for speaker, _ in reading.said()] == ["ada-brook"]
    assert reading.said()[0][1][0].rstrip(",.!?") in {"We will rebuild the pier", "we will rebuild the pier"}


def test_an_interrupted_quotation_is_one_quote_of_two_parts(nlp: Language) -> None:
    """ "A," X said. "B." and "A," X said, "B" are each one quote."""
    reading = read(nlp, INTRODUCTION, '"The pier is gone," Brook said. "We will rebuild it by spring."')
    assert reading.said() == [("ada-brook", ["The pier is gone,", "We will rebuild it by spring."])]
    reading = read(nlp, INTRODUCTION, '"The pier is gone," Brook said, "and we will rebuild it by spring."')
    assert reading.said() == [("ada-brook", ["The pier is gone,", "and we will rebuild it by spring."])]


def test_a_second_attribution_begins_a_second_quote(nlp: Language) -> None:
    """So does a sentence of narration between."""
    reading = read(nlp, INTRODUCTION, '"The pier is gone," Brook said. "The boats are gone too," Varga said.')
    assert [speaker for speaker, _ in reading.said()] == ["ada-brook", "tom-varga"]
    reading = read(
        nlp,
        INTRODUCTION,
        '"The pier is gone," Brook said. The crowd fell silent. "We will rebuild it," she said.',
    )
    assert [parts for _, parts in reading.said()] == [["The pier is gone,"], ["We will rebuild it,"]]


def test_stretches_that_are_grammatically_apart_are_quotes_apart(nlp: Language) -> None:
    """Said "A" and that "B" are two."""
    reading = read(
        nlp,
        INTRODUCTION,
        'Brook said the storm had been "far worse than forecast" and that "the pier must be rebuilt".',
    )
    assert reading.said() == [
        ("ada-brook", ["far worse than forecast"]),
        ("ada-brook", ["the pier must be rebuilt"]),
    ]


def test_a_quotation_alone_in_its_paragraph_goes_on_with_the_speaker(nlp: Language) -> None:
    """Nobody else has spoken since."""
    reading = read(
        nlp,
        INTRODUCTION,
        '"The pier is gone," Brook said.',
        '"We will rebuild it by spring. We have the money."',
    )
    assert [speaker for speaker, _ in reading.said()] == ["ada-brook", "ada-brook"]


def test_a_colon_at_the_end_of_a_paragraph_introduces_the_next(nlp: Language) -> None:
    """The speaker stands in the paragraph before."""
    reading = read(
        nlp,
        INTRODUCTION,
        "Varga told the meeting:",
        '"We drove through the floods and we will not be told to wait."',
    )
    assert [speaker for speaker, _ in reading.said()] == ["tom-varga"]


def test_scare_quotes_titles_and_headings_are_no_quotes(nlp: Language) -> None:
    """Nor are words that nobody is said to have spoken."""
    reading = read(
        nlp,
        INTRODUCTION,
        "‘NOBODY RANG US’",
        'The so-called "bridge to nowhere at all" was closed in May.',
        'In a report titled "The Long Road Home," Brook wrote that the pier was lost.',
        'Brook spoke of "root causes" on Monday.',
    )
    assert reading.said() == []


def test_an_unnamed_source_keeps_the_article_s_words(nlp: Language) -> None:
    """It is no actor, and is not guessed to be one."""
    reading = read(
        nlp, INTRODUCTION, '"The talks were over by noon," a Western diplomat briefed on the meeting said.'
    )
    assert [(q.speaker, q.speaker_text) for q in reading.quotes] == [(None, "a Western diplomat")]


def test_a_source_without_a_name_stays_without_one(nlp: Language) -> None:
    """ "The diplomat" is the Western diplomat introduced before, and nobody who has a name."""
    reading = read(
        nlp,
        "Envoy Grace Adeyo, a career diplomat, opened the talks in Harrowgate on Monday.",
        "A Western diplomat said that both sides had threatened to leave.",
        '"By midnight there were two delegations in two corridors," the diplomat said.',
    )
    assert [(q.speaker, q.speaker_text) for q in reading.quotes] == [(None, "A Western diplomat")]


def test_an_outlet_that_passes_words_on_is_not_their_speaker(nlp: Language) -> None:
    """ "Polar News quoted a source as saying …" is the source's."""
    reading = read(
        nlp,
        INTRODUCTION,
        'Polar News quoted a union source as saying the offer was "detached from everything agreed before".',
    )
    assert [(q.speaker, q.speaker_text) for q in reading.quotes] == [(None, "a union source")]


def test_an_office_before_a_name_does_not_take_its_words(nlp: Language) -> None:
    """ "Harbour Board chairwoman Lena Orr said" is Orr's."""
    reading = read(nlp, INTRODUCTION, '"No ship will wait," Harbour Board chairwoman Lena Orr said.')
    assert [speaker for speaker, _ in reading.said()] == ["lena-orr"]


def test_what_is_told_inside_a_quotation_does_not_speak_it(nlp: Language) -> None:
    """ "They said no," she said: the words are hers."""
    reading = read(nlp, INTRODUCTION, '"They said it could not be done," Brook said. "They said it twice."')
    assert [speaker for speaker, _ in reading.said()] == ["ada-brook"]


def test_parts_are_the_article_s_own_characters(nlp: Language) -> None:
    """Whatever stands between the marks comes back as it was."""
    words = "We’ll rebuild — every plank… “all of it”, by 1 May"
    reading = read(nlp, INTRODUCTION, f"‘{words},’ Brook said.")
    assert reading.said() == [("ada-brook", [words + ","])]


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        (['Varga called the offer "a slap in the face" and said Brook should resign.'], "tom-varga"),
        (
            ['Varga attacked Brook for saying that the union "would sell its own mother" for the pier.'],
            "ada-brook",
        ),
        (['"The pier is gone and nobody will pay for it." - Ada Brook'], "ada-brook"),
        (['Brook regretted the delay. Adding, "We will pay for every plank of it ourselves."'], "ada-brook"),
        (
            ['Ada Brook is under fire for her comment that, "We will not pay for their boats."'],
            "ada-brook",
        ),
    ],
)
def test_who_speaks_a_quotation_that_stands_apart(nlp: Language, paragraphs: list[str], speaker: str) -> None:
    """What goes on with "and", who is blamed for words, a signature, a verb without a subject, a comment."""
    reading = read(nlp, INTRODUCTION, *paragraphs)
    assert [found for found, _ in reading.said()] == [speaker]


@pytest.mark.parametrize(
    "sentence",
    [
        'Brook\'s statement added, "We will rebuild the pier."',
        'The Brook letter said, "We will rebuild the pier."',
        '"We will rebuild the pier," said Brook\'s report.',
    ],
)
def test_a_document_speaks_for_its_author(nlp: Language, sentence: str) -> None:
    """What somebody's statement, letter or report says is theirs."""
    assert [speaker for speaker, _ in read(nlp, INTRODUCTION, sentence).said()] == ["ada-brook"]


def test_a_document_of_nobody_known_speaks_for_nobody(nlp: Language) -> None:
    reading = read(nlp, INTRODUCTION, 'A leaked letter said, "We will rebuild the pier."')
    assert [speaker for speaker, _ in reading.said()] == [None]


def test_whom_an_outlet_cites_speaks(nlp: Language) -> None:
    """ "the paper reported, citing a councillor": the words are the councillor's."""
    reading = read(
        nlp, INTRODUCTION, '"They sold the pier twice," Polar News reported, citing a senior councillor.'
    )
    assert [(q.speaker, q.speaker_text) for q in reading.quotes] == [(None, "a senior councillor")]


def test_shows_are_titles_and_shouts_are_not(nlp: Language) -> None:
    """Capitals with a preposition between them name a show; what somebody is said to say is said."""
    reading = read(
        nlp,
        INTRODUCTION,
        'Brook hosts "Mornings with Ada Brook" on Harrowgate Radio.',
        '"There they are! There they are," Varga said.',
    )
    assert reading.said() == [("tom-varga", ["There they are! There they are,"])]


def test_a_quotation_broken_into_paragraphs_is_whole(nlp: Language) -> None:
    """Even where no mark stands at the head of the second paragraph."""
    reading = read(nlp, INTRODUCTION, 'Brook said, "We have lost the pier.', 'We will rebuild it by spring."')
    assert reading.said() == [("ada-brook", ["We have lost the pier.", "We will rebuild it by spring."])]


def test_the_sentence_of_a_quotation_outweighs_the_one_before(nlp: Language) -> None:
    """Whoever spoke just before does not take the words that another is said to say."""
    reading = read(
        nlp,
        INTRODUCTION,
        '"This is a step," Varga said in Harrowgate. Brook urged both sides "to keep talking about piers".',
    )
    assert [speaker for speaker, _ in reading.said()] == ["tom-varga", "ada-brook"]
