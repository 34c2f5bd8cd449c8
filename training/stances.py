"""Learn which words show which stance: `python -m training.stances` writes the weights that are shipped.

Multinomial logistic regression over the features of generator/analysis/stance_model.py, with an L2
penalty. The examples are our own: stances.tsv, and the positions marked in readings/*.txt; `--validate`
tries them on sources held out.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from generator.analysis import stance_model
from generator.analysis.model import STANCES, Stance
from generator.analysis.stance_model import Speech, features
from generator.pipeline import load

from .statements import read_readings, stance_examples

EXAMPLES = Path(__file__).with_name("stances.tsv")
SHIPPED = Path(stance_model.__file__).with_name(stance_model.WEIGHTS)
PENALTY = 1.0
LEAST = 2
"""Examples that a feature must occur in."""
FOLDS = 5

Matrix = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """A position as an article would have it; `source` is the batch or article that it comes from."""

    source: str
    stance: Stance
    cue: str
    speech: Speech
    text: str


@dataclass(frozen=True, slots=True)
class Weights:
    """A row of weights for each feature, one for each of `STANCES`."""

    names: tuple[str, ...]
    rows: Matrix
    bias: Matrix


def read_examples(path: Path = EXAMPLES) -> tuple[Example, ...]:
    """The examples of a table; ValueError where a line names no stance of ours."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, line in enumerate(lines, start=2):
        if line["stance"] not in STANCES or line["speech"] not in {"direct", "indirect", "narrated"}:
            raise ValueError(f"{path}:{number}: no such stance or speech; see the first line for the columns")
    return tuple(
        Example(
            line["source"],
            cast(Stance, line["stance"]),
            line["cue"],
            cast(Speech, line["speech"]),
            line["text"],
        )
        for line in lines
    )


def all_examples() -> tuple[Example, ...]:
    """The table's examples, and the positions marked in our articles as the embedded pipeline sees them."""
    marked = stance_examples(read_readings(), load())
    return (
        *read_examples(),
        *(Example("readings", stance, cue, speech, text) for stance, cue, speech, text in marked),
    )


def fit(examples: Sequence[Example], penalty: float = PENALTY, least: int = LEAST) -> Weights:
    """The weights that make the examples likeliest under the penalty; the same for the same examples."""
    found = [features(e.text, e.cue, e.speech) for e in examples]
    counts = Counter(name for names in found for name in names)
    names = tuple(sorted(name for name, count in counts.items() if count >= least))
    column = {name: k for k, name in enumerate(names)}
    # The features of example i are columns[starts[i]:starts[i + 1]]; the last column is the bias.
    kept = [[*(column[name] for name in each if name in column), len(names)] for each in found]
    columns = np.concatenate([np.array(each) for each in kept])
    lengths = np.array([len(each) for each in kept])
    y = np.zeros((len(examples), len(STANCES)))
    y[np.arange(len(examples)), [STANCES.index(e.stance) for e in examples]] = 1.0
    solved = _minimize(columns, lengths, y, penalty)
    return Weights(names, solved[:-1], solved[-1])


def _minimize(columns: Whole, lengths: Whole, y: Matrix, penalty: float, steps: int = 300) -> Matrix:
    """Weights of least loss, by L-BFGS over the last ten steps."""
    shape = (int(columns.max()) + 1, y.shape[1])
    shrink = np.full((shape[0], 1), penalty)
    shrink[-1] = 0.0
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    by_column = np.argsort(columns, kind="stable")
    users = np.repeat(np.arange(len(lengths)), lengths)[by_column]
    column_starts = np.searchsorted(columns[by_column], np.arange(shape[0]))

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        w = flat.reshape(shape)
        scores = np.add.reduceat(w[columns], starts, axis=0)
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        value = -(y * logs).sum() + 0.5 * (shrink * w * w).sum()
        gradient = np.add.reduceat((np.exp(logs) - y)[users], column_starts, axis=0) + shrink * w
        return float(value), gradient.ravel()

    at = np.zeros(shape[0] * shape[1])
    value, slope = loss(at)
    moves: list[tuple[Matrix, Matrix]] = []
    for _ in range(steps):
        if np.abs(slope).max() < 1e-4:
            break
        direction = -_curved(slope, moves)
        size = 1.0 if moves else 1.0 / np.abs(slope).max()
        while True:
            new = at + size * direction
            new_value, new_slope = loss(new)
            if new_value <= value + 1e-4 * size * float(slope @ direction) or size < 1e-10:
                break
            size /= 2
        moves = [*moves[-9:], (new - at, new_slope - slope)]
        at, value, slope = new, new_value, new_slope
    return at.reshape(shape)


def _curved(slope: Matrix, moves: Sequence[tuple[Matrix, Matrix]]) -> Matrix:
    """The slope times the inverse curvature, as the last moves have shown it."""
    direction = slope.copy()
    kept = []
    for move, change in reversed(moves):
        share = float(move @ direction) / float(move @ change)
        direction -= share * change
        kept.append(share)
    if moves:
        move, change = moves[-1]
        direction *= float(move @ change) / float(change @ change)
    for (move, change), share in zip(moves, reversed(kept), strict=True):
        direction += (share - float(change @ direction) / float(move @ change)) * move
    return direction


def _predict(weights: Weights, column: dict[str, int], example: Example) -> Stance:
    found = [column[n] for n in features(example.text, example.cue, example.speech) if n in column]
    return STANCES[int(np.argmax(weights.rows[found].sum(axis=0) + weights.bias))]


def validate(
    examples: Sequence[Example], penalty: float = PENALTY, least: int = LEAST
) -> dict[str, tuple[int, int]]:
    """Right answers and examples of each source, where no fold learns from the sources it is tried on."""
    sources = sorted({e.source for e in examples})
    right: dict[str, tuple[int, int]] = {}
    for fold in range(FOLDS):
        held = set(sources[fold::FOLDS])
        weights = fit([e for e in examples if e.source not in held], penalty, least)
        column = {name: k for k, name in enumerate(weights.names)}
        for e in examples:
            if e.source in held:
                hits, total = right.get(e.source, (0, 0))
                right[e.source] = (hits + (_predict(weights, column, e) == e.stance), total + 1)
    return dict(sorted(right.items()))


def as_stored(weights: Weights) -> str:
    """The weights as the file that is shipped: one line for each feature that has any, two decimals."""
    lines = []
    for name, row in zip(weights.names, weights.rows, strict=True):
        rounded = [round(float(value), 2) + 0.0 for value in row]
        if any(rounded):
            lines.append(f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(rounded)}")
    bias = json.dumps([round(float(value), 2) + 0.0 for value in weights.bias])
    return (
        f'{{"stances": {json.dumps(list(STANCES))},\n"bias": {bias},\n"features": {{\n'
        + ",\n".join(lines)
        + "\n}}\n"
    )


def main(arguments: list[str] | None = None) -> int:
    """Fit and write the weights, or print what cross-validation says; gives 0."""
    parser = argparse.ArgumentParser(prog="python -m training.stances", description=__doc__)
    parser.add_argument("--validate", action="store_true", help="print accuracies by source, write nothing")
    parser.add_argument("--penalty", type=float, default=PENALTY, help=f"L2 penalty ({PENALTY})")
    options = parser.parse_args(arguments)
    examples = all_examples()
    if options.validate:
        right = validate(examples, options.penalty)
        for source, (hits, total) in right.items():
            print(f"{source:45} {hits:4} of {total:4}")
        hits, total = (sum(column) for column in zip(*right.values(), strict=True))
        print(f"{'all':45} {hits:4} of {total:4}: {100 * hits / total:.1f} %")
        return 0
    SHIPPED.write_text(as_stored(fit(examples, options.penalty)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
