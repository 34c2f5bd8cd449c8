"""JSON: schema.org's NewsArticle, or a plain object with a title, a date and a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from generator.errors import ArticleError
from generator.readers.header import Header, make_header
from generator.readers.html import extract
from generator.readers.paragraphs import Paragraph
from generator.readers.plain import split

TEXT_KEYS = ("articleBody", "text", "body", "content", "article", "paragraphs")
"""Where the words stand, in order of preference."""
DATE_KEYS = ("datePublished", "date", "published", "published_at", "publish_date", "dateCreated")
TITLE_KEYS = ("headline", "title", "name")


_MARKUP = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)>|<br\s*/?>", re.IGNORECASE)
"""What a text holds that a content system gives as HTML."""


def looks_like_json(suffix: str, text: str) -> bool:
    """Whether a file is JSON, by its name or by how it begins."""
    return suffix in (".json", ".jsonld") or bool(re.match(r"\ufeff?\s*[{\[]\s*[\"{]", text[:200]))


def read_json(text: str, path: str) -> tuple[str, Header, list[Paragraph]]:
    """The article's words, one paragraph a line, and what the object says about them."""
    try:
        values = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        problem = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
        raise ArticleError(f"{path}{line}: this is no valid JSON: {problem}") from error
    found = next(((item, words) for item in _objects(values) if (words := _words(item))), None)
    if not found:
        raise ArticleError(
            f"{path}: no article was found in this JSON; it wants an object with a text under one of "
            + ", ".join(TEXT_KEYS)
        )
    item, words = found
    if _MARKUP.search(words):
        words = extract(f"<html><body><article>{words}</article></body></html>", path).text or ""
    header = make_header(
        {
            "title": _first(item, TITLE_KEYS),
            "date": _first(item, DATE_KEYS),
            "url": _first(item, ("url", "link", "mainEntityOfPage")),
            "publisher": _first(item, ("publisher", "source", "outlet", "site")),
            "byline": _first(item, ("byline", "author", "authors", "creator")),
            "tags": _first(item, ("keywords", "tags")),
            "language": _first(item, ("inLanguage", "language", "lang")),
            "credits": _first(item, ("credits", "creditText")),
        },
        path,
    )
    return words, header, split(words)


def _objects(values: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    """The objects of a document, outermost first: an article may lie in a list or in a `@graph`."""
    if isinstance(values, Mapping):
        yield values
        values = list(values.values())
    if isinstance(values, list) and depth < 4:
        for value in values:
            yield from _objects(value, depth + 1)


def _words(item: Mapping[str, object]) -> str:
    for key in TEXT_KEYS:
        value = item.get(key)
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _first(item: Mapping[str, object], keys: tuple[str, ...]) -> object:
    value = next((item[key] for key in keys if item.get(key)), None)
    if isinstance(value, Mapping) and "name" not in value:
        return value.get("@id") or value.get("url")
    return value
