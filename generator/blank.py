"""An empty briefing: a page to be filled by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from generator.briefing import Briefing, Heading, Source, slugify
from generator.markdown import one_line
from generator.sections import SECTIONS

BY_HAND = ("summary", "key-actors", "positions", "quotes", "next-steps", "timeline")
"""The sections that a person would fill; the others are there when they are needed."""


def blank(title: str, day: date, *, taken: Collection[str] = ()) -> Briefing:
    """A briefing with the headings of its sections and nothing below them.

    Its id is the day and the title's words; with a number behind them where `taken` holds that id.
    """
    title = one_line(title) or "Untitled"
    stem = f"{day.isoformat()}-{slugify(title) or 'briefing'}"
    id, number = stem, 1
    while id in taken:
        number += 1
        id = f"{stem}-{number}"
    headings = tuple(Heading(2, section.title, section.kind) for section in SECTIONS if section.kind in BY_HAND)
    return Briefing(id=id, title=title, date=day, source=Source(), tags=(), actors=(), blocks=headings)
