"""Pages of an older form, brought into today's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator import frontmatter
from generator.briefing import Block, Briefing, Heading, Item, Sentence
from generator.errors import BriefingError
from generator.page import parse
from generator.sections import summary


def lift_summary(text: str) -> str:
    """The page with the sentences of its Summary section in the front matter, where they stand today.

    `text` has `\\n` line ends. What else a person wrote in that section stays there. The page comes back
    as it is where it has no such section, where one of the sentences shows more than its words
    (emphasis, a link), and where the front matter cannot be read or added to.
    """
    try:
        briefing = parse(text)
    except BriefingError:
        return text
    listed = [b for b in briefing.blocks if isinstance(b, Item) and isinstance(b.value, Sentence)]
    if not listed or briefing.conflicts or not all(summary.is_plain(item.raw or "") for item in listed):
        return text
    front = _with_summary(briefing)
    if front is None or briefing.front is None:
        return text
    gone = {block.line - 1 for block in _emptied(briefing.blocks)}
    for item in listed:
        gone.update(range(item.line - 1, item.line + (item.raw or "").count("\n")))
    lines = text.split("\n")
    end = 1 + briefing.front.count("\n")
    return "\n".join([lines[0], *front.split("\n")[:-1], *_without(lines, gone, end)])


def _emptied(blocks: Sequence[Block]) -> list[Heading]:
    """The headings of summaries below which nothing but sentences stands."""
    found: list[Heading] = []
    heading: Heading | None = None
    for block in (*blocks, Heading(1, "")):
        if isinstance(block, Heading) and block.level <= 2:
            if heading is not None:
                found.append(heading)
            heading = block if block.section == "summary" else None
        elif not (isinstance(block, Item) and isinstance(block.value, Sentence)):
            heading = None
    return found


def _without(lines: Sequence[str], gone: set[int], start: int) -> list[str]:
    """The lines from `start`, without those gone and the blank lines that only they needed."""
    kept: list[str] = []
    closing = False
    for at in range(start, len(lines)):
        if at in gone:
            closing = True
        elif lines[at].strip() or not (closing and kept and not kept[-1].strip()):
            kept.append(lines[at])
            closing = False
    return kept


def _with_summary(briefing: Briefing) -> str | None:
    """The front matter with the whole summary in it; None where it is written in no lines of its own."""
    front = briefing.front or ""
    path = briefing.path or briefing.id
    sentences = tuple({sentence.text: sentence for sentence in briefing.summary}.values())
    block = ["summary: |", *map(summary.render, sentences)]
    lines = front.split("\n")[:-1]
    places = {key: (start, end) for key, start, end in frontmatter.keys(front)}
    if "summary" in places:
        start, end = places["summary"]
        start = next(at for at in range(start, end) if lines[at].startswith("summary"))
        while not lines[end - 1].strip():
            end -= 1
        if lines[start] != block[0] and any("#" in line for line in lines[start:end]):
            return None  # a comment in a list has no place in lines of text
    else:
        start = end = max(
            (places[key][1] for key in ("title", "date", "id", "source") if key in places), default=0
        )
    lifted = "".join(f"{line}\n" for line in (*lines[:start], *block, *lines[end:]))
    try:
        before, after = frontmatter.read(front, path=path), frontmatter.read(lifted, path=path)
    except BriefingError:
        return None
    same = [s.text for s in after.summary] == [s.text for s in sentences]
    return lifted if same and replace(after, summary=()) == replace(before, summary=()) else None
