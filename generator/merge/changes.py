"""What a person changed against what was generated: the desk's corrections, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal

from generator.briefing import Entry
from generator.merge.front import split_keys
from generator.merge.tree import Page, order, pair, unix, walk
from generator.page import anchor_of, take_mine


@dataclass(frozen=True, slots=True)
class Change:
    """What a person changed in one entry, one front-matter key or one note; Markdown before and after.

    `fields` gives, for a changed entry, each field with its two values.
    """

    kind: Literal["added", "deleted", "changed"]
    section: str
    id: str
    before: str | None
    after: str | None
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def diff(base: str, mine: str, *, path: str = "<briefing>") -> tuple[Change, ...]:
    """What a person changed against what was generated: front matter by key, then the page in its order."""
    old, new = (Page.read(unix(take_mine(text)[0]), path=path) for text in (base, mine))
    pair(old.root, new.root)
    changes: list[Change] = []
    keys_old, keys_new = split_keys(old.front), split_keys(new.front)
    for key in dict.fromkeys([*keys_old, *keys_new]):
        before, after = (
            "".join(side[key]).rstrip("\n") if key in side else None for side in (keys_old, keys_new)
        )
        if before != after:
            changes.append(_change("front matter", key, before, after))
    there = {part.key: (part, above) for part, above in walk(old.root)}
    here = {part.key: (part, above) for part, above in walk(new.root)}
    for key in order(([], list(there), list(here)), {**there, **here}):
        one, other = there.get(key), here.get(key)
        before, after = (side[0].text if side else None for side in (one, other))
        moved = one and other and one[1].key != other[1].key and one[0].value is not None
        if before == after and not moved:
            continue
        part, above = other or there[key]
        section = above.key.removeprefix("section ").split(" ", 2)[-1] if above.key else ""
        if section == "" and part.container:
            section = part.key.removeprefix("section ")
        id = (anchor_of(part.block) or "") if part.block else ""
        changed = _fields(one[0].value, other[0].value) if one and other else {}
        changes.append(_change(section, id, before, after, changed))
    return tuple(changes)


def _change(
    section: str,
    id: str,
    before: str | None,
    after: str | None,
    changed: dict[str, tuple[Any, Any]] | None = None,
) -> Change:
    kind: Literal["added", "deleted", "changed"] = (
        "added" if before is None else "deleted" if after is None else "changed"
    )
    return Change(kind, section, id, before, after, changed or {})


def _fields(before: Entry | None, after: Entry | None) -> dict[str, tuple[Any, Any]]:
    if before is None or after is None or type(before) is not type(after):
        return {}
    pairs = {f.name: (getattr(before, f.name), getattr(after, f.name)) for f in fields(before)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
