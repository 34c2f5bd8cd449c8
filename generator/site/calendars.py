"""Calendars (RFC 5545) of next steps: whole days, stable names, no date of the build."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from generator.briefing import Briefing, NextStep
from generator.site.feeds import briefing_address
from generator.site.press import Settings


def calendar(name: str, events: Iterable[bytes]) -> bytes:
    """A calendar of that name with these events, as `event` writes them.

    An event's UID is made of the ids of briefing and step: importing a calendar again moves or
    rewords its events and adds none.
    """
    made = Calendar()
    made.add("prodid", "-//Briefings//Next steps//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    head, end, _ = made.to_ical().partition(b"END:VCALENDAR")
    return head + b"".join(events) + end + b"\r\n"


def event(briefing: Briefing, step: NextStep, settings: Settings) -> bytes:
    """A step as an event; a month or a year is one of that length. Empty for a step without a date."""
    span = days(step.date)
    if span is None:
        return b""
    made = Event()
    made.add("uid", uid(briefing, step))
    made.add("dtstamp", datetime.combine(briefing.date, time(), UTC))
    made.add("dtstart", span[0])
    made.add("dtend", span[1])
    made.add("summary", ", ".join(step.owner_names) + (": " if step.owner_names else "") + step.text)
    made.add("description", " · ".join(filter(None, (step.status, step.when, briefing.title))))
    made.add("transp", "TRANSPARENT")
    if settings.site_url:
        made.add("url", f"{briefing_address(settings, briefing)}#{step.id}")
    return made.to_ical()


def uid(briefing: Briefing, step: NextStep) -> str:
    """The name of a step in every calendar, for good."""
    return f"{briefing.id}.{step.id}@briefings"


def days(iso: str | None) -> tuple[date, date] | None:
    """The days of a date of any granularity, half-open; None for what is no date of the calendar."""
    try:
        parts = [int(part) for part in (iso or "").split("-")]
        match parts:
            case [year, month, day]:
                start = date(year, month, day)
                return start, start + timedelta(days=1)
            case [year, month]:
                return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
            case [year]:
                return date(year, 1, 1), date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        pass
    return None
