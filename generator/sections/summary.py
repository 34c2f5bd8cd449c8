"""Summary: whole sentences of the article, each with its paragraph."""

from __future__ import annotations

from generator.briefing import Sentence
from generator.markdown import Chunk, escape_opening, plain, read_tail, tail
from generator.sections.context import Context, Parsed, item_text


def render(sentence: Sentence) -> str:
    return f"- {escape_opening(sentence.text)}{tail(sentence.id, sentence.paragraph)}"


def parse(chunk: Chunk, context: Context) -> Parsed | None:
    end = read_tail(item_text(chunk.lines))
    text, exact = plain(end.rest, write=escape_opening)
    if not text:
        return None
    return Parsed(Sentence(end.id, text, end.paragraph), exact and end.exact and not end.unsure)
