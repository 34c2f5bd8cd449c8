"""Where an article states positions or next steps, as the encoder sees it: the analysis weighs it beside its
own rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from .decoding import DECIMALS, OUTSIDE, log_shares, stretches

Floats = NDArray[np.float32]
LABELS = ("O", "B-stated", "I-stated")


@dataclass(frozen=True, slots=True)
class Stated:
    """Stretches of tokens that state positions (or steps), and how probable that is of each token.

    `stretches` are (first token, end, how sure from 0 to 1), half-open and in order; white space has a share
    of 0. `stances` are, where the model tells them, the logarithms of each token's shares, in the order of
    its labels.
    """

    stretches: tuple[tuple[int, int, float], ...]
    shares: tuple[float, ...]
    stances: tuple[tuple[float, ...], ...] = ()

    def share(self, start: int, end: int) -> float:
        """How probable it is that a token from start to end is part of one, on average."""
        told = [share for share in self.shares[start:end] if share]
        return round(sum(told) / len(told), DECIMALS) if told else 0.0

    def stance(self, start: int, end: int) -> tuple[float, ...]:
        """How probable each stance is of the tokens from start to end (they sum to one); empty where the
        model does not tell."""
        told = [row for row in self.stances[start:end] if row]
        if not told:
            return ()
        grown = [exp(sum(column) / len(told)) for column in zip(*told, strict=True)]
        return tuple(round(each / sum(grown), DECIMALS) for each in grown)


def read_stated(windows: Sequence[tuple[Sequence[int], Floats, Floats | None]], size: int) -> Stated:
    """Give what windows of words state in an article of `size` tokens.

    A window is the numbers of its words' tokens, their scores [words × LABELS], and those of their stances
    [words × stances] where there are any.
    """
    found: list[tuple[int, int, float]] = []
    shares = [0.0] * size
    stances: list[tuple[float, ...]] = [()] * size
    for tokens, scores, kinds in windows:
        if kinds is not None:
            for token, row in zip(tokens, log_shares(kinds).tolist(), strict=True):
                stances[token] = tuple(row)
        outside = np.exp(log_shares(scores)[:, OUTSIDE])
        for token, share in zip(tokens, outside, strict=True):
            shares[token] = round(1.0 - float(share), DECIMALS)
        for each in stretches(scores, LABELS):
            found.append((tokens[each.first], tokens[each.end - 1] + 1, each.score))
    return Stated(tuple(found), tuple(shares), tuple(stances) if any(stances) else ())
