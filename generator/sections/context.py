"""What a section knows of the page while it reads an entry, and what reading gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from generator.briefing import Actor, Entry, Register
from generator.markdown import escape

# Inside **bold**: anything up to the next two stars, escaped characters skipped.
BOLD = r"(?:\\.|[^*\\]|\*(?!\*))*?"


@dataclass(frozen=True, slots=True)
class Context:
    """The page around an entry: its actors by id, and the section and group that it stands in."""

    register: Register
    actors: dict[str, Actor]
    section: str
    group: str | None = None
    """The heading above (level 3), as plain text: the actor of a position."""


class Parsed(NamedTuple):
    """An entry that was understood; `exact` where writing it out again loses nothing of the text."""

    value: Entry
    exact: bool


_BULLET = re.compile(r"[-*+]\s+")


def item_text(lines: tuple[str, ...]) -> str:
    """The text of a list item: without its bullet, wrapped lines joined."""
    first = lines[0]
    head = first[2:] if first.startswith("- ") else _BULLET.sub("", first, count=1)
    if len(lines) == 1:
        return head.strip()
    return " ".join(part for line in (head, *lines[1:]) if (part := line.strip()))


def escape_when(when: str) -> str:
    """A verbatim time expression for “…”: a closing mark of the article's would end ours."""
    return escape(when).replace("”", "&#8221;")
