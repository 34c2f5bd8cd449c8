"""The dated events of a story: what happened or will happen, when, in the article's own words.

An event is a clause with a time expression that resolves to a date. Most dates in an article tell no
event: figures are compared with last year's, laws and cars carry years, officials speak on weekdays.
Each of these counts against a candidate; `score` is the product of the factors.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Doc, Token

from generator.analysis import lexicon
from generator.analysis.clauses import clause_span, full_clause
from generator.analysis.dates import TimeExpression, find_dates, period
from generator.analysis.model import Event, Quote
from generator.analysis.tense import clause, tense, tenses
from generator.article import Span

LEAST = 0.5
"""Candidates below this score are left out."""


def find_events(doc: Doc, reference: date, quotes: Sequence[Quote] = ()) -> tuple[Event, ...]:
    """The dated events of an article, by date and place, no event twice."""
    expressions = find_dates(doc.text, reference, tenses(doc))
    starts = [token.idx for token in doc]
    quoted = sorted(part for quote in quotes for part in quote.parts)
    candidates: list[Event] = []
    for expression in expressions:
        if expression.iso is None:
            continue
        token = doc[max(0, bisect_right(starts, expression.core) - 1)]
        verb = clause(token)
        if verb is None:
            continue
        verb = full_clause(verb)
        span = clause_span(verb, keep=(expression.start, expression.end))
        if not span[0] <= expression.start < span[1]:
            continue
        score = _worth(expression, token, verb, reference, _inside(expression.start, quoted))
        candidates.append(Event(expression.iso, (expression.start, expression.end), (span,), round(score, 3)))
    return _distinct(doc, candidates)


def _worth(expression: TimeExpression, token: Token, verb: Token, reference: date, in_quote: bool) -> float:
    """How sure it is that a dated clause is an event of the story."""
    words_for = _lexicon()
    text = token.doc.text
    words = text[expression.core : expression.end].lower()
    score = 0.95
    if expression.lead in {"since", "from", "through"} and tense(verb) != "future":
        score *= 0.4  # a span of time, not an event
    if expression.attributive:
        noun = _described(token.doc, expression.end)
        happens = noun is not None and (
            noun.lower_ in words_for["happenings"] or noun.lemma_ in words_for["happenings"]
        )
        score *= 0.85 if happens else 0.35 if expression.grain == "year" else 0.5
    if in_quote:
        score *= 0.5
    if words in {"today", "this year", "this month"}:
        score *= 0.45
    if words.startswith(("in the past", "over the past", "in the last", "over the last", "during the")):
        score *= 0.6
    if text[min(len(text) - 1, _sentence_end(verb) - 1)] == "?":
        score *= 0.4
    if verb.lemma_ in words_for["statements"] and tense(verb) != "future":
        # that somebody spoke this week is no event, except in the lede; what was said in 2012 is quoted for a reason
        recent = period(expression.iso or "")[1] >= reference - timedelta(days=31)
        score *= 0.4 if recent and "\n" in text[: verb.idx].strip() else 0.65
    if words.startswith("before") or expression.lead == "before":
        score *= 0.5
    return score


def _described(doc: Doc, end: int) -> Token | None:
    """The noun that an attributive expression describes: the last of the nouns after it."""
    found = None
    span = doc.char_span(end, min(len(doc.text), end + 60), alignment_mode="contract")
    for token in span or ():
        if token.pos_ in {"NOUN", "PROPN", "ADJ"} or token.lower_ in {"'s", "’s"}:
            found = token if token.pos_ == "NOUN" or token.pos_ == "PROPN" else found
        else:
            break
    return found


def _sentence_end(verb: Token) -> int:
    """The offset behind the last word or mark of a verb's sentence."""
    last = verb.sent[-1]
    while last.is_space and last.i > verb.i:
        last = last.nbor(-1)
    return last.idx + len(last.text)


def _inside(offset: int, spans: Sequence[Span]) -> bool:
    place = bisect_right(spans, (offset, 1 << 60)) - 1
    return place >= 0 and offset < spans[place][1]


def _distinct(doc: Doc, candidates: list[Event]) -> tuple[Event, ...]:
    """Candidates without those that are unsure, and without a second one of the same date in the same words."""
    kept: list[Event] = []
    for event in candidates:
        if event.score < LEAST:
            continue
        twin = next((k for k in kept if k.date == event.date and _overlap(k.span[0], event.span[0])), None)
        if twin is None:
            kept.append(event)
    return tuple(sorted(kept, key=lambda event: (event.date, event.span)))


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in lexicon.read("events").items()}
