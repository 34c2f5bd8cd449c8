"""What an actor wants of what it talks about: the stance of a cue, and of the words that are said.

A committed lexicon (lexicon/stance.toml): an editor can see why a line came out as it did, and mend the
list. Where its words are silent or disagree about a statement, `stance_model` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from generator.analysis import lexicon, syntax
from generator.analysis.lexicon import base
from generator.analysis.model import STANCES, Stance

# "They will build it, like it or not" refuses nothing.
_EITHER_WAY = re.compile(r"\bor not\b", re.IGNORECASE)
_PARTICLES = {"compound:prt", "prt"}
# Where the evidence is even, the stance that a reader can least do without comes first.
_ORDER: tuple[Stance, ...] = ("demands", "warns", "opposes", "offers", "supports", "expects")


@cache
def _verbs(table: str) -> dict[str, Stance]:
    """Verb, or verb with its preposition, to stance."""
    listed = lexicon.read("stance")[table]
    return {entry: stance for stance in STANCES for entry in listed[stance]}


@cache
def _bare(table: str) -> frozenset[str]:
    return frozenset(entry.split()[0] for entry in _verbs(table))


@cache
def _patterns() -> tuple[tuple[Stance, re.Pattern[str], re.Pattern[str]], ...]:
    """For each stance, the pattern of its phrases and that of its single words."""
    listed = lexicon.read("stance")["words"]
    return tuple(
        (
            stance,
            _alternatives(w for w in listed[stance] if " " in w),
            _alternatives(w for w in listed[stance] if " " not in w),
        )
        for stance in STANCES
    )


@cache
def _acts(name: str) -> re.Pattern[str]:
    return _alternatives(lexicon.read("stance")["acts"][name])


def _alternatives(words: Iterable[str]) -> re.Pattern[str]:
    forms = [re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) for word in words]
    return re.compile(
        r"(?<!\w)(?:" + "|".join(sorted(forms, key=lambda f: (-len(f), f))) + r")(?!\w)", re.IGNORECASE
    )


def narrated_stance(verb: Token) -> Stance | None:
    """The stance that a verb tells of its subject ("rejected", "called for"), None where it tells none."""
    lemma = base(verb)
    if lemma not in _bare("narrated"):
        return None
    listed = _verbs("narrated")
    for word in _companions(verb):
        stance = listed.get(f"{lemma} {word}")
        if stance is not None:
            return stance
    return listed.get(lemma)


def _companions(verb: Token) -> list[str]:
    """The prepositions, particles and "to" that go with a verb, the nearest first."""
    found = []
    # "Called them on it" demands nothing: what is called for stands right behind.
    apart = base(verb) == "call" and bool(syntax.objects(verb))
    for child in verb.children:
        if child.i < verb.i or apart:
            continue
        if child.dep_ in _PARTICLES or child.dep_ == "prep":
            found.append(child.lower_)
        elif child.dep_ in {"xcomp", "ccomp"}:
            found += [c.lower_ for c in child.children if c.tag_ == "TO"]
        elif child.dep_ in syntax.PREPOSITIONAL or child.dep_ == "advcl":
            found += [c.lower_ for c in child.children if c.dep_ in {"case", "mark"}]
    following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    if following is not None and following.tag_ in {"IN", "RP", "TO"}:
        found.insert(0, following.lower_)
        beyond = verb.doc[verb.i + 2] if verb.i + 2 < len(verb.doc) else None
        if beyond is not None and beyond.tag_ in {"IN", "RP"}:
            found.insert(0, f"{following.lower_} {beyond.lower_}")
    return found


def governs(verb: Token, preposition: Token) -> bool:
    """Whether a verb tells its stance only with this preposition: "called *for* a meeting"."""
    return preposition.i == verb.i + 1 and f"{base(verb)} {preposition.lower_}" in _verbs("narrated")


def clause_stance(lemma: str) -> Stance | None:
    """The stance that a reporting verb lends to the clause it reports ("warned that …")."""
    return _verbs("clause").get(lemma)


def noun_stance(lemma: str) -> Stance | None:
    """The stance of a noun that names an act of its holder ("the demand", "a critic of")."""
    return _verbs("nouns").get(lemma)


def worded_stance(text: str) -> tuple[Stance | None, float]:
    """The stance that the words of a statement show, and how much of the evidence points to it (0..1).

    A phrase counts twice, and its words no more: in "we do not want a war", "want" demands nothing.
    """
    text = text.replace("’", "'")
    counts: dict[Stance, int] = {}
    for stance, phrases, _ in _patterns():
        counts[stance] = 2 * len(phrases.findall(text))
        if counts[stance]:
            text = phrases.sub(" ", text)
    for stance, _, words in _patterns():
        counts[stance] += len(words.findall(text))
    total = sum(counts.values())
    if not total:
        return None, 0.0
    best = max(_ORDER, key=lambda stance: (counts[stance], -_ORDER.index(stance)))
    return best, counts[best] / total


def act_stance(text: str) -> Stance:
    """The stance of announcing an act of one's own: a threat, a refusal, else an offer."""
    if _acts("refusing").search(_EITHER_WAY.sub(" ", text)):
        return "opposes"
    return "warns" if _acts("hostile").search(text) else "offers"
