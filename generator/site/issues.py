"""Issues: positions that are about the same thing, across actors and briefings.

What a position is about is its target, a few words of the article. Two targets are one issue
where their head words agree ("a full cease-fire", "the 30-day cease-fire", "cease-fire") and
something else ties them together: another word in common, the same briefing, or two actors that
both briefings are about (a "deal" on fish and a "deal" on gas share a head and nothing more).
No model and no threshold on a similarity: the same positions give the same issues, and adding a
briefing never splits one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from generator.site.links import slug
from generator.site.registry import Topic

if TYPE_CHECKING:
    from generator.briefing import Position
    from generator.site.index import Cited

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+", re.UNICODE)
_ENDS_HEAD = frozenset(
    "about after against among at before between by during for from in into of on over since that to toward"
    " towards under until upon which who whose with within without".split()
)
_EMPTY = frozenset(
    "a an the this that these those any all some each every no its his her their our my your it he she they"
    " we i you him them us and or but not as is are was were be been being would will could should may might"
    " can must do does did have has had if so very more most other such own same further full"
    " new next last".split()
)
# Words that only count or package what follows "of": "a package of sanctions" is about sanctions.
_PACKAGING = frozenset(
    "lot number series kind sort type part package round set range majority end start beginning wave"
    " resumption continuation implementation use issue question matter group list piece half rest"
    " terms possibility".split()
)


@dataclass(frozen=True, slots=True)
class Issue:
    """What several positions are about; `positions` in order of time, the oldest first."""

    id: str
    name: str
    positions: tuple[Cited[Position], ...]

    @property
    def actors(self) -> tuple[str, ...]:
        """Ids of the holders, in the order of their first position."""
        return tuple(dict.fromkeys(id for cited in self.positions for id in cited.actors))


def find_issues(
    positions: Sequence[Cited[Position]],
    known: Mapping[str, Topic],
    names: Mapping[str, tuple[str, ...]],
    *,
    least: int = 2,
) -> tuple[tuple[Issue, ...], dict[tuple[str, str], Issue]]:
    """The issues that at least `least` actors or briefings speak to, the most discussed first, and
    the issue of each position by the ids of its briefing and its own. `known` is the registry's."""
    by_target = {
        _normal(target): id for id, topic in known.items() for target in (topic.name, *topic.targets)
    }
    all_names = _Names(name for group in names.values() for name in group)
    groups = _Groups()
    kept: dict[int, list[str]] = {}
    for place, cited in enumerate(positions):
        target = cited.entry.target
        if not target:
            continue
        given = by_target.get(_normal(target))
        words = key_words(target, all_names)
        if given:
            groups.tie(place, ("known", given))
        if not words:
            if given:
                kept[place] = [given]
            continue
        kept[place] = words
        head, others = words[0], words[1:]
        groups.tie(place, ("briefing", head, cited.briefing.id))
        for word in others:
            groups.tie(place, ("word", head, word))
        key_actors = sorted(actor.id for actor in cited.briefing.actors if actor.key)
        for pair in combinations(key_actors, 2):
            groups.tie(place, ("actors", head, *pair))
    members: dict[int, list[int]] = defaultdict(list)
    for place in kept:
        members[groups.find(place)].append(place)
    issues: list[Issue] = []
    taken: Counter[str] = Counter()
    for places in sorted(members.values(), key=lambda found: (-len(found), found[0])):
        cited_there = sorted((positions[p] for p in places), key=lambda c: (c.date, c.briefing.id))
        given = next(
            (by_target[t] for c in cited_there if (t := _normal(c.entry.target or "")) in by_target), None
        )
        holders = {cited.actors or (cited.entry.actor_text,) for cited in cited_there}
        if max(len(holders), len({cited.briefing.id for cited in cited_there})) < least and not given:
            continue
        name = known[given].name if given else _name([c.entry.target or "" for c in cited_there])
        id = given or slug(name)
        taken[id] += 1
        if taken[id] > 1:
            id = f"{id}-{taken[id]}"
        issues.append(Issue(id, name, tuple(cited_there)))
    return tuple(issues), {
        (cited.briefing.id, cited.entry.id): issue
        for issue in issues
        for cited in issue.positions
        if cited.entry.id
    }


def key_words(target: str, names: _Names | None = None) -> list[str]:
    """The words a target is known by, the head first, without names, in a common form."""
    words = _words(target)
    if names:
        words = names.cut(words)
    head = _head(words)
    if head is None:
        return []
    content = [_stem(word) for word in words if word not in _EMPTY and word not in _ENDS_HEAD]
    return list(dict.fromkeys([_stem(head), *content]))


def _head(words: Sequence[str]) -> str | None:
    """The last word before the first preposition; behind "of" where what stands before is packaging."""
    head: str | None = None
    for word in words:
        if word in _ENDS_HEAD and head is not None:
            if _stem(head) in _PACKAGING:
                head = None
                continue
            return head
        if word not in _EMPTY and word not in _ENDS_HEAD and not word.isdigit():
            head = word
    return head


def _stem(word: str) -> str:
    """Singular and plural, and "ceasefire" and "cease-fire", in one form."""
    word = word.replace("-", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _normal(text: str) -> str:
    return " ".join(_words(text))


class _Names:
    """All names of all actors, to be cut out of a text: by first word, the longest first."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for words in sorted({tuple(_words(name)) for name in names}, key=lambda w: (-len(w), w)):
            if words:
                self._by_first[words[0]].append(words)

    def cut(self, words: list[str]) -> list[str]:
        kept: list[str] = []
        place = 0
        while place < len(words):
            for name in self._by_first.get(words[place], ()):
                if tuple(words[place : place + len(name)]) == name:
                    place += len(name)
                    break
            else:
                kept.append(words[place])
                place += 1
        return kept


def _words(text: str) -> list[str]:
    return [re.sub(r"['’]s?$", "", word.group().casefold()) for word in _WORD.finditer(text)]


def _name(targets: Sequence[str]) -> str:
    """The target used most that has more than one word and is no sentence, else the one used most."""
    trimmed = [
        re.sub(r"^(?:an?|the|this|that|any|its|his|her|their)\s+", "", t.strip(), flags=re.I) for t in targets
    ]
    counts = Counter(text.casefold() for text in trimmed)
    spelled = {text.casefold(): text for text in reversed(trimmed)}
    best = min(counts, key=lambda t: (not 2 <= len(t.split()) <= 6, -counts[t], len(t), t))
    text = spelled[best]
    return text[:1].upper() + text[1:]


class _Groups:
    """Union-find over places, tied through any hashable key."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._first: dict[Hashable, int] = {}

    def find(self, place: int) -> int:
        self._parent.setdefault(place, place)
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def tie(self, place: int, key: Hashable) -> None:
        a, b = self.find(place), self.find(self._first.setdefault(key, place))
        self._parent[max(a, b)] = min(a, b)
