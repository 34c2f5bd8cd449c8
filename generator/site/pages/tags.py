"""Briefings by tag."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.site.pages.paging import paged
from generator.site.press import Asset, Head, Page, Press


def tags(press: Press) -> Iterator[Page | Asset]:
    """The list of tags, and a page a tag."""
    site = press.site
    if not site.tags:
        return
    title = press.word("nav.tags")
    yield Page(
        "tags/index.md",
        title,
        partial(press.render, "tags.html"),
        description=press.word("tags.lead"),
        nav=title,
        head=Head("list"),
    )
    for tag in site.tags:
        for uri, shown, uris, place in paged(f"tags/{tag.id}", tag.briefings, press.settings.page_size):
            yield Page(
                uri,
                tag.name,
                partial(press.render, "tag.html", tag=tag, shown=shown, pages=uris, place=place),
                head=Head("list"),
            )
