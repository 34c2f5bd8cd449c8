"""Positions: who wants, refuses, judges what; grouped under a heading for each actor."""

from __future__ import annotations

import re

from generator.briefing import STANCES, Position
from generator.markdown import Chunk, escape, plain, read_tail, tail
from generator.sections.context import Context, Parsed, item_text

_STANCE = "|".join(STANCES)
_LINE = re.compile(rf"\*\*({_STANCE})\*\*(?: \(((?:\\.|[^()\\])*)\))?: (.*)$", re.DOTALL)
# "demands a truce: …", "**Demands** – …": as a person types it.
_LOOSE = re.compile(
    rf"\**\s*({_STANCE})\b\**\s*\(?((?:\\.|[^*:()\\–—])*?)\)?\s*\**\s*(?::|–|—|\s-\s)\s*\**\s*(.*)$",
    re.IGNORECASE,
)


def render(position: Position) -> str:
    target = ""
    if position.target:
        target = f" ({_escape_target(position.target)})"
    end = tail(position.id, position.paragraph, unsure=position.unsure)
    return f"- **{position.stance}**{target}: {escape(position.text)}{end}"


def _escape_target(target: str) -> str:
    # Brackets of the article's would end ours.
    return escape(target).replace("(", "\\(").replace(")", "\\)")


def parse(chunk: Chunk, context: Context) -> Parsed | None:
    end = read_tail(item_text(chunk.lines))
    match = _LINE.match(end.rest) or _LOOSE.match(end.rest)
    if match is None or context.group is None:
        return None
    target, exact_target = plain(match[2] or "", write=_escape_target)
    text, exact_text = plain(match[3])
    if not text:
        return None
    actor = context.register.resolve(context.group)
    position = Position(
        id=end.id,
        actor=actor,
        actor_text=context.register.name(actor) if actor else context.group,
        stance=match[1].lower(),
        target=target or None,
        text=text,
        paragraph=end.paragraph,
        unsure=end.unsure,
    )
    return Parsed(position, exact_target and exact_text and end.exact)
