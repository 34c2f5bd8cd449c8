"""Issues: who stands where on what, over time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.briefing import Position
from generator.site.index import Cited, Profile
from generator.site.issues import Issue
from generator.site.pages.actors import Stand, with_changes
from generator.site.pages.data import names
from generator.site.pages.paging import paged
from generator.site.press import STANCES, Asset, Head, Page, Press


def issues(press: Press) -> Iterator[Page | Asset]:
    """The list of issues, and a page an issue with its matrix of actors and stances."""
    site = press.site
    if not site.issues:
        return
    title = press.word("nav.issues")
    for uri, shown, uris, place in paged("issues", site.issues, press.settings.page_size):
        yield Page(
            uri,
            title if place == 0 else f"{title}, {press.word('pager.page', n=place + 1)}",
            partial(
                press.render,
                "issues.html",
                shown=[(issue, standing(issue)) for issue in shown],
                pages=uris,
                place=place,
            ),
            description=press.word("issue.lead"),
            nav=title if place == 0 else None,
            head=Head("list"),
        )
    for issue in site.issues:
        yield Page(
            f"issues/{issue.id}.md",
            issue.name,
            partial(_body, press, issue),
            head=Head("issue", press.feeds(*names(f"issues/{issue.id}"))),
            changed=issue.positions[-1].date,
        )


def matrix(issue: Issue) -> list[tuple[str | None, dict[str, list[Stand]]]]:
    """For each holder (None: the unnamed) its positions by stance, in order of time."""
    by_actor: dict[str | None, list[Cited[Position]]] = {}
    for cited in issue.positions:
        for id in cited.actors or (None,):
            by_actor.setdefault(id, []).append(cited)
    unnamed = by_actor.pop(None, None)
    rows = sorted(by_actor.items(), key=lambda row: (-len(row[1]), row[0] or ""))
    result: list[tuple[str | None, dict[str, list[Stand]]]] = []
    for id, positions in [*rows, *([(None, unnamed)] if unnamed else [])]:
        cells: dict[str, list[Stand]] = {stance: [] for stance in STANCES}
        for stand in with_changes(positions) if id else [Stand(cited, None) for cited in positions]:
            cells.setdefault(stand.cited.entry.stance, []).append(stand)
        result.append((id, cells))
    return result


def standing(issue: Issue) -> list[tuple[str, list[str]]]:
    """For each stance, in their fixed order, the actors that took it last; the most recent first."""
    last: dict[str, str] = {}
    for cited in reversed(issue.positions):
        for id in cited.actors:
            last.setdefault(id, cited.entry.stance)
    sides = [(stance, [id for id, taken in last.items() if taken == stance]) for stance in STANCES]
    return [(stance, ids) for stance, ids in sides if ids]


def _body(press: Press, issue: Issue) -> str:
    rows: list[tuple[Profile | None, dict[str, list[Stand]]]] = [
        (press.site.actors[id] if id else None, cells) for id, cells in matrix(issue)
    ]
    unnamed = dict.fromkeys(cited.entry.actor_text for cited in issue.positions if not cited.actors)
    used = [stance for stance in STANCES if any(cells[stance] for _, cells in rows)]
    return press.render(
        "issue.html",
        issue=issue,
        rows=rows[:60],
        unnamed=list(unnamed)[:4],
        used=used,
        feeds=names(f"issues/{issue.id}"),
    )
