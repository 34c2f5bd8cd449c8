"""Where positions and next steps stand, as heads of the encoder: fitted last, and nothing else changes.

Multinomial logistic regressions over the words' last vectors: without chance, and done in a minute. They
learn from our marked articles and from the annotated ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from generator.pipeline.components import WINDOW_PIECES
from generator.pipeline.pieces import Vocabulary, window, windows

from .annotated import AnnotatedText
from .encoder import Encoder
from .recipe import HeadRecipe
from .samples import OUTSIDE, Sample, as_paragraphs, bio, cut_words
from .statements import Reading

STEPS = 25
# Our marks' layers, which are the heads' names, and where an annotation has them.
LAYERS = {"position": "positions", "step": "next_steps"}

Places = list[tuple[int, int]]


def statement_sample(vocabulary: Vocabulary, text: str, places: Mapping[str, Places]) -> Sample:
    """Give a text and its layers as B, I and O; of two places that share words the longer one is kept."""
    paragraphs, offsets = cut_words(text)
    gold: dict[str, np.ndarray] = {layer: bio(offsets, places[layer]) for layer in LAYERS}
    return Sample("statements", as_paragraphs(vocabulary, paragraphs), gold)


def statement_samples(
    vocabulary: Vocabulary, readings: Iterable[Reading], annotated: Iterable[AnnotatedText]
) -> Iterator[Sample]:
    for reading in readings:
        marked = {layer: [(m.start, m.end) for m in reading.marked if m.layer == layer] for layer in LAYERS}
        yield statement_sample(vocabulary, reading.text, marked)
    for article in annotated:
        told = {
            layer: [(at[0], at[1]) for each in article.gold[name] for at in each["at"]]
            for layer, name in LAYERS.items()
        }
        yield statement_sample(vocabulary, article.text, told)


def fit(encoder: Encoder, samples: Iterable[Sample], recipes: Mapping[str, HeadRecipe]) -> None:
    """Set the columns of each layer to what makes the samples likeliest, under an L2 penalty on the weights.

    A word inside of a statement counts `weight` times; `lean` then leans towards finding one: the analysis
    can leave a statement out, not find it again.
    """
    encoder.eval()
    rows = [row for sample in samples for row in _rows(encoder, sample)]
    vectors = torch.cat([row.vectors for row in rows])
    # Of one scale, every number is held back alike by the penalty, and few steps are needed.
    mean, scale = vectors.mean(0), vectors.std(0)
    vectors = (vectors - mean) / scale
    for layer, recipe in recipes.items():
        weights = _regression(vectors, torch.cat([row.labels[layer] for row in rows]), recipe)
        start, end = encoder.heads.slices()[layer]
        with torch.no_grad():
            encoder.out.weight[start:end] = weights[:, :-1] / scale
            encoder.out.bias[start:end] = weights[:, -1] - weights[:, :-1] @ (mean / scale)
            encoder.out.bias[start + OUTSIDE] -= recipe.lean


def _regression(vectors: Tensor, labels: Tensor, recipe: HeadRecipe) -> Tensor:
    """Weights [labels × (width + 1)] of least loss, by L-BFGS; the last column is the bias."""
    counts = torch.where(labels == OUTSIDE, 1.0, recipe.weight)
    weights = torch.zeros(3, vectors.shape[1] + 1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, history_size=10, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        scores = vectors @ weights[:, :-1].T + weights[:, -1]
        value = (functional.cross_entropy(scores, labels, reduction="none") * counts).sum() / counts.sum()
        value = value + 0.5 * recipe.penalty / len(labels) * weights[:, :-1].square().sum()
        value.backward()
        return value

    optimizer.step(loss)
    return weights.detach()


@dataclass(frozen=True, slots=True)
class _Rows:
    vectors: Tensor
    labels: Mapping[str, Tensor]


def _rows(encoder: Encoder, sample: Sample) -> Iterator[_Rows]:
    """Give the words of a sample, window by window as at run time."""
    for run in windows(sample.paragraphs, WINDOW_PIECES):
        each = window(run)
        places = [torch.tensor([numbers]) for numbers in (each.ids, each.types, each.first_pieces)]
        with torch.no_grad():
            vectors = encoder.vectors(*places)[0]
        words = list(each.words)
        yield _Rows(vectors, {n: torch.from_numpy(np.asarray(g[words])) for n, g in sample.gold.items()})
