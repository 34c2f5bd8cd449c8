"""What each actor wants, accepts, refuses, judges or intends: one position for each point it makes.

Drafts of positions are found in five places: the clauses that an actor is said to have said, the
sentences that it speaks, verbs of the narration ("has rejected calls for …"), nouns that name a stance
("a critic of …"), and what the model's head reads as a position, most of them cut in several ways. How
probable it is that a reader marks a draft is learnt from annotated news over the features of `evidence`;
of drafts that overlap, the most probable stays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from generator.analysis import syntax
from generator.analysis.attributions import find_missed
from generator.analysis.heads import weights_for
from generator.analysis.linear import weights
from generator.analysis.model import Attribution, Position, Quote
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import Draft
from generator.analysis.positions.evidence import Evidence
from generator.analysis.positions.named import find_named
from generator.analysis.positions.narrated import find_narrated
from generator.analysis.positions.read import find_read
from generator.analysis.positions.reported import find_reported
from generator.analysis.positions.spoken import find_answered, find_spoken
from generator.analysis.positions.stance import stance_of
from generator.analysis.spans import share_of_longer
from generator.analysis.stances import noun_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast

__all__ = ["Draft", "Evidence", "find_drafts", "find_positions"]

# The share at which F is best in annotated articles held out.
LEAST_SCORE = 0.22
# Words that only weigh what a position is about: "only Ode", "neither side".
_FOCUS = frozenset("only even just not neither nor either both also merely mainly especially".split())
_MOST = 0.6  # share of the longer of two spans in common, above which they are two cuts of one
_SAME = 0.5  # share of the longer of two spans in common, above which they say the same


def find_positions(
    doc: Doc,
    cast: Cast,
    attributions: tuple[Attribution, ...],
    quotes: tuple[Quote, ...],
    narration: Narration | None = None,
) -> tuple[Position, ...]:
    """The positions of the cast's actors, in order; each span lies inside one sentence, in code points."""
    narration = narration or Narration(doc)
    drafts = find_drafts(narration, cast, attributions, quotes)
    evidence, learnt = Evidence(narration, cast, drafts), weights(weights_for(doc, "positions", "stated"))
    scored = [(learnt.shares(evidence.features(k))[0], draft) for k, draft in enumerate(drafts)]
    kept = _distinct([(score, draft) for score, draft in scored if score >= LEAST_SCORE])
    return tuple(_position(narration, score, _with_stance(draft, scored)) for score, draft in kept)


def _with_stance(draft: Draft, scored: list[tuple[float, Draft]]) -> Draft:
    """The draft with the stance that the narration tells of its words, where another cut of them has it."""
    if draft.stance is not None:
        return draft
    told = [
        (-score, *_order(other), other.stance)
        for score, other in scored
        if other.stance is not None
        and other.actor == draft.actor
        and share_of_longer(draft.words, other.words) > _MOST
    ]
    return replace(draft, stance=min(told)[-1]) if told else draft


def find_drafts(
    narration: Narration, cast: Cast, attributions: tuple[Attribution, ...], quotes: tuple[Quote, ...]
) -> list[Draft]:
    """Whatever may be a position, cut in each way in which it may be; nothing torn, and no heading."""
    drafts = [
        *find_narrated(narration, cast),
        *find_reported(narration, cast, (*attributions, *find_missed(narration, cast, attributions))),
        *find_spoken(narration, quotes),
        *find_named(narration, cast),
        *find_answered(narration, cast),
    ]
    drafts += find_read(narration, cast, attributions, quotes, drafts)
    return [d for d in drafts if not _torn(narration.doc, d) and not _heads(narration, d)]


def _torn(doc: Doc, draft: Draft) -> bool:
    """Whether a draft ends with a word that wants more, or inside of a list of names or things."""
    if doc[draft.end - 1].tag_ in {"IN", "TO", "DT", "CC"}:
        return True
    if draft.end == len(doc) or doc[draft.end].text not in {",", "and", "or"}:
        return False
    return any(
        token.dep_ == "conj" and token.pos_ in syntax.NOMINAL and draft.start <= token.head.i < draft.end
        for token in doc[draft.end : draft.end + 7]
    )


def _heads(narration: Narration, draft: Draft) -> bool:
    """Whether a draft stands in a heading among the text."""
    return narration.paragraphs[narration.sentence_at(draft.start).paragraph] in narration.headings


def _position(narration: Narration, score: float, draft: Draft) -> Position:
    doc = narration.doc
    start, end = syntax.offsets(doc, draft.start, draft.end)
    return Position(
        actor=draft.actor,
        actor_text=draft.actor_text,
        stance=stance_of(narration, draft),
        target=_target(doc, draft),
        span=((start, end),),
        score=round(score, 3),
    )


def _distinct(drafts: list[tuple[float, Draft]]) -> list[tuple[float, Draft]]:
    """One draft for each point of an actor: of two that overlap, the more probable; words that another
    actor's draft has, only where they share the position."""
    kept: list[tuple[float, Draft]] = []
    for score, draft in sorted(drafts, key=lambda d: (-d[0], *_order(d[1]))):
        if not any(_same_point(draft, other) for _, other in kept):
            kept.append((score, draft))
    return sorted(kept, key=lambda d: _order(d[1]))


def _order(draft: Draft) -> tuple[int, int, int, str, str, str]:
    return (draft.start, draft.end, draft.rank, draft.actor or "", draft.actor_text, draft.route)


def _same_point(one: Draft, other: Draft) -> bool:
    """Whether two drafts share words; where they are two actors', half of the longer one."""
    common = share_of_longer(one.words, other.words)
    if not common or (one.actor != other.actor and common < _SAME):
        return False
    together = (one.start, one.end, one.route) == (other.start, other.end, other.route)
    return not (together and one.rank != other.rank)


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
