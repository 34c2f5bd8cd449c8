"""A page as a tree of headings and blocks, and how the blocks of one page are found on another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from generator import frontmatter
from generator.briefing import Actor, Block, Briefing, Entry, Heading, Item, Paragraph, Register, words_of
from generator.markdown import plain, scan, split
from generator.page import anchor_of, parse
from generator.sections import BY_KIND

MARK_MINE = "<<<<<<< mine: "
MARK_BETWEEN = "======="
MARK_FRESH = ">>>>>>> fresh"
BOTH = "changed by hand, and differently in what was generated since; keep one, delete the marks"
GONE = "changed by hand, but the article no longer says it; keep it or not, delete the marks"


def unix(text: str) -> str:
    """The text without byte-order mark and with `\\n` line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def marked(mine: str, fresh: str, why: str = BOTH) -> str:
    """Both sides of a conflict between the usual marks; each side is whole lines."""
    return f"{MARK_MINE}{why}\n{mine}{MARK_BETWEEN}\n{fresh}{MARK_FRESH}\n"


@dataclass(slots=True, eq=False)
class Part:
    """A block of a page, or a heading with all that stands below it (`parts`)."""

    key: str
    text: str
    block: Block | None = None
    parts: list[Part] = field(default_factory=list)
    gap: int = 1
    """Blank lines between it and the block above."""

    @property
    def value(self) -> Entry | None:
        return self.block.value if isinstance(self.block, Item) else None

    @property
    def container(self) -> bool:
        return isinstance(self.block, Heading)


@dataclass(slots=True, eq=False)
class Page:
    briefing: Briefing
    front: str
    summary: Part
    """The front matter's summary, a part each sentence: its line there."""
    root: Part
    after: str
    """The blank lines at the end."""

    @classmethod
    def read(cls, text: str, *, path: str) -> Page:
        briefing = parse(text, path=path)
        frame = split(text)
        assert frame is not None, "parse has read it"
        front, body, _ = frame
        lines = body.split("\n")
        root = Part("", "")
        section, open_part = root, root
        register = Register(briefing.actors)
        keys: Counter[str] = Counter()
        end = 0
        for chunk, block in zip(scan(lines), briefing.blocks, strict=True):
            part = Part(
                _key(block, chunk.text, register, section.key), chunk.text, block, gap=chunk.start - end
            )
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
        return cls(briefing, front, _summary(front, path), root, "\n".join(lines[end:]))


def _summary(front: str, path: str) -> Part:
    section = BY_KIND["summary"]
    return Part(
        f"section {section.kind}",
        "",
        Heading(2, section.title, section.kind),
        [
            Part(f"entry {sentence.id}", section.render(sentence), Item(sentence))
            for sentence in frontmatter.read(front, path=path).summary
        ],
    )


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


def walk(part: Part) -> Iterable[tuple[Part, Part]]:
    """Every block below `part` with the block it stands under, in page order."""
    for child in part.parts:
        yield child, part
        yield from walk(child)


def pair(base: Part, other: Part, also: Part | None = None) -> None:
    """Give blocks that are the same entry in new words the key they have in the base.

    So an entry is found whose anchor a person took away, and a quote that the article corrected.
    Blocks that `also` knows are left out.
    """
    known = {part.key for part, _ in walk(also)} if also else set()
    ours = {part.key for part, _ in walk(base)} | known
    theirs = {part.key for part, _ in walk(other)} | known
    lost = [part for part, _ in walk(base) if part.key not in theirs and part.value is not None]
    new = [part for part, _ in walk(other) if part.key not in ours and part.value is not None]
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


def _likeness(one: Part, other: Part) -> float:
    assert one.value is not None
    assert other.value is not None
    left, right = (
        [value.name] if isinstance(value, Actor) else " ".join(words_of(value)).casefold().split()
        for value in (one.value, other.value)
    )
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > _LIKE and matcher.quick_ratio() > _LIKE else 0.0


def order(sides: Sequence[Iterable[str]], kept: Container[str]) -> list[str]:
    """The kept keys of base, mine and fresh: in a person's order where they changed it, else fresh."""
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
