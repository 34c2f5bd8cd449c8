"""Quotes: block quotes, a line for each part of what was said, then the speaker and the role."""

from __future__ import annotations

import re

from generator.briefing import Quote
from generator.markdown import Chunk, Tail, escape, plain, read_tail, tail
from generator.sections.context import Context, Parsed

_DASH = re.compile(r"(?:—|–|--|-)\s*")
_OPEN = "“\"„«"
_CLOSE = "”\"“»"


def render(quote: Quote) -> str:
    lines = [f"> “{escape(part)}”" for part in quote.parts]
    speaker = escape(quote.speaker_text) if quote.speaker_text else ""
    role = f", {escape(quote.role)}" if speaker and quote.role else ""
    end = tail(quote.id, quote.paragraph, unsure=quote.unsure, indent="> ")
    if speaker or quote.paragraph is not None:
        lines += [">", f"> — {speaker}{role}{end}" if speaker else f">{end}"]
        return "\n".join(lines)
    # Nothing to say about it: its anchor stands behind the words.
    return "\n".join(lines) + end


def parse(chunk: Chunk, context: Context) -> Parsed | None:
    paragraphs: list[list[str]] = [[]]
    for line in chunk.lines:
        if text := line[1:].strip():
            paragraphs[-1].append(text)
        elif paragraphs[-1]:
            paragraphs.append([])
    if not paragraphs[-1]:
        paragraphs.pop()
    if not paragraphs:
        return None
    closing, end = _closing(paragraphs)
    parts: list[str] = []
    exact = end.exact
    for paragraph in paragraphs:
        for part in _parts(paragraph):
            text, exact_part = plain(part)
            exact = exact and exact_part
            if text:
                parts.append(text)
    if not parts:
        return None
    named, exact_speaker = plain(closing)
    speaker, speaker_text, role = _speaker(named, context)
    quote = Quote(end.id, speaker, speaker_text, role, tuple(parts), end.paragraph, end.unsure)
    return Parsed(quote, exact and exact_speaker)


def _closing(paragraphs: list[list[str]]) -> tuple[str, Tail]:
    """Take the line that names the speaker off the end: its text and its tail."""
    last = paragraphs[-1]
    for at in range(len(last) - 1, -1 if len(paragraphs) > 1 else 0, -1):
        line = last[at]
        if dash := _DASH.match(line):
            end = read_tail(" ".join([line[dash.end() :], *last[at + 1 :]]))
            break
    else:
        at = len(last) - 1 if len(paragraphs) == 1 else 0
        end = read_tail(" ".join(last[at:]))
        if end.rest and (len(paragraphs) == 1 or end.rest[0] in _OPEN):
            # No line of its own: the tail stands behind the words, or there is none.
            last[at:] = [end.rest]
            return "", end
    del last[at:]
    if not last:
        paragraphs.pop()
    return end.rest, end


def _parts(lines: list[str]) -> list[str]:
    """The parts of a quote: a line each, or several lines where an editor's program wrapped one."""
    parts: list[str] = []
    begun: list[str] = []
    for line in lines:
        begun.append(line)
        joined = " ".join(begun)
        if joined[0] not in _OPEN or (len(joined) > 1 and line[-1] in _CLOSE):
            if joined[0] in _OPEN:
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
