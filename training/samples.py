"""Turn the corpora into what the encoder is trained on: windows of words with gold for one task each."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language

from generator.pipeline.pieces import Paragraph, Vocabulary, Window, paragraph, window, windows

from .corpora import AttributedArticle, TreebankDocument
from .names import KINDS, NamedText

PARTS = ("source", "cue", "content")
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
# The entity head's labels: O, then B and I of each kind.
ENTITY_LABELS = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A document for one task: its paragraphs, and gold by the number of a word in the document.

    `gold` holds, for attribution: source, cue, content (O, B, I of each word); for entities: allowed
    (words × labels, what a word may be); for syntax: xpos, upos, opens, head, deprel, sentence.
    `links` are (first word of a cue, first word of a segment, part) of what belongs together.
    """

    task: str
    paragraphs: tuple[Paragraph, ...]
    gold: dict[str, NDArray[np.generic]]
    links: tuple[tuple[int, int, str], ...] = field(default=())


@cache
def tokenizer() -> Language:
    return spacy.blank("en")


def cut_words(text: str) -> tuple[list[list[str]], list[tuple[int, int]]]:
    """Give the words of each paragraph as the pipeline's tokenizer cuts them, and all words' offsets."""
    paragraphs: list[list[str]] = [[]]
    offsets: list[tuple[int, int]] = []
    for token in tokenizer().make_doc(text):
        if token.is_space:
            if "\n" in token.text and paragraphs[-1]:
                paragraphs.append([])
            continue
        paragraphs[-1].append(token.text)
        offsets.append((token.idx, token.idx + len(token)))
    return [words for words in paragraphs if words], offsets


def as_paragraphs(vocabulary: Vocabulary, paragraphs: Sequence[Sequence[str]]) -> tuple[Paragraph, ...]:
    found, first = [], 0
    for words in paragraphs:
        found.append(paragraph(vocabulary, words, first))
        first += len(words)
    return tuple(found)


def _covered(offsets: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """Give the numbers of the words that share a character with start to end."""
    return [i for i, (a, b) in enumerate(offsets) if a < end and b > start]


def bio(offsets: Sequence[tuple[int, int]], spans: Iterable[tuple[int, int]]) -> Ints:
    """Give OUTSIDE, BEGIN or INSIDE for each word; of spans that share words the longest is kept."""
    layer = np.zeros(len(offsets), dtype=np.int64)
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        covered = _covered(offsets, *span)
        if covered and not layer[covered].any():
            layer[covered] = INSIDE
            layer[covered[0]] = BEGIN
    return layer


def attribution_sample(vocabulary: Vocabulary, article: AttributedArticle) -> Sample:
    """Give an article's segments as three layers of B, I and O, and what links to which cue.

    Of two contents one inside the other the outer one is kept: a layer holds no nesting.
    """
    paragraphs, offsets = cut_words(article.text)
    layers: dict[str, NDArray[np.generic]] = {}
    numbers: dict[tuple[int, int], list[int]] = {}
    for part in PARTS:
        spans = {span for a in article.attributions for span in getattr(a, part)}
        layers[part] = bio(offsets, spans)
        numbers |= {span: _covered(offsets, *span) for span in spans}
    links = []
    for attribution in article.attributions:
        cues = [numbers[span][0] for span in attribution.cue if numbers[span]]
        for cue in cues[:1]:
            for part in ("source", "content"):
                links += [(cue, numbers[s][0], part) for s in getattr(attribution, part) if numbers[s]]
    return Sample("attribution", as_paragraphs(vocabulary, paragraphs), layers, tuple(sorted(set(links))))


def entity_samples(vocabulary: Vocabulary, named: NamedText, together: int = 40) -> Iterator[Sample]:
    """Give a corpus's texts, `together` at a time as the paragraphs of one document."""
    labels = {label: number for number, label in enumerate(ENTITY_LABELS)}
    dates = {labels["B-DATE"], labels["I-DATE"]}
    open_kinds = [labels[f"{m}-{kind}"] for kind in KINDS if kind not in named.covers for m in "BI"]
    for at in range(0, len(named.texts), together):
        paragraphs: list[list[str]] = []
        rows: list[NDArray[np.bool_]] = []
        for tagged in named.texts[at : at + together]:
            words, offsets = cut_words(tagged.text)
            allowed = np.zeros((len(offsets), len(labels)), dtype=bool)
            for start, end, kind in tagged.spans:
                for order, word in enumerate(_covered(offsets, start, end)):
                    allowed[word, labels[f"{'I' if order else 'B'}-{kind}"]] = True
            texts = [tagged.text[start:end] for start, end in offsets]
            for word in np.flatnonzero(~allowed.any(axis=1)).tolist():
                # Names are written with capitals or digits; a date may be any word.
                capital = not texts[word].islower()
                allowed[word, [0, *(n for n in open_kinds if capital or n in dates)]] = True
            paragraphs += words
            rows.append(allowed)
        yield Sample("entities", as_paragraphs(vocabulary, paragraphs), {"allowed": np.concatenate(rows)})


@dataclass(frozen=True, slots=True)
class TagSets:
    """The label sets of the syntax heads, in the order of their numbers."""

    xpos: tuple[str, ...]
    upos: tuple[str, ...]
    deprel: tuple[str, ...]

    @classmethod
    def of(cls, documents: Sequence[TreebankDocument]) -> "TagSets":
        words = [w for d in documents for s in d.sentences for w in s.words]
        return cls(*(tuple(sorted({getattr(w, name) for w in words})) for name in ("xpos", "upos", "deprel")))


def syntax_sample(vocabulary: Vocabulary, document: TreebankDocument, tags: TagSets) -> Sample:
    """Give a treebank document; `head` is the head's number in the document, a root's its own."""
    paragraphs: list[list[str]] = []
    columns: dict[str, list[int]] = {n: [] for n in ("xpos", "upos", "deprel", "head", "opens", "sentence")}
    numbers = {n: {label: i for i, label in enumerate(getattr(tags, n))} for n in ("xpos", "upos", "deprel")}
    for number, sentence in enumerate(document.sentences):
        if sentence.opens_paragraph or not paragraphs:
            paragraphs.append([])
        first = len(columns["head"])
        for place, word in enumerate(sentence.words):
            paragraphs[-1].append(word.form)
            for name in ("xpos", "upos", "deprel"):
                columns[name].append(numbers[name].get(getattr(word, name), -100))
            columns["head"].append(first + word.head)
            columns["opens"].append(int(place == 0))
            columns["sentence"].append(number)
    gold = {name: np.array(values, dtype=np.int64) for name, values in columns.items()}
    return Sample("syntax", as_paragraphs(vocabulary, paragraphs), dict(gold))


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one task that are trained on together, and the sample of each."""

    task: str
    samples: list[Sample]
    windows: list[Window]


def epoch(
    samples: Sequence[Sample], rng: random.Random, sizes: tuple[int, int], batch_pieces: int
) -> Iterator[Batch]:
    """Give every sample once, cut into windows of random limits and batched with windows of like length.

    A random share of neighbouring paragraphs is run together, as corpora of single sentences need.
    """
    cut: list[tuple[Sample, Window]] = []
    for sample in samples:
        limit = rng.randint(*sizes)
        paragraphs = list(sample.paragraphs)
        if sample.task not in {"attribution", "statements"}:
            paragraphs = _run_together(paragraphs, rng)
        cut += [(sample, window(run)) for run in windows(paragraphs, limit)]
    rng.shuffle(cut)
    batches: list[Batch] = []
    # Sorting within large pools keeps padding low and the batches random.
    for at in range(0, len(cut), 1000):
        batch = Batch(samples[0].task, [], [])
        for sample, each in sorted(cut[at : at + 1000], key=lambda c: len(c[1].ids)):
            if batch.windows and (len(batch.windows) + 1) * len(each.ids) > batch_pieces:
                batches.append(batch)
                batch = Batch(sample.task, [], [])
            batch.samples.append(sample)
            batch.windows.append(each)
        if batch.windows:
            batches.append(batch)
    rng.shuffle(batches)
    yield from batches


def _run_together(paragraphs: list[Paragraph], rng: random.Random) -> list[Paragraph]:
    result: list[Paragraph] = []
    for each in paragraphs:
        if result and rng.random() < 0.5:
            last = result.pop()
            each = Paragraph(
                last.pieces + each.pieces,
                last.types + each.types,
                last.words + each.words,
                last.stops + each.stops,
            )
        result.append(each)
    return result
