"""From scores of pairs of words to a tree: the best one with a single root, by Chu-Liu and Edmonds.

Scores as in Dozat and Manning (2017): a square form over what a word is as a dependent and as a head.
A root is its own head.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Scores = NDArray[np.float64]
NEVER = -1e9
DECIMALS = 3
ROOTS_TRIED = 3


@dataclass(frozen=True, slots=True)
class PairForms:
    """The square forms of the parser, and the biases of links between segments."""

    arc: Floats
    arc_bias: Floats
    root_bias: float
    label: Floats
    link_bias: Floats

    @classmethod
    def read(cls, path: Path) -> PairForms:
        """Give the forms of an `.npz` file; raises OSError, KeyError or ValueError where it is none."""
        with np.load(path, allow_pickle=False) as file:
            return cls(
                arc=file["arc"].astype(np.float32),
                arc_bias=file["arc_bias"].astype(np.float32),
                root_bias=float(file["root_bias"][0]),
                label=file["label"].astype(np.float32),
                link_bias=file["link_bias"].astype(np.float32),
            )

    def tree(self, arcs: Floats, labels: Floats) -> tuple[list[int], list[int]]:
        """Give the head of each word of a sentence (a root's is itself) and its label's number.

        `arcs` and `labels` are [words × twice the size]: as dependent, then as head.
        """
        size = arcs.shape[1] // 2
        dependent, head = arcs[:, :size], arcs[:, size:]
        scores = ((dependent @ self.arc) @ head.T + head @ self.arc_bias).astype(np.float64)
        scores[np.diag_indices(len(scores))] += self.root_bias
        heads = best_tree(np.round(scores, DECIMALS))
        return heads, self._labels(labels, heads)

    def _labels(self, vectors: Floats, heads: list[int]) -> list[int]:
        size = vectors.shape[1] // 2
        ones = np.ones((len(heads), 1), dtype=np.float32)
        dependent = np.concatenate([vectors[:, :size], ones], axis=1)
        head = np.concatenate([vectors[heads, size:], ones], axis=1)
        count, left, right = self.label.shape
        # dependent @ form, for every label at once: [words × labels × right].
        bent = (dependent @ self.label.transpose(1, 0, 2).reshape(left, count * right)).reshape(
            -1, count, right
        )
        scores = np.round(np.einsum("nlr,nr->nl", bent, head).astype(np.float64), DECIMALS)
        return [int(number) for number in scores.argmax(axis=1)]


def best_tree(scores: Scores) -> list[int]:
    """Give the heads of the best tree over `scores[dependent, head]`; the diagonal holds the roots."""
    greedy = scores.argmax(axis=1)
    roots = np.flatnonzero(greedy == np.arange(len(greedy)))
    if len(roots) == 1 and _cycle(greedy) is None:
        return [int(head) for head in greedy]
    if len(scores) == 1:
        return [0]
    # One root: of the words that gain most, or lose least, by being it, the one with the best tree.
    others = scores.copy()
    np.fill_diagonal(others, NEVER)
    gains = np.diag(scores) - others.max(axis=1)
    best: tuple[float, list[int]] | None = None
    for root in np.argsort(-gains, kind="stable")[:ROOTS_TRIED]:
        rooted = others.copy()
        rooted[root] = NEVER
        rooted[root, root] = 0.0
        heads = [int(head) for head in _arborescence(rooted, int(root))]
        total = round(float(scores[np.arange(len(heads)), heads].sum()), DECIMALS)
        if best is None or total > best[0]:
            best = (total, heads)
    assert best is not None
    return best[1]


def _cycle(heads: NDArray[np.int64]) -> list[int] | None:
    """Give the words of a cycle, a root's own loop not counted; None where there is none."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        word = start
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            if int(heads[word]) == word:
                break
            word = int(heads[word])
        else:
            if state[word] == 1 and word in path and int(heads[word]) != word:
                return path[path.index(word) :]
        for each in path:
            state[each] = 2
    return None


def _arborescence(scores: Scores, root: int) -> NDArray[np.int64]:
    heads = scores.argmax(axis=1)
    heads[root] = root
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    # Shrink the cycle to one word, solve the smaller problem, and open the cycle where it is entered.
    inside = np.array(cycle)
    rest = np.array([word for word in range(len(scores)) if word not in set(cycle)])
    held = scores[inside, heads[inside]]
    entering = scores[np.ix_(inside, rest)] - held[:, None]
    leaving = scores[np.ix_(rest, inside)]
    small = np.full((len(rest) + 1, len(rest) + 1), NEVER)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    small[-1, :-1] = entering.max(axis=0)
    small[:-1, -1] = leaving.max(axis=1)
    where = int(np.flatnonzero(rest == root)[0])
    solved = _arborescence(small, where)
    for place, word in enumerate(rest):
        head = int(solved[place])
        heads[word] = rest[head] if head < len(rest) else inside[int(leaving[place].argmax())]
    entered_from = int(solved[-1])
    opened = int(entering[:, entered_from].argmax())
    heads[inside[opened]] = rest[entered_from]
    heads[root] = root
    return heads
