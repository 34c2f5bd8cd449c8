"""Who holds a position: the subject of a verb, across asides, lists and relative clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from generator.analysis import syntax
from generator.analysis.attributions import author_of
from generator.analysis.model import Attribution
from generator.analysis.narration import Narration

if TYPE_CHECKING:
    from generator.analysis.actors import Cast


def holder_of(verb: Token) -> Token | None:
    """The head of whoever holds a narrated stance: the verb's subject, or that of the verb it depends on."""
    who = syntax.subject(verb)
    if who is None and verb.dep_ in {"advcl", "acl", "parataxis", "dep"} and verb.tag_ != "VBZ":
        who = (
            verb.head
            if verb.dep_ == "acl" and verb.head.pos_ in syntax.NOMINAL
            else syntax.subject(verb.head)
        )
    if who is None and verb.tag_ in {"VBD", "VBN", "VBZ", "VBP"}:
        who = _resumed(verb)
    if who is not None and who.lower_ in {"who", "which", "that"}:
        who = syntax.antecedent(who) or syntax.relative_subject(verb) or who
    return who


def _resumed(verb: Token) -> Token | None:
    """The subject that an aside parts from its verb: "Britain, which has an army, long blocked …"."""
    doc = verb.doc
    i = verb.i - 1
    while i > 0 and doc[i].pos_ in {"ADV", "AUX"}:
        i -= 1
    if i < 3 or doc[i].text not in {",", "–", "—", "--"}:
        return None
    start = verb.sent.start
    for k in range(start, i):
        if doc[k].text == "," and doc[k + 1].lower_ in {"which", "who", "whose", "a", "an", "the"}:
            noun = doc[k - 1] if k > start else None
            return noun if noun is not None and noun.pos_ in {"NOUN", "PROPN"} else None
        if doc[k].tag_ in syntax.FINITE:
            return None
    return None


Holder = tuple[str | None, str]
"""An actor's id, or None for one that the cast does not list, and what the article calls it."""


def actors_of(narration: Narration, cast: Cast, holder: Token) -> list[Holder]:
    """The actors that a noun phrase means, one for each coordinated name, with what they are called."""
    doc = narration.doc
    found: dict[str | None, str] = {}
    for token in syntax.conjuncts(holder):
        start, end = syntax.noun_phrase(token)
        # A list may come as one phrase: "[Ukraine, European nations]".
        end = next((i for i in range(token.i + 1, end) if doc[i].text == ","), end)
        span = syntax.char_span(doc, start, max(end, token.i + 1))
        actor = cast.refer(*span)
        if actor is not None:
            found.setdefault(actor, doc.text[span[0] : span[1]])
    if any(child.dep_ == "conj" for child in holder.children):
        for child in holder.children:
            listed = (
                child.dep_ in {"nmod", "appos"}
                and doc[child.left_edge.i - 1].text == ","
                and not any(c.dep_ == "case" for c in child.children)
            )
            actor = cast.refer(*syntax.char_span(doc, *syntax.noun_phrase(child))) if listed else None
            if actor is not None:
                found.setdefault(actor, child.text)
    return list(found.items()) or _unlisted(narration, cast, holder)


def _unlisted(narration: Narration, cast: Cast, holder: Token) -> list[Holder]:
    """The writer of what holds a view ("the letter"), else a holder that is none of the cast's, by what
    the article calls it; no pronoun."""
    if holder.pos_ not in {"NOUN", "PROPN"} or holder.ent_type_ in {"DATE", "TIME"}:
        return []
    start, end = syntax.noun_phrase(holder)
    low, high = syntax.char_span(narration.doc, start, end)
    return [(author_of(narration, cast, holder), narration.doc.text[low:high])]


def source_actors(narration: Narration, cast: Cast, item: Attribution, low: int, high: int) -> list[Holder]:
    """Whose view it is: each of several coordinated sources, else the source as it was resolved."""
    doc = narration.doc
    roots = [doc[i] for i in range(low, high) if not low <= doc[i].head.i < high or doc[i].head.i == i]
    head = next((t for t in roots if t.pos_ in syntax.NOMINAL), None)
    if head is not None and len(syntax.conjuncts(head)) > 1:
        found = actors_of(narration, cast, head)
        if len(found) > 1:
            return found
    if item.actor is not None:
        return [(item.actor, doc.text[item.source[0][0] : item.source[0][1]])]
    return actors_of(narration, cast, head) if head is not None else []
