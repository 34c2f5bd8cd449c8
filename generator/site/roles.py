"""What an actor is called over time, and when that changed.

Every article describes people in its own words: "the foreign minister" of one is "Belmora's foreign
minister" of the next and "Minister" in an interview. Descriptions are one role while the words of
one are among those of the other; a word like "former" makes another role of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.briefing import Briefing

_WORD = re.compile(r"[^\W_]+")
_STEM = 4
"""Letters by which words are compared: "Iran's" and "Iranian" are one."""
_SMALL = frozenset("a an the of for in at to and s mr mrs ms dr its his her their our".split())
_TURNS = frozenset(
    "former ex onetime late acting interim designate elect incoming outgoing deputy vice".split()
)
_POINTS_BACK = re.compile(r"(?:its|his|her|their)\s", re.I)
_LEADS_ON = re.compile(r"^(?:the|its|his|her|their)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Role:
    """A description of a person, and the day of the first briefing that gives it."""

    text: str
    since: date
    briefing: Briefing


def find_roles(described: Iterable[tuple[str, Briefing]]) -> tuple[Role, ...]:
    """The roles in these descriptions, which come in order of time.

    Of several wordings of one role the one used most stands for it; one that points back to
    something else in its article ("its leader") only where there is no other.
    """
    runs: list[list[tuple[str, Briefing]]] = []
    for text, briefing in described:
        if runs and any(_same(text, known) for known, _ in runs[-1]):
            runs[-1].append((text, briefing))
        else:
            runs.append([(text, briefing)])
    return tuple(Role(_wording([text for text, _ in run]), run[0][1].date, run[0][1]) for run in runs)


def as_label(text: str) -> str:
    """A description as it stands beside a name, away from its sentence: "Its president" is "president"."""
    return _LEADS_ON.sub("", text, count=1)


def _same(one: str, other: str) -> bool:
    a, b = _words(one), _words(other)
    if not _TURNS.isdisjoint(a ^ b):
        return False
    a, b = ({word[:_STEM] for word in words} for words in (a, b))
    return a <= b or b <= a


def _words(text: str) -> set[str]:
    words = set(_WORD.findall(text.casefold()))
    return words - _SMALL or words


def _wording(texts: list[str]) -> str:
    alone = [text for text in texts if not _POINTS_BACK.match(text)]
    clear = [as_label(text) for text in alone or texts]
    fold = lambda text: text.casefold().replace("’", "'")  # noqa: E731
    used = Counter(map(fold, clear))
    return max(clear, key=lambda text: (used[fold(text)], len(text), text))
