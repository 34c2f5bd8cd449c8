"""Words as the encoder reads them: wordpieces, the shapes and quotation marks that they lost, windows.

Training and the run time share this module, so that both read a word alike. The vocabulary is
uncased and the marks are made straight; a word's shape and whether it stands inside quotation
marks come back as its type (0 to 15).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PAD, UNK, CLS, SEP = 0, 100, 101, 102
SHAPES = ("lower", "Title", "UPPER", "Initial", "mIxed", "digits", "mark", "other")
TYPES = 2 * len(SHAPES)
# A word keeps its first pieces: no word of news is longer, and a 10,000-letter one stays cheap.
MOST_PIECES = 12
LONGEST_WORD = 100

_STRAIGHT = str.maketrans("“”„‟«»‘’‚‛", '""""""' + "''''")
_OPENING, _CLOSING, _EITHER = frozenset("“„«"), frozenset("”»"), frozenset('"‟')


def shape(word: str) -> int:
    """Give the number of the word's shape in SHAPES."""
    if any(c.isdigit() for c in word):
        return 5
    if not any(c.isalpha() for c in word):
        return 6
    letters = [c for c in word if c.isalpha()]
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 0 if any(c.islower() for c in letters) else 7
    if all(upper):
        return 3 if len(letters) == 1 else 2
    return 1 if upper[0] and not any(upper[1:]) else 4


def inside_quotes(words: Sequence[str]) -> list[bool]:
    """Tell of each word of a paragraph whether it stands inside double quotation marks, marks included.

    A mark left open runs to the paragraph's end, as in a quotation of several paragraphs.
    """
    inside, result = False, []
    for word in words:
        was = inside
        for c in word:
            if c in _OPENING:
                inside = True
            elif c in _CLOSING:
                inside = False
            elif c in _EITHER:
                inside = not inside
        result.append(was or inside)
    return result


class Vocabulary:
    """Greedy longest-match wordpieces (BERT's, uncased) of single words, remembered word by word."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    @classmethod
    def read(cls, path: Path) -> Vocabulary:
        """Give the vocabulary of a file of one piece a line; a piece's number is its line's, from 0."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def look_up(self, word: str) -> tuple[tuple[int, ...], int]:
        """Give the numbers of the word's pieces, at least one and at most MOST_PIECES, and its shape."""
        known = self._known.get(word)
        if known is None:
            known = self._cut(word), shape(word)
            # An article of 100,000 different words must not grow the table for ever.
            if len(self._known) >= 50_000:
                self._known.clear()
            self._known[word] = known
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        for part in _split(_plain(word[:LONGEST_WORD])):
            found.extend(self._longest_matches(part))
            if len(found) >= MOST_PIECES:
                break
        return tuple(found[:MOST_PIECES]) or (UNK,)

    def _longest_matches(self, part: str) -> list[int]:
        found, start = [], 0
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self._numbers.get(part[start:end] if start == 0 else "##" + part[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [UNK]
        return found


def _plain(word: str) -> str:
    """Give the word in lower case, marks straight, without accents, controls and zero-width characters."""
    decomposed = unicodedata.normalize("NFD", word.translate(_STRAIGHT).lower())
    return "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cc", "Cf"))


def _split(word: str) -> Iterator[str]:
    """Give the runs of letters and digits, and each mark and each CJK character by itself."""
    run = ""
    for c in word:
        if c.isalnum() and not "\u4e00" <= c <= "\u9fff":
            run += c
            continue
        if run:
            yield run
            run = ""
        if not c.isspace():
            yield c
    if run:
        yield run


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's words: their `pieces`, `types`, own numbers (`words`), and whether a sentence may end
    with each (`stops`)."""

    pieces: tuple[tuple[int, ...], ...]
    types: tuple[int, ...]
    words: tuple[int, ...]
    stops: tuple[bool, ...]

    def size(self) -> int:
        return sum(map(len, self.pieces)) + 1

    def part(self, start: int, end: int) -> Paragraph:
        """Give the paragraph's words start to end."""
        cut = slice(start, end)
        return Paragraph(self.pieces[cut], self.types[cut], self.words[cut], self.stops[cut])


def paragraph(vocabulary: Vocabulary, words: Sequence[str], first: int = 0) -> Paragraph:
    """Give the paragraph of these words, numbered from `first`."""
    inside = inside_quotes(words)
    known = [vocabulary.look_up(word) for word in words]
    stops: list[bool] = []
    for word in words:
        closing = word in ('"', "”", "’", "'", ")")
        stops.append(word[-1:] in (".", "!", "?", "…") or (closing and bool(stops) and stops[-1]))
    return Paragraph(
        pieces=tuple(pieces for pieces, _ in known),
        types=tuple(kind + len(SHAPES) * quoted for (_, kind), quoted in zip(known, inside, strict=True)),
        words=tuple(range(first, first + len(words))),
        stops=tuple(stops),
    )


def windows(paragraphs: Sequence[Paragraph], limit: int) -> Iterator[list[Paragraph]]:
    """Give runs of whole paragraphs of at most `limit` pieces; a longer paragraph is cut in parts."""
    window: list[Paragraph] = []
    size = 1
    for whole in paragraphs:
        for part in _cut_long(whole, limit - 1):
            if window and size + part.size() > limit:
                yield window
                window, size = [], 1
            window.append(part)
            size += part.size()
    if window:
        yield window


def _cut_long(whole: Paragraph, limit: int) -> Iterator[Paragraph]:
    """Give the paragraph in parts of at most `limit` pieces (the mark of its end included).

    A part ends with a sentence where one ends in its second half, and between any two words otherwise.
    """
    start, size, stop = 0, 1, 0
    at = 0
    while at < len(whole.pieces):
        if size + len(whole.pieces[at]) > limit:
            end = stop if stop > (start + at) // 2 else at
            yield whole.part(start, end)
            at = start = end
            size, stop = 1, 0
        size += len(whole.pieces[at])
        at += 1
        if whole.stops[at - 1]:
            stop = at
    if start < len(whole.pieces):
        yield whole.part(start, len(whole.pieces))


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder takes in: pieces, their types, where each word's first piece is, its number."""

    ids: list[int]
    types: list[int]
    first_pieces: list[int]
    words: list[int]


def window(paragraphs: Sequence[Paragraph]) -> Window:
    """Give paragraphs as one sequence, `[CLS] … [SEP] … [SEP]`."""
    result = Window([CLS], [SHAPES.index("mark")], [], [])
    for each in paragraphs:
        for pieces, kind, word in zip(each.pieces, each.types, each.words, strict=True):
            result.first_pieces.append(len(result.ids))
            result.words.append(word)
            result.ids.extend(pieces)
            result.types.extend([kind] * len(pieces))
        result.ids.append(SEP)
        result.types.append(SHAPES.index("mark"))
    return result
