"""What people know about identities: `actors.yml` and `issues.yml` beside the briefings.

Both are written by hand and both are optional. An entry's key is the id that the site uses.

    donald-trump:
      name: Donald Trump
      role: President of the United States
      same_as: [trump, president-trump]       ids of briefings that mean this actor
      links: {Wikidata: https://www.wikidata.org/wiki/Q22686}
    john-smith-mp:
      same_as: [john-smith]
      only_in: [2025-05-17-port-strike]       the namesake of these briefings alone
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.briefing import KINDS
from generator.errors import BriefingError
from generator.site.links import slug


@dataclass(frozen=True, slots=True)
class Identity:
    """What the registry says of one actor; whatever it leaves out comes from the briefings."""

    name: str | None = None
    kind: str | None = None
    role: str | None = None
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    same_as: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What the registry says of one issue: its name, and the targets that belong to it."""

    name: str
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registry:
    """Both files, and the lookups that follow from them."""

    actors: Mapping[str, Identity] = field(default_factory=dict)
    issues: Mapping[str, Topic] = field(default_factory=dict)
    _everywhere: dict[str, str] = field(init=False, repr=False, default_factory=dict)
    _somewhere: dict[tuple[str, str], str] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for id, identity in self.actors.items():
            for other in identity.same_as:
                if identity.only_in:
                    self._somewhere.update({(other, briefing): id for briefing in identity.only_in})
                else:
                    self._everywhere[other] = id

    def resolve(self, id: str, briefing: str) -> str:
        """The actor across the site that `id` means in this briefing."""
        return self._somewhere.get((id, briefing)) or self._everywhere.get(id, id)


def read_registry(actors: str | None, issues: str | None, *, folder: str = "briefings") -> Registry:
    """The registry from the text of its two files, each None where there is none.

    Raises BriefingError with the file, the entry and what would have worked.
    """
    return Registry(
        actors={
            slug(id): _identity(f"{folder}/actors.yml: {id}", entry)
            for id, entry in _entries(actors, f"{folder}/actors.yml").items()
        },
        issues={
            slug(id): _topic(f"{folder}/issues.yml: {id}", id, entry)
            for id, entry in _entries(issues, f"{folder}/issues.yml").items()
        },
    )


def _entries(text: str | None, path: str) -> dict[str, dict[str, Any]]:
    if text is None:
        return {}
    try:
        # BaseLoader reads every scalar as text: "no" and 0123 stay what the person typed.
        data = yaml.load(text, Loader=yaml.BaseLoader) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else path
        raise BriefingError(f"{where}: not readable as YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(data, dict) or not all(isinstance(entry, dict) for entry in data.values()):
        raise BriefingError(
            f"{path}: found {type(data).__name__}; expected `id:` with keys indented below it"
        )
    return data


def _identity(where: str, entry: dict[str, Any]) -> Identity:
    _no_other_keys(where, entry, Identity.__slots__)
    links = entry.get("links") or {}
    if not isinstance(links, dict):
        raise BriefingError(f"{where}: links: found {links!r}; expected `Name: https://…` pairs")
    for name, url in links.items():
        if not str(url).startswith(("https://", "http://")):
            raise BriefingError(f"{where}: links: {name}: found {url!r}; expected an address with https://")
    kind = entry.get("kind")
    if kind and kind not in KINDS:
        raise BriefingError(f"{where}: kind: found {kind!r}; allowed are {', '.join(KINDS)}")
    return Identity(
        name=_text(where, entry, "name"),
        kind=kind or None,
        role=_text(where, entry, "role"),
        affiliation=_text(where, entry, "affiliation"),
        aliases=_list(where, entry, "aliases"),
        links=tuple((str(name), str(url)) for name, url in links.items()),
        same_as=_list(where, entry, "same_as"),
        only_in=_list(where, entry, "only_in"),
    )


def _topic(where: str, id: str, entry: dict[str, Any]) -> Topic:
    _no_other_keys(where, entry, Topic.__slots__)
    return Topic(
        name=_text(where, entry, "name") or id.replace("-", " "), targets=_list(where, entry, "targets")
    )


def _no_other_keys(where: str, entry: dict[str, Any], allowed: tuple[str, ...]) -> None:
    for key in entry:
        if key not in allowed:
            raise BriefingError(f"{where}: found the key {key!r}; allowed are {', '.join(allowed)}")


def _text(where: str, entry: dict[str, Any], key: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise BriefingError(f"{where}: {key}: found {value!r}; expected text")
    return value or None


def _list(where: str, entry: dict[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BriefingError(f"{where}: {key}: found {value!r}; expected a list such as [one, two]")
    return tuple(value)
