"""What of an article lies ahead: for each clause its time, its condition, and who reports it.

The parse is asked first; where it fails (a condition hung on another word, a report taken for an adverb)
the places of words, the quotations and the attributions decide.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Doc, Token

from generator.analysis.clauses import balanced, full_clause, own_subject
from generator.analysis.dates import TimeExpression, find_dates, period
from generator.analysis.model import Attribution, Quote
from generator.analysis.narration import headings_of
from generator.analysis.syntax import char_span, modal
from generator.analysis.tense import clause_of_time, tense, tenses
from generator.article import Span

_TEMPORAL = frozenset({"after", "before", "once", "until", "till", "when"})


class Outlook:
    """The clauses of one article, seen from its date."""

    def __init__(
        self, doc: Doc, reference: date, attributions: Sequence[Attribution], quotes: Sequence[Quote]
    ) -> None:
        self.doc, self.reference = doc, reference
        self.dates = find_dates(doc.text, reference, tenses(doc))
        self.date_starts = [found.start for found in self.dates]
        self.quoted = sorted(
            ((part, quote.speaker) for quote in quotes for part in quote.parts), key=lambda part: part[0]
        )
        self.starts = [token.idx for token in doc]
        self.headings = headings_of(doc.text)
        self.paragraph_ends = [match.end() for match in re.finditer("\n\n", doc.text)]
        self.contents = sorted(
            ((part, found) for found in attributions for part in found.content),
            key=lambda c: (c[0][1] - c[0][0], c[0]),
        )

    def when(self, verb: Token) -> TimeExpression | None:
        """The time expression of a clause that lies ahead of the article's date, or cannot be resolved."""
        left, right = (
            self.doc[verb.left_edge.i],
            self.doc[(verb.head if verb.dep_ == "ccomp" else verb).right_edge.i],
        )
        told = tense(verb) == "past" and verb.dep_ != "acl"  # in "a rally set for Friday" nothing is told
        condition = self.condition(verb)
        best: tuple[int, int, TimeExpression] | None = None
        for found in self.dates_in(left.idx, right.idx + 1):
            if (found.iso is not None and period(found.iso)[1] < self.reference) or found.lead in {
                "earlier",
                "since",
            }:
                continue
            holder = self.holder(found)
            if holder is None or (found.attributive and found.grain == "year"):
                continue
            if told and holder.i == verb.i and (found.iso is None or period(found.iso)[0] <= self.reference):
                continue  # "agreed on Tuesday to": when they agreed
            own = holder.i == verb.i or full_clause(holder).i == verb.i
            conditional = condition is not None and self.under(holder, condition.head)
            if not own and not self.under(holder, verb) and not conditional:
                continue
            rank = (holder.i != verb.i) + 2 * found.attributive + 3 * (found.iso is None)
            if best is None or (rank, found.start) < best[:2]:
                best = (rank, found.start, found)
        return best[2] if best else None

    def dates_in(self, start: int, end: int) -> Iterator[TimeExpression]:
        """The time expressions that begin between two offsets, in order."""
        for place in range(bisect_left(self.date_starts, start), bisect_left(self.date_starts, end)):
            yield self.dates[place]

    def holder(self, when: TimeExpression) -> Token | None:
        """The head of the clause that a time expression stands in."""
        return clause_of_time(self.doc[bisect_right(self.starts, when.core) - 1])

    def under(self, holder: Token, verb: Token) -> bool:
        """Whether a clause without a subject of its own hangs on a verb."""
        for _ in range(5):
            if holder.i == verb.i:
                return True
            if own_subject(holder) is not None or holder.head.i == holder.i:
                return False
            holder = holder.head
        return False

    def condition(self, verb: Token) -> Token | None:
        """The condition on which a clause depends: its "if" or "unless"; None where there is none.

        The parser may hang the condition on another word of the clause; then its place decides: "If …, "
        opens the sentence, "unless" follows the verb.
        """
        sentence = verb.sent
        for token in self.doc[sentence.start : sentence.end]:
            if token.lower_ not in {"if", "unless", "provided"}:
                continue
            if token.i and token.nbor(-1).lower_ in {"even", "as", "asked", "see"}:
                continue
            climbing = token.head
            for _ in range(5):
                if climbing.i == verb.i:
                    return token
                if climbing.head.i == climbing.i or (
                    climbing.i != token.head.i and modal(climbing) and climbing.i != verb.i
                ):
                    break
                climbing = climbing.head
            between = self.doc[min(token.i, verb.i) + 1 : max(token.i, verb.i)]
            modals = sum(t.tag_ == "MD" for t in between)
            if token.i < verb.i and token.i - sentence.start < 3 and modals <= 1 and modal(verb):
                return token
            if token.lower_ == "unless" and token.i > verb.i and modals == 0:
                return token
        return None

    def said(self, offset: int) -> tuple[Span, Attribution] | None:
        """The innermost reported content that an offset stands in, and its attribution."""
        return next((c for c in self.contents if c[0][0] <= offset < c[0][1]), None)

    def reporting(self, verb: Token) -> Token | None:
        """The verb with which somebody said or thought what a clause tells."""
        for _ in range(5):
            if verb.dep_ in {"ccomp", "parataxis"} and verb.head.i != verb.i:
                return verb.head
            after = next(
                (c for c in verb.children if c.dep_ == "parataxis" and own_subject(c) is not None), None
            )
            if after is not None:
                return after
            if verb.dep_ != "conj" or verb.head.i == verb.i:
                return None
            verb = verb.head
        return None

    def in_quote(self, offset: int) -> bool:
        """Whether an offset stands in direct speech."""
        return self._quoted_at(offset) is not None

    def speaker(self, offset: int) -> str | None:
        """Who says the direct speech that an offset stands in; None outside of it, or if that is unknown."""
        part = self._quoted_at(offset)
        return part[1] if part is not None else None

    def _quoted_at(self, offset: int) -> tuple[Span, str | None] | None:
        """The part of a quote that an offset stands in, and the quote's speaker."""
        place = bisect_right(self.quoted, offset, key=lambda part: part[0][0]) - 1
        return self.quoted[place] if place >= 0 and offset < self.quoted[place][0][1] else None

    def old(self, verb: Token) -> bool:
        """Whether a clause, or the one that reports it, is of a time long before the article's date."""
        for found in self.dates_in(verb.sent.start_char, verb.sent.end_char):
            if found.attributive or found.iso is None or (self.reference - period(found.iso)[1]).days <= 45:
                continue
            holder = self.holder(found)
            if holder is not None and (holder.i == verb.i or full_clause(holder).i in {verb.i, verb.head.i}):
                return True
        return False

    def past_date(self, verb: Token) -> bool:
        """Whether a clause itself is dated up to the article's day."""
        for found in self.dates_in(verb.sent.start_char, verb.sent.end_char):
            if found.iso is not None and not found.attributive and period(found.iso)[0] <= self.reference:
                holder = self.holder(found)
                if holder is not None and holder.i == verb.i:
                    return True
        return False

    def event_time(self, verb: Token, span: Span) -> Span | None:
        """A clause of time ("once the deal closes"): a `when` that has no date."""
        for child in verb.children:
            if child.dep_ == "advcl" and child.i > verb.i:
                mark = next(
                    (c for c in child.children if c.dep_ in {"mark", "advmod"} and c.lower_ in _TEMPORAL),
                    None,
                )
                if mark is not None and mark.lower_ != "as":
                    start, end = char_span(self.doc, child.left_edge.i, child.right_edge.i + 1)
                    if span[0] <= start and end <= span[1]:
                        return balanced(self.doc, (start, end))
        return None

    def dated(self, token: Token) -> bool:
        """Whether a token stands in a time expression."""
        place = bisect_right(self.date_starts, token.idx) - 1
        return place >= 0 and token.idx < self.dates[place].end

    def paragraph(self, offset: int) -> tuple[int, int]:
        """The number of the paragraph that an offset stands in, and of the last one, from 0."""
        return bisect_right(self.paragraph_ends, offset), len(self.paragraph_ends)

    def heading(self, token: Token) -> bool:
        """Whether a token stands in a heading among the text."""
        return any(start <= token.idx < end for start, end in self.headings)
