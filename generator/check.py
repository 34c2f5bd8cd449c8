"""What is wrong with a page, by file and line: for `briefings check`, pre-commit and the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal

from generator import frontmatter
from generator.briefing import (
    Actor,
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
    Verbatim,
    nearest,
    stands_in,
    words_of,
)
from generator.errors import BriefingError
from generator.markdown import unescape
from generator.page import anchor_of, parse
from generator.schema import ActorKeys, SourceKeys
from generator.sections import BY_KIND
from generator.sections.summary import is_plain

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; an error misleads a reader or a link, a warning wants a look."""

    path: str
    line: int
    message: str
    severity: Severity = "warning"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def check_all(pages: Iterable[tuple[str, str]]) -> tuple[Finding, ...]:
    """The findings of many pages, given as (path, text), page by page; also ids that two of them share."""
    findings: list[Finding] = []
    owners: dict[str, str] = {}
    for path, text in pages:
        findings += check(text, path=path)
        try:
            id = parse(text, path=path).id
        except BriefingError:
            continue
        if id in owners:
            line = next((at for at, row in enumerate(text.splitlines(), 1) if row.startswith("id:")), 1)
            message = f"the id '{id}' is also that of {owners[id]}; each page needs its own"
            findings.append(Finding(path, line, message, "error"))
        owners.setdefault(id, path)
    return tuple(findings)


def check(text: str, *, path: str = "<briefing>") -> tuple[Finding, ...]:
    """What is wrong with one page, by line; a page that cannot be read is one finding."""
    try:
        briefing = parse(text, path=path)
    except BriefingError as error:
        match = re.match(r"(.*?):(\d+): (.*)", str(error), re.DOTALL)
        line, message = (int(match[2]), match[3]) if match else (1, str(error))
        return (Finding(path, line, message, "error"),)
    found = [
        (conflict.line, "a conflict stands here; keep one side and delete the marks", "error")
        for conflict in briefing.conflicts
    ]
    found += _front_matter(briefing, text)
    found += _summary(briefing)
    found += _blocks(briefing)
    return tuple(Finding(path, line, message, severity) for line, message, severity in sorted(found))  # type: ignore[arg-type]


_Found = tuple[int, str, str]


def _front_matter(briefing: Briefing, text: str) -> list[_Found]:
    found: list[_Found] = []
    rows = (briefing.front or "").split("\n")
    for key, start, end in frontmatter.keys(briefing.front or ""):
        if key == "summary":
            rows[start:end] = [""] * (end - start)  # text, in which a word with a colon is no key
    for name in briefing.extra:
        if near := get_close_matches(name, frontmatter.KEYS, n=1, cutoff=0.75):
            found.append(
                (_line_of(rows, name), f"'{name}' is no key of a briefing; '{near[0]}' is", "warning")
            )
    ours = {*SourceKeys.model_fields, *ActorKeys.model_fields}
    for at, row in enumerate(rows):
        for name in re.findall(r"(?:^\s+(?:- )?|[{,]\s*)([A-Za-z_]+):(?=\s|$)", re.sub(r'"[^"]*"', "", row)):
            if name == "role":
                message = "a role has its place in the actor's line below; 'briefings tidy' moves it there"
                found.append((at + 2, message, "warning"))
            elif name == "key":
                message = "who is listed under Key actors is a key actor; 'key' is not read"
                found.append((at + 2, message, "warning"))
            elif name not in ours and (near := get_close_matches(name, ours, n=1, cutoff=0.75)):
                found.append((at + 2, f"'{name}' is not read here; '{near[0]}' is", "warning"))
    for actor in briefing.actors:
        if actor.kind is None:
            line = _line_of(rows, actor.name, _line_of_actor(briefing, actor))
            words = f"{actor.name!r} has no kind; this line under 'actors' would do: "
            row = f"- {{name: {frontmatter.scalar(actor.name)}, kind: person}}"
            found.append((line, words + row, "warning"))
    return found


def _summary(briefing: Briefing) -> list[_Found]:
    """What is wrong with the sentences of the front matter, which are no blocks."""
    rows = (briefing.front or "").split("\n")
    listed = [b for b in briefing.blocks if isinstance(b, Item) and isinstance(b.value, Sentence)]
    found: list[_Found] = []
    for sentence in briefing.summary[: len(briefing.summary) - len(listed)]:
        line = _line_of(rows, sentence.text[:40].rsplit(" ", 1)[0])
        found += [(line, message, severity) for message, severity in _entry(briefing, sentence)]
    for item in listed:
        tidied = is_plain(item.raw or "")
        how = "'briefings tidy' moves it there" if tidied else "without emphasis or links it could move there"
        found.append(
            (item.line, f"the summary belongs under 'summary' in the front matter; {how}", "warning")
        )
    return found


def _line_of(rows: list[str], word: str, otherwise: int = 2) -> int:
    return next((at + 2 for at, row in enumerate(rows) if word in row), otherwise)


def _line_of_actor(briefing: Briefing, actor: Actor) -> int:
    return next(
        (b.line for b in briefing.blocks if isinstance(b, Item) and getattr(b.value, "id", "") == actor.id), 2
    )


def _blocks(briefing: Briefing) -> list[_Found]:
    found: list[_Found] = []
    numbers: dict[int, int] = {}
    anchors: dict[str, int] = {}
    section: str | None = None
    for block in briefing.blocks:
        if isinstance(block, Heading):
            section = block.section if block.level <= 2 else section
        elif isinstance(block, Verbatim):
            if message := _not_understood(block, section):
                found.append((block.line, message, "warning"))
        else:
            value = block.value
            if isinstance(value, Paragraph):
                if value.number is not None and numbers.setdefault(value.number, block.line) != block.line:
                    message = f"paragraph {value.number} stands twice, first in line {numbers[value.number]}"
                    found.append((block.line, message, "error"))
                continue
            anchor = anchor_of(block)
            if anchor and anchors.setdefault(anchor, block.line) != block.line:
                message = (
                    f"the anchor '{anchor}' stands twice (line {anchors[anchor]}); 'briefings tidy' mends it"
                )
                found.append((block.line, message, "error"))
            if isinstance(value, Actor) and block.raw and not _names(value, block.raw):
                message = f"the front matter says {value.name!r}; a name corrected there counts everywhere"
                found.append((block.line, message, "warning"))
            found += [(block.line, message, severity) for message, severity in _entry(briefing, value)]
    return found


def _names(actor: Actor, raw: str) -> bool:
    shown = unescape(raw)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", shown) for name in (actor.name, *actor.aliases))


_EXAMPLES = {
    "key-actors": "- **Name**, role",
    "other-actors": "- **Name**, role",
    "positions": "- **demands** (what): the article's words, below a heading '### Name'",
    "quotes": "> “The words.” and below it, after a blank line: — Name, role",
    "next-steps": "- [ ] **Who** (planned, 2025-06-01): what",
    "timeline": "- **2025-05-16** (“on Friday”): what happened",
}


def _not_understood(block: Verbatim, section: str | None) -> str | None:
    if section is None or section not in _EXAMPLES or block.raw[:1].isspace():
        return None
    listed = re.match(r"[-*+]\s|>", block.raw) is not None
    if not listed or (block.raw[0] == ">") != (section == "quotes"):
        return None
    title = BY_KIND[section].title
    return f"is kept as a note: it does not read as an entry of {title}; this would: {_EXAMPLES[section]}"


_NAMES = {
    Sentence: "the sentence",
    Position: "the position",
    Quote: "the quote",
    NextStep: "the next step",
    Event: "the event",
}


def _entry(briefing: Briefing, value: Entry) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    paragraph = None if isinstance(value, Paragraph) else value.paragraph
    known = {p.number: p for p in briefing.paragraphs if p.number is not None}
    if paragraph is not None and known and paragraph not in known:
        message = f"links to ¶ {paragraph}, which the source does not have"
        found.append((message, "error"))
    if isinstance(value, NextStep | Event) and value.date and not _is_date(value.date):
        found.append((f"there is no day {value.date}; a date as 2025-05-16, 2025-05 or 2025 works", "error"))
    if isinstance(value, Quote) and value.paragraph is None and value.speaker is None and value.speaker_text:
        message = (
            f"{value.speaker_text!r} is none of the page's actors; with a line under 'actors' or Key actors "
            "the quote would be theirs"
        )
        found.append((message, "warning"))
    if known and (paragraph is not None or isinstance(value, Quote | Sentence)):
        for words in words_of(value):
            found += _evidence(briefing, value, words, paragraph)
    return found


def _evidence(briefing: Briefing, value: Entry, words: str, paragraph: int | None) -> list[tuple[str, str]]:
    name = _NAMES[type(value)]
    stated = [p for p in briefing.paragraphs if p.number == paragraph and paragraph is not None]
    if stated and stands_in(stated, words) is not None:
        return []
    number = stands_in(briefing.paragraphs, words)
    if number is None:
        near = nearest(briefing.paragraphs, words)
        hint = f"; nearest is in ¶ {near[0]}: “{near[1]}”" if near else ""
        return [(f"{name} “{_short(words)}” does not stand in the article{hint}", "warning")]
    if paragraph is None:
        return [
            (
                f"{name} “{_short(words)}” stands in ¶ {number}: {_link(value, number)} would say so",
                "warning",
            )
        ]
    if isinstance(value, Quote) and words != value.parts[0]:
        return []  # a quote may run on over several paragraphs; its link is that of the first
    return [(f"{name} “{_short(words)}” stands in ¶ {number}, not in ¶ {paragraph}", "warning")]


def _link(value: Entry, number: int) -> str:
    return f"[¶ {number}]" if isinstance(value, Sentence) else f"[¶ {number}](#p{number})"


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57].rstrip()}…"


def _is_date(text: str) -> bool:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
