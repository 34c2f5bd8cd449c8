"""The rules of time expressions: what each looks like, and what it means on the article's date.

`RULES` is one table, read in order; of two matches at one place the longer wins, then the earlier rule.
A rule's function returns an ISO date, "" for an expression that nobody can resolve, None for what is no
time at all ("the May 16 talks" are, "Mrs. May" is not).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeAlias

from generator.analysis import lexicon
from generator.analysis.periods import (
    Tense,
    TenseAt,
    easter,
    grain,
    iso_of,
    month_of,
    months_on,
    moved,
    nearest,
    nth_weekday,
    valid,
    weekday_of,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What "a day earlier" and "that month" refer to: the last expression resolved, else the article's
    date."""

    reference: date
    iso: str | None = None
    end: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    text: str
    reference: date
    tense_at: TenseAt
    anchor: Anchor
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
        """The same for days and months without a year: the present tense looks ahead ("leaves office on
        Jan. 20"), but of "the May 16 talks" it says nothing."""
        tense = self.tense(match)
        if tense == "present":
            return None if self.describes(match) else "present"
        return tense

    def describes(self, match: re.Match[str]) -> bool:
        """Whether a match only describes the noun after it."""
        return attributive(self.text, match.end())


Iso: TypeAlias = str | None
"""An ISO date, "" for an expression that cannot be resolved, None for no time at all."""
Resolve: TypeAlias = Callable[[re.Match[str], Context], Iso]
_COMPARED = re.compile(
    r"\bthan (?:(?:was |were |had been |been )?[a-z]+(?:ed|cast|st|nt) )?(?:back )?(?:in|on|of)? ?$", re.I
)
_PREPOSITION = re.compile(r"(?<!\w)(by|until|till|for|since)(?: (?:early|late|mid|the|next))? ?$", re.I)
_SCHEDULED = re.compile(
    r"\b(?:due|scheduled|slated|set|planned|expected|timed|fixed|postponed|delayed|adjourned|deadline(?: of)?"
    r"|upcoming|coming|next)(?: to \w+)?"
    r"(?: (?:on|for|until|till|by|in|at|the|back|early|late|before|after))* $",
    re.I,
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}  # a month in the middle of each
_NUMBERS = {
    word: number
    for number, words in enumerate(
        "zero|a an one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
        "|fifteen|sixteen|seventeen|eighteen|nineteen|twenty".split("|")
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
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year)s?"
_VAGUE_NUMBER = r"(?:(?:a )?(?:few|couple(?: of)?)|several|some|many|recent|coming|\d+(?: or|-| to) \d+)"


def _month_number(match: re.Match[str]) -> int:
    name = match["month"].rstrip(".").lower()[:3]
    return next(n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name))


def _count(word: str) -> int:
    if word.lower() == "the":
        return 1  # "the day before"
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


@cache
def _lexicon() -> dict[str, Any]:
    return lexicon.read("dates")


def _full_date(match: re.Match[str], context: Context) -> Iso:
    day = valid(int(match["year"]), int(match["m"]), int(match["day"]))
    return day.isoformat() if day else None


def _numeric_date(match: re.Match[str], context: Context) -> Iso:
    """16/05/2025 and 05/16/2025; where both readings are possible only the year is certain."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    days = {day for day in (valid(year, b, a), valid(year, a, b)) if day}
    if not days:
        return None
    return days.pop().isoformat() if len(days) == 1 else str(year)


def _day_and_month(match: re.Match[str], context: Context) -> Iso:
    month, day = _month_number(match), int(match["day"])
    if any(context.text.startswith(name, match.start()) for name in _lexicon()["names"]["days"]):
        return None
    if match["year"]:
        found = valid(int(match["year"]), month, day)
        return found.isoformat() if found else None
    if match["whose"]:
        year = context.reference.year + {"last": -1, "this": 0, "next": 1}[match["whose"].lower()]
        found = valid(year, month, day)
        return found.isoformat() if found else None
    days = [valid(context.reference.year + n, month, day) for n in (-1, 0, 1)]
    tense = context.month_tense(match)
    if tense == "past" and context.describes(match):
        # "have toured the state ahead of the June 7 vote": what is described need not be over
        ahead = [d for d in days if d and timedelta(0) <= d - context.reference <= timedelta(days=60)]
        behind = [d for d in days if d and timedelta(0) < context.reference - d <= timedelta(days=180)]
        tense = "future" if ahead and not behind else tense
    found = nearest([d for d in days if d], context.reference, tense)
    return found.isoformat() if found else None


def _month_and_year(match: re.Match[str], context: Context) -> Iso:
    if match["whose"]:
        year = context.reference.year + {"last": -1, "this": 0, "next": 1}[match["whose"].lower()]
    else:
        year = int(match["year"])
    return f"{year:04}-{_month_number(match):02}"


def _bare_month(match: re.Match[str], context: Context) -> Iso:
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
        return iso_of(date(this.year - (number >= this.month), number, 1), "month")
    if which in {"next", "coming", "this coming"}:
        return iso_of(date(this.year + (number <= this.month), number, 1), "month")
    if which == "this":
        return iso_of(date(this.year, number, 1), "month")
    return month_of(number, context.reference, context.month_tense(match))


def _weekday_name(match: re.Match[str], context: Context) -> Iso:
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
        return weekday_of(number, reference - timedelta(days=1), "past").isoformat()
    if which in {"next", "coming", "this coming", "following"}:
        return weekday_of(number, reference + timedelta(days=1), "future").isoformat()
    tense = context.tense(match)
    ahead = tense != "future" and _AHEAD.search(text[max(0, match.start() - 30) : match.start()])
    own = re.match(r"['’]s \w", text[match.end() : match.end() + 4])
    owned = own and tense in {"present", "future"} and not which
    if ahead or owned:
        # "ahead of Friday's meeting", "Friday's ruling will please nobody": only the distance can tell
        # whether it is over
        past, future = weekday_of(number, reference, "past"), weekday_of(number, reference, "future")
        return min(past, future, key=lambda day: abs((day - reference).days)).isoformat()
    return weekday_of(
        number, reference, "future" if which == "this" and tense != "past" else tense
    ).isoformat()


_AHEAD = re.compile(
    r"\b(?:ahead of|before|until|preparations for|prepare for|preparing for)(?: the)? $", re.I
)


def _near_day(match: re.Match[str], context: Context) -> Iso:
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


def _weekend(match: re.Match[str], context: Context) -> Iso:
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


def _which_unit(match: re.Match[str], context: Context) -> Iso:
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
        return moved(anchor.iso[:coarse], step, unit) if len(anchor.iso) >= coarse else ""
    if unit == "day":
        return reference.isoformat() if which == "the" else None
    if unit == "week":
        return iso_of(reference + timedelta(days=7 * step), "month")
    if unit == "month":
        return iso_of(months_on(reference, step), "month")
    return str(reference.year + step)


def _in_the_past(match: re.Match[str], context: Context) -> Iso:
    """ "in the past two weeks" is its month; "over the past ten years" is no date."""
    unit = match["unit"].lower()
    if unit == "week" or (unit == "day" and match["number"]):
        return iso_of(context.reference, "month")
    return ""


def _ago(match: re.Match[str], context: Context) -> Iso:
    if match["number"] is None or match["about"]:
        return ""
    return moved(context.reference.isoformat(), -_count(match["number"]), match["unit"].lower())


def _later(match: re.Match[str], context: Context) -> Iso:
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
    return moved(iso, sign * _count(match["number"]), match["unit"].lower())


def _next_day(match: re.Match[str], context: Context) -> Iso:
    anchor = context.anchor
    step = {"next": 1, "following": 1, "previous": -1, "same": 0, "that": 0}[match["way"].lower()]
    if anchor.iso is None or grain(anchor.iso) != "day":
        return (context.reference - timedelta(days=1)).isoformat() if step < 0 else ""
    return moved(anchor.iso, step, "day")


def _same_day(match: re.Match[str], context: Context) -> Iso:
    """ "earlier in the day", "later that day": the day last spoken of, if it was just before."""
    anchor = context.anchor
    near = anchor.iso is not None and grain(anchor.iso) == "day" and match.start() - anchor.end < 300
    return anchor.iso if near else context.reference.isoformat()


def _within(match: re.Match[str], context: Context) -> Iso:
    """ "within 30 days", "in two weeks": deadlines, from the article's date if nothing else is named."""
    count, unit = _count(match["number"]), match["unit"].lower()
    of = (match["of"] or "").lower()
    if of in {"that", "this", "it", "then"}:
        return moved(context.anchor.iso, count, unit) if context.anchor.iso else ""
    if of:
        return ""
    start = match.group().lower()
    if not match["time"] and context.tense(match) != "future":
        return None
    if start.startswith(("in the next", "over the next", "in the coming")):
        return iso_of(context.reference, "month") if unit in {"day", "week"} else ""
    return moved(context.reference.isoformat(), count, unit)


def _given(match: re.Match[str], context: Context) -> Iso:
    """ "has 30 days to appeal"."""
    return moved(context.reference.isoformat(), _count(match["number"]), match["unit"].lower())


def _vague(match: re.Match[str], context: Context) -> Iso:
    return ""


def _season(match: re.Match[str], context: Context) -> Iso:
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
    return month_of(month, reference, context.month_tense(match))[:4]


def _quarter(match: re.Match[str], context: Context) -> Iso:
    if match["year"]:
        return match["year"]
    if match["whose"]:
        return str(context.reference.year + {"last": -1, "this": 0, "next": 1}[match["whose"].lower()])
    number = {"first": 2, "second": 5, "third": 8, "fourth": 11}.get((match["nth"] or "").lower())
    if number is None:
        step = {"last": -3, "this": 0, "next": 3}[match["which"].lower()]
        return iso_of(months_on(context.reference, step), "year")
    return month_of(number, context.reference, context.month_tense(match))[:4]


def _bare_year(match: re.Match[str], context: Context) -> Iso:
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


def _written_year(match: re.Match[str], context: Context) -> Iso:
    return match["year"]


def _this_year(match: re.Match[str], context: Context) -> Iso:
    return str(context.reference.year)


def _holiday(match: re.Match[str], context: Context) -> Iso:
    following = _NOUN.match(context.text, match.end())
    if following and following[1] not in _FUNCTION_WORDS:  # "Christmas trees"
        return None
    name = re.sub(r"[’\u00a0]", lambda m: "'" if m.group() == "’" else " ", match["holiday"]).lower()
    reference, days = context.reference, []
    which = (match["which"] or "").lower()
    for year in (int(match["year"]),) if match["year"] else range(reference.year - 1, reference.year + 2):
        if name in {"easter", "easter sunday"}:
            days.append(easter(year))
        elif name in {"easter monday", "good friday"}:
            days.append(easter(year) + timedelta(days=1 if name == "easter monday" else -2))
        elif name == "thanksgiving":
            days.append(nth_weekday(year, 11, 3, 4))
        elif name == "election day":
            days.append(nth_weekday(year, 11, 0, 1) + timedelta(days=1))
        else:
            fixed = {key.lower(): value for key, value in _lexicon()["holidays"].items()}
            days.append(date(year, *(int(n) for n in fixed[name])))
    tense: Tense | None = {"last": "past", "next": "future"}.get(which) or context.tense(match)  # type: ignore[assignment]
    found = nearest(days, reference, None if tense == "present" else tense)
    return found.isoformat() if found else None


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
_ANY_NUMBER = rf"(?:{_NUMBER}|{_VAGUE_NUMBER})"
_SEASON = r"(?P<season>(?-i:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter))"
_NONE = "".join(f"(?P<{group}>)" for group in ("year", "whose"))  # groups that a resolver asks for


def _rule(resolve: Resolve, *pattern: str) -> tuple[re.Pattern[str], Resolve]:
    """A rule: its pattern in pieces, where a space may be a no-break space, and whole words only."""
    whole = "".join(pattern).replace(" ", r"[ \u00a0]")
    return re.compile(r"(?<![\w$€£#.,/-])" + whole + r"(?!\w)", re.IGNORECASE), resolve


RULES: tuple[tuple[re.Pattern[str], Resolve], ...] = (
    # "2025-05-16", "16/05/2025"
    _rule(_full_date, r"(?P<year>[12]\d{3})-(?P<m>[01]\d)-(?P<day>[0-3]\d)"),
    _rule(_numeric_date, r"(?P<a>[0-3]?\d)[/.](?P<b>[0-3]?\d)[/.](?P<year>(?:19|20)\d\d)"),
    # "Friday, May 16, 2025", "May 16 of last year", "May 16-18", "May 16"
    _rule(_day_and_month, rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}{_TO_DAY}(?:{_WHOSE}|{_OF_YEAR})?"),
    # "Friday 16 May 2025", "the 16th of May", "16-18 May"
    _rule(
        _day_and_month,
        rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}{_TO_DAY} (?:of )?{_MONTH}",
        rf"(?:{_WHOSE}|{_OF_YEAR}(?! \w+s\b))?",
    ),
    # "March of next year", "June 2012"
    _rule(_month_and_year, rf"{_MONTH}(?:{_WHOSE}|(?:,? of|,)? ?{_YEAR})"),
    # "last Friday night", "Monday"
    _rule(
        _weekday_name,
        r"(?:(?P<which>last|past|this past|previous|next|coming|this coming|following|this",
        rf"|every|each|any|a) )?{_WEEKDAY}{_PART}",
    ),
    _rule(
        _near_day,
        r"(?:the day after tomorrow|the day before yesterday|yesterday|tomorrow|today|tonight|last night",
        r"|this (?=morning|afternoon|evening))(?: ?(?:morning|afternoon|evening|night))?",
    ),
    _rule(
        _weekend,
        r"(?:over |at |on |during )?(?:the )?(?P<which>over the|at the|on the|during the|the|last|this past",
        r"|past|next|this coming|coming|this) weekend",
    ),
    # "earlier this week", "next year", "that month"
    _rule(
        _which_unit,
        r"(?:(?:earlier|later|early|late|sometime|at some point) (?:in )?)?",
        r"(?P<which>that same|the same|same|that|this|last|next|this past|the past|this coming|the coming",
        r"|the following|the previous) (?P<unit>week|month|year)",
    ),
    # "the end of the month", "later in the year"
    _rule(
        _which_unit,
        r"(?:(?:the )?(?:end|close|beginning|start|middle|rest|turn|first half|second half) of |later in ",
        r"|earlier in |later )(?P<which>the|that) (?P<unit>week|month|year)",
    ),
    _rule(_which_unit, r"(?:the )?(?:end|close) of (?P<which>the) (?P<unit>day)(?= on)"),
    _rule(_this_year, r"year['’]?s?[-\s]end"),
    _rule(
        _in_the_past,
        rf"(?:in|over|during|within|for) the (?:past|last|previous|preceding) (?:{_ANY_NUMBER} )?{_UNIT}",
    ),
    # "two weeks ago", "more than 20 years ago", "decades ago"
    _rule(
        _ago,
        r"(?P<about>about|around|roughly|nearly|almost|some|more than|less than|over|at least)? ?",
        rf"{_ANY_NUMBER} {_UNIT} ago",
    ),
    _rule(_vague, r"(?:decades?|centur(?:y|ies)|(?:the )?(?:\d+|two|three|four) (?:decades|centuries)) ago"),
    # "two years later", "the following day", "earlier in the day"
    _rule(_later, rf"{_ANY_NUMBER} {_UNIT} (?P<way>later|earlier|previously)"),
    _rule(_next_day, rf"the (?P<way>next|following|previous|same) day{_PART}"),
    _rule(_later, r"(?P<number>a|the) (?P<unit>day) (?P<way>before)(?=[,.;]|$)"),
    _rule(
        _same_day,
        r"(?:earlier|later) (?:in|on) the day|(?:earlier|later) (?:that|in that|the same) day",
        r"|(?:on )?the same day|that (?:day|morning|afternoon|evening|night)",
    ),
    # "within 30 days", "in two weeks", "has 30 days to"
    _rule(
        _within,
        rf"(?:within|in|over) (?:the (?:next|coming|following) )?{_NUMBER} {_UNIT}",
        r"(?P<time>['’]? time| from now)?(?: of (?P<of>\w+))?",
    ),
    _rule(
        _vague,
        rf"(?:within|in|over|during) (?:the )?(?:next |coming |following )?{_VAGUE_NUMBER} {_UNIT}",
        r"(?: or (?:days|weeks|months))?",
    ),
    _rule(
        _given,
        r"(?P<before>(?:ha[sd]|have|having|gave|gives?|giving|given)(?: (?!to )[\w’']+){0,3}? )",
        rf"(?:only |just |another )?{_NUMBER} {_UNIT}(?= to )",
    ),
    # "this past summer", "the spring of 2022", "until autumn"
    _rule(
        _season,
        rf"(?P<which>this past|this coming|last|past|next|coming|this) {_SEASON}{_OF_YEAR}?(?P<whose>)",
    ),
    _rule(
        _season,
        rf"(?P<which>)(?P<before>(?:in |over |during )?)(?:the )?{_SEASON}(?:{_WHOSE}|,? (?:of )?{_YEAR})",
    ),
    _rule(
        _season,
        r"(?P<which>)(?:in|by|until|till|before|over|during|since) (?:the )?(?:early |late )?",
        rf"{_SEASON}{_NONE}(?! of)",
    ),
    # "the first quarter of 2026", "next quarter", "fiscal 2026"
    _rule(
        _quarter,
        r"(?P<which>)(?:(?:the )?(?P<nth>first|second|third|fourth) quarter|Q(?P<n>[1-4]))",
        rf"(?:{_WHOSE}|{_OF_YEAR})?",
    ),
    _rule(_quarter, rf"(?P<which>last|this|next) quarter(?P<nth>){_NONE}"),
    _rule(_written_year, rf"(?:the )?(?:fiscal|financial)(?: year)? {_YEAR}"),
    _rule(_holiday, rf"(?P<which>last |next |this )?(?-i:(?P<holiday>{_holiday_names()}))(?:,? {_YEAR})?"),
    # "the 1990s", "the 19th century"
    _rule(
        _vague,
        r"the (?:early |mid-?|late )?(?:(?:1[5-9]|20)\d0|['’]?\d0)['’]?s",
        r"|the (?:(?:early|mid|late)[-\s])?\d\dth century",
    ),
    # "in September", "last December", "early November"
    _rule(
        _bare_month,
        r"(?P<before>(?:(?:in|since|by|until|till|of|from|before|after|during|between|to|through|for|and|or",
        r"|the|'s|’s|a|that|,) ?)?)",
        r"(?:(?P<which>last|this past|past|next|this coming|coming|this|(?:early|late|mid)-?) ?)?",
        rf"{_MONTH}(?! \d|,? (?:of )?(?:last|this|next) year|(?: of|,) (?:1[5-9]|20)\d\d(?!\d|,\d))",
    ),
    # "in 2014", "between 2015 and 2021", "the 2016 campaign"
    _rule(
        _bare_year,
        r"(?P<before>in the year |the year |in |since |by |until |till |of |from |before |after |during ",
        r"|between |to |through |early |late |mid-|the )?",
        rf"{_YEAR}(?:\s?[-–]\s?(?:19|20)?\d\d(?!\d)| (?:and|to) (?:19|20)\d\d)?",
    ),
    # "soon", "in the coming weeks"
    _rule(_vague, rf"(?<!as )(?:{_vague_expressions()})(?! (?:after|before|as))"),
    _rule(
        _vague,
        r"(?:in|over|during|within) (?:the )?(?:coming|next|following) (?:few |several )?",
        r"(?:days|weeks|months|years)(?: (?:or|and) (?:weeks|months|years))?",
    ),
)


def attributive(text: str, end: int, core: int | None = None) -> bool:
    """Whether an expression that ends here only describes the noun after it ("Friday's meeting", "the 2016
    campaign"); `core` is where it begins, without it the words before are not asked."""
    if re.match(r"['’]s? \w", text[end : end + 4]):
        return True
    following = (_NOUN if core is None else _NOUN_OR_NAME).match(text, end)
    if following is None or following[1] in _FUNCTION_WORDS:
        return False
    if core is None or _DETERMINED.search(text, max(0, core - 40), core):
        return True
    return text[core:end].isdigit() and not _TEMPORAL.search(text, max(0, core - 12), core)


_DETERMINED = re.compile(
    r"(?<!\w)(?:an?|the|this|that|its|his|her|our|their|my|your|\w+['’]s?)(?: \w+)? $", re.I
)
_TEMPORAL = re.compile(
    r"(?<!\w)(?:in|since|by|until|till|from|to|before|after|between|and|or|during|through|of|,) ?$", re.I
)
_NOUN = re.compile(r"[ \u00a0-]([a-z]\w+)")
_NOUN_OR_NAME = re.compile(r"[ \u00a0-]([A-Za-z]\w+)")
_FUNCTION_WORDS = frozenset(
    "a about after against an and are as at because been before being between but by could did do does during"
    " for from had has have he her his if in into is it its may might must not of on or over she should"
    " since so than that the their they this through to under until was we were what when where which"
    " while who will"
    " with without would".split()
)
