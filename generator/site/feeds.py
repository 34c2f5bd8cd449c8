"""RSS 2.0 and JSON Feed 1.1 of briefings, in bytes that only change with the briefings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime
from xml.etree import ElementTree

from generator.briefing import Briefing
from generator.site.links import address
from generator.site.press import Settings, briefing_uri

NEWEST = 30
_ATOM = "http://www.w3.org/2005/Atom"


def rss(
    title: str, about: str, home: str, here: str, briefings: Sequence[Briefing], settings: Settings
) -> bytes:
    """An RSS 2.0 channel; `home` and `here` are addresses from the site's root, of the page and of
    the feed. Needs `settings.site_url`: a feed names its entries by their full addresses."""
    ElementTree.register_namespace("atom", _ATOM)
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _text(channel, "title", title)
    _text(channel, "link", full(settings, home))
    _text(channel, "description", about or title)
    _text(channel, "language", settings.language)
    ElementTree.SubElement(
        channel, f"{{{_ATOM}}}link", href=full(settings, here), rel="self", type="application/rss+xml"
    )
    for briefing in briefings[:NEWEST]:
        item = ElementTree.SubElement(channel, "item")
        link = briefing_address(settings, briefing)
        _text(item, "title", briefing.title)
        _text(item, "link", link)
        _text(item, "guid", link)
        _text(item, "pubDate", format_datetime(_midnight(briefing)))
        _text(item, "description", summary(briefing))
        for tag in briefing.tags:
            _text(item, "category", tag)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def json_feed(
    title: str, about: str, home: str, here: str, briefings: Sequence[Briefing], settings: Settings
) -> bytes:
    """The same as `rss`, as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "description": about or title,
        "home_page_url": full(settings, home),
        "feed_url": full(settings, here),
        "language": settings.language,
        "items": [
            {
                "id": briefing_address(settings, briefing),
                "url": briefing_address(settings, briefing),
                "title": briefing.title,
                "content_text": summary(briefing) or briefing.title,
                "date_published": _midnight(briefing).isoformat(),
                "tags": list(briefing.tags),
            }
            for briefing in briefings[:NEWEST]
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def full(settings: Settings, place: str) -> str:
    """The full address of a place given from the site's root."""
    return f"{(settings.site_url or '').rstrip('/')}/{place}"


def briefing_address(settings: Settings, briefing: Briefing) -> str:
    return full(settings, address(briefing_uri(briefing), directory_urls=settings.directory_urls))


def summary(briefing: Briefing) -> str:
    """The summary's sentences as one text."""
    return " ".join(sentence.text for sentence in briefing.summary)


def _midnight(briefing: Briefing) -> datetime:
    return datetime.combine(briefing.date, time(), UTC)


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text
