"""What stands below a story: who else worked on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.readers.bylines import is_name
from generator.readers.datelines import AGENCIES
from generator.readers.furniture import TAIL, is_furniture, without_page_end
from generator.readers.paragraphs import Paragraph

_WORK = (
    r"(?:reporting|writing|editing|research|translation|graphics?|inputs?|contributions?|files|material|"
    r"assistance)"
)
_CREDIT = re.compile(
    rf"""^\W*(?:
        (?:with\s+)?(?:(?:additional|further|some)\s+)?{_WORK}
        (?:\s+(?:and|&)\s+{_WORK})?\s+(?:was\s+|were\s+)?(?:contributed\s+)?(?:by|from)\b
      | (?:reported|written|edited|compiled|translated)\s+by\b
      | with\s+(?:agency|agencies|wire)\b
      | (?:©|\(c\)|copyright\b)
      | sources?:\s
      | contribut(?:ing|ors?)\s*:\s
      | (?:story|video|photographs?)\s+(?:produced\s+)?by\b
      | from\s.{2, 120}\scopyright\s©
      | this\s+(?:article|story|report|piece|post|essay|column)\s+(?:was\s+|is\s+|has\s+been\s+)?
        (?:originally|first|produced|published|made|adapted|excerpted)
      | published\s+in\s
      | all\s+rights\s+reserved
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed\s+(?:reporting|research)\b|\bcontributed\s+to\s+th(?:is|e)\s+(?:report|story|article)\b",
    re.I,
)
_NAMES = re.compile(
    r"^\W*(?:with\s+(?:additional\s+|further\s+)?(?:reporting|inputs?|contributions?|files|material)\s+"
    r"(?:by|from)|contribut(?:ing|ors?)\s*:)\s+(?P<names>.*)",
    re.I,
)
_SIGNATURE = (
    r"(?:" + "|".join(re.escape(name) for name in sorted(AGENCIES)) + r"|dpa|Reuters|Xinhua|Bloomberg|Kyodo)"
)
_SIGNED = re.compile(rf"^(?:[a-z]{{2,4}}(?:/[a-z]{{2,4}})*\s+)?\(?{_SIGNATURE}(?:,\s+{_SIGNATURE})*\)?$")
_BEHIND = re.compile(
    rf"""(?<=[.!?"”’])\s+(?:
        \((?i:(?:additional|with)\s+)?(?i:{_WORK})\b.{{0,30}}?\b(?:by|from)\b[^()]*\)
      | \({_SIGNATURE}\)
      | {_SIGNATURE}(?:,\s+{_SIGNATURE})*(?:\s+[A-Z]{{2,4}}){{0,3}}
    )$
    | (?<=[.!?"”’])\s*Contribut(?:ing|ors?):\s.{{2,150}}$""",
    re.VERBOSE,
)
_REPORTED = re.compile(r"(?:[A-Z][\w.’'-]+,? (?:and )?){1,6}(?:reported|contributed)(?: from [A-Z]|\.$)")
_TELLS_WHO = re.compile(
    r" (?:is|was|are|covers|writes|reports|edits|teaches|has (?:covered|written|reported))\b"
)


def take_credits(
    body: Sequence[Paragraph], authors: Sequence[str] = ()
) -> tuple[tuple[str, ...], list[Paragraph]]:
    """Who is credited below the story, and the story without that and without the page's own lines.

    `authors` are the names of the byline: what is said about them below the story is no part of it.
    """
    kept = list(body)
    lines: list[str] = []
    while len(kept) > 1 and len(lines) < TAIL:
        if _is_credit(kept[-1]):
            lines.insert(0, kept.pop().words)
        elif _is_about(kept[-1].words, authors):
            kept.pop()
        elif len(shorter := without_page_end(kept)) < len(kept):
            kept = shorter
        else:
            break
    kept = [item for item in kept if not is_furniture(item.words)]
    if kept and (behind := _BEHIND.search(kept[-1].words, max(0, len(kept[-1].words) - 300))):
        lines.insert(0, behind.group())
        kept[-1] = kept[-1].cut(0, behind.start())
    names = [name for line in lines for name in _credited(line)]
    return tuple(dict.fromkeys(names)), kept


def _is_about(words: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph tells who an author is."""
    return len(words) < 300 and any(
        words.casefold().startswith(name.casefold()) and _TELLS_WHO.match(words[len(name) :])
        for name in authors
    )


def _is_credit(item: Paragraph) -> bool:
    words = item.words
    if len(words) > 400:
        return False
    bare = words.strip("[]-–—.= ")
    short = len(words.split()) < 40
    return bool(
        _CREDIT.match(words)
        or (short and _CONTRIBUTED.search(words))
        or (short and _REPORTED.match(words))
        or _SIGNED.match(bare)
        or bare.strip("()").upper() in AGENCIES
        or (item.listed and is_name(bare))
    )


def _credited(line: str) -> list[str]:
    """Who a line of credits names: agencies one by one, else clause by clause."""
    line = re.sub(r"^sources?:\s*", "", line.strip(" -–—="), flags=re.IGNORECASE)
    if line.startswith("(") and line.endswith(")"):
        line = line[1:-1]
    listed = _NAMES.match(line)
    parts = re.split(r",\s*(?:and\s+)?|\s+and\s+", listed["names"]) if listed else line.split(";")
    if _SIGNED.match(line):
        parts = re.findall(_SIGNATURE, line)
    return [part.strip(" –—-").rstrip(".") for part in parts if part.strip(" .–—-")]
