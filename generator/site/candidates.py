"""Actors who may be one and the same: suggestions for `briefings/actors.yml`, never more.

Briefings are written article by article, so one calls "Astrid Nyholm" what another calls "Nyholm",
and outlets spell names their own way. Whether two are one is for a person to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from generator.site.index import Profile, Site

ALIKE = 0.88
"""Likeness of two spellings of one name ("Zelensky", "Zelenskyy"); "Iran" and "Iraq" lie below it."""
LONG_ENOUGH = 6
"""Letters of a name from which on its spelling is compared."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two actors who may be one: `keep` has the fuller name or more briefings, `why` is for a person."""

    keep: Profile
    other: Profile
    why: str


def find_candidates(site: Site) -> tuple[Candidate, ...]:
    """Pairs of actors who may be one, the most certain first, then in the order of their ids.

    Two who stand side by side in one briefing are told apart there, and are no candidates.
    """
    found: dict[tuple[str, str], tuple[int, Candidate]] = {}
    for rank, find in enumerate((_same_name, _surname, _initials, _spelling)):
        for one, other, why in find(list(site.actors.values())):
            key = (min(one.id, other.id), max(one.id, other.id))
            if key in found or not _may_meet(one, other):
                continue
            keep, drop = sorted((one, other), key=lambda a: (-len(a.name.split()), -len(a.briefings), a.id))
            found[key] = (rank, Candidate(keep, drop, why))
    ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]))
    return tuple(candidate for _, (_, candidate) in ordered)


def _may_meet(one: Profile, other: Profile) -> bool:
    same_kind = one.kind == other.kind or None in (one.kind, other.kind)
    return same_kind and not {b.id for b in one.briefings} & {b.id for b in other.briefings}


Pairs = Iterator[tuple[Profile, Profile, str]]


def _same_name(actors: Iterable[Profile]) -> Pairs:
    by_name: dict[str, list[Profile]] = defaultdict(list)
    for actor in actors:
        for name in dict.fromkeys(_fold(name) for name in (actor.name, *actor.aliases)):
            by_name[name].append(actor)
    for name, several in by_name.items():
        for one, other in combinations(several, 2):
            yield one, other, f"both are called “{name}”"


def _surname(actors: Iterable[Profile]) -> Pairs:
    """A surname alone, where one person only has it."""
    people = [actor for actor in actors if actor.kind == "person"]
    full: dict[str, list[Profile]] = defaultdict(list)
    for actor in people:
        words = _fold(actor.name).split()
        if len(words) > 1:
            full[words[-1]].append(actor)
    for actor in people:
        bearers = full.get(_fold(actor.name), [])
        if len(bearers) == 1:
            yield bearers[0], actor, f"the only other person with the surname {actor.name}"


def _initials(actors: Iterable[Profile]) -> Pairs:
    bodies = [actor for actor in actors if actor.kind == "organization"]
    by_initials: dict[str, list[Profile]] = defaultdict(list)
    for actor in bodies:
        capitals = "".join(word[0] for word in actor.name.split() if word[0].isupper())
        if len(capitals) > 2:
            by_initials[capitals].append(actor)
    for actor in bodies:
        for full in by_initials.get(actor.name.replace(".", ""), []):
            if full.id != actor.id:
                yield full, actor, f"{actor.name} are the initials of {full.name}"


def _spelling(actors: Iterable[Profile]) -> Pairs:
    """Names that begin alike and differ in a letter or two."""
    by_start: dict[str, list[tuple[str, Profile]]] = defaultdict(list)
    for actor in actors:
        name = _fold(actor.name)
        if len(name) >= LONG_ENOUGH:
            by_start[name[:3]].append((name, actor))
    for several in by_start.values():
        for (one_name, one), (other_name, other) in combinations(several, 2):
            if SequenceMatcher(None, one_name, other_name).ratio() >= ALIKE:
                yield one, other, "the names are spelt almost alike"


def _fold(name: str) -> str:
    return " ".join(name.casefold().replace(".", " ").split()).removeprefix("the ")
