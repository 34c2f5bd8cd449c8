"""From a word's scores to labelled stretches of words: the best sequence that is well formed.

Scores are rounded before they decide, and ties go to the lower label: another machine's last bit
moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEVER = -1e6
DECIMALS = 3
OUTSIDE = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words first to end (half-open) with a label, and how sure the model is of them (0 to 1)."""

    label: str
    first: int
    end: int
    score: float


def log_shares(scores: Floats) -> NDArray[np.float64]:
    """Give the logarithms of the labels' shares in each word (its last axis sums to one), rounded."""
    wide = scores.astype(np.float64)
    wide = wide - wide.max(axis=-1, keepdims=True)
    rounded: NDArray[np.float64] = np.round(wide - np.log(np.exp(wide).sum(axis=-1, keepdims=True)), DECIMALS)
    return rounded


def stretches(scores: Floats, labels: Sequence[str]) -> list[Stretch]:
    """Give the stretches of the best sequence of labels (`O`, `B-…`, `I-…`) in which I follows its B or I."""
    shares = log_shares(scores)
    if not len(shares):
        return []
    best = best_sequence(shares, labels)
    found: list[tuple[str, int, int]] = []
    for word, number in enumerate(best):
        mark, _, kind = labels[number].partition("-")
        if mark == "B":
            found.append((kind, word, word + 1))
        elif mark == "I":
            found[-1] = (kind, found[-1][1], word + 1)
    return [
        Stretch(kind, first, end, round(float(np.exp(shares[range(first, end), best[first:end]].mean())), 4))
        for kind, first, end in found
    ]


def best_sequence(shares: NDArray[np.float64], labels: Sequence[str]) -> list[int]:
    """Give the labels with the highest sum of shares in which every I follows the B or I of its kind."""
    before = _before(tuple(labels))
    best: list[int] = shares.argmax(axis=1).tolist()
    # Where each word's best label fits the one before, no other sequence is better.
    if all(now not in before or last in before[now] for last, now in pairwise([OUTSIDE, *best])):
        return best
    # Viterbi by hand: so few labels, that lists are quicker than arrays.
    rows = shares.tolist()
    total = [NEVER if number in before else share for number, share in enumerate(rows[0])]
    came: list[list[int]] = []
    for row in rows[1:]:
        top = max(range(len(total)), key=total.__getitem__)
        back = [top] * len(row)
        for inside, (begin, same) in before.items():
            back[inside] = begin if total[begin] >= total[same] else same
        total = [total[last] + share for last, share in zip(back, row, strict=True)]
        came.append(back)
    found = [max(range(len(total)), key=total.__getitem__)]
    for back in reversed(came):
        found.append(back[found[-1]])
    return found[::-1]


@cache
def _before(labels: tuple[str, ...]) -> dict[int, tuple[int, int]]:
    """Give, for each label inside of a stretch, the two that may stand before it."""
    numbers = {label: number for number, label in enumerate(labels)}
    return {n: (numbers[f"B-{label[2:]}"], n) for label, n in numbers.items() if label.startswith("I-")}
