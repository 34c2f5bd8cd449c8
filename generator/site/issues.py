"""Issues: positions that are about the same thing, across actors and briefings.

What a position is about is its target, a few words of the article. Two targets are one issue
where their head words agree ("a full cease-fire", "the 30-day cease-fire", "cease-fire") and
something else ties them together: another word in common, the same briefing, or two actors that
both briefings are about (a "deal" on fish and a "deal" on gas share a head and nothing more).
No model and no threshold on a similarity: the same positions give the same issues, and adding a
briefing never splits one.

Rather no issue than a poor one: people, days and words that say nothing by themselves ("part",
"point") head no issue, and a single word has to be spoken to three times.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from generator.site.links import slug
from generator.site.registry import Topic

if TYPE_CHECKING:
    from generator.briefing import Briefing, Position
    from generator.site.index import Cited

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|\d+")
_ENDS_HEAD = frozenset(
    "about after against among at before between by during for from in into of on over since that to toward"
    " towards under until upon which who whose with within without".split()
)
_EMPTY = frozenset(
    "a an the this that these those any all some each every both either neither no its his her their our my"
    " your it he she they we i you him them us and or but not as is are was were be been being would will"
    " could should may might can must do does did have has had if so very more most other such own same"
    " further full new next last first second third mr mrs ms dr sir two three four five six seven eight nine"
    " ten eleven twelve many few several much little tiny big good bad better best worse worst main whole"
    " entire certain particular various over basically just only even still also too far".split()
)
# A target with one of these is a sentence, and its last noun is not what it is about.
_SENTENCE = frozenset(
    "i he she it they we you is are was were am be been will would can could should must did does do has had"
    " isn't wasn't aren't don't doesn't didn't won't can't wouldn't there".split()
)
# Words that only count or package what follows "of": "a package of sanctions" is about sanctions.
_PACKAGING = frozenset(
    "lot number series kind sort type part package round set range majority end start beginning wave"
    " resumption continuation implementation use issue question matter group list piece half rest date"
    " terms possibility".split()
)
# Who, when, and what says nothing by itself: no head of an issue.
_WHO = frozenset(
    "adviser aide ally ambassador authority bloc board boss cabinet candidate chair chairman chairwoman chief"
    " citizen coalition colleague commissioner company counterpart country court critic delegate delegation"
    " deputy diplomat director enemy envoy executive expert firm foe friend government governor group"
    " investor judge king lawmaker leader leadership man mayor member minister ministry nation negotiator"
    " neighbor neighbour official opponent opposition parliament participant partner party people person"
    " police politician premier president prime queen reporter rival secretary senator side speaker"
    " spokesman spokeswoman state supporter team voter woman worker world".split()
)
_WHEN = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december day week weekend month year decade century hour minute"
    " moment morning afternoon evening night time today tomorrow yesterday spring summer autumn"
    " winter".split()
)
_VAGUE = frozenset(
    "argument case claim comment example fact hand idea kind lot matter part paper place point problem"
    " question reason remark respect result role situation something nothing everything step sort statement"
    " term thing view way word".split()
)
_LINKING = frozenset("against between for of on over to with".split())
"""What may follow a head in a name: "pressure on Russia", but not "a dam in the north"."""
_ENDS_PHRASE = re.compile(r"[,;:.]$")
_NO_HEAD = _WHO | _WHEN | _VAGUE
_POSSESSIVE = ("'s", "’s", "'", "’")
_LEAST_ALONE = 3
"""How many positions an issue needs whose name is one word; two share "a vote" by chance."""


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
    all_names = Names(name for group in names.values() for name in group)
    issues: list[Issue] = []
    taken: Counter[str] = Counter()
    for head, found in _together(positions, by_target, all_names):
        given = next(filter(None, (_given(cited, by_target) for cited in found)), None)
        holders = {cited.actors or (cited.entry.actor_text,) for cited in found}
        if max(len(holders), len({cited.briefing.id for cited in found})) < least and not given:
            continue
        name = known[given].name if given else _name(head, found)
        if name is None:
            continue
        id = given or slug(name)
        taken[id] += 1
        if taken[id] > 1:
            id = f"{id}-{taken[id]}"
        issues.append(Issue(id, name, found))
    return tuple(issues), {
        (cited.briefing.id, cited.entry.id): issue
        for issue in issues
        for cited in issue.positions
        if cited.entry.id
    }


def _together(
    positions: Sequence[Cited[Position]], by_target: Mapping[str, str], names: Names
) -> list[tuple[str, tuple[Cited[Position], ...]]]:
    """Positions that are about one thing, in order of time, with a head word: the largest groups first.

    `by_target` has the registry's issues by what positions on them are about.
    """
    groups = _Groups()
    heads: dict[int, str] = {}
    firsts: dict[str, dict[str, int]] = defaultdict(dict)
    """By head word and briefing, the first position; those after it are tied to it."""
    for place, cited in enumerate(positions):
        if not cited.entry.target:
            continue
        given = _given(cited, by_target)
        words = key_words(cited.entry.target, names)
        if given:
            groups.tie(place, ("known", given))
        if not words:
            if given:
                heads[place] = given
            continue
        head, *others = words
        heads[place] = head
        groups.tie(place, ("briefing", head, cited.briefing.id))
        firsts[head].setdefault(cited.briefing.id, place)
        for word in others:
            groups.tie(place, ("word", head, word))
    pairs = _Pairs()
    for found in firsts.values():
        if len(found) > 1:
            _tie_by_actors(groups, [(place, pairs.of(positions[place].briefing)) for place in found.values()])
    members: dict[int, list[int]] = defaultdict(list)
    for place in heads:
        members[groups.find(place)].append(place)
    together = []
    for places in sorted(members.values(), key=lambda found: (-len(found), found[0])):
        in_time = sorted((positions[place] for place in places), key=lambda c: (c.date, c.briefing.id))
        together.append((heads[places[0]], tuple(in_time)))
    return together


def _given(cited: Cited[Position], by_target: Mapping[str, str]) -> str | None:
    """The registry's issue that names what a position is about."""
    return by_target.get(_normal(cited.entry.target or "")) if by_target else None


def _tie_by_actors(groups: _Groups, found: Iterable[tuple[int, frozenset[int]]]) -> None:
    """Tie places on one head word whose briefings have two key actors in common: given are their pairs."""
    last: dict[int, int] = {}
    for place, pairs in found:
        for other in {last[pair] for pair in last.keys() & pairs}:
            groups.unite(place, other)
        last.update(dict.fromkeys(pairs, place))


class _Pairs:
    """A number for every two key actors that stand in one briefing."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._of: dict[str, frozenset[int]] = {}

    def of(self, briefing: Briefing) -> frozenset[int]:
        found = self._of.get(briefing.id)
        if found is None:
            key_actors = sorted(actor.id for actor in briefing.actors if actor.key)
            number = self._numbers
            found = frozenset(number.setdefault(pair, len(number)) for pair in combinations(key_actors, 2))
            self._of[briefing.id] = found
        return found


def key_words(target: str, names: Names | None = None) -> list[str]:
    """The words a target is known by, the head first, without names, in a common form."""
    words = _words(target)
    if not _SENTENCE.isdisjoint(words):
        return []
    if names:
        words = names.cut(words)
    head = _head(words)
    if head is None or _stem(head) in _NO_HEAD:
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


@lru_cache(maxsize=1 << 15)
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
    """What two ways of writing one target have in common: its words without an article before them."""
    words = _words(text)
    return " ".join(words[1:] if words[:1] in (["a"], ["an"], ["the"]) else words)


class Names:
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
    folded = text.replace("’", "'").casefold()
    return [word.removesuffix("'s") for word in _WORD.findall(folded)]


def _name(head: str, positions: Sequence[Cited[Position]]) -> str | None:
    """What the issue is called: the phrase around its head word that is used most, of two words or more
    where there is one. None where a single word is all there is, and too few positions are on it."""
    used = Counter(phrase for cited in positions if (phrase := _phrase(cited.entry.target or "", head)))
    phrases = [phrase for phrase in used if " " in phrase]
    if phrases:
        best = min(phrases, key=lambda phrase: (-used[phrase], len(phrase), phrase))
    elif used and len(positions) >= _LEAST_ALONE:
        best = min(used, key=lambda word: (-used[word], -len(word), word))
    else:
        return None
    return best[:1].upper() + best[1:]


def _phrase(target: str, head: str) -> str | None:
    """The words of a target from the first that says something to the end of what follows its head:
    "any new package of sanctions against Moscow by July" gives "sanctions against Moscow"."""
    words = target.split()
    bare = [_bare(word) for word in words]
    at = next((n for n, word in enumerate(bare) if _stem(word) == head), None)
    if at is None:
        return None
    start = at
    while start and bare[start - 1] not in _ENDS_HEAD | _EMPTY and not bare[start - 1].isdigit():
        start -= 1
    end = at + 1
    if end < len(words) and bare[end] in _LINKING:
        behind = end + 1
        while behind < len(words) and bare[behind] not in _ENDS_HEAD:
            behind += 1
            if _ENDS_PHRASE.search(words[behind - 1]):
                break
        last = _stem(bare[behind - 1])
        if last not in _NO_HEAD | _EMPTY and not last.isdigit():
            end = behind
    if end - start > 5:
        end = at + 1
    return _small(" ".join(words[start:end]).strip(' ,;:.“”"'))


def _small(phrase: str) -> str:
    """The phrase as inside a sentence, so that both spellings count as one."""
    return phrase[:1].lower() + phrase[1:]


def _bare(word: str) -> str:
    word = word.strip('.,;:!?"“”‘()').casefold()
    ending = next((ending for ending in _POSSESSIVE if word.endswith(ending)), "")
    return word.removesuffix(ending)


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
        self.unite(place, self._first.setdefault(key, place))

    def unite(self, one: int, other: int) -> None:
        if one != other:
            a, b = self.find(one), self.find(other)
            self._parent[max(a, b)] = min(a, b)
