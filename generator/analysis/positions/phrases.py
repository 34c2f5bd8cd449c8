"""How much of a sentence a position takes: clauses parted into points, asides and tails left out.

A clause keeps its conditions and reasons; a verb phrase keeps neither. No span breaks off a quotation.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from generator.analysis import syntax
from generator.analysis.narration import Narration

_TAIL = frozenset(
    "after amid amidst following despite while when because although though since as before".split()
)
_TRAILING = frozenset("after as because before but if so unless until when while".split())
_BESIDE = frozenset({"acl", "acl:relcl", "relcl", "advcl", "advcl:relcl", "appos", "parataxis"})
_KEPT_MARKS = frozenset({"if", "unless", "until", "because", "since", "that", "whether"})


def cuts_of(narration: Narration, start: int, end: int) -> Iterator[tuple[str, int, int, int]]:
    """The points of what is reported or spoken, in each way in which a reader may cut them.

    Each as the name of the cut, its tokens `[start, end)` and the token that governs them: each sentence
    whole, its clauses parted where a coordinated one has a verb form of its own, and both without the
    clauses and phrases that stand before and behind.
    """
    seen: set[tuple[int, int]] = set()
    for left, right in _sentences(narration.doc, start, end):
        for name, low, high in _cuts(narration, left, right):
            if (low, high) not in seen and high - low >= 3:
                seen.add((low, high))
                yield name, low, high, top_of(narration.doc, low, high).i


_SENTENCE_END = frozenset({".", "!", "?", ";", "…", "--", "..."})


def _sentences(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for i in range(start, end):
        if i + 1 == end or (
            doc[i].text in _SENTENCE_END
            and (doc[i + 1].text[0].isupper() or doc[i + 1].text[0] in "[\"“‘'" or doc[i].text in "!?;")
        ):
            yield left, i + 1
            left = i + 1


def _cuts(narration: Narration, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    doc = narration.doc
    whole = pare(doc, start, end)
    if whole is not None and _quoted_whole(doc, *whole):
        whole = pare(doc, whole[0] + 1, whole[1] - 1)
    if whole is None:
        return
    start, end = whole
    clauses = list(_clauses(narration, start, end))
    if len(clauses) == 1:
        yield "clause", *clauses[0]
    yield "sentence", *whole
    for number, (low, high) in enumerate(clauses):
        yield f"part {'first' if not number else 'later'}", low, high
    for low, high in dict.fromkeys([whole, *clauses]):
        behind = _without_frame(doc, low, high)
        if behind is not None:
            yield "no frame", behind, high
        before = _without_tail(doc, low, high)
        if before is not None:
            yield "no tail", low, before
            if behind is not None and before - behind >= 3:
                yield "core", behind, before


def _quoted_whole(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch is one quotation with its marks around it."""
    marks = [i for i in range(start, end) if doc[i].is_quote]
    return marks == [start, end - 1]


def set_off(doc: Doc, i: int) -> bool:
    """Whether token i stands behind a comma, a bracket or a dash; the hyphen of a compound is none."""
    before = doc[i - 1]
    if before.text == "-":
        return i > 1 and bool(doc[i - 2].whitespace_)
    return before.text in {",", "–", "—", "--", "("}


def _without_frame(doc: Doc, start: int, end: int) -> int | None:
    """Where a statement begins behind what leads up to it: "If it rains, …", "I think that …"."""
    for i in range(start + 1, min(start + 16, end - 3)):
        if doc[i].text == "," and syntax.finite(doc, i + 1, end):
            return i + 1 if not syntax.finite(doc, start, i) or doc[start].tag_ in {"IN", "WRB"} else None
        if doc[i].lower_ in {"think", "believe", "know", "hope", "say", "guess"} and i <= start + 4:
            behind = i + 2 if doc[i + 1].lower_ == "that" else i + 1
            return behind if syntax.finite(doc, behind, min(end, behind + 12)) else None
    return None


def _without_tail(doc: Doc, start: int, end: int) -> int | None:
    """Where a statement ends before what trails behind it, after a comma, a dash or a subordinator."""
    for i in range(start + 4, end - 3):
        mark = set_off(doc, i) or doc[i - 1].text == ":"
        sub = doc[i].lower_ in _TRAILING
        if (mark or (sub and doc[i].dep_ in {"mark", "advmod", "cc"})) and syntax.finite(doc, start, i):
            return i - 1 if mark else i
    return None


def _clauses(narration: Narration, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a stretch that can each stand as a point, without what trails behind them."""
    doc = narration.doc
    heads = [doc[i] for i in range(start, end) if not start <= doc[i].head.i < end or doc[i].head.i == i]
    head = next((t for t in heads if t.pos_ in {"VERB", "AUX", "ADJ", "NOUN", "PROPN"}), None)
    if head is None:
        return
    cuts = [start]
    for token in syntax.conjuncts(head)[1:]:
        left = _clause_start(doc, token, start)
        if (
            left is not None
            and left - cuts[-1] >= 3
            and end - left >= 3
            and syntax.finite(doc, cuts[-1], left)
            and syntax.finite(doc, left, end)
        ):
            cuts.append(left)
    for i in range(start + 4, end - 4):
        if (
            doc[i].lower_ in {"though", "although"}
            and doc[i - 1].text == ","
            and syntax.finite(doc, start, i)
            and syntax.finite(doc, i, end)
        ):
            cuts.append(i)
    cuts.sort()
    for number, left in enumerate(cuts):
        right = cuts[number + 1] if number + 1 < len(cuts) else end
        trimmed = pare(doc, left, right)
        if trimmed is not None and syntax.finite(doc, *trimmed):
            low, high = trimmed
            top = top_of(doc, low, high)
            high = whole_quotation(narration, low, cut_tail(narration, low, high, top.i, clause=True))
            if high - low >= 3 and _predicates(doc, top):
                yield low, high


def _predicates(doc: Doc, top: Token) -> bool:
    """Whether a stretch states something: no noun phrase whose only verb stands in a relative clause."""
    if top.pos_ in {"NOUN", "PROPN", "NUM"}:
        return any(c.dep_ in {"cop", *syntax.SUBJECTS, *syntax.AUXILIARIES} for c in top.children)
    return True


def top_of(doc: Doc, start: int, end: int) -> Token:
    """The token that governs a range, a predicate if there is one."""
    inner = [doc[i] for i in range(start, end) if not start <= doc[i].head.i < end or doc[i].head.i == i]
    return next(
        (t for t in inner if t.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}), inner[0] if inner else doc[start]
    )


def _clause_start(doc: Doc, conjunct: Token, least: int) -> int | None:
    """Where a coordinated clause begins that can stand as a point of its own: with an auxiliary, a copula,
    a subject or a "that"; None for a mere second verb."""
    own = [
        c
        for c in conjunct.children
        if c.i < conjunct.i and c.dep_ in {*syntax.AUXILIARIES, *syntax.SUBJECTS, "cop", "mark"}
    ]
    if not own or all(c.tag_ == "TO" for c in own):
        return None
    left = min(c.left_edge.i for c in own)
    for child in conjunct.children:
        if child.i < left and child.dep_ in {"cc", "punct"} and child.i > least:
            left = child.i
    return left if left > least else None


def pare(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """A range without leading conjunctions, "that" and closing punctuation; None where little is left."""
    while start < end and (
        doc[start].is_space
        or doc[start].tag_ == "CC"
        or doc[start].text in {",", ";", ":", "-", "–", "—", "--"}
        or doc[start].lower_ in {"though", "although"}
        or (
            doc[start].lower_ == "that"
            and start + 1 < end
            and doc[start + 1].tag_ not in {"VBZ", "VBD", "VBP", "MD"}
        )
        or (doc[start].is_quote and not _closed_inside(doc, start, end))
    ):
        start += 1
    while end > start and (
        doc[end - 1].is_space
        or doc[end - 1].text in {",", ".", ";", ":", "-", "–", "—", "--"}
        or doc[end - 1].tag_ == "CC"
        or (doc[end - 1].is_quote and not _opened_inside(doc, start, end))
    ):
        end -= 1
    return (start, end) if end - start >= 3 else None


def _closed_inside(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].is_quote for i in range(start + 1, end))


def _opened_inside(doc: Doc, start: int, end: int) -> bool:
    return sum(doc[i].is_quote for i in range(start, end)) % 2 == 0


_OCCASIONS = frozenset(
    "address article briefing broadcast conference debate hearing interview letter meeting memo message post"
    " rally remark report speech statement television tweet video vote".split()
)


def _occasion(doc: Doc, i: int, end: int) -> bool:
    """Whether a phrase at the end tells only where a thing was said: "in an address on television"."""
    if doc[i].lower_ not in {"in", "at", "on", "during", "through", "via"}:
        return False
    top = doc[i].head
    return top.i > i and top.right_edge.i >= end - 1 and top.lemma_.lower() in _OCCASIONS


def cut_tail(narration: Narration, start: int, end: int, head: int, *, clause: bool = False) -> int:
    """The end of a statement without what trails behind it: when and meanwhile, asides, descriptions.

    A clause keeps its conditions and reasons; a verb phrase keeps neither.
    """
    doc, inside = narration.doc, narration.inside
    for i in range(max(start, head) + 2, end - 2):
        token = doc[i]
        if inside[i] >= 0 or inside[head] >= 0:
            continue
        comma = set_off(doc, i)
        if not clause and token.lower_ in _TAIL and token.dep_ in {"mark", "case", "prep", "advmod", "dep"}:
            if (token.lower_ != "as" or token.dep_ == "mark") and (
                token.head.right_edge.i >= end - 1 or token.right_edge.i >= end - 1
            ):
                end = i
                break
        if not clause and i - head >= 2 and _occasion(doc, i, end):
            end = i
            break
        if not clause and token.tag_ == "CC" and i - start >= 3 and _second_verb(doc, i, end, head):
            end = i
            break
        if (
            comma
            and i - start >= 4
            and (token.lower_ in {"including", "such"} or (clause and _described(doc, i, end)))
        ):
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


def _second_verb(doc: Doc, conjunction: int, end: int, head: int) -> bool:
    """Whether a conjunction goes on with a second finite verb beside the one that states the position."""
    for i in range(conjunction + 1, min(conjunction + 5, end)):
        if doc[i].tag_ in syntax.FINITE:
            return doc[i].head.i == head or (
                doc[i].dep_ in {"conj", "aux"} and doc[head].tag_ in {"VBD", "VBZ", "VBP", "VBN"}
            )
        if doc[i].pos_ in {"NOUN", "PROPN", "PRON", "DET"}:
            return False
    return False


def _described(doc: Doc, start: int, end: int) -> bool:
    """Whether a description in apposition begins here: ", a term that evokes …"."""
    if doc[start].lower_ not in {"a", "an", "the"}:
        return False
    return any(doc[i].lower_ in {"that", "which", "who"} for i in range(start + 2, min(start + 9, end)))


def whole_quotation(narration: Narration, start: int, end: int) -> int:
    """The end of a span, moved to the end of a quotation, or of its sentence, that it would break off."""
    doc, inside = narration.doc, narration.inside
    while end < len(inside) and inside[end - 1] >= 0 and inside[end] == inside[end - 1] != inside[start]:
        if doc[end].text in {".", "!", "?"} and end + 1 < len(inside) and not doc[end + 1].is_quote:
            break
        end += 1
    return end
