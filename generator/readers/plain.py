"""Plain text: paragraphs by blank lines, by lines, or wrapped at a width."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.readers.bylines import is_byline, is_date_line
from generator.readers.header import Header, read_front_matter, read_heading_block
from generator.readers.lines import ends_sentence
from generator.readers.paragraphs import Paragraph, paragraph

BULLET = re.compile(r"[ \t\xa0]*(?:[-*•▪●◦‣·–][ \t\xa0]+)(?=\S)")
LONG = 140
"""No one wraps lines at more than this: in a text with a longer line, every line is a paragraph."""
SPARE = 4
"""So much shorter than the width may a wrapped line be although the next word would have fitted."""


def read_plain(text: str, path: str) -> tuple[Header, list[Paragraph]]:
    """The header and the paragraphs of a plain text; offsets are the text's."""
    header, start = read_front_matter(text, path)
    if not start:
        header, start = read_heading_block(text, path)
    return header, split(text, start)


def split(text: str, start: int = 0) -> list[Paragraph]:
    """The paragraphs of `text[start:]` that hold a letter or a digit; list items lose their bullet."""
    lines: list[tuple[int, str]] = []
    for line in text[start:].splitlines(keepends=True):
        lines.append((start, line))
        start += len(line)
    width = _width([line.rstrip() for _, line in lines])
    found: list[Paragraph] = []
    group: list[tuple[int, str]] = []
    listed = False

    def close() -> None:
        item = paragraph(group, listed=listed)
        if any(letter.isalnum() for letter in item.words):
            found.append(item)
        group.clear()

    for at, line in lines:
        bullet = BULLET.match(line)
        if group and (not line.strip() or bullet or not _goes_on(group[-1][1].rstrip(), line, width)):
            close()
        if line.strip():
            if not group:
                listed = bool(bullet)
            skip = bullet.end() if bullet else 0
            group.append((at + skip, line[skip:]))
    close()
    return found


def _width(lines: list[str]) -> int | None:
    """The width at which these lines were wrapped; None where they were not.

    Of lines that reach the width, wrapped ones seldom end where a sentence ends; paragraphs do.
    """
    lengths = sorted(len(line) for line in lines if line)
    if not lengths or lengths[-1] > LONG:
        return None
    reaching = [line for line, after in pairwise(lines) if after and len(line) > 0.6 * lengths[-1]]
    if sum(map(ends_sentence, reaching)) * 2 >= len(reaching):
        return None
    return lengths[len(lengths) * 9 // 10]


def _goes_on(line: str, after: str, width: int | None) -> bool:
    """Whether the line after goes on with the paragraph.

    In wrapped text a line ends where the next word did not fit; where it would have, somebody
    ended the line on purpose.
    """
    after = after.strip()
    if is_byline(after) or is_date_line(after) or is_date_line(line):
        return False
    if line.endswith(",") or (not ends_sentence(line) and after[0].islower()):
        return True
    return width is not None and len(line) + 1 + len(after.split()[0]) + SPARE > width
