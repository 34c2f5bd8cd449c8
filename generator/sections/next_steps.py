"""Next steps: a task list of who would do what, how settled it is, and when."""

from __future__ import annotations

import re

from generator.briefing import STATUSES, NextStep, Register
from generator.markdown import Chunk, escape, escape_opening, plain, read_tail, tail
from generator.sections.context import BOLD, Context, Parsed, item_text

_STATUS = "|".join(STATUSES)
_BOX = re.compile(r"\[([ xX])\]\s+")
_OWNERS = re.compile(rf"\*\*({BOLD}):?\*\*\s*")
_ABOUT = re.compile(
    rf"""\( (?:(?P<status>{_STATUS})\b)? (?:(?:^|(?<=\()|,?\s*)(?P<date>\d{{4}}(?:-\d\d){{0,2}})(?=[,)]))?
         (?:(?:(?<=\()|,\s*)(?P<when>[“"](?:\\.|[^\\])*?[”"]|[^()“"]+?))? \)\s*:?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_COLON = re.compile(r":\s+")


def render(step: NextStep) -> str:
    owners = ", ".join(escape(name).replace(",", "&#44;") for name in step.owner_names)
    # A closing mark of the article's would end ours.
    when = escape(step.when).replace("”", "&#8221;") if step.when else ""
    about = ", ".join(
        part for part in (step.status or "", step.date or "", f"“{when}”" if when else "") if part
    )
    head = " ".join(part for part in (f"**{owners}**" if owners else "", f"({about})" if about else "") if part)
    text = f"{head}: {escape(step.text)}" if head else _escape_bare(step.text)
    box = "x" if step.done else " "
    return f"- [{box}] {text}{tail(step.id, step.paragraph, unsure=step.unsure)}"


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
    if about := _ABOUT.match(rest):
        rest = rest[about.end() :]
        status = about["status"].lower() if about["status"] else None
        date = about["date"]
        if about["when"]:
            when, exact_when = plain(about["when"].strip("“”\" "))
            exact = exact and (exact_when or "&#8221;" in about["when"])
    elif owners and (colon := _COLON.match(rest)):
        rest = rest[colon.end() :]
    text, exact_text = plain(rest)
    if rest.startswith("\\(") or (not owners and not about):
        exact_text = exact_text or _escape_bare(text) == rest
    if not text:
        return None
    ids = tuple(id for name in names if (id := context.register.resolve(name)) is not None)
    names = tuple(context.register.name(id) if (id := context.register.resolve(name)) else name for name in names)
    step = NextStep(end.id, ids, names, text, status, when or None, date, end.paragraph, done, end.unsure)
    return Parsed(step, exact and exact_text)


def _names(markdown: str, register: Register) -> tuple[tuple[str, ...], bool]:
    """The owners named in "Russia, Ukraine" or "Russia and Ukraine"; names with commas in them whole."""
    whole, exact = plain(markdown)
    exact = exact or "&#44;" in markdown
    if not whole:
        return (), exact
    if register.resolve(whole) is not None:
        return (whole,), exact
    names: list[str] = []
    for piece in re.split(r"\s*[,;]\s+", markdown):
        name, _ = plain(piece)
        both = name.split(" and ")
        if register.resolve(name) is None and len(both) > 1 and all(map(register.resolve, both)):
            names += both
        elif name:
            names.append(name)
    return tuple(names), exact
