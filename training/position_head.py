"""Where positions stand, as one more head of the encoder: fitted last, and nothing else changes.

A multinomial logistic regression over the words' last vectors: without chance, and done in a minute. It
learns from our marked articles and from the annotated ones.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from generator.pipeline.components import WINDOW_PIECES
from generator.pipeline.pieces import Vocabulary, window, windows

from .annotated import AnnotatedText
from .encoder import Encoder
from .recipe import PositionRecipe
from .samples import Sample, as_paragraphs, bio, cut_words
from .statements import Reading

STEPS = 25


def position_sample(vocabulary: Vocabulary, text: str, places: Iterable[tuple[int, int]]) -> Sample:
    """Give a text and its positions as B, I and O; of two that share words the longer one is kept."""
    paragraphs, offsets = cut_words(text)
    return Sample("position", as_paragraphs(vocabulary, paragraphs), {"position": bio(offsets, places)})


def position_samples(
    vocabulary: Vocabulary, readings: Iterable[Reading], annotated: Iterable[AnnotatedText]
) -> Iterator[Sample]:
    for reading in readings:
        places = [(mark.start, mark.end) for mark in reading.marked if mark.layer == "position"]
        yield position_sample(vocabulary, reading.text, places)
    for article in annotated:
        places = [(at[0], at[1]) for each in article.gold["positions"] for at in each["at"]]
        yield position_sample(vocabulary, article.text, places)


def fit(encoder: Encoder, samples: Iterable[Sample], recipe: PositionRecipe) -> None:
    """Set the columns for positions to what makes the samples likeliest, under an L2 penalty on the weights.

    `recipe.lean` then leans towards finding one: the analysis can leave a position out, not find it again.
    """
    encoder.eval()
    rows = [row for sample in samples for row in _rows(encoder, sample)]
    vectors, labels = torch.cat([row.vectors for row in rows]), torch.cat([row.labels for row in rows])
    # Of one scale, every number is held back alike by the penalty, and few steps are needed.
    mean, scale = vectors.mean(0), vectors.std(0)
    vectors = (vectors - mean) / scale
    start, end = encoder.heads.slices()["position"]
    weights = torch.zeros(end - start, vectors.shape[1] + 1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, history_size=10, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        scores = vectors @ weights[:, :-1].T + weights[:, -1]
        value = functional.cross_entropy(scores, labels)
        value = value + 0.5 * recipe.penalty / len(labels) * weights[:, :-1].square().sum()
        value.backward()
        return value

    optimizer.step(loss)
    with torch.no_grad():
        encoder.out.weight[start:end] = weights[:, :-1] / scale
        encoder.out.bias[start:end] = weights[:, -1] - weights[:, :-1] @ (mean / scale)
        encoder.out.bias[start] -= recipe.lean


@dataclass(frozen=True, slots=True)
class _Rows:
    vectors: Tensor
    labels: Tensor


def _rows(encoder: Encoder, sample: Sample) -> Iterator[_Rows]:
    """Give the words of a sample, window by window as at run time."""
    for run in windows(sample.paragraphs, WINDOW_PIECES):
        each = window(run)
        places = [torch.tensor([numbers]) for numbers in (each.ids, each.types, each.first_pieces)]
        with torch.no_grad():
            vectors = encoder.vectors(*places)[0]
        yield _Rows(vectors, torch.from_numpy(np.asarray(sample.gold["position"][list(each.words)])))
