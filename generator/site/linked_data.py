"""What a page says of itself to search engines and other programs, in the words of schema.org."""

from __future__ import annotations

from typing import Any

from generator.briefing import Actor, Briefing
from generator.site.calendars import days
from generator.site.feeds import briefing_address, summary
from generator.site.press import Settings

_KINDS = {"person": "Person", "organization": "Organization", "state": "Country", "group": "Organization"}


def briefing_data(briefing: Briefing, settings: Settings) -> dict[str, Any]:
    """A briefing as NewsArticle, its quotes as Quotation, its dated steps as Event."""
    here = briefing_address(settings, briefing) if settings.site_url else None
    source = _set(
        {
            "@type": "NewsArticle",
            "url": briefing.source.url,
            "author": briefing.source.byline,
            "publisher": {"@type": "Organization", "name": briefing.source.publisher}
            if briefing.source.publisher
            else None,
        }
    )
    parts: list[dict[str, Any]] = []
    for quote in briefing.quotes:
        speaker = briefing.actor(quote.speaker) if quote.speaker else None
        parts.append(
            _set(
                {
                    "@type": "Quotation",
                    "text": " … ".join(quote.parts),
                    "spokenByCharacter": _actor(speaker)
                    if speaker
                    else {"@type": "Person", "name": quote.speaker_text}
                    if quote.speaker_text
                    else None,
                    "url": f"{here}#{quote.id}" if here and quote.id else None,
                }
            )
        )
    for step in briefing.next_steps:
        if step.date and days(step.date):
            parts.append(
                _set(
                    {
                        "@type": "Event",
                        "name": step.text,
                        "startDate": step.date,
                        "organizer": [_actor(found) for id in step.owners if (found := briefing.actor(id))],
                        "url": f"{here}#{step.id}" if here and step.id else None,
                    }
                )
            )
    return _set(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": briefing.title,
            "datePublished": briefing.date.isoformat(),
            "description": summary(briefing),
            "url": here,
            "inLanguage": settings.language,
            "keywords": list(briefing.tags),
            "isBasedOn": source if len(source) > 1 else None,
            "mentions": [_actor(actor) for actor in briefing.actors if actor.key],
            "hasPart": parts,
        }
    )


def _actor(actor: Actor) -> dict[str, Any]:
    return _set({"@type": _KINDS.get(actor.kind or "", "Thing"), "name": actor.name, "jobTitle": actor.role})


def _set(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
