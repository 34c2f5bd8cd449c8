"""The files of the site that are no pages: feeds, calendars, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial

from generator.briefing import Briefing, NextStep
from generator.site import feeds, tables
from generator.site.calendars import calendar, days, event
from generator.site.filters import filter_files
from generator.site.index import Site
from generator.site.links import address, slug
from generator.site.press import Asset, Page, Press, Settings


def data(press: Press) -> Iterator[Page | Asset]:
    """Feeds (where the site knows its address), calendars and tables, for the site and its parts."""
    site, settings = press.site, press.settings
    if not site.briefings:
        return
    yield from _feeds(press, ("feed.xml", "feed.json"), settings.site_name, "", "index.md", site.briefings)
    events = _Events(settings)
    name = f"{settings.site_name}: {press.word('nav.steps')}"
    yield Asset("next-steps.ics", partial(events.recent, name, site))
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
            own = [(briefing, step) for step in briefing.next_steps]
            yield Asset(f"{stem}.ics", partial(events.calendar, briefing.title, own))
    for actor in site.actors.values():
        if actor.followed:
            stem = f"actors/{slug(actor.id)}"
            yield from _feeds(press, names(stem), actor.name, actor.role or "", f"{stem}.md", actor.briefings)
            if any(days(cited.entry.date) for cited in actor.steps):
                owed = [(cited.briefing, cited.entry) for cited in actor.steps]
                yield Asset(f"{stem}.ics", partial(events.calendar, actor.name, owed))
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


class _Events:
    """The events of steps. One stands in up to three calendars, and is written for the first of them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._written: dict[int, bytes] = {}

    def calendar(self, name: str, steps: Iterable[tuple[Briefing, NextStep]]) -> bytes:
        return calendar(name, [self._event(briefing, step) for briefing, step in steps])

    def recent(self, name: str, site: Site) -> bytes:
        """What lies more than a month back is in the tables; a calendar is for what comes."""
        since = site.briefings[0].date - timedelta(days=31)
        dated = ((cited, days(cited.entry.date)) for cited in site.steps)
        return self.calendar(name, [(c.briefing, c.entry) for c, span in dated if span and span[1] > since])

    def _event(self, briefing: Briefing, step: NextStep) -> bytes:
        # By identity: two steps may share an id until a person tidies, and hashing one reads all of it.
        if id(step) not in self._written:
            self._written[id(step)] = event(briefing, step, self._settings)
        return self._written[id(step)]


def _place(base: str, directory_urls: bool, briefing: Briefing, anchor: str) -> str:
    return tables.place(briefing, anchor, base=base, directory_urls=directory_urls)


def _table(
    write: Callable[[Iterable[tables.Row]], bytes], rows: tables.Rows, site: Site, to: tables.Places
) -> bytes:
    return write(rows(site, to))
