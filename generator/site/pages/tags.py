"""Briefings by tag."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.site.pages.paging import paged
from generator.site.press import Asset, Head, Page, Press


def tags(press: Press) -> Iterator[Page | Asset]:
    """The list of tags, those used most first, and a page a tag."""
    site = press.site
    if not site.tags:
        return
    title = press.word("nav.tags")
    size = press.settings.page_size
    used = sorted(site.tags, key=lambda tag: (-len(tag.briefings), tag.name.casefold(), tag.id))
    for uri, listed, uris, place in paged("tags", used, size):
        yield Page(
            uri,
            title if place == 0 else f"{title}, {press.word('pager.page', n=place + 1)}",
            partial(press.render, "tags.html", shown=listed, pages=uris, place=place),
            description=press.word("tags.lead"),
            nav=title if place == 0 else None,
            head=Head("list"),
        )
    for tag in site.tags:
        for uri, shown, uris, place in paged(f"tags/{tag.id}", tag.briefings, size):
            yield Page(
                uri,
                tag.name,
                partial(press.render, "tag.html", tag=tag, shown=shown, pages=uris, place=place),
                head=Head("list"),
            )
