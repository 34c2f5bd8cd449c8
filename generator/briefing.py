"""A briefing: what one page says, as plain values.

Everything here is text and numbers, never offsets: once a page is written, its Markdown is the
truth and the article may be gone. `paragraph` is the number of the article's paragraph that proves
an entry (1-based), None for what an editor added.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the front matter, and of the section "Key actors" where `key`."""

    id: str
    name: str
    kind: str
    role: str | None = None
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    key: bool = False
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Position:
    id: str
    actor: str | None
    """The id of the holder; None where the article does not name it."""
    actor_text: str
    stance: str
    target: str | None
    text: str
    """Verbatim from the article."""
    paragraph: int | None
    unsure: bool = False
    """Whether the page asks the reader to check this entry."""


@dataclass(frozen=True, slots=True)
class Quote:
    id: str
    speaker: str | None
    speaker_text: str | None
    parts: tuple[str, ...]
    """Verbatim, without the quotation marks."""
    paragraph: int | None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    id: str
    owners: tuple[str, ...]
    """Ids of the actors who would do it."""
    text: str
    status: str
    when: str | None
    date: str | None
    """ISO with the granularity known: 2025-05-16, 2025-05, 2025."""
    paragraph: int | None
    done: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    date: str
    when: str | None
    text: str
    paragraph: int | None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the source, or an inline heading (no number)."""

    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Source:
    file: str | None = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    credits: tuple[str, ...] = ()
    sha256: str | None = None
