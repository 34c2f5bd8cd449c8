"""What an actor is said to have said or thought: the clause, with the stance of its cue or its words.

Where the attribution is of a narrated stance, the position is the cue and the content behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from generator.analysis import syntax
from generator.analysis.lexicon import base, cues
from generator.analysis.linear import graded
from generator.analysis.model import Attribution, Stance
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import FLIPPED, Draft
from generator.analysis.positions.holders import source_actors
from generator.analysis.positions.narrated import (
    WHOLE,
    asserted,
    declines_comment,
    finite_complement,
    naming_stance,
)
from generator.analysis.positions.phrases import cut_tail, cuts_of, whole_quotation
from generator.analysis.stances import act_stance, clause_stance, narrated_stance, worded_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast
    from generator.article import Span

# Share of the stance words that must agree for the lexicon to tell.
CLEAR = 0.8
_PLAIN = frozenset(
    "add announce answer continue declare explain note recall reply report respond say state tell"
    " write".split()
)
_OWN = frozenset("i we he she it they my our his her its their".split())


def find_reported(narration: Narration, cast: Cast, attributions: tuple[Attribution, ...]) -> Iterator[Draft]:
    """A draft for each holder of each point of what is reported, and for each way in which it may be cut."""
    for item in attributions:
        if not item.source or not item.cue:
            continue
        verb = _cue_verb(narration, item.cue)
        holders = source_actors(narration, cast, item, *narration.tokens(item.source[0]))
        if not holders or declines_comment(verb):
            continue
        signs = tuple(_signs(narration, item, verb))
        narrated = narrated_stance(verb) or naming_stance(verb)
        if narrated is not None and (base(verb) in WHOLE or finite_complement(verb) is None):
            span = _cue_phrase(narration, item, verb)
            if span is not None and asserted(verb):
                stance = FLIPPED[narrated] if syntax.negated(verb) else narrated
                for rank, (actor, text) in enumerate(holders):
                    yield Draft(actor, text, stance, *span, verb.i, "phrase", signs, verb.i, rank)
                continue
        cue = verb.i if item.speech != "direct" else None
        for number, (start, end) in enumerate(_joined(narration, item.content, item.cue)):
            for cut, left, right, head in cuts_of(narration, start, end):
                told = (*signs, f"cut {cut}", *graded("stretch", number, (1, 2)))
                for rank, (actor, text) in enumerate(holders):
                    yield Draft(actor, text, None, left, right, head, "reported", told, cue, rank)


def _signs(narration: Narration, item: Attribution, verb: Token) -> Iterator[str]:
    """What tells of a report: its cue, how sure it is, in what clause it stands."""
    lemma = base(verb)
    known = cues()
    yield f"verb {lemma}"
    for name in ("speech", "manner", "thought", "evidence", "naming"):
        if lemma in getattr(known, name):
            yield f"cue of {name}"
    lent = clause_stance(lemma)
    yield f"cue lends {lent}"
    told = narrated_stance(verb) or naming_stance(verb)
    if told is not None:
        yield f"cue tells {told}"
        if not asserted(verb):
            yield "not asserted"
        yield "takes clause" if finite_complement(verb) is not None else "takes phrase"
    yield from graded("sure", item.score, (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99))
    yield f"clause {verb.dep_}"
    yield f"form {verb.tag_}"
    yield f"content {item.speech}"
    if narration.inside[verb.i] >= 0:
        yield "cue quoted"
    if syntax.negated(verb):
        yield "cue negated"
    modal = syntax.modal(verb)
    if modal is not None:
        yield f"told {modal}"
    if syntax.passive(verb):
        yield "passive"


def _cue_phrase(narration: Narration, item: Attribution, verb: Token) -> tuple[int, int] | None:
    """The verb phrase of a narrated stance as its attribution has it: the cue and the content behind it."""
    if not item.content or narration.inside[verb.i] >= 0:
        return None
    start, behind = narration.tokens(item.cue[0])
    left, end = narration.tokens(item.content[0])
    while left > behind and narration.doc[left - 1].is_quote:
        left -= 1
    if not 0 <= left - behind <= 2 or end <= verb.i:
        return None
    end = whole_quotation(
        narration, start, cut_tail(narration, start, min(end, narration.sentence_at(verb.i).end), verb.i)
    )
    return (start, end) if end - start >= 2 else None


def _cue_verb(narration: Narration, cue: tuple[Span, ...]) -> Token:
    """The verb of a cue, else its last word."""
    start, end = narration.tokens(cue[0])
    tokens = narration.doc[start:end]
    verbs = [t for t in tokens if t.tag_.startswith("VB") and t.dep_ not in syntax.AUXILIARIES]
    return verbs[0] if verbs else tokens[len(tokens) - 1]


def _joined(narration: Narration, content: tuple[Span, ...], cue: tuple[Span, ...]) -> list[tuple[int, int]]:
    """The stretches of a content as tokens; two that only the attribution parts ("The weapons, he added,
    are …") make one, as long as they make one sentence."""
    doc = narration.doc
    found: list[tuple[int, int]] = []
    for span in content:
        start, end = narration.tokens(span)
        if found:
            low, high = found[-1]
            parted = high <= narration.tokens(cue[0])[0] < start
            whole = narration.sentence_at(low).start == narration.sentence_at(start).start
            if parted and whole and doc[start].text[0].islower() and narration.inside[low] < 0:
                found[-1] = (low, end)
                continue
        found.append((start, end))
    return found


def said_stance(narration: Narration, verb: Token, start: int, end: int) -> Stance | None:
    """The stance that the lexicon has for a clause that a verb reports, by its verb and words; None where it
    is silent or torn."""
    doc = narration.doc
    text = doc[start:end].text
    worded, share = worded_stance(text)
    lemma = base(verb)
    by_cue = clause_stance(lemma)
    if syntax.negated(verb) and by_cue in {"expects", "offers"}:
        by_cue = "opposes"
    if (
        by_cue is not None
        and lemma not in _PLAIN
        and not (by_cue == "expects" and worded is not None and share > 0.5)
    ):
        return by_cue
    own = _own_act(doc, start, end)
    if own is not None and (worded is None or worded in {"offers", "expects", "opposes", "warns"}):
        return own
    if worded == "offers":
        return act_stance(text)
    return clear(worded, share)


def clear(worded: Stance | None, share: float) -> Stance | None:
    """The stance that the words of a statement show, where enough of the evidence points to it."""
    return worded if share >= CLEAR else None


def _own_act(doc: Doc, start: int, end: int) -> Stance | None:
    """What the source says it will do ("its officials would …"), as an offer, a refusal or a threat."""
    for i in range(start, min(start + 12, end)):
        token = doc[i]
        if token.tag_ == "MD":
            if token.lower_ not in {"will", "would", "'ll", "’ll", "shall"}:
                return None
            before = {doc[k].lower_ for k in range(start, i)}
            if not before & _OWN or (
                token.i + 1 < end and doc[token.i + 1].lower_ == "be" and not before & {"i", "we"}
            ):
                return None
            return act_stance(doc[i + 1 : end].text)
        if token.tag_ in {"VBD", "VBZ", "VBP"}:
            return None
    return None
