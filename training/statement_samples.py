"""What the encoder's heads for statements are trained on: where articles state positions and next steps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from generator.analysis.model import STANCES
from generator.pipeline.pieces import Vocabulary

from .annotated import AnnotatedText
from .corpora import AttributedArticle
from .samples import OUTSIDE, PARTS, Ints, Sample, as_paragraphs, attribution_sample, bio, cut_words
from .statements import Marked, Reading

# Our marks' layers, which are the heads' names, and where an annotation has them.
LAYERS = {"position": "positions", "step": "next_steps"}
UNKNOWN = -100


def statement_sample(vocabulary: Vocabulary, text: str, marked: Sequence[Marked]) -> Sample:
    """Give a text and its layers: `position` and `step` as B, I and O, and the `stance` of each word of a
    position by its number among STANCES, UNKNOWN outside.

    Of two places that share words the longer one is kept.
    """
    paragraphs, offsets = cut_words(text)
    gold: dict[str, np.ndarray] = {
        layer: bio(offsets, [(m.start, m.end) for m in marked if m.layer == layer]) for layer in LAYERS
    }
    gold["stance"] = _stances(offsets, [m for m in marked if m.layer == "position"], gold["position"])
    return Sample("statements", as_paragraphs(vocabulary, paragraphs), gold)


def _stances(offsets: Sequence[tuple[int, int]], marked: Sequence[Marked], kept: Ints) -> Ints:
    """The stance of each word of a position; the longest comes last, and stays."""
    found = np.full(len(offsets), UNKNOWN, dtype=np.int64)
    for mark in sorted(marked, key=lambda m: (m.end - m.start, m.start)):
        number = STANCES.index(mark.label)
        for word, (start, end) in enumerate(offsets):
            if start < mark.end and mark.start < end and kept[word] != OUTSIDE:
                found[word] = number
    return found


def statement_samples(
    vocabulary: Vocabulary,
    readings: Iterable[Reading],
    annotated: Iterable[AnnotatedText],
    attributed: Mapping[str, AttributedArticle],
) -> Iterator[Sample]:
    """Give our articles and the annotated ones; `attributed` are those of the latter whose attributions are
    learnt in the same step."""
    for reading in readings:
        sample = statement_sample(vocabulary, reading.text, reading.marked)
        yield replace(sample, gold=sample.gold | _unattributed(sample))
    for article in annotated:
        sample = statement_sample(vocabulary, article.text, marks_of(article))
        known = attributed.get(article.name)
        if known is None:
            yield replace(sample, gold=sample.gold | _unattributed(sample))
        else:
            told = attribution_sample(vocabulary, known)
            yield replace(sample, gold=sample.gold | told.gold, links=told.links)


def _unattributed(sample: Sample) -> dict[str, np.ndarray]:
    return {part: np.full(len(sample.gold["position"]), UNKNOWN) for part in PARTS}


def marks_of(article: AnnotatedText) -> list[Marked]:
    """What an annotation marks, as our own marks have it."""
    marks = {
        Marked("position", at[0], at[1], position["stance"])
        for position in article.gold["positions"]
        for at in position["at"]
    }
    marks |= {
        Marked("step", at[0], at[1], step["status"])
        for step in article.gold["next_steps"]
        for at in step["at"]
    }
    return sorted(marks, key=lambda m: (m.start, m.end, m.layer, m.label))
