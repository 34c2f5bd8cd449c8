"""Learn the small linear models of the analysis: multinomial logistic regression with an L2 penalty."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.analysis import linear
from generator.analysis.linear import Linear

FOLDER = Path(linear.__file__).with_name("weights")

Matrix = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """What is known of one case, and its label; `source` is the article that it comes from."""

    source: str
    label: str
    features: tuple[str, ...]


def fit(
    examples: Sequence[Example], labels: Sequence[str], *, penalty: float = 1.0, least: int = 2
) -> Linear:
    """The weights that make the examples likeliest under the penalty; the same for the same examples.

    A feature that fewer than `least` examples have gets none.
    """
    kept_features = [tuple(dict.fromkeys(e.features)) for e in examples]
    counts = Counter(name for names in kept_features for name in names)
    names = tuple(sorted(name for name, count in counts.items() if count >= least))
    column = {name: k for k, name in enumerate(names)}
    # The features of example i are columns[starts[i]:starts[i + 1]]; the last column is the bias.
    kept = [[*(column[name] for name in each if name in column), len(names)] for each in kept_features]
    columns = np.concatenate([np.array(each) for each in kept])
    lengths = np.array([len(each) for each in kept])
    y = np.zeros((len(examples), len(labels)))
    y[np.arange(len(examples)), [list(labels).index(e.label) for e in examples]] = 1.0
    solved = _minimize(columns, lengths, y, penalty)
    rows = {name: tuple(row) for name, row in zip(names, solved[:-1].tolist(), strict=True)}
    return Linear(tuple(labels), tuple(solved[-1].tolist()), rows)


def held_out(
    examples: Sequence[Example],
    labels: Sequence[str],
    *,
    folds: int = 5,
    penalty: float = 1.0,
    least: int = 2,
) -> list[list[float]]:
    """The shares of each example's labels, by weights learnt from the articles of other folds."""
    sources = sorted({e.source for e in examples})
    found: list[list[float]] = [[] for _ in examples]
    for fold in range(folds):
        held = set(sources[fold::folds])
        model = fit([e for e in examples if e.source not in held], labels, penalty=penalty, least=least)
        for place, example in enumerate(examples):
            if example.source in held:
                found[place] = model.shares(example.features)
    return found


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


def save(name: str, model: Linear, inputs: Iterable[Path], *, folder: Path = FOLDER) -> None:
    """Write the weights as the analysis reads them: one line for each feature that has any, two decimals.

    `inputs` are the files of the project that the model was learnt from; `stale` asks for them later.
    """
    lines = []
    for feature, row in sorted(model.rows.items()):
        rounded = [round(float(value), 2) + 0.0 for value in row]
        if any(rounded):
            lines.append(f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(rounded)}")
    bias = json.dumps([round(float(value), 2) + 0.0 for value in model.bias])
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(
        f'{{"labels": {json.dumps(model.labels)},\n"inputs": {json.dumps(fingerprint(inputs))},\n'
        f'"bias": {bias},\n"features": {{\n' + ",\n".join(lines) + "\n}}\n",
        encoding="utf-8",
    )


def fingerprint(inputs: Iterable[Path]) -> str:
    """The SHA-256 of files, in the order of their names."""
    digest = sha256()
    for path in sorted(inputs, key=lambda p: p.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
