"""What makes a clause, or a noun, a next step: modals, verbs of planning and asking, dates ahead.

    "will visit"  "would appeal"  "agreed to"  "is due to"  "urged them to"  "takes effect on Jan. 1"

The words are in `lexicon/steps.toml`. Each cue says how sure it is by itself (`worth`); what else speaks
for and against a step is weighed in `next_steps`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from generator.analysis import lexicon
from generator.analysis.clauses import long_subject, own_subject
from generator.analysis.dates import period
from generator.analysis.model import Status
from generator.analysis.outlook import Outlook
from generator.analysis.syntax import (
    FINITE,
    POSSESSIVE,
    RELATIVE,
    SUBJECTS,
    agent,
    antecedent,
    auxiliaries,
    conjuncts,
    modal,
    objects,
    passive,
    prepositional,
    subject,
)
from generator.analysis.tense import clause, tense

_ASKING = frozenset({"whether", "if", "what", "why", "how", "who", "which", "where"})
_CHANCES = frozenset({"chance", "opportunity", "option", "possibility", "prospect"})
_BE = frozenset({"is", "are", "am", "was", "were", "be", "been", "'s", "’s", "'re", "’re", "'m", "’m"})


@dataclass(frozen=True, slots=True)
class Cue:
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
def step_words() -> dict[str, frozenset[str]]:
    words = {key: frozenset(words) for key, words in lexicon.read("steps").items()}
    words["predicates"] = (
        words["scheduled"] | words["expected"] | words["ready"] | words["ordered"] | words["asked"]
    )
    return words


def find_cue(outlook: Outlook, verb: Token) -> Cue | None:
    """What makes a clause a step, None where nothing does."""
    who = actors(verb)
    if who and outlook.in_quote(who[0].idx) and not outlook.in_quote(verb.idx):
        governor = outlook.reporting(verb)  # 'said the cut "stays", but offered': who said it offered
        who = actors(governor) if governor is not None else ()
    helper = modal(verb)
    if helper:
        if any(c.lower_ in {"have", "'ve", "’ve"} for c in auxiliaries(verb)):
            return None  # "would have gone"
        return _by_modal(outlook, verb, helper, who)
    if tense(verb) == "future":
        if _be_to(verb):
            was = any(c.lower_ in {"was", "were"} for c in verb.children) and outlook.said(verb.idx) is None
            return _by_subject(outlook, verb, "planned", 0.45 if was else 0.85, who)  # "is to visit"
        if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and verb.head.i == verb.i - 2:
            return _by_subject(outlook, verb, "planned", 0.85, actors(verb.head))
        return _subjunctive(outlook, verb, who)
    return _by_word(outlook, verb, who)


def unmarked(verb: Token) -> Cue:
    """What a clause that looks ahead is where no word of ours says so: an infinitive ("the chance *to win*")
    or a date. Whoever does what it completes would do it; "for them to leave" is asked of them."""
    if own_subject(verb) is not None and infinitive_of(verb):
        return Cue("proposed", 0.0, actors(verb))
    governor, listed = verb.head.lemma_.lower(), step_words()
    who = actors(verb)
    if not who and verb.dep_ in {"acl", "advcl"} and verb.head.i != verb.i:
        owners = [c for c in verb.head.children if c.dep_ in POSSESSIVE]
        holder = clause(verb.head)
        who = tuple(owners[:1]) or (actors(holder) if holder is not None else ())
    if governor in listed["demand"] | listed["offer"] | listed["asking_nouns"]:
        return Cue("proposed", 0.0, who)
    return Cue("possible" if governor in _CHANCES else "planned", 0.0, who)


def _by_modal(outlook: Outlook, verb: Token, helper: str, who: tuple[Token, ...]) -> Cue | None:
    """ "will visit", "would appeal", "may ask", "must follow"."""
    conditional, lemma = outlook.condition(verb) is not None, verb.lemma_.lower()
    if any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.children):
        return _by_subject(outlook, verb, "possible", 0.6, who)
    if helper == "would" and lemma in {"like", "love", "prefer"} and (other := _asked_of(verb)):
        return Cue("proposed", 0.6, other, asks=True)  # "would like the board to explain"
    governor = outlook.reporting(verb)
    if helper in {"will", "shall", "would"} and (governor is not None or outlook.said(verb.idx) is not None):
        agreed = governor is not None and governor.lemma_ == "agree"
        status: Status = "agreed" if agreed else "proposed" if verb.lemma_ == "propose" else "planned"
        return _by_subject(
            outlook, verb, status, 0.8 if helper != "would" and status == "planned" else 0.85, who
        )
    if (
        helper == "could"
        and lemma in {"include", "involve", "mean"}
        and verb.i + 1 < len(outlook.doc)
        and any(t.tag_ == "VBG" for t in outlook.doc[verb.i + 1 : verb.i + 3])
    ):
        return Cue("possible", 0.65, (), agentless=True, asks=True)  # "That could include closing …"
    if helper in {"will", "shall"}:
        return _by_subject(outlook, verb, "planned", 0.8, who)
    if helper == "would":
        dated = (when := outlook.when(verb)) is not None and when.iso is not None
        return _by_subject(
            outlook, verb, "planned" if dated else "proposed", 0.7 if conditional else 0.5, who
        )
    if helper in {"may", "might"}:
        return _by_subject(outlook, verb, "possible", 0.7 if conditional else 0.65, who)
    if helper == "could":
        return _by_subject(outlook, verb, "possible", 0.65 if conditional else 0.55, who)
    if helper == "must" and any(t.lemma_.lower() in step_words()["papers"] for t in who):
        return Cue("proposed", 0.65, (), agentless=True)  # "the bill must still clear the Senate"
    if helper in {"must", "should"}:
        return _by_subject(outlook, verb, "proposed", 0.65 if conditional else 0.55, who)
    return None


def _by_subject(outlook: Outlook, verb: Token, status: Status, worth: float, who: tuple[Token, ...]) -> Cue:
    """The cue of a clause whose subject acts, or in the passive the by-phrase."""
    if not in_passive(verb):
        return Cue(status, worth, who)
    by = agent(verb)
    if by is not None and not outlook.dated(by):  # "by April" is nobody
        return Cue(status, worth, tuple(conjuncts(by)), agentless=True)
    if any(c.dep_ == "xcomp" and infinitive_of(c) for c in verb.children):
        return Cue(status, worth, who, agentless=True)  # "would be forced to act"
    return Cue(status, worth, (), agentless=True, announced=status not in {"possible", "proposed"})


def _subjunctive(outlook: Outlook, verb: Token, who: tuple[Token, ...]) -> Cue | None:
    """ "must be closed and an inquiry be opened": a demand that leans on the one before it."""
    leans = verb.dep_ == "conj" and own_subject(verb) is not None
    if leans and modal(verb.head) in {"must", "should"} and any(c.lower_ == "be" for c in auxiliaries(verb)):
        return _by_subject(outlook, verb, "proposed", 0.55, who)
    return None


def _asked_of(verb: Token) -> tuple[Token, ...]:
    """Who somebody would like to do something: what stands before the infinitive, nobody where they would
    like to do it themselves."""
    infinitive = complement(verb)
    if infinitive is None:
        return ()
    other = own_subject(infinitive)
    asked = [other] if other is not None else [t for t in objects(verb) if t.i < infinitive.i]
    return tuple(conjuncts(asked[0])) if asked else ()


def _by_word(outlook: Outlook, verb: Token, who: tuple[Token, ...]) -> Cue | None:
    """ "agreed to", "is due to", "urged them to", "is considering whether": what a word means."""
    words, lemma = step_words(), verb.lemma_.lower()
    if infinitive_of(verb) or (verb.tag_ in {"VBN", "VBG"} and verb.i == verb.sent.start):
        return None  # "declined to threaten"; "Asked whether"
    infinitive = complement(verb)
    content = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    things = objects(verb)
    progressive = verb.tag_ == "VBG" and any(c.lower_ in _BE for c in verb.children)
    past = tense(verb) == "past"
    short = not (past and long_subject(verb))
    adjective = next(
        (c for c in verb.children if c.dep_ == "acomp" and c.lower_ in words["predicates"]), None
    )
    if adjective is not None:  # ClearNLP hangs "due" on "is"
        return _by_predicate(outlook, verb, adjective.lower_, complement(verb), who)
    if verb.lower_ in words["predicates"] and (
        any(c.dep_ in {"cop", "aux:pass", "auxpass"} for c in verb.children)
        or (verb.dep_ == "xcomp" and verb.head.lemma_ in {"stand", "remain"})
    ):
        return _by_predicate(outlook, verb, verb.lower_, infinitive, who or actors(verb.head))
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lower_ in words["scheduled"]:
        if infinitive is not None or outlook.when(verb) is not None:
            return Cue("planned", 0.85, tuple(conjuncts(verb.head)), agentless=True)  # "a rally set for May"
    if in_passive(verb):
        return _dated(outlook, verb, who)
    near = infinitive is not None and not things and infinitive.i - verb.i < 5
    if near and lemma in words["oblige"] and not past:
        if any(t.lemma_.lower() in words["papers"] for t in who):
            return Cue("proposed", 0.65, (), agentless=True)
        return _by_subject(outlook, infinitive or verb, "proposed", 0.5, who)  # "still has to sign"
    if near and lemma == "go" and progressive and not past:
        return _by_subject(outlook, infinitive or verb, "planned", 0.8, who)  # "is going to sue"
    if lemma in {"stand", "remain"} and infinitive is not None and infinitive.i - verb.i < 6:
        if any(t.lower_ in words["ready"] for t in outlook.doc[verb.i + 1 : infinitive.i]):
            return Cue("proposed", 0.65, who)
    if lemma in words["agree"] and infinitive is not None:
        return Cue("agreed", 0.85, who, whole=short)
    if lemma in words["threaten"] and (infinitive is not None or things):
        return Cue("conditional", 0.75, who, whole=short)
    if lemma in words["plan"] and (infinitive is not None or is_act(things)) and not (past and progressive):
        return Cue("planned", {"seek": 0.48, "decide": 0.48}.get(lemma, 0.8), who, whole=short)
    if lemma in words["offer"]:
        if (
            infinitive is not None
            or (lemma == "propose" and (things or content is not None))
            or (lemma == "offer" and is_act(things))
        ):
            return Cue("proposed", 0.65 if lemma in {"offer", "propose"} else 0.45, who, whole=short)
    if lemma in words["demand"]:
        found = _demanded(outlook, verb, lemma, infinitive, content, things, short)
        if found is not None:
            return found
    if lemma in words["table"] and any(t.lemma_.lower() in words["papers"] for t in things):
        return Cue("proposed", 0.6, who, whole=short)
    if (
        lemma in words["found"]
        and infinitive is not None
        and any(t.lemma_.lower() in words["bodies"] for t in things)
    ):
        return Cue("planned", 0.6, tuple(t for o in things for t in conjuncts(o)), whole=short, asks=True)
    if lemma == "give" and infinitive is not None and (when := outlook.when(verb)) is not None and when.iso:
        given = tuple(t for o in things if not outlook.dated(o) for t in conjuncts(o))
        return Cue("planned", 0.7, given, whole=short)  # "gave them 30 days to reply"
    if lemma in words["order"] and infinitive is not None and things:
        return Cue("planned", 0.65, tuple(t for o in things for t in conjuncts(o)), whole=short)
    if lemma in {"require", "need"} and any(t.lemma_.lower() in words["approvals"] for t in things):
        by = [t for o in things for p, t in prepositional(o) if p in {"by", "of", "from"}]
        return Cue("proposed", 0.75, tuple(t for b in by for t in conjuncts(b)), agentless=True)
    if (
        progressive
        and lemma in words["consider"]
        and (things or infinitive is not None or content is not None or _wh(verb))
    ):
        return Cue("possible", 0.65, who)
    if progressive and (lemma in words["prepare"] or (lemma == "work" and "on" in _phrases(verb))):
        idle = lemma == "draw" and not any(c.lower_ == "up" for c in verb.children)  # "is drawing criticism"
        if not past and not idle:
            return Cue("planned", 0.75, who)
    if lemma in words["expect"]:
        if infinitive is not None and not things and own_subject(infinitive) is None:
            return Cue("planned", 0.75, who)  # "expects to report"
        if outlook.when(verb) is not None:
            return Cue("possible", 0.6, tuple(t for o in things for t in conjuncts(o)) or who, agentless=True)
    return _dated(outlook, verb, who)


def _by_predicate(
    outlook: Outlook, verb: Token, word: str, infinitive: Token | None, who: tuple[Token, ...]
) -> Cue | None:
    """ "is due to", "was scheduled for", "are ready to", "has been ordered to"."""
    words = step_words()
    if word in {"likely", "unlikely"} and any(t.lower_ in words["gatherings"] for t in who):
        return Cue("possible", 0.65, (), agentless=True)  # "A ruling is unlikely before May"
    if word in words["scheduled"] and (infinitive is not None or outlook.when(verb) is not None):
        return Cue("planned", 0.9, who, agentless=True)
    if word in words["expected"] and (infinitive is not None or outlook.when(verb) is not None):
        likely = word in {"likely", "unlikely"}
        by = agent(infinitive) if infinitive is not None else None
        who = tuple(conjuncts(by)) if by is not None else who  # "is expected to be filed by"
        still = infinitive is not None and infinitive.lemma_ in words["states"]  # "is likely to be"
        worth = (0.6 if likely else 0.8) * (0.7 if still else 1.0)
        return Cue("possible" if likely else "planned", worth, who, agentless=True)
    if word in words["ready"] and infinitive is not None:
        return Cue("proposed", 0.48, who)
    if word in words["ordered"] and infinitive is not None:
        return Cue("planned", 0.6, who)
    if word in words["asked"] and infinitive is not None:
        return Cue("proposed", 0.6, who)
    return _dated(outlook, verb, who)


def _demanded(
    outlook: Outlook,
    verb: Token,
    lemma: str,
    infinitive: Token | None,
    content: Token | None,
    things: list[Token],
    short: bool,
) -> Cue | None:
    """ "urged Y to", "called on Y to", "called for talks", "demanded that Y"."""
    phrases = _phrases(verb)
    progressive = any(c.lower_ in _BE for c in verb.children)
    if (verb.tag_ == "VBN" and verb.dep_ == "advcl") or (verb.tag_ == "VBG" and not progressive):
        return None  # "Asked whether", "asking prosecutors to": no act of asking now
    who = actors(verb)
    goal = infinitive if infinitive is not None else content
    asked_for = outlook.doc[verb.i + 1 : max(verb.i + 1, goal.i if goal is not None else 0)]
    if lemma == "ask" and any(t.lower_ in _ASKING or t.lemma_ == "question" for t in asked_for):
        return None  # "asked whether"
    if infinitive is not None:
        other = own_subject(infinitive)
        asked = (
            things
            or [phrases[p] for p in ("on", "upon", "to", "for") if p in phrases]
            or ([other] if other is not None else [])
        )
        if asked or lemma in {"ask", "demand"}:
            return Cue("proposed", 0.7, tuple(t for a in asked for t in conjuncts(a)), whole=short, asks=True)
    if lemma in {"call", "appeal", "plead", "press", "push", "ask"} and "for" in phrases:
        if is_act([phrases["for"]]) or _be_or_passive(phrases["for"]):
            return Cue("proposed", 0.65, (*who, *parties(phrases["for"])), whole=short, asks=True)
    if content is not None and lemma in {"demand", "recommend", "ask", "urge"}:
        return Cue("proposed", 0.65, actors(content), whole=short, asks=True)
    if lemma in {"demand", "urge", "recommend", "request"} and is_act(things):
        return Cue("proposed", 0.6, who, whole=short, asks=True)
    return None


def _dated(outlook: Outlook, verb: Token, who: tuple[Token, ...]) -> Cue | None:
    """A clause of the present with a date ahead: "takes effect on Jan. 1", "has until July 31 to reply"."""
    when = outlook.when(verb)
    if when is None or when.iso is None or when.grain == "year" or period(when.iso)[1] < outlook.reference:
        return None
    if period(when.iso)[0] <= outlook.reference and when.grain == "month":
        return None
    if verb.lemma_ in lexicon.cues().speech or (verb.dep_ == "conj" and subject(verb) is None):
        return None  # "says on Friday"; "that begins on Monday and ends in June" is one clause
    now = tense(verb)
    if now == "present" and not (
        when.iso == outlook.reference.isoformat()
        and re.search(r"today|\d", outlook.doc.text[when.start : when.end], re.IGNORECASE)
    ):
        if verb.lemma_ == "have" and when.core == when.start and when.lead == "":
            return Cue("possible", 0.75, who)
        fixed = when.lead not in {"by", "within", "before"}
        whole = not long_subject(verb, 12)
        return Cue("scheduled" if fixed else "planned", 0.75, who, whole=whole, agentless=True)
    if now == "past" and verb.lemma_ in step_words()["announce"]:
        return Cue("planned", 0.75, who, whole=not long_subject(verb), agentless=True)
    return None


def actors(verb: Token) -> tuple[Token, ...]:
    """The heads of a clause's subject; of "who" and "which", what they stand for."""
    who = subject(verb)
    if who is None:
        stray = _stray_subject(verb)
        return () if stray is None else (stray,)
    if who.lower_ in {"who", "which", "that"}:
        stands_for = verb.head if verb.dep_ in RELATIVE else antecedent(who)
        who = who if stands_for is None else stands_for
    return tuple(conjuncts(who))


def _stray_subject(verb: Token) -> Token | None:
    """The pronoun before a verb's auxiliary that the parse has hung elsewhere: "said he would ask"."""
    helpers = auxiliaries(verb)
    first = min((t.i for t in helpers), default=0)
    before = verb.doc[first - 1] if first > verb.sent.start else None
    return before if before is not None and before.tag_ == "PRP" and before.dep_ in SUBJECTS else None


def parties(act: Token) -> tuple[Token, ...]:
    """Who would take part in an act that is called for ("a meeting with …", "talks between …")."""
    return tuple(
        t
        for p, head in prepositional(act)
        if p in {"with", "between", "among", "by"}
        for t in conjuncts(head)
    )


def is_act(things: Sequence[Token]) -> bool:
    """Whether one of these nouns is a concrete act ("sanctions", "a meeting")."""
    words = step_words()
    return any(
        t.lower_ in words["acts"] or t.lemma_.lower() in words["acts"] or t.lower_ in words["gatherings"]
        for thing in things
        for t in conjuncts(thing)
    )


def wanted_act(noun: Token) -> Token | None:
    """The act that a noun is for ("calls by both for a full truce"), found by its place."""
    following = noun.doc[noun.i + 1 : min(noun.i + 16, noun.sent.end)]
    here = next((t.i for t in following if t.lower_ == "for"), None)
    if here is None or any(t.tag_ in FINITE or t.text == ";" for t in noun.doc[noun.i + 1 : here]):
        return None
    for token in noun.doc[here + 1 : min(here + 13, noun.sent.end)]:
        if token.pos_ == "NOUN" and is_act([token]):
            return token
        if token.pos_ == "VERB" or (token.is_punct and token.text != "-"):
            return None
    return None


def in_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, whatever the parser calls its subject: "had agreed" is not."""
    helpers = {c.lower_ for c in auxiliaries(verb)}
    return passive(verb) and not (helpers & {"had", "has", "have", "'ve", "’ve"} and not helpers & _BE)


def _phrases(verb: Token) -> dict[str, Token]:
    """A verb's prepositions and the heads of their phrases; "called for a meeting", too, where the parser
    takes the preposition for a particle."""
    found = dict(prepositional(verb))
    for particle in verb.children:
        if particle.i > verb.i and particle.tag_ in {"IN", "RP"} and particle.lower_ not in found:
            head = next(
                (c for c in verb.children if c.i > particle.i and c.pos_ in {"NOUN", "PROPN", "PRON"}), None
            )
            if head is not None:
                found[particle.lower_] = head
    return found


def infinitive_of(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in verb.children)


def _be_to(verb: Token) -> bool:
    """Whether a verb is the infinitive of "is to", with "is" as its auxiliary; "if they were to" is none."""
    if verb.dep_ in {"advcl", "conj"} and any(c.lower_ == "were" for c in verb.children):
        return False
    if any(c.lower_ == "for" and c.dep_ in {"mark", "case"} for c in verb.children):
        return False  # "one demand was for the mayor to resign"
    return (
        infinitive_of(verb)
        and any(c.lower_ in _BE and c.i < verb.i for c in verb.children)
        and verb.tag_ == "VB"
    )


def _be_or_passive(token: Token) -> bool:
    """Whether what is called for is an infinitive ("called for the bridges to be closed")."""
    return any(infinitive_of(c) for c in token.children)


def complement(verb: Token) -> Token | None:
    """The infinitive that completes a verb, on it or, as parsers have it, on its object: "asked her to"."""
    for child in verb.children:
        if (
            child.i > verb.i
            and infinitive_of(child)
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
        if token.tag_ in FINITE or token.text in {";", ":", '"', "“", "”"}:
            return None
    return None


def _wh(verb: Token) -> bool:
    return any(t.lower_ in {"whether", "how"} for t in verb.doc[verb.i + 1 : verb.i + 3])
