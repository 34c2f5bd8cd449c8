"""Calendars (RFC 5545) of next steps: whole days, stable names, no date of the build."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from generator.briefing import Briefing, NextStep
from generator.site.feeds import briefing_address
from generator.site.press import Settings


def calendar(name: str, steps: Iterable[tuple[Briefing, NextStep]], settings: Settings) -> bytes:
    """A calendar of the steps that have a date; a month or a year is an event of that length.

    An event's UID is made of the ids of briefing and step: importing a calendar again moves or
    rewords its events and adds none.
    """
    made = Calendar()
    made.add("prodid", "-//Briefings//Next steps//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for briefing, step in steps:
        span = days(step.date)
        if span is None:
            continue
        event = Event()
        event.add("uid", uid(briefing, step))
        event.add("dtstamp", datetime.combine(briefing.date, time(), UTC))
        event.add("dtstart", span[0])
        event.add("dtend", span[1])
        event.add("summary", ", ".join(step.owner_names) + (": " if step.owner_names else "") + step.text)
        event.add("description", " · ".join(filter(None, (step.status, step.when, briefing.title))))
        event.add("transp", "TRANSPARENT")
        if settings.site_url:
            event.add("url", f"{briefing_address(settings, briefing)}#{step.id}")
        made.add_component(event)
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
