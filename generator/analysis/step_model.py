"""How probable it is that a clause tells a next step: a linear model over features that a reader can name.

The weights are learnt by `python -m training.weights` from annotated news (training/steps.py). Features are
forms, functions, classes of the lexicon and places in the article, and the commonest verbs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from spacy.tokens import Token

from generator.analysis.clauses import own_subject
from generator.analysis.dates import TimeExpression, period
from generator.analysis.lexicon import cues
from generator.analysis.linear import graded, weights
from generator.analysis.outlook import Outlook
from generator.analysis.step_cues import Cue, complement, in_passive, infinitive_of, step_words
from generator.analysis.syntax import RELATIVE, auxiliaries, modal, negated, objects, prepositional, subject
from generator.analysis.tense import clause, tense

STEP, OTHER = "step", "other"
LABELS = (STEP, OTHER)

TRUST = 1.5
"""Log-odds that the rules' own worth adds for each fifth above 0.4: the articles learnt from are of few
outlets, and of 0 to 3 the values around this served others best."""

_VERBS = (
    "agree plan oblige offer demand order threaten consider expect prepare table found announce states deeds"
    " forecasts"
).split()
_NOUNS = "gatherings acts papers bodies approvals agents nouns delegates".split()
_PERSONS = frozenset("i we you it that which this there they who".split())
_DETERMINERS = frozenset(
    "the a an any no some this these that his her their its my our many every all each".split()
)
_TELLING = frozenset(
    "ahead upcoming next plan plans proposal bill deadline future soon until before later expected scheduled"
    " possible possibly likely perhaps never if would will new more vote election today now still yet again"
    " not voters people".split()
)
_CONCEDING = frozenset({"although", "though"})  # "though they may yet strike"
_SUBORDINATE = frozenset("if unless provided should lest when because as although though so than".split())
_RULES = (0.1, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)
_DAYS = (1, 8, 32, 180, 400, 1000)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a clause when it is judged; `rule` is the worth that the rules give it (0..1)."""

    cue: Cue | None
    rule: float
    when: TimeExpression | None
    conditional: bool
    owners: Sequence[str]
    kinds: Sequence[str]
    """The kinds of the owners."""


def judge(features: Sequence[str], rule: float, name: str = "steps") -> float:
    """How probable it is that a clause with these features is a next step (0..1).

    `rule` is the worth that the rules give it, `name` that of the weights.
    """
    odds = _odds(weights(name).shares(features)[0], 1e-5) + TRUST * min(max((rule - 0.4) / 0.2, 0.0), 1.5)
    return round(1 / (1 + exp(-odds)), 3)


def _odds(share: float, least: float) -> float:
    """The log-odds of a share that is held away from 0 and 1."""
    share = min(max(share, least), 1 - least)
    return log(share / (1 - share))


def features(outlook: Outlook, verb: Token, told: Told) -> list[str]:
    """The features of a clause, each once, in the order in which they are met."""
    found = [
        *_form(verb),
        *_subject(outlook, verb),
        *_cue(told),
        *_governor(verb),
        *_completed(verb),
        *_time(outlook, verb, told),
        *_speech(outlook, verb, told),
        *_place(outlook, verb),
    ]
    return list(dict.fromkeys(found))


def noun_features(outlook: Outlook, noun: Token, rule: float) -> list[str]:
    """The features of a noun for a plan or demand ("a threat to leave"), each once."""
    found = ["noun phrase", f"noun phrase {noun.lemma_.lower()}", f"noun phrase {noun.dep_.split(':')[0]}"]
    found += graded("noun phrase rule", rule, (0.3, 0.4, 0.5, 0.6))
    holder = clause(noun)
    if holder is not None:
        found.append(f"noun phrase {tense(holder)}")
        found += [f"noun phrase under {name}" for name in verb_classes(holder.lemma_.lower())]
    if outlook.in_quote(noun.idx):
        found.append("noun phrase quoted")
    return found


def verb_classes(lemma: str) -> list[str]:
    """The lists of the lexicons that a verb is in."""
    listed, told = step_words(), cues()
    found = [name for name in _VERBS if lemma in listed[name]]
    reporting = {"speech": told.speech, "thought": told.thought, "evidence": told.evidence}
    return [*found, *(name for name, verbs in reporting.items() if lemma in verbs)]


def _noun_classes(noun: Token) -> list[str]:
    listed = step_words()
    forms = {noun.lower_, noun.lemma_.lower()}
    return [name for name in _NOUNS if forms & listed[name]]


def _form(verb: Token) -> Iterator[str]:
    """Tense, voice, modality, and the class of the verb."""
    helper, now, lemma = modal(verb), tense(verb), verb.lemma_.lower()
    helpers = {c.lower_ for c in auxiliaries(verb)}
    yield f"tense {now}"
    yield f"tag {verb.tag_}"
    yield "dep rel" if verb.dep_ in RELATIVE else f"dep {verb.dep_.split(':')[0]}"
    if helper:
        yield f"modal {helper}"
    if helpers & {"have", "has", "had", "'ve", "’ve"}:
        yield "perfect had" if "had" in helpers else "perfect"
    if helpers & {"is", "are", "was", "were", "be", "been", "'s", "’s", "'re", "’re"}:
        voice = "passive" if in_passive(verb) else "progressive"
        yield f"{voice} past" if helpers & {"was", "were"} else voice
    if any(c.dep_ == "cop" for c in verb.children):
        yield "copular"
    if negated(verb):
        yield "negated"
        yield f"negated {helper}"
    yield f"verb {lemma}"
    for name in verb_classes(lemma) or ["unlisted"]:
        yield f"verbs {name}"
        yield f"{helper or now} verbs {name}"


def _subject(outlook: Outlook, verb: Token) -> Iterator[str]:
    """Who acts, by form and class."""
    who = subject(verb)
    first = "none"
    for number, kind in enumerate(_subject_kinds(who)):
        first = kind if not number else first
        yield f"subject {kind}"
    if (helper := modal(verb)) is not None:
        yield f"{helper} subject {first}"
    if own_subject(verb) is None:
        yield "no subject of its own"
    if who is not None and outlook.in_quote(verb.idx):
        yield f"quoted subject {first}"


def _subject_kinds(who: Token | None) -> Iterator[str]:
    if who is None:
        yield "none"
        return
    if who.lower_ in {"he", "she"}:
        yield "he"
    elif who.lower_ in _PERSONS:
        yield who.lower_
    elif who.pos_ in {"PRON", "NUM"}:
        yield who.pos_.lower()
    elif who.ent_type_:
        yield f"name {who.ent_type_}"
    else:
        yield "nouns" if who.tag_ == "NNS" else "noun"
        determiner = next(
            (c.lower_ for c in who.children if c.dep_ in {"det", "nmod:poss", "poss"}), "no determiner"
        )
        yield determiner if determiner in _DETERMINERS or " " in determiner else "possessor"
    for name in _noun_classes(who):
        yield f"of {name}"


def _cue(told: Told) -> Iterator[str]:
    """What the rules make of the clause."""
    if told.cue is None:
        return
    yield "cue"
    yield f"cue {told.cue.status}"
    yield f"cue {told.cue.status} {told.cue.worth:.2f}"
    yield from graded("worth", told.cue.worth, (0.5, 0.6, 0.7, 0.8))
    yield from graded("rule", told.rule, _RULES)
    for name in ("asks", "announced", "agentless"):
        if getattr(told.cue, name):
            yield f"cue {name}"
    yield "owner" if told.owners else "no owner"
    for kind in told.kinds[:1]:
        yield f"owner {kind}"


def _governor(verb: Token) -> Iterator[str]:
    """The word that a clause completes: "promised *to resign*", "the plan *to close it*"."""
    governor = verb.head
    if governor.i == verb.i or verb.dep_ not in {"xcomp", "ccomp", "advcl", "acl", "pcomp"}:
        return
    lemma = governor.lemma_.lower()
    yield f"under {verb.dep_}"
    yield f"under {lemma}"
    for name in verb_classes(lemma) or _noun_classes(governor):
        yield f"under {name}"
        yield f"{verb.dep_} under {name}"
    if infinitive_of(verb):
        yield "infinitive"
        yield f"infinitive under {governor.pos_}"
    yield f"under {tense(clause(governor))}"


def _completed(verb: Token) -> Iterator[str]:
    """What completes the verb: infinitives, clauses, objects and phrases, by class."""
    infinitive = complement(verb)
    if infinitive is not None and infinitive.i != verb.i:
        yield "to"
        yield f"to {(verb_classes(infinitive.lemma_.lower()) or ['unlisted'])[0]}"
        for name in verb_classes(verb.lemma_.lower()):
            yield f"{name} to"
    if any(c.dep_ == "ccomp" for c in verb.children):
        yield "clause"
    if slight(verb):
        yield "slight"
    things = objects(verb)
    yield "object" if things else "no object"
    for thing in things[:1]:
        for name in _noun_classes(thing):
            yield f"object of {name}"
        if thing.ent_type_ or thing.pos_ == "PRON":
            yield "object name" if thing.ent_type_ else "object pronoun"
    for preposition, noun in list(prepositional(verb))[:4]:
        yield f"preposition {preposition}"
        for name in _noun_classes(noun):
            yield f"phrase of {name}"


def _time(outlook: Outlook, verb: Token, told: Told) -> Iterator[str]:
    """When, and on what condition."""
    helper, when = modal(verb), told.when
    if told.conditional:
        yield "condition"
        yield f"condition {helper}"
    if outlook.old(verb):
        yield "old"
    if outlook.past_date(verb):
        yield "dated in the past"
    if when is None:
        return
    yield f"when {when.grain if when.iso else 'unresolved'}"
    yield f"when {tense(verb)}"
    if helper:
        yield f"when {helper}"
    if when.attributive:
        yield "when attributive"
    holder = outlook.holder(when)
    yield "when of its own" if holder is not None and holder.i == verb.i else "when below"
    if when.iso is not None:
        yield "dated"
        yield f"dated {when.lead or 'plainly'}"
        yield from graded("days", (period(when.iso)[0] - outlook.reference).days, _DAYS)


def _speech(outlook: Outlook, verb: Token, told: Told) -> Iterator[str]:
    """Whether somebody says it, and who."""
    helper = modal(verb)
    if outlook.in_quote(verb.idx):
        yield "quoted"
        yield f"quoted {helper or tense(verb)}"
    if (said := outlook.said(verb.idx)) is not None:
        yield "said"
        yield f"said {said[1].speech}"
        if said[1].actor is not None:
            yield "said by an actor"
        if said[1].actor in told.owners:
            yield "said by the owner"
            yield f"said by the owner {helper}"
    if (governor := outlook.reporting(verb)) is not None:
        yield "reported"
        yield f"reported {governor.lemma_.lower()}"
        yield f"reported {tense(governor)}"
        for name in verb_classes(governor.lemma_.lower()):
            yield f"reported by {name}"


def _place(outlook: Outlook, verb: Token) -> Iterator[str]:
    """The clause's words and length, and where in the article it stands."""
    for child in verb.children:
        if child.dep_ == "mark" or (
            child.dep_ == "advmod" and child.lower_ in {"when", "where", "how", "why"}
        ):
            yield f"mark {child.lower_}"
        if child.dep_ == "advmod":
            yield f"adverb {child.lower_}"
    if question(verb):
        yield "question"
    if subordinate(verb, modal(verb)):
        yield "subordinate"
    number, last = outlook.paragraph(verb.idx)
    if number < 4:
        yield f"paragraph {min(number, 2)}"
    else:
        yield "paragraph at the end" if number >= last - 1 else "paragraph between"
    within = outlook.doc[verb.left_edge.i : verb.right_edge.i + 1]
    yield from graded("words", len(within) - 1, (4, 7, 10, 15, 20, 30))
    yield from graded("sentence", verb.sent.end - verb.sent.start, (8, 15, 25, 40))
    for word in dict.fromkeys(t.lower_ for t in within):
        if word in _TELLING:
            yield f"has {word}"
    if any(t.ent_type_ for t in within):
        yield "has a name"
    if any(t.like_num for t in within):
        yield "has a number"


def subordinate(verb: Token, helper: str | None) -> bool:
    """Whether a clause only frames another one: a condition, a reason, a time that is past."""
    who = own_subject(verb)
    first = verb if who is None else who.left_edge
    before = first.nbor(-1).lower_ if first.i else ""
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"} | {before}
    if verb.dep_ == "advcl" and marks & (_SUBORDINATE - _CONCEDING if helper else _SUBORDINATE):
        return True
    return bool(marks & ({"before", "until"} if helper else {"after", "when", "since", "because", "while"}))


def slight(verb: Token) -> bool:
    """Whether a verb phrase names nothing concrete ("would pay for it", "will carry that")."""
    if verb.lemma_ in {"do", "go", "act", "try", "solve", "see"}:
        return True
    later = [t for t in verb.doc[verb.i + 1 : verb.right_edge.i + 1] if not t.is_punct and not t.is_space]
    return (
        bool(later) and len(later) < 5 and not any(t.pos_ in {"NOUN", "PROPN", "NUM", "VERB"} for t in later)
    )


def question(verb: Token) -> bool:
    return any(token.text == "?" for token in verb.doc[verb.i : verb.sent.end])
