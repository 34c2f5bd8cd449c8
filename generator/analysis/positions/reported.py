"""What an actor is said to have said or thought: the clause, with the stance of its cue or its words.

Where the attribution is of a narrated stance, the position is the cue and the content behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from generator.analysis import syntax
from generator.analysis.lexicon import base
from generator.analysis.model import Attribution, Stance
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import FLIPPED, Draft
from generator.analysis.positions.holders import source_actors
from generator.analysis.positions.narrated import SCORE as NARRATED_SCORE
from generator.analysis.positions.narrated import (
    WHOLE,
    asserted,
    declines_comment,
    finite_complement,
    naming_stance,
    reduced,
)
from generator.analysis.positions.phrases import (
    RECOUNTED,
    cut_tail,
    points_of,
    recounted,
    whole_quotation,
)
from generator.analysis.stance_model import Speech, judge
from generator.analysis.stances import act_stance, clause_stance, narrated_stance, worded_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast
    from generator.article import Span

SCORE = 0.75
# Share of the stance words that must agree for the lexicon to decide, and how sure the linear model must be
# to decide against it. Tuned on annotated articles no rule was written for, where a sure model is right more
# often than a clear lexicon.
CLEAR = 0.8
SURE = 0.8
_PLAIN = frozenset(
    "add announce answer continue declare explain note recall reply report respond say state tell"
    " write".split()
)
_OWN = frozenset("i we he she it they my our his her its their".split())
_NUMBER = re.compile(r"\d")


def find_reported(narration: Narration, cast: Cast, attributions: tuple[Attribution, ...]) -> Iterator[Draft]:
    """A draft for each holder of each point of what is reported, direct speech left out."""
    for item in attributions:
        if item.speech == "direct" or not item.source or not item.cue:
            continue
        verb = _cue_verb(narration, item.cue)
        lemma = base(verb)
        low, high = narration.tokens(item.source[0])
        holders = source_actors(narration, cast, item, low, high)
        if not holders:
            continue
        narrated = narrated_stance(verb) or naming_stance(verb)
        if narrated is not None and (lemma in WHOLE or finite_complement(verb) is None):
            span = _cue_phrase(narration, item, verb)
            if (
                span is not None
                and asserted(verb)
                and not declines_comment(verb)
                and not syntax.passive(verb)
                and not reduced(verb)
            ):
                stance = FLIPPED[narrated] if syntax.negated(verb) else narrated
                for rank, (actor, text) in enumerate(holders):
                    yield Draft(
                        actor,
                        text,
                        stance,
                        *span,
                        verb.i,
                        round((NARRATED_SCORE - 0.1) * item.score, 3),
                        rank,
                    )
            continue
        for start, end in _joined(narration, item.content, item.cue):
            for left, right, head in points_of(narration, start, end):
                stance, sure = _said_stance(narration, verb, left, right, head)
                if sure < 1.0 and recounted(narration.doc, left, right):
                    sure *= RECOUNTED
                score = round(SCORE * sure * (0.5 + 0.5 * item.score), 3)
                for rank, (actor, text) in enumerate(holders):
                    yield Draft(actor, text, stance, left, right, head, score, rank)


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


def _said_stance(narration: Narration, verb: Token, start: int, end: int, head: int) -> tuple[Stance, float]:
    """The stance of a reported clause, from its cue and its words, and how sure it is that it shows one."""
    doc = narration.doc
    text = doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1])]
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
        return by_cue, 1.0
    own = _own_act(doc, start, end)
    if own is not None and (worded is None or worded in {"offers", "expects", "opposes", "warns"}):
        return own, 0.95
    if worded == "offers":
        return act_stance(text), 0.75 + 0.25 * share
    if worded is not None:
        return settled(text, verb.lower_, "indirect", worded, share), 0.75 + 0.25 * share
    return judge(text, verb.lower_, "indirect")[0], 0.6 if not _mere_fact(doc, start, end, head) else 0.4


def settled(text: str, cue: str, speech: Speech, worded: Stance | None, share: float) -> Stance:
    """The stance of a statement whose words show `worded`, with this share of the evidence, or none."""
    judged, sure = judge(text, cue, speech)
    return worded if worded is not None and share >= CLEAR and sure < SURE else judged


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


def _mere_fact(doc: Doc, start: int, end: int, head: int) -> bool:
    """Whether a clause looks like a figure or an event that is merely passed on."""
    text = doc[start:end].text
    return bool(_NUMBER.search(text)) or (syntax.past(doc[head]) and syntax.modal(doc[head]) is None)
