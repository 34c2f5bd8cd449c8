"""Teach the linker which segments belong together, on articles that the encoder did not learn from.

Gradient boosting by scikit-learn, kept as plain arrays: the run time needs numpy alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from generator.analysis.spans import in_common, share_of_longer
from generator.pipeline.attribution import Forest, Linker, Pairs, Segment, Words, pairs_of
from generator.pipeline.components import NewsReader, offsets_of

from .corpora import AttributedArticle, GoldAttribution
from .scoring import attribution_scores

# Thresholds worth a trial; the median of the folds decides.
LEAST_LINKS = (0.1, 0.15, 0.2, 0.3, 0.4)
LEAST_SCORES = (0.0, 0.05, 0.1, 0.15, 0.2)


@dataclass(frozen=True, slots=True)
class LinkerRecipe:
    trees: int = 160
    depth: int = 5
    learn_rate: float = 0.07
    share_of_rows: float = 0.7
    smallest_leaf: int = 20
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Read:
    """An article as the encoder read it: its segments, and the pairs that the linker must judge."""

    article: AttributedArticle
    words: Words
    segments: list[Segment]
    offsets: list[tuple[int, int]]
    pairs: Pairs


def read(reader: NewsReader, nlp: Language, articles: Sequence[AttributedArticle]) -> list[Read]:
    found = []
    for article in articles:
        tokens, words, segments = reader.segments(nlp.make_doc(article.text))
        places = [offsets_of(tokens, segment) for segment in segments]
        found.append(Read(article, words, segments, places, pairs_of(words, segments, reader.link_bias)))
    return found


def truth(article: Read) -> NDArray[np.bool_]:
    """Tell of each pair whether one gold attribution has both: its cue shares a character with the
    cue, and its source or content shares at least half of the longer one's."""
    result = []
    for cue, number in article.pairs.pairs:
        part, at = article.segments[number].part, article.offsets[number]
        result.append(
            any(
                any(in_common(article.offsets[cue], span) for span in gold.cue)
                and any(share_of_longer(at, span) >= 0.5 for span in getattr(gold, part))
                for gold in article.article.attributions
            )
        )
    return np.array(result, dtype=np.bool_)


def fit(learning: Sequence[Read], recipe: LinkerRecipe) -> Forest:
    """Give the forest that tells true pairs from false ones."""
    from sklearn.ensemble import GradientBoostingClassifier

    features = np.concatenate([article.pairs.features for article in learning])
    labels = np.concatenate([truth(article) for article in learning])
    model = GradientBoostingClassifier(
        n_estimators=recipe.trees,
        max_depth=recipe.depth,
        learning_rate=recipe.learn_rate,
        subsample=recipe.share_of_rows,
        min_samples_leaf=recipe.smallest_leaf,
        random_state=recipe.seed,
    ).fit(features, labels)
    trees = [row[0].tree_ for row in model.estimators_]
    nodes = max(tree.node_count for tree in trees)
    shape = (len(trees), nodes)
    feature, left, right = (np.full(shape, -1, dtype=np.int16) for _ in range(3))
    threshold, value = np.zeros(shape), np.zeros(shape)
    for row, tree in enumerate(trees):
        count = tree.node_count
        feature[row, :count] = np.maximum(tree.feature, 0)
        threshold[row, :count] = tree.threshold
        left[row, :count], right[row, :count] = tree.children_left, tree.children_right
        value[row, :count] = tree.value[:, 0, 0] * recipe.learn_rate
    share = labels.mean()
    base = float(np.log(share / (1 - share)))
    return Forest(np.maximum(feature, 0), threshold, left, right, value, base, recipe.depth)


def choose_thresholds(forest: Forest, tuning: Sequence[Read]) -> Linker:
    """Give the linker with the thresholds that link most on these articles."""
    shares = [forest.share(a.pairs.features) if a.pairs.pairs else np.zeros(0) for a in tuning]
    best: tuple[float, Linker] | None = None
    for source, content, keep in product(LEAST_LINKS, LEAST_LINKS, LEAST_SCORES):
        linker = Linker(forest, source, content, keep)
        found = [
            (a.article.text, attributions(linker, a, s), a.article.attributions)
            for a, s in zip(tuning, shares, strict=True)
        ]
        scores = attribution_scores(found)
        score = scores["linked"].f + scores["triple exact"].f
        if best is None or score > best[0]:
            best = (score, linker)
    assert best is not None
    return best[1]


def attributions(linker: Linker, article: Read, shares: NDArray[np.float64]) -> list[GoldAttribution]:
    """Give what the linker makes of an article, in the form of the gold."""
    return [
        GoldAttribution(
            source=() if each.source is None else (article.offsets[each.source],),
            cue=(article.offsets[each.cue],),
            content=tuple(article.offsets[n] for n in each.contents),
        )
        for each in linker.choose(article.segments, article.pairs, shares)
    ]


def save(linker: Linker, path: Path) -> None:
    forest = linker.forest
    np.savez_compressed(
        path,
        feature=forest.feature.astype(np.int16),
        threshold=np.round(forest.threshold, 5),
        left=forest.left,
        right=forest.right,
        value=np.round(forest.value, 6),
        base=np.array(forest.base),
        depth=np.array(forest.depth),
        thresholds=np.array([linker.source_at_least, linker.content_at_least, linker.keep_at_least]),
    )


def train(
    reader: NewsReader,
    nlp: Language,
    learning: Sequence[AttributedArticle],
    path: Path,
    recipe: LinkerRecipe,
    *,
    say: Callable[[str], None] = print,
) -> None:
    """Write the linker learnt on `learning`: trees on all of them, thresholds on each third in turn."""
    found = read(reader, nlp, learning)
    forest = fit(found, recipe)
    folds = 3
    tuned = []
    for fold in range(folds):
        apart = fit([a for i, a in enumerate(found) if i % folds != fold], recipe)
        held = [a for i, a in enumerate(found) if i % folds == fold]
        tuned.append(choose_thresholds(apart, held))
    # The median of the folds' thresholds is steadier than one choice on forty articles.
    middle = [
        float(np.median([getattr(t, name) for t in tuned]))
        for name in ("source_at_least", "content_at_least", "keep_at_least")
    ]
    say(f"linker: {sum(len(a.pairs.pairs) for a in found)} pairs, thresholds {middle}")
    save(Linker(forest, *middle), path)
