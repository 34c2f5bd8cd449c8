"""The archive: all briefings, by year, month and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from generator.briefing import Briefing
from generator.site.pages.paging import paged
from generator.site.press import Asset, Head, Page, Press


def archive(press: Press) -> Iterator[Page | Asset]:
    """The list of all briefings, and a page a year and month where there are several."""
    site = press.site
    if len(site.briefings) < 2:
        return
    months = Counter(briefing.date.isoformat()[:7] for briefing in site.briefings)
    years = sorted({month[:4] for month in months}, reverse=True)
    calendar = [
        (year, [(f"{year}-{m:02}", months.get(f"{year}-{m:02}", 0)) for m in range(1, 13)]) for year in years
    ]
    title = press.word("nav.archive")
    size = press.settings.page_size
    for uri, shown, uris, place in paged("archive", site.briefings, size):
        yield Page(
            uri,
            title if place == 0 else f"{title}, {press.word('pager.page', n=place + 1)}",
            partial(
                press.render,
                "archive.html",
                heading=title,
                by_day=_by_day(shown),
                calendar=calendar if place == 0 else (),
                pages=uris,
                place=place,
            ),
            description=press.word("archive.lead"),
            nav=title if place == 0 else None,
            head=Head("list"),
        )
    for month, found in groupby(site.briefings, key=lambda b: b.date.isoformat()[:7]):
        heading = press.day(month)
        for uri, shown, uris, place in paged(f"archive/{month}", list(found), size):
            yield Page(
                uri,
                heading,
                partial(
                    press.render,
                    "archive.html",
                    heading=heading,
                    by_day=_by_day(shown),
                    calendar=(),
                    pages=uris,
                    place=place,
                ),
                head=Head("list"),
            )


def _by_day(briefings: Sequence[Briefing]) -> list[tuple[date, list[Briefing]]]:
    return [(day, list(found)) for day, found in groupby(briefings, key=lambda b: b.date)]
