"""Reads a folder of briefings: the pages and the two files of the registry."""

from __future__ import annotations

from pathlib import Path

from generator.briefing import Briefing
from generator.errors import BriefingError, SettingsError
from generator.page import NOT_BRIEFINGS, parse
from generator.site.index import Site, index
from generator.site.registry import Registry, read_registry
from generator.tidy import tidy


def read_folder(folder: Path, known: Path | None = None) -> tuple[list[Briefing], Registry]:
    """The briefings of a folder, and the registry in `known` (by default beside them)."""
    beside = known or folder
    registry = read_registry(
        read_text(beside / "actors.yml"), read_text(beside / "issues.yml"), folder=str(beside)
    )
    return read_briefings(folder, str(folder)), registry


def read_site(folder: Path, name: str, known: Path, known_name: str) -> Site:
    """The index over the briefings in `folder` with the registry in `known`; the names are for people.

    Raises BriefingError and SettingsError, as `read_briefings` and `read_registry` do.
    """
    registry = read_registry(
        read_text(known / "actors.yml"), read_text(known / "issues.yml"), folder=known_name
    )
    return index(read_briefings(folder, name), registry)


def read_briefings(folder: Path, name: str) -> list[Briefing]:
    """The briefings of a folder, in the order of their file names.

    Raises BriefingError with file and line for a page that cannot be understood, and for two
    pages with one id.
    """
    if not folder.is_dir():
        raise SettingsError(
            f"briefings: folder: found {name!r}, which is no folder beside mkdocs.yml; "
            "make it, or name the folder that holds the briefings"
        )
    found: dict[str, Briefing] = {}
    for path in sorted(folder.glob("*.md")):
        if path.name in NOT_BRIEFINGS:
            continue
        briefing = read_page(path.read_bytes(), f"{name}/{path.name}")
        if briefing.id in found:
            raise BriefingError(same_id(briefing, found[briefing.id]))
        found[briefing.id] = briefing
    return list(found.values())


def same_id(briefing: Briefing, other: Briefing) -> str:
    """What is wrong with a page whose id another has."""
    return (
        f"{briefing.path}: found the id {briefing.id!r}, which {other.path} has too; "
        "give one of them another id"
    )


def read_page(data: bytes, path: str) -> Briefing:
    """The briefing, its entries with the ids that `briefings tidy` would give them.

    The file stays as it is; but an entry needs an anchor to be linked to. Raises BriefingError with file
    and line.
    """
    try:
        text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BriefingError(
            f"{path}:{line}: byte {error.start} is {data[error.start]:#04x}, which is no UTF-8; "
            "save the page as UTF-8"
        ) from error
    briefing = parse(text, path=path)
    entries = (briefing.positions, briefing.quotes, briefing.next_steps, briefing.timeline, briefing.summary)
    if all(entry.id for found in entries for entry in found):
        return briefing
    return parse(tidy(text, path=path), path=path)


def read_text(path: Path) -> str | None:
    """The text of a file; None where there is none."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
