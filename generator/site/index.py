"""The index of a site: all briefings, and everything that is looked up across them.

Built once, before any page; every page is a function of it. Lists are in a fixed order (newest
first unless said otherwise), so that the same briefings give the same pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from generator.briefing import Actor, Briefing, Event, NextStep, Position, Quote
from generator.site.issues import Issue, find_issues
from generator.site.links import slug
from generator.site.registry import Identity, Registry

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
class Role:
    """A description of a person, and the day of the first briefing that gives it."""

    text: str
    since: date
    briefing: Briefing


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
    """In order of time; a role is repeated only when another stood between."""
    briefings: tuple[Briefing, ...]
    positions: tuple[Cited[Position], ...]
    """In order of time, the oldest first."""
    quotes: tuple[Cited[Quote], ...]
    steps: tuple[Cited[NextStep], ...]
    companions: tuple[tuple[str, int], ...]
    """Who stands in the same briefings, with how many, the most frequent first."""

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


@dataclass(frozen=True)
class Site:
    """Everything that pages are made from."""

    briefings: tuple[Briefing, ...]
    """Newest first; of one day in the order of their ids."""
    actors: Mapping[str, Profile]
    """By id, in the order of names."""
    issues: tuple[Issue, ...]
    """The most discussed first."""
    positions: tuple[Cited[Position], ...]
    quotes: tuple[Cited[Quote], ...]
    steps: tuple[Cited[NextStep], ...]
    events: tuple[Cited[Event], ...]
    """The latest event first."""
    tags: tuple[Tag, ...]
    issue_of: Mapping[tuple[str, str], Issue]
    """By the briefing's id and the position's id."""
    identities: Mapping[tuple[str, str], str]
    """The actor across the site for a briefing's id and the actor's id in it."""
    related: Mapping[str, tuple[Briefing, ...]] = field(default_factory=dict)
    quote_issue: Mapping[tuple[str, str], Issue] = field(default_factory=dict)
    """The issue of the position that a quote states, by the briefing's id and the quote's id."""

    def actor(self, briefing: Briefing, id: str | None) -> Profile | None:
        """The actor that this id of a briefing stands for; None for the unnamed and unknown."""
        return self.actors.get(self.identities.get((briefing.id, id), "")) if id else None

    @property
    def latest(self) -> date | None:
        """The day of the newest briefing: the "today" of everything that is built."""
        return self.briefings[0].date if self.briefings else None


def index(briefings: Iterable[Briefing], registry: Registry | None = None) -> Site:
    """The site's index over these briefings, in time linear in their entries."""
    registry = registry or Registry()
    ordered = tuple(sorted(briefings, key=lambda b: (-b.date.toordinal(), b.id)))
    identities = {
        (briefing.id, actor.id): registry.resolve(actor.id, briefing.id)
        for briefing in ordered
        for actor in briefing.actors
    }

    def filed(briefing: Briefing, ids: Sequence[str | None]) -> tuple[str, ...]:
        known = (identities.get((briefing.id, id)) for id in ids if id)
        return tuple(dict.fromkeys(id for id in known if id))

    positions = tuple(Cited(entry, b, filed(b, [entry.actor])) for b in ordered for entry in b.positions)
    quotes = tuple(Cited(entry, b, filed(b, [entry.speaker])) for b in ordered for entry in b.quotes)
    steps = tuple(Cited(entry, b, filed(b, entry.owners)) for b in ordered for entry in b.next_steps)
    events = tuple(Cited(entry, b, ()) for b in ordered for entry in b.timeline)
    actors = _profiles(ordered, registry, identities, positions, quotes, steps)
    issues, issue_of = find_issues(positions, registry.issues, {id: _names(a) for id, a in actors.items()})
    return Site(
        briefings=ordered,
        actors=actors,
        issues=issues,
        positions=positions,
        quotes=quotes,
        steps=steps,
        events=tuple(sorted(events, key=lambda c: (c.entry.date, c.briefing.id), reverse=True)),
        tags=_tags(ordered),
        issue_of=issue_of,
        identities=identities,
        related=_related(ordered, identities),
        quote_issue=_quote_issues(ordered, issue_of),
    )


def _names(profile: Profile) -> tuple[str, ...]:
    return (profile.name, *profile.aliases)


def _profiles(
    briefings: Sequence[Briefing],
    registry: Registry,
    identities: Mapping[tuple[str, str], str],
    positions: Iterable[Cited[Position]],
    quotes: Iterable[Cited[Quote]],
    steps: Iterable[Cited[NextStep]],
) -> dict[str, Profile]:
    wants: dict[str, list[Cited[Position]]] = defaultdict(list)
    said: dict[str, list[Cited[Quote]]] = defaultdict(list)
    owes: dict[str, list[Cited[NextStep]]] = defaultdict(list)
    for position in positions:
        for id in position.actors:
            wants[id].append(position)
    for quote in quotes:
        for id in quote.actors:
            said[id].append(quote)
    for step in steps:
        for id in step.actors:
            owes[id].append(step)
    seen: dict[str, list[tuple[Briefing, Actor]]] = defaultdict(list)
    companions: dict[str, Counter[str]] = defaultdict(Counter)
    for briefing in briefings:
        together = sorted({identities[briefing.id, actor.id] for actor in briefing.actors})
        for actor in briefing.actors:
            seen[identities[briefing.id, actor.id]].append((briefing, actor))
        for id in together:
            companions[id].update(together)
    profiles = [
        _profile(
            id,
            registry.actors.get(id, Identity()),
            found,
            tuple(reversed(wants[id])),
            tuple(said[id]),
            tuple(owes[id]),
            tuple(
                sorted(
                    ((other, n) for other, n in companions[id].items() if other != id),
                    key=lambda pair: (-pair[1], pair[0]),
                )
            ),
        )
        for id, found in seen.items()
    ]
    return {profile.id: profile for profile in sorted(profiles, key=lambda p: (p.name.casefold(), p.id))}


def _profile(
    id: str,
    known: Identity,
    found: Sequence[tuple[Briefing, Actor]],
    positions: tuple[Cited[Position], ...],
    quotes: tuple[Cited[Quote], ...],
    steps: tuple[Cited[NextStep], ...],
    companions: tuple[tuple[str, int], ...],
) -> Profile:
    newest_first = [actor for _, actor in found]
    names = Counter(actor.name for actor in newest_first)
    # The name most briefings use; of two used as often the longer, which says more.
    name = known.name or max(names, key=lambda n: (names[n], len(n), n))
    roles: list[Role] = []
    for briefing, actor in reversed(found):
        if actor.role and (not roles or roles[-1].text.casefold() != actor.role.casefold()):
            roles.append(Role(actor.role, briefing.date, briefing))
    if known.role and (not roles or roles[-1].text != known.role):
        roles.append(Role(known.role, found[0][0].date, found[0][0]))
    aliases = dict.fromkeys(known.aliases)
    aliases.update(dict.fromkeys(alias for actor in newest_first for alias in (actor.name, *actor.aliases)))
    aliases.pop(name, None)
    return Profile(
        id=id,
        name=name,
        kind=known.kind or next((actor.kind for actor in newest_first if actor.kind), None),
        affiliation=known.affiliation or next((a.affiliation for a in newest_first if a.affiliation), None),
        aliases=tuple(aliases),
        links=known.links,
        roles=tuple(roles),
        briefings=tuple({briefing.id: briefing for briefing, _ in found}.values()),
        positions=positions,
        quotes=quotes,
        steps=steps,
        companions=companions,
    )


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


def _related(
    briefings: Sequence[Briefing], identities: Mapping[tuple[str, str], str], *, most: int = 4
) -> dict[str, tuple[Briefing, ...]]:
    """For each briefing those that share most with it: rare actors and tags count more.

    An actor of a hundred briefings says nothing about which two belong together, so its hundred
    are cut to the nearest in time: the work stays linear.
    """
    keys: dict[str, list[int]] = defaultdict(list)
    of_briefing: list[list[str]] = []
    for place, briefing in enumerate(briefings):
        mine = {f"actor {identities[briefing.id, actor.id]}" for actor in briefing.actors}
        mine |= {f"tag {tag}" for tag in briefing.tags}
        of_briefing.append(sorted(mine))
        for key in of_briefing[-1]:
            keys[key].append(place)
    window = 40
    ranks = {key: {place: rank for rank, place in enumerate(places)} for key, places in keys.items()}
    related: dict[str, tuple[Briefing, ...]] = {}
    for place, briefing in enumerate(briefings):
        scores: Counter[int] = Counter()
        shared: Counter[int] = Counter()
        for key in of_briefing[place]:
            places = keys[key]
            rank = ranks[key][place]
            for other in places[max(0, rank - window) : rank + window + 1]:
                if other != place:
                    scores[other] += 1 / len(places)  # type: ignore[assignment]
                    shared[other] += 1
        chosen = sorted(
            (other for other in scores if shared[other] >= 2),
            key=lambda other: (-scores[other], abs(other - place), other),
        )
        related[briefing.id] = tuple(briefings[other] for other in chosen[:most])
    return related
