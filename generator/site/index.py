"""The index of a site: all briefings, and everything that is looked up across them.

Every page is a function of it. Lists are in a fixed order (newest first unless said otherwise), so
that the same briefings give the same pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from generator.briefing import Actor, Briefing, Event, NextStep, Position, Quote
from generator.site.issues import Issue, find_issues
from generator.site.links import slug
from generator.site.registry import Identity, Registry
from generator.site.roles import Role, find_roles

Entry = TypeVar("Entry", Position, Quote, NextStep, Event)


@dataclass(frozen=True, slots=True)
class Cited(Generic[Entry]):
    """An entry together with the briefing that it stands in, and the actors it is filed under."""

    entry: Entry
    briefing: Briefing
    actors: tuple[str, ...]
    """Ids across the site, the registry applied; empty where nobody is named."""

    @property
    def date(self) -> date:
        return self.briefing.date

    @property
    def anchor(self) -> str:
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Profile:
    """One actor across all briefings."""

    id: str
    name: str
    kind: str | None
    affiliation: str | None
    aliases: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    roles: tuple[Role, ...]
    """In order of time, one for each change."""
    briefings: tuple[Briefing, ...]
    positions: tuple[Cited[Position], ...]
    """In order of time, the oldest first; of one briefing as they stand there."""
    quotes: tuple[Cited[Quote], ...]
    steps: tuple[Cited[NextStep], ...]

    @property
    def role(self) -> str | None:
        return self.roles[-1].text if self.roles else None

    @property
    def followed(self) -> bool:
        """Whether the actor does more than being named, so that there is news to follow."""
        return bool(self.quotes or self.positions or self.steps)

    @property
    def initials(self) -> str:
        """One or two letters for the badge."""
        words = [word for word in self.name.replace("-", " ").split() if word[:1].isalpha()]
        capitals = [word for word in words if word[0].isupper()] or words
        if not capitals:
            return self.name[:1].upper() or "?"
        return (capitals[0][0] + (capitals[-1][0] if len(capitals) > 1 else "")).upper()


@dataclass(frozen=True, slots=True)
class Tag:
    """A subject that briefings share: `id` is its name in addresses, `name` as most write it."""

    id: str
    name: str
    briefings: tuple[Briefing, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """The entries of one briefing, filed under actors by one registry."""

    briefing: Briefing
    identities: Mapping[str, str]
    """The actor across the site for the id of each actor in the briefing."""
    positions: tuple[Cited[Position], ...]
    quotes: tuple[Cited[Quote], ...]
    steps: tuple[Cited[NextStep], ...]
    ties: tuple[str, ...]
    """What it may have in common with others, its actors and tags, in a fixed order."""


@dataclass(frozen=True, slots=True)
class Profiled:
    """The profiles of an index, and what they were made from."""

    filed: Mapping[int, Filed]
    actors: Mapping[str, Profile]


@dataclass(frozen=True)
class Site:
    """Everything that pages are made from. What is looked up across briefings is found when it is first
    asked for, and kept: one page needs little of it."""

    briefings: tuple[Briefing, ...]
    """Newest first; of one day in the order of their ids."""
    registry: Registry
    filed: Mapping[int, Filed] = field(repr=False)
    """The entries of each briefing, by its `id()`: no two objects that exist have the same."""
    known: Profiled | None = field(default=None, repr=False)
    """Profiles by the same registry of an earlier index, to be taken over where nothing changed."""

    @cached_property
    def actors(self) -> Mapping[str, Profile]:
        """By id, in the order of names."""
        filed = [self.filed[id(briefing)] for briefing in self.briefings]
        if self.known is None:
            return _in_order(_profiles(filed, self.registry))
        changed = [self.known.filed[key] for key in self.known.filed.keys() - self.filed.keys()]
        changed += [self.filed[key] for key in self.filed.keys() - self.known.filed.keys()]
        anew = {actor for there in changed for actor in there.identities.values()}
        kept = (profile for profile in self.known.actors.values() if profile.id not in anew)
        return _in_order([*kept, *_profiles(filed, self.registry, anew)])

    @property
    def profiled(self) -> Profiled | None:
        """The profiles at hand: its own where somebody asked for them."""
        return Profiled(self.filed, self.actors) if "actors" in vars(self) else self.known

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The most discussed first."""
        return self._issues[0]

    @property
    def issue_of(self) -> Mapping[tuple[str, str], Issue]:
        """By the briefing's id and the position's id."""
        return self._issues[1]

    @cached_property
    def _issues(self) -> tuple[tuple[Issue, ...], Mapping[tuple[str, str], Issue]]:
        names = {id: (actor.name, *actor.aliases) for id, actor in self.actors.items()}
        return find_issues(self.positions, self.registry.issues, names)

    @cached_property
    def positions(self) -> tuple[Cited[Position], ...]:
        return tuple(cited for b in self.briefings for cited in self.filed[id(b)].positions)

    @cached_property
    def quotes(self) -> tuple[Cited[Quote], ...]:
        return tuple(cited for b in self.briefings for cited in self.filed[id(b)].quotes)

    @cached_property
    def steps(self) -> tuple[Cited[NextStep], ...]:
        return tuple(cited for b in self.briefings for cited in self.filed[id(b)].steps)

    @cached_property
    def events(self) -> tuple[Cited[Event], ...]:
        """The latest event first."""
        found = (Cited(entry, b, ()) for b in self.briefings for entry in b.timeline)
        return tuple(sorted(found, key=lambda c: (c.entry.date, c.briefing.id), reverse=True))

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        return _tags(self.briefings)

    @cached_property
    def quote_issue(self) -> Mapping[tuple[str, str], Issue]:
        """The issue of the position that a quote states, by the briefing's id and the quote's id."""
        return _quote_issues(self.briefings, self.issue_of)

    def related(self, briefing: Briefing, *, most: int = 4) -> tuple[Briefing, ...]:
        """Those that share most with a briefing: rare actors and tags count more."""
        return self._ties.related(briefing, most)

    @cached_property
    def _ties(self) -> _Ties:
        return _Ties([self.filed[id(briefing)] for briefing in self.briefings])

    def actor(self, briefing: Briefing, id: str | None) -> Profile | None:
        """The actor that this id of a briefing stands for; None for the unnamed and unknown."""
        return self.actors.get(self._identities(briefing).get(id, "")) if id else None

    def companions(self, profile: Profile) -> list[tuple[str, int]]:
        """Who stands in the same briefings as an actor, with how many, the most frequent first."""
        found: Counter[str] = Counter()
        for briefing in profile.briefings:
            found.update(set(self._identities(briefing).values()))
        del found[profile.id]
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def _identities(self, briefing: Briefing) -> Mapping[str, str]:
        return self.filed[id(briefing)].identities

    @property
    def latest(self) -> date | None:
        """The day of the newest briefing: the "today" of everything that is built."""
        return self.briefings[0].date if self.briefings else None


def index(
    briefings: Iterable[Briefing], registry: Registry | None = None, *, before: Site | None = None
) -> Site:
    """The site's index over these briefings; each part of it takes time linear in their entries.

    What `before` has filed and found of the same briefings by the same registry is taken over.
    """
    registry = registry or Registry()
    ordered = sorted(briefings, key=lambda b: (-b.date.toordinal(), b.id))
    if before is not None and before.registry is not registry:
        before = None
    known = before.filed if before is not None else {}
    filed = {id(briefing): known.get(id(briefing)) or _file(briefing, registry) for briefing in ordered}
    return Site(tuple(ordered), registry, filed, before.profiled if before is not None else None)


def _file(briefing: Briefing, registry: Registry) -> Filed:
    identities = {actor.id: registry.resolve(actor.id, briefing.id) for actor in briefing.actors}

    def under(ids: Iterable[str | None]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(identities[id] for id in ids if id in identities))

    mine = {f"actor {id}" for id in identities.values()} | {f"tag {tag}" for tag in briefing.tags}
    return Filed(
        briefing,
        identities,
        tuple(Cited(entry, briefing, under([entry.actor])) for entry in briefing.positions),
        tuple(Cited(entry, briefing, under([entry.speaker])) for entry in briefing.quotes),
        tuple(Cited(entry, briefing, under(entry.owners)) for entry in briefing.next_steps),
        tuple(sorted(mine)),
    )


def _in_order(profiles: Iterable[Profile]) -> dict[str, Profile]:
    return {profile.id: profile for profile in sorted(profiles, key=lambda p: (p.name.casefold(), p.id))}


def _profiles(filed: Iterable[Filed], registry: Registry, only: Set[str] | None = None) -> list[Profile]:
    """Those of all actors, or of `only` these, from briefings newest first."""
    wants: dict[str, list[Cited[Position]]] = defaultdict(list)
    said: dict[str, list[Cited[Quote]]] = defaultdict(list)
    owes: dict[str, list[Cited[NextStep]]] = defaultdict(list)
    seen: dict[str, list[tuple[Briefing, Actor]]] = defaultdict(list)
    for there in filed:
        if only is not None and only.isdisjoint(there.identities.values()):
            continue
        for position in there.positions:
            for id in position.actors:
                wants[id].append(position)
        for quote in there.quotes:
            for id in quote.actors:
                said[id].append(quote)
        for step in there.steps:
            for id in step.actors:
                owes[id].append(step)
        for actor in there.briefing.actors:
            seen[there.identities[actor.id]].append((there.briefing, actor))
    return [
        _profile(
            id,
            registry.actors.get(id, Identity()),
            found,
            tuple(sorted(wants[id], key=lambda cited: (cited.date, cited.briefing.id))),
            tuple(said[id]),
            tuple(owes[id]),
        )
        for id, found in seen.items()
        if only is None or id in only
    ]


def _profile(
    id: str,
    known: Identity,
    found: Sequence[tuple[Briefing, Actor]],
    positions: tuple[Cited[Position], ...],
    quotes: tuple[Cited[Quote], ...],
    steps: tuple[Cited[NextStep], ...],
) -> Profile:
    newest_first = [actor for _, actor in found]
    names = Counter(actor.name for actor in newest_first)
    # The name most briefings use; of two used as often the longer, which says more.
    name = known.name or max(names, key=lambda n: (names[n], len(n), n))
    roles = find_roles((actor.role, briefing) for briefing, actor in reversed(found) if actor.role)
    if known.role:
        last = roles[-1] if roles else Role("", found[0][0].date, found[0][0])
        roles = (*roles[:-1], replace(last, text=known.role))
    kinds = Counter(actor.kind for actor in newest_first if actor.kind)
    return Profile(
        id=id,
        name=name,
        # What most articles say; of two said as often the newer.
        kind=known.kind or max(kinds, key=lambda kind: kinds[kind], default=None),
        affiliation=known.affiliation or next((a.affiliation for a in newest_first if a.affiliation), None),
        aliases=_aliases(name, known, newest_first),
        links=known.links,
        roles=tuple(roles),
        briefings=tuple({briefing.id: briefing for briefing, _ in found}.values()),
        positions=positions,
        quotes=quotes,
        steps=steps,
    )


def _aliases(name: str, known: Identity, actors: Iterable[Actor]) -> tuple[str, ...]:
    """Other names, each once however its apostrophe or its first letter is written."""
    fold = lambda text: text.casefold().replace("’", "'")  # noqa: E731
    found = {fold(name): name}
    for alias in (*known.aliases, *(alias for actor in actors for alias in (actor.name, *actor.aliases))):
        found.setdefault(fold(alias), alias)
    return tuple(found.values())[1:]


def _quote_issues(
    briefings: Sequence[Briefing], issue_of: Mapping[tuple[str, str], Issue]
) -> dict[tuple[str, str], Issue]:
    """A quote is on an issue where a position on it has words in common: one contains the other."""
    found: dict[tuple[str, str], Issue] = {}
    for briefing in briefings:
        stated = [
            (position.text, issue)
            for position in briefing.positions
            if (issue := issue_of.get((briefing.id, position.id)))
        ]
        for quote in briefing.quotes:
            for text, issue in stated:
                if any(text in part or part.rstrip(",.") in text for part in quote.parts):
                    found[briefing.id, quote.id] = issue
                    break
    return found


def _tags(briefings: Sequence[Briefing]) -> tuple[Tag, ...]:
    tagged: dict[str, list[Briefing]] = defaultdict(list)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for briefing in briefings:
        for id, name in {slug(name): name for name in briefing.tags}.items():
            tagged[id].append(briefing)
            spelled[id][name] += 1
    return tuple(
        Tag(id, max(spelled[id], key=lambda name: (spelled[id][name], name)), tuple(tagged[id]))
        for id in sorted(tagged)
    )


class _Ties:
    """What briefings have in common: for each actor and tag the places of its briefings, newest first."""

    NEAREST = 40
    """An actor of a hundred briefings says nothing about which two belong together, so its hundred
    are cut to the nearest in time, on either side: the work stays linear."""

    def __init__(self, filed: Sequence[Filed]) -> None:
        self._filed = filed
        self._place: dict[str, int] = {}
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, there in enumerate(filed):
            self._place[there.briefing.id] = place
            for key in there.ties:
                self._places[key].append(place)

    def related(self, briefing: Briefing, most: int) -> tuple[Briefing, ...]:
        here = self._place[briefing.id]
        scores: Counter[int] = Counter()
        shared: Counter[int] = Counter()
        for key in self._filed[here].ties:
            places = self._places[key]
            rank = bisect_left(places, here)
            for other in places[max(0, rank - self.NEAREST) : rank + self.NEAREST + 1]:
                scores[other] += 1 / len(places)  # type: ignore[assignment]
                shared[other] += 1
        chosen = sorted(
            (other for other in scores if other != here and shared[other] >= 2),
            key=lambda other: (-scores[other], abs(other - here), other),
        )
        return tuple(self._filed[other].briefing for other in chosen[:most])
