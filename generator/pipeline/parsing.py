"""From scores of pairs of words to a tree: the best one with a single root, by Chu-Liu and Edmonds.

Scores as in Dozat and Manning (2017): a square form over what a word is as a dependent and as a head.
A root is its own head.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Scores = NDArray[np.float64]
NEVER = -1e9
DECIMALS = 3
ROOTS_TRIED = 3


def tree(arcs: Floats, labels: Floats, heads: Floats, root_bias: float) -> tuple[list[int], list[int]]:
    """Give the head of each word of a sentence (a root's is itself) and its label's number.

    `arcs` [words × words] scores a row's head; `labels` [words × labels × size + 1] are the words as
    dependents under each label, `heads` [words × size] as heads: their product scores a label.
    """
    scores = arcs.astype(np.float64)
    scores[np.diag_indices(len(scores))] += root_bias
    found = best_tree(np.round(scores, DECIMALS))
    above = heads[found]
    products = np.einsum("nls,ns->nl", labels[:, :, :-1], above) + labels[:, :, -1]
    return found, [int(number) for number in np.round(products, DECIMALS).argmax(axis=1)]


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
    tried = roots if len(roots) == 1 else np.argsort(-gains, kind="stable")[:ROOTS_TRIED]
    for root in tried:
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
