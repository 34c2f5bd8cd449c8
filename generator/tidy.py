"""The normal form of a page: what `briefings tidy` writes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from generator import frontmatter
from generator.briefing import (
    Actor,
    Anchors,
    Block,
    Item,
    Paragraph,
    Position,
    Quote,
    Sentence,
    words_of,
)
from generator.older import lift_summary
from generator.page import anchor_of, parse, render
from generator.sections import BY_ENTRY


def tidy(text: str, *, path: str = "<briefing>") -> str:
    """The page in normal form: entries dressed as the generator dresses them, each with its anchor.

    Words stay as they are; notes, comments and foreign keys stay character for character. People
    whom only the body lists join the front matter, and so does a summary that an older page has in
    its body. A page with open conflicts comes back unchanged.
    Tidying twice changes nothing more.
    """
    briefing = parse(lift_summary(text.replace("\r\n", "\n").replace("\r", "\n")), path=path)
    if briefing.conflicts:
        return text
    taken = Counter(id for block in briefing.blocks if (id := anchor_of(block)))
    seen: set[str] = set()
    blocks: list[Block] = []
    for block in briefing.blocks:
        # The second of two entries with one anchor is a copy that a person made.
        if isinstance(block, Item) and needs_anchor(block) and (anchor_of(block) or "") in {"", *seen}:
            block = _anchored(block, taken)
        if id := anchor_of(block):
            seen.add(id)
        blocks.append(block)
    front = frontmatter.complete(briefing)
    tidied = render(replace(briefing, blocks=tuple(blocks), front=front))
    return tidied.replace("\n", "\r\n") if "\r\n" in text else tidied


def needs_anchor(item: Item) -> bool:
    return not isinstance(item.value, Actor | Paragraph | Sentence)


def _anchored(item: Item, taken: Counter[str]) -> Item:
    value = item.value
    if isinstance(value, Actor | Paragraph | Sentence):
        return item
    about = None
    if isinstance(value, Position):
        about = value.actor_text
    elif isinstance(value, Quote):
        about = value.speaker or value.speaker_text
    section = BY_ENTRY[type(value)]
    id = Anchors(section.prefix, taken).make(" ".join(words_of(value)), about)
    taken[id] += 1
    anchored = replace(value, id=id)
    return Item(anchored, _with_anchor(item.raw, value.id, id) if item.raw else None, item.tight, item.line)


def _with_anchor(raw: str, old: str, new: str) -> str:
    """A person's wording of an entry with an anchor put in, or another one in the place of a copied one."""
    if old:
        at = raw.rfind(f"#{old}")
        return f"{raw[:at]}#{new}{raw[at + 1 + len(old) :]}"
    if re.search(r"\]\(#p\d+\)$", raw):
        return f"{raw}{{#{new}}}"
    last = raw.rsplit("\n", 1)[-1]
    indent = "> " if last.startswith(">") else "  " if raw[0] in "-*+" else ""
    return f"{raw}\n{indent}{{: #{new} }}"
