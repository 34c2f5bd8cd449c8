"""All next steps, by date."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.briefing import NextStep
from generator.site.index import Cited, Site
from generator.site.pages.paging import paged
from generator.site.press import Asset, Head, Page, Press


def steps(press: Press) -> Iterator[Page | Asset]:
    """What lies ahead of the newest briefing, the nearest first; then what lay behind it, then what
    has no date."""
    site = press.site
    if not site.steps:
        return
    title = press.word("nav.steps")
    for uri, shown, uris, place in paged("next-steps", in_order(site), press.settings.page_size):
        yield Page(
            uri,
            title if place == 0 else f"{title}, {press.word('pager.page', n=place + 1)}",
            partial(press.render, "steps.html", shown=shown, pages=uris, place=place),
            description=press.word("steps.lead"),
            nav=title if place == 0 else None,
            head=Head("steps"),
        )


def in_order(site: Site) -> list[Cited[NextStep]]:
    """All steps by date, as seen from the day of the newest briefing."""
    to_come = ahead(site)
    known = {id(cited) for cited in to_come}
    behind = [cited for cited in site.steps if cited.entry.date and id(cited) not in known]
    behind.sort(key=_end, reverse=True)
    return [*to_come, *behind, *(cited for cited in site.steps if not cited.entry.date)]


def ahead(site: Site) -> list[Cited[NextStep]]:
    """The steps due on the day of the newest briefing or later, the nearest first."""
    today = site.latest.isoformat() if site.latest else ""
    found = [cited for cited in site.steps if cited.entry.date and _end(cited) >= today]
    return sorted(found, key=_end)


def _end(cited: Cited[NextStep]) -> str:
    """Where a date stands in the order: a month or a year is due at its end."""
    return f"{cited.entry.date}-99-99"[:10]
