"""What happens next: what lies after the article's date and is scheduled, agreed, planned, proposed,
threatened or considered, with who would do it and when.

Every clause that looks ahead is read once. `step_cues` says what makes it a step ("will visit", "agreed
to", "urged them to", "takes effect on Jan. 1"), `outlook` what it depends on, who reports it and which date
is its own. `step_model` weighs it all, learnt from annotated news; below `LEAST` nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import prod
from typing import Protocol

from spacy.tokens import Doc, Token

from generator.analysis.clauses import balanced, clause_span, own_subject, predicate_span, tight
from generator.analysis.dates import TimeExpression, period
from generator.analysis.heads import head_features, told_by, weights_for
from generator.analysis.model import Actor, Attribution, NextStep, Quote, Status
from generator.analysis.outlook import Outlook
from generator.analysis.spans import in_common, likeness
from generator.analysis.step_cues import (
    Cue,
    complement,
    find_cue,
    in_passive,
    infinitive_of,
    parties,
    step_words,
    unmarked,
    wanted_act,
)
from generator.analysis.step_model import (
    Told,
    features,
    judge,
    noun_features,
    question,
    slight,
    subordinate,
)
from generator.analysis.syntax import (
    POSSESSIVE,
    RELATIVE,
    SUBJECTS,
    auxiliaries,
    char_span,
    conjuncts,
    modal,
    negated,
    noun_phrase,
    prepositional,
    subject,
)
from generator.analysis.tense import clause, predicate, tense
from generator.article import Span

LEAST = {"steps": 0.45, "steps_unread": 0.35}
"""By weights, the score below which candidates are left out: where F was best on articles held out."""

_STATE = frozenset({"administration", "country", "delegation", "government"})
_HEADS = frozenset({"chancellor", "king", "premier", "president", "queen"})
_PERSONAL = frozenset({"i", "we", "he", "she", "they", "who"})
_GENERIC = frozenset(
    "you one people there that this which it what anyone everyone nobody everything nothing something someone"
    " those these things".split()
)
_POSSIBLE = 0.2  # of a verb that no word of ours marks, from here on the linear model is asked
_SAME = 0.5
_LIGHT = frozenset({"bring", "make", "take", "work"})  # "we will take this to court"
_STARTS = frozenset("begin close come end follow open proceed resume start take".split())
_PERHAPS = frozenset({"perhaps", "maybe", "possibly", "probably", "likely", "conceivably"})


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
    found = find_candidates(doc, cast, reference, attributions, quotes)
    name = weights_for(doc, "steps", "ahead")
    judged = [replace(c.step, score=judge(c.features, c.rule, name)) for c in found]
    return _distinct(doc, [step for step in judged if step.score >= LEAST[name]])


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a next step: the step, not yet judged, and what it is judged by."""

    step: NextStep
    features: tuple[str, ...]
    rule: float
    """The worth that the rules give it."""


def find_candidates(
    doc: Doc,
    cast: Refers,
    reference: date,
    attributions: Sequence[Attribution] = (),
    quotes: Sequence[Quote] = (),
) -> list[Candidate]:
    """Everything in an article that may be a next step: by the words that point to one, in their order, then
    what only the model reads as one."""
    reader = _Reader(Outlook(doc, reference, attributions, quotes), cast)
    found = [candidate for token in doc if (candidate := reader.read(token)) is not None]
    for start, end, _ in reader.ahead.stretches if reader.ahead is not None else ():
        place = char_span(doc, start, end)
        if all(likeness(place, each.step.span[0]) < _SAME for each in found):
            candidate = reader.read_stretch(start, end)
            found += [candidate] if candidate is not None else []
    return found


def _had_effect(verb: Token) -> bool:
    """Whether an infinitive says what something was that has had its effect: "the decision *to go* had
    dampened hopes"."""
    return verb.dep_ == "acl" and infinitive_of(verb) and _did(verb.head)


def _did(noun: Token) -> bool:
    """Whether a noun is the subject of what is told in the past."""
    return noun.dep_ in SUBJECTS and tense(noun.head) == "past"


class _Reader:
    """Reads the steps that an article's clauses and nouns tell of."""

    def __init__(self, outlook: Outlook, cast: Refers) -> None:
        self.outlook, self.cast, self.doc = outlook, cast, outlook.doc
        self.ahead = told_by(outlook.doc, "ahead")
        self._pairs: list[tuple[int, tuple[str, str]]] | None = None
        self.kinds = {a.id: a.kind for a in cast.actors}
        self.roles = {a.id: frozenset((a.role or "").lower().split()) for a in cast.actors}
        self.affiliations = {a.id: a.affiliation for a in cast.actors if a.kind == "person" and a.affiliation}

    def read(self, token: Token) -> Candidate | None:
        """The step that a clause may tell of, or a noun for a demand or plan; None where nothing points to
        one."""
        noun = token.pos_ == "NOUN" and token.lemma_ in step_words()["nouns"]
        if not predicate(token):
            return self.read_noun(token) if noun else None
        cue, when = find_cue(self.outlook, token), self.outlook.when(token)
        if cue is None and noun:
            return self.read_noun(token)  # "what he called a request for talks"
        infinitive = complement(token) if cue is not None else None
        if infinitive is not None and cue is not None and cue.asks and self.forbidden(token, infinitive):
            return None
        if infinitive is not None and when is None:
            when = self.outlook.when(infinitive)  # "asked the inspector to report by May 4"
        now = tense(token)
        dated = when is not None and when.iso is not None and now != "past"
        if cue is None and not dated and now != "future" and not self.reads(token):
            return None
        if self.outlook.heading(token) or self.told_before(token) or (cue is None and _had_effect(token)):
            return None
        return self.read_clause(token, cue, when)

    def forbidden(self, verb: Token, infinitive: Token) -> bool:
        """Whether what is asked is not to act: "urged them not to strike"."""
        return any(t.lower_ == "not" for t in self.doc[verb.i + 1 : infinitive.i])

    def reads(self, verb: Token) -> bool:
        """Whether the model's head for steps thinks it possible that a verb is part of one."""
        return self.ahead is not None and self.ahead.shares[verb.i] >= _POSSIBLE

    def read_stretch(self, start: int, end: int) -> Candidate | None:
        """The step that the model reads in some tokens, no clause of ours: "the primary in two weeks"."""
        while start < end and (self.doc[start].is_punct or self.doc[start].tag_ in {"CC", "IN"}):
            start += 1
        while end > start and self.doc[end - 1].is_punct:
            end -= 1
        span = balanced(self.doc, char_span(self.doc, start, end)) if end - start >= 3 else (0, 0)
        if span[0] >= span[1] or "\n" in self.doc.text[slice(*span)]:
            return None
        root = self.doc[start:end].root
        if self.outlook.heading(root):
            return None
        dates = [
            d
            for d in self.outlook.dates_in(*span)
            if d.iso is None or period(d.iso)[1] >= self.outlook.reference
        ]
        when = min(dates, key=lambda d: (d.iso is None, d.start), default=None)
        if predicate(root):
            return self.read_clause(root, find_cue(self.outlook, root), when, span)
        if when is None and _did(root):
            return None
        status: Status = "scheduled" if when is not None and when.iso is not None else "planned"
        cue = Cue(status, 0.5, tuple(c for c in root.children if c.dep_ in POSSESSIVE))
        owners = self.owners(cue, root)
        step = NextStep(
            owners, status, (when.start, when.end) if when else None, when.iso if when else None, (span,)
        )
        return self.candidate(step, noun_features(self.outlook, root, 0.5), 0.5, "stretch")

    def candidate(self, step: NextStep, known: Iterable[str], rule: float, route: str) -> Candidate:
        words = self.doc.char_span(*step.span[0], alignment_mode="expand")
        read = list(head_features(self.ahead, (words.start, words.end))) if words is not None else []
        return Candidate(
            step, (f"route {route}", *known, *read, *(f"{route}: {each}" for each in read)), round(rule, 3)
        )

    def read_clause(
        self, verb: Token, cue: Cue | None, when: TimeExpression | None, span: Span | None = None
    ) -> Candidate | None:
        conditional = self.outlook.condition(verb) is not None
        told = cue or unmarked(verb)
        status = told.status
        if conditional and status != "agreed":
            status = "conditional"
        elif status == "planned" and any(c.lower_ in _PERHAPS for c in verb.children):
            status = "possible"
        elif status == "planned" and when is not None and _fixed(verb, when):
            status = "scheduled"
        route = "cued" if cue is not None else "uncued"
        if span is None:
            span = self.span(verb, told, when, conditional=conditional)
        else:
            route = "stretch"
        if span[0] >= span[1] or "\n" in self.doc.text[slice(*span)]:
            return None  # the parse runs over the end of a paragraph
        owners = self.owners(told, verb)
        rule = told.worth * self.weight(verb, told, when, owners, conditional)
        kinds = tuple(self.kinds[owner] for owner in owners if owner in self.kinds)
        place = (when.start, when.end) if when else self.outlook.event_time(verb, span)
        step = NextStep(owners, status, place, when.iso if when else None, (span,))
        known = features(self.outlook, verb, Told(cue, rule, when, conditional, owners, kinds))
        return self.candidate(step, known, rule, route)

    def span(self, verb: Token, cue: Cue, when: TimeExpression | None, *, conditional: bool) -> Span:
        """The code points of a step: a clause, or a verb phrase whose subject is long."""
        keep = (when.start, when.end) if when else None
        cut = clause_span if cue.whole else predicate_span
        span = cut(verb, keep=keep, framed=False)
        if not conditional:
            span = tight(verb, span, keep=keep)
        if verb.dep_ == "acl" and verb.head.i < verb.i:
            span = (self.doc[noun_phrase(verb.head)[0]].idx, span[1])  # "a rally set for Friday"
        span = self.within(verb, span)
        if own_subject(verb) is None and verb.dep_ == "conj" and len(self.doc.text[slice(*span)].split()) < 5:
            span = clause_span(verb.head, keep=keep)  # "may be extended" says nothing without its subject
        return span

    def told_before(self, verb: Token) -> bool:
        """Whether a clause goes on with the one before it, whose step takes it in: "will not pay and will not
        apologise"."""
        helper = modal(verb)
        return (
            helper is not None
            and verb.dep_ == "conj"
            and own_subject(verb) is None
            and modal(verb.head) == helper
            and self.outlook.when(verb) is None
        )

    def read_noun(self, noun: Token) -> Candidate | None:
        """The step that a noun phrase may tell of: "calls for a truce", "a threat to leave"."""
        holder = clause(noun)
        infinitive = next((c for c in noun.children if c.i > noun.i and infinitive_of(c)), None)
        act = wanted_act(noun)
        goal = infinitive if infinitive is not None else act
        if goal is None or (holder is not None and (self.outlook.old(holder) or question(holder))):
            return None
        if (infinitive is not None and slight(infinitive)) or self.outlook.heading(noun):
            return None
        asks = noun.lemma_ in step_words()["asking_nouns"]
        by = [c for c in noun.children if c.dep_ in POSSESSIVE] + [
            h for p, h in prepositional(noun) if p in {"by", "from"}
        ]
        owners = parties(act) if asks and act is not None else ()
        owners = owners or tuple(t for b in by for t in conjuncts(b))
        cue = Cue(
            "proposed" if asks or noun.lemma_ in {"proposal", "offer", "bid"} else "planned",
            0.65,
            owners,
        )
        start, end = noun_phrase(noun)
        span = balanced(self.doc, char_span(self.doc, start, max(end, goal.right_edge.i + 1)))
        if "\n" in self.doc.text[slice(*span)]:
            return None
        found = self.owners(cue, noun)
        rule = (
            cue.worth
            * (1.0 if found else 0.85 if asks and act is not None else 0.7)
            * (0.5 if any(c.lower_ == "no" for c in noun.children) else 1.0)
        )
        step = NextStep(found, cue.status, None, None, (span,))
        return self.candidate(step, noun_features(self.outlook, noun, rule), rule, "noun")

    def within(self, verb: Token, span: Span) -> Span:
        """A step's span inside what is reported, without the words that report it."""
        content = self.outlook.said(verb.idx)
        who = own_subject(verb)
        if content is None or (who is not None and self.outlook.said(who.idx) != content):
            return span
        start, end = max(span[0], content[0][0]), min(span[1], content[0][1])
        return balanced(self.doc, (start, end)) if start <= verb.idx < end else span

    def owners(self, cue: Cue, verb: Token) -> tuple[str, ...]:
        """The ids of the actors who would act, in order.

        In "X said it would" the pronoun is X; of a meeting they are those who meet; what is announced in the
        passive ("a report would be published") falls to the body that announces it.
        """
        content = self.outlook.said(verb.idx)
        source = content[1].actor if content is not None else None
        found: list[str | None] = []
        for token in cue.owners:
            if token.lower_ in step_words()["gatherings"] and (meeting := parties(token)):
                for party in meeting:
                    found += self.sides(party) or [self.refer(party)]
            elif sides := self.sides(token):
                found += sides
            elif token.lower_ in {"it", "they"} and not self.outlook.in_quote(token.idx):
                found.append(self.reporter(verb) or source or self.refer(token))
            elif (token.lower_ in {"he", "she"} or token.lemma_ == "client") and (
                client := self.client(verb)
            ) is not None:
                found.append(client)
            elif token.lower_ == "we":
                found.append(self.spoken_for(self.refer(token)))
            else:
                found.append(self.refer(token) or self.behind(token))
        if not cue.owners and cue.announced and in_passive(verb):
            found.append(self.body(source))
        if (
            not cue.owners
            and not in_passive(verb)
            and self.doc[max(0, verb.i - 3)].text.startswith(("[", "I"))
        ):
            found.append(self.outlook.speaker(verb.idx))  # "[I] will …"
        return tuple(dict.fromkeys(actor for actor in found if actor is not None))

    def behind(self, token: Token) -> str | None:
        """Whom "his party" and "the mayor's team" act for: the body that the person speaks for, else the
        person."""
        named = [c for c in token.children if c.dep_ in POSSESSIVE]
        owner = next((actor for c in named if (actor := self.refer(c)) is not None), None)
        if token.lemma_.lower() in step_words()["bodies_of"]:
            return self.body(owner) if token.lemma_.lower() in _STATE else self.firm(owner)
        # "Her veto is expected on Monday": an act is done by whom it belongs to, but a lawyer acts himself.
        return owner if token.pos_ == "NOUN" and not _agentive(token) else None

    def sides(self, token: Token) -> list[str]:
        """The two that "both sides", "each government" or "the negotiators" are: the pair of states or bodies
        named together last before ("talks between X and Y"), else first in the article; empty where there is
        no pair, or the phrase means none."""
        both = {"both", "each", "two"} & {c.lower_ for c in token.children}
        forms = {token.lemma_.lower(), token.lower_.removesuffix("s")}
        named = any(
            c.text[:1].isupper() and c.dep_ in {"amod", "compound", "nmod:poss"} for c in token.children
        )
        if named or not forms & step_words()["sides" if both else "delegates"]:
            return []
        if self._pairs is None:
            self._pairs = self._find_pairs()
        before = [pair for place, pair in self._pairs if place < token.i]
        return list(before[-1] if before else self._pairs[0][1] if self._pairs else ())

    def _find_pairs(self) -> list[tuple[int, tuple[str, str]]]:
        pairs = []
        for second in self.doc:
            if second.dep_ != "conj" or second.pos_ != "PROPN" or second.head.pos_ != "PROPN":
                continue
            if len(conjuncts(second.head)) != 2:
                continue
            one, other = self.refer(second.head), self.refer(second)
            if one is None or other is None or one == other:
                continue
            if {self.kinds.get(one), self.kinds.get(other)} <= {"state", "organization"}:
                pairs.append((second.i, (one, other)))
        return pairs

    def refer(self, token: Token) -> str | None:
        """The actor that a noun or pronoun means; a name in apposition tells more than the noun."""
        names = [child for child in token.children if child.dep_ == "appos" and child.pos_ == "PROPN"]
        phrases = [noun_phrase(head) for head in ([*names, token] if token.pos_ != "PROPN" else [token])]
        both = noun_phrase(token, coordinated=True)
        if any(t.text == "&" for t in self.doc[slice(*both)]):
            phrases.insert(0, both)  # "Midland & Western" is one name
        for start, end in [*phrases, (token.i, token.i + 1)]:
            actor = self.cast.refer(*char_span(self.doc, start, end), speaker=self.outlook.speaker(token.idx))
            if actor is not None:
                return actor
        return None

    def reporter(self, verb: Token) -> str | None:
        """Who says what a clause tells, by the subject of the verb of saying."""
        governor = self.outlook.reporting(verb)
        who = own_subject(governor) if governor is not None else None
        return self.refer(who) if who is not None and who.pos_ in {"NOUN", "PROPN"} else None

    def body(self, actor: str | None) -> str | None:
        """The organisation or state that an official speaks for, else the actor itself."""
        return self.affiliations.get(actor, actor) if actor is not None else None

    def spoken_for(self, actor: str | None) -> str | None:
        """Who "we" are: the body that an official speaks for, but a head of state first of all himself."""
        return actor if self.roles.get(actor or "", frozenset()) & _HEADS else self.body(actor)

    def firm(self, actor: str | None) -> str | None:
        """The organisation that somebody speaks for, else the actor itself: "her group" is no state."""
        body = self.body(actor)
        return body if body is not None and self.kinds.get(body) == "organization" else actor

    def client(self, verb: Token) -> str | None:
        """Whom "he" means in "X's lawyer said he would": X, for whom the lawyer speaks."""
        governor = self.outlook.reporting(verb)
        who = own_subject(governor) if governor is not None else None
        if who is None or who.lemma_ not in step_words()["speak_for"]:
            return None
        named = [c for c in who.children if c.dep_ in POSSESSIVE]
        named += [head for p, head in prepositional(who) if p in {"for", "of"}]
        return next((self.refer(c) for c in named if c.pos_ == "PROPN"), None)

    def weight(
        self, verb: Token, cue: Cue, when: TimeExpression | None, owners: tuple[str, ...], conditional: bool
    ) -> float:
        """What else speaks for and against a step: the product of plain factors."""
        act = self._act_factors(verb, cue, when, owners)
        telling = self._telling_factors(verb, cue, when, owners, conditional)
        return prod([*act, *telling], start=1.0)

    def _act_factors(
        self, verb: Token, cue: Cue, when: TimeExpression | None, owners: tuple[str, ...]
    ) -> Iterator[float]:
        """Who would act, whether it is an act at all, and how firmly it is set."""
        words, lemma = step_words(), verb.lemma_.lower()
        who, helper = subject(verb), modal(verb)
        dated = when is not None and when.iso is not None
        starts = in_passive(verb) or lemma in _STARTS
        event = who is not None and (
            who.lower_ in words["gatherings"] or (starts and who.lemma_.lower() in words["acts"])
        )
        agentive = bool(owners) or event or (who is not None and _agentive(who))
        if when is not None and when.iso is not None:
            yield 1.05 if when.grain == "year" else 1.25
        if not owners and not dated:
            yield (
                0.85 if cue.asks or (cue.agentless and event) else 0.8 if cue.agentless or agentive else 0.65
            )
        if helper and not agentive and not cue.agentless:
            yield 0.65  # "a suspension would do harm": an effect, no act
        if who is not None and who.lower_ in _GENERIC and not owners and not cue.asks:
            yield 0.6
        if (
            not helper
            and cue.status not in {"agreed", "scheduled"}
            and not cue.agentless
            and any(c.lower_ == "had" for c in auxiliaries(verb))
        ):
            yield 0.6  # "had pressed for": background
        if (
            not helper
            and (infinitive := complement(verb)) is not None
            and any(t.lower_ == "not" for t in self.doc[verb.i + 1 : infinitive.i])
        ):
            yield 0.6  # "urged them not to"
        copular = verb.tag_ != "VBN" and any(c.dep_ == "cop" for c in verb.children)
        still = copular or (lemma in words["states"] and not (_pledged(verb, owners) and lemma in _LIGHT))
        if helper and not cue.asks and still and not dated and not event:
            yield 0.55
        if helper and lemma in words["forecasts"]:
            yield 0.55  # "would beat him by ten points", "will reverberate"
        if helper and lemma in words["deeds"] and owners:
            yield 1.2  # "would nominate": what bodies and their heads do
        rather = any(c.lower_ in {"rather", "like", "prefer"} for c in [verb, *verb.children])
        if helper and rather and not cue.asks:
            yield 0.6

    def _telling_factors(
        self, verb: Token, cue: Cue, when: TimeExpression | None, owners: tuple[str, ...], conditional: bool
    ) -> Iterator[float]:
        """How the article tells it: vaguely, denied, asked, quoted, beside the main point, as past."""
        words, lemma = step_words(), verb.lemma_.lower()
        who, helper = subject(verb), modal(verb)
        dated = when is not None and when.iso is not None
        if not dated and slight(verb):
            yield 0.7
        if negated(verb):
            yield 0.7
        if question(verb):
            yield 0.4
        if self.outlook.in_quote(verb.idx):
            deed = helper == "must" and lemma in words["deeds"]
            firm = (
                dated or conditional or cue.status == "agreed" or cue.asks or _pledged(verb, owners) or deed
            )
            yield 0.8 if firm else 0.65
        if not dated and self.outlook.old(verb):
            yield 0.4
        if not dated and (verb.dep_ in RELATIVE or (verb.dep_ == "conj" and verb.head.dep_ in RELATIVE)):
            yield 0.6
        if who is not None and who.pos_ == "NUM":
            yield 0.5
        if (
            not helper
            and tense(verb) == "past"
            and not dated
            and self.outlook.past_date(verb)
            and complement(verb) is None
        ):
            yield 0.6  # "offered her resignation on Monday"
        if subordinate(verb, helper):
            yield 0.3
        governor = self.outlook.reporting(verb)
        if (
            helper
            and not dated
            and governor is not None
            and any(c.lower_ == "had" for c in auxiliaries(governor))
        ):
            yield 0.6  # "had hinted he might": background
        unreal = verb.lower_ in words["ready"] | words["scheduled"] | words["expected"] and not dated
        if unreal and tense(verb) == "past" and self.outlook.said(verb.idx) is None:
            yield 0.6


def _pledged(verb: Token, owners: tuple[str, ...]) -> bool:
    """Whether "we" say what we will or must do, and who we are is known."""
    who = subject(verb)
    return (
        who is not None and who.lower_ == "we" and modal(verb) in {"will", "must", "should"} and bool(owners)
    )


def _fixed(verb: Token, when: TimeExpression) -> bool:
    """Whether a date is fixed, not a deadline or a rough idea ("by June", "within a week", "next week")."""
    if when.iso is None or when.lead in {"by", "within", "before", "in", "over", "as early as"}:
        return False
    return when.grain == "day" or verb.lower_ in step_words()["scheduled"]


def _agentive(token: Token) -> bool:
    """Whether a subject can act by its kind."""
    agents = step_words()["agents"]
    return token.lower_ in _PERSONAL or any(
        t.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"} or t.lemma_.lower() in agents or t.lower_ in agents
        for t in conjuncts(token)
    )


def _distinct(doc: Doc, candidates: list[NextStep]) -> tuple[NextStep, ...]:
    """The candidates without those inside a better one, and each act only in its most concrete wording."""
    kept: list[NextStep] = []
    for step in sorted(candidates, key=lambda s: (-s.score, s.span)):
        if not any(_clash(step.span[0], other.span[0]) or _same(doc, step, other) for other in kept):
            kept.append(step)
    return tuple(sorted(kept, key=lambda step: step.span))


def _clash(a: Span, b: Span) -> bool:
    """Whether two spans share more than half of the shorter one."""
    return in_common(a, b) * 2 > min(a[1] - a[0], b[1] - b[0])


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
