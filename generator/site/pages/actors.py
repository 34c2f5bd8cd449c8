"""Actors: who they are, what they want, what they said, across all briefings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from generator.briefing import Position
from generator.site.calendars import days
from generator.site.index import Cited, Profile, Site
from generator.site.issues import Issue
from generator.site.links import slug
from generator.site.pages.data import names
from generator.site.pages.paging import paged
from generator.site.press import Asset, Head, Page, Press

MOST_POSITIONS = 150
MOST_QUOTES = 50
MOST_COMPANIONS = 12
SHOWN_OTHER = 8
"""Positions on no issue that stand there at once; those before them unfold."""
_SIDE = {"supports": 1, "offers": 1, "opposes": -1, "warns": -1}


@dataclass(frozen=True, slots=True)
class Stand:
    """A position in the order of time, with the one before it on the same issue if it differs."""

    cited: Cited[Position]
    before: Cited[Position] | None


def actors(press: Press) -> Iterator[Page | Asset]:
    """The list of actors, and a page an actor."""
    site = press.site
    if not site.actors:
        return
    title = press.word("nav.actors")
    everyone = sorted(site.actors.values(), key=lambda a: (-weight(a), a.name.casefold(), a.id))
    for uri, shown, uris, place in paged("actors", everyone, 2 * press.settings.page_size):
        yield Page(
            uri,
            title if place == 0 else f"{title}, {press.word('pager.page', n=place + 1)}",
            partial(press.render, "actors.html", shown=shown, pages=uris, place=place),
            description=press.word("actor.lead"),
            nav=title if place == 0 else None,
            head=Head("list"),
        )
    for profile in site.actors.values():
        yield Page(
            f"actors/{slug(profile.id)}.md",
            profile.name,
            partial(_body, press, profile),
            description=profile.role or "",
            head=Head("actor", press.feeds(*names(f"actors/{slug(profile.id)}")) if profile.followed else ()),
            changed=profile.briefings[0].date,
        )


def weight(profile: Profile) -> int:
    """How much there is to read on an actor's page."""
    return len(profile.briefings) + len(profile.quotes) + len(profile.positions) + len(profile.steps)


def _body(press: Press, profile: Profile) -> str:
    site = press.site
    return press.render(
        "actor.html",
        actor=profile,
        affiliation=site.actors.get(profile.affiliation or ""),
        stands=stands(site, profile),
        most=MOST_POSITIONS,
        shown_other=SHOWN_OTHER,
        quotes=profile.quotes[:MOST_QUOTES],
        feeds=names(f"actors/{slug(profile.id)}") if profile.followed and press.settings.site_url else None,
        calendar=f"actors/{slug(profile.id)}.ics" if any(days(c.entry.date) for c in profile.steps) else None,
        companions=[(site.actors[id], n) for id, n in site.companions(profile)[:MOST_COMPANIONS]],
    )


def stands(site: Site, profile: Profile) -> list[tuple[Issue | None, list[Stand]]]:
    """The actor's positions by issue, most discussed first, in order of time; without an issue last."""

    def issue(cited: Cited[Position]) -> Issue | None:
        return site.issue_of.get((cited.briefing.id, cited.anchor))

    order = {found.id: place for place, found in enumerate(site.issues)}
    key = lambda cited: order[found.id] if (found := issue(cited)) else len(order)  # noqa: E731
    ordered = sorted(profile.positions[-MOST_POSITIONS:], key=key)
    result = []
    for _, group in groupby(ordered, key=key):
        entries = list(group)
        found = issue(entries[0])
        result.append((found, with_changes(entries) if found else [Stand(cited, None) for cited in entries]))
    return result


def with_changes(positions: Sequence[Cited[Position]]) -> list[Stand]:
    """Positions of one actor on one issue, oldest first, with those that turn against the one before.

    Only a turn between the two sides counts (for: supports, offers; against: opposes, warns), and
    only against the last side that was taken on an earlier day: a demand or an expectation takes no side,
    and within one day an actor may be for one thing and against another. A day has one mark.
    """
    result: list[Stand] = []
    before: Cited[Position] | None = None
    last: Cited[Position] | None = None
    marked: date | None = None
    for cited in positions:
        side = _SIDE.get(cited.entry.stance)
        if last is not None and cited.date > last.date:
            before = last
        turned = before is not None and side is not None and _SIDE[before.entry.stance] != side
        result.append(Stand(cited, before if turned and cited.date != marked else None))
        if turned:
            marked = cited.date
        if side is not None:
            last = cited
    return result
