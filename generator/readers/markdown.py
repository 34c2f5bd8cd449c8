"""Markdown: its marks are read, not shown, and offsets lead to the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.readers.header import Header, read_front_matter, read_heading_block
from generator.readers.paragraphs import Paragraph, Run, paragraph


def looks_like_markdown(suffix: str, text: str) -> bool:
    """Whether a file is Markdown, by its name."""
    return suffix in (".md", ".markdown", ".mdown")


@cache
def _parser() -> MarkdownIt:
    """CommonMark without HTML: a tag in an article is text. Escapes stay tokens of their own."""
    return MarkdownIt("commonmark", {"html": False}).disable("text_join")


def read_markdown(text: str, path: str) -> tuple[Header, list[Paragraph]]:
    """The header and the paragraphs of a Markdown text; offsets are the text's."""
    header, start = read_front_matter(text, path)
    if not start:
        header, start = read_heading_block(text, path)
    lines = _lines(text, start)
    found: list[Paragraph] = []
    open_tags: list[str] = []
    for token in _parser().parse("".join(f"{line}\n" for _, line in lines)):
        if token.nesting:
            open_tags.append(token.type) if token.nesting > 0 else open_tags.pop()
        if not token.map or token.type not in ("inline", "fence", "code_block"):
            continue
        begin, end = token.map
        if token.type == "inline":
            runs = _runs(token, lines[begin:end])
            item = paragraph(runs, heading="heading_open" in open_tags, listed="list_item_open" in open_tags)
        else:
            item = paragraph(lines[begin + 1 : end - 1] if token.type == "fence" else lines[begin:end])
        if any(letter.isalnum() for letter in item.words):
            found.append(item)
    return header, found


def _lines(text: str, start: int) -> list[Run]:
    """The lines of `text[start:]`, ended as Markdown ends them, without their line ends."""
    found = []
    for line in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", text[start:]):
        if line.group():
            found.append((start + line.start(), line.group().rstrip("\r\n").replace("\0", " ")))
    return found


def _runs(token: Token, lines: Sequence[Run]) -> list[Run]:
    """The words of a block, each with its place in the text.

    The parser gives lines without their indents and `>`: each is found in the file's line again.
    """
    places: list[int] = []
    for (start, line), content in zip(lines, token.content.split("\n"), strict=False):
        at = line.rfind(content.strip()) if content.strip() else len(line)
        at = max(at, 0)
        at -= len(content) - len(content.lstrip())
        places += range(start + at, start + at + len(content))
        places.append(start + len(line))
    runs: list[Run] = []
    for at, words, length in _inline(token):
        where = places[at : at + length]
        if words != token.content[at : at + length]:
            runs += [(where[0], words)] if where else []
            continue
        for place, letter in zip(where, words, strict=True):
            if runs and runs[-1][0] + len(runs[-1][1]) == place:
                runs[-1] = (runs[-1][0], runs[-1][1] + letter)
            else:
                runs.append((place, letter))
    return runs


def _inline(token: Token) -> list[tuple[int, str, int]]:
    """What is to be read of a block: where in its source it begins, the words, the length there.

    Walks source and tokens side by side; each token says what marks it stands for.
    """
    source, at = token.content, 0
    found: list[tuple[int, str, int]] = []
    for child in token.children or ():
        if child.type == "text_special":
            at = _find(source, child.markup, at)
            found.append((at, child.content, len(child.markup)))
            at += len(child.markup)
        elif child.type == "text":
            at = _find(source, child.content, at)
            found.append((at, child.content, len(child.content)))
            at += len(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            at = _find(source, "\n", at)
            found.append((at, "\n", 1))
            at += 1
        elif child.type == "code_inline":
            at = _find(source, child.markup, at) + len(child.markup)
            inner = source[at : (end := _find(source, child.markup, at + 1))]
            found.append((at, inner, len(inner)))
            at = end + len(child.markup)
        elif child.type == "image":
            at = _behind_link(
                source, _find(source, "](", at) if "](" in source[at:] else _find(source, "]", at)
            )
        elif child.type == "link_close" and child.markup != "autolink":
            at = _behind_link(source, at)
        elif child.type == "link_open" or child.type == "link_close":
            at += 1
        elif child.markup:
            at += len(child.markup) if source.startswith(child.markup, at) else 0
    return found


def _find(source: str, words: str, at: int) -> int:
    found = source.find(words, at)
    return at if found < 0 else found


def _behind_link(source: str, at: int) -> int:
    """Where the text goes on behind the `]` of a link: behind its address, title or label."""
    at += 1
    if source[at : at + 1] == "(":
        depth = 0
        link = re.compile(r"\\.|<[^<>\n]*>|\"(?:\\.|[^\"\\])*\"|[()]", re.S)
        for mark in link.finditer(source, at):
            depth += {"(": 1, ")": -1}.get(mark.group(), 0)
            if not depth:
                return mark.end()
    if source[at : at + 1] == "[":
        return _find(source, "]", at) + 1
    return at
