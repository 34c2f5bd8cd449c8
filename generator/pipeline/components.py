"""The spaCy components of the embedded pipeline; the package registers them as `spacy_factories`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as COARSE
from spacy.tokens import Doc, Span, Token
from thinc.types import Ints2d

from ..errors import ModelError
from .agreement import agreed, by_its_words
from .attribution import Attribution, Linked, Linker, Segment, Words, segments_of
from .decoding import stretches
from .encoder import Encoder, Floats, Outputs
from .lemmas import Lemmas
from .parsing import tree
from .pieces import Vocabulary, paragraph, window, windows
from .sentences import mend, starts
from .stated import read_stated

# Articles are read in windows of whole paragraphs; longer windows cost more and brought nothing.
WINDOW_PIECES = 256
# The extensions of a Doc that heads for statements fill, the heads, and those for the kind of a statement.
STATEMENTS: dict[str, tuple[str, str]] = {"stated": ("position", "stance"), "ahead": ("step", "")}
_MARKS = frozenset("-–—,;:")
FILES = ("encoder.onnx", "vocabulary.txt", "heads.json", "lemmas.json", "linker.npz")


def register_extensions() -> None:
    """Register `doc._.attributions`, a tuple of Attribution, and two Stated or None: `doc._.stated` of
    positions, `doc._.ahead` of next steps; None where the model has no such head. Twice does no harm."""
    if not Doc.has_extension("attributions"):
        Doc.set_extension("attributions", default=())
        for name in STATEMENTS:
            Doc.set_extension(name, default=None)


register_extensions()


@Language.factory(
    "news_reader",
    assigns=[
        "token.tag",
        "token.pos",
        "token.lemma",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
        "doc._.attributions",
        "doc._.stated",
        "doc._.ahead",
    ],
)
def make_news_reader(nlp: Language, name: str) -> NewsReader:
    """Give a reader without a model: `from_disk` fills it."""
    return NewsReader()


class NewsReader:
    """Sets tags, lemmas, sentences, parse, entities and attributions from one pass of the encoder."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._columns: dict[str, tuple[int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        tokens, words = words_of(doc)
        syntax = _Syntax(doc)
        found: list[tuple[int, int, str, float]] = []
        segments: list[Segment] = []
        stated: dict[str, list[tuple[Sequence[int], Floats, Floats | None]]] = {
            name: [] for name, (head, _) in STATEMENTS.items() if head in self._columns
        }
        for first, outputs in self._outputs(words):
            within = tokens[first : first + len(outputs.words)]
            self._read_syntax(syntax, within, outputs)
            for each in stretches(self._column(outputs, "entities"), self._labels["entities"]):
                start, end = without_marks(doc, within[each.first].i, within[each.end - 1].i + 1)
                found.append((start, end, by_its_words(doc[start:end].text, each.label), each.score))
            segments += self._segments(outputs, first)
            numbers = [token.i for token in within]
            for name, told in stated.items():
                head, kind = STATEMENTS[name]
                stances = self._column(outputs, kind) if kind in self._columns else None
                told.append((numbers, self._column(outputs, head), stances))
        syntax.write()
        kinds = agreed([(doc[start:end].text, kind, score) for start, end, kind, score in found])
        doc.ents = [Span(doc, start, end, label=k) for (start, end, *_), k in zip(found, kinds, strict=True)]
        linked = self._linker.link(words, segments, self._link_bias)
        for name, told in stated.items():
            doc._.set(name, read_stated(told, len(doc)))
        doc._.attributions = tuple(_attribution(tokens, segments, each) for each in linked)
        return doc

    def segments(self, doc: Doc) -> tuple[list[Token], Words, list[Segment]]:
        """Give the article's words, and its segments before any linking: what the linker is taught on."""
        tokens, words = words_of(doc)
        return tokens, words, [s for first, out in self._outputs(words) for s in self._segments(out, first)]

    @property
    def link_bias(self) -> Floats:
        return self._link_bias

    def _segments(self, outputs: Outputs, first: int) -> list[Segment]:
        return segments_of(self._column(outputs, "attribution"), self._column(outputs, "link"), first)

    def _column(self, outputs: Outputs, name: str) -> Floats:
        start, end = self._columns[name]
        return outputs.words[:, start:end]

    def _outputs(self, words: Words) -> Iterator[tuple[int, Outputs]]:
        """Give, window by window, the number of its first word and its words' outputs."""
        if self._folder is None:
            raise ModelError("the news_reader has no model: load one with `generator.pipeline.load`")
        paragraphs = []
        for _, run in groupby(range(len(words.texts)), key=lambda i: words.paragraphs[i]):
            within = list(run)
            paragraphs.append(paragraph(self._vocabulary, [words.texts[i] for i in within], within[0]))
        for run_of_paragraphs in windows(paragraphs, WINDOW_PIECES):
            each = window(run_of_paragraphs)
            yield each.words[0], self._encoder.read(each)

    def _read_syntax(self, syntax: _Syntax, tokens: Sequence[Token], outputs: Outputs) -> None:
        """Fill in tags, lemmas and, sentence by sentence, the tree of a window's words."""
        fine = _best(self._column(outputs, "xpos"))
        coarse = _best(self._column(outputs, "upos"))
        opens = _best(self._column(outputs, "opens"))
        for token, x, u in zip(tokens, fine, coarse, strict=True):
            tag = self._labels["xpos"][x]
            syntax.tag(token, tag, self._labels["upos"][u], self._lemmas.of(token.text, tag))
        begins = starts(tokens, [bool(o) for o in opens])
        # A window begins with a paragraph, or where a long one was cut.
        begins[0] = True
        firsts = [i for i, start in enumerate(begins) if start]
        vectors = self._column(outputs, "label")
        vectors = vectors[:, vectors.shape[1] // 2 :]
        for start, end in zip(firsts, [*firsts[1:], len(tokens)], strict=True):
            heads, numbers = tree(
                outputs.arcs[start:end, start:end],
                outputs.labels[start:end],
                vectors[start:end],
                self._root_bias,
            )
            for token, head, number in zip(tokens[start:end], heads, numbers, strict=True):
                syntax.hang(token, tokens[start + head], self._labels["deprel"][number])

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        if self._folder is None:
            raise ModelError("the news_reader has no model to save")
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copyfile(self._folder / name, Path(path) / name)

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
            self._labels = {name: tuple(described[name]) for name in ("entities", "xpos", "upos", "deprel")}
            self._root_bias = float(described["root_bias"])
            self._link_bias = np.array(described["link_bias"], dtype=np.float32)
            self._lemmas = Lemmas.read(path / "lemmas.json")
            self._linker = Linker.read(path / "linker.npz")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"the model in {path} is damaged or of another version: {error!r}") from error
        self._folder = path
        return self


class _Syntax:
    """A Doc's tags and tree as the table that spaCy takes in whole; white space hangs on the word before."""

    _ATTRIBUTES = (TAG, POS, LEMMA, DEP, HEAD)

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._number = doc.vocab.strings.add
        self._table: NDArray[np.uint64] = np.zeros((len(doc), len(self._ATTRIBUTES)), dtype=np.uint64)
        self._heads = np.zeros(len(doc), dtype=np.int64)
        space = (self._number("_SP"), COARSE["SPACE"], self._number("dep"))
        for token in doc:
            if token.is_space:
                self._table[token.i] = (space[0], space[1], token.orth, space[2], 0)
                self._heads[token.i] = -1 if token.i else 0

    def tag(self, token: Token, tag: str, pos: str, lemma: str) -> None:
        self._table[token.i, :3] = (self._number(tag), COARSE[pos], self._number(lemma))

    def hang(self, token: Token, head: Token, label: str) -> None:
        root = token.i == head.i
        self._table[token.i, 3] = self._number("ROOT" if root else label)
        self._heads[token.i] = head.i - token.i

    def write(self) -> None:
        # Heads are relative to their words; negative ones go in as the unsigned numbers that spaCy expects.
        self._table[:, 4] = self._heads.view(np.uint64)
        if len(self._doc):
            self._doc.from_array(list(self._ATTRIBUTES), cast(Ints2d, self._table))


def without_marks(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Give a name's first token and its end, without the dashes and commas behind it."""
    while end - start > 1 and doc[end - 1].text in _MARKS:
        end -= 1
    return start, end


def _best(scores: Floats) -> list[int]:
    """Give each word's best label; rounded scores decide and the first wins a tie."""
    return [int(n) for n in np.round(scores.astype(np.float64), 3).argmax(axis=1)]


def words_of(doc: Doc) -> tuple[list[Token], Words]:
    """Give the tokens that are not white space, and what the linker asks of them."""
    tokens, numbers, number = [], [], 0
    for token in doc:
        if token.is_space:
            number += "\n" in token.text
        else:
            tokens.append(token)
            numbers.append(number)
    return tokens, Words([token.text for token in tokens], numbers)


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
