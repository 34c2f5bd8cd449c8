"""Small linear models over features that a reader can name: what is learnt from annotated articles.

A file of weights has one row for each feature, with a number for each label, and is read once. Features are
strings and either there or not; `python -m training.weights` (see docs/model.md) learns the rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of the features for each label, and of each label by itself."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, Sequence[float]]

    def shares(self, features: Iterable[str]) -> list[float]:
        """How probable each label is (they sum to one); a feature that no one learnt says nothing."""
        scores = list(self.bias)
        for name in dict.fromkeys(features):
            row = self.rows.get(name)
            if row is not None:
                for k, weight in enumerate(row):
                    scores[k] += weight
        top = max(scores)
        grown = [exp(score - top) for score in scores]
        total = sum(grown)
        # Rounded before anything is decided: the order in which features came moves nothing.
        return [round(each / total, _DECIMALS) for each in grown]

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """The most probable label, the first of equals, and how probable it is."""
        shares = self.shares(features)
        top = max(shares)
        return self.labels[shares.index(top)], top


@cache
def weights(name: str) -> Linear:
    """The model `weights/NAME.json` beside this module."""
    stored = json.loads(
        (files("generator.analysis") / "weights" / f"{name}.json").read_text(encoding="utf-8")
    )
    return Linear(tuple(stored["labels"]), tuple(stored["bias"]), stored["features"])


def graded(name: str, value: float, steps: Sequence[float]) -> list[str]:
    """A number as features: one for each step that it reaches ("mentions 3+")."""
    return [f"{name} {step:g}+" for step in steps if value >= step]
