"""What an actor says in its own words: the sentences of quotes, and the answers of printed interviews."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.analysis import syntax
from generator.analysis.linear import graded
from generator.analysis.model import Quote, Stance
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import Draft, Route
from generator.analysis.positions.phrases import cuts_of
from generator.analysis.positions.reported import clear
from generator.analysis.stances import act_stance, worded_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast
    from generator.article import Span

_ANSWER = re.compile(r"(?:A|Answer|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}):\s")


def find_spoken(narration: Narration, quotes: tuple[Quote, ...]) -> Iterator[Draft]:
    """A draft for each sentence of a quote, and for each way in which it may be cut."""
    for quote in quotes:
        if quote.speaker_text is None:
            continue
        signs = tuple(graded("quote", quote.score, (0.5, 0.7, 0.9)))
        yield from _spoken(narration, quote.parts, quote.speaker, quote.speaker_text, "spoken", signs)


def _spoken(
    narration: Narration,
    parts: Sequence[Span],
    actor: str | None,
    shown: str,
    route: Route,
    signs: tuple[str, ...],
) -> Iterator[Draft]:
    number = 0
    for part in parts:
        start, end = narration.tokens(part)
        last = -1
        for cut, left, right, head in cuts_of(narration, start, end):
            if left >= last:
                number, last = number + 1, right
            if right - left < 4 or not _states(narration, left, right):
                continue
            told = (*signs, f"cut {cut}", *graded("sentence of quote", number, (2, 3, 4, 6)))
            yield Draft(actor, shown, None, left, right, head, route, told)


def spoken_stance(narration: Narration, start: int, end: int) -> Stance | None:
    """The stance that the lexicon has for a statement in direct speech; None where it is silent or torn."""
    text = narration.doc.text[slice(*syntax.offsets(narration.doc, start, end))]
    stance, share = worded_stance(text)
    return clear(act_stance(text) if stance == "offers" else stance, share)


def _states(narration: Narration, start: int, end: int) -> bool:
    """Whether quoted words have a finite verb; others are part of a narrated sentence, which states the
    position as a whole."""
    return syntax.finite(narration.doc, start, end)


def find_answered(narration: Narration, cast: Cast) -> Iterator[Draft]:
    """The answers of a printed interview ("A: …", "Sandoz: …"), as what the interviewed person says."""
    doc = narration.doc
    lines = []
    for number, (start, end) in enumerate(narration.paragraphs):
        match = _ANSWER.match(doc.text, doc[start].idx)
        if match:
            lines.append((number, start, end, match[0].rstrip(": \t")))
    questions = sum(doc[start].text in {"Q", "Question", "Q."} for start, _ in narration.paragraphs)
    if len(lines) < 2 or (not questions and len(lines) < 4):
        return
    interviewed = _interviewed(narration, cast, lines[0][1])
    for _, start, end, label in lines:
        actor = (
            interviewed
            if label in {"A", "Answer"}
            else cast.refer(doc[start].idx, doc[start].idx + len(label))
        )
        if actor is None:
            continue
        body = doc[start].idx + len(label) + 1
        span = (body, doc[end - 1].idx + len(doc[end - 1]))
        yield from _spoken(narration, [span], actor, label, "answer", ())


def _interviewed(narration: Narration, cast: Cast, before: int) -> str | None:
    """Whom an interview is with: the person that its introduction speaks of most."""
    counts: dict[str, int] = {}
    limit = narration.doc[before].idx
    for actor in cast.actors:
        if actor.kind == "person":
            counts[actor.id] = sum(start < limit for start, _ in actor.mentions)
    best = max(counts, key=lambda a: (counts[a], a), default=None)
    return best if best is not None and counts[best] else None
