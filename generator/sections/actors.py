"""Key actors and Other actors: who takes part, in which role, and where the article says so."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.briefing import Actor, slugify
from generator.markdown import Chunk, escape, plain, read_tail, tail
from generator.sections.context import BOLD, Context, Parsed, item_text

_LINE = re.compile(rf"\*\*({BOLD})\*\*(?:\s*(?:,|:|–|—|-)\s*(.*))?$")
# "Jane Roe, mayor": as a person types it. A name is a few words, the first with a capital.
_LOOSE = re.compile(r"([^\W\d_a-zß-ÿ](?:[\w.'’-]+|[.'’-])*(?: [\w.'’-]+){0,5})(?:\s*(?:,|:|–|—)\s*(.*))?$")


def render(actor: Actor) -> str:
    role = f", {escape(actor.role)}" if actor.role else ""
    return f"- **{escape(actor.name)}**{role}{tail('a-' + actor.id, actor.paragraph)}"


def parse(chunk: Chunk, context: Context) -> Parsed | None:
    end = read_tail(item_text(chunk.lines))
    match = _LINE.match(end.rest) or _LOOSE.match(end.rest)
    if match is None:
        return None
    name, exact_name = plain(match[1])
    role, exact_role = plain(match[2] or "")
    if not name:
        return None
    id = end.id.removeprefix("a-") if end.id.removeprefix("a-") in context.actors else None
    id = id or context.register.resolve(name)
    key = context.section == "key-actors"
    exact = exact_name and exact_role and end.exact and not end.unsure
    if id is None:
        # A person added someone: the page may list them before the front matter does.
        new = Actor(id=slugify(name) or "actor", name=name, kind=None)
        return Parsed(replace(new, role=role or None, key=key, paragraph=end.paragraph), exact)
    actor = context.actors[id]
    # A role in the front matter was put there by a person, who may not have seen the one here.
    listed = replace(actor, role=actor.role or role or None, key=key, paragraph=end.paragraph)
    # A name that nobody knows here may be a correction in the wrong place: it is kept, and checked.
    return Parsed(listed, exact and context.register.resolve(name) == id)
