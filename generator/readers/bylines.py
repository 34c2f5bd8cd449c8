"""Who wrote an article, for whom, and when it was published: the lines between headline and story."""

from __future__ import annotations

import re

from generator.readers.header import MONTH

_BYLINE = re.compile(
    r"""(?:by|BY|By)\s+(?:[A-Z][\w.’'-]*)(?!.*[.!?][\"”]?\s+[A-Z].{20})
      | From\s+(?:our|a)\s.{0,40}correspondents?\b
      | (?:[A-Z][\w.’'-]+\s+){1,3}[A-Z][\w.’'-]+(?:\s+and\s+(?:[A-Z][\w.’'-]+\s*){2,4})?(?:,|\s[|–—-])\s+
        (?:[\w’'&,/-]+\s+){0,6}(?:reporter|correspondent|editor|writer|columnist|bureau\ chief|staff)s?\W*$
    """,
    re.VERBOSE,
)
# A full stop, as some archives put one behind every line.
_STOPPED = re.compile(r"(?:By|BY|(?:Co-)?[Ww]ritten by|Co-authored by)(?: [A-Z][\w’'-]+){2,3}\.$")
_BY_PLACE = re.compile(
    r"^(?:[A-Z][\w.’'-]+ ){1,2}[A-Z][\w.’'-]+(?: and (?:[A-Z][\w.’'-]+ ?){2,3})? in [A-Z][\w ’'-]{2,25}$"
)
_DESK = re.compile(
    r"^(?:[\w’'&/,-]+\s+){0,5}(?:reporter|correspondent|editor|writer|columnist|bureau chief|staff|desk)s?$",
    re.I,
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\.?"
_DATE_LINE = re.compile(
    rf"""^(?:(?:first\s+)?(?:published|posted|issued|updated|last\s+(?:updated|modified)|date)\b[\s:]*(?:on|at)?\s*)?
    (?:\d{{1,2}}[:.]\d{{2}}\s*(?:[ap]\.?m\.?)?(?:\s[a-z]{{1,4}}t)?[,\s|·–—-]+)?
    (?:{_WEEKDAY}\s+)?
    (?:\d{{4}}-\d{{2}}-\d{{2}} | \d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}
      | \d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}
      | {MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})
    [\sT,|·–—-]*
    (?:at|\d|[ap]\.?m|gmt|utc|[a-z]{{1,4}}t\b|[:.,+Z(|)·\s–-]|updated|last|published|ago|hours?|min(?:ute)?s?|read|{MONTH})*$""",
    re.IGNORECASE | re.VERBOSE,
)
_RUN_IN_DATE = re.compile(
    rf"(?i:{_WEEKDAY}\s+(?:{MONTH}\s+\d{{1,2}},?|\d{{1,2}}\s+{MONTH},?)\s+\d{{4}})\s+(?=[A-Z\"“‘])"
)
_OUTLET = re.compile(
    r"(?:[A-Z][\w.’'&-]*\s+){0,4}(?:Associated|News|Press|Post|Times|Wire|Service|Tribune|Herald|Journal|Gazette|Staff|"
    r"Reuters|Bloomberg|AFP|AP|BBC|CNN|dpa)\b(?:(?:,|\s+in)(?:\s+[A-Z][\w.’'-]+){1,3})?$"
)
_NAME = re.compile(r"(?:[A-Z][\w.’'-]+ ){1,2}[A-Z][\w.’'-]+$")
_REPORTED = re.compile(r"(?:[A-Z][\w.’'-]+ ){2,3}reported from [A-Z][^.]{2,100}\.$")


def is_byline(words: str) -> bool:
    """Whether a short paragraph names who wrote the article."""
    if words.endswith((".", "!", "?")):
        return bool(_STOPPED.match(words))
    return len(words) < 120 and bool(_BYLINE.match(words))


def is_placed_name(words: str) -> bool:
    """Whether a line says who reports from where: "Ana Reyes in Velmar"."""
    return bool(_BY_PLACE.match(words))


def is_name(words: str) -> bool:
    """Whether a line is a person's name and nothing else."""
    return bool(_NAME.match(words))


def is_desk(words: str) -> bool:
    """Whether a line below a byline says for whom, or as what, its author writes."""
    return bool(_DESK.match(words)) or is_outlet(words)


def is_outlet(words: str) -> bool:
    """Whether a line is the name of an outlet, perhaps with its place."""
    return len(words) < 60 and bool(_OUTLET.match(words))


def is_reporting_note(words: str) -> bool:
    """Whether a line says who reported from where: "Ana Reyes reported from Velmar."."""
    return bool(_REPORTED.match(words))


def is_date_line(words: str) -> bool:
    """Whether a paragraph says when the article was published, and nothing else."""
    return len(words) < 100 and bool(_DATE_LINE.match(words.strip()))


def run_in_date(words: str) -> int:
    """Where a paragraph goes on behind the date that a page ran into it, 0 where there is none."""
    found = _RUN_IN_DATE.match(words)
    return found.end() if found else 0
