"""Paragraphs as the file holds them: words with the white space folded, and where each stands.

The other readers build on this one: they decide what belongs together, this keeps the offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.article import Block

INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f]+")
"""Soft hyphens, zero-width and direction marks, control characters: no reader sees them, and a
tokenizer would take them for letters. The zero-width joiners stay: names in some scripts need them."""

_WORD = rf"[^\s{INVISIBLE.pattern[1:-2]}]+"
_STEP = re.compile(rf"(?P<words>{_WORD}(?: {_WORD})*)|(?P<space>\s+)|{INVISIBLE.pattern}")
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or inline heading.

    `words` has every run of white space folded to one space and none at its ends. `pieces` says
    where they stand: `words` from `pieces[i][0]` up to the next piece stands in the text from
    `pieces[i][1]` on, character by character.
    """

    words: str
    pieces: tuple[tuple[int, int], ...]
    heading: bool = False
    listed: bool = False
    """Whether it was an item of a list: never a heading, however short."""

    def cut(self, start: int, end: int | None = None) -> Paragraph:
        """The part `words[start:end]`, without the white space at its edges."""
        end = len(self.words) if end is None else end
        part = self.words[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        first = max(bisect_right(self.pieces, start, key=lambda piece: piece[0]) - 1, 0)
        pieces = []
        for at, place in self.pieces[first:]:
            if at >= start + len(part):
                break
            skipped = max(start - at, 0)
            pieces.append((at + skipped - start, place + skipped))
        return Paragraph(part, tuple(pieces), self.heading, self.listed)


Run = tuple[int, str]
"""Words and where they begin in the text. They need not be the text's own: `&` for `&amp;`."""


def paragraph(runs: Iterable[Run], *, heading: bool = False, listed: bool = False) -> Paragraph:
    """A paragraph from pieces of text in order; its words are empty where nothing is visible.

    A line that ends in a hyphen inside a word is joined to the next without a space, the hyphen
    kept: in "cease-⏎fire" it belongs to the word, in "agree-⏎ment" nobody can tell.
    """
    words: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    gap: tuple[int, str] | None = None
    following = -1
    for at, part in _steps(runs):
        if part.isspace():
            gap = gap or (at, part)
            continue
        if gap and words:
            if not (_broken_word(words[-1], part) and _LINE_END.search(gap[1])):
                if gap[0] != following:
                    pieces.append((length, gap[0]))
                words.append(" ")
                length += 1
                following = gap[0] + 1
        gap = None
        if at != following:
            pieces.append((length, at))
        words.append(part)
        length += len(part)
        following = at + len(part)
    return Paragraph("".join(words), tuple(pieces), heading, listed)


def _steps(runs: Iterable[Run]) -> Iterator[Run]:
    for start, text in runs:
        for step in _STEP.finditer(text):
            if step["space"] or step["words"]:
                yield start + step.start(), step.group()


def _broken_word(before: str, after: str) -> bool:
    return len(before) > 1 and before[-1] == "-" and before[-2].isalpha() and after[0].islower()


def join(
    paragraphs: Iterable[Paragraph],
) -> tuple[str, tuple[Block, ...], tuple[tuple[int, int], ...]]:
    """The prose, its blocks and its pieces, as an Article wants them."""
    prose: list[str] = []
    blocks: list[Block] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    for item in paragraphs:
        if prose:
            prose.append("\n\n")
            length += 2
        pieces += [(length + at, place) for at, place in item.pieces]
        blocks.append(Block(length, length + len(item.words), item.heading))
        prose.append(item.words)
        length += len(item.words)
    return "".join(prose), tuple(blocks), tuple(pieces)
