"""Briefings at hand: the pages of a folder as they were last readable, read again only where they changed."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from generator.briefing import Briefing
from generator.errors import BriefingError, SettingsError
from generator.page import NOT_BRIEFINGS
from generator.site.index import Site, index
from generator.site.reading import read_page, read_text, same_id
from generator.site.registry import Registry, read_registry

_TOO_FRESH = 100_000_000
"""Nanoseconds within which two writes may bear the same time: such a file is read again."""

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: Stamp | None
    digest: bytes
    """Of the bytes."""
    read: Briefing | None
    """What the file says; None where it is not readable."""
    error: str | None
    good: Briefing | None
    """What it said when it was last readable."""


class Shelf:
    """The briefings and the registry of a site that is being edited.

    What cannot be read is told in `errors`, and what was readable before stands in its place.
    """

    def __init__(self, folder: Path, name: str, known: Path, known_name: str) -> None:
        """`folder` holds the briefings, `known` the registry; the names are for people."""
        self.places = (folder, name, known, known_name)
        self._folder, self._name = folder, name
        self._known, self._known_name = known, known_name
        self._kept: dict[str, _Kept] = {}
        self._texts: tuple[str | None, str | None] | None = None
        self.briefings: tuple[Briefing, ...] = ()
        self.registry = Registry()
        self.errors: Mapping[str, str] = {}
        """By file, what is wrong with it."""
        self._registry_error: str | None = None
        self._site: Site | None = None

    def refresh(self) -> bool:
        """Read what has changed on disk; whether anything did that a reader or an editor sees.

        Raises SettingsError where the folder is gone.
        """
        before = (self.briefings, self.registry, self.errors)
        self._refresh_registry()
        found = {name: self._look(name, path) for name, path in self._files()}
        self._kept = found
        errors: dict[str, str] = {}
        taken: dict[str, Briefing] = {}
        for name, kept in found.items():
            briefing, error = kept.read, kept.error
            if briefing is not None and briefing.id in taken:
                error = same_id(briefing, taken[briefing.id])
            if error:
                errors[name] = error
                briefing = kept.good if kept.good and kept.good.id not in taken else None
            elif briefing is not kept.good:
                self._kept[name] = _Kept(kept.stamp, kept.digest, briefing, None, briefing)
            if briefing is not None:
                taken[briefing.id] = briefing
        if self._registry_error:
            errors[self._known_name] = self._registry_error
        now = tuple(taken.values())
        if len(now) != len(self.briefings) or any(
            a is not b for a, b in zip(now, self.briefings, strict=True)
        ):
            self.briefings = now
        self.errors = errors if errors != self.errors else self.errors
        after = (self.briefings, self.registry, self.errors)
        return any(a is not b for a, b in zip(before, after, strict=True))

    def site(self) -> Site:
        """The index over what is at hand; what has not changed since the last one is not filed again."""
        self._site = index(self.briefings, self.registry, before=self._site)
        return self._site

    def _files(self) -> list[tuple[str, os.DirEntry[str]]]:
        try:
            with os.scandir(self._folder) as entries:
                found = [
                    (e.name, e) for e in entries if e.name.endswith(".md") and e.name not in NOT_BRIEFINGS
                ]
        except OSError as error:
            raise SettingsError(f"briefings: folder: {self._name!r} is no folder any more") from error
        return sorted(found, key=lambda pair: pair[0])

    def _look(self, name: str, entry: os.DirEntry[str]) -> _Kept:
        old = self._kept.get(name)
        try:
            stamp = _stamp(entry)
            if old is not None and old.stamp is not None and old.stamp == stamp:
                return old
            data = Path(entry.path).read_bytes()
        except OSError as error:
            return _Kept(None, b"", None, f"{self._name}/{name}: {error.strerror}", old.good if old else None)
        digest = blake2b(data, digest_size=16).digest()
        settled = stamp if time.time_ns() - stamp[0] > _TOO_FRESH else None
        if old is not None and old.digest == digest:
            return _Kept(settled, digest, old.read, old.error, old.good)
        try:
            return _Kept(
                settled, digest, read_page(data, f"{self._name}/{name}"), None, old.good if old else None
            )
        except BriefingError as error:
            return _Kept(settled, digest, None, str(error), old.good if old else None)

    def _refresh_registry(self) -> None:
        try:
            texts = (read_text(self._known / "actors.yml"), read_text(self._known / "issues.yml"))
        except (OSError, UnicodeDecodeError) as error:
            self._registry_error = f"{self._known_name}: {error}"
            return
        if texts == self._texts:
            return
        self._texts = texts
        try:
            self.registry = read_registry(*texts, folder=self._known_name)
            self._registry_error = None
        except BriefingError as error:
            self._registry_error = str(error)


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    found = entry.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino
