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
from generator.analysis.clauses import balanced, clause_span, full_clause, own_subject, tight
from generator.analysis.dates import TimeExpression, find_dates, period
from generator.analysis.model import Event, Quote
from generator.analysis.spans import in_common
from generator.analysis.syntax import NOMINAL, RELATIVE, noun_phrase
from generator.analysis.tense import clause, tense, tenses
from generator.article import Span

LEAST = 0.5
"""Candidates below this score are left out."""

LONGEST = 240
"""Code points of a clause that is taken whole for a participle in it."""


def find_events(doc: Doc, reference: date, quotes: Sequence[Quote] = ()) -> tuple[Event, ...]:
    """The dated events of an article, by date and place, no event twice."""
    expressions = find_dates(doc.text, reference, tenses(doc))
    starts = [token.idx for token in doc]
    quoted = sorted(part for quote in quotes for part in quote.parts)
    candidates: list[tuple[Event, bool]] = []
    for expression in expressions:
        if expression.iso is None:
            continue
        token = doc[max(0, bisect_right(starts, expression.core) - 1)]
        verb = clause(token)
        if verb is None:
            continue
        verb = full_clause(verb)
        span = _span(verb, (expression.start, expression.end))
        if not span[0] <= expression.start < span[1] or "\n" in doc.text[slice(*span)]:
            continue  # the parse put the date elsewhere, or ran over the end of a paragraph
        score = _worth(expression, token, verb, reference, _inside(expression.start, quoted))
        event = Event(expression.iso, (expression.start, expression.end), (span,), round(score, 3))
        candidates.append((event, expression.attributive or verb.dep_ in RELATIVE))
    return _distinct(candidates)


def _span(verb: Token, when: Span) -> Span:
    """The clause of an event: without the words quoted before "she told reporters on Friday"."""
    who = own_subject(verb)
    if (
        who is not None
        and who.i < verb.i
        and verb.idx < when[0]
        and verb.lemma_ in lexicon.cues().speech
        and any(c.dep_ == "ccomp" and c.i < who.i for c in verb.children)
    ):
        return balanced(verb.doc, (who.left_edge.idx, when[1]))
    if verb.dep_ in RELATIVE and verb.head.pos_ in NOMINAL:
        start, end = tight(verb, clause_span(verb, keep=when), keep=when)
        noun = verb.doc[noun_phrase(verb.head)[0]]
        return balanced(verb.doc, (min(start, noun.idx), end))  # "the term that begins on Monday"
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and (holder := clause(verb.head)) is not None:
        start, end = tight(holder, clause_span(holder, keep=when), keep=when)
        if start <= when[0] < end and end - start < LONGEST:
            return start, end  # "the report published on Tuesday showed that": nothing is told without it
    return tight(verb, clause_span(verb, keep=when), keep=when)


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
        # that somebody spoke this week is no event, except in the lede; old words are quoted for a reason
        recent = period(expression.iso or "")[1] >= reference - timedelta(days=31)
        score *= 0.4 if recent and "\n" in text[: verb.idx].strip() else 0.65
    if words.startswith("before") or expression.lead == "before":
        score *= 0.5
    return score


def _described(doc: Doc, end: int) -> Token | None:
    """The noun that an attributive expression describes: the last of the nouns after it."""
    found = None
    if " " not in doc.text[end : end + 60].strip():
        return None  # nothing, or a single long word (the address of a page), which char_span stumbles over
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


def _distinct(candidates: list[tuple[Event, bool]]) -> tuple[Event, ...]:
    """The sure candidates by date and place; those that only come back to a date that another one tells
    ("the May 16 talks", "…, which met on Friday") once it is told are left out."""
    kept: list[Event] = []
    for again in (False, True):
        for event, passing in candidates:
            if passing != again or event.score < LEAST:
                continue
            same = [other for other in kept if other.date == event.date]
            day = len(event.date) == 10
            if not (passing and day and same) and not any(in_common(o.span[0], event.span[0]) for o in same):
                kept.append(event)
    return tuple(sorted(kept, key=lambda event: (event.date, event.span)))


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in lexicon.read("events").items()}
