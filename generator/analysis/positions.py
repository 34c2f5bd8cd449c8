"""What each actor wants, accepts, refuses, judges or intends: one position for each point it makes.

Positions are read in four places: the clauses that an actor is said to have said, the sentences that it
speaks, verbs that tell a stance ("has rejected calls for …") and nouns that name one ("a critic of …").
Each is a draft with a score; drafts without a stance to show for themselves, and those that say again
what another says, are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from generator.analysis import syntax
from generator.analysis.lexicon import base, cues
from generator.analysis.model import Attribution, Position, Quote, Stance
from generator.analysis.narration import Narration
from generator.analysis.stances import act_stance, clause_stance, narrated_stance, noun_stance, worded_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast
    from generator.article import Span

LEAST_SCORE = 0.25
# How far the evidence goes, by where a position was read.
_NARRATED, _CLAUSE, _SPOKEN, _NAMED = 0.8, 0.75, 0.7, 0.6
_SAME = 0.5  # share of words in common above which two spans say the same

_PLAIN = frozenset("say tell add write note report state explain answer reply respond continue recall announce declare".split())
# Complements that make a refusal or an offer no position: "declined to comment".
_COMMENT = frozenset("comment say respond discuss speak elaborate identify name answer give provide specify detail talk return disclose reply".split())
# Verbs whose whole phrase is the position even where they take a clause: "denied that …".
_WHOLE = frozenset("deny doubt dispute accuse reject oppose dismiss demand require refuse decline question object".split())
_FLIPPED: dict[Stance, Stance] = {
    "supports": "opposes", "opposes": "supports", "demands": "opposes", "offers": "opposes", "warns": "expects", "expects": "expects",
}  # fmt: skip
_SENTENCE_END = frozenset({".", "!", "?", ";", "…", "--", "..."})
_OWN = frozenset("i we he she it they my our his her its their".split())
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A position in the making: tokens `[start, end)`."""

    actor: str
    actor_text: str
    stance: Stance
    start: int
    end: int
    head: int
    score: float
    rank: int = 0
    """Where the actor stands among those that share the position."""


def find_positions(
    doc: Doc,
    cast: Cast,
    attributions: tuple[Attribution, ...],
    quotes: tuple[Quote, ...],
    narration: Narration | None = None,
) -> tuple[Position, ...]:
    """The positions of the cast's actors, in order; each span lies inside one sentence, in code points."""
    narration = narration or Narration(doc)
    drafts = [
        *_narrated(narration, cast),
        *_reported(narration, cast, attributions),
        *_spoken(narration, quotes),
        *_named(narration, cast),
        *_answered(narration, cast),
    ]
    kept = _distinct([d for d in drafts if d.score >= LEAST_SCORE])
    return tuple(_position(doc, draft) for draft in kept)


def _position(doc: Doc, draft: _Draft) -> Position:
    start, end = doc[draft.start].idx, doc[draft.end - 1].idx + len(doc[draft.end - 1])
    return Position(
        actor=draft.actor,
        actor_text=draft.actor_text,
        stance=draft.stance,
        target=_target(doc, draft),
        span=((start, end),),
        score=round(draft.score, 3),
    )


def _distinct(drafts: list[_Draft]) -> list[_Draft]:
    """One draft for each point of an actor: of two that overlap, the surer."""
    kept: list[_Draft] = []
    for draft in sorted(drafts, key=lambda d: (-d.score, d.start, d.end, d.actor)):
        words = set(range(draft.start, draft.end))
        if not any(_overlap(words, other) for other in kept if other.actor == draft.actor):
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.start, d.end, d.rank, d.actor))


def _overlap(words: set[int], other: _Draft) -> bool:
    theirs = set(range(other.start, other.end))
    return len(words & theirs) >= _SAME * min(len(words), len(theirs))


# Narrated stances


def _narrated(narration: Narration, cast: Cast) -> Iterator[_Draft]:
    doc = narration.doc
    for token in doc:
        if not token.tag_.startswith("VB") or narration.inside[token.i] >= 0 or token.dep_ in syntax.AUXILIARIES:
            continue
        stance = narrated_stance(token) or _naming_stance(token)
        if stance is None or not _asserted(token):
            continue
        lemma = base(token)
        clause = _finite_complement(token)
        if clause is not None and lemma not in _WHOLE:
            continue
        start, end = _verb_phrase(narration, token)
        if narrated_stance(token) is None:
            end = _name_end(narration, end)
        if end - start < 2 or _declines_comment(token):
            continue
        if syntax.negated(token):
            if stance == "offers":
                continue
            stance = _FLIPPED[stance]
        holder = syntax.agent(token) if syntax.passive(token) else _holder(token)
        if holder is None:
            continue
        if syntax.passive(token):
            who = syntax.subject(token)
            start = min(start, who.left_edge.i) if who is not None and who.i < token.i else start
        for rank, (actor, text) in enumerate(_actors(narration, cast, holder)):
            yield _Draft(actor, text, stance, start, end, token.i, _NARRATED, rank)


def _naming_stance(verb: Token) -> Stance | None:
    """The stance of calling a thing a name ("called the report a coup"), by the words of the name."""
    if base(verb) not in {"call", "brand", "label", "dub", "describe", "characterize", "characterise", "portray", "term"}:
        return None
    objects = [c for c in verb.children if c.i > verb.i and c.dep_ in {*syntax.OBJECTS, "xcomp", "oprd", "ccomp"}]
    named = len(objects) > 1 or any(c.lower_ == "as" for c in verb.children) or any(p == "as" for p, _ in syntax.prepositional(verb))
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
        return _whole_quotation(narration, end - 1, doc[at].head.right_edge.i + 1)
    return end


def _asserted(verb: Token) -> bool:
    """Whether a verb is told as a fact: no condition, no possibility, no complement of another stance."""
    if syntax.modal(verb) in {"could", "might", "may", "can", "should", "must", "would"}:
        return False
    if verb.tag_ == "VB" and not any(c.tag_ in {"MD", "VBD", "VBZ", "VBP"} for c in verb.children if c.i < verb.i):
        return False
    node = verb
    for _ in range(4):
        if node.dep_ == "xcomp" and node.head.i != node.i:
            governor = node.head
            if narrated_stance(governor) is not None or base(governor) in cues().thought:
                return False
        if node.dep_ == "advcl" and any(c.lower_ in {"if", "unless", "whether"} for c in node.children if c.dep_ == "mark"):
            return False
        if node.dep_ not in {"xcomp", "conj"}:
            break
        node = node.head
    return True


def _finite_complement(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i:
            finite = child.tag_ in {"VBD", "VBZ", "VBP"} or any(c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in child.children)
            if finite or any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children):
                return child
    # "warned that …", where the parse has lost the clause.
    following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    if following is not None and following.lower_ == "that" and following.tag_ == "IN" and clause_stance(base(verb)) is not None:
        return following
    return None


def _declines_comment(verb: Token) -> bool:
    return base(verb) in {"decline", "refuse"} and any(
        base(c) in _COMMENT or any(g.lower_ == "identified" for g in (c,)) for c in verb.children if c.i > verb.i
    )


def _holder(verb: Token) -> Token | None:
    """The head of whoever holds a narrated stance: the verb's subject, or that of the verb it depends on."""
    who = syntax.subject(verb)
    if who is None and verb.dep_ in {"advcl", "acl", "parataxis", "dep"} and verb.tag_ != "VBZ":
        who = verb.head if verb.dep_ == "acl" and verb.head.pos_ in syntax.NOMINAL else syntax.subject(verb.head)
    if who is None and verb.tag_ in {"VBD", "VBN", "VBZ", "VBP"}:
        who = _resumed(verb)
    if who is not None and who.lower_ in {"who", "which", "that"}:
        who = _antecedent(who) or syntax.relative_subject(verb) or who
    return who


def _antecedent(pronoun: Token) -> Token | None:
    """The noun right before a relative pronoun, the first of several ("Democrats and Republicans, who …")."""
    i = pronoun.i - 1
    if i > 0 and pronoun.doc[i].text in {",", "-", "–", "—", "--"}:
        i -= 1
    if i < 0 or pronoun.doc[i].pos_ not in {"NOUN", "PROPN"}:
        return None
    noun = pronoun.doc[i]
    while noun.dep_ in {"conj", "flat", "compound"} and noun.head.i < noun.i:
        noun = noun.head
    return noun


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
        if doc[k].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return None
    return None


def _verb_phrase(narration: Narration, verb: Token) -> tuple[int, int]:
    """A verb with its auxiliaries and complements, without the clauses that tell when, why and meanwhile."""
    doc = narration.doc
    start, end = verb.i, verb.i + 1
    while start > 0 and doc[start - 1].head.i == verb.i and (
        doc[start - 1].dep_ in syntax.AUXILIARIES or doc[start - 1].pos_ in {"AUX", "PART", "ADV"} or doc[start - 1].dep_ in {"advmod", "neg"}
    ):
        start -= 1
    sentence = narration.sentence_at(verb.i)
    for child in verb.children:
        if child.dep_ == "conj" and child.i > verb.i and _nonfinite(child) and child.left_edge.i <= end + 2:
            end = max(end, min(child.right_edge.i + 1, sentence.end))
        if child.i < verb.i or child.is_punct or child.dep_ in {"cc", "conj", "parataxis", "punct", "nsubj", "dep"}:
            continue
        comma = doc[child.left_edge.i - 1].text in {",", "-", "–", "—", "--"}
        if child.dep_ in {"advcl", "acl"} and (comma or child.left_edge.lower_ not in {"to", "of", "for", "from", "in", "by", "against", "as", "with", "on", "about", "over", "into"}):
            continue
        if child.dep_ in {"obl", "prep", "advmod"} and comma and child.i > end + 1:
            continue
        end = max(end, min(child.right_edge.i + 1, sentence.end))
    return max(start, sentence.start), _whole_quotation(narration, start, _cut_tail(narration, start, end, verb.i))


def _nonfinite(token: Token) -> bool:
    """Whether what is coordinated with a verb is no second verb of the same subject."""
    if token.tag_ in {"VBD", "VBZ", "VBP", "MD"} or any(c.dep_ in {*syntax.SUBJECTS, *syntax.AUXILIARIES, "cop"} for c in token.children):
        return False
    return token.pos_ in {"NOUN", "PROPN"} or token.tag_ == "VB"


def _whole_quotation(narration: Narration, start: int, end: int) -> int:
    """The end of a span, moved to the end of a quotation that it would break off."""
    inside = narration.inside
    while end < len(inside) and inside[end - 1] >= 0 and inside[end] == inside[end - 1] != inside[start]:
        end += 1
    return end


def _second_verb(doc: Doc, conjunction: int, end: int, head: int) -> bool:
    """Whether a conjunction goes on with a second finite verb beside the one that states the position."""
    for i in range(conjunction + 1, min(conjunction + 5, end)):
        if doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return doc[i].head.i == head or doc[i].dep_ in {"conj", "aux"} and doc[head].tag_ in {"VBD", "VBZ", "VBP", "VBN"}
        if doc[i].pos_ in {"NOUN", "PROPN", "PRON", "DET"}:
            return False
    return False


def _described(doc: Doc, start: int, end: int) -> bool:
    """Whether a description in apposition begins here: ", a term that evokes …"."""
    if doc[start].lower_ not in {"a", "an", "the"}:
        return False
    return any(doc[i].lower_ in {"that", "which", "who"} for i in range(start + 2, min(start + 9, end)))


_TAIL = frozenset({"after", "amid", "amidst", "following", "despite", "while", "when", "because", "although", "though", "since", "as", "before"})
_BESIDE = frozenset({"acl", "acl:relcl", "relcl", "advcl", "advcl:relcl", "appos", "parataxis"})
_KEPT_MARKS = frozenset({"if", "unless", "until", "because", "since", "that", "whether"})


def _cut_tail(narration: Narration, start: int, end: int, head: int, *, clause: bool = False) -> int:
    """The end of a statement without what trails behind it: when and meanwhile, asides, descriptions.

    A clause keeps its conditions and reasons; a verb phrase keeps neither.
    """
    doc, inside = narration.doc, narration.inside
    for i in range(max(start, head) + 2, end - 2):
        token = doc[i]
        if inside[i] >= 0 or inside[head] >= 0:
            continue
        comma = doc[i - 1].text in {",", "-", "–", "—", "--", "("}
        if not clause and token.lower_ in _TAIL and token.dep_ in {"mark", "case", "prep", "advmod", "dep"}:
            if (token.lower_ != "as" or token.dep_ == "mark") and (token.head.right_edge.i >= end - 1 or token.right_edge.i >= end - 1):
                end = i
                break
        if not clause and token.tag_ == "CC" and i - start >= 3 and _second_verb(doc, i, end, head):
            end = i
            break
        if comma and i - start >= 4 and (token.lower_ in {"including", "such"} or clause and _described(doc, i, end)):
            end = i - 1
            break
        if comma and i - start >= 3:
            node = token
            while node.head.i != node.i and node.head.left_edge.i >= i and node.head.i < end:
                node = node.head
            marked = any(c.lower_ in _KEPT_MARKS for c in node.children if c.dep_ == "mark")
            if node.dep_ in _BESIDE and node.right_edge.i >= end - 1 and not (clause and marked):
                end = i - 1
                break
    while end - 1 > start and doc[end - 1].text in {",", ".", ";", ":", "-", "–", "—", "--", "("}:
        end -= 1
    return end


def _actors(narration: Narration, cast: Cast, holder: Token) -> list[tuple[str, str]]:
    """The actors that a noun phrase means, one for each coordinated name, with what they are called."""
    doc = narration.doc
    found: dict[str, str] = {}
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
            listed = child.dep_ in {"nmod", "appos"} and doc[child.left_edge.i - 1].text == "," and not any(c.dep_ == "case" for c in child.children)
            actor = cast.refer(*syntax.char_span(doc, *syntax.noun_phrase(child))) if listed else None
            if actor is not None:
                found.setdefault(actor, child.text)
    return list(found.items())


# What is said


def _reported(narration: Narration, cast: Cast, attributions: tuple[Attribution, ...]) -> Iterator[_Draft]:
    doc = narration.doc
    for item in attributions:
        if item.speech == "direct" or not item.source or not item.cue:
            continue
        verb = _cue_verb(narration, item.cue)
        lemma = base(verb)
        low, high = narration.tokens(item.source[0])
        holders = _source_actors(narration, cast, item, low, high)
        if not holders:
            continue
        narrated = narrated_stance(verb) or _naming_stance(verb)
        if narrated is not None and (lemma in _WHOLE or _finite_complement(verb) is None):
            span = _cue_phrase(narration, item, verb)
            if span is not None and _asserted(verb) and not _declines_comment(verb) and not syntax.passive(verb):
                stance = _FLIPPED[narrated] if syntax.negated(verb) else narrated
                for rank, (actor, text) in enumerate(holders):
                    yield _Draft(actor, text, stance, *span, verb.i, round((_NARRATED - 0.1) * item.score, 3), rank)
            continue
        for start, end in _joined(narration, item.content, item.cue):
            for left, right, head in _points(narration, start, end):
                stance, sure = _said_stance(narration, verb, left, right, head)
                score = round(_CLAUSE * sure * min(1.0, item.score + 0.1), 3)
                for rank, (actor, text) in enumerate(holders):
                    yield _Draft(actor, text, stance, left, right, head, score, rank)


def _cue_phrase(narration: Narration, item: Attribution, verb: Token) -> tuple[int, int] | None:
    """The verb phrase of a narrated stance as its attribution has it: the cue and the content behind it."""
    if not item.content or narration.inside[verb.i] >= 0:
        return None
    start, behind = narration.tokens(item.cue[0])
    left, end = narration.tokens(item.content[0])
    while left > behind and narration.doc[left - 1].is_quote:
        left -= 1
    if not 0 <= left - behind <= 2 or end <= verb.i:
        return None
    end = _whole_quotation(narration, start, _cut_tail(narration, start, min(end, narration.sentence_at(verb.i).end), verb.i))
    return (start, end) if end - start >= 2 else None


def _cue_verb(narration: Narration, cue: tuple[Span, ...]) -> Token:
    """The verb of a cue, else its last word."""
    start, end = narration.tokens(cue[0])
    tokens = narration.doc[start:end]
    verbs = [t for t in tokens if t.tag_.startswith("VB") and t.dep_ not in syntax.AUXILIARIES]
    return verbs[0] if verbs else tokens[len(tokens) - 1]


def _source_actors(narration: Narration, cast: Cast, item: Attribution, low: int, high: int) -> list[tuple[str, str]]:
    """Whose view it is: each of several coordinated sources, else the source as it was resolved."""
    doc = narration.doc
    roots = [doc[i] for i in range(low, high) if not low <= doc[i].head.i < high or doc[i].head.i == i]
    head = next((t for t in roots if t.pos_ in syntax.NOMINAL), None)
    if head is not None and len(syntax.conjuncts(head)) > 1:
        found = _actors(narration, cast, head)
        if len(found) > 1:
            return found
    if item.actor is not None:
        return [(item.actor, doc.text[item.source[0][0] : item.source[0][1]])]
    return _actors(narration, cast, head) if head is not None else []


def _joined(narration: Narration, content: tuple[Span, ...], cue: tuple[Span, ...]) -> list[tuple[int, int]]:
    """The stretches of a content as tokens; two that only the attribution parts ("The weapons, he added,
    are …") make one, as long as they make one sentence."""
    doc = narration.doc
    found: list[tuple[int, int]] = []
    for span in content:
        start, end = narration.tokens(span)
        if found:
            low, high = found[-1]
            parted = high <= narration.tokens(cue[0])[0] < start
            whole = narration.sentence_at(low).start == narration.sentence_at(start).start
            if parted and whole and doc[start].text[0].islower() and narration.inside[low] < 0:
                found[-1] = (low, end)
                continue
        found.append((start, end))
    return found


def _points(narration: Narration, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The points of what is reported: its clauses, parted where a coordinated clause has a verb form of its own."""
    doc = narration.doc
    doc = narration.doc
    left = start
    for i in range(start, end):
        if i + 1 == end or (doc[i].text in {".", "!", "?", ";"} and not doc[i + 1].text[0].islower()):
            yield from _clauses(narration, left, i + 1)
            left = i + 1


def _clauses(narration: Narration, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    doc = narration.doc
    heads = [doc[i] for i in range(start, end) if not start <= doc[i].head.i < end or doc[i].head.i == i]
    head = next((t for t in heads if t.pos_ in {"VERB", "AUX", "ADJ", "NOUN", "PROPN"}), None)
    if head is None:
        return
    cuts = [start]
    for token in syntax.conjuncts(head)[1:]:
        left = _clause_start(doc, token, start)
        if left is not None and left - cuts[-1] >= 3 and end - left >= 3 and _finite(doc, cuts[-1], left) and _finite(doc, left, end):
            cuts.append(left)
    for i in range(start + 4, end - 4):
        if doc[i].lower_ in {"though", "although"} and doc[i - 1].text == "," and _finite(doc, start, i) and _finite(doc, i, end):
            cuts.append(i)
    cuts.sort()
    for number, left in enumerate(cuts):
        right = cuts[number + 1] if number + 1 < len(cuts) else end
        trimmed = _pare(doc, left, right)
        if trimmed is not None and _finite(doc, *trimmed):
            low, high = trimmed
            top = _top(doc, low, high)
            high = _whole_quotation(narration, low, _cut_tail(narration, low, high, top.i, clause=True))
            if high - low >= 4 and _predicates(doc, top):
                yield low, high, top.i


def _predicates(doc: Doc, top: Token) -> bool:
    """Whether a stretch states something: no noun phrase whose only verb stands in a relative clause."""
    if top.pos_ in {"NOUN", "PROPN", "NUM"}:
        return any(c.dep_ in {"cop", *syntax.SUBJECTS, *syntax.AUXILIARIES} for c in top.children)
    return True


def _finite(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(start, end))


def _top(doc: Doc, start: int, end: int) -> Token:
    """The token that governs a range, a predicate if there is one."""
    inner = [doc[i] for i in range(start, end) if not start <= doc[i].head.i < end or doc[i].head.i == i]
    return next((t for t in inner if t.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}), inner[0] if inner else doc[start])


def _clause_start(doc: Doc, conjunct: Token, least: int) -> int | None:
    """Where a coordinated clause begins that can stand as a point of its own: with an auxiliary, a copula,
    a subject or a "that"; None for a mere second verb."""
    own = [c for c in conjunct.children if c.i < conjunct.i and c.dep_ in {*syntax.AUXILIARIES, *syntax.SUBJECTS, "cop", "mark"}]
    if not own or all(c.tag_ == "TO" for c in own):
        return None
    left = min(c.left_edge.i for c in own)
    for child in conjunct.children:
        if child.i < left and child.dep_ in {"cc", "punct"} and child.i > least:
            left = child.i
    return left if left > least else None


def _pare(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """A range without leading conjunctions, "that" and closing punctuation; None where little is left."""
    while start < end and (
        doc[start].is_space or doc[start].tag_ == "CC" or doc[start].text in {",", ";", ":", "-", "–", "—", "--"}
        or doc[start].lower_ in {"though", "although"}
        or (doc[start].lower_ == "that" and start + 1 < end and doc[start + 1].tag_ not in {"VBZ", "VBD", "VBP", "MD"})
        or (doc[start].is_quote and not _closed_inside(doc, start, end))
    ):
        start += 1
    while end > start and (
        doc[end - 1].is_space or doc[end - 1].text in {",", ".", ";", ":", "-", "–", "—", "--"} or doc[end - 1].tag_ == "CC"
        or (doc[end - 1].is_quote and not _opened_inside(doc, start, end))
    ):
        end -= 1
    return (start, end) if end - start >= 3 else None


def _closed_inside(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].is_quote for i in range(start + 1, end))


def _opened_inside(doc: Doc, start: int, end: int) -> bool:
    return sum(doc[i].is_quote for i in range(start, end)) % 2 == 0


def _said_stance(narration: Narration, verb: Token, start: int, end: int, head: int) -> tuple[Stance, float]:
    """The stance of a reported clause, from its cue and its words, and how sure it is that it shows one."""
    doc = narration.doc
    text = doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1])]
    worded, share = worded_stance(text)
    lemma = base(verb)
    by_cue = clause_stance(lemma)
    if syntax.negated(verb) and by_cue in {"expects", "offers"}:
        by_cue = "opposes"
    if by_cue is not None and lemma not in _PLAIN and not (by_cue == "expects" and worded is not None and share > 0.5):
        return by_cue, 1.0
    own = _own_act(doc, start, end)
    if own is not None and (worded is None or worded in {"offers", "expects", "opposes", "warns"}):
        return own, 0.95
    if worded == "offers":
        return act_stance(text), 0.75 + 0.25 * share
    if worded is not None:
        return worded, 0.75 + 0.25 * share
    return _unworded(doc, start, end), 0.6 if not _mere_fact(doc, start, end, head) else 0.4


def _own_act(doc: Doc, start: int, end: int) -> Stance | None:
    """"He will …", "its officials would …": what the source says it will do, as an offer, a refusal or a threat."""
    for i in range(start, min(start + 12, end)):
        token = doc[i]
        if token.tag_ == "MD":
            if token.lower_ not in {"will", "would", "'ll", "’ll", "shall"}:
                return None
            before = {doc[k].lower_ for k in range(start, i)}
            if not before & _OWN or token.i + 1 < end and doc[token.i + 1].lower_ == "be" and not before & {"i", "we"}:
                return None
            return act_stance(doc[i + 1 : end].text)
        if token.tag_ in {"VBD", "VBZ", "VBP"}:
            return None
    return None


def _unworded(doc: Doc, start: int, end: int) -> Stance:
    """The stance of a claim whose words show none: told to someone's face or of what was done, it
    accuses; otherwise it assesses."""
    first = next((doc[i] for i in range(start, end) if doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
    if first is None or first.tag_ == "MD":
        return "expects"
    if any(doc[i].lower_ == "you" for i in range(start, first.i)):
        return "opposes"
    return "opposes" if first.tag_ == "VBD" else "expects"


def _mere_fact(doc: Doc, start: int, end: int, head: int) -> bool:
    """Whether a clause looks like a figure or an event that is merely passed on."""
    text = doc[start:end].text
    return bool(_NUMBER.search(text)) or syntax.past(doc[head]) and syntax.modal(doc[head]) is None


# Direct speech


def _spoken(narration: Narration, quotes: tuple[Quote, ...]) -> Iterator[_Draft]:
    doc = narration.doc
    for quote in quotes:
        if quote.speaker is None:
            continue
        sentences = [s for part in quote.parts for s in _spoken_sentences(narration, part)]
        for left, right, head in sentences:
            text = doc.text[doc[left].idx : doc[right - 1].idx + len(doc[right - 1])]
            stance, share = worded_stance(text)
            words = right - left
            if words < 4 or _partial(narration, left, right):
                continue
            if stance is None and not any(doc[i].pos_ in {"NOUN", "PROPN"} for i in range(left, right)):
                continue
            sure = 0.6 + 0.35 * share if stance is not None else 0.45
            if stance == "offers":
                stance = act_stance(text)
            if stance is None:
                stance = _unworded(doc, left, right)
            if len(sentences) == 1:
                sure += 0.15
            yield _Draft(quote.speaker, quote.speaker_text or "", stance, left, right, head, round(_SPOKEN * min(1.0, sure) * quote.score, 3))


def _partial(narration: Narration, start: int, end: int) -> bool:
    """Whether quoted words are part of a narrated sentence, which states the position as a whole."""
    doc = narration.doc
    return not any(doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(start, end))


def _spoken_sentences(narration: Narration, part: Span) -> Iterator[tuple[int, int, int]]:
    """The sentences inside one part of a quote, as tokens."""
    doc = narration.doc
    start, stop = narration.tokens(part)
    left = start
    for i in range(start, stop):
        if i + 1 == stop or (doc[i].text in _SENTENCE_END and (doc[i + 1].text[0].isupper() or doc[i + 1].text[0] in "[\"“‘'")):
            trimmed = _pare(doc, left, i + 1)
            if trimmed is not None:
                yield *trimmed, _top(doc, *trimmed).i
            left = i + 1


# Nouns that name a stance


def _named(narration: Narration, cast: Cast) -> Iterator[_Draft]:
    doc = narration.doc
    for token in doc:
        if token.pos_ != "NOUN" or narration.inside[token.i] >= 0:
            continue
        stance = noun_stance(token.lemma_.lower())
        if stance is None:
            continue
        holder, start = _noun_holder(token)
        content = _noun_content(token)
        if holder is None or content is None:
            continue
        end = content
        while doc[start].dep_ in {"case", "mark", "cc", "punct"} and start < token.i:
            start += 1
        for rank, (actor, text) in enumerate(_actors(narration, cast, holder)):
            yield _Draft(actor, text, stance, start, end, token.i, _NAMED, rank)


def _noun_holder(noun: Token) -> tuple[Token | None, int]:
    """Who holds the stance that a noun names, and the token that its span begins with."""
    for child in noun.children:
        if child.dep_ in {"nmod:poss", "poss"} or (child.dep_ == "amod" and child.text[0].isupper()):
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
        return (_antecedent(who) if who is not None and who.lower_ in {"who", "which"} else who), cop.i
    if noun.dep_ == "attr":
        return syntax.subject(noun.head), noun.head.i
    return _described_holder(noun)


def _described_holder(noun: Token) -> tuple[Token | None, int]:
    """Who is described by a noun that the parse has hung elsewhere: "Weil, a critic of", "who is a critic of"."""
    doc = noun.doc
    left = noun.i
    while left > 0 and (doc[left - 1].pos_ in {"ADJ", "DET", "ADV"} or doc[left - 1].lower_ in {"some", "of", "one"}):
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
            return _antecedent(who), start
        return (who if who is not None and who.pos_ in syntax.NOMINAL else None), start
    return None, noun.i


def _noun_content(noun: Token) -> int | None:
    """The end of what a stance noun is about ("of …", "to …", "for …", "that …"), None where it says nothing."""
    ends = [
        child.right_edge.i + 1
        for child in noun.children
        if child.i > noun.i
        and (
            child.dep_ in {"acl", "acl:relcl", "ccomp", "xcomp", "advcl"}
            or (child.dep_ == "prep" and child.lower_ in {"of", "for", "to", "on", "over", "against", "that"})
            or (child.dep_ in syntax.PREPOSITIONAL and any(c.lower_ in {"of", "for", "to", "on", "over", "against"} for c in child.children if c.dep_ == "case"))
        )
    ]
    if not ends:
        holder = next((head for preposition, head in syntax.prepositional(noun) if preposition == "by"), None)
        for i in range(holder.i + 1, min(holder.i + 12, len(noun.doc))) if holder is not None else ():
            if noun.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} or noun.doc[i].text == ".":
                break
            if noun.doc[i].lower_ in {"for", "to", "that"}:
                return noun.doc[i].head.right_edge.i + 1
    return max(ends) if ends else None


# Interviews

_ANSWER = re.compile(r"(?:A|Answer|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}):\s")


def _answered(narration: Narration, cast: Cast) -> Iterator[_Draft]:
    """The answers of a printed interview ("A: …", "Sandoz: …"), as what the interviewed person says."""
    doc = narration.doc
    lines = []
    for number, (start, end) in enumerate(narration.paragraphs):
        match = _ANSWER.match(doc.text, doc[start].idx)
        if match:
            lines.append((number, start, end, match[0].rstrip(": \t")))
    questions = sum(doc[start].text in {"Q", "Question", "Q."} for start, _ in narration.paragraphs)
    if len(lines) < 2 or not questions and len(lines) < 4:
        return
    interviewed = _interviewed(narration, cast, lines[0][1])
    for _, start, end, label in lines:
        actor = interviewed if label in {"A", "Answer"} else cast.refer(doc[start].idx, doc[start].idx + len(label))
        if actor is None:
            continue
        body = doc[start].idx + len(label) + 1
        for left, right, head in _spoken_sentences(narration, (body, doc[end - 1].idx + len(doc[end - 1]))):
            text = doc.text[doc[left].idx : doc[right - 1].idx + len(doc[right - 1])]
            stance, share = worded_stance(text)
            if stance is None or right - left < 4:
                continue
            yield _Draft(actor, label, stance, left, right, head, round(_SPOKEN * (0.6 + 0.35 * share), 3))


def _interviewed(narration: Narration, cast: Cast, before: int) -> str | None:
    """Whom an interview is with: the person that its introduction speaks of most."""
    counts: dict[str, int] = {}
    limit = narration.doc[before].idx
    for actor in cast.actors:
        if actor.kind == "person":
            counts[actor.id] = sum(start < limit for start, _ in actor.mentions)
    best = max(counts, key=lambda a: (counts[a], a), default=None)
    return best if best is not None and counts[best] else None


# Targets


def _target(doc: Doc, draft: _Draft) -> str | None:
    """A few words of what a position is about: the object of its verb, else its subject."""
    head = doc[draft.head]
    inside = range(draft.start, draft.end)
    candidates: list[Token] = []
    if head.pos_ == "NOUN" and noun_stance(head.lemma_.lower()) is not None:
        candidates += [t for _, t in syntax.prepositional(head)]
    objects = syntax.objects(head)
    subject = syntax.subject(head)
    if subject is not None and subject.i in inside and subject.pos_ != "PRON":
        candidates.append(subject)
    candidates += objects
    candidates += [t for _, t in syntax.prepositional(head) if t.i > head.i]
    for clause in syntax.complements(head):
        candidates += syntax.objects(clause) + [t for _, t in syntax.prepositional(clause)]
    candidates += [doc[i] for i in inside if doc[i].pos_ in {"NOUN", "PROPN"}]
    for token in candidates:
        if token.i in inside and token.pos_ in {"NOUN", "PROPN"}:
            start, end = syntax.noun_phrase(token)
            start, end = max(start, draft.start), min(end, draft.end)
            if end - start > 8:
                start, end = max(start, token.i - 3), token.i + 1
            span = syntax.char_span(doc, start, end)
            return doc.text[span[0] : span[1]]
    return None
