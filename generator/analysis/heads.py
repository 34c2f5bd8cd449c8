"""What the model's heads for statements make of some words, as features for a linear model to weigh."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from generator.analysis.linear import graded
from generator.analysis.spans import Range, likeness

if TYPE_CHECKING:
    from generator.pipeline.stated import Stated

_SHARES = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_ALIKE = (0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
_BESIDE = 3  # tokens on either side of a statement that show whether it goes on


def told_by(doc: Doc, name: str) -> Stated | None:
    """What a head of the pipeline told of an article, None where the pipeline has none."""
    found: Stated | None = doc._.get(name) if Doc.has_extension(name) else None
    return found


def weights_for(doc: Doc, name: str, head: str) -> str:
    """The name of the weights for an article: others were learnt for pipelines without the head."""
    return name if told_by(doc, head) is not None else f"{name}_unread"


def head_features(stated: Stated | None, words: Range) -> Iterator[str]:
    """How probable a head finds the tokens of a span and those around it, and how like one of its own
    stretches the span is; "unread" where there is no such head."""
    if stated is None:
        yield "unread"
        return
    start, end = words
    yield from graded("read", stated.share(start, end), _SHARES)
    around = max(stated.share(max(0, start - _BESIDE), start), stated.share(end, end + _BESIDE))
    yield from graded("read around", around, _SHARES)
    yield from graded("read worst", min(filter(None, stated.shares[start:end]), default=0.0), _SHARES)
    alike, sure = max(((likeness(words, (a, b)), s) for a, b, s in stated.stretches), default=(0.0, 0.0))
    yield from graded("like one read", alike, _ALIKE)
    if alike >= 0.5:
        yield from graded("sure of one read", sure, (0.5, 0.6, 0.7, 0.8, 0.9))
