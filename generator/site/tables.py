"""The site's tables for other programs: JSON and CSV with the same rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from generator.briefing import Briefing
from generator.site.index import Cited, Site
from generator.site.links import address
from generator.site.press import briefing_uri

Row: TypeAlias = dict[str, Any]
Places: TypeAlias = Callable[[Briefing, str], str]
"""Where an entry of a briefing stands: an address."""
Rows: TypeAlias = Callable[[Site, Places], Iterable[Row]]


def briefing_rows(site: Site, to: Places) -> Iterable[Row]:
    for briefing in site.briefings:
        yield {
            "id": briefing.id,
            "date": briefing.date.isoformat(),
            "title": briefing.title,
            "publisher": briefing.source.publisher,
            "source_url": briefing.source.url,
            "tags": list(briefing.tags),
            "quotes": len(briefing.quotes),
            "positions": len(briefing.positions),
            "next_steps": len(briefing.next_steps),
            "url": to(briefing, ""),
        }


def actor_rows(site: Site, to: Places) -> Iterable[Row]:
    for actor in site.actors.values():
        yield {
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "role": actor.role,
            "affiliation": actor.affiliation,
            "aliases": list(actor.aliases),
            "briefings": len(actor.briefings),
            "quotes": len(actor.quotes),
            "positions": len(actor.positions),
            "next_steps": len(actor.steps),
        }


def position_rows(site: Site, to: Places) -> Iterable[Row]:
    for cited in site.positions:
        issue = site.issue_of.get((cited.briefing.id, cited.anchor))
        yield {
            **_where(cited, to),
            "actor": cited.entry.actor_text,
            "actor_id": next(iter(cited.actors), None),
            "stance": cited.entry.stance,
            "target": cited.entry.target,
            "issue": issue.id if issue else None,
            "text": cited.entry.text,
            "unsure": cited.entry.unsure,
        }


def quote_rows(site: Site, to: Places) -> Iterable[Row]:
    for cited in site.quotes:
        id = next(iter(cited.actors), None)
        issue = site.quote_issue.get((cited.briefing.id, cited.anchor))
        employer = (site.actors[id].affiliation if id else None) or ""
        yield {
            **_where(cited, to),
            "title": cited.briefing.title,
            "speaker": site.actors[id].name if id else cited.entry.speaker_text,
            "speaker_id": id,
            "role": cited.entry.role,
            "affiliation": site.actors[employer].name if employer in site.actors else employer or None,
            "issue": issue.name if issue else None,
            "text": " … ".join(cited.entry.parts),
            "unsure": cited.entry.unsure,
        }


def step_rows(site: Site, to: Places) -> Iterable[Row]:
    for cited in site.steps:
        yield {
            **_where(cited, to),
            "title": cited.briefing.title,
            "owners": list(cited.entry.owner_names),
            "owner_ids": list(cited.actors),
            "text": cited.entry.text,
            "status": cited.entry.status,
            "when": cited.entry.when,
            "due": cited.entry.date,
            "done": cited.entry.done,
            "unsure": cited.entry.unsure,
        }


def event_rows(site: Site, to: Places) -> Iterable[Row]:
    for cited in site.events:
        yield {
            **_where(cited, to),
            "event_date": cited.entry.date,
            "when": cited.entry.when,
            "text": cited.entry.text,
            "unsure": cited.entry.unsure,
        }


TABLES: Mapping[str, Rows] = {
    "briefings": briefing_rows,
    "actors": actor_rows,
    "positions": position_rows,
    "quotes": quote_rows,
    "next-steps": step_rows,
    "timeline": event_rows,
}


def _where(cited: Cited[Any], to: Places) -> Row:
    return {
        "id": cited.anchor,
        "briefing": cited.briefing.id,
        "date": cited.date.isoformat(),
        "paragraph": cited.entry.paragraph,
        "url": to(cited.briefing, cited.anchor),
    }


def as_json(rows: Iterable[Row]) -> bytes:
    """The rows as a JSON array, a row a line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n".encode()


def as_csv(rows: Iterable[Row]) -> bytes:
    """The rows as CSV (RFC 4180) with a heading line; lists are joined by "; ".

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    every = list(rows)
    out = io.StringIO(newline="")
    if every:
        writer = csv.writer(out)
        writer.writerow(every[0])
        for row in every:
            writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def briefing_json(briefing: Briefing) -> bytes:
    """One briefing as JSON, what stands on its page."""
    data = {
        "schema": "briefing-page/1",
        "id": briefing.id,
        "title": briefing.title,
        "date": briefing.date.isoformat(),
        "source": asdict(briefing.source),
        "tags": list(briefing.tags),
        "actors": [asdict(actor) for actor in briefing.actors],
        "summary": [asdict(sentence) for sentence in briefing.summary],
        "positions": [asdict(position) for position in briefing.positions],
        "quotes": [asdict(quote) for quote in briefing.quotes],
        "next_steps": [asdict(step) for step in briefing.next_steps],
        "timeline": [asdict(event) for event in briefing.timeline],
    }
    lines = ",\n".join(f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in data.items())
    return f"{{\n{lines}\n}}\n".encode()


def place(briefing: Briefing, anchor: str, *, base: str, directory_urls: bool) -> str:
    """Where an entry stands: below the site's address, or from its root where it has none."""
    found = address(briefing_uri(briefing), directory_urls=directory_urls)
    return f"{base}{found}" + (f"#{anchor}" if anchor else "")
