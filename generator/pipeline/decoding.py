"""From a word's scores to labelled stretches of words: the best sequence that is well formed.

Scores are rounded before they decide, and ties go to the lower label: another machine's last bit
moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEVER = -1e6
DECIMALS = 3


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
    best = best_sequence(shares, _transitions(tuple(labels)))
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


def best_sequence(shares: NDArray[np.float64], transitions: NDArray[np.float64]) -> list[int]:
    """Give the labels with the highest sum of shares and transitions (Viterbi); no sequence begins inside."""
    if not len(shares):
        return []
    came = np.zeros(shares.shape, dtype=np.int64)
    # A sequence begins as after O, which is label 0.
    total = shares[0] + transitions[0]
    for word in range(1, len(shares)):
        paths = total[:, None] + transitions
        came[word] = paths.argmax(axis=0)
        total = paths.max(axis=0) + shares[word]
    labels = [int(total.argmax())]
    for word in range(len(shares) - 1, 0, -1):
        labels.append(int(came[word, labels[-1]]))
    return labels[::-1]


_KNOWN: dict[tuple[str, ...], NDArray[np.float64]] = {}


def _transitions(labels: tuple[str, ...]) -> NDArray[np.float64]:
    if labels not in _KNOWN:
        table = np.zeros((len(labels), len(labels)))
        for i, before in enumerate(labels):
            for j, after in enumerate(labels):
                if after.startswith("I-") and before.partition("-")[2] != after[2:]:
                    table[i, j] = NEVER
        _KNOWN[labels] = table
    return _KNOWN[labels]
