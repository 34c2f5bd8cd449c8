"""The files of the site that are no pages: feeds, calendars, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial

from generator.briefing import Briefing, NextStep
from generator.site import feeds, tables
from generator.site.calendars import calendar, days, event, uid
from generator.site.filters import filter_files
from generator.site.index import Cited, Site
from generator.site.links import address, slug
from generator.site.press import Asset, Page, Press


def data(press: Press) -> Iterator[Page | Asset]:
    """Feeds (where the site knows its address), calendars and tables, for the site and its parts."""
    site, settings = press.site, press.settings
    if not site.briefings:
        return
    yield from _feeds(press, ("feed.xml", "feed.json"), settings.site_name, "", "index.md", site.briefings)
    latest = site.briefings[0].date
    # What lies more than a month back is in the tables; a calendar is for what comes.
    recent = [
        cited
        for cited in site.steps
        if (span := days(cited.entry.date)) and span[1] > latest - timedelta(days=31)
    ]
    # One event stands in up to three calendars; it is written once.
    events = {
        uid(briefing, step): event(briefing, step, settings)
        for briefing in site.briefings
        for step in briefing.next_steps
    }
    name = f"{settings.site_name}: {press.word('nav.steps')}"
    yield Asset("next-steps.ics", partial(calendar, name, _events(events, recent)))
    base = f"{settings.site_url.rstrip('/')}/" if settings.site_url else ""
    to = partial(_place, base, settings.directory_urls)
    for table, rows in tables.TABLES.items():
        yield Asset(f"data/{table}.json", partial(_table, tables.as_json, rows, site, to))
        yield Asset(f"data/{table}.csv", partial(_table, tables.as_csv, rows, site, to))
    yield from filter_files(site)
    for briefing in site.briefings:
        stem = f"briefings/{slug(briefing.id)}"
        yield Asset(f"{stem}.json", partial(tables.briefing_json, briefing))
        if has_calendar(briefing):
            own = [events[uid(briefing, step)] for step in briefing.next_steps]
            yield Asset(f"{stem}.ics", partial(calendar, briefing.title, own))
    for actor in site.actors.values():
        if actor.followed:
            stem = f"actors/{slug(actor.id)}"
            yield from _feeds(press, names(stem), actor.name, actor.role or "", f"{stem}.md", actor.briefings)
            if any(days(cited.entry.date) for cited in actor.steps):
                yield Asset(f"{stem}.ics", partial(calendar, actor.name, _events(events, actor.steps)))
    for issue in site.issues:
        stem = f"issues/{issue.id}"
        found = list({cited.briefing.id: cited.briefing for cited in reversed(issue.positions)}.values())
        yield from _feeds(press, names(stem), issue.name, "", f"{stem}.md", found)


def has_calendar(briefing: Briefing) -> bool:
    """Whether any next step of the briefing has a date."""
    return any(days(step.date) for step in briefing.next_steps)


def names(stem: str) -> tuple[str, str]:
    """The files of the feeds of an actor or an issue: RSS, JSON Feed."""
    return f"{stem}.xml", f"{stem}.feed.json"


def _feeds(
    press: Press, files: tuple[str, str], title: str, about: str, home: str, briefings: Sequence[Briefing]
) -> Iterator[Asset]:
    settings = press.settings
    if not settings.site_url:
        return
    if title != settings.site_name:
        title = f"{title} – {settings.site_name}"
    place = address(home, directory_urls=settings.directory_urls)
    for file, write in zip(files, (feeds.rss, feeds.json_feed), strict=True):
        yield Asset(file, partial(write, title, about, place, file, briefings, settings))


def _events(events: Mapping[str, bytes], steps: Iterable[Cited[NextStep]]) -> list[bytes]:
    return [events[uid(cited.briefing, cited.entry)] for cited in steps]


def _place(base: str, directory_urls: bool, briefing: Briefing, anchor: str) -> str:
    return tables.place(briefing, anchor, base=base, directory_urls=directory_urls)


def _table(
    write: Callable[[Iterable[tables.Row]], bytes], rows: tables.Rows, site: Site, to: tables.Places
) -> bytes:
    return write(rows(site, to))
