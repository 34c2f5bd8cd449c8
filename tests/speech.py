"""Short articles read with the embedded model, for tests about who says and wants what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.analysis.actors import Cast, find_actors
from generator.analysis.attributions import find_attributions
from generator.analysis.model import Attribution, Position, Quote
from generator.analysis.positions import find_positions
from generator.analysis.quotes import find_quotes
from generator.article import Article, Block

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from generator.article import Span


def article(*paragraphs: str, headline: str | None = None) -> Article:
    """An article of these paragraphs."""
    prose = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(start, start + len(paragraph)))
        start += len(paragraph) + 2
    return Article(
        path="article.txt",
        sha256="",
        text=prose,
        prose=prose,
        blocks=tuple(blocks),
        pieces=((0, 0),),
        date=date(2025, 5, 17),
        headline=headline,
    )


@dataclass(frozen=True)
class Reading:
    """What was found in an article, and its words."""

    doc: Doc
    cast: Cast
    attributions: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]
    positions: tuple[Position, ...]

    def text(self, *spans: Span) -> list[str]:
        return [self.doc.text[start:end] for start, end in spans]

    def said(self) -> list[tuple[str | None, list[str]]]:
        """Speaker and parts of each quote."""
        return [(quote.speaker, self.text(*quote.parts)) for quote in self.quotes]

    def held(self) -> list[tuple[str | None, str, str]]:
        """Actor, stance and words of each position."""
        return [(p.actor, p.stance, self.text(*p.span)[0]) for p in self.positions]


def read(nlp: Language, *paragraphs: str, tagged: bool = True) -> Reading:
    """An article read from end to end; without `tagged`, as a pipeline that has no attributions does."""
    given = article(*paragraphs)
    doc = nlp(given.prose)
    if not tagged:
        doc._.attributions = ()
    cast = find_actors(doc, given)
    attributions = find_attributions(doc, cast)
    quotes = find_quotes(doc, cast, attributions)
    return Reading(doc, cast, attributions, quotes, find_positions(doc, cast, attributions, quotes))
