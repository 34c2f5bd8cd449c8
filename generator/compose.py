"""Article and Analysis become a Briefing: text instead of offsets, anchors, the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from generator.article import Article, Span
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
    Register,
    Sentence,
    Source,
    slugify,
)
from generator.markdown import escape_heading, one_line
from generator.sections import BY_KIND

if TYPE_CHECKING:
    from generator.analysis.model import Analysis

_PRONOUNS = frozenset(
    "he her hers him his i it its me my she that their theirs them these they this those us we which who you"
    " your".split()
)
"""What says nobody's name on a page, where the sentence before it does not stand."""

CHECK_BELOW = 0.5
"""An entry with a lower score asks the reader to check it: of those, more are wrong than right."""


def compose(article: Article, analysis: Analysis, *, id: str | None = None) -> Briefing:
    """The briefing of an article: everything that was found, each entry with its paragraph.

    `id` names the page for good; by default `default_id`. The same input gives the same briefing.
    """
    title = one_line(analysis.title)
    actors, analysis = _cast(article, analysis)
    register = Register(actors)
    body: list[Block] = []
    body += _section("key-actors", [actor for actor in actors if actor.key])
    body += _positions(article, analysis, actors, register)
    body += _section("quotes", _quotes(article, analysis, actors, register))
    body += _section("next-steps", _next_steps(article, analysis, register))
    body += _section("timeline", _timeline(article, analysis))
    body += _section("other-actors", [actor for actor in actors if not actor.key])
    body += _section("source", _source(article))
    return Briefing(
        id=id or default_id(article, title),
        title=title,
        date=article.date,
        source=Source(
            file=_clean(article.path),
            publisher=_clean(article.publisher),
            byline=_clean(article.byline),
            url=_clean(article.url),
            credits=tuple(credit for raw in article.credits if (credit := one_line(raw))),
            sha256=article.sha256,
        ),
        tags=tuple(tag for raw in article.tags if (tag := one_line(raw))),
        actors=actors,
        blocks=tuple(body),
        summary=_summary(article, analysis),
    )


def default_id(article: Article, title: str) -> str:
    """`YYYY-MM-DD-slug` from the article's file name, or from its title where that has no words."""
    day = re.escape(article.date.isoformat()).replace(r"\-", "[-_.]?")
    slug = slugify(re.sub(rf"^\d{{4}}-\d{{2}}-\d{{2}}|(?<!\d){day}(?!\d)", " ", PurePath(article.path).stem))
    if not re.search(r"[a-z]{2}", slug):
        slug = slugify(title) or slug or "briefing"
    return f"{article.date.isoformat()}-{slug}"


def _cast(article: Article, analysis: Analysis) -> tuple[tuple[Actor, ...], Analysis]:
    """The actors of the page, one for each name, and the analysis with no other actors in it.

    A page calls its actors by name, so two of one name would be one to whoever reads it; an id that
    is nobody's leaves the article's own words for the holder, speaker or owner.
    """
    actors: dict[str, Actor] = {}
    ids: dict[str, str] = {}
    for found in analysis.actors:
        name = one_line(found.name)
        first = actors.get(name.casefold())
        if first is None and name:
            actors[name.casefold()] = Actor(
                id=found.id,
                name=name,
                kind=found.kind,
                role=_clean(found.role),
                affiliation=found.affiliation,
                aliases=tuple(alias for raw in found.aliases if (alias := one_line(raw))),
                key=found.key,
                paragraph=_first_paragraph(article, found.mentions),
            )
            ids[found.id] = found.id
        elif first is not None:
            actors[name.casefold()] = replace(
                first, key=first.key or found.key, role=first.role or _clean(found.role)
            )
            ids[found.id] = first.id
    return tuple(actors.values()), replace(
        analysis,
        quotes=tuple(replace(quote, speaker=ids.get(quote.speaker or "")) for quote in analysis.quotes),
        positions=tuple(
            replace(position, actor=ids.get(position.actor or "")) for position in analysis.positions
        ),
        next_steps=tuple(
            replace(step, owners=tuple(dict.fromkeys(ids[id] for id in step.owners if id in ids)))
            for step in analysis.next_steps
        ),
    )


def _clean(text: str | None) -> str | None:
    return (one_line(text) or None) if text else None


def _name(text: str | None) -> str | None:
    """The article's words for somebody who is no actor; None for a pronoun, which names nobody here."""
    name = _clean(text)
    return None if name is None or name.casefold() in _PRONOUNS else name


def _target(text: str | None) -> str | None:
    """A target as it stands within a line: "the plan", also where it began a sentence."""
    target = _clean(text)
    return (
        re.sub(r"^(?:The|An?|Th(?:is|ese|at|ose))(?= )", lambda found: found[0].lower(), target or "") or None
    )


def _when(article: Article, span: Span | None, date: str | None) -> str | None:
    """The article's words for a time, where they say more than the date beside them ("2014" does not)."""
    when = _words(article, [span]) if span else ""
    return when if when and when != date else None


def _section(kind: str, entries: Sequence[Entry]) -> list[Block]:
    if not entries:
        return []
    return [Heading(2, BY_KIND[kind].title, kind), *(Item(entry) for entry in entries)]


def _words(article: Article, spans: Iterable[Span]) -> str:
    return " … ".join(text for start, end in spans if (text := one_line(article.prose[start:end])))


def _paragraph(article: Article, spans: Sequence[Span]) -> int | None:
    return article.paragraph_at(spans[0][0]) if spans else None


def _first_paragraph(article: Article, spans: Iterable[Span]) -> int | None:
    """The first paragraph with one of the spans; an inline heading is no evidence."""
    return next((number for start, _ in spans if (number := article.paragraph_at(start)) is not None), None)


def _summary(article: Article, analysis: Analysis) -> tuple[Sentence, ...]:
    anchors = Anchors("s")
    return tuple(
        Sentence(anchors.make(text), text, _paragraph(article, [span]))
        for span in analysis.summary
        if (text := _words(article, [span]))
    )


def _positions(
    article: Article, analysis: Analysis, actors: Sequence[Actor], register: Register
) -> list[Block]:
    """Positions under a heading for each holder: key actors first, then the others, then the unnamed."""
    anchors = Anchors("p")
    groups: dict[str, list[Position]] = {}
    unnamed: dict[str, str] = {}
    for found in analysis.positions:
        text = _words(article, found.span)
        shown = _name(found.actor_text) or ""
        actor = found.actor or register.resolve(shown)
        if not text or not (actor or shown):
            continue
        # "officials" of one sentence and "Officials" of the next share a heading.
        holder = register.name(actor) if actor else unnamed.setdefault(shown.casefold(), shown)
        target = _target(found.target)
        position = Position(
            id=anchors.make(text, holder),
            actor=actor,
            actor_text=holder,
            stance=found.stance,
            target=None if target and target.casefold() == text.casefold() else target,
            text=text,
            paragraph=_paragraph(article, found.span),
            unsure=found.score < CHECK_BELOW,
        )
        groups.setdefault(actor or f"\n{holder}", []).append(position)
    order = [actor.id for actor in sorted(actors, key=lambda actor: not actor.key)]
    ranks = {id: rank for rank, id in enumerate(order)}
    blocks: list[Block] = []
    for key in sorted(groups, key=lambda key: ranks.get(key, len(ranks))):
        blocks.append(Heading(3, escape_heading(groups[key][0].actor_text)))
        blocks += [Item(position) for position in groups[key]]
    return [Heading(2, BY_KIND["positions"].title, "positions"), *blocks] if blocks else []


def _quotes(article: Article, analysis: Analysis, actors: Sequence[Actor], register: Register) -> list[Quote]:
    anchors = Anchors("q")
    roles = {actor.id: actor.role for actor in actors}
    quotes = []
    for found in analysis.quotes:
        parts = tuple(text for part in found.parts if (text := _words(article, [part])))
        if not parts:
            continue
        shown = _name(found.speaker_text)
        speaker, role = found.speaker, None
        if speaker is None and shown:
            # The page names its actors in one way only, so a name on it always means the actor.
            speaker, role = register.prefix(shown) or (None, None)
        quotes.append(
            Quote(
                id=anchors.make(" ".join(parts), speaker or shown),
                speaker=speaker,
                speaker_text=register.name(speaker) if speaker else shown,
                role=(role or roles.get(speaker)) if speaker else None,
                parts=parts,
                paragraph=_paragraph(article, found.parts),
                unsure=found.score < CHECK_BELOW,
            )
        )
    return quotes


def _next_steps(article: Article, analysis: Analysis, register: Register) -> list[NextStep]:
    anchors = Anchors("n")
    return [
        NextStep(
            id=anchors.make(text),
            owners=found.owners,
            owner_names=tuple(register.name(owner) for owner in found.owners),
            text=text,
            status=found.status,
            when=_when(article, found.when, found.date),
            date=found.date,
            paragraph=_paragraph(article, found.span),
            unsure=found.score < CHECK_BELOW,
        )
        for found in analysis.next_steps
        if (text := _words(article, found.span))
    ]


def _timeline(article: Article, analysis: Analysis) -> list[Event]:
    """Events by date; those that are known less exactly stand before the days within them."""
    anchors = Anchors("e")
    events = [
        Event(
            id=anchors.make(text),
            date=found.date,
            when=_when(article, found.when, found.date),
            text=text,
            paragraph=_paragraph(article, found.span),
            unsure=found.score < CHECK_BELOW,
        )
        for found in analysis.timeline
        if (text := _words(article, found.span))
    ]
    return sorted(events, key=lambda event: event.date)


def _source(article: Article) -> list[Paragraph]:
    """The article as it was read: its deck and inline headings without a number, its paragraphs with one."""
    paragraphs = [Paragraph(text, None) for line in article.deck if (text := one_line(line))]
    number = 0
    for block in article.blocks:
        text = one_line(article.prose[block.start : block.end])
        number += not block.heading
        if text:
            paragraphs.append(Paragraph(text, None if block.heading else number))
    return paragraphs
