"""The timeline over all briefings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from generator.site.pages.paging import paged
from generator.site.press import Asset, Head, Page, Press


def timeline(press: Press) -> Iterator[Page | Asset]:
    """Dated events of all briefings, the latest first; one briefing shows its own."""
    site = press.site
    if len(site.briefings) < 2 or not site.events:
        return
    title = press.word("nav.timeline")
    for uri, shown, uris, place in paged("timeline", site.events, press.settings.page_size):
        by_date = [(date, list(found)) for date, found in groupby(shown, key=lambda c: c.entry.date)]
        yield Page(
            uri,
            title if place == 0 else f"{title}, {press.word('pager.page', n=place + 1)}",
            partial(press.render, "timeline.html", by_date=by_date, pages=uris, place=place),
            description=press.word("timeline.lead"),
            nav=title if place == 0 else None,
            head=Head("list"),
        )
