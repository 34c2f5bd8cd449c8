"""Read articles: bytes → Article.

    bytes ─decode→ text ─reader→ Header, paragraphs ─tell→ headline, byline, …, body ─join→ Article

READERS says, in order, what kinds of file there are and how each is told from the others. Offsets
always refer to the text as it was decoded; only HTML and JSON have their text extracted first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from generator.article import Article
from generator.errors import ArticleError
from generator.readers.encoding import decode
from generator.readers.header import Header, find_date
from generator.readers.html import looks_like_html, read_html
from generator.readers.language import check_language
from generator.readers.markdown import looks_like_markdown, read_markdown
from generator.readers.paragraphs import Paragraph, join
from generator.readers.plain import read_plain
from generator.readers.schema import looks_like_json, read_json
from generator.readers.story import tell

__all__ = ["READERS", "SUFFIXES", "Reader", "read", "read_article"]

MAX_FILE = 20_000_000
"""Bytes of a file: a saved web page carries its scripts along."""
MAX_PROSE = 300_000
"""Characters of prose, about 50,000 words: three times the longest magazine feature."""

Parsed = tuple[str, Header, list[Paragraph]]
"""The text that offsets refer to, what the file says about itself, and its paragraphs."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of file.

    `matches(suffix, text)` tells it by the file's suffix, in small letters, or by how the text
    begins. `parse(text, path)` gives the text, the header and the paragraphs. `extracted` says that
    the text is another than the file's.
    """

    name: str
    matches: Callable[[str, str], bool]
    parse: Callable[[str, str], Parsed]
    extracted: bool = False


def _unchanged(parse: Callable[[str, str], tuple[Header, list[Paragraph]]]) -> Callable[[str, str], Parsed]:
    return lambda text, path: (text, *parse(text, path))


READERS: tuple[Reader, ...] = (
    Reader("JSON", looks_like_json, read_json, extracted=True),
    Reader("HTML", looks_like_html, read_html, extracted=True),
    Reader("Markdown", looks_like_markdown, _unchanged(read_markdown)),
    Reader("plain text", lambda suffix, text: True, _unchanged(read_plain)),
)
"""Tried in order; the last one takes everything."""

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".json")
"""The names of files that are looked for in a folder of articles; a file named by hand may have any."""

_DATED_NAME = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")


def read_article(path: Path, *, date: date | None = None) -> Article:
    """The article in a file; `date` is the day it appeared, where it is known better than the file does.

    Raises ArticleError where the file cannot be read as an article, and says what would have worked.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise ArticleError(
                f"{path}: {path.stat().st_size / 1e6:.0f} MB is too long for an article; "
                f"{MAX_FILE // 1_000_000} MB is the limit"
            )
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be opened: {error.strerror or error}") from error
    return read(data, path, date=date)


def read(data: bytes, path: PurePath | str, *, date: date | None = None) -> Article:
    """The article in the bytes of a file; `path` gives its kind, perhaps its date, and a name for messages.

    Raises ArticleError.
    """
    name = str(path)
    text = decode(data, name)
    reader = next(reader for reader in READERS if reader.matches(PurePath(path).suffix.lower(), text))
    if not reader.extracted:
        _check_length(len(text), name)
    text, header, paragraphs = reader.parse(text, name)
    header, body = tell(header, paragraphs)
    _check_words(header, body, name)
    prose, blocks, pieces = join(body)
    _check_length(len(prose), name)
    language = check_language(prose, header.language, name)
    return Article(
        path=name,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        prose=prose,
        blocks=blocks,
        pieces=pieces,
        date=date or header.date or _date_in_name(PurePath(path)) or _no_date(name),
        headline=header.title,
        deck=header.deck,
        byline=header.byline,
        dateline=header.dateline,
        publisher=header.publisher,
        url=header.url,
        credits=header.credits,
        tags=header.tags,
        language=language,
        extracted=reader.extracted,
    )


def _check_length(length: int, name: str) -> None:
    if length > MAX_PROSE:
        raise ArticleError(
            f"{name}: {length:,} characters are too many for one article; the limit is {MAX_PROSE:,}. "
            "Are several articles in one file? Give each its own"
        )


def _check_words(header: Header, body: list[Paragraph], name: str) -> None:
    if any(letter.isalpha() for item in body for letter in item.words):
        return
    if header.title and any(map(str.isalpha, header.title)):
        raise ArticleError(
            f"{name}: there is only a headline ({header.title[:60]!r}); put the article's text below it"
        )
    raise ArticleError(f"{name}: there are no words in it; an article is text in paragraphs")


def _date_in_name(path: PurePath) -> date | None:
    for match in _DATED_NAME.finditer(path.stem):
        found = find_date(f"{match[1]}-{match[3]}-{match[4]}")
        if found and 1700 <= found.year <= 2200:
            return found
    return None


def _no_date(name: str) -> date:
    raise ArticleError(
        f"{name}: the article has no date; say it with --date 2025-05-17, in the file's name "
        "(2025-05-17-some-words.txt), or in a first line `Date: 2025-05-17`"
    )
