"""The sections of a page, in page order. Each module renders its entries and parses them back.

Finding what goes into them is the analysis' part (`generator.analysis`), so that reading pages
never needs a language model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.briefing import Actor, Entry, Event, NextStep, Paragraph, Position, Quote, Sentence
from generator.markdown import Chunk
from generator.sections import actors, next_steps, positions, quotes, source, summary, timeline
from generator.sections.context import Context, Parsed


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of section: its heading, the letter that its entries' anchors begin with, both ways."""

    kind: str
    title: str
    prefix: str
    shape: str
    """The kind of `Chunk` that its entries are."""
    entry: type[Entry]
    render: Callable[[Any], str]
    parse: Callable[[Chunk, Context], Parsed | None]


SECTIONS: tuple[Section, ...] = (
    Section("summary", "Summary", "s", "item", Sentence, summary.render, summary.parse),
    Section("key-actors", "Key actors", "a", "item", Actor, actors.render, actors.parse),
    Section("positions", "Positions", "p", "item", Position, positions.render, positions.parse),
    Section("quotes", "Quotes", "q", "quote", Quote, quotes.render, quotes.parse),
    Section("next-steps", "Next steps", "n", "item", NextStep, next_steps.render, next_steps.parse),
    Section("timeline", "Timeline", "e", "item", Event, timeline.render, timeline.parse),
    Section("other-actors", "Other actors", "a", "item", Actor, actors.render, actors.parse),
    Section("source", "Source", "", "other", Paragraph, source.render, source.parse),
)
BY_KIND = {section.kind: section for section in SECTIONS}
BY_ENTRY = {section.entry: section for section in reversed(SECTIONS)}
"""The section that writes out an entry of this type (an actor's line is the same in both lists)."""
BY_TITLE = {section.title.casefold(): section for section in SECTIONS}

__all__ = ["BY_ENTRY", "BY_KIND", "BY_TITLE", "SECTIONS", "Context", "Parsed", "Section"]
