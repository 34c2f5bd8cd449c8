"""Actors that may be one and the same: suggestions for the registry, which a person decides on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from generator.site.index import Profile, Site


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two actors and what speaks for their being one; `keep` has the fuller name."""

    keep: Profile
    drop: Profile
    reason: str

    @property
    def entry(self) -> str:
        """What to write into actors.yml."""
        return f"{self.keep.id}:\n  same_as: [{self.drop.id}]\n"


def find_candidates(site: Site) -> tuple[Candidate, ...]:
    """Pairs that share a name, in the order of the names to keep; every pair once.

    A surname alone points to a person only where one person of the site has it.
    """
    found: dict[tuple[str, str], Candidate] = {}
    for candidate in (*_same_names(site), *_surnames(site)):
        pair = (candidate.keep.id, candidate.drop.id)
        if pair not in found and pair[::-1] not in found:
            found[pair] = candidate
    return tuple(sorted(found.values(), key=lambda c: (c.keep.name.casefold(), c.keep.id, c.drop.id)))


def _same_names(site: Site) -> Iterator[Candidate]:
    by_name: dict[tuple[str, str], list[Profile]] = defaultdict(list)
    for actor in site.actors.values():
        for name in {actor.name.casefold(), *(alias.casefold() for alias in actor.aliases)}:
            # A surname among the aliases is shared by families; `_surnames` looks at those.
            if actor.kind != "person" or " " in name:
                by_name[actor.kind or "", name].append(actor)
    for (_, name), actors in sorted(by_name.items(), key=lambda item: item[0]):
        ordered = sorted(actors, key=lambda a: (-len(a.name), -len(a.briefings), a.id))
        for other in ordered[1:]:
            yield Candidate(ordered[0], other, f"both are called “{name}”")


def _surnames(site: Site) -> Iterator[Candidate]:
    people = [actor for actor in site.actors.values() if actor.kind == "person"]
    by_surname: dict[str, list[Profile]] = defaultdict(list)
    for actor in people:
        if " " in actor.name:
            by_surname[actor.name.split()[-1].casefold()].append(actor)
    for actor in people:
        full = by_surname.get(actor.name.casefold(), [])
        if len(full) == 1:
            yield Candidate(full[0], actor, f"the only one with the surname “{actor.name}”")
