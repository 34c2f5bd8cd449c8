"""The words that the finder of actors knows, from the lexicon's files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.analysis.lexicon import read

_LISTS = read("names")


def _listed(name: str) -> frozenset[str]:
    """One list of names.toml: words parted by white space, or strings."""
    entry = _LISTS[name]
    return frozenset(entry.split() if isinstance(entry, str) else entry)


PARTICLES = _listed("particles")
ARTICLES = _listed("articles")
SUFFIXES = _listed("suffixes")
COMPOUND = _listed("compound")
TIMES = _listed("times")
NAME_MONTHS = _listed("name_months")
NEVER = _listed("never")
QUANTIFIERS = _listed("openers")
SMALL = _listed("small")
PREPOSITIONS = _listed("prepositions")
IRREGULAR = _listed("irregular_plurals")
CONTINENTS = _listed("world")
OUTLETS = _listed("outlet_nouns")
COLLECTIVE_HEADS = _listed("body_nouns")
SPEECH = _listed("speech")
PRIVATE = _listed("private")
OWNED = _listed("owned")
CARRYING = _listed("carrying")
DOCUMENTS = _listed("documents")
INTERVIEWERS = _listed("interviewers")
APPOINTED = _listed("appointed")
PASSING = _listed("passing")
OFFICES = _listed("offices")
SERVED = _listed("served")
OCCUPIES = _listed("occupies")
KIN = _listed("kin")
GOVERNMENT = _listed("government")
INFORMAL = _listed("informal")
DEATHS = _listed("deaths")
BODY_NOUNS = _listed("common_bodies")
OWNED_BODIES = _listed("owned_bodies")
VAGUE = _listed("vague")
VAGUEST = _listed("vaguest")
COUNTED = _listed("counted")
LIGHT = _listed("light")
SHARES = _listed("shares")
CLAUSAL = _listed("clausal")
ACTING = _listed("acting_groups")
TITLING = _listed("titling")

FUNCTION_TAGS = frozenset(
    "DT IN CC PRP PRP$ WDT WP WP$ WRB EX MD RB RBR RBS TO UH VB VBD VBG VBN VBP VBZ CD PDT POS".split()
)
NAME_TAGS = frozenset({"NNP", "NNPS"})
PERSON_LABELS = frozenset({"PERSON", "PER"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
INITIAL = re.compile(r"^[A-Z]\.?$")
APOSTROPHES = frozenset({"'s", "’s", "'", "’"})
NOUN_TAGS = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "HYPH", "CD", "VBN", "VBG", "POS", "AFX", "FW"}
)


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicons of names, as sets."""

    male: frozenset[str]
    female: frozenset[str]
    honorifics: frozenset[str]
    titles: frozenset[str]
    modifiers: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    weak_titles: frozenset[str]
    parties: frozenset[str]
    party_people: frozenset[str]
    persons: frozenset[str]
    collectives: frozenset[str]
    female_nouns: frozenset[str]
    male_nouns: frozenset[str]
    male_names: frozenset[str]
    female_names: frozenset[str]
    bodies: frozenset[str]
    forms: frozenset[str]
    bare: frozenset[str]
    known: frozenset[str]
    things: frozenset[str]
    outlet_words: frozenset[str]
    outlets: frozenset[str]


@cache
def words() -> Words:
    """The lexicons, read once."""
    people, bodies, given = read("people"), read("organizations"), read("given_names")
    honorifics, titles = people["honorifics"], people["titles"]
    return Words(
        male=frozenset(honorifics["male"]),
        female=frozenset(honorifics["female"]),
        honorifics=frozenset(honorifics["male"] + honorifics["female"] + honorifics["either"]),
        titles=frozenset(titles["heads"]),
        modifiers=frozenset(titles["modifiers"]),
        phrases=tuple(tuple(phrase.split()) for phrase in titles["phrases"]),
        weak_titles=frozenset(titles["weak"]),
        parties=frozenset(titles["parties"]),
        party_people=frozenset(titles["party_people"]),
        persons=frozenset(people["role_nouns"]["nouns"].split()),
        collectives=frozenset(people["role_nouns"]["collectives"].split()),
        female_nouns=frozenset(titles["female"]),
        male_nouns=frozenset(titles["male"]),
        male_names=frozenset(given["male"].split()),
        female_names=frozenset(given["female"].split()),
        bodies=frozenset(bodies["heads"]),
        forms=frozenset(bodies["suffixes"]),
        bare=frozenset(bodies["bare"]),
        known=frozenset(bodies["known"]),
        things=frozenset(bodies["things"]),
        outlet_words=frozenset(bodies["outlet_words"]),
        outlets=frozenset(bodies["outlets"]),
    )
