"""A position in the making, and how negation turns its stance."""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.model import Stance

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
    """One point of one actor: tokens `[start, end)`, governed by the token `head`."""

    actor: str
    actor_text: str
    stance: Stance
    start: int
    end: int
    head: int
    score: float
    rank: int = 0
    """Where the actor stands among those that share the position."""
