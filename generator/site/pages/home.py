"""The home page: what is new, who wants what, what comes next, who spoke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from generator.briefing import STATUSES, Briefing, NextStep, Position
from generator.site.index import Cited, Site
from generator.site.issues import Names, key_words
from generator.site.pages.steps import ahead
from generator.site.press import Asset, Head, Page, Press

CARDS = 12
FEW_CARDS = 6
"""A day with one article is a thin front page: whole days are added as long as so many hold them."""
EARLIER_DAYS = 7
AHEAD = 10
FEW = 5
"""Steps with a date below which those of the newest briefings that have none are told, too."""
WANTS = 8
SPOKE = 8


def home(press: Press) -> Iterator[Page | Asset]:
    """One page: the newest day's briefings as cards, the days before it, the steps ahead.

    "Today" is the day of the newest briefing, so that a build does not age; what has passed since
    is marked in the reader's browser.
    """
    yield Page(
        "index.md",
        press.word("nav.home"),
        partial(_body, press),
        nav=press.word("nav.home"),
        head=Head("home", press.feeds("feed.xml", "feed.json")),
        changed=press.site.latest,
    )


def _body(press: Press) -> str:
    site = press.site
    newest, earlier = _front(site)
    spoke = _spoke(site)
    return press.render(
        "home.html",
        intro=partial(press.markdown, press.intro, "index.md") if press.intro.strip() else None,
        newest=newest,
        earlier=earlier[:EARLIER_DAYS],
        wants=wants(site, newest)[:WANTS],
        coming=coming(site, newest),
        spoke=[(site.actors[id], n) for id, n in spoke],
        most=spoke[0][1] if spoke else 1,
    )


def _front(site: Site) -> tuple[list[Briefing], list[tuple[date, list[Briefing]]]]:
    """The briefings that stand as cards, and those of the days before, by day."""
    by_day = [(day, list(found)) for day, found in groupby(site.briefings, key=lambda b: b.date)]
    newest = by_day[0][1][:CARDS] if by_day else []
    days = 1
    while days < len(by_day) and len(newest) + len(by_day[days][1]) <= FEW_CARDS:
        newest += by_day[days][1]
        days += 1
    return newest, by_day[days:]


def _spoke(site: Site) -> list[tuple[str, int]]:
    """Who was quoted in the week before the newest briefing, with how often, the most often first."""
    latest = site.latest
    week = Counter(
        id
        for cited in site.quotes
        if latest and cited.date > latest - timedelta(days=7)
        for id in cited.actors
    )
    return sorted(week.items(), key=lambda pair: (-pair[1], pair[0]))[:SPOKE]


def coming(site: Site, newest: Sequence[Briefing]) -> list[Cited[NextStep]]:
    """The steps ahead, the nearest first; where these are few, behind them sure ones without a date, the most
    settled first."""
    dated = [cited for cited in ahead(site) if not cited.entry.done][:AHEAD]
    open_ended = [
        cited
        for briefing in newest
        for cited in site.filed[id(briefing)].steps
        if not (cited.entry.date or cited.entry.done or cited.entry.unsure)
    ]
    open_ended.sort(key=lambda cited: STATUSES.index(cited.entry.status) if cited.entry.status else 99)
    return [*dated, *open_ended[: max(0, FEW - len(dated))]]


def wants(site: Site, newest: Sequence[Briefing]) -> list[Cited[Position]]:
    """What each key actor of these briefings wants, one sure position an actor, in the order of the briefings
    and of the actors in each: the one on what most of their positions are about."""
    names = Names(name for b in newest for actor in b.actors for name in (actor.name, *actor.aliases))
    sure = {
        briefing.id: [cited for cited in site.filed[id(briefing)].positions if not cited.entry.unsure]
        for briefing in newest
    }
    heads = {
        cited.entry: words[0]
        for positions in sure.values()
        for cited in positions
        if (words := key_words(cited.entry.target or "", names))
    }
    told = Counter(heads.values())
    found: dict[str, Cited[Position]] = {}
    for briefing in newest:
        identities = site.filed[id(briefing)].identities
        for holder in dict.fromkeys(identities[actor.id] for actor in briefing.actors if actor.key):
            held = [cited for cited in sure[briefing.id] if holder in cited.actors]
            if held:
                found.setdefault(holder, max(held, key=lambda cited: told[heads.get(cited.entry, "")]))
    return list(found.values())
