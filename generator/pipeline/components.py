"""The spaCy components of the embedded pipeline; the package registers them as `spacy_factories`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from ..errors import ModelError
from .attribution import Attribution, Linked, Linker, Segment, Words, segments_of
from .decoding import stretches
from .encoder import Encoder, Floats
from .pieces import Vocabulary, paragraph, window, windows
from .sentences import mend

# Articles are read in windows of whole paragraphs: longer ones cost more and brought nothing.
WINDOW_PIECES = 256
FILES = ("encoder.onnx", "vocabulary.txt", "heads.json", "pairs.npz", "linker.npz")


def register_extensions() -> None:
    """Register `doc._.attributions`, a tuple of Attribution; twice does no harm."""
    if not Doc.has_extension("attributions"):
        Doc.set_extension("attributions", default=())


register_extensions()


@Language.factory("news_reader", assigns=["doc.ents", "doc._.attributions"])
def make_news_reader(nlp: Language, name: str) -> NewsReader:
    """Give a reader without a model: `from_disk` fills it."""
    return NewsReader()


class NewsReader:
    """Sets `doc.ents` and `doc._.attributions` from one pass of the encoder over the article's words."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def __call__(self, doc: Doc) -> Doc:
        if self._folder is None:
            raise ModelError("the news_reader has no model: load one with `generator.pipeline.load`")
        tokens, numbers = words_of(doc)
        words = Words([token.text for token in tokens], numbers)
        entities: list[Span] = []
        segments: list[Segment] = []
        for first, outputs in self._outputs(words):
            for each in stretches(self._column(outputs, "entities"), self._labels):
                start, end = tokens[first + each.first].i, tokens[first + each.end - 1].i + 1
                entities.append(Span(doc, start, end, label=each.label))
            segments += segments_of(self._column(outputs, "attribution"), self._column(outputs, "link"), first)
        doc.ents = entities
        linked = self._linker.link(words, segments, self._link_bias)
        doc._.attributions = tuple(_attribution(tokens, segments, each) for each in linked)
        return doc

    def segments(self, doc: Doc) -> tuple[Words, list[Segment], list[Token]]:
        """Give the article's words, its segments before any linking, and the words' tokens."""
        tokens, numbers = words_of(doc)
        words = Words([token.text for token in tokens], numbers)
        found: list[Segment] = []
        for first, outputs in self._outputs(words):
            found += segments_of(self._column(outputs, "attribution"), self._column(outputs, "link"), first)
        return words, found, tokens

    @property
    def link_bias(self) -> Floats:
        return self._link_bias

    def _column(self, outputs: Floats, name: str) -> Floats:
        start, end = self._columns[name]
        return outputs[:, start:end]

    def _outputs(self, words: Words) -> Iterator[tuple[int, Floats]]:
        """Give, window by window, the number of its first word and its words' outputs."""
        paragraphs = []
        for _, run in groupby(range(len(words.texts)), key=lambda i: words.paragraphs[i]):
            within = list(run)
            paragraphs.append(paragraph(self._vocabulary, [words.texts[i] for i in within], within[0]))
        for run_of_paragraphs in windows(paragraphs, WINDOW_PIECES):
            each = window(run_of_paragraphs)
            yield each.words[0], self._encoder.read(each)

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        if self._folder is None:
            raise ModelError("the news_reader has no model to save")
        path.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copyfile(self._folder / name, path / name)

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> NewsReader:
        """Read the model's files; raises ModelError where one is missing or no file of ours."""
        path = Path(path)
        for name in FILES:
            if not (path / name).is_file():
                raise ModelError(f"the model lacks {path / name}; install the package again or train one")
        self._encoder = Encoder(path / "encoder.onnx")
        try:
            self._vocabulary = Vocabulary.read(path / "vocabulary.txt")
            described = json.loads((path / "heads.json").read_text(encoding="utf-8"))
            self._columns = {name: (int(a), int(b)) for name, (a, b) in described["columns"].items()}
            self._labels = tuple(described["entities"])
            with np.load(path / "pairs.npz", allow_pickle=False) as file:
                self._link_bias: Floats = file["link_bias"]
            self._linker = Linker.read(path / "linker.npz")
        except (OSError, ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
            raise ModelError(f"the model in {path} is damaged or of another version: {error!r}") from error
        self._folder = path
        return self


def words_of(doc: Doc) -> tuple[list[Token], list[int]]:
    """Give the tokens that are not white space, and the number of each one's paragraph."""
    tokens, numbers, number = [], [], 0
    for token in doc:
        if token.is_space:
            number += "\n" in token.text
        else:
            tokens.append(token)
            numbers.append(number)
    return tokens, numbers


def offsets_of(tokens: Sequence[Token], segment: Segment) -> tuple[int, int]:
    """Give the half-open offsets of a segment's words in the text."""
    last = tokens[segment.end - 1]
    return tokens[segment.first].idx, last.idx + len(last)


def _attribution(tokens: Sequence[Token], segments: Sequence[Segment], linked: Linked) -> Attribution:
    places = [offsets_of(tokens, segments[n]) for n in linked.contents]
    source = () if linked.source is None else (offsets_of(tokens, segments[linked.source]),)
    return Attribution(source, (offsets_of(tokens, segments[linked.cue]),), tuple(places), linked.score)


@Language.component("sentence_mender", requires=["token.is_sent_start"])
def mend_sentences(doc: Doc) -> Doc:
    """Give the article with its sentences mended, see `sentences.mend`."""
    return mend(doc)
