"""Time expressions in prose, resolved against the article's date.

    "on Friday"  "by the end of June"  "two weeks ago"  "May 16"  "a day earlier"  "in the near future"

The grammar is our own: general date parsers take the modal *may* for a month and move the past into
the future. It is a table of rules, `RULES`; each is a pattern and a function that resolves what the
pattern found. Readings follow the annotation guidelines: "this week" is its month, "over the weekend"
its Saturday, "this past summer" its year; a weekday in the past tense is the latest up to the
article's date, in the future the first from it on.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, TypeAlias

from generator.analysis import lexicon

Tense = Literal["past", "present", "future"]
TenseAt: TypeAlias = Callable[[int], "Tense | None"]
"""The tense of the clause that holds an offset, None where there is no telling."""
Grain = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression: `text[start:end)`, its core without the words before it ("by the end of"), and
    the ISO date it means.

    `iso` has the granularity that is known (2025-05-16, 2025-05, 2025), None where nobody can say
    ("soon", "the 1990s", "within ten days of the verdict"). `lead` is the preposition or adverb it
    begins with, in lower case ("by", "until", "since", "later"), else empty. `attributive` says that it
    only describes the noun after it ("the 2016 campaign", "Friday's meeting").
    """

    start: int
    end: int
    core: int
    iso: str | None
    lead: str = ""
    attributive: bool = False

    @property
    def grain(self) -> Grain | None:
        return None if self.iso is None else grain(self.iso)


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


def find_dates(text: str, reference: date, tense_at: TenseAt) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, in order and without overlaps.

    `reference` is the article's date; `tense_at` tells the tense at an offset and is asked only where
    the tense decides ("on Friday", "May 16", "in September").
    """
    matches: list[tuple[int, int, int, re.Match[str]]] = []
    for number, (pattern, _) in enumerate(RULES):
        matches += [(m.start(), -m.end(), number, m) for m in pattern.finditer(text)]
    matches.sort(key=lambda found: found[:3])
    surnames = _months_as_names(text)
    expressions: list[TimeExpression] = []
    anchor = _Anchor(reference)
    free = 0
    for start, minus_end, number, match in matches:
        if start < free:
            continue
        context = _Context(text, reference, tense_at, anchor, surnames)
        iso = RULES[number][1](match, context)
        if iso is None:
            continue
        end = -minus_end
        core = max(start, match.end("before")) if "before" in match.re.groupindex else start
        core += text[core].isspace()
        begin, lead = _lead(text, core, free)
        free = end = _tail(text, end)
        expressions.append(TimeExpression(begin, end, core, iso or None, lead, _attributive(text, end, core)))
        if iso:
            anchor = _Anchor(reference, iso, end)
    return tuple(expressions)


# ── what a rule knows ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What "a day earlier" and "that month" refer to: the last expression resolved, else the article's date."""

    reference: date
    iso: str | None = None
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Context:
    text: str
    reference: date
    tense_at: TenseAt
    anchor: _Anchor
    surnames: frozenset[str]

    def tense(self, match: re.Match[str]) -> Tense | None:
        """The tense at a match: what the words just before it say ("due on"), else that of its clause."""
        before = self.text[max(0, match.start() - 48) : match.start()]
        at = match.end("before") if "before" in match.re.groupindex else match.start()
        preposition = _PREPOSITION.search(self.text, max(0, at - 12), max(at, match.start()))
        word = preposition[1].lower() if preposition else ""
        if _SCHEDULED.search(before) or (word == "for" and not self.describes(match)):
            return "future"
        if word == "since":
            return "past"
        if _COMPARED.search(before):
            return "past"  # "less than forecast in July"
        tense = self.tense_at(max(at, match.start()))
        return "future" if tense != "past" and word in {"by", "until", "till"} else tense

    def month_tense(self, match: re.Match[str]) -> Tense | None:
        """The same for days and months without a year: the present tense looks ahead ("leaves office on Jan. 20"),
        but of "the May 16 talks" it says nothing."""
        tense = self.tense(match)
        if tense == "present":
            return None if self.describes(match) else "future"
        return tense

    def describes(self, match: re.Match[str]) -> bool:
        """Whether a match only describes the noun after it."""
        return _attributive(self.text, match.end())


Iso: TypeAlias = str | None
"""What a rule returns: an ISO date, "" for an expression that cannot be resolved, None for no time at all."""
Resolve: TypeAlias = Callable[[re.Match[str], _Context], Iso]

_COMPARED = re.compile(r"\bthan (?:(?:was |were |had been |been )?[a-z]+(?:ed|cast|st|nt) )?(?:back )?(?:in|on|of)? ?$", re.I)
_PREPOSITION = re.compile(r"(?<!\w)(by|until|till|for|since)(?: (?:early|late|mid|the|next))? ?$", re.I)
_SCHEDULED = re.compile(
    r"\b(?:due|scheduled|slated|set|planned|expected|timed|fixed|postponed|delayed|adjourned|deadline(?: of)?"
    r"|upcoming|coming|next)(?: to \w+)?(?: (?:on|for|until|till|by|in|at|the|back|early|late|before|after))* $",
    re.I,
)


# ── pieces of the patterns ───────────────────────────────────────────────────────────────────────────

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}  # a month in the middle of each
_NUMBERS = {
    word: number
    for number, words in enumerate(
        "zero|a an one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
        "|seventeen|eighteen|nineteen|twenty".split("|")
    )
    for word in words.split()
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}

# Months and weekdays are capitalised, or they are other words ("may", "march", "sun").
_MONTH = (
    r"(?P<month>(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\."
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?= \d)))"
)
_WEEKDAY = r"(?P<weekday>(?-i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%]|[.,]\d|\s?(?:percent|a\.?m\b|p\.?m\b|million|billion))"
_TO_DAY = r"(?:\s?(?:-|–|—|and|to|or|through)\s?[0-3]?\d(?:st|nd|rd|th)?(?![\d:%]|[.,]\d))?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?!\d|[.,]\d|%)"
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=lambda w: (-len(w), w))) + ")"
_UNIT = r"(?P<unit>hour|day|week|month|year)s?"
_VAGUE_NUMBER = r"(?:(?:a )?(?:few|couple(?: of)?)|several|some|many|recent|coming|\d+(?: or|-| to) \d+)"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w$€£#.,/-])" + pattern.replace(" ", r"[ \u00a0]") + r"(?!\w)", re.IGNORECASE)


def _month_number(match: re.Match[str]) -> int:
    name = match["month"].rstrip(".").lower()[:3]
    return next(n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


@cache
def _lexicon() -> dict[str, Any]:
    return lexicon.read("dates")


# ── arithmetic ───────────────────────────────────────────────────────────────────────────────────────


def _iso(day: date, size: Grain) -> str:
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[size]]


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_on(day: date, months: int) -> date:
    """The first day of the month so many months on."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _moved(iso: str, count: int, unit: str) -> str:
    """An ISO date moved by so many units; "" where it is not known precisely enough for the unit.

    The result is as fine as the unit (weeks as days), never finer than the date was.
    """
    first, size = period(iso)[0], grain(iso)
    try:
        if unit in {"hour", "day", "week"}:
            days = {"hour": round(count / 24), "day": count, "week": 7 * count}[unit]
            return _iso(first + timedelta(days=days), "day") if size == "day" else ""
        if unit == "month":
            return _iso(_months_on(first, count), "month") if size != "year" else ""
        return str(first.year + count)
    except (ValueError, OverflowError):
        return ""


def _easter(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    """The nth such weekday (Monday is 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _nearest(candidates: list[date], reference: date, tense: Tense | None) -> date | None:
    """The candidate that the tense and the article's date make likely: past up to the date, future from it on."""
    if tense == "past":
        candidates = [day for day in candidates if day <= reference] or candidates
    elif tense == "future":
        candidates = [day for day in candidates if day >= reference] or candidates
    return min(candidates, key=lambda day: (abs((day - reference).days), day), default=None)


def _weekday(number: int, reference: date, tense: Tense | None) -> date:
    """The day that a weekday means; the article's own weekday is the article's day."""
    back = (reference.weekday() - number) % 7
    if tense in {"future", "present"}:
        return reference + timedelta(days=(7 - back) % 7)
    return reference - timedelta(days=back)


def _month(number: int, reference: date, tense: Tense | None) -> str:
    """The month that a bare month's name means; the article's own month is the present one."""
    this = reference.replace(day=1)
    years = (reference.year - 1, reference.year, reference.year + 1)
    day = _nearest([date(year, number, 1) for year in years], this, tense)
    assert day is not None
    return _iso(day, "month")


# ── the rules' functions ─────────────────────────────────────────────────────────────────────────────


def _full_date(match: re.Match[str], context: _Context) -> Iso:
    day = _valid(int(match["year"]), int(match["m"]), int(match["day"]))
    return day.isoformat() if day else None


def _numeric_date(match: re.Match[str], context: _Context) -> Iso:
    """16/05/2025 and 05/16/2025; where both readings are possible only the year is certain."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    days = {day for day in (_valid(year, b, a), _valid(year, a, b)) if day}
    if not days:
        return None
    return days.pop().isoformat() if len(days) == 1 else str(year)


def _day_and_month(match: re.Match[str], context: _Context) -> Iso:
    month, day = _month_number(match), int(match["day"])
    if any(context.text.startswith(name, match.start()) for name in _lexicon()["names"]["days"]):
        return None
    if match["year"]:
        found = _valid(int(match["year"]), month, day)
        return found.isoformat() if found else None
    if match["whose"]:
        year = context.reference.year + {"last": -1, "this": 0, "next": 1}[match["whose"].lower()]
        found = _valid(year, month, day)
        return found.isoformat() if found else None
    days = [_valid(context.reference.year + n, month, day) for n in (-1, 0, 1)]
    nearest = _nearest([d for d in days if d], context.reference, context.month_tense(match))
    return nearest.isoformat() if nearest else None


def _month_and_year(match: re.Match[str], context: _Context) -> Iso:
    if match["whose"]:
        year = context.reference.year + {"last": -1, "this": 0, "next": 1}[match["whose"].lower()]
    else:
        year = int(match["year"])
    return f"{year:04}-{_month_number(match):02}"


def _bare_month(match: re.Match[str], context: _Context) -> Iso:
    name, before, which = match["month"], match["before"].lower().strip(), (match["which"] or "").lower()
    number = _month_number(match)
    if name in context.surnames and not which and before not in {"in", "since"}:
        return None
    if before == "the" and not which and (name == "March" or not context.describes(match)):
        return None
    if before in {"", "a", "'s", "’s", ",", "and", "or"} and not which and name in {"May", "March"}:
        return None
    this = context.reference.replace(day=1)
    if which in {"last", "past", "this past"}:
        return _iso(date(this.year - (number >= this.month), number, 1), "month")
    if which in {"next", "coming", "this coming"}:
        return _iso(date(this.year + (number <= this.month), number, 1), "month")
    if which == "this":
        return _iso(date(this.year, number, 1), "month")
    return _month(number, context.reference, context.month_tense(match))


def _weekday_name(match: re.Match[str], context: _Context) -> Iso:
    text, names = context.text, _lexicon()["names"]
    before = text[max(0, match.start() - 12) : match.start()].split(" ")
    after = text[match.end() : match.end() + 14].lstrip("\xa0 ").split(" ")
    if len(before) > 1 and not before[-1] and before[-2] in names["before_weekday"]:
        return None
    if text[match.end() : match.end() + 1] == " " and re.sub(r"\W.*", "", after[0]) in names["after_weekday"]:
        return None
    number = _WEEKDAYS.index(match["weekday"].lower())
    which = (match["which"] or "").lower()
    if which in {"every", "each", "any", "a"} and not (which == "a" and context.describes(match)):
        return None  # a habit
    reference = context.reference
    if which in {"last", "past", "this past", "previous"}:
        return _weekday(number, reference - timedelta(days=1), "past").isoformat()
    if which in {"next", "coming", "this coming", "following"}:
        return _weekday(number, reference + timedelta(days=1), "future").isoformat()
    tense = context.tense(match)
    if tense != "future" and _AHEAD.search(text[max(0, match.start() - 30) : match.start()]):
        # "ahead of Friday's meeting": whether the meeting is over only the distance can tell
        past, future = _weekday(number, reference, "past"), _weekday(number, reference, "future")
        return min(past, future, key=lambda day: abs((day - reference).days)).isoformat()
    return _weekday(number, reference, "future" if which == "this" and tense != "past" else tense).isoformat()


_AHEAD = re.compile(
    r"\b(?:ahead of|before|until|preparations for|prepare for|preparing for)(?: the)? $", re.I
)


def _near_day(match: re.Match[str], context: _Context) -> Iso:
    word = match.group().lower()
    if match.group().isupper() or context.text[: match.start()].endswith((" a ", " of ")):
        return None  # a newspaper's name; "the men of yesterday"
    shift = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day after tomorrow": 2,
        "the day before yesterday": -2,
    }
    days = next(
        (n for start, n in sorted(shift.items(), key=lambda i: -len(i[0])) if word.startswith(start)), 0
    )
    return (context.reference + timedelta(days=days)).isoformat()


def _weekend(match: re.Match[str], context: _Context) -> Iso:
    which = match["which"].lower()
    reference = context.reference
    saturday = reference - timedelta(days=(reference.weekday() - 5) % 7)
    if which in {"last", "this past"}:
        return (saturday if saturday < reference else saturday - timedelta(days=7)).isoformat()
    ahead = saturday if reference.weekday() >= 5 else saturday + timedelta(days=7)
    if which in {"next", "this coming", "coming"}:
        return (saturday + timedelta(days=7)).isoformat()
    if which == "this":
        return (saturday if context.tense(match) == "past" and reference.weekday() < 5 else ahead).isoformat()
    return (ahead if context.tense(match) == "future" else saturday).isoformat()


def _which_unit(match: re.Match[str], context: _Context) -> Iso:
    """ "this week", "last month", "next year", "that month", "the same day", "the end of the year"."""
    which, unit = re.sub(r"\s+", " ", match["which"].lower()), match["unit"].lower()
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(
        which.split()[-1], 0
    )
    anchor, reference = context.anchor, context.reference
    if which in {"that", "that same", "the same", "same", "the following", "the previous"}:
        if anchor.iso is None or unit == "week":
            return ""
        coarse = {"day": 10, "month": 7, "year": 4}[unit]
        return _moved(anchor.iso[:coarse], step, unit) if len(anchor.iso) >= coarse else ""
    if unit == "day":
        return reference.isoformat() if which == "the" else None
    if unit == "week":
        return _iso(reference + timedelta(days=7 * step), "month")
    if unit == "month":
        return _iso(_months_on(reference, step), "month")
    return str(reference.year + step)


def _in_the_past(match: re.Match[str], context: _Context) -> Iso:
    """ "in the past two weeks" is its month; "over the past ten years" is no date."""
    unit = match["unit"].lower()
    if unit == "week" or (unit == "day" and match["number"]):
        return _iso(context.reference, "month")
    return ""


def _ago(match: re.Match[str], context: _Context) -> Iso:
    if match["number"] is None or match["about"]:
        return ""
    return _moved(context.reference.isoformat(), -_count(match["number"]), match["unit"].lower())


def _later(match: re.Match[str], context: _Context) -> Iso:
    """ "two years later", "a day earlier", "the following day": from the expression before it."""
    anchor = context.anchor
    way = match["way"].lower()
    if match["number"] is None or re.search(r"\b(?:from|than|with|to) $", context.text[: match.start()][-6:]):
        return ""  # "up 3% from a year earlier" compares
    iso = anchor.iso
    if iso is None or (match["unit"].lower() == "day" and grain(iso) != "day"):
        if way not in {"earlier", "before", "previously"}:
            return ""
        iso = context.reference.isoformat()
    sign = -1 if way in {"earlier", "before", "previously"} else 1
    return _moved(iso, sign * _count(match["number"]), match["unit"].lower())


def _next_day(match: re.Match[str], context: _Context) -> Iso:
    anchor = context.anchor
    step = {"next": 1, "following": 1, "previous": -1, "same": 0, "that": 0}[match["way"].lower()]
    if anchor.iso is None or grain(anchor.iso) != "day":
        return (context.reference - timedelta(days=1)).isoformat() if step < 0 else ""
    return _moved(anchor.iso, step, "day")


def _same_day(match: re.Match[str], context: _Context) -> Iso:
    """ "earlier in the day", "later that day": the day last spoken of, if it was just before."""
    anchor = context.anchor
    near = anchor.iso is not None and grain(anchor.iso) == "day" and match.start() - anchor.end < 300
    return anchor.iso if near else context.reference.isoformat()


def _within(match: re.Match[str], context: _Context) -> Iso:
    """ "within 30 days", "in two weeks": deadlines, from the article's date if nothing else is named."""
    count, unit = _count(match["number"]), match["unit"].lower()
    of = (match["of"] or "").lower()
    if of in {"that", "this", "it", "then"}:
        return _moved(context.anchor.iso, count, unit) if context.anchor.iso else ""
    if of:
        return ""
    start = match.group().lower()
    if not match["time"] and context.tense(match) != "future":
        return None
    if start.startswith(("in the next", "over the next", "in the coming")):
        return _iso(context.reference, "month") if unit in {"day", "week"} else ""
    return _moved(context.reference.isoformat(), count, unit)


def _given(match: re.Match[str], context: _Context) -> Iso:
    """ "has 30 days to appeal"."""
    return _moved(context.reference.isoformat(), _count(match["number"]), match["unit"].lower())


def _vague(match: re.Match[str], context: _Context) -> Iso:
    return ""


def _season(match: re.Match[str], context: _Context) -> Iso:
    if match["year"]:
        return match["year"]
    which, month = (match["which"] or "").lower(), _SEASONS[match["season"].lower()]
    reference = context.reference
    this = reference.replace(day=1)
    if match["whose"]:
        return str(reference.year + {"last": -1, "this": 0, "next": 1}[match["whose"].lower()])
    if which in {"last", "this past", "past"}:
        return str(this.year - (month + 1 >= this.month))  # until it is over, the last one was last year's
    if which in {"next", "coming", "this coming"}:
        return str(this.year + (month <= this.month))
    if which == "this":
        return str(this.year)
    return _month(month, reference, context.month_tense(match))[:4]


def _quarter(match: re.Match[str], context: _Context) -> Iso:
    if match["year"]:
        return match["year"]
    if match["whose"]:
        return str(context.reference.year + {"last": -1, "this": 0, "next": 1}[match["whose"].lower()])
    number = {"first": 2, "second": 5, "third": 8, "fourth": 11}.get((match["nth"] or "").lower())
    if number is None:
        step = {"last": -3, "this": 0, "next": 3}[match["which"].lower()]
        return _iso(_months_on(context.reference, step), "year")
    return _month(number, context.reference, context.month_tense(match))[:4]


def _bare_year(match: re.Match[str], context: _Context) -> Iso:
    text, year, lead = context.text, int(match["year"]), (match["before"] or "").lower().strip()
    counts = _lexicon()["counts"]
    following = re.match(r"[ \u00a0]([\w-]+)", text[match.end() : match.end() + 30])
    if (
        following
        and following[1].lower() in counts["units"]
        and not lead.endswith(("the", "in", "since", "during", "until"))
    ):
        return None
    before = text[max(0, match.start() - 20) : match.start()].rstrip()
    if any(before.endswith(word) and not before[: -len(word)][-1:].isalpha() for word in counts["before"]):
        return None
    if not lead and (year < 1900 or year % 1000 == 0 or year > context.reference.year + 60):
        return None
    return match["year"]


def _fiscal_year(match: re.Match[str], context: _Context) -> Iso:
    return match["year"]


def _holiday(match: re.Match[str], context: _Context) -> Iso:
    following = _NOUN.match(context.text, match.end())
    if following and following[1] not in _FUNCTION_WORDS:  # "Christmas trees"
        return None
    name = re.sub(r"[’\u00a0]", lambda m: "'" if m.group() == "’" else " ", match["holiday"]).lower()
    reference, days = context.reference, []
    which = (match["which"] or "").lower()
    for year in (int(match["year"]),) if match["year"] else range(reference.year - 1, reference.year + 2):
        if name in {"easter", "easter sunday"}:
            days.append(_easter(year))
        elif name in {"easter monday", "good friday"}:
            days.append(_easter(year) + timedelta(days=1 if name == "easter monday" else -2))
        elif name == "thanksgiving":
            days.append(_nth(year, 11, 3, 4))
        elif name == "election day":
            days.append(_nth(year, 11, 0, 1) + timedelta(days=1))
        else:
            fixed = {key.lower(): value for key, value in _lexicon()["holidays"].items()}
            days.append(date(year, *(int(n) for n in fixed[name])))
    tense: Tense | None = {"last": "past", "next": "future"}.get(which) or context.tense(match)  # type: ignore[assignment]
    nearest = _nearest(days, reference, None if tense == "present" else tense)
    return nearest.isoformat() if nearest else None


def _holiday_names() -> str:
    names = [
        *_lexicon()["holidays"],
        "Easter Sunday",
        "Easter Monday",
        "Easter",
        "Good Friday",
        "Thanksgiving",
        "Election Day",
    ]
    return "|".join(
        re.escape(n).replace("'", "['’]").replace(r"\ ", " ")
        for n in sorted(names, key=lambda n: (-len(n), n))
    )


def _vague_expressions() -> str:
    words = sorted(_lexicon()["vague"]["expressions"], key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", " ") for w in words)


_WHOSE = r"(?:,? (?:of )?(?P<whose>last|this|next) year)"
_OF_YEAR = rf"(?:(?:,|,? of)? ?(?:the year )?{_YEAR})"
_PART = r"(?: (?:morning|afternoon|evening|night|lunchtime))?"

RULES: tuple[tuple[re.Pattern[str], Resolve], ...] = (
    (_rule(r"(?P<year>[12]\d{3})-(?P<m>[01]\d)-(?P<day>[0-3]\d)"), _full_date),
    (_rule(r"(?P<a>[0-3]?\d)[/.](?P<b>[0-3]?\d)[/.](?P<year>(?:19|20)\d\d)"), _numeric_date),
    # "Friday, May 16, 2025", "May 16 of last year", "May 16-18", "May 16"
    (_rule(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}{_TO_DAY}(?:{_WHOSE}|{_OF_YEAR})?"), _day_and_month),
    # "Friday 16 May 2025", "the 16th of May", "16-18 May"
    (
        _rule(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}{_TO_DAY} (?:of )?{_MONTH}(?:{_WHOSE}|{_OF_YEAR}(?! \w+s\b))?"),
        _day_and_month,
    ),
    (_rule(rf"{_MONTH}(?:,? (?:of )?(?P<whose>last|this|next) year|(?:,? of|,)? ?{_YEAR})"), _month_and_year),
    (
        _rule(
            rf"(?:(?P<which>last|past|this past|previous|next|coming|this coming|following|this|every|each|any|a) )?"
            rf"{_WEEKDAY}{_PART}"
        ),
        _weekday_name,
    ),
    (
        _rule(
            r"(?:the day after tomorrow|the day before yesterday|yesterday|tomorrow|today|tonight|last night"
            r"|this (?=morning|afternoon|evening))" + r"(?: ?(?:morning|afternoon|evening|night))?"
        ),
        _near_day,
    ),
    (
        _rule(r"(?:over |at |on |during )?(?:the )?(?P<which>over the|at the|on the|during the|the|last|this past|past|next"
              r"|this coming|coming|this) weekend"),
        _weekend,
    ),  # fmt: skip
    (
        _rule(
            r"(?:(?:earlier|later|early|late|sometime|at some point) (?:in )?)?"
            r"(?P<which>that same|the same|same|that|this|last|next|this past|the past|this coming|the coming|the following"
            r"|the previous) (?P<unit>week|month|year)"
        ),
        _which_unit,
    ),
    (
        _rule(r"(?:(?:the )?(?:end|close|beginning|start|middle|rest|turn|first half|second half) of |later in |earlier in "
              r"|later )(?P<which>the|that) (?P<unit>week|month|year)"),
        _which_unit,
    ),
    (_rule(r"(?:the )?(?:end|close) of (?P<which>the) (?P<unit>day)(?= on)"), _which_unit),
    (_rule(r"year['’]?s?[-\s]end(?P<which>)(?P<unit>)"), lambda match, context: str(context.reference.year)),
    (
        _rule(rf"(?:in|over|during|within|for) the (?:past|last|previous|preceding) "
              rf"(?:(?:{_NUMBER}|{_VAGUE_NUMBER}) )?{_UNIT}"),
        _in_the_past,
    ),
    (
        _rule(rf"(?P<about>about|around|roughly|nearly|almost|some|more than|less than|over|at least)? ?"
              rf"(?:{_NUMBER}|{_VAGUE_NUMBER}) {_UNIT} ago"),
        _ago,
    ),
    (_rule(r"(?:decades?|centur(?:y|ies)|(?:the )?(?:\d+|two|three|four) (?:decades|centuries)) ago"), _vague),
    (_rule(rf"(?:{_NUMBER}|{_VAGUE_NUMBER}) {_UNIT} (?P<way>later|earlier|previously)"), _later),
    (_rule(rf"the (?P<way>next|following|previous|same) day{_PART}"), _next_day),
    (_rule(r"(?P<number>a|the) (?P<unit>day) (?P<way>before)(?= (?:,|\.|;|$))"), _later),
    (_rule(r"(?:earlier|later) (?:in|on) the day|(?:earlier|later) (?:that|in that|the same) day|(?:on )?the same day"), _same_day),
    (_rule(r"that (?:day|morning|afternoon|evening|night)"), _same_day),
    (
        _rule(rf"(?:within|in|over) (?:the (?:next|coming|following) )?{_NUMBER} {_UNIT}"
              r"(?P<time>['’]? time| from now)?(?: of (?P<of>\w+))?"),
        _within,
    ),
    (
        _rule(rf"(?:within|in|over|during) (?:the )?(?:next |coming |following )?{_VAGUE_NUMBER} {_UNIT}(?: or (?:days|weeks|months))?"),
        _vague,
    ),
    (_rule(rf"(?<=has )(?:only |just |another )?{_NUMBER} {_UNIT}(?= to )"), _given),
    (_rule(rf"(?<=have )(?:only |just |another )?{_NUMBER} {_UNIT}(?= to )"), _given),
    (
        _rule(r"(?P<which>this past|this coming|last|past|next|coming|this) (?P<season>(?-i:spring|summer|autumn|fall|winter|Spring"
              rf"|Summer|Autumn|Fall|Winter)){_OF_YEAR}?(?P<whose>)"),
        _season,
    ),
    (
        _rule(rf"(?P<which>)(?P<before>(?:in |over |during )?)(?:the )?(?P<season>spring|summer|autumn|fall|winter)"
              rf"(?:{_WHOSE}|,? (?:of )?{_YEAR})"),
        _season,
    ),
    (
        _rule(r"(?P<which>)(?:in|by|until|till|before|over|during|since) (?:the )?(?:early |late )?"
              r"(?P<season>spring|summer|autumn|fall|winter)(?P<whose>)(?P<year>)(?! of)"),
        _season,
    ),
    (
        _rule(rf"(?P<which>)(?:(?:the )?(?P<nth>first|second|third|fourth) quarter|Q(?P<n>[1-4]))"
              rf"(?:{_WHOSE}|{_OF_YEAR})?"),
        _quarter,
    ),
    (_rule(r"(?P<which>last|this|next) quarter(?P<nth>)(?P<whose>)(?P<year>)"), _quarter),
    (_rule(rf"(?P<which>last |next |this )?(?-i:(?P<holiday>{_holiday_names()}))(?:,? {_YEAR})?"), _holiday),
    (_rule(rf"(?:the )?(?:fiscal|financial)(?: year)? {_YEAR}"), _fiscal_year),
    (_rule(r"the (?:early |mid-?|late )?(?:(?:1[5-9]|20)\d0|['’]?\d0)['’]?s|the (?:(?:early|mid|late)[-\s])?\d\dth century"), _vague),
    (
        _rule(
            r"(?P<before>(?:(?:in|since|by|until|till|of|from|before|after|during|between|to|through|for|and|or|the|'s|’s|a|that|,) ?)?)"
            r"(?:(?P<which>last|this past|past|next|this coming|coming|this|early|late|mid|mid-|early-|late-) ?)?"
            rf"{_MONTH}(?! \d|,? (?:of )?(?:last|this|next) year|(?: of|,) (?:1[5-9]|20)\d\d(?!\d|,\d))"
        ),
        _bare_month,
    ),
    (
        _rule(
            r"(?P<before>in the year |the year |in |since |by |until |till |of |from |before |after |during |between |to |through "
            rf"|early |late |mid-|the )?{_YEAR}(?:\s?[-–]\s?(?:19|20)?\d\d(?!\d)| (?:and|to) (?:19|20)\d\d)?"
        ),
        _bare_year,
    ),
    (_rule(rf"(?<!as )(?:{_vague_expressions()})(?! (?:after|before|as))"), _vague),
    (
        _rule(r"(?:in|over|during|within) (?:the )?(?:coming|next|following) (?:few |several )?(?:days|weeks|months|years)"
              r"(?: (?:or|and) (?:weeks|months|years))?"),
        _vague,
    ),
)  # fmt: skip


# ── around an expression ─────────────────────────────────────────────────────────────────────────────

_LEAD = re.compile(
    r"(?:(?<!\w)(?P<lead>not until|in the year|no later than|as of|as early as|as soon as|starting(?: on)?|beginning(?: on)?|effective"
    r"|shortly before|shortly after|by|until|till|before|after|since|from|through|between|within|around)\s+)?"
    r"(?:(?<!\w)(?:the\s+)?(?:very )?(?:end|beginning|start|middle|early hours|early days|close|eve|turn|first half|second half"
    r"|morning|afternoon|evening|night|week|weekend|month|day|summer|spring|autumn|fall|winter)\s+of\s+)?"
    r"(?:(?<!\w)(?P<when>early|late|later|earlier|mid)(?:[ -]+(?:on|in))?[ -]+)?"
    r"(?:(?<!\w)(?:at\s+)?(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?|\d{1,2}:\d\d|noon|midnight)(?:\s+[A-Z]{2,4})?\s+(?:on\s+)?)?$",
    re.IGNORECASE,
)


def _lead(text: str, core: int, free: int) -> tuple[int, str]:
    """Where an expression begins with the words before it ("by the end of", "10 a.m. on"), and its first word."""
    window = max(free, core - 64)
    match = _LEAD.search(text, window, core)
    if match and match.start() < core:
        begin = match.start()
        lead = (match["lead"] or match["when"] or "").lower()
        if text[begin : begin + 3].lower() == "at ":
            begin += 3
        return begin, lead
    first = _FIRST.match(text, core)
    return core, first.group().lower() if first else ""


_FIRST = re.compile(
    r"(?:by|until|till|before|after|since|from|through|between|within|later|earlier|in|over|during)\b", re.I
)

_TAIL = re.compile(
    r"(?: (?:morning|afternoon|evening|night))?(?: at (?:noon|midnight|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?"
    r"(?: (?:E[SD]T|GMT|CET|BST|local time))?))?"
)


def _tail(text: str, end: int) -> int:
    """Where an expression ends with the time of day after it."""
    match = _TAIL.match(text, end)
    return match.end() if match else end


def _attributive(text: str, end: int, core: int | None = None) -> bool:
    """Whether an expression that ends here only describes the noun after it ("Friday's meeting", "the 2016 campaign")."""
    if re.match(r"['’]s? \w", text[end : end + 4]):
        return True
    following = (_NOUN if core is None else _NOUN_OR_NAME).match(text, end)
    if following is None or following[1] in _FUNCTION_WORDS:
        return False
    if core is None or _DETERMINED.search(text, max(0, core - 40), core):
        return True
    return text[core:end].isdigit() and not _TEMPORAL.search(text, max(0, core - 12), core)


_DETERMINED = re.compile(r"(?<!\w)(?:an?|the|this|that|its|his|her|our|their|my|your|\w+['’]s?)(?: \w+)? $", re.I)
_TEMPORAL = re.compile(
    r"(?<!\w)(?:in|since|by|until|till|from|to|before|after|between|and|or|during|through|of|,) ?$", re.I
)


_DETERMINED = re.compile(
    r"(?<!\w)(?:an?|the|this|that|its|his|her|our|their|my|your|\w+['’]s?)(?: \w+)? $", re.I
)
_NOUN = re.compile(r"[ \u00a0-]([a-z]\w+)")
_NOUN_OR_NAME = re.compile(r"[ \u00a0-]([A-Za-z]\w+)")
_FUNCTION_WORDS = frozenset(
    "a about after against an and are as at because been before being between but by could did do does during for from had has"
    " have he her his if in into is it its may might must not of on or over she should since so than that the their they this"
    " through to under until was we were what when where which while who will with without would".split()
)


def _months_as_names(text: str) -> frozenset[str]:
    """The months that are somebody's name in this text ("Theresa May", "Mrs. May", "June Okafor")."""
    return frozenset(m[1] or m[2] for m in _NAMED.finditer(text))


_NAMED = re.compile(
    r"\b(?:(?!In\b|On\b|By\b|Since\b|Until\b|Last\b|Next\b|Early\b|Late\b|From\b|This\b|After\b|Before\b|During\b|The\b)"
    r"[A-Z][a-z]+|M(?:r|rs|s)\.?)[ \u00a0](May|March|April|June|August)\b(?! \d)"
    r"|\b(April|June|August)[ \u00a0][A-Z][a-z]+"
)
