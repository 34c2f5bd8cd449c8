"""What the model's head for positions reads as one, where no finder has a draft of it.

Whose it is tell the quotation or the report that the words stand in, else the subject of their verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.analysis.heads import told_by
from generator.analysis.model import Attribution, Quote
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import Draft
from generator.analysis.positions.holders import Holder, actors_of, holder_of, source_actors
from generator.analysis.positions.narrated import asserted, declines_comment
from generator.analysis.positions.phrases import pare, top_of
from generator.analysis.spans import Range, in_common, likeness

if TYPE_CHECKING:
    from generator.analysis.actors import Cast

_SAME = 0.6  # likeness from which a draft has the words already
_WITHIN = 0.6  # share of the words that stand in what somebody says


def find_read(
    narration: Narration,
    cast: Cast,
    attributions: Sequence[Attribution],
    quotes: Sequence[Quote],
    drafts: Sequence[Draft],
) -> Iterator[Draft]:
    """A draft for each holder of each stretch that the head reads as a position and no draft has."""
    stated = told_by(narration.doc, "stated")
    if stated is None or not stated.stretches:
        return
    spoken = list(_spoken(narration, cast, attributions, quotes))
    for low, high, _ in stated.stretches:
        words = pare(narration.doc, low, min(high, narration.sentence_at(low).end))
        if words is None or any(likeness(words, draft.words) >= _SAME for draft in drafts):
            continue
        top = top_of(narration.doc, *words)
        said = next((s for s in spoken if in_common(s.words, words) >= _WITHIN * (words[1] - words[0])), None)
        if declines_comment(top) or (said is None and not asserted(top)):
            continue
        who = None if said is not None else holder_of(top)
        holders = (
            said.holders if said is not None else actors_of(narration, cast, who) if who is not None else ()
        )
        cue = said.cue if said is not None else None
        for rank, (actor, text) in enumerate(holders):
            yield Draft(actor, text, None, *words, top.i, "read", _signs(said), cue, rank)


@dataclass(frozen=True, slots=True)
class _Said:
    """Words that somebody says, and who; `cue` is the token that reports them, None in direct speech."""

    words: Range
    holders: Sequence[Holder]
    cue: int | None


def _spoken(
    narration: Narration, cast: Cast, attributions: Sequence[Attribution], quotes: Sequence[Quote]
) -> Iterator[_Said]:
    """What is quoted, then what is reported."""
    for quote in quotes:
        if quote.speaker_text is not None:
            for part in quote.parts:
                yield _Said(narration.tokens(part), [(quote.speaker, quote.speaker_text)], None)
    for item in attributions:
        if item.source and item.cue:
            holders = source_actors(narration, cast, item, *narration.tokens(item.source[0]))
            cue = narration.tokens(item.cue[0])[0] if item.speech != "direct" else None
            for content in item.content:
                yield _Said(narration.tokens(content), holders, cue)


def _signs(said: _Said | None) -> tuple[str, ...]:
    if said is None:
        return ("narrated",)
    return ("quoted",) if said.cue is None else ("reported",)
