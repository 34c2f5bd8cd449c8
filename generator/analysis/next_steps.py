"""What happens next: what lies after the article's date and is scheduled, agreed, planned, proposed,
threatened or considered, with who would do it and when.

Every clause is read once. What makes it a step is one of

- a modal or future ("will visit", "would appeal", "may ask"),
- a verb or adjective of planning, agreeing, demanding, threatening ("agreed to", "urged X to", "is due to"),
- a date ahead in a clause of the present ("the rule takes effect on Jan. 1", "faces an election in October").

`score` is a product of plain factors, each for one piece of evidence; below `LEAST` nothing is recorded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Protocol

from spacy.tokens import Doc, Token

from generator.analysis import lexicon
from generator.analysis.clauses import balanced, clause_span, full_clause, own_subject, predicate_span
from generator.analysis.dates import TimeExpression, find_dates, period
from generator.analysis.model import Attribution, NextStep, Quote, Status
from generator.analysis.syntax import (
    RELATIVE,
    SUBJECTS,
    agent,
    auxiliaries,
    char_span,
    children,
    conjuncts,
    modal,
    negated,
    noun_phrase,
    objects,
    passive,
    prepositional,
    subject,
)
from generator.analysis.tense import clause, predicate, tense, tenses
from generator.article import Span

LEAST = 0.5
"""Candidates below this score are left out."""


class Refers(Protocol):
    """What this module asks of the cast: the id of the actor that a phrase refers to."""

    def refer(self, start: int, end: int, speaker: str | None = None) -> str | None: ...


def find_next_steps(
    doc: Doc, cast: Refers, reference: date, attributions: Sequence[Attribution] = (), quotes: Sequence[Quote] = ()
) -> tuple[NextStep, ...]:
    """The next steps of an article in order of place, each act once."""
    reader = _Reader(doc, cast, reference, quotes)
    candidates = [step for token in doc if predicate(token) for step in reader.read(token)]
    return _distinct(doc, candidates)


@dataclass(frozen=True, slots=True)
class _Cue:
    """What makes a clause a step: how sure, of which status, who would act."""

    status: Status
    worth: float
    owners: tuple[Token, ...]
    whole: bool = True
    """Whether the step is the clause with its subject, not the verb phrase alone."""
    agentless: bool = False
    """Whether an inanimate subject counts against it no further."""


@cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in lexicon.read("steps").items()}


_PERSONAL = frozenset({"i", "we", "he", "she", "they", "who"})
_GENERIC = frozenset({"you", "one", "people", "there", "that", "this", "which", "it", "what", "anyone", "everyone", "nobody", "everything",
                      "nothing", "something", "someone", "those", "these", "things"})  # fmt: skip
_CONDITIONS = frozenset({"if", "unless", "provided", "should", "lest"})
_TEMPORAL = frozenset({"after", "before", "once", "until", "till", "when", "as"})


class _Reader:
    """Reads the clauses of one article."""

    def __init__(self, doc: Doc, cast: Refers, reference: date, quotes: Sequence[Quote]) -> None:
        self.doc, self.cast, self.reference = doc, cast, reference
        self.dates = find_dates(doc.text, reference, tenses(doc))
        self.date_starts = [found.start for found in self.dates]
        self.quoted = sorted((part, quote.speaker) for quote in quotes for part in quote.parts)
        self.starts = [token.idx for token in doc]

    def read(self, verb: Token) -> list[NextStep]:
        cue = self.cue(verb)
        if cue is None:
            return []
        when = self.when(verb)
        keep = (when.start, when.end) if when else None
        span = clause_span(verb, keep=keep, opening=False) if cue.whole else predicate_span(verb)
        condition = self.condition(verb)
        status = cue.status
        if condition is not None and status not in {"agreed"}:
            status = "conditional"
        ahead = when is not None and when.iso is not None
        if status == "planned" and ahead and self.fixed(verb, when):
            status = "scheduled"
        owners = self.owners(cue, verb)
        score = cue.worth * self.weight(verb, cue, when, owners, condition is not None)
        if score < LEAST:
            return []
        place = (when.start, when.end) if when else self.event_time(verb, span)
        return [
            NextStep(owners, status, place, when.iso if when else None, (span,), round(min(score, 0.99), 3))
        ]

    # ── what makes a clause a step ───────────────────────────────────────────────────────────────────

    def cue(self, verb: Token) -> _Cue | None:
        words = _words()
        who = self.actors(verb)
        helper = modal(verb)
        lemma = verb.lemma_.lower()
        if any(c.lower_ in {"have", "'ve", "’ve"} for c in auxiliaries(verb)) and helper:
            return None  # "would have gone"
        if helper in {"will", "shall"}:
            return self.by_subject(verb, "planned", 0.8, who)
        if helper == "would":
            reported = self.reported(verb)
            if reported:
                return self.by_subject(verb, "planned", 0.85, who)
            return self.by_subject(verb, "conditional" if self.condition(verb) is not None else "proposed", 0.5, who)
        if helper in {"may", "might"}:
            return self.by_subject(verb, "possible", 0.65, who)
        if helper == "could":
            return self.by_subject(verb, "possible", 0.55, who)
        if helper in {"must", "should"}:
            return self.by_subject(verb, "proposed", 0.55, who)
        if tense(verb) == "future":
            governor = next((a for a in verb.children if a.lower_ == "to"), None)
            be = [c for c in verb.children if c.lower_ in {"is", "are", "was", "were"} and c.i < verb.i]
            if governor is not None and be and verb.head.i == verb.i:
                return self.by_subject(verb, "planned", 0.8, who)  # "is to visit"
            if verb.dep_ in {"xcomp", "advcl", "acl", "ccomp", "csubj"}:
                return self.is_to(verb, who)
            return None
        return self.by_cue(verb, lemma, words, who)

    def is_to(self, verb: Token, who: tuple[Token, ...]) -> _Cue | None:
        """ "is to visit", parsed as an infinitive that depends on "is"."""
        head = verb.head
        if head.lemma_ == "be" and head.i == verb.i - 2 and verb.nbor(-1).lower_ == "to" and head.i < verb.i:
            return _Cue("planned", 0.8, self.actors(head))
        return None

    def by_subject(self, verb: Token, status: Status, worth: float, who: tuple[Token, ...]) -> _Cue:
        if passive(verb):
            by = agent(verb)
            return _Cue(status, worth, tuple(conjuncts(by)) if by is not None else (), agentless=True)
        return _Cue(status, worth, who)

    def by_cue(self, verb: Token, lemma: str, words: dict[str, frozenset[str]], who: tuple[Token, ...]) -> _Cue | None:
        now = tense(verb)
        infinitive = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "advcl", "acl"} and c.i > verb.i and _infinitive(c)), None)
        content = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        things = objects(verb)
        adjective = verb.lower_ if verb.lower_ in words["scheduled"] | words["expected"] | words["ready"] | words["allowed"] else ""
        copula = any(c.dep_ in {"cop", "aux:pass", "auxpass"} for c in verb.children)
        if adjective and copula:
            if adjective in words["scheduled"] and (infinitive is not None or self.when(verb) is not None):
                return _Cue("planned", 0.9, who, agentless=True)
            if adjective in words["expected"] and infinitive is not None:
                return _Cue("planned" if adjective != "likely" else "possible", 0.8 if adjective != "likely" else 0.6, who, agentless=True)
            if adjective in words["ready"] and infinitive is not None and adjective != "able":
                return _Cue("proposed", 0.5, who)
            if adjective in words["allowed"] and infinitive is not None:
                return _Cue("planned" if adjective in {"ordered", "required", "obliged", "told"} else "proposed", 0.6, who)
        if passive(verb) and lemma not in words["expect"] | words["plan"]:
            return self.dated(verb, who)
        if lemma in words["agree"] and infinitive is not None:
            return _Cue("agreed", 0.85, who)
        if lemma in words["threaten"] and (infinitive is not None or things):
            return _Cue("conditional", 0.75, who)
        if lemma in words["plan"] and (infinitive is not None or self.act(things)):
            return _Cue("planned", 0.8 if lemma != "seek" else 0.55, who)
        if lemma in words["offer"]:
            act = self.act(things) and lemma in {"propose", "request"}
            if infinitive is not None or act or (content is not None and lemma == "propose") or (lemma == "propose" and things):
                return _Cue("proposed", 0.65 if lemma in {"offer", "propose", "request"} else 0.5, who)
        if lemma in words["demand"]:
            return self.demanded(verb, lemma, infinitive, content, things)
        if lemma in words["order"] and infinitive is not None and things:
            return _Cue("planned", 0.65 if lemma != "give" else 0.35, tuple(t for o in things for t in conjuncts(o)), whole=False)
        if lemma in words["consider"] and (verb.tag_ == "VBG" and now == "present") and (things or infinitive is not None or content is not None):
            return _Cue("possible", 0.6, who)
        if lemma == "prepare" or (lemma == "work" and verb.tag_ == "VBG" and now == "present" and any(p == "on" for p, _ in prepositional(verb))):
            if verb.tag_ == "VBG" and now == "present" and (things or infinitive is not None):
                return _Cue("planned", 0.75, who)
        if lemma in words["expect"] and self.when(verb) is not None:
            return _Cue("possible", 0.6, tuple(t for o in things for t in conjuncts(o)) or who, agentless=True)
        return self.dated(verb, who)

    def demanded(self, verb: Token, lemma: str, infinitive: Token | None, content: Token | None, things: list[Token]) -> _Cue | None:
        phrases = dict(prepositional(verb))
        short = not self.long_subject(verb)
        if infinitive is not None:
            asked = things or [phrases[p] for p in ("on", "to", "for", "upon") if p in phrases]
            if lemma == "call" and not asked:
                return None
            return _Cue("proposed", 0.7, tuple(t for a in asked for t in conjuncts(a)), whole=short)
        if lemma in {"call", "appeal", "plead", "press", "push", "ask"} and "for" in phrases and self.act([phrases["for"]]):
            return _Cue("proposed", 0.65, (), whole=short)
        if content is not None and lemma in {"demand", "insist", "recommend", "ask", "urge"}:
            return _Cue("proposed", 0.65 if lemma != "insist" else 0.35, self.actors(content), whole=short)
        if lemma in {"demand", "urge", "recommend"} and self.act(things):
            return _Cue("proposed", 0.6, (), whole=short)
        if lemma == "call" and self.when(verb) is not None and any(t.lower_ in _words()["gatherings"] for t in things):
            return _Cue("planned", 0.8, self.actors(verb))
        return None

    def dated(self, verb: Token, who: tuple[Token, ...]) -> _Cue | None:
        """A clause of the present with a date ahead: "takes effect on Jan. 1", "has until July 31 to reply"."""
        when = self.when(verb)
        if when is None or when.iso is None or self.reference >= period(when.iso)[0] or when.grain == "year":
            return None
        now = tense(verb)
        if now == "present" or (now == "past" and verb.lemma_ in {"announce", "call", "schedule", "set", "convene", "plan", "expect"}):
            return _Cue("planned", 0.75, who, agentless=True)
        return None

    # ── who, when, how sure ──────────────────────────────────────────────────────────────────────────

    def actors(self, verb: Token) -> tuple[Token, ...]:
        """The heads of a clause's subject; of "who" and "which", what they stand for."""
        who = subject(verb)
        if who is None:
            return ()
        if who.lower_ in {"who", "which", "that"} and verb.dep_ in RELATIVE:
            return tuple(conjuncts(verb.head))
        return tuple(conjuncts(who))

    def owners(self, cue: _Cue, verb: Token) -> tuple[str, ...]:
        found: list[str] = []
        for token in cue.owners:
            actor = self.refer(token)
            if actor is not None and actor not in found:
                found.append(actor)
        return tuple(found)

    def refer(self, token: Token) -> str | None:
        start, end = noun_phrase(token)
        span = char_span(self.doc, start, end)
        return self.cast.refer(*span, speaker=self.speaker(token.idx))

    def speaker(self, offset: int) -> str | None:
        place = bisect_right(self.quoted, ((offset, 1 << 60), "")) - 1
        if place >= 0 and self.quoted[place][0][0] <= offset < self.quoted[place][0][1]:
            return self.quoted[place][1]
        return None

    def in_quote(self, offset: int) -> bool:
        place = bisect_right(self.quoted, ((offset, 1 << 60), "")) - 1
        return place >= 0 and self.quoted[place][0][0] <= offset < self.quoted[place][0][1]

    def when(self, verb: Token) -> TimeExpression | None:
        """The time expression of a clause that lies ahead of the article's date, or cannot be resolved."""
        left, right = self.doc[verb.left_edge.i], self.doc[verb.right_edge.i]
        first = bisect_right(self.date_starts, left.idx - 1)
        best: tuple[int, int, TimeExpression] | None = None
        for found in self.dates[first:]:
            if found.start > right.idx:
                break
            if found.iso is not None and period(found.iso)[1] < self.reference:
                continue
            token = self.doc[bisect_right(self.starts, found.core) - 1]
            holder = clause(token)
            if holder is None:
                continue
            distance = 0 if holder.i == verb.i else 1 if full_clause(holder).i == verb.i else 2
            if distance == 2 and not (holder.dep_ in {"acl", "xcomp", "ccomp", "advcl", "conj"} and self.under(holder, verb)):
                continue
            rank = (distance + (found.iso is None) * 3, found.start, found)
            if best is None or rank[:2] < best[:2]:
                best = rank
        return best[2] if best else None

    def under(self, holder: Token, verb: Token) -> bool:
        """Whether a clause without a subject of its own hangs on a verb."""
        for _ in range(5):
            if holder.i == verb.i:
                return True
            if own_subject(holder) is not None or holder.head.i == holder.i:
                return False
            holder = holder.head
        return False

    def fixed(self, verb: Token, when: TimeExpression) -> bool:
        """Whether a date is fixed, not a deadline or a rough idea ("by June", "within a week", "next week")."""
        if when.lead in {"by", "within", "before", "in", "over", "as early as"}:
            return False
        return when.grain == "day" or verb.lower_ in _words()["scheduled"] or tense(verb) == "present"

    def condition(self, verb: Token) -> Token | None:
        """The head of a condition on which a clause depends."""
        for child in verb.children:
            if child.dep_ in {"advcl", "ccomp", "dep"} and any(c.dep_ in {"mark", "advmod", "case"} and c.lower_ in _CONDITIONS for c in child.children):
                return child
            if child.dep_ == "xcomp" and (inner := self.condition(child)) is not None:
                return inner
        return None

    def reported(self, verb: Token) -> bool:
        """Whether a clause is what somebody said or thought."""
        for _ in range(5):
            if verb.dep_ in {"ccomp", "parataxis"}:
                return True
            if any(c.dep_ == "parataxis" and own_subject(c) is not None for c in verb.children):
                return True
            if verb.dep_ == "conj" and verb.head.i != verb.i:
                verb = verb.head
                continue
            return False
        return False

    def event_time(self, verb: Token, span: Span) -> Span | None:
        """A clause of time ("once the deal closes"): a `when` that has no date."""
        for child in verb.children:
            if child.dep_ == "advcl" and child.i > verb.i:
                mark = next((c for c in child.children if c.dep_ in {"mark", "advmod"} and c.lower_ in _TEMPORAL), None)
                if mark is not None and mark.lower_ != "as":
                    start, end = char_span(self.doc, child.left_edge.i, child.right_edge.i + 1)
                    if span[0] <= start and end <= span[1]:
                        return balanced(self.doc, (start, end))
        return None

    def act(self, things: Sequence[Token]) -> bool:
        """Whether one of these nouns is a concrete act ("sanctions", "a meeting")."""
        words = _words()
        return any(t.lower_ in words["acts"] or t.lemma_.lower() in words["acts"] or t.lower_ in words["gatherings"] for thing in things for t in conjuncts(thing))

    def long_subject(self, verb: Token) -> bool:
        who = own_subject(verb)
        return who is None or who.right_edge.i - who.left_edge.i > 5

    def weight(self, verb: Token, cue: _Cue, when: TimeExpression | None, owners: tuple[str, ...], conditional: bool) -> float:
        """What else speaks for and against a step: the product of plain factors."""
        words = _words()
        score = 1.0
        dated = when is not None and when.iso is not None
        if dated:
            score *= 1.25 if when is not None and when.grain != "year" else 1.05
        who = subject(verb)
        lemma = verb.lemma_.lower()
        event = who is not None and who.lower_ in words["gatherings"]
        if not owners and not dated:
            score *= 0.8 if cue.agentless else 0.65
        if who is not None and who.lower_ in _GENERIC and not owners:
            score *= 0.6
        if modal(verb) and (lemma in words["states"] or any(c.dep_ == "cop" for c in verb.children)) and not dated and not event:
            score *= 0.55
        if negated(verb):
            score *= 0.75
        if verb.sent.text.rstrip().endswith("?"):
            score *= 0.4
        if self.in_quote(verb.idx):
            score *= 0.8 if dated else 0.65
        if self.old(verb) and not dated:
            score *= 0.4
        if verb.dep_ in RELATIVE and not dated:
            score *= 0.6
        if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _CONDITIONS | {"because", "as", "although", "though", "so"} for c in verb.children):
            score *= 0.3
        return score

    def old(self, verb: Token) -> bool:
        """Whether the sentence speaks of a time long before the article's date."""
        first = bisect_right(self.date_starts, verb.sent.start_char - 1)
        for found in self.dates[first:]:
            if found.start >= verb.sent.end_char:
                break
            if found.iso is not None and (self.reference - period(found.iso)[1]).days > 45:
                return True
        return False


def _infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in verb.children)


def _distinct(doc: Doc, candidates: list[NextStep]) -> tuple[NextStep, ...]:
    """The candidates without those inside a better one, and each act only in its most concrete wording."""
    kept: list[NextStep] = []
    for step in sorted(candidates, key=lambda s: (-s.score, s.span)):
        if any(_clash(step.span[0], other.span[0]) for other in kept):
            continue
        kept.append(step)
    return tuple(sorted(kept, key=lambda step: step.span))


def _clash(a: Span, b: Span) -> bool:
    """Whether two spans share more than half of the shorter one."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared * 2 > min(a[1] - a[0], b[1] - b[0])
