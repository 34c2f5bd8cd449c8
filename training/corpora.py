"""Read the corpora, each as it is published, into plain sentences, paragraphs and attributions.

Every reader takes a path and gives values; nothing here knows of spaCy or torch. What is for
measuring only (`MEASURING_ONLY`) is named in one place, and `recipe.toml` is checked against it.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Never trained on: the figures in docs/model.md are taken on these.
MEASURING_ONLY = (
    "ner/conll2003",
    "ner/uner-pud",
    "ner/crossner/politics/test.txt",
    "ud-pud",
    "gum/test",
    "gum/dev",
    "ud-ewt/test.conllu",
    "ud-ewt/dev.conllu",
    "polnear/dev",
)


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `head` counts words of its sentence from 0 and is its own number at a root."""

    form: str
    space_after: bool
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    misc: str = "_"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, and whether a paragraph begins with them."""

    words: tuple[Word, ...]
    opens_paragraph: bool


@dataclass(frozen=True, slots=True)
class TreebankDocument:
    name: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text with typed spans `(start, end, label)`, half-open offsets in code points."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """Who is said to have said what: lists of half-open offsets in code points of the article."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]

    def start(self) -> int:
        return min(start for part in (self.source, self.cue, self.content) for start, _ in part)


@dataclass(frozen=True, slots=True)
class AttributedArticle:
    name: str
    text: str
    attributions: tuple[GoldAttribution, ...]


# --- treebanks -----------------------------------------------------------------------------


def read_treebank(path: Path) -> list[TreebankDocument]:
    """Give the documents of a CoNLL-U file, or of every `.conllu` file of a folder in name order."""
    files = sorted(path.glob("*.conllu")) if path.is_dir() else [path]
    return [document for file in files for document in _read_conllu(file)]


def _read_conllu(path: Path) -> list[TreebankDocument]:
    documents: list[tuple[str, list[Sentence]]] = []
    opens = False
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc"):
            documents.append((line.partition("=")[2].strip(), []))
            opens = True
        elif line.startswith("# newpar"):
            opens = True
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            if not documents:
                documents.append((path.stem, []))
            documents[-1][1].append(Sentence(_words(rows), opens))
            opens, rows = False, []
    return [TreebankDocument(name, tuple(sentences)) for name, sentences in documents]


def _words(rows: list[list[str]]) -> tuple[Word, ...]:
    """Give the syntactic words of a sentence's rows; a multiword token's words stand without a space."""
    spaces: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = (int(part) for part in row[0].split("-"))
            spaces.update(dict.fromkeys(range(first, last), False))
            spaces[last] = "SpaceAfter=No" not in row[9]
    words = []
    for row in rows:
        if not row[0].isdigit():
            continue
        number, head = int(row[0]), int(row[6])
        space = spaces.get(number, "SpaceAfter=No" not in row[9])
        words.append(Word(row[1], space, row[2], row[3], row[4], (head or number) - 1, row[7], row[9]))
    return tuple(words)


# --- entities ------------------------------------------------------------------------------


def detokenize(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Give readable text for tokens of a corpus that kept no spaces, and each token's offsets.

    Quotation marks alternate between opening and closing; the usual punctuation loses its space.
    """
    text, offsets, glue, open_quote = "", [], True, False
    for token in tokens:
        opening = token in ("(", "[", "$", "``", "“", "‘") or (token == '"' and not open_quote)
        closing = bool(re.fullmatch(r"[.,;:!?%)\]”’]|''|n't|'(s|re|ve|ll|d|m|S)?|-", token))
        closing = closing or (token == '"' and open_quote)
        if text and not glue and not closing:
            text += " "
        if token == '"':
            open_quote = not open_quote
        shown = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(token, token)
        offsets.append((len(text), len(text) + len(shown)))
        text += shown
        glue = opening or token == "-"
    return text, offsets


def bio_spans(labels: list[str], offsets: list[tuple[int, int]]) -> tuple[tuple[int, int, str], ...]:
    """Give the spans that BIO (or I-only) labels mark, over the tokens' offsets."""
    spans: list[tuple[int, int, str]] = []
    previous = "O"
    for label, (start, end) in zip(labels, offsets, strict=True):
        kind = label.partition("-")[2]
        if label.startswith("I-") and previous.partition("-")[2] == kind and spans:
            spans[-1] = (spans[-1][0], end, kind)
        elif label != "O":
            spans.append((start, end, kind))
        previous = label
    return tuple(spans)


def read_column_entities(path: Path, only: str = "") -> list[TaggedText]:
    """Give the sentences of a file of one token a line: `token … label`, blank lines between.

    Reads CrossNER and CoNLL-2003 (label last), Wikigold (I-only), and Universal NER's `iob2`
    (number, token, label), whose `# text` lines give the spaces; `only` keeps the sentences whose
    `# sent_id` begins so.
    """
    sentences: list[TaggedText] = []
    tokens: list[str] = []
    labels: list[str] = []
    raw: str | None = None
    wanted = True
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# ") and path.suffix == ".iob2":
            raw = line.removeprefix("# text = ") if line.startswith("# text = ") else raw
            if line.startswith("# sent_id = "):
                wanted = line.removeprefix("# sent_id = ").startswith(only)
        elif line.strip():
            fields = line.split()
            numbered = path.suffix == ".iob2"
            tokens.append(fields[1] if numbered else fields[0])
            labels.append(fields[2] if numbered else fields[-1])
        elif tokens:
            if wanted and tokens != ["-DOCSTART-"]:
                text, offsets = _aligned(raw, tokens) or detokenize(tokens)
                sentences.append(TaggedText(text, bio_spans(labels, offsets)))
            tokens, labels, raw = [], [], None
    return sentences


def _aligned(raw: str | None, tokens: list[str]) -> tuple[str, list[tuple[int, int]]] | None:
    """Give the raw text and the tokens' offsets in it; None where the tokens are not found in order."""
    if raw is None:
        return None
    offsets, at = [], 0
    for token in tokens:
        start = raw.find(token, at)
        if start < 0 or raw[at:start].strip():
            return None
        at = start + len(token)
        offsets.append((start, at))
    return raw, offsets


def read_gmb(path: Path) -> list[TaggedText]:
    """Give the sentences of the Groningen Meaning Bank's part in CSV (`Sentence #,Word,POS,Tag`)."""
    # The copy is cut in the middle of a byte sequence and mixes encodings: undecodable bytes go.
    sentences: list[list[tuple[str, str]]] = []
    lines = path.read_bytes().decode("utf-8", errors="ignore").splitlines()
    for row in csv.reader(lines[1:]):
        if len(row) != 4 or not row[1]:
            continue
        if row[0]:
            sentences.append([])
        sentences[-1].append((row[1], row[3]))
    result = []
    for sentence in sentences[:-1]:
        text, offsets = detokenize([token for token, _ in sentence])
        result.append(TaggedText(text, bio_spans([label for _, label in sentence], offsets)))
    return result


_GUM_MARK = re.compile(r"\((?P<open>\d+)-(?P<about>[^()]*)|(?P<close>\d+)\)|\)")


def gum_entities(document: TreebankDocument) -> list[tuple[int, int, int, str, str]]:
    """Give a GUM document's mentions as (sentence, first word, last word, type, Wikipedia identity or "").

    Mentions that cross a sentence end are left out.
    """
    found = []
    for number, sentence in enumerate(document.sentences):
        stack: list[tuple[str, int, str, str]] = []
        for place, word in enumerate(sentence.words):
            field = next((f[7:] for f in word.misc.split("|") if f.startswith("Entity=")), "")
            for mark in _GUM_MARK.finditer(field):
                if mark["open"]:
                    about = mark["about"].split("-")
                    identity = "-".join(about[6:]) if len(about) > 6 else ""
                    stack.append((mark["open"], place, about[0], identity))
                elif mark["close"]:
                    at = next((i for i in reversed(range(len(stack))) if stack[i][0] == mark["close"]), None)
                    if at is not None:
                        _, first, kind, identity = stack.pop(at)
                        found.append((number, first, place, kind, identity))
                elif stack:
                    _, first, kind, identity = stack.pop()
                    found.append((number, first, place, kind, identity))
    return sorted(found)


# --- attributions --------------------------------------------------------------------------


def read_polnear(folder: Path) -> list[AttributedArticle]:
    """Give PolNeAR's articles (`text/`, `ann/`) in name order, each as its first annotator read it."""
    return [article for article, *_ in read_polnear_annotators(folder)]


def read_polnear_annotators(folder: Path) -> Iterator[list[AttributedArticle]]:
    """Give, article by article in name order, one reading an annotator."""
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        readings = [
            AttributedArticle(path.stem, text, _read_brat(file))
            for file in sorted((folder / "ann").glob(f"{path.stem}*.ann"))
        ]
        if readings:
            yield readings


def _read_brat(path: Path) -> tuple[GoldAttribution, ...]:
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    events: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        # A few annotations of the train part run over two lines; the second has no number of its own.
        if re.fullmatch(r"T\d+", fields[0]) and len(fields) > 1:
            pairs = fields[1].partition(" ")[2].split(";")
            spans[fields[0]] = tuple((int(p.split()[0]), int(p.split()[1])) for p in pairs)
        elif re.fullmatch(r"E\d+", fields[0]) and len(fields) > 1:
            events.append(fields[1].split())
    attributions = []
    for event in events:
        parts: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
        for argument in event:
            role, _, reference = argument.partition(":")
            parts.get(role.rstrip("0123456789").lower(), []).extend(spans.get(reference, ()))
        if any(parts.values()):
            attributions.append(GoldAttribution(*(tuple(sorted(parts[p])) for p in parts)))
    return tuple(sorted(attributions, key=GoldAttribution.start))


def corpus_hash(path: Path) -> str:
    """Give the SHA-256 over a file, or over the names and bytes of a folder's files in name order."""
    import hashlib

    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(json.dumps(file.relative_to(path).as_posix()).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
