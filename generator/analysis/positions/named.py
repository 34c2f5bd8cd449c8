"""Stances that a noun names: "Zelda's threats to …", "calls by … for", "a critic of"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from generator.analysis import syntax
from generator.analysis.lexicon import base
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import Draft
from generator.analysis.positions.holders import actors_of
from generator.analysis.stances import noun_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast

# Whoever does this to a stance holds it no more.
_TAKEN_BACK = frozenset("abandon drop end lose pull retract revoke suspend withdraw".split())


def find_named(narration: Narration, cast: Cast) -> Iterator[Draft]:
    """A draft for each holder of a noun that names a stance and says what it is about."""
    doc = narration.doc
    for token in doc:
        if token.pos_ != "NOUN" or narration.inside[token.i] >= 0:
            continue
        stance = noun_stance(token.lemma_.lower())
        if token.dep_ in syntax.OBJECTS and base(token.head) in _TAKEN_BACK:
            stance = "opposes" if stance == "supports" else None
        if stance is None:
            continue
        holder, start = _noun_holder(token)
        content = _noun_content(token)
        if holder is None or content is None:
            continue
        end = content
        signs = (f"verb {token.lemma_.lower()}", f"noun {token.dep_}", f"held {holder.dep_}")
        while doc[start].dep_ in {"case", "mark", "cc", "punct"} and start < token.i:
            start += 1
        for rank, (actor, text) in enumerate(actors_of(narration, cast, holder)):
            yield Draft(actor, text, stance, start, end, token.i, "noun", signs, rank=rank)


def _noun_holder(noun: Token) -> tuple[Token | None, int]:
    """Who holds the stance that a noun names, and the token that its span begins with."""
    for child in noun.children:
        if child.dep_ in syntax.POSSESSIVE or (child.dep_ == "amod" and child.text[0].isupper()):
            return child, noun.left_edge.i
    for preposition, head in syntax.prepositional(noun):
        if preposition in {"by", "from"} and head.i > noun.i:
            return head, noun.left_edge.i
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    if following.lower_ == "by" and following.head.pos_ in syntax.NOMINAL and following.head.i > noun.i:
        return following.head, noun.left_edge.i
    if noun.dep_ in syntax.APPOSITIONS:
        return noun.head, noun.left_edge.i
    if any(c.dep_ == "cop" for c in noun.children):
        cop = next(c for c in noun.children if c.dep_ == "cop")
        who = syntax.subject(noun)
        return (syntax.antecedent(who) if who is not None and who.lower_ in {"who", "which"} else who), cop.i
    if noun.dep_ == "attr":
        return syntax.subject(noun.head), noun.head.i
    return _described_holder(noun)


def _described_holder(noun: Token) -> tuple[Token | None, int]:
    """Who is described by a noun that the parse has hung elsewhere: "Weil, a critic of …"."""
    doc = noun.doc
    left = noun.i
    while left > 0 and (
        doc[left - 1].pos_ in {"ADJ", "DET", "ADV"} or doc[left - 1].lower_ in {"some", "of", "one"}
    ):
        left -= 1
    before = doc[left - 1] if left > 0 else None
    if before is None or left == noun.i:
        return None, noun.i
    if before.text == "," and left >= 2 and doc[left - 2].pos_ == "PROPN":
        name = doc[left - 2]
        return (name.head if name.dep_ in {"flat", "compound"} else name), left
    if before.lower_ in {"is", "are", "was", "were", "been"}:
        start = left - 1
        while start > 0 and doc[start - 1].pos_ in {"AUX", "ADV"}:
            start -= 1
        who = doc[start - 1] if start > 0 else None
        if who is not None and who.lower_ in {"who", "which"}:
            return syntax.antecedent(who), start
        return (who if who is not None and who.pos_ in syntax.NOMINAL else None), start
    return None, noun.i


def _noun_content(noun: Token) -> int | None:
    """The end of what a stance noun is about ("of …", "to …", "that …"), None where it says nothing."""
    ends = [
        child.right_edge.i + 1
        for child in noun.children
        if child.i > noun.i
        and (
            child.dep_ in {"acl", "acl:relcl", "ccomp", "xcomp", "advcl"}
            or (child.dep_ == "prep" and child.lower_ in {"of", "for", "to", "on", "over", "against", "that"})
            or (
                child.dep_ in syntax.PREPOSITIONAL
                and any(
                    c.lower_ in {"of", "for", "to", "on", "over", "against"}
                    for c in child.children
                    if c.dep_ == "case"
                )
            )
        )
    ]
    if not ends:
        holder = next((head for preposition, head in syntax.prepositional(noun) if preposition == "by"), None)
        for i in range(holder.i + 1, min(holder.i + 12, len(noun.doc))) if holder is not None else ():
            if noun.doc[i].tag_ in syntax.FINITE or noun.doc[i].text == ".":
                break
            if noun.doc[i].lower_ in {"for", "to", "that"}:
                return noun.doc[i].head.right_edge.i + 1
    return max(ends) if ends else None
