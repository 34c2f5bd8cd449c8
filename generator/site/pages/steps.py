"""All next steps, by date."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.site.pages.paging import paged
from generator.site.press import Asset, Head, Page, Press


def steps(press: Press) -> Iterator[Page | Asset]:
    """Dated steps, the latest date first, then those without a date."""
    site = press.site
    if not site.steps:
        return
    title = press.word("nav.steps")
    dated = sorted(
        (cited for cited in site.steps if cited.entry.date),
        key=lambda cited: cited.entry.date or "",
        reverse=True,
    )
    ordered = dated + [cited for cited in site.steps if not cited.entry.date]
    for uri, shown, uris, place in paged("next-steps", ordered, press.settings.page_size):
        yield Page(
            uri,
            title if place == 0 else f"{title}, {press.word('pager.page', n=place + 1)}",
            partial(press.render, "steps.html", shown=shown, pages=uris, place=place),
            description=press.word("steps.lead"),
            nav=title if place == 0 else None,
            head=Head("steps"),
        )
