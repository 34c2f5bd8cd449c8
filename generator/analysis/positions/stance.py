"""The stance of a position, by the lexicon, a linear model of its words, and the pipeline's own head."""

from __future__ import annotations

from math import log

from generator.analysis.heads import told_by
from generator.analysis.linear import weights
from generator.analysis.model import STANCES, Stance
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import Draft
from generator.analysis.positions.reported import said_stance
from generator.analysis.positions.spoken import spoken_stance
from generator.analysis.stance_model import Speech, features
from generator.analysis.syntax import negated, offsets

TOLD, WORDED = 4.0, 1.0
"""What the lexicon's word adds to the sum of the two models' log-probabilities: for a verb or noun of the
narration, whose negation it heeds, and for what is said. Chosen on articles that the encoder has not seen."""

_LEAST = 1e-3
_NARRATED = frozenset({"told", "did", "phrase", "noun"})


def stance_of(narration: Narration, draft: Draft) -> Stance:
    """The stance that the three find likeliest together, the first of equals in the order of `STANCES`; what
    is denied or taken back ("did not oppose", "withdrew her support") the narration tells alone."""
    if draft.stance is not None and (draft.route == "noun" or negated(narration.doc[draft.head])):
        return draft.stance
    learnt = weights("stances")
    shares = learnt.shares(features(*_told(narration, draft)))
    scores = {stance: log(max(share, _LEAST)) for stance, share in zip(learnt.labels, shares, strict=True)}
    stated = told_by(narration.doc, "stated")
    if stated is not None and (read := stated.stance(draft.start, draft.end)):
        for stance, share in zip(STANCES, read, strict=True):
            scores[stance] += log(max(share, _LEAST))
    if draft.stance is not None:
        scores[draft.stance] += TOLD
    elif (worded := _worded(narration, draft)) is not None:
        scores[worded] += WORDED
    return max(STANCES, key=lambda stance: (round(scores[stance], 3), -STANCES.index(stance)))


def _worded(narration: Narration, draft: Draft) -> Stance | None:
    """What the lexicon tells of the cue and the words of what is said."""
    if draft.cue is not None:
        return said_stance(narration, narration.doc[draft.cue], draft.start, draft.end)
    return spoken_stance(narration, draft.start, draft.end)


def _told(narration: Narration, draft: Draft) -> tuple[str, str, Speech]:
    """A draft's words, its cue, and how it is told, as the linear model was taught."""
    doc = narration.doc
    text = doc.text[slice(*offsets(doc, draft.start, draft.end))]
    if draft.route in _NARRATED or "narrated" in draft.signs:
        return text, "", "narrated"
    return (text, "", "direct") if draft.cue is None else (text, doc[draft.cue].lower_, "indirect")
