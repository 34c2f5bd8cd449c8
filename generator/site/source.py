"""Where the words of a briefing stand in its source.

Each paragraph is cut into runs, and each run knows the entries whose words it holds: what a reader
sees marked when an entry is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.briefing import (
    Briefing,
    Entry,
    Event,
    NextStep,
    Paragraph,
    Position,
    Quote,
    Sentence,
    words_of,
)

# One character for one, so that offsets stay: marks are typed as the keyboard has them.
_SAME = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
)
_ELLIPSIS = " … "


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph, and the ids of the entries that quote it."""

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source cut into runs, by paragraph, and the entries whose every word stands in it."""

    paragraphs: tuple[tuple[Paragraph, tuple[Run, ...]], ...]
    found: frozenset[Entry]

    def holds(self, entry: Entry) -> bool:
        """Whether the article says what the entry gives as its words."""
        return entry in self.found


def find_evidence(briefing: Briefing) -> Evidence:
    """The source of a briefing, cut where the words of its entries begin and end."""
    numbered = {p.number: p.text.translate(_SAME) for p in briefing.paragraphs if p.number is not None}
    spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    found: set[Entry] = set()
    for entry in _entries(briefing):
        places = [_place(numbered, passage, entry.paragraph) for passage in _passages(entry)]
        if not places or None in places:
            continue
        found.add(entry)
        for place in places:
            if place is not None and entry.id:
                spans[place[0]].append((place[1], place[2], entry.id))
    return Evidence(
        tuple(
            (paragraph, _cut(paragraph.text, spans.get(paragraph.number or 0, ())))
            for paragraph in briefing.paragraphs
        ),
        frozenset(found),
    )


def _entries(briefing: Briefing) -> Iterable[Sentence | Position | Quote | NextStep | Event]:
    yield from briefing.summary
    yield from briefing.positions
    yield from briefing.quotes
    yield from briefing.next_steps
    yield from briefing.timeline


def _passages(entry: Entry) -> list[str]:
    return [piece for words in words_of(entry) for piece in words.split(_ELLIPSIS) if piece.strip()]


def _place(texts: Mapping[int, str], passage: str, expected: int | None) -> tuple[int, int, int] | None:
    """The paragraph and offsets of a passage, looked for first where the page says it stands."""
    wanted = passage.translate(_SAME)
    order = [n for n in texts if n == expected] + [n for n in texts if n != expected]
    for number in order:
        start = texts[number].find(wanted)
        if start >= 0:
            return number, start, start + len(wanted)
    return None


def _cut(text: str, spans: Sequence[tuple[int, int, str]]) -> tuple[Run, ...]:
    """The text in runs, joined again they are the text."""
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    return tuple(
        Run(text[a:b], tuple(dict.fromkeys(id for start, end, id in spans if start <= a and b <= end)))
        for a, b in pairwise(edges)
    )
