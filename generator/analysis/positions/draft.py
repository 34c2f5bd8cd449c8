"""A position in the making, and how negation turns its stance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.analysis.model import Stance
from generator.analysis.spans import Range

Route = Literal["told", "did", "phrase", "reported", "spoken", "noun", "answer", "read"]

FLIPPED: dict[Stance, Stance] = {
    "supports": "opposes",
    "opposes": "supports",
    "demands": "opposes",
    "offers": "opposes",
    "warns": "expects",
    "expects": "expects",
}
"""The stance of a negated verb: whoever does not oppose a thing is not against it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One point of one actor: tokens `[start, end)`, governed by the token `head`.

    `signs` are features that only its finder knows: how the words were cut, what the cue is.
    """

    actor: str | None
    actor_text: str
    stance: Stance | None
    """The stance that a verb or noun of the narration tells; None where the words decide."""
    start: int
    end: int
    head: int
    route: Route
    signs: tuple[str, ...] = ()
    cue: int | None = None
    """The token that reports the words."""
    rank: int = 0
    """Where the actor stands among those that share the position."""

    @property
    def words(self) -> Range:
        return self.start, self.end
