"""Next steps: a task list of who would do what, how settled it is, and when."""

from __future__ import annotations

import re

from generator.briefing import STATUSES, NextStep, Register
from generator.markdown import Chunk, escape, escape_opening, plain, read_tail, tail
from generator.sections.context import BOLD, Context, Parsed, escape_when, item_text

_BOX = re.compile(r"\[([ xX])\]\s+")
_OWNERS = re.compile(rf"\*\*({BOLD}):?\*\*\s*")
# (agreed, 2026-03-10, “next Tuesday”)
_ABOUT = re.compile(r"\(([^()“”\\]*)(?:“([^”]*)”)?\)\s*:?\s*")
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")


def render(step: NextStep) -> str:
    head = []
    if step.owner_names:
        head.append("**" + ", ".join(map(_escape_owner, step.owner_names)) + "**")
    when = f"“{escape_when(step.when)}”" if step.when else None
    if about := ", ".join(part for part in (step.status, step.date, when) if part):
        head.append(f"({about})")
    text = f"{' '.join(head)}: {escape(step.text)}" if head else _escape_bare(step.text)
    box = "x" if step.done else " "
    return f"- [{box}] {text}{tail(step.id, step.paragraph, unsure=step.unsure)}"


def _escape_owner(name: str) -> str:
    # A comma would part two owners, a colon at the end would be taken for ours.
    escaped = escape(name).replace(",", "&#44;")
    return escaped[:-1] + "&#58;" if escaped.endswith(":") else escaped


def _escape_bare(text: str) -> str:
    return "\\" + escape(text) if text.startswith("(") else escape_opening(text)


def parse(chunk: Chunk, context: Context) -> Parsed | None:
    end = read_tail(item_text(chunk.lines))
    rest, exact, done = end.rest, end.exact, False
    if box := _BOX.match(rest):
        done = box[1] != " "
        rest = rest[box.end() :]
    names: tuple[str, ...] = ()
    if owners := _OWNERS.match(rest):
        rest = rest[owners.end() :]
        names, exact_owners = _names(owners[1].strip(), context.register)
        exact = exact and exact_owners
    status = date = when = None
    bare = not owners
    if about := _about(rest, named=bool(owners)):
        bare = False
        status, date, typed = _settled(about[1])
        when, exact_when = plain(about[2] or typed, write=escape_when)
        exact = exact and exact_when and not (about[2] and typed)
        rest = rest[about.end() :]
    elif owners:
        rest = rest.removeprefix(":").lstrip()
    text, exact_text = plain(rest, write=_escape_bare if bare else escape)
    if not text:
        return None
    register = context.register
    found = [register.resolve(name) for name in names]
    shown = tuple(register.name(id) if id else name for id, name in zip(found, names, strict=True))
    step = NextStep(
        id=end.id,
        owners=tuple(filter(None, found)),
        owner_names=shown,
        text=text,
        status=status,
        when=when or None,
        date=date,
        paragraph=end.paragraph,
        done=done,
        unsure=end.unsure,
    )
    return Parsed(step, exact and exact_text)


def _about(rest: str, *, named: bool) -> re.Match[str] | None:
    """The brackets with status and time. Behind an owner any are; else only such as say one of these."""
    about = _ABOUT.match(rest)
    if about is None or named or about[2]:
        return about
    status, date, _ = _settled(about[1])
    return about if status or date else None


def _settled(words: str) -> tuple[str | None, str | None, str]:
    """Status, date, and what else stands in the brackets (a time, typed without quotation marks)."""
    status = date = None
    rest = []
    for piece in words.split(","):
        word = piece.strip()
        if status is None and word.lower() in STATUSES:
            status = word.lower()
        elif date is None and _ISO.fullmatch(word):
            date = word
        elif word:
            rest.append(word.strip('"'))
    return status, date, ", ".join(rest)


def _names(markdown: str, register: Register) -> tuple[tuple[str, ...], bool]:
    """The owners named in "Russia, Ukraine" or "Russia and Ukraine"; names with commas in them whole."""
    whole, exact = plain(markdown, write=_escape_owner)
    if not whole:
        return (), True
    if register.resolve(whole) is not None:
        return (whole,), exact
    names: list[str] = []
    exact = True
    for piece in re.split(r",\s+", markdown):
        name, exact_name = plain(piece, write=_escape_owner)
        exact = exact and exact_name
        both = name.split(" and ")
        if register.resolve(name) is None and len(both) > 1 and all(map(register.resolve, both)):
            names += both
        elif name:
            names.append(name)
    return tuple(names), exact
