"""The text of a page: writing a briefing out, reading it back.

`parse(render(b)) == b` for every briefing, and whatever a person wrote into a page comes back from
`render(parse(text))` as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date
from itertools import chain, count
from pathlib import PurePath

from generator import frontmatter
from generator.briefing import (
    Actor,
    Block,
    Briefing,
    Conflict,
    Heading,
    Item,
    Paragraph,
    Register,
    Sentence,
    Source,
    Verbatim,
    slugify,
)
from generator.errors import BriefingError
from generator.markdown import Chunk, one_line, plain, scan, split
from generator.sections import BY_ENTRY, BY_KIND, BY_TITLE, SECTIONS, Context, Section

NOT_BRIEFINGS = frozenset({"README.md", "index.md"})
"""Files in a folder of briefings that are about it."""

# --- writing --------------------------------------------------------------------------------


def render(briefing: Briefing) -> str:
    """The page as text, with `\\n` line ends. `parse` reads it back as the same briefing.

    Raises `BriefingError` for a briefing with open conflicts: their text would be lost.
    """
    if briefing.conflicts:
        raise BriefingError(
            f"{briefing.path or briefing.id}:{briefing.conflicts[0].line}: a conflict stands here; "
            "'briefings resolve FILE --mine' or '--fresh' settles it"
        )
    front = briefing.front if briefing.front is not None else frontmatter.write(briefing)
    parts = [f"---\n{front}---\n"]
    before: Block | None = None
    for block in briefing.blocks:
        parts.append("" if _tight(before, block) else "\n")
        parts.append(render_block(block) + "\n")
        before = block
    return "".join(parts)


def render_block(block: Block) -> str:
    """The Markdown of one block, without a line end behind it."""
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}".rstrip()
    if isinstance(block, Verbatim):
        return block.raw
    return block.raw or BY_ENTRY[type(block.value)].render(block.value)


def _tight(before: Block | None, block: Block) -> bool:
    """Whether no blank line parts a block from the one before it."""
    if before is None or isinstance(before, Heading) or isinstance(block, Heading):
        return False
    if isinstance(block, Verbatim) or isinstance(before, Verbatim):
        return block.tight
    return _listed(before) and _listed(block)


def _listed(item: Item) -> bool:
    return item.raw[0] in "-*+" if item.raw else BY_ENTRY[type(item.value)].shape == "item"


# --- reading --------------------------------------------------------------------------------


def parse(text: str, *, path: str = "<briefing>") -> Briefing:
    """The briefing that a page says, hand edits included; loose entries are understood where possible.

    Of an open conflict a person's side counts. Raises `BriefingError` with file and line where the
    front matter is missing, broken or of the wrong type; nothing in the body is an error.
    """
    settled, conflicts = take_mine(text)
    frame = split(settled)
    if frame is None:
        raise BriefingError(
            f"{path}:1: a briefing opens with its front matter; this would work as its first lines: "
            "---, title: …, date: YYYY-MM-DD, ---"
        )
    yaml_text, body, first_line = frame
    front = frontmatter.read(yaml_text, path=path)
    declared = {actor.id: actor for actor in reversed(front.actors)}
    chunks = list(scan(body.split("\n")))
    openings = _sections_of(chunks)
    blocks = _blocks(chunks, openings, declared, front.actors, first_line)
    listed = _actors_in(blocks)
    added = [actor for id, actor in listed.items() if id not in declared]
    if added:
        # Someone whom only the body lists: now that the name is known, quotes may be theirs.
        known = (*front.actors, *added)
        by_id = {actor.id: replace(actor, role=None) for actor in added} | declared
        blocks = _blocks(chunks, openings, by_id, known, first_line)
        listed = _actors_in(blocks)
    return Briefing(
        id=front.id or _default_id(path, front),
        title=front.title,
        date=front.date,
        source=front.source,
        tags=front.tags,
        actors=tuple(listed.get(actor.id, actor) for actor in (*front.actors, *added)),
        blocks=blocks,
        summary=(*front.summary, *_sentences_in(blocks)),
        extra=front.extra,
        conflicts=conflicts,
        path=path,
        front=yaml_text,
    )


def _default_id(path: str, front: frontmatter.FrontMatter) -> str:
    stem = slugify(PurePath(path).stem, limit=100)
    return stem or f"{front.date.isoformat()}-{slugify(front.title)}".strip("-")


def _sentences_in(blocks: Iterable[Block]) -> tuple[Sentence, ...]:
    values = (block.value for block in blocks if isinstance(block, Item))
    return tuple(value for value in values if isinstance(value, Sentence))


def _actors_in(blocks: Iterable[Block]) -> dict[str, Actor]:
    actors: dict[str, Actor] = {}
    for block in blocks:
        if isinstance(block, Item) and isinstance(block.value, Actor):
            actors.setdefault(block.value.id, block.value)
    return actors


def _blocks(
    chunks: list[Chunk],
    openings: dict[int, str | None],
    by_id: dict[str, Actor],
    actors: Iterable[Actor],
    first_line: int,
) -> tuple[Block, ...]:
    register = Register(actors)
    context = Context(register, by_id, "")
    section: Section | None = None
    blocks: list[Block] = []
    end = -1
    for at, chunk in enumerate(chunks):
        line = first_line + chunk.start
        tight = chunk.start == end
        end = chunk.end
        if chunk.kind == "heading":
            heading = read_heading(chunk)
            if heading.level <= 2:
                section = BY_KIND.get(openings[at] or "")
                context = Context(register, by_id, section.kind if section else "")
            elif section is not None:
                group = plain(_HEADING_END.sub("", heading.text))[0]
                context = Context(register, by_id, section.kind, group)
            kind = section.kind if section and heading.level <= 2 else None
            blocks.append(Heading(heading.level, heading.text, kind, line))
            continue
        reader = section if section is not None and section.shape == chunk.kind else _by_anchor(chunk)
        parsed = reader.parse(chunk, context) if reader is not None else None
        if parsed is None:
            blocks.append(Verbatim(chunk.text, tight and bool(blocks), line))
        else:
            blocks.append(Item(parsed.value, None if parsed.exact else chunk.text, tight, line))
    return tuple(blocks)


_HEADING_END = re.compile(r"\s+#+\s*$|\s*(?<!\\)\{:?[^{}]*\}\s*$")
_ANCHOR = re.compile(r"\{:?[^{}\\]*#([a-z])-[\w-]+[^{}]*\}")


def _by_anchor(chunk: Chunk) -> Section | None:
    """The section that an entry in a foreign place belongs to, by the letter of its anchor."""
    if chunk.kind not in ("item", "quote"):
        return None
    match = _ANCHOR.search(chunk.text)
    if match is None:
        return None
    return next((s for s in reversed(SECTIONS) if s.prefix == match[1] and s.shape == chunk.kind), None)


def read_heading(chunk: Chunk) -> Heading:
    hashes, _, text = chunk.lines[0].partition(" ")
    return Heading(len(hashes.strip()), text.strip())


def _sections_of(chunks: list[Chunk]) -> dict[int, str | None]:
    """The kind of section that each heading of level 1 or 2 opens, by its place in `chunks`.

    A heading is known by its title; one that a person renamed by the anchors of what stands below.
    """
    openings: dict[int, str | None] = {}
    anchors: dict[int, Counter[str]] = {}
    at_heading: int | None = None
    for at, chunk in enumerate(chunks):
        if chunk.kind == "heading":
            heading = read_heading(chunk)
            if heading.level <= 2:
                title = _HEADING_END.sub("", heading.text).casefold()
                known = BY_TITLE.get(title)
                openings[at] = known.kind if known else None
                at_heading = None if known else at
        elif at_heading is not None:
            if match := _ANCHOR.search(chunk.text):
                anchors.setdefault(at_heading, Counter())[match[1]] += 1
            elif chunk.lines[0].startswith("**¶ "):
                anchors.setdefault(at_heading, Counter())[""] += 1
    taken = {kind for kind in openings.values() if kind}
    for at, letters in anchors.items():
        letter = letters.most_common(1)[0][0]
        for section in SECTIONS:
            if section.prefix == letter and section.kind not in taken:
                openings[at] = section.kind
                taken.add(section.kind)
                break
    return openings


# --- conflicts ------------------------------------------------------------------------------

_MINE, _BETWEEN, _FRESH = "<<<<<<< ", "=======", ">>>>>>> "


def take_mine(text: str) -> tuple[str, tuple[Conflict, ...]]:
    """The text with a person's side of each open conflict, and the conflicts.

    Marks and the other side become blank lines, so that line numbers stay.
    """
    if _MINE not in text:
        return text, ()
    lines = text.replace("\r\n", "\n").split("\n")
    conflicts: list[Conflict] = []
    at = 0
    while at < len(lines):
        found = _conflict_at(lines, at)
        if found is None:
            at += 1
            continue
        conflict, between = found
        conflicts.append(conflict)
        for line in (at, *range(between, conflict.end)):
            lines[line] = ""
        at = conflict.end
    return "\n".join(lines), tuple(conflicts)


def _conflict_at(lines: list[str], at: int) -> tuple[Conflict, int] | None:
    """The conflict whose first mark is line `at` (0-based), with the place of its middle mark."""
    if not lines[at].startswith(_MINE):
        return None
    between = end = None
    for line in range(at + 1, len(lines)):
        if lines[line] == _BETWEEN and between is None:
            between = line
        elif lines[line].startswith(_FRESH) and between is not None:
            end = line
            break
        elif lines[line].startswith(_MINE):
            return None
    if between is None or end is None:
        return None
    mine, fresh = "\n".join(lines[at + 1 : between]), "\n".join(lines[between + 1 : end])
    return Conflict(at + 1, end + 1, mine, fresh), between


def anchor_of(block: Block) -> str | None:
    """The anchor of an entry: "" where it has none yet, None for blocks that are no entries."""
    if not isinstance(block, Item) or isinstance(block.value, Paragraph):
        return None
    return f"a-{block.value.id}" if isinstance(block.value, Actor) else block.value.id


def new_briefing(title: str, day: date, *, taken: Container[str] = ()) -> Briefing:
    """An empty page to be written by hand, with a key for the summary and a heading for each section.

    Its id is none of those `taken`.
    """
    plain_title = one_line(title)
    base = f"{day.isoformat()}-{slugify(plain_title) or 'briefing'}"
    id = next(name for name in chain([base], (f"{base}-{n}" for n in count(2))) if name not in taken)
    headings = tuple(
        Heading(2, section.title, section.kind)
        for section in SECTIONS
        if section.kind not in ("summary", "other-actors", "source")
    )
    briefing = Briefing(id, plain_title, day, Source(), (), (), headings)
    return replace(briefing, front=f"{frontmatter.write(briefing)}summary: |\n")
