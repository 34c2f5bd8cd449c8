"""Time expressions in prose, resolved against the article's date.

    "on Friday"  "by the end of June"  "two weeks ago"  "May 16"  "a day earlier"  "in the near future"

The grammar is our own: general date parsers take the modal *may* for a month and move the past into
the future. It is a table, `date_rules.RULES`. Readings follow the annotation guidelines: "this week" is
its month, "over the weekend" its Saturday, "this past summer" its year; a weekday in the past tense is
the latest up to the article's date, in the future the first from it on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generator.analysis.date_rules import RULES, Anchor, Context, attributive
from generator.analysis.periods import Grain, Tense, TenseAt, grain, period

__all__ = ["Grain", "Tense", "TenseAt", "TimeExpression", "find_dates", "grain", "period"]


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
    anchor = Anchor(reference)
    free = 0
    for start, minus_end, number, match in matches:
        if start < free:
            continue
        context = Context(text, reference, tense_at, anchor, surnames)
        iso = RULES[number][1](match, context)
        if iso is None:
            continue
        end = -minus_end
        core = max(start, match.end("before")) if "before" in match.re.groupindex else start
        core += text[core].isspace()
        begin, lead = _lead(text, core, free)
        free = end = _tail(text, end)
        expressions.append(TimeExpression(begin, end, core, iso or None, lead, attributive(text, end, core)))
        if iso:
            anchor = Anchor(reference, iso, end)
    return tuple(expressions)


_LEAD = re.compile(
    r"(?:(?<!\w)(?P<lead>not until|in the year|no later than|as of|as early as|as soon as|starting(?: on)?"
    r"|beginning(?: on)?|effective|shortly before|shortly after|by|until|till|before|after|since|from|through"
    r"|between|within|around)\s+)?"
    r"(?:(?<!\w)(?:the\s+)?(?:very )?(?:end|beginning|start|middle|early hours|early days|close|eve|turn"
    r"|first half|second half|morning|afternoon|evening|night|week|weekend|month|day|summer|spring|autumn"
    r"|fall|winter)\s+of\s+)?"
    r"(?:(?<!\w)(?P<when>early|late|later|earlier|mid)(?:[ -]+(?:on|in))?[ -]+)?"
    r"(?:(?<!\w)(?:at\s+)?(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?|\d{1,2}:\d\d|noon|midnight)"
    r"(?:\s+[A-Z]{2,4})?\s+(?:on\s+)?)?$",
    re.IGNORECASE,
)


def _lead(text: str, core: int, free: int) -> tuple[int, str]:
    """Where an expression begins with the words before it ("by the end of", "10 a.m. on"), and the first of
    them."""
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


def _months_as_names(text: str) -> frozenset[str]:
    """The months that are somebody's name in this text ("Theresa May", "Mrs. May", "June Okafor")."""
    return frozenset(m[1] or m[2] for m in _NAMED.finditer(text))


_NAMED = re.compile(
    r"\b(?:(?!In\b|On\b|By\b|Since\b|Until\b|Last\b|Next\b|Early\b|Late\b|From\b|This\b|After\b|Before\b|During\b|The\b)"
    r"[A-Z][a-z]+|M(?:r|rs|s)\.?)[ \u00a0](May|March|April|June|August)\b(?! \d)"
    r"|\b(April|June|August)[ \u00a0][A-Z][a-z]+"
)
