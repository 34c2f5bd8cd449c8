"""Understanding an article: who is in it, who said what, who wants what, what happens next.

    prose ─nlp→ Doc ─find_actors→ Cast
        ─find_attributions→ ─find_quotes→ ─find_positions→ ─find_next_steps→ ─find_events→ Analysis

Everything is extractive: each finding says where in the prose it stands. `analyze` is pure, and the
same article with the same pipeline gives the same Analysis.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from generator.analysis.actors import Cast, find_actors
from generator.analysis.attributions import find_attributions
from generator.analysis.model import Analysis, Attribution, Quote
from generator.analysis.narration import Narration
from generator.analysis.next_steps import find_next_steps
from generator.analysis.positions import find_positions
from generator.analysis.quotes import find_quotes
from generator.analysis.summary import find_summary, make_title
from generator.analysis.timeline import find_events

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from generator.article import Article

__all__ = ["Analysis", "Sources", "analyze", "find_sources"]


class Sources(NamedTuple):
    """An article as it was parsed, who is in it, and who said what: all that the other findings rest on."""

    doc: Doc
    narration: Narration
    cast: Cast
    attributions: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]


def find_sources(article: Article, nlp: Language) -> Sources:
    """The first half of `analyze`, with spaCy's Doc, for whoever finds or learns more from it."""
    doc = nlp(article.prose)
    narration, cast = Narration(doc), find_actors(doc, article)
    attributions = find_attributions(doc, cast, narration)
    return Sources(doc, narration, cast, attributions, find_quotes(doc, cast, attributions, narration))


def analyze(article: Article, nlp: Language) -> Analysis:
    """Everything found in an article; `nlp` needs a tagger, a parser and entities.

    Works with Universal Dependencies and ClearNLP labels. Attributions come from the pipeline's own
    component where it has one, otherwise from the parse alone. Findings name listed actors only: who
    did not make the list stands in them as the article's own words.
    """
    doc, narration, cast, attributions, quotes = find_sources(article, nlp)
    positions = find_positions(doc, cast, attributions, quotes, narration)
    next_steps = find_next_steps(doc, cast, article.date, attributions, quotes)
    actors = cast.settle(quotes=quotes, positions=positions, next_steps=next_steps)
    listed = {actor.id for actor in actors}
    return Analysis(
        title=make_title(doc, article, narration),
        summary=find_summary(doc, article, quotes, positions, next_steps, narration),
        actors=actors,
        attributions=tuple(a if a.actor in listed else replace(a, actor=None) for a in attributions),
        quotes=tuple(q if q.speaker in listed else replace(q, speaker=None) for q in quotes),
        positions=tuple(p if p.actor in listed else replace(p, actor=None) for p in positions),
        next_steps=tuple(replace(s, owners=tuple(o for o in s.owners if o in listed)) for s in next_steps),
        timeline=find_events(doc, article.date, quotes),
    )
