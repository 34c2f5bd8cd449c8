"""Where the language model itself reads a position: for what no rule cuts, or cuts otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from generator.analysis import syntax
from generator.analysis.lexicon import base
from generator.analysis.linear import graded
from generator.analysis.model import Attribution, Quote
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import FLIPPED, Draft
from generator.analysis.positions.holders import Holder, actors_of, holder_of, source_actors
from generator.analysis.positions.named import TAKEN_BACK
from generator.analysis.stances import narrated_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast
    from generator.pipeline.stated import Stated

_LEAST_TOKENS = 3
# Share of a stretch's tokens that a quote or what is reported must have for it to be of them.
_MOST = 0.5


def find_read(
    narration: Narration, cast: Cast, attributions: tuple[Attribution, ...], quotes: tuple[Quote, ...]
) -> Iterator[Draft]:
    """A draft for each holder of each stretch that the model reads as a position."""
    stated: Stated | None = narration.doc._.stated
    for first, last, score in stated.stretches if stated is not None else ():
        start, end = _trimmed(narration, first, last)
        if end - start < _LEAST_TOKENS:
            continue
        head = narration.doc[start:end].root
        told = narrated_stance(head)
        stance = told and (FLIPPED[told] if syntax.negated(head) else told)
        signs = tuple(graded("stretch", score, (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)))
        way, holders, cue = _holders(narration, cast, attributions, quotes, (start, end), head)
        if way != "subject":
            stance = None
        for rank, (actor, text) in enumerate(holders):
            yield Draft(actor, text, stance, start, end, head.i, "read", (*signs, f"by {way}"), cue, rank)


def _trimmed(narration: Narration, start: int, end: int) -> tuple[int, int]:
    """The stretch without marks and white space at its edges."""
    doc = narration.doc
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while start < end and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return start, end


def _holders(
    narration: Narration,
    cast: Cast,
    attributions: tuple[Attribution, ...],
    quotes: tuple[Quote, ...],
    span: tuple[int, int],
    head: Token,
) -> tuple[str, list[Holder], int | None]:
    """How the holders of a stretch are known, who they are, and the cue that reports it, if any.

    They are the speaker of the quote, whoever is said to have said it, else the subject of its verb.
    """
    for quote in quotes:
        if quote.speaker_text is not None and _shared(narration, quote.parts, span) > _MOST:
            return "quote", [(quote.speaker, quote.speaker_text)], None
    for item in attributions:
        if item.source and item.cue and _shared(narration, item.content, span) > _MOST:
            holders = source_actors(narration, cast, item, *narration.tokens(item.source[0]))
            if holders:
                return "report", holders, narration.tokens(item.cue[0])[0]
    who = None if base(head) in TAKEN_BACK else holder_of(head)
    return "subject", actors_of(narration, cast, who) if who is not None else [], None


def _shared(narration: Narration, parts: tuple[tuple[int, int], ...], span: tuple[int, int]) -> float:
    """The share of a span's tokens that stand in these parts."""
    within = 0
    for part in parts:
        start, end = narration.tokens(part)
        within += max(0, min(end, span[1]) - max(start, span[0]))
    return within / (span[1] - span[0])
