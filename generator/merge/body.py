"""Merging bodies: by section, by group, by entry, and within an entry by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from generator.briefing import (
    Actor,
    Briefing,
    Entry,
    Item,
    NextStep,
    Paragraph,
    Position,
    Quote,
    Sentence,
    stands_in,
    words_of,
)
from generator.merge.tree import GONE, Page, Part, marked, order, pair, walk
from generator.sections import BY_ENTRY


def merge_body(base: Page, mine: Page, fresh: Page) -> str:
    """The body of the merged page; it may hold conflicts."""
    pair(base.root, mine.root)
    pair(base.root, fresh.root)
    pair(mine.root, fresh.root, also=base.root)
    _move(base.root, mine.root, fresh.root)
    merger = _Merger(base.briefing, fresh.briefing)
    gaps = {**_gaps(fresh.root), **_gaps(mine.root)}
    parts = list(_flatten(merger.merge(base.root, mine.root, fresh.root)))
    out: list[str] = []
    above: Part | None = None
    for part in parts:
        gap = gaps.get((above.key if above else "", part.key))
        if gap is None:
            gap = 0 if above is not None and _listed(above) and _listed(part) else 1
        out.append("\n" * gap + part.text + "\n")
        above = part
    return "".join(out) + mine.after


def merge_summary(base: Page, mine: Page, fresh: Page) -> str:
    """The lines of the merged summary, conflicts included."""
    pair(base.summary, mine.summary)
    pair(base.summary, fresh.summary)
    pair(mine.summary, fresh.summary, also=base.summary)
    merger = _Merger(base.briefing, fresh.briefing)
    return "".join(f"{part.text}\n" for part in merger.merge(base.summary, mine.summary, fresh.summary))


def _listed(part: Part) -> bool:
    return isinstance(part.block, Item) and BY_ENTRY[type(part.block.value)].shape == "item"


def _flatten(parts: Iterable[Part]) -> Iterable[Part]:
    for part in parts:
        yield part
        yield from _flatten(part.parts)


def _gaps(root: Part) -> dict[tuple[str, str], int]:
    """How many blank lines stand between two blocks that follow each other."""
    above, gaps = "", {}
    for part, _ in walk(root):
        gaps[above, part.key] = part.gap
        above = part.key
    return gaps


def _move(base: Part, mine: Part, fresh: Part) -> None:
    """Let an entry stand under one heading on all three pages: where a person moved it, or else fresh."""
    roots = (base, mine, fresh)
    places = [{part.key: above for part, above in walk(root) if part.value is not None} for root in roots]
    for key in places[1]:
        was, is_mine, is_fresh = (place[key].key if key in place else None for place in places)
        if len({was, is_mine, is_fresh} - {None}) == 1:
            continue
        home = is_mine if is_mine != was or is_fresh is None else is_fresh
        for root, place in zip(roots, places, strict=True):
            if key in place and place[key].key != home:
                part = next(part for part in place[key].parts if part.key == key)
                place[key].parts.remove(part)
                _heading_of(root, home or "", (mine, fresh)).parts.append(part)


def _heading_of(root: Part, key: str, others: Sequence[Part]) -> Part:
    """The heading of this key on a page, put there from one of the other pages where it lacks."""
    if not key:
        return root
    for part, _ in walk(root):
        if part.key == key and part.container:
            return part
    heading, above = next(pair for other in others for pair in walk(other) if pair[0].key == key)
    copy = replace(heading, parts=[])
    home = next((part for part, _ in walk(root) if part.key == above.key), root)
    home.parts.append(copy)
    return copy


class _Merger:
    """Merges the blocks below one heading at a time."""

    def __init__(self, base: Briefing, fresh: Briefing) -> None:
        self._fresh = fresh
        self._moved = _renumbered(base, fresh)

    def merge(self, base: Part | None, mine: Part | None, fresh: Part | None) -> list[Part]:
        sides = [
            {} if part is None else {child.key: child for child in part.parts} for part in (base, mine, fresh)
        ]
        kept: dict[str, Part] = {}
        for key in dict.fromkeys(key for side in sides for key in side):
            part = self._one(*(side.get(key) for side in sides))
            if part is not None:
                kept[key] = part
        return [kept[key] for key in order(sides, kept)]

    def _one(self, base: Part | None, mine: Part | None, fresh: Part | None) -> Part | None:
        some = mine or fresh or base
        assert some is not None
        if some.container:
            return self._heading(base, mine, fresh)
        if mine is None:
            # Taken out by a person, or new.
            return fresh if base is None else None
        if fresh is None:
            return self._gone(base, mine)
        if base is None:
            return mine if mine.text == fresh.text else self._both(None, mine, fresh)
        if _same(mine, base):
            return mine if _same(fresh, base) else fresh
        return mine if _same(fresh, base) or _same(fresh, mine) else self._both(base, mine, fresh)

    def _heading(self, base: Part | None, mine: Part | None, fresh: Part | None) -> Part | None:
        parts = self.merge(base, mine, fresh)
        if mine is None:
            # A heading that a person took away comes back only with something new below it.
            if fresh is None or (base is not None and not parts):
                return None
            return replace(fresh, parts=parts)
        if fresh is None and not parts and base is not None and mine.text == base.text and base.parts:
            return None
        changed = fresh is not None and base is not None and mine.text == base.text
        return replace(mine, text=fresh.text if changed and fresh is not None else mine.text, parts=parts)

    def _gone(self, base: Part | None, mine: Part) -> Part | None:
        """An entry that is no longer generated: it goes where nobody has touched it."""
        renumbered = self._renumber(mine)
        if base is None:
            return renumbered
        if _same(mine, base):
            return None
        if mine.value is None or _stands(self._fresh, mine.value):
            return renumbered
        return _conflict(mine, None)

    def _both(self, base: Part | None, mine: Part, fresh: Part) -> Part:
        if base is None:
            return _found_too(mine, fresh) or _conflict(mine, fresh)
        value = _merge_values(base, mine, fresh)
        if value is not None:
            return replace(mine, text=BY_ENTRY[type(value)].render(value), block=Item(value))
        if base.value and fresh.value and replace(base.value, **_where(fresh.value)) == fresh.value:
            return self._renumber(mine)
        return _conflict(mine, fresh)

    def _renumber(self, part: Part) -> Part:
        """A person's entry with its evidence where the paragraph stands in the corrected article."""
        number = getattr(part.value, "paragraph", None)
        if number is None or self._moved.get(number, number) == number:
            return part
        new = self._moved[number]
        if isinstance(part.value, Sentence):
            return replace(part, text=BY_ENTRY[Sentence].render(replace(part.value, paragraph=new)))
        return replace(part, text=part.text.replace(f"[¶ {number}](#p{number})", f"[¶ {new}](#p{new})"))


def _where(value: Entry) -> dict[str, Any]:
    return {"paragraph": value.paragraph} if not isinstance(value, Paragraph) else {}


def _found_too(mine: Part, fresh: Part) -> Part | None:
    """A person's entry that is now generated as well: theirs, with the evidence that it lacked."""
    one, other = mine.value, fresh.value
    if one is None or other is None or type(one) is not type(other) or words_of(one) != words_of(other):
        return None
    if isinstance(one, Actor | Paragraph) or isinstance(other, Actor | Paragraph):
        return None
    if isinstance(mine.block, Item) and mine.block.raw is not None:
        return mine
    value = replace(one, id=one.id or other.id, paragraph=one.paragraph or other.paragraph)
    return replace(mine, text=BY_ENTRY[type(value)].render(value), block=Item(value))


def _same(one: Part, other: Part) -> bool:
    return one.text == other.text


def _stands(briefing: Briefing, value: Entry) -> bool:
    return all(stands_in(briefing.paragraphs, words) is not None for words in words_of(value))


def _renumbered(base: Briefing, fresh: Briefing) -> dict[int, int]:
    """New numbers of the article's paragraphs, by their words."""
    numbers = {p.text: p.number for p in reversed(fresh.paragraphs) if p.number is not None}
    return {p.number: numbers[p.text] for p in base.paragraphs if p.number is not None and p.text in numbers}


def _conflict(mine: Part, fresh: Part | None) -> Part:
    text = marked(f"{mine.text}\n", f"{fresh.text}\n") if fresh else marked(f"{mine.text}\n", "", GONE)
    return replace(mine, text=text.rstrip("\n"))


# Fields that say one thing together.
_TOGETHER: dict[type, tuple[tuple[str, ...], ...]] = {
    Quote: (("speaker", "speaker_text", "role"),),
    NextStep: (("owners", "owner_names"), ("when", "date")),
}
# Fields that the heading above or the front matter decides.
_ELSEWHERE = {Position: {"actor", "actor_text"}, Actor: {"id", "kind", "affiliation", "aliases", "key"}}


def _merge_values(base: Part, mine: Part, fresh: Part) -> Entry | None:
    """The entry with each side's changes, field by field; None where both changed one, or it is no entry."""
    values = (base.value, mine.value, fresh.value)
    if None in values or len(set(map(type, values))) > 1:
        return None
    if isinstance(mine.block, Item) and mine.block.raw is not None:
        return None  # there is more in a person's line than the fields
    old, person, new = values
    kind = type(old)
    groups = list(_TOGETHER.get(kind, ()))
    grouped = {name for group in groups for name in group} | _ELSEWHERE.get(kind, set())
    groups += [(f.name,) for f in fields(kind) if f.name not in grouped]  # type: ignore[arg-type]
    taken: dict[str, Any] = {}
    for group in groups:
        was, is_mine, is_fresh = ([getattr(value, name) for name in group] for value in (old, person, new))
        if is_mine != was and is_fresh != was and is_mine != is_fresh:
            return None
        taken.update(zip(group, is_fresh if is_mine == was else is_mine, strict=True))
    return replace(person, **taken)  # type: ignore[type-var]
