"""What an actor says in its own words: the sentences of quotes, and the answers of printed interviews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.analysis.model import Quote
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import Draft
from generator.analysis.positions.phrases import RECOUNTED, pare, recounted, top_of
from generator.analysis.positions.reported import settled
from generator.analysis.stances import act_stance, worded_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast
    from generator.article import Span

SCORE = 0.7
_SENTENCE_END = frozenset({".", "!", "?", ";", "…", "--", "..."})
_ANSWER = re.compile(r"(?:A|Answer|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}):\s")


def find_spoken(narration: Narration, quotes: tuple[Quote, ...]) -> Iterator[Draft]:
    """A draft for each sentence of a quote that says something: its words show a stance, or it claims."""
    doc = narration.doc
    for quote in quotes:
        if quote.speaker is None:
            continue
        sentences = [s for part in quote.parts for s in _spoken_sentences(narration, part)]
        for left, right, head in sentences:
            text = doc.text[doc[left].idx : doc[right - 1].idx + len(doc[right - 1])]
            stance, share = worded_stance(text)
            words = right - left
            if words < 4 or _partial(narration, left, right):
                continue
            if stance is None and not any(doc[i].pos_ in {"NOUN", "PROPN"} for i in range(left, right)):
                continue
            sure = 0.6 + 0.35 * share if stance is not None else 0.45
            if stance == "offers":
                stance = act_stance(text)
            stance = settled(text, "", "direct", stance, share)
            if len(sentences) == 1:
                sure += 0.15
            if recounted(doc, left, right):
                sure *= RECOUNTED
            yield Draft(
                quote.speaker,
                quote.speaker_text or "",
                stance,
                left,
                right,
                head,
                round(SCORE * min(1.0, sure) * quote.score, 3),
            )


def _partial(narration: Narration, start: int, end: int) -> bool:
    """Whether quoted words are part of a narrated sentence, which states the position as a whole."""
    doc = narration.doc
    return not any(doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(start, end))


def _spoken_sentences(narration: Narration, part: Span) -> Iterator[tuple[int, int, int]]:
    """The sentences inside one part of a quote, as tokens."""
    doc = narration.doc
    start, stop = narration.tokens(part)
    left = start
    for i in range(start, stop):
        if i + 1 == stop or (
            doc[i].text in _SENTENCE_END and (doc[i + 1].text[0].isupper() or doc[i + 1].text[0] in "[\"“‘'")
        ):
            trimmed = pare(doc, left, i + 1)
            if trimmed is not None:
                yield *trimmed, top_of(doc, *trimmed).i
            left = i + 1


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
        for left, right, head in _spoken_sentences(narration, (body, doc[end - 1].idx + len(doc[end - 1]))):
            text = doc.text[doc[left].idx : doc[right - 1].idx + len(doc[right - 1])]
            stance, share = worded_stance(text)
            if stance is None or right - left < 4:
                continue
            yield Draft(actor, label, stance, left, right, head, round(SCORE * (0.6 + 0.35 * share), 3))


def _interviewed(narration: Narration, cast: Cast, before: int) -> str | None:
    """Whom an interview is with: the person that its introduction speaks of most."""
    counts: dict[str, int] = {}
    limit = narration.doc[before].idx
    for actor in cast.actors:
        if actor.kind == "person":
            counts[actor.id] = sum(start < limit for start, _ in actor.mentions)
    best = max(counts, key=lambda a: (counts[a], a), default=None)
    return best if best is not None and counts[best] else None
