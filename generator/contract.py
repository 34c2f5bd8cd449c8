"""The machine face of an analysis: one JSON object an article, in offsets of the article's file."""

from __future__ import annotations

from typing import Any

from generator.analysis.model import Analysis
from generator.article import Article, Span

SCHEMA = "briefing/1"


def to_contract(article: Article, analysis: Analysis) -> dict[str, Any]:
    """The analysis of an article as plain JSON values.

    Offsets are half-open, in code points of the file as it was decoded; where the text had to be
    extracted first (HTML, JSON) they count in `article.text`, which is then included.
    """

    def at(span: Span) -> list[int]:
        return list(article.locate(span))

    def each(spans: tuple[Span, ...]) -> list[list[int]]:
        return [at(span) for span in spans]

    return {
        "schema": SCHEMA,
        "article": {
            "path": article.path,
            "sha256": article.sha256,
            "title": analysis.title,
            "date": article.date.isoformat(),
            "language": article.language,
            "credits": list(article.credits),
            "text": article.text if article.extracted else None,
        },
        "summary": each(analysis.summary),
        "actors": [
            {
                "id": actor.id,
                "name": actor.name,
                "kind": actor.kind,
                "role": actor.role,
                "affiliation": actor.affiliation,
                "aliases": list(actor.aliases),
                "mentions": each(actor.mentions),
                "key": actor.key,
                "score": actor.score,
            }
            for actor in analysis.actors
        ],
        "attributions": [
            {
                "source": each(item.source),
                "cue": each(item.cue),
                "content": each(item.content),
                "speech": item.speech,
                "actor": item.actor,
                "score": item.score,
            }
            for item in analysis.attributions
        ],
        "quotes": [
            {
                "speaker": quote.speaker,
                "speaker_text": quote.speaker_text,
                "parts": each(quote.parts),
                "score": quote.score,
            }
            for quote in analysis.quotes
        ],
        "positions": [
            {
                "actor": position.actor,
                "actor_text": position.actor_text,
                "stance": position.stance,
                "target": position.target,
                "span": each(position.span),
                "score": position.score,
            }
            for position in analysis.positions
        ],
        "next_steps": [
            {
                "owners": list(step.owners),
                "status": step.status,
                "when": at(step.when) if step.when else None,
                "date": step.date,
                "span": each(step.span),
                "score": step.score,
            }
            for step in analysis.next_steps
        ],
        "timeline": [
            {"date": event.date, "when": at(event.when), "span": each(event.span), "score": event.score}
            for event in analysis.timeline
        ],
    }
