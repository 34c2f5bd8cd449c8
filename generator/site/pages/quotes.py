"""All quotes, to filter by who said it, when, and on what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.site.pages.paging import paged
from generator.site.press import Asset, Head, Page, Press


def quotes(press: Press) -> Iterator[Page | Asset]:
    """All quotes, the newest first."""
    site = press.site
    if not site.quotes:
        return
    title = press.word("nav.quotes")
    for uri, shown, uris, place in paged("quotes", site.quotes, press.settings.page_size):
        yield Page(
            uri,
            title if place == 0 else f"{title}, {press.word('pager.page', n=place + 1)}",
            partial(press.render, "quotes.html", shown=shown, pages=uris, place=place),
            description=press.word("quotes.lead"),
            nav=title if place == 0 else None,
            head=Head("quotes"),
        )
