"""An article as it was read: its words, where they stand in the file, and what is known about it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""A half-open range of code points, `[start, end)`."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or inline heading: where it stands in `Article.prose`."""

    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One article: the file's text unchanged, and the prose in it.

    `prose` is what the language model reads: the paragraphs (and inline headings) joined by
    `"\\n\\n"`, without headers, credits and markup, each run of white space in a paragraph
    folded to one space. All analysis speaks in offsets of `prose`; `locate` leads back to `text`.

    `pieces` maps one to the other: prose from `pieces[i][0]` up to the next piece's start stands
    in `text` from `pieces[i][1]` on, character by character.
    """

    path: str
    """Where the article came from, as the person named it; for messages and the front matter."""
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    text: str
    """The file decoded as UTF-8, unchanged (for HTML and JSON: the text that was extracted)."""
    prose: str
    blocks: tuple[Block, ...]
    pieces: tuple[tuple[int, int], ...]
    date: date
    headline: str | None = None
    deck: tuple[str, ...] = ()
    """Lines between the headline and the story that belong to the headline: no prose, like it."""
    byline: str | None = None
    dateline: str | None = None
    publisher: str | None = None
    url: str | None = None
    credits: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = "en"
    extracted: bool = False
    """Whether `text` was extracted from another format, so that offsets are not the file's."""

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """The blocks that are no headings; paragraph *n* of a page is `paragraphs[n - 1]`."""
        return tuple(block for block in self.blocks if not block.heading)

    def locate(self, span: Span) -> Span:
        """The place in `text` of a non-empty span of `prose`."""
        start, end = span
        return self._at(start), self._at(end - 1) + 1

    def _at(self, offset: int) -> int:
        prose_start, text_start = self.pieces[bisect_right(self.pieces, (offset, len(self.text))) - 1]
        return text_start + offset - prose_start

    def paragraph_at(self, offset: int) -> int | None:
        """The 1-based number of the paragraph that holds this offset of `prose`; None in a heading."""
        for number, block in enumerate(self.paragraphs, start=1):
            if block.start <= offset < block.end:
                return number
        return None
