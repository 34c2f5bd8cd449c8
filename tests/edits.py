# ruff: noqa: E501
"""Random edits: by hand, as a person types them into a page, and upstream, as a later run brings them."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from generator.briefing import (
    Actor,
    Anchors,
    Block,
    Briefing,
    Entry,
    Event,
    Heading,
    Item,
    NextStep,
    Paragraph,
    Position,
    Quote,
    Sentence,
)
from generator.markdown import Chunk, scan, split


def edit_by_hand(text: str, rng: random.Random, count: int) -> tuple[str, list[str]]:
    """The page after `count` edits, and the marks that stand in everything the person added."""
    marks: list[str] = []
    for _ in range(count):
        mark = f"hand{rng.randrange(10**9)}"
        frame = split(text)
        assert frame is not None
        front, body, _ = frame
        lines = body.split("\n")
        chunks = list(scan(lines))
        kind = rng.choice(_KINDS)
        if kind in ("comment", "key", "tag", "title"):
            front, added = _edit_front(front, kind, mark)
        elif kind in ("sentence", "words", "unsaid"):
            front, added = _edit_summary(front, kind, mark, rng)
        else:
            lines, added = _edit_body(lines, chunks, kind, mark, rng)
        marks += [mark] if added else []
        text = f"---\n{front}---\n" + "\n".join(lines)
    return text, [mark for mark in marks if mark in text]


_KINDS = (
    "note", "note", "item", "quote", "section", "word", "word", "tick", "delete", "swap", "heading", "anchor", "blank",
    "comment", "key", "tag", "title", "sentence", "words", "unsaid",
)  # fmt: skip


def _edit_front(front: str, kind: str, mark: str) -> tuple[str, bool]:
    if kind == "comment":
        return re.sub(r"^source:", f"# {mark}\nsource:", front, count=1, flags=re.MULTILINE), True
    if kind == "key":
        return front.replace("actors:\n", f"{mark}: yes\nactors:\n", 1), True
    if kind == "tag":
        return re.sub(r"^tags: \[", f"tags: [{mark}, ", front, count=1, flags=re.MULTILINE), True
    return re.sub(r'^title: (")?', rf"title: \g<1>{mark} ", front, count=1, flags=re.MULTILINE), True


def _edit_summary(front: str, kind: str, mark: str, rng: random.Random) -> tuple[str, bool]:
    lines = front.split("\n")
    places = [at for at, line in enumerate(lines) if re.match(r"  [^-].*\[¶ \d+\]$", line)]
    if not places:
        return front, False
    at = rng.choice(places)
    if kind == "sentence":
        lines.insert(at + 1, f"  A sentence {mark}.")
    elif kind == "words":
        lines[at] = re.sub(r" (\w+) ", f" {mark} ", lines[at], count=1)
    else:
        del lines[at]
    return "\n".join(lines), kind != "unsaid"


def _edit_body(
    lines: list[str], chunks: list[Chunk], kind: str, mark: str, rng: random.Random
) -> tuple[list[str], bool]:
    lines = list(lines)
    if not chunks:
        return [*lines, "", f"A note {mark}."], True
    chunk = rng.choice(chunks)
    start, end = chunk.start, chunk.end
    if kind == "note":
        lines[end:end] = ["", f"A note {mark}.", ""]
        return lines, True
    if kind == "item":
        lines[end:end] = (
            [f"- [ ] **Ana** (planned): call about {mark}"] if lines[start].startswith("-") else []
        )
        return lines, True
    if kind == "quote":
        lines[end:end] = ["", f"> “Words {mark}”", "", f"— A speaker {mark}", ""]
        return lines, True
    if kind == "section":
        lines[end:end] = ["", f"## Ours {mark}", "", f"Text {mark}.", "", f"- one {mark}", ""]
        return lines, True
    if kind == "word" and not lines[start].startswith("#"):
        words = lines[start].split(" ")
        at = rng.randrange(len(words))
        if re.fullmatch(r"\w+", words[at]):
            words[at] = mark
            lines[start] = " ".join(words)
            return lines, True
    if kind == "heading" and lines[start].startswith("## "):
        lines[start] += f" {mark}"
        return lines, True
    if kind == "tick":
        lines[start] = lines[start].replace("- [ ]", "- [x]")
    if kind == "delete":
        del lines[start:end]
    if kind == "anchor":
        lines[end - 1] = re.sub(r"\{#[^}]*\}", "", lines[end - 1])
    if kind == "blank":
        lines[end:end] = ["", ""]
    if kind == "swap":
        other = rng.choice(chunks)
        one, two = sorted(((start, end), (other.start, other.end)))
        if one[1] <= two[0]:
            lines = [
                *lines[: one[0]], *lines[slice(*two)], *lines[one[1] : two[0]], *lines[slice(*one)], *lines[two[1] :]
            ]  # fmt: skip
    return lines, False


def edit_upstream(briefing: Briefing, rng: random.Random, count: int) -> Briefing:
    """What a later run might generate: entries gone, new, reworded, in another order; another title."""
    for step in range(count):
        blocks = list(briefing.blocks)
        at = rng.randrange(len(blocks)) if blocks else 0
        kind = rng.choice(("drop", "add", "change", "swap", "title", "tags", "actor", "summary", "paragraph"))
        block = blocks[at] if blocks else None
        if kind == "title":
            briefing = replace(briefing, title=f"{briefing.title} fresh{step}")
        elif kind == "tags":
            briefing = replace(briefing, tags=(*briefing.tags[1:], f"fresh{step}"))
        elif kind == "summary" and briefing.summary:
            briefing = replace(briefing, summary=_summary(briefing.summary, step, rng))
        elif kind == "actor" and briefing.actors:
            first, *rest = briefing.actors
            briefing = replace(
                briefing, actors=(replace(first, aliases=(*first.aliases, f"fresh{step}")), *rest)
            )
        elif isinstance(block, Item) and not isinstance(block.value, Actor):
            if kind == "drop" and not isinstance(block.value, Paragraph):
                del blocks[at]
            elif kind == "add":
                blocks.insert(at, Item(_another(block.value, f"{rng.randrange(16**6):06x}")))
            elif kind == "change":
                blocks[at] = Item(_changed(block.value, step, rng))
            elif kind == "swap" and at + 1 < len(blocks) and isinstance(blocks[at + 1], Item):
                blocks[at], blocks[at + 1] = blocks[at + 1], blocks[at]
            elif kind == "paragraph":
                blocks = _with_paragraph(blocks, step)
                moved = (replace(each, paragraph=(each.paragraph or 0) + 1) for each in briefing.summary)
                briefing = replace(briefing, summary=tuple(moved))
            briefing = replace(briefing, blocks=tuple(blocks))
    return replace(briefing, front=None)


def _summary(sentences: tuple[Sentence, ...], step: int, rng: random.Random) -> tuple[Sentence, ...]:
    """The summary with a sentence gone, new, reworded, or proved by another paragraph."""
    at = rng.randrange(len(sentences))
    old = sentences[at]
    changed = {
        "drop": (),
        "add": (old, replace(old, text=f"Some wholly other {step} matter came up.")),
        "reword": (replace(old, text=f"{old.text} Indeed{step}."),),
        "move": (replace(old, paragraph=(old.paragraph or 0) + 1),),
    }[rng.choice(("drop", "add", "reword", "move"))]
    anchors = Anchors("s")
    return tuple(
        replace(each, id=anchors.make(each.text))
        for each in (*sentences[:at], *changed, *sentences[at + 1 :])
    )


def _another(value: Entry, tag: str) -> Entry:
    if isinstance(value, Paragraph | Actor):
        return value
    id = f"{value.id[:1]}-{tag}"
    if isinstance(value, Quote):
        return replace(value, id=id, parts=(f"Wholly other {tag} words of theirs",))
    return replace(value, id=id, text=f"some wholly other {tag} matter came up")


def _changed(value: Entry, step: int, rng: random.Random) -> Entry:
    match value:
        case Paragraph():
            return replace(value, text=f"{value.text} Corrected{step}.")
        case Quote():
            return replace(value, parts=(f"{value.parts[0]} indeed{step}", *value.parts[1:]))
        case Position():
            return (
                replace(value, target=f"fresh{step}")
                if rng.random() < 0.5
                else replace(value, unsure=not value.unsure)
            )
        case NextStep():
            return replace(value, date="2026-04", status="scheduled")
        case Event():
            return replace(value, date="2026-01")
    return value


def _with_paragraph(blocks: list[Block], step: int) -> list[Block]:
    """The article with a new first paragraph: every number goes up by one, and every link with it."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Item) and isinstance(block.value, Paragraph):
            if block.value.number == 1:
                out.append(Item(Paragraph(f"A correction {step} opens the article.", 1)))
            number = block.value.number
            block = Item(replace(block.value, number=number + 1 if number else None))
        elif isinstance(block, Item) and not isinstance(block.value, Paragraph):
            number = block.value.paragraph
            block = Item(replace(block.value, paragraph=number + 1 if number else None))
        out.append(block)
    return [block for block in out if isinstance(block, Heading | Item)]
