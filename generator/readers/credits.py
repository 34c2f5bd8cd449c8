"""What stands below a story: who else worked on it, and what its page put there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.readers.datelines import AGENCIES
from generator.readers.paragraphs import Paragraph

TAIL = 6
"""Credits stand among so many last paragraphs."""

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
      | this\s+(?:article|story|report)\s+(?:was\s+|is\s+|has\s+been\s+)?
        (?:originally|first|produced|published|made)
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
    r"^\W*with\s+(?:additional\s+|further\s+)?(?:reporting|inputs?|contributions?|files|material)\s+"
    r"(?:by|from)\s+(?P<names>.*)",
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
    )$""",
    re.VERBOSE,
)

_FURNITURE = frozenset(
    "advertisement;skip advertisement;save;share full article;more on this story;related article;copy link;"
    "continue reading the main story;for immediate release;listen to this article;most read;"
    "most viewed;published;read more;related;related articles;related content;related stories;related topics;"
    "share;share this article;share this story;story continues below;updated;watch".split(";")
)
"""Lines of a page that come along when its text is copied."""
_ENDS_PAGE = re.compile(
    r"^(?:(?:our\s+standards|read\s+more|see\s+also|also\s+read|related|topics?|tags?|more\s+on\s+this)\s*:"
    r"|explore\s+more\s+on\s+these\s+topics|you\s+can\s+share\s+this\s+story|sign\s+up\s+(?:for|to)\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"""(?:
        image\s(?:source|caption|credit|copyright)\s?[,:].*
      | \W{0,2}(?:file\s)?(?:photos?|picture|image|graphic|illustration)(?:\s(?:credit|by)\s[^.]{2,60}|\s?:.*)
      | (?:\d+|an?)\s(?:seconds?|minutes?|mins?|hours?|hrs?|days?)\sago
      | \d+[\s-]min(?:ute)?s?(?:\sread)?
      | listen\sto\sthis\s(?:article|story)\b.*
      | (?:read\smore|also\sread|read\salso|read\sthis\stoo|see\salso|must\sread|don['’]t\smiss|recommended
          |you\smay\salso\slike|related(?:\sarticle|\sstory)?|more\son\sthis|watch(?:\snow)?|listen)
        \s?[:|»>–—]\s?.*
      | list\sof\s\d+\sitems | end\sof\slist
      | (?:sign\sup|register(?:\sfor\sfree)?|subscribe)\s(?:for|to|now|here|today|free)\b.*
      | follow\s(?:us\b|[\w.’' ]{2,30}\s(?:coverage|on\s(?:facebook|instagram|twitter|x|telegram))\b).*
      | unsubscribe\b.* | view\s(?:this\semail\s)?in\s(?:your\s)?browser\b.*
      | you(?:['’]re|\sare)\sreceiving\sthis\s(?:e-?mail|newsletter)\b.*
      | this\s(?:article|story)\s(?:was|has\sbeen)\s(?:amended|updated|corrected)\b.*
      | a\sversion\sof\sthis\s(?:article|story)\s(?:appears|appeared)\b.*
      | \(\(.*@.*\)\)
      | (?-i:[a-z]{2,4}(?:-[a-z]{2,4})?(?:/[a-z]{2,4})+ | dpa(?:\s[a-z]{2,4}){1,6})
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Captions, links, invitations and desks' marks that stand between the paragraphs of a page."""
_LONGEST_ASIDE = 200

_CONTACT = re.compile(r"^(?:(?:media|press)\s+)?contacts?\s*:.{0,120}$", re.IGNORECASE)
_ENDS_STORY = frozenset(
    {"related topics", "related articles", "related stories", "related content", "most read"}
)


def is_furniture(words: str) -> bool:
    """Whether a paragraph is no part of the story but of the page that it was copied from."""
    if words.lower().strip(".:- ") in _FURNITURE or _CONTACT.match(words):
        return True
    return len(words) <= _LONGEST_ASIDE and _ASIDE.match(words) is not None


def take_credits(body: Sequence[Paragraph]) -> tuple[tuple[str, ...], list[Paragraph]]:
    """Who is credited below the story, and the story without that and without the page's own lines."""
    kept = _without_page_end([item for item in body if _ends_story(item) or not is_furniture(item.words)])
    lines: list[str] = []
    for _ in range(TAIL):
        if len(kept) < 2 or not _is_credit(kept[-1].words):
            break
        lines.insert(0, kept.pop().words)
    if kept and (behind := _BEHIND.search(kept[-1].words, max(0, len(kept[-1].words) - 300))):
        lines.insert(0, behind.group())
        kept[-1] = kept[-1].cut(0, behind.start())
    names = [name for line in lines for name in _credited(line)]
    return tuple(dict.fromkeys(names)), kept


def _without_page_end(body: list[Paragraph]) -> list[Paragraph]:
    """The body up to where its page goes on: "Related topics" and the links below it."""
    for number in range(max(1, len(body) - TAIL), len(body)):
        rest = body[number + 1 :]
        if _ends_story(body[number]) and all(len(item.words) < 100 for item in rest):
            return body[:number]
    while len(body) > 1 and len(body[-1].words) < 200 and _ENDS_PAGE.match(body[-1].words):
        body = body[:-1]
    return body


def _ends_story(item: Paragraph) -> bool:
    return item.words.lower().strip(".:- ") in _ENDS_STORY


def _is_credit(words: str) -> bool:
    if len(words) > 400:
        return False
    bare = words.strip("[]-–—.= ")
    contributed = _CONTRIBUTED.search(words) and len(words.split()) < 40
    return bool(
        _CREDIT.match(words) or contributed or _SIGNED.match(bare) or bare.strip("()").upper() in AGENCIES
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
