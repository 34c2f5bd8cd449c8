"""Source: the article's paragraphs, numbered; every entry's evidence links here."""

from __future__ import annotations

import re

from generator.briefing import Paragraph
from generator.markdown import Chunk, escape, plain
from generator.sections.context import BOLD, Context, Parsed

_PARAGRAPH = re.compile(r"\*\*¶ ?(\d+)\*\*(\{#p\1\})? (.+)$", re.DOTALL)
_HEADING = re.compile(rf"\*\*({BOLD})\*\*$")


def render(paragraph: Paragraph) -> str:
    if paragraph.number is None:
        return f"**{escape(paragraph.text)}**"
    return f"**¶ {paragraph.number}**{{#p{paragraph.number}}} {escape(paragraph.text)}"


def parse(chunk: Chunk, context: Context) -> Parsed | None:
    markdown = " ".join(line.strip() for line in chunk.lines)
    if match := _PARAGRAPH.match(markdown):
        text, exact = plain(match[3])
        return Parsed(Paragraph(text, int(match[1])), exact)
    if match := _HEADING.match(markdown):
        text, exact = plain(match[1])
        return Parsed(Paragraph(text, None), exact) if text else None
    return None
