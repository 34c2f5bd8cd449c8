"""What a line looks like: how it ends, how it is capitalised."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?…][)\]}\"”\'’»›]*$")
SMALL = frozenset(
    "a an the and or but nor for of in on at to from by with as vs via into over after amid is are be it its "
    "his her their than that this not no up off out".split()
)
"""Words that a title in title case may write small."""


def ends_sentence(words: str) -> bool:
    """Whether the words end as a sentence does, closing quotation marks and brackets aside."""
    return bool(_SENTENCE_END.search(words))


def title_case(words: str) -> tuple[float, int]:
    """The share of words that begin with a capital, of those that would in a title, and their number."""
    telling = [
        word
        for word in words.split()
        if re.match(r"\W*[^\W\d_]", word) and re.sub(r"\W", "", word).lower() not in SMALL
    ]
    capital = sum(bool(re.match(r"\W*[A-Z]", word)) for word in telling)
    return (capital / len(telling) if telling else 0.0), len(telling)
