"""Regenerating without losing a word: a person's page and a fresh one, merged against their base.

Three texts in, one out: by front-matter key, by section, by entry (its anchor, or its words where
the anchor is gone or the article was corrected), by field. What both sides changed is shown as a
conflict between the usual marks. Pure: files are `generator.store`'s.

Laws, tested: nothing edited gives the fresh page, nothing new gives a person's page, the same on
both sides gives that, and every line that a person added is in the result.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from generator import frontmatter
from generator.briefing import (
    Actor,
    Block,
    Briefing,
    Conflict,
    Entry,
    Heading,
    Item,
    NextStep,
    Paragraph,
    Position,
    Quote,
    Register,
    slugify,
    stands_in,
    words_of,
)
from generator.markdown import plain, scan, split
from generator.page import anchor_of, parse, take_mine
from generator.sections import BY_ENTRY

MARK_MINE = "<<<<<<< mine: changed by hand, and differently in what was generated since; keep one, delete the marks"
MARK_BETWEEN = "======="
MARK_FRESH = ">>>>>>> fresh"


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged page, with the conflicts that stand in it."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


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


def merge(base: str | None, mine: str, fresh: str, *, path: str = "<briefing>") -> Merged:
    """Bring what is new in `fresh` into `mine`; `base` is what was generated before the edits.

    Without a base everything in either page stays. A page with open conflicts comes back as it
    is, until they are settled. Raises `BriefingError` where `mine` cannot be read.
    """
    _, open_conflicts = take_mine(mine)
    if open_conflicts:
        return Merged(mine, open_conflicts)
    line_end = "\r\n" if "\r\n" in mine else "\n"
    bom = "\ufeff" if mine.startswith("\ufeff") else ""
    base_text = None if base is None else _unix(base)
    mine_text, fresh_text = _unix(mine), _unix(fresh)
    if fresh_text in (base_text, mine_text):
        return Merged(mine)
    if mine_text == base_text:
        text = fresh_text
    else:
        pages = [
            _Page.read(text, path=path if text is mine_text else "<generated>")
            for text in (base_text if base_text is not None else _EMPTY, mine_text, fresh_text)
        ]
        text = _merge_pages(*pages)
    merged = bom + (text.replace("\n", line_end) if line_end != "\n" else text)
    return Merged(merged, take_mine(merged)[1])


def resolve(text: str, side: Literal["mine", "fresh"]) -> str:
    """The page with every conflict settled for one side; nothing else of it changes."""
    _, conflicts = take_mine(text)
    lines = text.split("\n")
    for conflict in reversed(conflicts):
        start, end = conflict.line - 1, conflict.end
        middle = next(at for at in range(start, end) if lines[at].rstrip("\r") == MARK_BETWEEN)
        lines[start:end] = lines[start + 1 : middle] if side == "mine" else lines[middle + 1 : end - 1]
    return "\n".join(lines)


def _unix(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


_EMPTY = "---\ntitle: none\ndate: 0001-01-01\nid: none\n---\n"


# --- pages as trees -------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Part:
    """A block of a page, or a heading with all that stands below it (`parts`)."""

    key: str
    text: str
    block: Block | None = None
    parts: list[_Part] = field(default_factory=list)
    gap: int = 1
    """Blank lines between it and the block above."""

    @property
    def value(self) -> Entry | None:
        return self.block.value if isinstance(self.block, Item) else None

    @property
    def container(self) -> bool:
        return isinstance(self.block, Heading)


@dataclass(slots=True, eq=False)
class _Page:
    briefing: Briefing
    front: str
    root: _Part
    after: str
    """The blank lines at the end."""

    @classmethod
    def read(cls, text: str, *, path: str) -> _Page:
        briefing = parse(text, path=path)
        frame = split(text)
        assert frame is not None, "parse has read it"
        front, body, _ = frame
        lines = body.split("\n")
        root = _Part("", "")
        section, open_part = root, root
        register = Register(briefing.actors)
        keys: Counter[str] = Counter()
        end = 0
        for chunk, block in zip(scan(lines), briefing.blocks, strict=True):
            part = _Part(_key(block, chunk.text, register, section.key), chunk.text, block, gap=chunk.start - end)
            end = chunk.end
            keys[part.key] += 1
            if keys[part.key] > 1:
                part.key += f"\n{keys[part.key]}"
            if isinstance(block, Heading) and block.level <= 2:
                root.parts.append(part)
                section = open_part = part
            elif isinstance(block, Heading) and block.level == 3:
                section.parts.append(part)
                open_part = part
            else:
                open_part.parts.append(part)
        return cls(briefing, front, root, "\n".join(lines[end:]))


def _key(block: Block, text: str, register: Register, section: str) -> str:
    """What a block is found by on the other pages; the same words where it has no anchor."""
    if isinstance(block, Heading):
        if block.section:
            return f"section {block.section}"
        return f"heading {section} {register.resolve(plain(block.text)[0]) or text}"
    if anchor := anchor_of(block):
        return f"entry {anchor}"
    if isinstance(block, Item) and isinstance(block.value, Paragraph):
        return f"paragraph {block.value.text}"
    return f"text {text}"


def _walk(part: _Part) -> Iterable[tuple[_Part, _Part]]:
    """Every block below `part` with the block it stands under, in page order."""
    for child in part.parts:
        yield child, part
        yield from _walk(child)


# --- merging trees --------------------------------------------------------------------------


def _merge_pages(base: _Page, mine: _Page, fresh: _Page) -> str:
    _pair(base.root, mine.root)
    _pair(base.root, fresh.root)
    _pair(mine.root, fresh.root, also=base.root)
    _move(base.root, mine.root, fresh.root)
    moved = _renumbered(base.briefing, fresh.briefing)
    merger = _Merger(fresh.briefing, moved)
    gaps = {**_gaps(fresh.root), **_gaps(mine.root)}
    parts = list(_flatten(merger.merge(base.root, mine.root, fresh.root)))
    front = _merge_front(base, mine, fresh)
    out = [f"---\n{front}---\n"]
    above: _Part | None = None
    for part in parts:
        gap = gaps.get((above.key if above else "", part.key))
        if gap is None:
            gap = 0 if above is not None and _listed(above) and _listed(part) else 1
        out.append("\n" * gap + part.text + "\n")
        above = part
    return "".join(out) + mine.after


def _listed(part: _Part) -> bool:
    return isinstance(part.block, Item) and BY_ENTRY[type(part.block.value)].shape == "item"


def _flatten(parts: Iterable[_Part]) -> Iterable[_Part]:
    for part in parts:
        yield part
        yield from _flatten(part.parts)


def _gaps(root: _Part) -> dict[tuple[str, str], int]:
    """How many blank lines stand between two blocks that follow each other."""
    above, gaps = "", {}
    for part, _ in _walk(root):
        gaps[above, part.key] = part.gap
        above = part.key
    return gaps


def _pair(base: _Part, other: _Part, also: _Part | None = None) -> None:
    """Give blocks that are the same entry in new words the key they have in the base.

    So an entry is found whose anchor a person took away, and a quote that the article corrected.
    Blocks that `also` knows are left out.
    """
    known = {part.key for part, _ in _walk(also)} if also else set()
    ours = {part.key for part, _ in _walk(base)} | known
    theirs = {part.key for part, _ in _walk(other)} | known
    lost = [part for part, _ in _walk(base) if part.key not in theirs and part.value is not None]
    new = [part for part, _ in _walk(other) if part.key not in ours and part.value is not None]
    pairs = [
        (-ratio, at_lost, at_new)
        for at_lost, old in enumerate(lost)
        for at_new, part in enumerate(new)
        if type(old.value) is type(part.value) and (ratio := _likeness(old, part)) > _LIKE
    ]
    done_lost: set[int] = set()
    done_new: set[int] = set()
    for _, at_lost, at_new in sorted(pairs):
        if at_lost not in done_lost and at_new not in done_new:
            done_lost.add(at_lost)
            done_new.add(at_new)
            new[at_new].key = lost[at_lost].key


_LIKE = 0.6
"""Share of common words from which two entries count as one in new words."""


def _likeness(one: _Part, other: _Part) -> float:
    assert one.value is not None
    assert other.value is not None
    left, right = (
        [value.name] if isinstance(value, Actor) else " ".join(words_of(value)).casefold().split()
        for value in (one.value, other.value)
    )
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > _LIKE and matcher.quick_ratio() > _LIKE else 0.0


def _move(base: _Part, mine: _Part, fresh: _Part) -> None:
    """Let an entry stand under the same heading on all three pages: a person's move counts, else a fresh one."""
    roots = (base, mine, fresh)
    places = [{part.key: above for part, above in _walk(root) if part.value is not None} for root in roots]
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


def _heading_of(root: _Part, key: str, others: Sequence[_Part]) -> _Part:
    """The heading of this key on a page, put there from one of the other pages where it lacks."""
    if not key:
        return root
    for part, _ in _walk(root):
        if part.key == key and part.container:
            return part
    heading, above = next(pair for other in others for pair in _walk(other) if pair[0].key == key)
    copy = replace(heading, parts=[])
    home = next((part for part, _ in _walk(root) if part.key == above.key), root)
    home.parts.append(copy)
    return copy


class _Merger:
    """Merges the blocks below one heading at a time."""

    def __init__(self, fresh: Briefing, moved: Mapping[int, int]) -> None:
        self._fresh = fresh
        self._moved = moved

    def merge(self, base: _Part | None, mine: _Part | None, fresh: _Part | None) -> list[_Part]:
        sides = [{} if part is None else {child.key: child for child in part.parts} for part in (base, mine, fresh)]
        kept: dict[str, _Part] = {}
        for key in dict.fromkeys(key for side in sides for key in side):
            part = self._one(*(side.get(key) for side in sides))
            if part is not None:
                kept[key] = part
        return [kept[key] for key in _order(sides, kept)]

    def _one(self, base: _Part | None, mine: _Part | None, fresh: _Part | None) -> _Part | None:
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

    def _heading(self, base: _Part | None, mine: _Part | None, fresh: _Part | None) -> _Part | None:
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

    def _gone(self, base: _Part | None, mine: _Part) -> _Part | None:
        """An entry that is no longer generated: it goes where nobody has touched it."""
        renumbered = self._renumber(mine)
        if base is None:
            return renumbered
        if _same(mine, base):
            return None
        if mine.value is None or _stands(self._fresh, mine.value):
            return renumbered
        return _conflict(mine, None)

    def _both(self, base: _Part | None, mine: _Part, fresh: _Part) -> _Part:
        if base is None:
            return _found_too(mine, fresh) or _conflict(mine, fresh)
        value = _merge_values(base, mine, fresh)
        if value is not None:
            return replace(mine, text=BY_ENTRY[type(value)].render(value), block=Item(value))
        if base.value and fresh.value and replace(base.value, **_where(fresh.value)) == fresh.value:
            return self._renumber(mine)
        return _conflict(mine, fresh)

    def _renumber(self, part: _Part) -> _Part:
        """A person's entry with its evidence where the paragraph stands in the corrected article."""
        number = getattr(part.value, "paragraph", None)
        if number is None or self._moved.get(number, number) == number:
            return part
        new = self._moved[number]
        return replace(part, text=part.text.replace(f"[¶ {number}](#p{number})", f"[¶ {new}](#p{new})"))


def _where(value: Entry) -> dict[str, Any]:
    return {"paragraph": value.paragraph} if not isinstance(value, Paragraph) else {}


def _found_too(mine: _Part, fresh: _Part) -> _Part | None:
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


def _same(one: _Part, other: _Part) -> bool:
    return one.text == other.text


def _stands(briefing: Briefing, value: Entry) -> bool:
    return all(stands_in(briefing.paragraphs, words) is not None for words in words_of(value))


def _renumbered(base: Briefing, fresh: Briefing) -> dict[int, int]:
    """New numbers of the article's paragraphs, by their words."""
    numbers = {p.text: p.number for p in reversed(fresh.paragraphs) if p.number is not None}
    return {
        p.number: numbers[p.text] for p in base.paragraphs if p.number is not None and p.text in numbers
    }


def _conflict(mine: _Part, fresh: _Part | None) -> _Part:
    lines = [MARK_MINE, mine.text, MARK_BETWEEN, *([fresh.text] if fresh else []), MARK_FRESH]
    return replace(mine, text="\n".join(lines))


# Fields that say one thing together.
_TOGETHER: dict[type, tuple[tuple[str, ...], ...]] = {
    Quote: (("speaker", "speaker_text", "role"),),
    NextStep: (("owners", "owner_names"), ("when", "date")),
}
# Fields that the heading above or the front matter decides.
_ELSEWHERE = {Position: {"actor", "actor_text"}, Actor: {"id", "kind", "affiliation", "aliases", "key"}}


def _merge_values(base: _Part, mine: _Part, fresh: _Part) -> Entry | None:
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


def _order(sides: Sequence[Iterable[str]], kept: Container[str]) -> list[str]:
    """The kept keys of base, mine and fresh in order: a person's where they moved something, else the fresh one."""
    base, mine, fresh = map(list, sides)
    in_base, in_mine = set(base), set(mine)
    reordered = [key for key in mine if key in in_base] != [key for key in base if key in in_mine]
    lead, other = (mine, fresh) if reordered else (fresh, mine)
    order = [key for key in lead if key in kept]
    placed = set(order)
    own = in_mine - in_base - set(fresh)
    above: str | None = None
    for key in other:
        if key in kept and key not in placed:
            at = order.index(above) + 1 if above is not None else 0
            if lead is mine:
                # What a person wrote below an entry stays there.
                while at < len(order) and order[at] in own:
                    at += 1
            order.insert(at, key)
            placed.add(key)
        if key in placed:
            above = key
    return order


# --- merging front matter -------------------------------------------------------------------


def _merge_front(base: _Page, mine: _Page, fresh: _Page) -> str:
    """The front matter, key by key; a person's comments stay above the key that they stand above."""
    if mine.front in (base.front, fresh.front):
        return fresh.front
    if fresh.front == base.front:
        return mine.front
    sides = [_split_keys(page.front) for page in (base, mine, fresh)]
    if set(sides[1]) != set(mine.briefing.extra) | (set(frontmatter.KEYS) & set(sides[1])) or not sides[1]:
        return _marked(mine.front, fresh.front)
    kept: dict[str, str] = {}
    for key in dict.fromkeys(key for side in sides for key in side):
        comment, text = sides[1].get(key, ("", None))
        old, new = (side[key][1] if key in side else None for side in (sides[0], sides[2]))
        merged = _merge_key(key, old, text, new, (base, mine, fresh))
        if merged is not None:
            kept[key] = comment + merged
    return "".join(kept[key] for key in _order(sides, kept))


def _split_keys(front: str) -> dict[str, tuple[str, str]]:
    """Each key's comments and its lines, line ends included."""
    lines = front.splitlines(keepends=True)
    found = {}
    for key, start, end in frontmatter.keys(front):
        first = next(at for at in range(start, end) if lines[at].strip() and lines[at][0] not in "# ")
        found[key] = "".join(lines[start:first]), "".join(lines[first:end])
    return found


def _merge_key(
    key: str, base: str | None, mine: str | None, fresh: str | None, pages: tuple[_Page, _Page, _Page]
) -> str | None:
    if mine == fresh or fresh == base:
        return mine
    if mine == base:
        return fresh
    if mine is None:
        return None if base is not None else fresh
    if fresh is None:
        return mine
    if key == "tags":
        return _merge_tags(mine, *(page.briefing.tags for page in pages))
    if key == "actors" and mine.count("\n") > 1:
        return _merge_rows(base, mine, fresh, pages)
    if key == "source" and mine.count("\n") > 1:
        return _merge_rows(base, mine, fresh, None)
    return _marked(mine, fresh)


def _marked(mine: str, fresh: str) -> str:
    return f"{MARK_MINE}\n{mine}{MARK_BETWEEN}\n{fresh}{MARK_FRESH}\n"


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


def _merge_rows(
    base: str | None, mine: str, fresh: str, pages: tuple[_Page, _Page, _Page] | None
) -> str:
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
            merged = _merge_actor(*(side.get(key) for side in actors)) if is_mine.count("\n") == 1 else None
            row = frontmatter.actor_line(merged) + "\n" if merged else _marked(is_mine, is_fresh)
        if row is not None:
            kept[key] = row
    return head + "".join(kept[key] for key in _order(sides, kept))


def _split_rows(text: str, listed: bool) -> tuple[str, dict[str, str]]:
    """The first line, and the rows by key: of a list each item, of a mapping each key; comments above with it."""
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


# --- what a person changed ------------------------------------------------------------------


def diff(base: str, mine: str, *, path: str = "<briefing>") -> tuple[Change, ...]:
    """What a person changed against what was generated: front matter by key, then the page in its order."""
    old, new = (_Page.read(_unix(take_mine(text)[0]), path=path) for text in (base, mine))
    _pair(old.root, new.root)
    changes: list[Change] = []
    keys_old, keys_new = _split_keys(old.front), _split_keys(new.front)
    for key in dict.fromkeys([*keys_old, *keys_new]):
        before, after = ("".join(side[key]).rstrip("\n") if key in side else None for side in (keys_old, keys_new))
        if before != after:
            changes.append(_change("front matter", key, before, after))
    there = {part.key: (part, above) for part, above in _walk(old.root)}
    here = {part.key: (part, above) for part, above in _walk(new.root)}
    for key in _order(([], list(there), list(here)), {**there, **here}):
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
    section: str, id: str, before: str | None, after: str | None, changed: dict[str, tuple[Any, Any]] | None = None
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
