"""Headlines and decks: the lines above a story that are no sentences of it.

Most have no full stop. Archives put one behind each, and a short first sentence looks much like them;
`_points` tells them apart by what newspapers do: they give a name in full where the story has it first,
drop articles from headlines, and tell the same again in the lede.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.readers.bylines import is_byline
from generator.readers.datelines import cut_dateline
from generator.readers.lines import SMALL, ends_sentence, title_case
from generator.readers.paragraphs import Paragraph

LONGEST = 24
"""Words of a headline or a deck."""
HEADLINE = 2
DECK = 3
"""Points from which a line with a full stop is one. Tuned on 840 newspaper articles of 2015 and 2016: 19
headlines in 20 reach theirs, and 1 first sentence in 100; of decks only half, lest ledes be lost."""

_SPOKEN = re.compile(r"[\"“”]|''")
_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight"
    r"|(?:this|last|next) (?:week|month))\b",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:is|are|has|have|been|was|were|had|did|said)\b")
_PAST = re.compile(r"\b(?:was|were|had|did|said|[a-z]{2,}ed)\b")
_POINTING = re.compile(r"(?:It|He|She|They|There|This|That|These|Those|We|You|I|Here)\b")
_GOING_ON = re.compile(
    r"(?:It|He|She|They|This|That|These|Those|But|And|So|Then|Instead|Still|Yet)\b|[\"“‘]|''"
)
_PERSONAL = re.compile(r"\b(?:I|we|you|our|my|your)\b")
_ARTICLE = re.compile(r"\b(?:the|an?)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[^:]{2,40}: ")
_TWO_SENTENCES = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][\"'’”]*\s+[\"'‘“]?[A-Z]")
_CAPITALISED = re.compile(r"[A-Z][\w’'-]*(?:\.? [A-Z][\w’'-]*)*")
_GIVEN = r"(?!M[rs]s?\b)(?P<given>[A-Z][\w.’'-]*|d[aeiu]|v[ao]n)"
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|''.*?''|(?<!\w)[‘'].*?[’'](?!\w)")


def is_headline(item: Paragraph, after: Sequence[Paragraph]) -> bool:
    """Whether the first paragraph of a text is its headline rather than its first sentence."""
    if not _may_stand_above(item):
        return False
    if item.heading or not ends_sentence(item.words):
        return True
    if not after:
        return False
    return item.words.isupper() or _signed(after) or _points(item.words, after, deck=False) >= HEADLINE


def is_deck(item: Paragraph, after: Sequence[Paragraph], *, promised: bool = False) -> bool:
    """Whether a paragraph below the headline belongs to it rather than to the story.

    `promised` says that the headline's line goes on: some archives put a semicolon between it and the deck.
    """
    if not _may_stand_above(item) or not after:
        return False
    if item.heading or not ends_sentence(item.words) or item.words.isupper():
        return True
    return promised or _signed(after) or _points(item.words, after, deck=True) >= DECK


def _may_stand_above(item: Paragraph) -> bool:
    return not (
        item.listed
        or len(item.words.split()) > LONGEST
        or item.words.endswith((":", ","))
        or cut_dateline(item.words)
    )


def _signed(after: Sequence[Paragraph]) -> bool:
    """Whether the story, with its byline or dateline, begins only now."""
    return any(is_byline(item.words) or cut_dateline(item.words) for item in after[:2])


def _points(line: str, after: Sequence[Paragraph], *, deck: bool) -> int:
    """How much a line looks like one above the story, and not like a sentence of it."""
    words = line.split()
    own = _QUOTED.sub("", line)
    text = " ".join(item.words for item in after[:3])
    bare, full = _named(line, text)
    stems = _stems(line)
    share, count = title_case(line)
    titled = count >= 3 and share == 1
    again = len(stems & _stems(text)) / len(stems) if stems else 0.0
    points = (
        3 * bare
        - 3 * full
        + (len(words) <= 14)
        + (len(words) <= 11)
        - 2 * (len(words) <= 5)
        + 2 * (again >= 0.4)
        + (len(words) >= 5 and not _ARTICLE.search(own))
        - 2 * bool(_DAY.search(own))
        - 2 * bool(_POINTING.match(line))
        - 3 * bool(_SPOKEN.search(line))
        - 2 * (bool(_TWO_SENTENCES.search(line)) and not titled)
        - 2 * bool(_GOING_ON.match(after[0].words))
    )
    if deck:
        brief = len(after[0].words.split()) < 12  # a lede is longer than what stands above it
        return points - 2 * brief - bool(_PERSONAL.search(own)) - line.startswith(("The ", "A ", "An "))
    return (
        points
        + 2 * (count >= 3 and share >= 0.85)
        + 4 * titled
        + 3 * bool(_LABELLED.match(line))
        + 2 * (line.endswith("?") and len(words) <= 8)
        + 2 * (line.startswith(("How ", "Why ")) and not line.endswith("?"))
        - bool(_IS.search(own))
        - bool(_PAST.search(own))
    )


def _named(line: str, text: str) -> tuple[bool, bool]:
    """Whether the text first gives a name in full that the line has bare; and whether the other way round."""
    bare = full = False
    for run in _CAPITALISED.finditer(re.sub(r"[’']s\b", "", line)):
        words = [word for word in run.group().split() if word.lower() not in SMALL]
        if not words or len(words[-1]) < 3:
            continue
        first = re.search(rf"(?:\b{_GIVEN} )?\b{re.escape(words[-1])}\b", text)
        if first is not None:
            given = bool(first["given"]) and first["given"].lower() not in SMALL
            bare = bare or (len(words) == 1 and given)
            full = full or not (len(words) == 1 or given)
    return bare, full


def _stems(text: str) -> set[str]:
    return {
        word[:5] for word in re.findall(r"[a-z0-9]+", text.lower()) if len(word) > 2 and word not in SMALL
    }
