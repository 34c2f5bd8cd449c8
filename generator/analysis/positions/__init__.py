"""What each actor wants, accepts, refuses, judges or intends: one position for each point it makes.

Positions are read in four places: the clauses that an actor is said to have said, the sentences that it
speaks, verbs that tell a stance ("has rejected calls for …") and nouns that name one ("a critic of …").
Each is a draft with a score; drafts without a stance to show for themselves, and those that say again
what another says, are dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from generator.analysis import syntax
from generator.analysis.attributions import find_missed
from generator.analysis.model import Attribution, Position, Quote
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import Draft
from generator.analysis.positions.named import find_named
from generator.analysis.positions.narrated import find_narrated
from generator.analysis.positions.reported import find_reported
from generator.analysis.positions.spoken import find_answered, find_spoken
from generator.analysis.stances import noun_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast

__all__ = ["find_positions"]

LEAST_SCORE = 0.25
# Words that only weigh what a position is about: "only Ode", "neither side".
_FOCUS = frozenset("only even just not neither nor either both also merely mainly especially".split())
_SAME = 0.5  # share of words in common above which two spans say the same


def find_positions(
    doc: Doc,
    cast: Cast,
    attributions: tuple[Attribution, ...],
    quotes: tuple[Quote, ...],
    narration: Narration | None = None,
) -> tuple[Position, ...]:
    """The positions of the cast's actors, in order; each span lies inside one sentence, in code points."""
    narration = narration or Narration(doc)
    drafts = [
        *find_narrated(narration, cast),
        *find_reported(narration, cast, (*attributions, *find_missed(narration, cast, attributions))),
        *find_spoken(narration, quotes),
        *find_named(narration, cast),
        *find_answered(narration, cast),
    ]
    kept = _distinct([d for d in drafts if d.score >= LEAST_SCORE])
    return tuple(_position(doc, draft) for draft in kept)


def _position(doc: Doc, draft: Draft) -> Position:
    start, end = doc[draft.start].idx, doc[draft.end - 1].idx + len(doc[draft.end - 1])
    return Position(
        actor=draft.actor,
        actor_text=draft.actor_text,
        stance=draft.stance,
        target=_target(doc, draft),
        span=((start, end),),
        score=round(draft.score, 3),
    )


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """One draft for each point of an actor: of two that overlap, the surer."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-d.score, d.start, d.end, d.actor)):
        words = set(range(draft.start, draft.end))
        if not any(_overlap(words, other) for other in kept if other.actor == draft.actor):
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.start, d.end, d.rank, d.actor))


def _overlap(words: set[int], other: Draft) -> bool:
    theirs = set(range(other.start, other.end))
    return len(words & theirs) >= _SAME * min(len(words), len(theirs))


def _target(doc: Doc, draft: Draft) -> str | None:
    """A few words of what a position is about: the object of its verb, else its subject."""
    head = doc[draft.head]
    inside = range(draft.start, draft.end)
    candidates: list[Token] = []
    if head.pos_ == "NOUN" and noun_stance(head.lemma_.lower()) is not None:
        candidates += [t for _, t in syntax.prepositional(head)]
    objects = syntax.objects(head)
    subject = syntax.subject(head)
    if subject is not None and subject.i in inside and subject.pos_ != "PRON":
        candidates.append(subject)
    candidates += objects
    candidates += [t for _, t in syntax.prepositional(head) if t.i > head.i]
    for clause in syntax.complements(head):
        candidates += syntax.objects(clause) + [t for _, t in syntax.prepositional(clause)]
    candidates += [doc[i] for i in inside if doc[i].pos_ in {"NOUN", "PROPN"}]
    for token in candidates:
        if token.i in inside and token.pos_ in {"NOUN", "PROPN"}:
            start, end = syntax.noun_phrase(token)
            start, end = max(start, draft.start), min(end, draft.end)
            if end - start > 8:
                start, end = max(start, token.i - 3), token.i + 1
            while start < token.i and doc[start].lower_ in _FOCUS:
                start += 1
            span = syntax.char_span(doc, start, end)
            return doc.text[span[0] : span[1]]
    return None
