"""The machine faces of the site, each read by a program that is not ours."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import feedparser
import icalendar
import pytest
import vobject

from generator.site.calendars import days
from generator.site.filters import FILTERED, contents, in_pieces
from generator.site.tables import as_csv
from tests.sitebuild import built_site, read


@pytest.fixture(scope="module")
def built() -> Path:
    return built_site()


def test_the_feed_lists_the_briefings_newest_first(built: Path) -> None:
    """feedparser finds every briefing in the RSS feed, with its address, day and summary."""
    feed = feedparser.parse((built / "feed.xml").read_bytes())
    assert not feed.bozo
    assert [entry.link for entry in feed.entries] == [
        "https://desk.example/briefings/2026-02-11-odd-characters/",
        "https://desk.example/briefings/2026-02-09-ferry-talks-open/",
        "https://desk.example/briefings/2026-02-02-ferry-strike-called/",
    ]
    assert feed.entries[0].title == "Minister quotes <script>alert(1)</script> & {{ 7 * 7 }} in parliament"
    assert feed.entries[2].published_parsed[:3] == (2026, 2, 2)
    assert feed.entries[1].summary == "Both sides met in Port Ansel on Monday."


def test_actors_and_issues_have_feeds_of_their_own(built: Path) -> None:
    """The feeds of an actor and of an issue hold the briefings that they appear in."""
    for place in ("actors/mira-tollan.xml", "issues/night-sailings.xml"):
        feed = feedparser.parse((built / place).read_bytes())
        assert not feed.bozo
        assert [entry.id.split("/")[-2] for entry in feed.entries] == [
            "2026-02-09-ferry-talks-open",
            "2026-02-02-ferry-strike-called",
        ]
    assert 'href="../mira-tollan.xml"' in read(built, "actors/mira-tollan")


def test_the_json_feed_says_what_the_rss_feed_says(built: Path) -> None:
    """JSON Feed 1.1 and RSS name the same entries."""
    feed = json.loads((built / "feed.json").read_text("utf-8"))
    rss = feedparser.parse((built / "feed.xml").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["url"] for item in feed["items"]] == [entry.link for entry in rss.entries]


def test_calendars_hold_the_dated_steps(built: Path) -> None:
    """Two calendar libraries read the calendar: whole days, a stable name for each step."""
    text = (built / "next-steps.ics").read_text("utf-8")
    events = {str(event["uid"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    strike = events["2026-02-02-ferry-strike-called.n-000001@briefings"]
    assert strike.decoded("dtstart") == date(2026, 2, 14)
    assert str(strike["summary"]) == "Seafarers’ Union: Crews will walk out on February 14"
    assert str(strike["url"]).endswith("/briefings/2026-02-02-ferry-strike-called/#n-000001")
    assert len(events) == 2
    assert len(vobject.readOne(text).vevent_list) == 2
    own = icalendar.Calendar.from_ical((built / "actors/skerry-lines.ics").read_text("utf-8"))
    assert [str(event["uid"]) for event in own.walk("VEVENT")] == [
        "2026-02-09-ferry-talks-open.n-000011@briefings"
    ]


@pytest.mark.parametrize(
    "iso, first, after",
    [
        ("2026-02-28", date(2026, 2, 28), date(2026, 3, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_month_or_a_year_is_as_long_in_the_calendar(iso: str, first: date, after: date) -> None:
    """A step due in a month takes the days of that month, half-open."""
    assert days(iso) == (first, after)


@pytest.mark.parametrize("iso", ["2026-02-30", "", None, "soon", "9999"])
def test_what_is_no_day_of_the_calendar_is_left_out(iso: str | None) -> None:
    """A date that does not exist, or that an editor left open, is no event."""
    assert days(iso) is None


@pytest.mark.parametrize("table", ["briefings", "actors", "positions", "quotes", "next-steps", "timeline"])
def test_tables_say_the_same_in_json_and_csv(built: Path, table: str) -> None:
    """Each table has the same rows in both formats, and the page that shows it links to both."""
    rows = json.loads((built / f"data/{table}.json").read_text("utf-8"))
    with (built / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert rows
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert list(lines[0]) == list(rows[0])
    page = {"briefings": "archive", "positions": "issues"}.get(table, table)
    assert f'href="../data/{table}.csv"' in read(built, page)


def test_a_filter_loads_only_the_pieces_that_hold_its_value() -> None:
    """Rows stand in pieces from the oldest on; the index says what is in which, and when."""
    rows = [
        {
            "date": f"2026-02-{day:02}",
            "speaker": "Mira Tollan" if day > 3 else None,
            "owners": ["A", "B", "A"],
        }
        for day in range(5, 0, -1)
    ]
    pieces = in_pieces(rows, 2)
    assert [[row["date"][-2:] for row in piece] for piece in pieces] == [["02", "01"], ["04", "03"], ["05"]]
    assert in_pieces([{"date": "2026-02-06"}, *rows], 2)[:2] == pieces[:2]
    found = contents(pieces, replace(FILTERED["quotes"], chosen=("speaker", "owners")))
    assert found["values"]["speaker"] == {"Mira Tollan": [2, [1, 2]]}
    assert found["values"]["owners"]["A"] == [5, [0, 1, 2]]
    assert found["dates"][0] == ["2026-02-01", "2026-02-02"]
    assert found["rows"] == 5


@pytest.mark.parametrize("table", ["quotes", "next-steps"])
def test_the_pieces_are_the_whole_table(built: Path, table: str) -> None:
    """What the filters load says the same as the table for other programs."""
    folder = built / "data" / table
    index = json.loads((folder / "index.json").read_text("utf-8"))
    pieces = [json.loads((folder / f"{n}.json").read_text("utf-8")) for n in range(len(index["dates"]))]
    rows = json.loads((built / f"data/{table}.json").read_text("utf-8"))
    assert [row["text"] for piece in reversed(pieces) for row in piece] == [row["text"] for row in rows]
    assert index["rows"] == len(rows)


def test_a_spreadsheet_runs_nothing_from_an_article() -> None:
    """A cell that would be a formula is text in the CSV."""
    line = as_csv([{"text": '=HYPERLINK("x")', "n": -1, "done": True}]).decode().splitlines()[1]
    assert next(csv.reader([line])) == ['\'=HYPERLINK("x")', "'-1", "yes"]


def test_a_briefing_stands_beside_its_page_as_json(built: Path) -> None:
    """The JSON of a briefing holds its entries as they are on the page."""
    data = json.loads((built / "briefings/2026-02-02-ferry-strike-called.json").read_text("utf-8"))
    assert data["quotes"][0]["parts"][1] == "and our crews know that water."
    assert data["next_steps"][0]["date"] == "2026-02-14"
    assert data["source"]["publisher"] == "Skerry Gazette"


def test_pages_say_what_they_are_to_other_programs(built: Path) -> None:
    """The head of a briefing holds schema.org data with each quote's speaker."""
    html = read(built, "briefings/2026-02-02-ferry-strike-called")
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert match
    data = json.loads(match[1])
    quotes = [part for part in data["hasPart"] if part["@type"] == "Quotation"]
    assert quotes[0]["spokenByCharacter"]["name"] == "Mira Tollan"
    assert [part["startDate"] for part in data["hasPart"] if part["@type"] == "Event"] == ["2026-02-14"]
    description = re.search(r'<meta property="og:description" content="([^"]*)"', html)
    assert description
    assert unescape(description[1]).startswith("The Seafarers’ Union called a strike")


def test_the_sitemap_carries_the_days_of_the_briefings(built: Path) -> None:
    """A page's date in the sitemap is that of the newest briefing in it, not of the build."""
    sitemap = (built / "sitemap.xml").read_text("utf-8")
    entry = r"<loc>https://desk.example/actors/islanders/</loc>\s*<lastmod>2026-02-02</lastmod>"
    assert re.search(entry, sitemap)
