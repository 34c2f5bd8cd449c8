"""Timeline: dated events of the story, past and future."""

from __future__ import annotations

import re

from generator.briefing import Event
from generator.markdown import Chunk, escape, plain, read_tail, tail
from generator.sections.context import Context, Parsed, escape_when, item_text

_LINE = re.compile(
    r"""(?:\*\*)? (?P<date>\d{4}(?:-\d\d){0,2}) :? (?:\*\*)?
        (?:\s*\(“(?P<when>(?:\\.|[^\\])*?)”\) | \s*\("(?P<typed>[^"]*)"\) )?
        \s*(?::|–|—|-)?\s* (?P<text>.*)$""",
    re.VERBOSE,
)


def render(event: Event) -> str:
    when = f" (“{escape_when(event.when)}”)" if event.when else ""
    end = tail(event.id, event.paragraph, unsure=event.unsure)
    return f"- **{event.date}**{when}: {escape(event.text)}{end}"


def parse(chunk: Chunk, context: Context) -> Parsed | None:
    end = read_tail(item_text(chunk.lines))
    match = _LINE.match(end.rest)
    if match is None:
        return None
    quoted = match["when"] or match["typed"] or ""
    when, exact_when = plain(quoted, write=escape_when)
    text, exact_text = plain(match["text"])
    if not text:
        return None
    event = Event(end.id, match["date"], when or None, text, end.paragraph, end.unsure)
    return Parsed(event, exact_when and exact_text and end.exact)
