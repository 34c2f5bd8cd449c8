"""The kinds of pages, in the order of the navigation, and the files beside them.

Each is one function from the index (and the press that knows templates and words) to pages. A
kind that would make no sense for the briefings at hand yields nothing: one article has no archive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.site.pages.actors import actors
from generator.site.pages.archive import archive
from generator.site.pages.briefing import briefings
from generator.site.pages.data import data
from generator.site.pages.home import home
from generator.site.pages.issues import issues
from generator.site.pages.quotes import quotes
from generator.site.pages.steps import steps
from generator.site.pages.tags import tags
from generator.site.pages.timeline import timeline
from generator.site.press import Asset, Page, Press

PAGES: tuple[tuple[str, Callable[[Press], Iterator[Page | Asset]]], ...] = (
    ("home", home),
    ("briefings", briefings),
    ("archive", archive),
    ("actors", actors),
    ("issues", issues),
    ("quotes", quotes),
    ("steps", steps),
    ("timeline", timeline),
    ("tags", tags),
    ("data", data),
)


def make_pages(press: Press) -> Iterator[Page | Asset]:
    """All pages and files of the site, in the order of PAGES."""
    for _, make in PAGES:
        yield from make(press)
