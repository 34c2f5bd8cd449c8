"""What the narration tells of an actor: "has rejected calls for …", "called it a coup", "vetoed the bill".

The position is the verb phrase: the verb with its auxiliaries and complements, without its subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from generator.analysis import syntax
from generator.analysis.lexicon import base, cues
from generator.analysis.model import Stance
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import FLIPPED, Draft, Route
from generator.analysis.positions.holders import actors_of, holder_of
from generator.analysis.positions.phrases import cut_tail, set_off, whole_quotation
from generator.analysis.stances import clause_stance, narrated_stance, worded_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast

WHOLE = frozenset(
    "deny doubt dispute accuse reject oppose dismiss demand require refuse decline question object".split()
)
"""Verbs whose whole phrase is the position even where they take a clause: "denied that …"."""
# Whoever declines to do these takes no position.
_COMMENT = frozenset(
    "comment say respond discuss speak elaborate identify name answer give provide specify detail talk return"
    " disclose reply".split()
)


def find_narrated(narration: Narration, cast: Cast) -> Iterator[Draft]:
    """A draft for each holder of each act that the narration tells, with the stance that its verb tells."""
    for token in narration.doc:
        if (
            not token.tag_.startswith("VB")
            or narration.inside[token.i] >= 0
            or token.dep_ in syntax.AUXILIARIES
            or declines_comment(token)
            or not asserted(token)
            or (base(token) not in WHOLE and finite_complement(token) is not None)
        ):
            continue
        passive = syntax.passive(token) or reduced(token)
        holder = syntax.agent(token) if passive else holder_of(token)
        if holder is None:
            continue
        named = naming_stance(token) if narrated_stance(token) is None else None
        stance = narrated_stance(token) or named
        signs = tuple(_signs(token, stance, passive=passive))
        if stance is not None and syntax.negated(token):
            stance = FLIPPED[stance]
        start, end = _verb_phrase(narration, token)
        if named is not None:
            end = _name_end(narration, end)
        who = syntax.subject(token)
        if passive and who is not None and who.i < token.i:
            start = min(start, who.left_edge.i)
        if end - start >= 2:
            route: Route = "told" if stance is not None else "did"
            for rank, (actor, text) in enumerate(actors_of(narration, cast, holder)):
                yield Draft(actor, text, stance, start, end, token.i, route, signs, rank=rank)


def _signs(verb: Token, stance: Stance | None, *, passive: bool) -> Iterator[str]:
    """How an act is told: by which verb, in what clause, with what complement, as a fact or not."""
    yield f"verb {base(verb)}"
    yield f"tells {stance}"
    node = verb
    while node.dep_ in {"conj", "xcomp"} and node.head.i != node.i:
        node = node.head
    yield f"clause {node.dep_}"
    yield f"form {verb.tag_}"
    modal = syntax.modal(verb)
    if modal is not None:
        yield f"told {modal}"
    if passive:
        yield "reduced" if reduced(verb) else "passive"
    if finite_complement(verb) is not None:
        yield "takes clause"


def reduced(verb: Token) -> bool:
    """Whether a participle without an auxiliary is a passive: "a town *shunned* by it", "*Asked* why, …"."""
    return (
        verb.tag_ in {"VBN", "VBD", "VBG"}
        and not verb.lower_.endswith("ing")
        and verb.dep_ in {"acl", "advcl"}
        and not syntax.auxiliaries(verb)
        and not any(c.dep_ in syntax.SUBJECTS or c.dep_ == "mark" for c in verb.children)
    )


def naming_stance(verb: Token) -> Stance | None:
    """The stance of calling a thing a name ("called the report a coup"), by the words of the name."""
    if base(verb) not in {
        "call",
        "brand",
        "label",
        "dub",
        "describe",
        "characterize",
        "characterise",
        "portray",
        "term",
    }:
        return None
    objects = [
        c for c in verb.children if c.i > verb.i and c.dep_ in {*syntax.OBJECTS, "xcomp", "oprd", "ccomp"}
    ]
    named = (
        len(objects) > 1
        or any(c.lower_ == "as" for c in verb.children)
        or any(p == "as" for p, _ in syntax.prepositional(verb))
    )
    if not named and not _named_beside(verb, objects):
        return None
    worded, _ = worded_stance(verb.doc[verb.i + 1 : verb.right_edge.i + 1].text)
    return worded if worded in {"supports", "warns"} else "opposes"


def _named_beside(verb: Token, objects: list[Token]) -> bool:
    """Whether a name stands right behind the thing that is called it: "called the citation a ploy"."""
    if not objects:
        return False
    end = syntax.noun_phrase(objects[0], coordinated=True)[1]
    while end < len(verb.doc) and verb.doc[end].is_quote:
        end += 1
    return end < len(verb.doc) and verb.doc[end].lower_ in {"a", "an"}


def _name_end(narration: Narration, end: int) -> int:
    """The end of the name that a thing is given, where the phrase before it stops short of it."""
    doc = narration.doc
    at = end
    while at < len(doc) and doc[at].is_quote:
        at += 1
    if at < len(doc) - 1 and doc[at].lower_ in {"a", "an"} and doc[at].head.i > at:
        return whole_quotation(narration, end - 1, doc[at].head.right_edge.i + 1)
    return end


def asserted(verb: Token) -> bool:
    """Whether a verb is told as a fact: no condition, no possibility, no complement of another stance."""
    if syntax.modal(verb) in {"could", "might", "may", "can", "should", "must", "would"}:
        return False
    if verb.tag_ == "VB" and not any(
        c.tag_ in {"MD", "VBD", "VBZ", "VBP"} for c in verb.children if c.i < verb.i
    ):
        return False
    node = verb
    for _ in range(4):
        if node.dep_ == "xcomp" and node.head.i != node.i:
            governor = node.head
            if narrated_stance(governor) is not None or base(governor) in cues().thought:
                return False
        if node.dep_ == "advcl" and any(
            c.lower_ in {"if", "unless", "whether"} for c in node.children if c.dep_ == "mark"
        ):
            return False
        if node.dep_ not in {"xcomp", "conj"}:
            break
        node = node.head
    return True


def finite_complement(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i:
            finite = child.tag_ in {"VBD", "VBZ", "VBP"} or any(
                c.tag_ in syntax.FINITE for c in child.children
            )
            if finite or any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children):
                return child
    # "warned that …", where the parse has lost the clause.
    following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    if (
        following is not None
        and following.lower_ == "that"
        and following.tag_ == "IN"
        and clause_stance(base(verb)) is not None
    ):
        return following
    return None


def declines_comment(verb: Token) -> bool:
    return base(verb) in {"decline", "refuse"} and any(
        base(c) in _COMMENT or c.lower_ == "identified" for c in verb.children if c.i > verb.i
    )


def _verb_phrase(narration: Narration, verb: Token) -> tuple[int, int]:
    """A verb with its auxiliaries and complements, without the clauses that tell when, why and meanwhile."""
    doc = narration.doc
    start, end = verb.i, verb.i + 1
    while (
        start > 0
        and doc[start - 1].head.i == verb.i
        and (
            doc[start - 1].dep_ in syntax.AUXILIARIES
            or doc[start - 1].pos_ in {"AUX", "PART", "ADV"}
            or doc[start - 1].dep_ in {"advmod", "neg"}
        )
    ):
        start -= 1
    sentence = narration.sentence_at(verb.i)
    for child in verb.children:
        if child.dep_ == "conj" and child.i > verb.i and _nonfinite(child) and child.left_edge.i <= end + 2:
            end = max(end, min(child.right_edge.i + 1, sentence.end))
        if (
            child.i < verb.i
            or child.is_punct
            or child.dep_ in {"cc", "conj", "parataxis", "punct", "nsubj", "dep"}
        ):
            continue
        comma = set_off(doc, child.left_edge.i)
        if child.dep_ in {"advcl", "acl"} and (
            comma
            or child.left_edge.lower_
            not in {
                "to",
                "of",
                "for",
                "from",
                "in",
                "by",
                "against",
                "as",
                "with",
                "on",
                "about",
                "over",
                "into",
            }
        ):
            continue
        if child.dep_ in {"obl", "prep", "advmod"} and comma and child.i > end + 1:
            continue
        end = max(end, min(child.right_edge.i + 1, sentence.end))
    return max(start, sentence.start), whole_quotation(
        narration, start, cut_tail(narration, start, end, verb.i)
    )


def _nonfinite(token: Token) -> bool:
    """Whether what is coordinated with a verb is no second verb of the same subject."""
    if token.tag_ in syntax.FINITE or any(
        c.dep_ in {*syntax.SUBJECTS, *syntax.AUXILIARIES, "cop"} for c in token.children
    ):
        return False
    return token.pos_ in {"NOUN", "PROPN"} or token.tag_ == "VB"
