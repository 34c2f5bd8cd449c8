"""What the filters on the pages of quotes and next steps load: never a whole table.

The rows stand in pieces, the oldest first, so that a new briefing changes the last piece only. An
index says which values a filter offers and which pieces hold them; the browser loads the newest of
those until it has enough to show.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from generator.site.index import Site
from generator.site.press import Asset
from generator.site.tables import Row, Rows, quote_rows, step_rows

PIECE = 400
"""Rows of a piece: some 40 KB on the wire."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """A table with filters: its entries, the columns that its rows are shown from, those that are chosen
    by value, and the one with the date."""

    entries: Callable[[Site], Sequence[Any]]
    rows: Rows
    """A row an entry."""
    shown: tuple[str, ...]
    chosen: tuple[str, ...]
    dated: str


FILTERED: Mapping[str, Filtered] = {
    "quotes": Filtered(
        lambda site: site.quotes,
        quote_rows,
        tuple("id briefing date title speaker speaker_id affiliation issue text unsure".split()),
        ("speaker", "affiliation", "issue"),
        "date",
    ),
    "next-steps": Filtered(
        lambda site: site.steps,
        step_rows,
        tuple("id briefing date title owners text status when due done unsure".split()),
        ("owners",),
        "due",
    ),
}


def filter_files(site: Site) -> Iterator[Asset]:
    """For each table with filters its index, `data/TABLE/index.json`, and its pieces beside it."""
    for table, what in FILTERED.items():
        made = cache(partial(_pieces, site, what))  # when the first file is asked for, once for all of them
        yield Asset(f"data/{table}/index.json", partial(_index, made, what))
        for number in range(-(-len(what.entries(site)) // PIECE)):
            yield Asset(f"data/{table}/{number}.json", partial(_piece, made, number))


def _pieces(site: Site, what: Filtered) -> list[Sequence[Row]]:
    rows = what.rows(site, lambda briefing, anchor: "")
    return in_pieces([{key: row[key] for key in what.shown} for row in rows])


def _index(made: Callable[[], list[Sequence[Row]]], what: Filtered) -> bytes:
    return _json(contents(made(), what))


def _piece(made: Callable[[], list[Sequence[Row]]], number: int) -> bytes:
    return _json(made()[number])


def in_pieces(rows: Sequence[Row], size: int = PIECE) -> list[Sequence[Row]]:
    """The rows, which come newest first, in pieces from the oldest on; inside a piece newest first."""
    ends = range(len(rows), 0, -size)
    return [rows[max(0, end - size) : end] for end in ends]


def contents(pieces: Sequence[Sequence[Row]], what: Filtered) -> dict[str, Any]:
    """How many rows there are, the first and last date of each piece (None: no row has one), and for
    each column and value how often it is there and in which pieces."""
    values: dict[str, dict[str, list[Any]]] = {column: {} for column in what.chosen}
    for number, piece in enumerate(pieces):
        for row in piece:
            for column in what.chosen:
                for value in _values(row[column]):
                    found = values[column].setdefault(value, [0, []])
                    found[0] += 1
                    if number not in found[1][-1:]:
                        found[1].append(number)
    return {
        "rows": sum(map(len, pieces)),
        "dates": [_span(row[what.dated] for row in piece) for piece in pieces],
        "values": values,
    }


def _values(cell: Any) -> Iterable[str]:
    return dict.fromkeys(cell) if isinstance(cell, list) else [cell] if cell else []


def _span(dates: Iterable[str | None]) -> list[str] | None:
    known = sorted(date for date in dates if date)
    return [known[0], known[-1]] if known else None


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
