"""Quotation marks paired without a language model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.quotation_marks import find_quotations


def quoted(prose: str) -> list[list[str]]:
    """The parts of each quotation, as text."""
    return [[prose[start:end] for start, end in quotation.parts] for quotation in find_quotations(prose)]


@pytest.mark.parametrize(
    "prose",
    [
        'The mayor said: "We will rebuild the pier."',
        "The mayor said: “We will rebuild the pier.”",
        "The mayor said: ‘We will rebuild the pier.’",
        "The mayor said: 'We will rebuild the pier.'",
        "The mayor said: «We will rebuild the pier.»",
        "The mayor said: « We will rebuild the pier. »",
        "The mayor said: ''We will rebuild the pier.''",
        "The mayor said: ``We will rebuild the pier.''",
        "The mayor said: ‘‘We will rebuild the pier.’’",
        "The mayor said: „We will rebuild the pier.”",
        "The mayor said: ”We will rebuild the pier.”",
        "The mayor said: “We will rebuild the pier.“",
    ],
)
def test_every_newspaper_s_marks_are_read(prose: str) -> None:
    """Straight, typographic, British, French, doubled and wrongly turned marks all pair."""
    assert quoted(prose) == [["We will rebuild the pier."]]


def test_marks_inside_a_quotation_stay_in_it() -> None:
    """A quotation within a quotation is part of the outer one, American and British."""
    assert quoted("“He told me, ‘Wait for the tide,’ and left,” Orr said.") == [
        ["He told me, ‘Wait for the tide,’ and left,"]
    ]
    assert quoted("‘He told me, “Wait for the tide,” and left,’ Orr said.") == [
        ["He told me, “Wait for the tide,” and left,"]
    ]


def test_apostrophes_open_and_close_nothing() -> None:
    """Contractions, possessives, clipped words and decades are no quotation marks."""
    assert (
        quoted("The drivers’ union didn’t strike in the ’90s, and the '80s weren't its members' best years.")
        == []
    )
    assert quoted("It’s rock ’n’ roll, ’tis true, but the dockers' hall 'twas not.") == []


def test_a_british_quotation_runs_past_a_plural_possessive() -> None:
    """The apostrophe of "workers’ hall" does not close the quotation that it stands in."""
    assert quoted("‘We met at the workers’ hall, and the vote was close,’ she said.") == [
        ["We met at the workers’ hall, and the vote was close,"]
    ]
    assert quoted("He called it ‘a matter for the owners’ and left the room.") == [
        ["a matter for the owners"]
    ]


def test_inches_and_feet_are_measures() -> None:
    """A mark after a number closes a quotation only if that leaves none over."""
    assert quoted('The 12" pipe burst, and a 6\' 2" diver went down.') == []
    assert quoted('"We laid a 12" pipe there," Orr said.') == [['We laid a 12" pipe there,']]
    assert quoted('He spoke of the "class of 2012" and sat down.') == [["class of 2012"]]


def test_a_quotation_runs_over_paragraphs() -> None:
    """A mark at the head of each paragraph and one at the end make one quotation of several parts."""
    prose = "“The pier is gone.\n\n“The boats are gone.\n\n“And so are we,” Orr said."
    assert quoted(prose) == [["The pier is gone.", "The boats are gone.", "And so are we,"]]


def test_a_british_quotation_runs_over_paragraphs() -> None:
    """Single marks do so too, although nothing closes them in their own paragraph."""
    assert quoted("Orr said: ‘The pier is gone.\n\n‘The boats aren’t.’") == [
        ["The pier is gone.", "The boats aren’t."]
    ]


def test_a_missing_closing_mark_costs_that_quotation_only() -> None:
    """What was opened and not closed is left out; the next quotation is whole."""
    assert quoted('"We will not go, Orr said. "We will stay here," he added.') == [["We will stay here,"]]
    assert quoted('"We will not go, Orr said.\n\n"We will stay here," said Vance.') == [
        ["We will stay here,"]
    ]
    assert quoted("Orr said “we will not go and left.\n\nVance said “we will stay here” and sat.") == [
        ["we will stay here"]
    ]


def test_a_missing_opening_mark_costs_nothing_else() -> None:
    """A closing mark without its partner is passed over."""
    assert quoted('We will go," Orr said. "And we will stay," he added.') == [["And we will stay,"]]


def test_white_space_inside_the_marks_is_no_part_of_the_quotation() -> None:
    """Parts begin and end with a character that can be seen."""
    assert quoted('She said " we will see " and left.') == [["we will see"]]


@given(st.text(alphabet="ab .,?\n'\"“”‘’«»`…-1", max_size=120))
def test_parts_are_in_order_and_inside_the_prose(prose: str) -> None:
    """Whatever the marks, parts are non-empty, ordered, apart from each other, and in one paragraph each."""
    last = 0
    for quotation in sorted(find_quotations(prose), key=lambda q: q.start):
        for start, end in quotation.parts:
            assert last <= start < end <= len(prose)
            assert "\n\n" not in prose[start:end]
            assert prose[start:end].strip() == prose[start:end]
            last = end
