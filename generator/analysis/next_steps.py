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
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from spacy.tokens import Doc, Token

from generator.analysis import lexicon
from generator.analysis.clauses import balanced, clause_span, full_clause, own_subject, predicate_span
from generator.analysis.dates import TimeExpression, find_dates, period
from generator.analysis.model import Actor, Attribution, NextStep, Quote, Status
from generator.analysis.syntax import (
    RELATIVE,
    agent,
    auxiliaries,
    char_span,
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
    """What this module asks of the cast: who is in it, and the id of the actor that a phrase refers to."""

    @property
    def actors(self) -> tuple[Actor, ...]: ...

    def refer(self, start: int, end: int, speaker: str | None = None) -> str | None: ...


def find_next_steps(
    doc: Doc,
    cast: Refers,
    reference: date,
    attributions: Sequence[Attribution] = (),
    quotes: Sequence[Quote] = (),
) -> tuple[NextStep, ...]:
    """The next steps of an article in order of place, each act once."""
    reader = _Reader(doc, cast, reference, attributions, quotes)
    candidates = [step for token in doc for step in reader.read(token)]
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
    announced: bool = False
    """Whether it is in the passive without a by-phrase: whoever says so would see to it."""
    asks: bool = False
    """Whether somebody asks for it, who need not do it."""


@cache
def _words() -> dict[str, frozenset[str]]:
    words = {key: frozenset(words) for key, words in lexicon.read("steps").items()}
    words["predicates"] = (
        words["scheduled"] | words["expected"] | words["ready"] | words["ordered"] | words["asked"]
    )
    return words


_PERSONAL = frozenset({"i", "we", "he", "she", "they", "who"})
_GENERIC = frozenset({"you", "one", "people", "there", "that", "this", "which", "it", "what", "anyone", "everyone", "nobody", "everything",
                      "nothing", "something", "someone", "those", "these", "things"})  # fmt: skip
_CONDITIONS = frozenset({"if", "unless", "provided", "should", "lest"})
_SUBORDINATE = _CONDITIONS | {"when", "because", "as", "although", "though", "so", "than"}
_PERHAPS = frozenset({"perhaps", "maybe", "possibly", "probably", "likely", "conceivably"})
_BE = frozenset({"is", "are", "am", "was", "were", "be", "been", "'s", "’s", "'re", "’re", "'m", "’m"})
_TEMPORAL = frozenset({"after", "before", "once", "until", "till", "when", "as"})


class _Reader:
    """Reads the clauses of one article."""

    def __init__(
        self,
        doc: Doc,
        cast: Refers,
        reference: date,
        attributions: Sequence[Attribution],
        quotes: Sequence[Quote],
    ) -> None:
        self.doc, self.cast, self.reference = doc, cast, reference
        self.dates = find_dates(doc.text, reference, tenses(doc))
        self.date_starts = [found.start for found in self.dates]
        self.quoted = sorted(
            ((part, quote.speaker) for quote in quotes for part in quote.parts), key=lambda part: part[0]
        )
        self.affiliations = {a.id: a.affiliation for a in cast.actors if a.kind == "person" and a.affiliation}
        self.starts = [token.idx for token in doc]
        self.headings = _headings(doc.text)
        self.contents = sorted(
            ((part, found) for found in attributions for part in found.content),
            key=lambda c: (c[0][1] - c[0][0], c[0]),
        )

    def read(self, verb: Token) -> list[NextStep]:
        """The step that a clause tells of, or a noun for a demand or plan."""
        if not predicate(verb):
            return self.read_noun(verb) if verb.pos_ == "NOUN" and verb.lemma_ in _words()["nouns"] else []
        cue = self.cue(verb)
        if cue is None and verb.lemma_ in _words()["nouns"] and verb.pos_ == "NOUN":
            return self.read_noun(verb)  # "what he called a request for talks"
        if cue is None or self.heading(verb):
            return []
        when = self.when(verb)
        condition = self.condition(verb)
        status = cue.status
        if condition is not None and status != "agreed":
            status = "conditional"
        elif status == "planned" and any(c.lower_ in _PERHAPS for c in verb.children):
            status = "possible"
        elif status == "planned" and when is not None and self.fixed(verb, when):
            status = "scheduled"
        owners = self.owners(cue, verb)
        score = cue.worth * self.weight(verb, cue, when, owners, condition is not None)
        if score < LEAST:
            return []
        keep = (when.start, when.end) if when else None
        span = (
            clause_span(verb, keep=keep, framed=False)
            if cue.whole
            else predicate_span(verb, keep=keep, framed=False)
        )
        if condition is None:
            span = self.tight(verb, span, keep)
        span = self.within(verb, span)
        if own_subject(verb) is None and verb.dep_ == "conj" and len(self.doc.text[slice(*span)].split()) < 5:
            span = clause_span(verb.head, keep=keep)  # "may be extended" says nothing without its subject
        place = (when.start, when.end) if when else self.event_time(verb, span)
        return [
            NextStep(owners, status, place, when.iso if when else None, (span,), round(min(score, 0.99), 3))
        ]

    def read_noun(self, noun: Token) -> list[NextStep]:
        """The step that a noun phrase tells of: "calls for a truce", "a threat to leave"."""
        holder = clause(noun)
        infinitive = next((c for c in noun.children if c.i > noun.i and _infinitive(c)), None)
        act = self.wanted(noun)
        goal = infinitive if infinitive is not None else act
        if goal is None or (holder is not None and (self.old(holder) or _question(holder))):
            return []
        asks = noun.lemma_ in _words()["asking_nouns"]
        by = [c for c in noun.children if c.dep_ in {"nmod:poss", "poss"}] + [h for p, h in prepositional(noun) if p in {"by", "from"}]
        owners = self.parties(act) if asks and act is not None else ()
        owners = owners or tuple(t for b in by for t in conjuncts(b))
        cue = _Cue("proposed" if asks or noun.lemma_ in {"proposal", "offer", "bid"} else "planned", 0.65 if by else 0.55, owners)
        if infinitive is not None and self.slight(infinitive):
            return []
        start, end = noun_phrase(noun)
        span = char_span(self.doc, start, max(end, goal.right_edge.i + 1))
        found = self.owners(cue, noun)
        worth = cue.worth * (1.0 if found else 0.85) * (0.5 if any(c.lower_ == "no" for c in noun.children) else 1.0)
        if worth < LEAST or self.heading(noun):
            return []
        return [NextStep(found, cue.status, None, None, (balanced(self.doc, span),), round(worth, 3))]

    def wanted(self, noun: Token) -> Token | None:
        """The act that a noun is for ("calls by both for a full truce"), found by its place."""
        following = self.doc[noun.i + 1 : min(noun.i + 16, noun.sent.end)]
        here = next((t.i for t in following if t.lower_ == "for"), None)
        if here is None or any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} or t.text == ";" for t in self.doc[noun.i + 1 : here]):
            return None
        for token in self.doc[here + 1 : min(here + 10, noun.sent.end)]:
            if token.pos_ == "NOUN" and self.act([token]):
                return token
            if token.pos_ == "VERB" or token.is_punct and token.text != "-":
                return None
        return None

    def heading(self, token: Token) -> bool:
        return any(start <= token.idx < end for start, end in self.headings)

    # ── what makes a clause a step ───────────────────────────────────────────────────────────────────

    def cue(self, verb: Token) -> _Cue | None:
        """What makes a clause a step, None where nothing does."""
        who = self.actors(verb)
        helper = modal(verb)
        if helper:
            if any(c.lower_ in {"have", "'ve", "’ve"} for c in auxiliaries(verb)):
                return None  # "would have gone"
            return self.by_modal(verb, helper, who)
        if tense(verb) == "future":
            if _be_to(verb):
                return self.by_subject(verb, "planned", 0.85, who)  # "is to visit"
            if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and verb.head.i == verb.i - 2:
                return self.by_subject(verb, "planned", 0.85, self.actors(verb.head))
            return None
        return self.by_word(verb, who)

    def by_modal(self, verb: Token, helper: str, who: tuple[Token, ...]) -> _Cue | None:
        """ "will visit", "would appeal", "may ask", "must follow"."""
        conditional, lemma = self.condition(verb) is not None, verb.lemma_.lower()
        if any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.children):
            return self.by_subject(verb, "possible", 0.6, who)
        governor = self.reporting(verb)
        if helper in {"will", "shall", "would"} and (governor is not None or self.said(verb.idx) is not None):
            agreed = governor is not None and governor.lemma_ == "agree"
            status: Status = "agreed" if agreed else "proposed" if verb.lemma_ == "propose" else "planned"
            return self.by_subject(
                verb, status, 0.8 if helper != "would" and status == "planned" else 0.85, who
            )
        if helper == "could" and lemma in {"include", "involve", "mean"} and verb.i + 1 < len(self.doc) and verb.nbor().tag_ == "VBG":
            return _Cue("possible", 0.65, (), agentless=True, asks=True)  # "That could include closing …"
        if helper in {"will", "shall"}:
            return self.by_subject(verb, "planned", 0.8, who)
        if helper == "would":
            dated = (when := self.when(verb)) is not None and when.iso is not None
            return self.by_subject(verb, "planned" if dated else "proposed", 0.7 if conditional else 0.5, who)
        if helper in {"may", "might"}:
            return self.by_subject(verb, "possible", 0.7 if conditional else 0.65, who)
        if helper == "could":
            return self.by_subject(verb, "possible", 0.65 if conditional else 0.55, who)
        if helper in {"must", "should"}:
            return self.by_subject(verb, "proposed", 0.65 if conditional else 0.55, who)
        return None

    def by_subject(self, verb: Token, status: Status, worth: float, who: tuple[Token, ...]) -> _Cue:
        """The cue of a clause whose subject acts, or in the passive the by-phrase."""
        if not passive(verb):
            return _Cue(status, worth, who)
        by = agent(verb)
        if by is not None:
            return _Cue(status, worth, tuple(conjuncts(by)), agentless=True)
        if any(c.dep_ == "xcomp" and _infinitive(c) for c in verb.children):
            return _Cue(status, worth, who, agentless=True)  # "would be forced to act"
        return _Cue(status, worth, (), agentless=True, announced=status not in {"possible", "proposed"})

    def by_word(self, verb: Token, who: tuple[Token, ...]) -> _Cue | None:
        """ "agreed to", "is due to", "urged them to", "is considering whether": what a verb or adjective means."""
        words, lemma = _words(), verb.lemma_.lower()
        if _infinitive(verb) or (verb.tag_ in {"VBN", "VBG"} and verb.i == verb.sent.start):
            return None  # "declined to threaten"; "Asked whether"
        infinitive = _complement(verb)
        content = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        things = objects(verb)
        progressive = verb.tag_ == "VBG" and any(c.lower_ in _BE for c in verb.children)
        past = tense(verb) == "past"
        short = not (past and self.long_subject(verb))
        if verb.lower_ in words["predicates"] and (
            any(c.dep_ in {"cop", "aux:pass", "auxpass"} for c in verb.children)
            or (verb.dep_ == "xcomp" and verb.head.lemma_ in {"stand", "remain"})
        ):
            return self.by_predicate(verb, verb.lower_, infinitive, who or self.actors(verb.head))
        if passive(verb):
            return self.dated(verb, who)
        if lemma in {"stand", "remain"} and infinitive is not None and infinitive.i - verb.i < 6:
            if any(t.lower_ in words["ready"] for t in self.doc[verb.i + 1 : infinitive.i]):
                return _Cue("proposed", 0.65, who)
        if lemma in words["agree"] and infinitive is not None:
            return _Cue("agreed", 0.85, who, whole=short)
        if lemma in words["threaten"] and (infinitive is not None or things):
            return _Cue("conditional", 0.75, who, whole=short)
        if (
            lemma in words["plan"]
            and (infinitive is not None or self.act(things))
            and not (past and progressive)
        ):
            return _Cue("planned", {"seek": 0.48, "decide": 0.6}.get(lemma, 0.8), who, whole=short)
        if lemma in words["offer"]:
            if (
                infinitive is not None
                or (lemma == "propose" and (things or content is not None))
                or (lemma == "offer" and self.act(things))
            ):
                return _Cue("proposed", 0.65 if lemma in {"offer", "propose"} else 0.45, who, whole=short)
        if lemma in words["demand"]:
            found = self.demanded(verb, lemma, infinitive, content, things, short)
            if found is not None:
                return found
        if lemma in words["table"] and any(t.lemma_.lower() in words["papers"] for t in things):
            return _Cue("proposed", 0.6, who, whole=short)
        if lemma in words["found"] and infinitive is not None and any(t.lemma_.lower() in words["bodies"] for t in things):
            return _Cue("planned", 0.6, tuple(t for o in things for t in conjuncts(o)), whole=short, asks=True)
        if lemma in words["order"] and infinitive is not None and things:
            return _Cue("planned", 0.65, tuple(t for o in things for t in conjuncts(o)), whole=short)
        if lemma in {"require", "need"} and any(t.lemma_.lower() in words["approvals"] for t in things):
            by = [t for o in things for p, t in prepositional(o) if p in {"by", "of", "from"}]
            return _Cue("proposed", 0.75, tuple(t for b in by for t in conjuncts(b)), agentless=True)
        if (
            progressive
            and lemma in words["consider"]
            and (things or infinitive is not None or content is not None or _wh(verb))
        ):
            return _Cue("possible", 0.65, who)
        if progressive and (
            lemma in words["prepare"] or (lemma == "work" and "on" in _phrases(verb))
        ):
            if not past:
                return _Cue("planned", 0.75, who)
        if lemma in words["expect"]:
            if infinitive is not None and not things and own_subject(infinitive) is None:
                return _Cue("planned", 0.75, who)  # "expects to report"
            if self.when(verb) is not None:
                return _Cue(
                    "possible", 0.6, tuple(t for o in things for t in conjuncts(o)) or who, agentless=True
                )
        return self.dated(verb, who)

    def by_predicate(
        self, verb: Token, word: str, infinitive: Token | None, who: tuple[Token, ...]
    ) -> _Cue | None:
        """ "is due to", "was scheduled for", "are ready to", "has been ordered to"."""
        words = _words()
        if word in words["scheduled"] and (infinitive is not None or self.when(verb) is not None):
            return _Cue("planned", 0.9, who, agentless=True)
        if word in words["expected"] and (infinitive is not None or self.when(verb) is not None):
            likely = word == "likely"
            by = agent(infinitive) if infinitive is not None else None
            who = tuple(conjuncts(by)) if by is not None else who  # "is expected to be filed by"
            return _Cue("possible" if likely else "planned", 0.6 if likely else 0.8, who, agentless=True)
        if word in {"likely", "unlikely"} and any(t.lower_ in words["gatherings"] for t in who):
            return _Cue("possible", 0.65, (), agentless=True)  # "A ruling is unlikely before May"
        if word in words["ready"] and infinitive is not None:
            return _Cue("proposed", 0.6, who)
        if word in words["ordered"] and infinitive is not None:
            return _Cue("planned", 0.6, who)
        if word in words["asked"] and infinitive is not None:
            return _Cue("proposed", 0.6, who)
        return self.dated(verb, who)

    def demanded(
        self,
        verb: Token,
        lemma: str,
        infinitive: Token | None,
        content: Token | None,
        things: list[Token],
        short: bool,
    ) -> _Cue | None:
        """ "urged Y to", "called on Y to", "called for talks", "demanded that Y"."""
        phrases = _phrases(verb)
        progressive = any(c.lower_ in _BE for c in verb.children)
        if (verb.tag_ == "VBN" and verb.dep_ == "advcl") or (verb.tag_ == "VBG" and not progressive):
            return None  # "Asked whether", "asking prosecutors to": no act of asking now
        who = self.actors(verb)
        if infinitive is not None:
            other = own_subject(infinitive)
            asked = (
                things
                or [phrases[p] for p in ("on", "upon", "to", "for") if p in phrases]
                or ([other] if other is not None else [])
            )
            if asked or lemma in {"ask", "demand"}:
                return _Cue(
                    "proposed", 0.7, tuple(t for a in asked for t in conjuncts(a)), whole=short, asks=True
                )
        if lemma in {"call", "appeal", "plead", "press", "push", "ask"} and "for" in phrases:
            if self.act([phrases["for"]]) or _be_or_passive(phrases["for"]):
                return _Cue("proposed", 0.65, (*who, *self.parties(phrases["for"])), whole=short, asks=True)
        if content is not None and lemma in {"demand", "recommend", "ask", "urge"}:
            return _Cue("proposed", 0.65, self.actors(content), whole=short, asks=True)
        if lemma in {"demand", "urge", "recommend", "request"} and self.act(things):
            return _Cue("proposed", 0.6, who, whole=short, asks=True)
        return None

    def parties(self, act: Token) -> tuple[Token, ...]:
        """Who would take part in an act that is called for ("a meeting with …", "talks between …")."""
        return tuple(
            t
            for p, head in prepositional(act)
            if p in {"with", "between", "among", "by"}
            for t in conjuncts(head)
        )

    def dated(self, verb: Token, who: tuple[Token, ...]) -> _Cue | None:
        """A clause of the present with a date ahead: "takes effect on Jan. 1", "has until July 31 to reply"."""
        when = self.when(verb)
        if when is None or when.iso is None or when.grain == "year" or period(when.iso)[1] < self.reference:
            return None
        if period(when.iso)[0] <= self.reference and when.grain == "month":
            return None
        now = tense(verb)
        if now == "present" and not (
            when.iso == self.reference.isoformat() and "today" in self.doc.text[when.start : when.end]
        ):
            if verb.lemma_ == "have" and when.core == when.start and when.lead == "":
                return _Cue("possible", 0.75, who)
            return _Cue("planned", 0.75, who, whole=not self.long_subject(verb, 12), agentless=True)
        if now == "past" and verb.lemma_ in _words()["announce"]:
            return _Cue("planned", 0.75, who, whole=not self.long_subject(verb), agentless=True)
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
        """The ids of the actors who would act, in order.

        In "X said it would" the pronoun is X; of a meeting they are those who meet; what is announced in the
        passive ("a report would be published") falls to the body that announces it.
        """
        content = self.said(verb.idx)
        source = content[1].actor if content is not None else None
        found: list[str | None] = []
        for token in cue.owners:
            if token.lower_ in _words()["gatherings"] and (meeting := self.parties(token)):
                found += [self.refer(party) for party in meeting]
            elif token.lower_ in {"it", "they"} and source is not None and not self.in_quote(token.idx):
                found.append(source)
            elif token.lower_ in {"he", "she"} and (client := self.client(verb)) is not None:
                found.append(client)
            elif token.lower_ == "we":
                found.append(self.body(self.refer(token)))
            else:
                found.append(self.refer(token))
        if not cue.owners and cue.announced and passive(verb):
            found.append(self.body(source))
        if not cue.owners and not passive(verb) and self.doc[max(0, verb.i - 3)].text.startswith(("[", "I")):
            found.append(self.speaker(verb.idx))  # "[I] will …"
        return tuple(dict.fromkeys(actor for actor in found if actor is not None))

    def refer(self, token: Token) -> str | None:
        """The actor that a noun or pronoun means; a name in apposition tells more than the noun."""
        names = [child for child in token.children if child.dep_ == "appos" and child.pos_ == "PROPN"]
        phrases = [noun_phrase(head) for head in ([*names, token] if token.pos_ != "PROPN" else [token])]
        for start, end in [*phrases, (token.i, token.i + 1)]:
            actor = self.cast.refer(*char_span(self.doc, start, end), speaker=self.speaker(token.idx))
            if actor is not None:
                return actor
        return None

    def body(self, actor: str | None) -> str | None:
        """The organisation or state that an official speaks for, else the actor itself."""
        return self.affiliations.get(actor, actor) if actor is not None else None

    def client(self, verb: Token) -> str | None:
        """Whom "he" means in "X's lawyer said he would": X, for whom the lawyer speaks."""
        governor = self.reporting(verb)
        who = own_subject(governor) if governor is not None else None
        if who is None or who.lemma_ not in _words()["speak_for"]:
            return None
        named = [c for c in who.children if c.dep_ in {"nmod:poss", "poss"}]
        named += [head for p, head in prepositional(who) if p in {"for", "of"}]
        return next((self.refer(c) for c in named if c.pos_ == "PROPN"), None)

    def speaker(self, offset: int) -> str | None:
        """Who says the direct speech that an offset stands in; None outside of it, or where that is not known."""
        place = bisect_right(self.quoted, offset, key=lambda part: part[0][0]) - 1
        return self.quoted[place][1] if place >= 0 and offset < self.quoted[place][0][1] else None

    def in_quote(self, offset: int) -> bool:
        place = bisect_right(self.quoted, offset, key=lambda part: part[0][0]) - 1
        return place >= 0 and offset < self.quoted[place][0][1]

    def when(self, verb: Token) -> TimeExpression | None:
        """The time expression of a clause that lies ahead of the article's date, or cannot be resolved."""
        left, right = self.doc[verb.left_edge.i], self.doc[verb.right_edge.i]
        told = tense(verb) == "past"
        condition = self.condition(verb)
        best: tuple[int, int, TimeExpression] | None = None
        for found in self.dates[bisect_right(self.date_starts, left.idx - 1) :]:
            if found.start > right.idx:
                break
            if (found.iso is not None and period(found.iso)[1] < self.reference) or found.lead in {
                "earlier",
                "since",
            }:
                continue
            holder = clause(self.doc[bisect_right(self.starts, found.core) - 1])
            if holder is None or (found.attributive and found.grain == "year"):
                continue
            if told and holder.i == verb.i and (found.iso is None or period(found.iso)[0] <= self.reference):
                continue  # "agreed on Tuesday to": when they agreed
            own = holder.i == verb.i or full_clause(holder).i == verb.i
            conditional = condition is not None and self.under(holder, condition.head)
            if not own and not self.under(holder, verb) and not conditional:
                continue
            rank = (0 if holder.i == verb.i else 1) + (3 if found.iso is None else 0)
            if best is None or (rank, found.start) < best[:2]:
                best = (rank, found.start, found)
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
        if when.iso is None or when.lead in {"by", "within", "before", "in", "over", "as early as"}:
            return False
        return when.grain == "day" or verb.lower_ in _words()["scheduled"]

    def condition(self, verb: Token) -> Token | None:
        """The condition on which a clause depends: its "if" or "unless"; None where there is none.

        The parser may hang the condition on another word of the clause; then its place decides: "If …, " opens
        the sentence, "unless" follows the verb.
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

    def within(self, verb: Token, span: Span) -> Span:
        """A step's span inside what is reported, without the words that report it."""
        content = self.said(verb.idx)
        who = own_subject(verb)
        if content is None or (who is not None and self.said(who.idx) != content):
            return span
        start, end = max(span[0], content[0][0]), min(span[1], content[0][1])
        return balanced(self.doc, (start, end)) if start <= verb.idx < end else span

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

    def act(self, things: Sequence[Token]) -> bool:
        """Whether one of these nouns is a concrete act ("sanctions", "a meeting")."""
        words = _words()
        return any(
            t.lower_ in words["acts"] or t.lemma_.lower() in words["acts"] or t.lower_ in words["gatherings"]
            for thing in things
            for t in conjuncts(thing)
        )

    def long_subject(self, verb: Token, most: int = 6) -> bool:
        """Whether a clause's subject is a long phrase, with appositions and the like, or not its own."""
        who = own_subject(verb)
        return who is None or who.right_edge.i - who.left_edge.i >= most

    def weight(
        self, verb: Token, cue: _Cue, when: TimeExpression | None, owners: tuple[str, ...], conditional: bool
    ) -> float:
        """What else speaks for and against a step: the product of plain factors."""
        words, lemma = _words(), verb.lemma_.lower()
        who, helper = subject(verb), modal(verb)
        dated = when is not None and when.iso is not None
        starts = passive(verb) or lemma in {"begin", "close", "come", "end", "follow", "open", "proceed", "resume", "start", "take"}
        event = who is not None and (
            who.lower_ in words["gatherings"] or (starts and who.lemma_.lower() in words["acts"])
        )
        agentive = bool(owners) or event or (who is not None and self.agentive(who))
        score = 1.0
        if when is not None and when.iso is not None:
            score *= 1.05 if when.grain == "year" else 1.25
        if not owners and not dated:
            score *= (
                0.85 if cue.asks or (cue.agentless and event) else 0.8 if cue.agentless or agentive else 0.65
            )
        if helper and not agentive and not cue.agentless:
            score *= 0.65  # "a suspension would do harm": an effect, no act
        if who is not None and who.lower_ in _GENERIC and not owners and not cue.asks:
            score *= 0.6
        if (
            not helper
            and cue.status not in {"agreed", "scheduled"}
            and not cue.agentless
            and any(c.lower_ == "had" for c in auxiliaries(verb))
        ):
            score *= 0.6  # "had pressed for": background
        if not helper and (infinitive := _complement(verb)) is not None and any(
            t.lower_ == "not" for t in self.doc[verb.i + 1 : infinitive.i]
        ):
            score *= 0.6  # "urged them not to"
        if (
            helper
            and (lemma in words["states"] or any(c.dep_ == "cop" for c in verb.children))
            and not dated
            and not event
        ):
            score *= 0.55
        if helper and any(c.lower_ in {"rather", "like", "prefer"} for c in [verb, *verb.children]):
            score *= 0.6
        if not dated and self.slight(verb):
            score *= 0.7
        if negated(verb):
            score *= 0.7
        if _question(verb):
            score *= 0.4
        if self.in_quote(verb.idx):
            score *= 0.8 if dated or conditional or cue.status == "agreed" else 0.65
        if not dated and self.old(verb):
            score *= 0.4
        if not dated and (verb.dep_ in RELATIVE or (verb.dep_ == "conj" and verb.head.dep_ in RELATIVE)):
            score *= 0.6
        if who is not None and who.pos_ == "NUM":
            score *= 0.5
        if (
            not helper
            and tense(verb) == "past"
            and not dated
            and self.past_date(verb)
            and _complement(verb) is None
        ):
            score *= 0.6  # "offered her resignation on Monday"
        if self.subordinate(verb, helper):
            score *= 0.3
        governor = self.reporting(verb)
        if helper and not dated and governor is not None and any(c.lower_ == "had" for c in auxiliaries(governor)):
            score *= 0.6  # "had hinted he might": background
        if verb.lower_ in words["ready"] and tense(verb) == "past" and self.said(verb.idx) is None:
            score *= 0.6
        return score

    def subordinate(self, verb: Token, helper: str | None) -> bool:
        """Whether a clause only frames another one: a condition, a reason, a time that is past."""
        who = own_subject(verb)
        first = verb if who is None else who.left_edge
        before = first.nbor(-1).lower_ if first.i else ""
        marks = {c.lower_ for c in verb.children if c.dep_ == "mark"} | {before}
        if verb.dep_ == "advcl" and marks & _SUBORDINATE:
            return True
        return bool(marks & ({"before", "until"} if helper else {"after", "when", "since", "because", "while"}))

    def past_date(self, verb: Token) -> bool:
        """Whether a clause itself is dated up to the article's day."""
        for found in self.dates[bisect_right(self.date_starts, verb.sent.start_char - 1) :]:
            if found.start >= verb.sent.end_char:
                return False
            if found.iso is not None and not found.attributive and period(found.iso)[0] <= self.reference:
                holder = clause(self.doc[bisect_right(self.starts, found.core) - 1])
                if holder is not None and holder.i == verb.i:
                    return True
        return False

    def agentive(self, token: Token) -> bool:
        """Whether a subject can act by its kind."""
        agents = _words()["agents"]
        return token.lower_ in _PERSONAL or any(
            t.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}
            or t.lemma_.lower() in agents
            or t.lower_ in agents
            for t in conjuncts(token)
        )

    def slight(self, verb: Token) -> bool:
        """Whether a verb phrase names nothing concrete ("would pay for it", "will carry that")."""
        if verb.lemma_ in {"do", "go", "act", "try", "solve", "see"}:
            return True
        later = [t for t in self.doc[verb.i + 1 : verb.right_edge.i + 1] if not t.is_punct and not t.is_space]
        return (
            bool(later)
            and len(later) < 5
            and not any(t.pos_ in {"NOUN", "PROPN", "NUM", "VERB"} for t in later)
        )

    def old(self, verb: Token) -> bool:
        """Whether a clause, or the one that reports it, is of a time long before the article's date."""
        for found in self.dates[bisect_right(self.date_starts, verb.sent.start_char - 1) :]:
            if found.start >= verb.sent.end_char:
                break
            if found.attributive or found.iso is None or (self.reference - period(found.iso)[1]).days <= 45:
                continue
            holder = clause(self.doc[bisect_right(self.starts, found.core) - 1])
            if holder is not None and (holder.i == verb.i or full_clause(holder).i in {verb.i, verb.head.i}):
                return True
        return False

    def tight(self, verb: Token, span: Span, keep: Span | None) -> Span:
        """A step's span without what only frames it at its end: "… after talks broke down", "…, which she drafted",
        "… and said that", " -- …". Found by words and tags, for the parser attaches such clauses anywhere."""
        start, end = span
        for token in self.doc[verb.i + 2 : verb.sent.end]:
            if token.idx >= end or token.idx - start < 20:
                continue
            if keep is not None and token.idx < keep[1]:
                continue
            if self.cuts(token, verb):
                return balanced(self.doc, (start, token.idx))
        return span

    def cuts(self, token: Token, verb: Token) -> bool:
        """Whether a step's clause is over before a token."""
        text, before = token.text, token.nbor(-1)
        if self.in_quote(token.idx):
            return False
        if text in {"--", "–", "—"}:
            return not any(t.text == text for t in token.doc[token.i + 1 : verb.sent.end])
        if text == ";":
            return True
        rest = [
            t for t in token.doc[token.i + 1 : min(token.i + 18, verb.sent.end)] if t.text not in {",", ";"}
        ]
        finite = any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in rest[:9] if token.lower_ == "as")
        finite = finite or any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in rest if token.lower_ != "as")
        if before.text == "," and token.lower_ in {"which", "who", "whose"}:
            return finite
        if token.lower_ in {"after", "because", "although", "though", "while", "whereas"}:
            return finite
        if token.lower_ == "as" and before.lower_ not in {
            "such",
            "as",
            "well",
            "soon",
            "far",
            "long",
            "so",
            "serve",
            "known",
        }:
            return (
                len(rest) > 1
                and rest[0].pos_ in {"NOUN", "PROPN", "PRON", "DET", "ADJ"}
                and finite
                and rest[0].lower_ not in {"well", "a", "an"}
            )
        if token.lower_ in {"and", "but"} and rest:
            following = rest[1] if rest[0].pos_ == "ADV" and len(rest) > 1 else rest[0]
            return following.tag_ in {"VBD", "VBZ"} and following.dep_ not in {"amod", "acl"}
        return False


def _headings(text: str) -> list[Span]:
    """The paragraphs that are headings: short, without a mark at their end."""
    found, start = [], 0
    for paragraph in text.split("\n\n"):
        stripped = paragraph.rstrip()
        if stripped and len(stripped) < 110 and stripped[-1] not in ".!?\"”’':;,)…":
            found.append((start, start + len(paragraph)))
        start += len(paragraph) + 2
    return found


def _phrases(verb: Token) -> dict[str, Token]:
    """A verb's prepositions and the heads of their phrases; "called for a meeting", too, where the parser takes
    the preposition for a particle."""
    found = dict(prepositional(verb))
    for particle in verb.children:
        if particle.i > verb.i and particle.tag_ in {"IN", "RP"} and particle.lower_ not in found:
            head = next((c for c in verb.children if c.i > particle.i and c.pos_ in {"NOUN", "PROPN", "PRON"}), None)
            if head is not None:
                found[particle.lower_] = head
    return found


def _infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in verb.children)


def _be_to(verb: Token) -> bool:
    """Whether a verb is the infinitive of "is to", parsed with "is" as its auxiliary; "if they were to" is none."""
    if verb.dep_ in {"advcl", "conj"} and any(c.lower_ == "were" for c in verb.children):
        return False
    return (
        _infinitive(verb)
        and any(c.lower_ in _BE and c.i < verb.i for c in verb.children)
        and verb.tag_ == "VB"
    )


def _be_or_passive(token: Token) -> bool:
    """Whether what is called for is an infinitive ("called for the bridges to be closed")."""
    return any(_infinitive(c) for c in token.children)


def _complement(verb: Token) -> Token | None:
    """The infinitive that completes a verb, on it or (as parsers have it) on its object: "asked her to report"."""
    for child in verb.children:
        if (
            child.i > verb.i
            and _infinitive(child)
            and child.dep_ in {"xcomp", "ccomp", "advcl", "acl", "csubj"}
        ):
            return child
    doc = verb.doc
    for token in doc[verb.i + 1 : min(verb.i + 14, verb.sent.end)]:
        if (
            token.lower_ == "to"
            and token.tag_ == "TO"
            and token.i + 1 < len(doc)
            and token.nbor().tag_ in {"VB", "RB"}
        ):
            return token.head if token.head.tag_ == "VB" else token.nbor()
        if token.tag_ in {"VBD", "VBZ", "VBP", "MD"} or token.text in {";", ":", '"', "“", "”"}:
            return None
    return None


def _wh(verb: Token) -> bool:
    return any(t.lower_ in {"whether", "how"} for t in verb.doc[verb.i + 1 : verb.i + 3])


def _question(verb: Token) -> bool:
    for token in verb.doc[verb.i : verb.sent.end]:
        if token.text == "?":
            return True
    return False


def _distinct(doc: Doc, candidates: list[NextStep]) -> tuple[NextStep, ...]:
    """The candidates without those inside a better one, and each act only in its most concrete wording."""
    kept: list[NextStep] = []
    for step in sorted(candidates, key=lambda s: (-s.score, s.span)):
        if not any(_clash(step.span[0], other.span[0]) or _same(doc, step, other) for other in kept):
            kept.append(step)
    return tuple(sorted(kept, key=lambda step: step.span))


def _clash(a: Span, b: Span) -> bool:
    """Whether two spans share more than half of the shorter one."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared * 2 > min(a[1] - a[0], b[1] - b[0])


def _same(doc: Doc, a: NextStep, b: NextStep) -> bool:
    """Whether two steps say the same: most content words of the shorter one, and no two dates."""
    if a.date is not None and b.date is not None and a.date != b.date:
        return False
    words = [_content(doc, step.span[0]) for step in (a, b)]
    least = min(len(w) for w in words)
    return least >= 3 and len(words[0] & words[1]) >= 0.75 * least


def _content(doc: Doc, span: Span) -> frozenset[str]:
    """The lemmas of the nouns, names and verbs in a span."""
    tokens = doc.char_span(*span, alignment_mode="expand")
    kinds = {"NOUN", "PROPN", "VERB", "NUM"}
    return frozenset(t.lemma_.lower() for t in tokens or () if t.pos_ in kinds)
