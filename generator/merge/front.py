"""Merging front matter by key: the summary by sentence, tags as a set, actors by id, the source by key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator import frontmatter
from generator.briefing import Actor, slugify
from generator.merge.body import merge_summary
from generator.merge.tree import Page, marked, order


def merge_front(base: Page, mine: Page, fresh: Page) -> str:
    """The front matter, key by key; a person's comments stay above the key that they stand above."""
    if mine.front in (base.front, fresh.front):
        return fresh.front
    if fresh.front == base.front:
        return mine.front
    sides = [split_keys(page.front) for page in (base, mine, fresh)]
    if set(sides[1]) != set(mine.briefing.extra) | (set(frontmatter.KEYS) & set(sides[1])) or not sides[1]:
        return marked(mine.front, fresh.front)
    kept: dict[str, str] = {}
    for key in dict.fromkeys(key for side in sides for key in side):
        comment, text = sides[1].get(key, ("", None))
        old, new = (side[key][1] if key in side else None for side in (sides[0], sides[2]))
        merged = _merge_key(key, old, text, new, (base, mine, fresh))
        if merged is not None:
            kept[key] = comment + merged
    return "".join(kept[key] for key in order(sides, kept))


def split_keys(front: str) -> dict[str, tuple[str, str]]:
    """Each key's comments and its lines, line ends included."""
    lines = front.splitlines(keepends=True)
    found = {}
    for key, start, end in frontmatter.keys(front):
        first = next(at for at in range(start, end) if lines[at].strip() and lines[at][0] not in "# ")
        found[key] = "".join(lines[start:first]), "".join(lines[first:end])
    return found


def _merge_key(
    key: str, base: str | None, mine: str | None, fresh: str | None, pages: tuple[Page, Page, Page]
) -> str | None:
    if mine == fresh or fresh == base:
        return mine
    if mine == base:
        return fresh
    if mine is None:
        return None if base is not None else fresh
    if fresh is None:
        return mine
    if key == "summary" and mine.startswith(_LINES):
        return _LINES + merge_summary(*pages)
    if key == "tags":
        return _merge_tags(mine, *(page.briefing.tags for page in pages))
    if key == "actors" and mine.count("\n") > 1:
        return _merge_rows(base, mine, fresh, pages)
    if key == "source" and mine.count("\n") > 1:
        return _merge_rows(base, mine, fresh, None)
    return marked(mine, fresh)


_LINES = "summary: |\n"


def _merge_tags(text: str, base: Sequence[str], mine: Sequence[str], fresh: Sequence[str]) -> str:
    """Tags are a set: what either side added or took away counts."""
    gone = [tag for tag in mine if tag in base and tag not in fresh]
    added = [tag for tag in fresh if tag not in base and tag not in mine]
    lines = text.splitlines(keepends=True)
    if len(lines) == 1:
        return f"tags: {frontmatter.sequence([*(tag for tag in mine if tag not in gone), *added])}\n"
    rows = [line for line in lines if line.strip().removeprefix("-").strip(" \"'\n") not in gone]
    indent = lines[-1][: len(lines[-1]) - len(lines[-1].lstrip())]
    return "".join([*rows, *(f"{indent}- {frontmatter.scalar(tag)}\n" for tag in added)])


def _merge_rows(base: str | None, mine: str, fresh: str, pages: tuple[Page, Page, Page] | None) -> str:
    """The rows below a key: actors by their id, the keys of the source by their name."""
    actors: Sequence[Mapping[str, Actor]] = (
        [{actor.id: actor for actor in page.briefing.actors} for page in pages] if pages else ({}, {}, {})
    )
    split_sides = [_split_rows(text or "", bool(pages)) for text in (base, mine, fresh)]
    sides = [rows for _, rows in split_sides]
    head = split_sides[1][0]
    kept: dict[str, str] = {}
    for key in dict.fromkeys(key for side in sides for key in side):
        was, is_mine, is_fresh = (side.get(key) for side in sides)
        if is_mine == is_fresh or is_fresh == was:
            row = is_mine
        elif is_mine == was:
            row = is_fresh
        elif is_mine is None or is_fresh is None:
            row = is_mine if was is not None else is_mine or is_fresh
        else:
            known = frontmatter.read_row(is_mine)
            merged = _merge_actor(*(side.get(key) for side in actors)) if known and not known.role else None
            row = frontmatter.actor_line(merged) + "\n" if merged else marked(is_mine, is_fresh)
        if row is not None:
            kept[key] = row
    return head + "".join(kept[key] for key in order(sides, kept))


def _split_rows(text: str, listed: bool) -> tuple[str, dict[str, str]]:
    """The first line, and the rows below by key: a list's items, a mapping's keys; comments too."""
    lines = text.splitlines(keepends=True)
    rows: dict[str, str] = {}
    begun: list[str] = []
    key = ""
    opening = _ROW_ITEM if listed else _ROW_KEY
    indent: str | None = None

    def close() -> None:
        if begun:
            name = _row_name("".join(begun), key, listed)
            while name in rows:
                name += "+"
            rows[name] = "".join(begun)

    comments: list[str] = []
    for line in lines[1:]:
        match = opening.match(line)
        if line.lstrip().startswith("#"):
            comments.append(line)
            continue
        if match and (indent is None or match[1] == indent):
            close()
            indent, key = match[1], match[2]
            begun = [*comments, line]
        else:
            begun += [*comments, line]
        comments = []
    begun += comments
    close()
    return (lines[0] if lines else ""), rows


_ROW_ITEM = re.compile(r"(\s*)-()\s")
_ROW_KEY = re.compile(r"(\s+)([\w-]+)\s*:")
_ROW_ID = re.compile(r"""(?:^|[{,\s-])id:\s*["']?([\w-]+)""")
_ROW_NAME = re.compile(r"""(?:^|[{,\s-])name:\s*(?:"([^"]+)"|'([^']+)'|([^,}\n#]+))""")


def _row_name(text: str, key: str, listed: bool) -> str:
    if not listed:
        return key
    if match := _ROW_ID.search(text):
        return match[1]
    name = _ROW_NAME.search(text)
    return slugify(next(filter(None, name.groups()))) if name else text


def _merge_actor(base: Actor | None, mine: Actor | None, fresh: Actor | None) -> Actor | None:
    if base is None or mine is None or fresh is None:
        return None
    taken: dict[str, Any] = {}
    for name in ("name", "kind", "affiliation"):
        was, is_mine, is_fresh = (getattr(actor, name) for actor in (base, mine, fresh))
        if is_mine not in (was, is_fresh) and is_fresh != was:
            return None
        taken[name] = is_fresh if is_mine == was else is_mine
    kept = [alias for alias in mine.aliases if alias in fresh.aliases or alias not in base.aliases]
    kept += [alias for alias in fresh.aliases if alias not in base.aliases and alias not in kept]
    return replace(mine, aliases=tuple(kept), **taken)
