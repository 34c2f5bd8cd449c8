"""Datelines: the place, the day and the agency before the first sentence of a news report.

VELMAR, March 3 (Polar News) -      Velmar CNN —        VELMAR (AP) _
Berlin (dpa) -      HOLM VIK—       Geneva, 3 March 2026 –
MOSCOW, May 16. /TASS/.             (CNN) —             ISLAMABAD:      New Delhi [India], May 16 (ANI):
"""

from __future__ import annotations

import re

from generator.readers.header import MONTH
from generator.readers.lines import title_case

AGENCIES = frozenset(
    "AAP ABC AFP ANI ANSA AP APA ATS BBC BNO CBC CNA CNN CP DPA EFE IANS IRNA LUSA MTI NBC NHK NPR PA "
    "PAP PTI RFE/RL RIA SANA SDA TASS TT UNI UPI VOA WAM ANADOLU BLOOMBERG INTERFAX KYODO REUTERS "
    "UKRINFORM XINHUA YONHAP".split()
)
"""Agencies that sign datelines and last lines, in capitals."""

LONGEST = 120
"""Signs that a dateline may have: further on, a dash is a dash."""

_QUOTES = "\"“”„«»‘’'"
_LABELS = frozenset(
    "ABSTRACT ANALYSIS BREAKING COMMENTARY CORRECTION EXCLUSIVE EXPLAINER NEWS NOTE OPINION UPDATE UPDATED "
    "WATCH".split()
)
"""What stands in capitals before a dash or a colon and is no place."""

_DASH = re.compile(r"\s*(?:--+|[–—―])\s*|\s+[-_]\s+|(?<=\w):\s+")
_AGENCY = re.compile(
    r"\s*(?:\((?P<round>[^()]{2,40})\)|/(?P<slashed>[^/]{2,20})/|(?<=[\w.] )(?P<bare>"
    r"CNN|AFP|NPR|ANI|IANS|PTI))[.:]?$"
)
_DATE = rf"(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?:,?\s+\d{{4}})?"
_DAY = re.compile(rf"[,.]?\s*{_DATE}[.,]?$", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?P<place>[^.()/]{{2,40}}?)[,.]\s+(?i:{_DATE})[.,]?\s*"
    r"(?:\([A-Z][\w .&'’-]{1,30}\)|/[A-Z][A-Za-z]{1,20}/)(?P<end>[.:]?)\s+(?=[^\W\d_a-z]|[\d\"“„«‘])"
)
_CITY = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?$")


def cut_dateline(words: str) -> tuple[int, int] | None:
    """Where a dateline at the head of a paragraph ends, and where the sentence behind it begins."""
    for dash in _DASH.finditer(words[:LONGEST]):
        if dash.end() >= len(words) or not dash.start():
            continue
        begins, colon = words[dash.end()], ":" in dash.group()
        if colon and title_case(words[dash.end() :])[0] >= 0.85:
            continue  # "REVEALED: The Bridge That Nobody Wanted"
        if (begins.isupper() or begins.isdigit() or begins in _QUOTES) and _names_place(
            words[: dash.start()], colon=colon
        ):
            return dash.start(), dash.end()
    signed = _SIGNED.match(words[:LONGEST])
    if signed and all(part[:1].isupper() for part in re.findall(r"\w+", signed["place"])):
        return signed.start("end"), signed.end()
    return None


def is_dateline(words: str) -> bool:
    """Whether a whole paragraph is a dateline: signed by an agency, dated, or with its dash."""
    head = words.rstrip(" –—―-")
    if (
        not head
        or len(head) > 80
        or not (len(head) < len(words) or _AGENCY.search(head) or _DAY.search(head))
    ):
        return False
    if not _names_place(head, colon=False):
        return False
    agency = _AGENCY.search(head)
    return re.split(r"[,(]", head)[0].isupper() or (len(head) < len(words) and agency is not None)


def agency_of(dateline: str) -> str | None:
    """The agency that signs a dateline: behind a day any name in brackets, else one that we know."""
    found = _AGENCY.search(dateline)
    if not found:
        return None
    name: str = found["round"] or found["slashed"] or found["bare"]
    return name if _DAY.search(dateline[: found.start()]) or name.upper() in AGENCIES else None


def _names_place(head: str, *, colon: bool) -> bool:
    """Whether the words before a dash are a place, with or without a day and an agency."""
    agency = _AGENCY.search(head)
    signed = agency is not None and agency[agency.lastgroup or 0].upper() in AGENCIES
    place = head[: agency.start()] if agency else head
    day = _DAY.search(place)
    place = (place[: day.start()] if day else place).strip(" ,.")
    if not place:
        return signed
    city = re.split(r"[,(\[]", place)[0].strip()
    parts = re.split(r"[\s/]+", place)
    if (
        len(parts) > 7
        or city in _LABELS
        or not all(part[:1].isupper() for part in parts if part[:1].isalpha())
    ):
        return False
    if colon:  # without a dash, only a city in capitals: "ISLAMABAD: …", not "Reyes: …"
        return (
            not agency
            and not day
            and len(city) >= 4
            and city.isupper()
            and city.replace(" ", "").isalpha()
            and city.count(" ") < 3  # more words are a headline in capitals
        )
    if city.isupper() and sum(letter.isalpha() for letter in city) >= 3:
        return True
    return len(parts) <= 4 and (signed or (day is not None and "." not in city) or bool(_CITY.match(head)))
