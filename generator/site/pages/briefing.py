"""The page of a briefing: the file as it stands, laid out for reading, its source beside it.

Everything on the page comes from the blocks of the Markdown, in their order. Entries that the
format knows get a form of their own; whatever else a person wrote is rendered as Markdown where
it stands.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markupsafe import Markup

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
    evidence_url,
)
from generator.markdown import plain
from generator.sections import BY_KIND
from generator.site.calendars import days, uid
from generator.site.linked_data import briefing_data
from generator.site.links import slug
from generator.site.pages.data import has_calendar
from generator.site.press import Asset, Head, Page, Press, briefing_uri
from generator.site.source import Evidence, find_evidence

WORDS_A_MINUTE = 220
_CUT = "<!--next-->"
_LINKS = re.compile(r"\]\(([^()\s]*)")
_WORDS = re.compile(r"\w+")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*+|_+|`+)")
_FRAME = re.compile(r"\s{0,3}(?:>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?|\s+)")
_TAIL = re.compile(r"\s*\[¶ ?\d+\]\(#p\d+\)|\s*\{:?\s*#[\w-]+\s*\}")
_SECTIONS = {
    Sentence: BY_KIND["summary"],
    Actor: BY_KIND["key-actors"],
    Position: BY_KIND["positions"],
    Quote: BY_KIND["quotes"],
    NextStep: BY_KIND["next-steps"],
    Event: BY_KIND["timeline"],
}


@dataclass(slots=True)
class Group:
    """Neighbouring entries of one kind (`items`), or what a person wrote between them (`note`)."""

    kind: str
    items: list[tuple[Entry, Markup | None]] = field(default_factory=list)
    """Each entry with its own Markdown rendered, where that says more than the entry."""
    note: Markup = field(default_factory=Markup)
    heading: str = ""
    anchor: str = ""


@dataclass(slots=True)
class Section:
    """A section of the page: its kind (None: a person's own), heading, anchor and groups."""

    kind: str | None
    title: str
    anchor: str
    groups: list[Group] = field(default_factory=list)


def briefings(press: Press) -> Iterator[Page | Asset]:
    """A page a briefing."""
    site = press.site
    for place, briefing in enumerate(site.briefings):
        newer = site.briefings[place - 1] if place else None
        older = site.briefings[place + 1] if place + 1 < len(site.briefings) else None
        yield Page(
            briefing_uri(briefing),
            briefing.title,
            partial(body, press, briefing, newer=newer, older=older),
            description=partial(_description, briefing),
            toc=partial(_contents, briefing, press),
            head=partial(_head, briefing, press),
            changed=briefing.date,
            edit_url=press.settings.edit(briefing.path or ""),
        )


def _description(briefing: Briefing) -> str:
    summary = " ".join(sentence.text for sentence in briefing.summary)
    return textwrap.shorten(summary, 300, placeholder=" …")


def _contents(briefing: Briefing, press: Press) -> tuple[tuple[str, str], ...]:
    return tuple((section.anchor, section.title) for section in outline(briefing, press))


def _head(briefing: Briefing, press: Press) -> Head:
    return Head("briefing", published=briefing.date, data=briefing_data(briefing, press.settings))


def body(press: Press, briefing: Briefing, *, newer: Briefing | None, older: Briefing | None) -> str:
    """The HTML of the page."""
    notes = _notes(press, briefing)
    sections = outline(briefing, press, notes)
    evidence = find_evidence(briefing)
    if press.settings.source_text != "full":
        evidence = _shortened(evidence, press.settings.source_text)
    words = sum(len(p.text.split()) for p in briefing.paragraphs)
    facts = words_on(briefing)
    return press.render(
        "briefing.html",
        briefing=briefing,
        sections=sections,
        evidence=evidence,
        minutes=max(1, round(facts / WORDS_A_MINUTE)),
        source_words=words,
        newer=newer,
        older=older,
        related=press.site.related(briefing),
        days=days,
        outside=lambda entry: evidence_url(briefing, entry, verbatim=evidence.holds(entry)),
        edit=press.settings.edit(briefing.path or ""),
        data=f"briefings/{slug(briefing.id)}.json",
        calendar=f"briefings/{slug(briefing.id)}.ics" if has_calendar(briefing) else None,
        owner_ids={actor.name: actor.id for actor in briefing.actors},
        uid=partial(uid, briefing),
        tag_uri=lambda tag: f"tags/{slug(tag)}/index.md",
        position_actor={p.id: press.site.actor(briefing, p.actor) for p in briefing.positions},
    )


def words_on(briefing: Briefing) -> int:
    """How many words the page has without its source."""
    entries: Sequence[Any] = (
        *briefing.summary,
        *briefing.positions,
        *briefing.next_steps,
        *briefing.timeline,
    )
    return sum(len(entry.text.split()) for entry in entries) + sum(
        len(part.split()) for quote in briefing.quotes for part in quote.parts
    )


def outline(briefing: Briefing, press: Press, notes: dict[int, Markup] | None = None) -> list[Section]:
    """The sections of the page in the order of the file; `notes` is the HTML of blocks, by place."""
    notes = notes or {}
    sections: list[Section] = []
    taken: set[str] = set()
    current: Section | None = None
    if briefing.summary:
        sections.append(_summary(briefing, press, notes, taken))
    for place, block in enumerate(briefing.blocks):
        if isinstance(block, Heading) and block.level <= 2:
            title = plain(block.text)[0]
            current = Section(block.section, title, _anchor(title, taken))
            sections.append(current)
            continue
        if current is None:
            current = Section(None, "", "preface")
            sections.append(current)
        if isinstance(block, Heading):
            title = plain(block.text)[0]
            current.groups.append(Group("heading", heading=title, anchor=_anchor(title, taken)))
        elif isinstance(block, Verbatim):
            current.groups.append(Group("note", note=notes.get(place, Markup())))
        elif not isinstance(block.value, Sentence):
            kind = type(block.value).__name__
            if not current.groups or current.groups[-1].kind != kind:
                current.groups.append(Group(kind))
            current.groups[-1].items.append((block.value, notes.get(place)))
    return [section for section in sections if section.groups or section.kind is None]


def _summary(briefing: Briefing, press: Press, notes: dict[int, Markup], taken: set[str]) -> Section:
    """The lede of the page, from the front matter and from what an older page says in its body."""
    own = {
        block.value: notes.get(place)
        for place, block in enumerate(briefing.blocks)
        if isinstance(block, Item) and isinstance(block.value, Sentence)
    }
    title = press.word("briefing.summary")
    sentences: list[tuple[Entry, Markup | None]] = [(each, own.get(each)) for each in briefing.summary]
    return Section("summary", title, _anchor(title, taken), [Group("Sentence", sentences)])


def _anchor(title: str, taken: set[str]) -> str:
    base = anchor = slug(title)
    n = 1
    while anchor in taken:
        n += 1
        anchor = f"{base}_{n}"
    taken.add(anchor)
    return anchor


def _notes(press: Press, briefing: Briefing) -> dict[int, Markup]:
    """What a person wrote into the page, as HTML by the place of its block.

    All of it is rendered in one go, so that a footnote may stand away from its mark.
    """
    raw: dict[int, str] = {}
    for place, block in enumerate(briefing.blocks):
        if isinstance(block, Verbatim):
            raw[place] = textwrap.dedent(block.raw)
        elif isinstance(block, Item) and block.raw is not None and says_more(block.value, block.raw):
            raw[place] = _without_frame(block.raw)
    if not raw:
        return {}
    pieces = press.markdown(f"\n\n{_CUT}\n\n".join(raw.values()), briefing_uri(briefing)).split(_CUT)
    return {place: Markup(piece.strip()) for place, piece in zip(raw, pieces, strict=False)}


def says_more(entry: Entry, raw: str) -> bool:
    """Whether an entry's Markdown shows a reader anything that its value does not hold.

    Another way of writing the same (a character that needed no escape, marks in another order)
    does not count; further words, links and emphasis do.
    """
    if isinstance(entry, Paragraph):
        return False
    written = _SECTIONS[type(entry)].render(entry)
    return _shown(raw) != _shown(written)


def _shown(markdown: str) -> tuple[list[str], list[str], int]:
    text = "\n".join(plain(line)[0] for line in markdown.splitlines())
    links = [link for link in _LINKS.findall(markdown) if not link.startswith("#p")]
    return _WORDS.findall(text), links, len(_EMPHASIS.findall(markdown))


def _without_frame(raw: str) -> str:
    """An entry's Markdown without its bullet or quotation marks, its evidence and its anchor: the
    page shows those in its own way, and an anchor must not stand twice."""
    lines = [_FRAME.sub("", line, count=1) for line in raw.splitlines()]
    return "\n".join(_TAIL.sub("", line) for line in lines)


def _shortened(evidence: Evidence, keep: str) -> Evidence:
    """The source cut to the paragraphs that prove something, or to nothing."""
    if keep == "none":
        return Evidence((), evidence.found)
    return Evidence(
        tuple((p, runs) for p, runs in evidence.paragraphs if any(run.ids for run in runs)), evidence.found
    )
