"""What a person changed against what was generated: the desk's corrections, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from generator.briefing import Entry, Heading
from generator.markdown import plain
from generator.merge.front import split_keys
from generator.merge.tree import Page, Part, order, pair, unix, walk
from generator.older import lift_summary
from generator.page import anchor_of, take_mine


@dataclass(frozen=True, slots=True)
class Change:
    """What a person changed in one entry, one front-matter key, one heading or one note.

    `section` is the kind of the section ("quotes"), the title of one that a person made, or "front
    matter"; `id` the entry's anchor or the key. `before` and `after` are Markdown; `fields` gives,
    for a changed entry, each field with its two values.
    """

    kind: Literal["added", "deleted", "changed"]
    section: str
    id: str
    before: str | None
    after: str | None
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def diff(base: str, mine: str, *, path: str = "<briefing>") -> tuple[Change, ...]:
    """What a person changed against what was generated: front matter by key, then the page in its order.

    Raises `BriefingError` where a page cannot be read.
    """
    old, new = (Page.read(lift_summary(unix(take_mine(text)[0])), path=path) for text in (base, mine))
    summaries = (Part("", "", parts=[page.summary]) for page in (old, new))
    return (
        *_front_changes(old.front, new.front),
        *_body_changes(*summaries),
        *_body_changes(old.root, new.root),
    )


def _front_changes(old: str, new: str) -> Iterator[Change]:
    keys = [
        {key: "".join(texts).strip("\n") for key, texts in split_keys(front).items()} for front in (old, new)
    ]
    for key in dict.fromkeys(key for side in keys for key in side if key != "summary"):
        before, after = (side.get(key) for side in keys)
        if before != after:
            yield Change(_kind(before, after), "front matter", key, before, after)


def _body_changes(old: Part, new: Part) -> Iterator[Change]:
    pair(old, new)
    there, here = _places(old), _places(new)
    for key in order(([], there, here), {**there, **here}):
        one, other = there.get(key), here.get(key)
        part, _, section = other or there[key]
        moved = one is not None and other is not None and part.value is not None and one[1] != other[1]
        before, after = one[0].text if one else None, other[0].text if other else None
        if before != after or moved:
            changed = _fields(one[0].value, other[0].value) if one and other else {}
            id = (anchor_of(part.block) or "") if part.block else ""
            yield Change(_kind(before, after), section, id, before, after, changed)


def _places(root: Part) -> dict[str, tuple[Part, str, str]]:
    """Every block by its key: itself, the heading it stands under, the section it is in."""
    places: dict[str, tuple[Part, str, str]] = {}
    for part in root.parts:
        heading = part.block if isinstance(part.block, Heading) else None
        section = (heading.section or plain(heading.text)[0]) if heading else ""
        places[part.key] = part, "", section
        places |= {below.key: (below, above.key, section) for below, above in walk(part)}
    return places


def _kind(before: str | None, after: str | None) -> Literal["added", "deleted", "changed"]:
    return "added" if before is None else "deleted" if after is None else "changed"


def _fields(before: Entry | None, after: Entry | None) -> dict[str, tuple[Any, Any]]:
    if before is None or after is None or type(before) is not type(after):
        return {}
    pairs = {each.name: (getattr(before, each.name), getattr(after, each.name)) for each in fields(before)}
    return {name: values for name, values in pairs.items() if values[0] != values[1]}
