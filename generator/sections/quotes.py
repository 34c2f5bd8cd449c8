"""Quotes: block quotes, a line for each part of what was said; below each its speaker and the role.

The speaker stands outside of the block quote because Python-Markdown makes one of two that only a
blank line parts.
"""

from __future__ import annotations

import re

from generator.briefing import Quote
from generator.markdown import Chunk, escape, plain, read_tail, tail
from generator.sections.context import Context, Parsed

_DASH = re.compile(r"(?:—|–|--|-)\s*")
_OPEN = '“"„«'
_CLOSE = '”"“»'


def render(quote: Quote) -> str:
    lines = [f"> “{escape(part)}”" for part in quote.parts]
    speaker = f"— {escape(quote.speaker_text)}" if quote.speaker_text else ""
    role = f", {escape(quote.role)}" if speaker and quote.role else ""
    if speaker or quote.paragraph is not None:
        end = tail(quote.id, quote.paragraph, unsure=quote.unsure, indent="")
        return "\n".join([*lines, "", f"{speaker}{role}{end}".lstrip()])
    # Nothing to say about it: its anchor stands behind the words.
    return "\n".join(lines) + tail(quote.id, None, unsure=quote.unsure, indent="> ")


def parse(chunk: Chunk, context: Context) -> Parsed | None:
    said = [line[1:].strip() for line in chunk.lines if line.startswith(">")]
    below = [line.strip() for line in chunk.lines[len(said) :] if line.strip()]
    if not below:
        said, below = _inside(said)
    closing = " ".join(below)
    end = read_tail(closing[dash.end() :] if (dash := _DASH.match(closing)) else closing)
    named, exact = plain(end.rest)
    parts = []
    for part in _parts(said):
        text, exact_part = plain(part)
        exact = exact and exact_part
        if text:
            parts.append(text)
    if not parts:
        return None
    speaker, speaker_text, role = _speaker(named, context)
    quote = Quote(end.id, speaker, speaker_text, role, tuple(parts), end.paragraph, end.unsure)
    return Parsed(quote, exact and end.exact)


def _inside(said: list[str]) -> tuple[list[str], list[str]]:
    """Words and closing line of a block quote that names its speaker inside, or nobody at all."""
    for at in range(len(said) - 1, 0, -1):
        if _DASH.match(said[at]):
            return said[:at], said[at:]
    end = read_tail(said[-1])
    if end.rest == said[-1]:
        return said, []
    # The tail stands behind the words, or on a line of its own.
    return [*said[:-1], end.rest], [said[-1][len(end.rest) :]]


def _parts(lines: list[str]) -> list[str]:
    """The parts of a quote: a line each, or several lines where an editor's program wrapped one."""
    parts: list[str] = []
    begun: list[str] = []
    for line in filter(None, lines):
        begun.append(line)
        joined = " ".join(begun)
        if joined[0] in _OPEN and len(joined) > 1 and line[-1] in _CLOSE:
            parts.append(joined[1:-1].strip())
            begun = []
    if begun:
        rest = " ".join(begun)
        parts.append(rest[1:].strip() if rest[0] in _OPEN else rest)
    return parts


def _speaker(named: str, context: Context) -> tuple[str | None, str | None, str | None]:
    if not named:
        return None, None, None
    known = context.register.prefix(named)
    if known is None:
        return None, named, None
    id, role = known
    return id, context.register.name(id), role or None
