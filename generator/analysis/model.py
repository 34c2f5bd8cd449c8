"""What is found in an article: plain values, with offsets into `Article.prose`.

The words for kinds, stances and statuses are those of the annotation guidelines; the meaning of
each is in `docs/reading.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from generator.article import Span

Kind = Literal["person", "organization", "state", "group"]
Stance = Literal["supports", "opposes", "demands", "offers", "warns", "expects"]
Status = Literal["scheduled", "agreed", "planned", "proposed", "conditional", "possible"]
Speech = Literal["direct", "indirect", "mixed"]

KINDS: tuple[Kind, ...] = get_args(Kind)
STANCES: tuple[Stance, ...] = get_args(Stance)
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Actor:
    """One real-world actor, whatever it is called in the article.

    `id` is the slug of the name ("donald-trump"). `name` is the fullest form in the article,
    `aliases` every other name used for it. `role` is verbatim, without the commas around it.
    `mentions` are all places that refer to it, pronouns and role nouns included, in order.
    """

    id: str
    name: str
    kind: Kind
    role: str | None
    affiliation: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    key: bool
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said or thought what, in PolNeAR's sense (Newell et al., 2018)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speech: Speech
    actor: str | None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech: the parts inside the quotation marks, the marks left out.

    `speaker` is an actor's id, or None for an unnamed or unresolved source; `speaker_text` is
    what the article calls the speaker either way (None where nobody is named at all).
    """

    speaker: str | None
    speaker_text: str | None
    parts: tuple[Span, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor wants, refuses, judges or intends; `target` is verbatim from the article."""

    actor: str | None
    actor_text: str
    stance: Stance
    target: str | None
    span: tuple[Span, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class NextStep:
    """An act after the article's date; `date` is ISO with the granularity known (2025-05)."""

    owners: tuple[str, ...]
    status: Status
    when: Span | None
    date: str | None
    span: tuple[Span, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event of the story, past or future."""

    date: str
    when: Span
    span: tuple[Span, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one article.

    `title` is the headline, or words cut from the lede; `summary` are whole sentences in order.
    """

    title: str
    summary: tuple[Span, ...]
    actors: tuple[Actor, ...]
    attributions: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]
    positions: tuple[Position, ...]
    next_steps: tuple[NextStep, ...]
    timeline: tuple[Event, ...]
