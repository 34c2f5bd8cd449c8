"""One name, one kind: within an article the mentions of a name agree on what it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

PERSON, DATE, MISC = "PERSON", "DATE", "MISC"
# "Washington" alone is the city in an article that names George Washington once; but a surname
# found as a place where the full name is found as a person is mostly a slip.
FULL_NAME_WEIGHT = 3.0
# A name of no kind in particular may say by its own words that it is a place.
_GOVERNED = re.compile(r"U\.?[KS]\.?|U\.S\.A\.|USA|UAE")
_LANDSCAPE = re.compile(
    r"Earth|\S.* (Sea|Ocean|River|Lake|Gulf|Bay|Straits?|Mountains?|Islands?|Desert|Peninsula|Valley|Street|"
    r"Avenue)"
)


def by_its_words(text: str, kind: str) -> str:
    """Give the kind of a name, of a place where its own words leave nothing else ("the Celtic Sea")."""
    if kind != MISC:
        return kind
    if _GOVERNED.fullmatch(text):
        return "GPE"
    return "LOC" if _LANDSCAPE.fullmatch(text) else kind


def agreed(mentions: Sequence[tuple[str, str, float]]) -> list[str]:
    """Give the kind of each mention `(text, kind, score)`, in the same order.

    The mentions of one text vote with their scores; a person's full name votes for its last word, too.
    A tie goes to the kind that came first; dates take no part.
    """
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for text, kind, score in mentions:
        votes[text][kind] += score
    for text, kind, score in mentions:
        last = text.rpartition(" ")[2]
        if kind == PERSON and last != text and last in votes:
            votes[last][kind] += FULL_NAME_WEIGHT * score
    return [
        kind if kind == DATE else max(votes[text], key=lambda each: round(votes[text][each], 3))
        for text, kind, _ in mentions
    ]
