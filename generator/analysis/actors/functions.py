"""What a mention does in its clause: whether it acts, is acted on, or merely stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from generator.analysis.actors.forms import Mention
from generator.analysis.actors.geography import atlas, key
from generator.analysis.actors.layout import Page
from generator.analysis.actors.vocabulary import DEATHS, GOVERNMENT, PREPOSITIONS, words
from generator.analysis.syntax import FINITE, OBJECTS, PASSIVE_SUBJECTS, SUBJECTS

if TYPE_CHECKING:
    from generator.analysis.actors.naming import Entity


def head(page: Page, mention: Mention) -> Token:
    """The token of a mention (its title included) that the rest of it hangs on."""
    first = mention.title[0] if mention.title else mention.start
    for i in range(first, mention.end):
        outer = page.doc[i].head.i
        if outer < first or outer >= mention.end or outer == i:
            return page.doc[i]
    return page.doc[mention.end - 1]


def clause_head(page: Page, mention: Mention) -> Token:
    """The token by which a mention hangs in its clause: past appositions and coordination to the noun it
    shares a function with ("The Homeland leader, *Radko Moll*, ruled out …")."""
    token = head(page, mention)
    for _ in range(4):
        if (
            token.dep_ in {"conj", "appos", "flat", "nmod:desc"}
            and token.head.i != token.i
            and token.head.tag_[:1] in "NP"
        ):
            token = token.head
        else:
            break
    return token


def acts(page: Page, mention: Mention) -> bool:
    """Whether a mention is the subject of a finite verb, by the parse or by standing right before one."""
    if _governor(page, mention.title[0] if mention.title else mention.start) in PREPOSITIONS:
        return False
    token = clause_head(page, mention)
    if token.dep_ in SUBJECTS - PASSIVE_SUBJECTS:
        return True
    if token.dep_ in PASSIVE_SUBJECTS:
        return False
    k = mention.end
    n = len(page.words)
    while k < n and (page.words[k] in {" ", "  "} or page.tags[k] == "RB"):
        k += 1
    if k < n and page.tags[k] in FINITE and not page.capital[k]:
        return not (
            k + 1 < n
            and page.tags[k] in {"VBD", "VBZ", "VBP"}
            and page.lower[k] in {"was", "were", "is", "are", "been", "be"}
            and page.tags[k + 1] == "VBN"
        )
    if (
        k + 1 < n
        and page.lower[k] == "and"
        and page.capital[k + 1]
        and token.dep_ in {"nmod", "obl", "ROOT", "dep", "compound", "advcl"}
    ):
        k += 1
        while k < n and (page.capital[k] or page.lower[k] == "the"):
            k += 1
        return k < n and page.tags[k] in FINITE
    return False


def _governor(page: Page, first: int) -> str:
    """The lower-case word that a name follows, past articles, honorifics, and names joined to it by "and"."""
    k = first - 1
    while k >= 0:
        word = page.lower[k]
        if word in {"the", "mr", "mr.", "ms", "ms.", "mrs", "mrs.", "dr", "dr."}:
            k -= 1
        elif word in {"and", "or"} and page.capital[k - 1]:
            k -= 1
            while k >= 0 and page.capital[k] and not page.first[k]:
                k -= 1
        else:
            return word
    return ""


WEIGHTS = {"subject": 1.0, "object": 0.6, "oblique": 0.4, "possessor": 0.2, "other": 0.1, "nothing": 0.0}


def function_of(page: Page, mention: Mention, entity: Entity) -> str:
    """What a mention does in its clause: subject, object, oblique, possessor, other, or nothing at all."""
    token = clause_head(page, mention)
    first = mention.title[0] if mention.title else mention.start
    before = page.lower[first - 1] if first else ""
    if before == "the" and first > 1:
        before = page.lower[first - 2]
    following = page.lower[mention.end] if mention.end < len(page.words) else ""
    if following in {"'s", "’s"}:
        return "possessor"
    if (
        entity.kind == "state"
        and key(mention.text) in atlas().adjectives
        and key(mention.text) not in atlas().people
    ):
        return "subject" if following in GOVERNMENT and page.doc[mention.end].dep_ in SUBJECTS else "nothing"
    if (following in {"administration", "era"} and entity.kind == "person") or before == "late":
        return "nothing"
    if DEATHS & set(page.lower[max(first - 3, 0) : first]) and "of" in page.lower[max(first - 3, 0) : first]:
        return "nothing"
    if before == "on" and token.head.lemma_ in {"serve", "sit", "work"}:
        return "nothing"  # "who has served on the Intelligence Committee"
    if acts(page, mention):
        return "subject"
    if (
        entity.kind == "state"
        and (before in {"of", "and"} or page.words[first - 1 : first] == [","])
        and _led(page, first)
    ):
        return "subject"
    if before == "by":
        return "subject" if token.head.tag_ in {"VBN", "VBD"} else "oblique"
    if before in {
        "in",
        "at",
        "near",
        "across",
        "outside",
        "inside",
        "throughout",
        "around",
        "into",
        "through",
    }:
        return "nothing"
    if before == "of" and _belongs(page, first):
        return "nothing"  # "Priya Castellan of Dunmore Research"
    if token.dep_ in PASSIVE_SUBJECTS or token.dep_ in OBJECTS:
        return "object"
    if before in {
        "with",
        "against",
        "to",
        "on",
        "for",
        "from",
        "between",
        "toward",
        "towards",
        "upon",
        "urged",
    }:
        return "oblique"
    if token.dep_ in {"compound", "amod", "nmod", "nmod:poss", "poss"}:
        return "possessor" if token.dep_ == "nmod" else "other"
    if token.dep_ == "ROOT":
        return "object"
    return "other"


def _belongs(page: Page, first: int) -> bool:
    """Whether "of" before a body's name follows a person's name: it says where they belong."""
    k = first - 1
    while k > 0 and page.lower[k] in {"of", "the"}:
        k -= 1
    return page.capital[k] and page.tags[k] in {"NNP", "NNPS", "NN"} and page.words[k] not in words().bodies


def _led(page: Page, i: int) -> bool:
    """Whether a state at token i stands in "the leaders of Poland, Germany, and France": the states are
    meant."""
    for k in range(i - 1, max(i - 9, -1), -1):
        if page.lower[k] == "of":
            return page.lower[k - 1] in {
                "leaders",
                "governments",
                "presidents",
                "ministers",
                "representatives",
                "delegations",
                "officials",
            }
        if not page.capital[k] and page.words[k] not in {",", "and", "the"}:
            return False
    return False
