"""Days, months and years: ISO dates of three granularities, moved and compared, and the feasts that move."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, TypeAlias

Tense = Literal["past", "present", "future"]
TenseAt: TypeAlias = Callable[[int], "Tense | None"]
"""The tense of the clause that holds an offset, None where there is no telling."""
Grain = Literal["day", "month", "year"]


def grain(iso: str) -> Grain:
    """The granularity of an ISO date."""
    return {4: "year", 7: "month", 10: "day"}[len(iso)]  # type: ignore[return-value]


def period(iso: str) -> tuple[date, date]:
    """The first and the last day of an ISO date of any granularity."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    return date(*parts), date(*parts)


def iso_of(day: date, size: Grain) -> str:
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[size]]


def valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_on(day: date, months: int) -> date:
    """The first day of the month so many months on."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def moved(iso: str, count: int, unit: str) -> str:
    """An ISO date moved by so many units; "" where it is not known precisely enough for the unit.

    The result is as fine as the unit (weeks as days), never finer than the date was.
    """
    first, size = period(iso)[0], grain(iso)
    try:
        if unit in {"hour", "day", "week", "fortnight"}:
            days = {"hour": round(count / 24), "day": count, "week": 7 * count, "fortnight": 14 * count}[unit]
            return iso_of(first + timedelta(days=days), "day") if size == "day" else ""
        if unit == "month":
            return iso_of(months_on(first, count), "month") if size != "year" else ""
        return str(first.year + count)
    except (ValueError, OverflowError):
        return ""


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The nth such weekday (Monday is 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def nearest(candidates: list[date], reference: date, tense: Tense | None) -> date | None:
    """The candidate that the tense and the article's date make likely: past up to it, future from it on.

    The present looks ahead ("leaves office on Jan. 20"), but not past a day of the last weeks for one that
    is most of a year away ("in a column on Aug. 10 he seems to say").
    """
    if tense == "present":
        ahead = min((day - reference for day in candidates if day >= reference), default=timedelta.max)
        back = min((reference - day for day in candidates if day < reference), default=timedelta.max)
        tense = "past" if back <= timedelta(days=45) and ahead > timedelta(days=180) else "future"
    if tense == "past":
        candidates = [day for day in candidates if day <= reference] or candidates
    elif tense == "future":
        candidates = [day for day in candidates if day >= reference] or candidates
    return min(candidates, key=lambda day: (abs((day - reference).days), day), default=None)


def weekday_of(number: int, reference: date, tense: Tense | None) -> date:
    """The day that a weekday means; the article's own weekday is the article's day."""
    back = (reference.weekday() - number) % 7
    if tense in {"future", "present"}:
        return reference + timedelta(days=(7 - back) % 7)
    return reference - timedelta(days=back)


def month_of(number: int, reference: date, tense: Tense | None) -> str:
    """The month that a bare month's name means; the article's own month is the present one."""
    this = reference.replace(day=1)
    years = (reference.year - 1, reference.year, reference.year + 1)
    day = nearest([date(year, number, 1) for year in years], this, tense)
    assert day is not None
    return iso_of(day, "month")
