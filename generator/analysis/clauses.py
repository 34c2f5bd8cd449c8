"""Where a clause stands in the prose: what is cut out when a step or an event is recorded.

A clause runs from its subject to its end, without the conjunction or "that" before it, without the
attribution around it ("…, he said"), and without the coordinated clause after it that has a subject of
its own.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from generator.analysis.lexicon import cues
from generator.analysis.syntax import AUXILIARIES, SUBJECTS, VERBAL, char_span
from generator.analysis.tense import predicate
from generator.article import Span

_OPENERS = frozenset({"mark", "cc", "punct", "discourse", "cc:preconj", "dep", "case"})
_ADVERBIAL = frozenset(
    {"advcl", "obl", "prep", "npadvmod", "obl:unmarked", "obl:tmod", "advmod", "ccomp", "parataxis"}
)


def own_subject(verb: Token) -> Token | None:
    """A verb's own subject, not one it shares."""
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def long_subject(verb: Token, most: int = 6) -> bool:
    """Whether a clause's subject is a long phrase, with appositions and the like, or not its own."""
    who = own_subject(verb)
    return who is None or verb.i - min(who.left_edge.i, who.i) > most


def full_clause(verb: Token) -> Token:
    """The clause that a verb without a subject of its own completes: "expects *to decide in May*" is that of
    "expects"."""
    for _ in range(4):
        bare = own_subject(verb) is None and verb.head.i != verb.i
        if (bare and verb.dep_ in {"xcomp", "pcomp"} and predicate(verb.head)) or (
            bare
            and verb.dep_ == "advcl"
            and verb.tag_ == "VBG"
            and verb.i > verb.head.i
            and predicate(verb.head)
        ):
            verb = verb.head
        else:
            return verb
    return verb


def clause_tokens(verb: Token, *, keep: Span | None = None, framed: bool = True) -> tuple[int, int]:
    """The tokens `[start, end)` of the clause that a verb heads.

    Its frame, what stands before the subject ("Ahead of the meeting, …") and clauses of time past, reason
    and manner after it ("… after talks broke down", "…, offering no details"), is part of it if `framed`,
    or where it is a condition or overlaps the code points `keep`.
    """
    sentence = verb.sent
    start, end = max(verb.left_edge.i, sentence.start), min(verb.right_edge.i + 1, sentence.end)
    before = [child for child in verb.children if child.i < verb.i]
    head = next((child for child in before if child.dep_ in SUBJECTS), None)
    for child in sorted(before, key=lambda token: token.i):
        left, right = child.left_edge.i, child.right_edge.i + 1
        if left != start:
            break
        if (
            (child.dep_ in _OPENERS and child.dep_ != "case")
            or (child.dep_ == "case" and head is not None)
            or (
                child.dep_ in _ADVERBIAL
                and head is not None
                and child.i < head.i
                and not _stays(child, keep, framed)
            )
        ):
            start = right
        else:
            break
    for child in verb.children:
        if child.i <= verb.i:
            continue
        apart = (
            child.dep_ == "conj"
            and predicate(child)
            and (own_subject(child) is not None or child.pos_ != verb.pos_)
        )
        if apart or _attribution(child) or (not framed and _frame(child)):
            left = child.left_edge.i
            while left - 1 > verb.i and (verb.doc[left - 1].is_punct or verb.doc[left - 1].dep_ == "cc"):
                left -= 1
            if keep is None or verb.doc[left].idx >= keep[1]:
                end = min(end, left)
    return _trimmed(verb.doc, min(start, verb.i), max(end, verb.i + 1))


def clause_span(verb: Token, *, keep: Span | None = None, framed: bool = True) -> Span:
    """The code points of a clause; see `clause_tokens`."""
    return balanced(verb.doc, char_span(verb.doc, *clause_tokens(verb, keep=keep, framed=framed)))


def predicate_span(verb: Token, *, keep: Span | None = None, framed: bool = True) -> Span:
    """The code points of a verb phrase, from its first auxiliary to its end, without its subject."""
    start, end = clause_tokens(verb, keep=keep, framed=framed)
    firsts = [c.i for c in verb.children if c.dep_ in AUXILIARIES or c.dep_ in {"cop", "neg"}]
    begin = min([verb.i, *(i for i in firsts if i >= start)])
    return balanced(verb.doc, char_span(verb.doc, begin, end))


def _stays(child: Token, keep: Span | None, framed: bool) -> bool:
    doc = child.doc
    left, right = doc[child.left_edge.i].idx, doc[child.right_edge.i].idx + len(doc[child.right_edge.i])
    if keep is not None and left < keep[1] and keep[0] < right:
        return True
    return framed or any(
        c.lower_ in {"if", "unless", "once", "should"} for c in child.children if c.i < child.i
    )


_REASONS = frozenset({"after", "as", "because", "while", "although", "though", "whereas", "hours", "days"})


def _frame(child: Token) -> bool:
    """Whether a clause after the verb only frames it: what went before, why, how."""
    if child.dep_ != "advcl":
        return False
    comma = (
        child.left_edge.i > 0 and child.doc[child.left_edge.i - 1].text in ",–—-"
    ) or child.left_edge.text in ",–—-"
    if child.tag_ == "VBG" and comma:
        return True
    marks = {c.lower_ for c in child.children if c.dep_ in {"mark", "advmod", "case"} and c.i < child.i}
    return (
        bool(marks & _REASONS)
        and child.tag_ != "VB"
        and not any(c.lower_ in {"will", "has", "have"} for c in child.children)
    )


def _attribution(child: Token) -> bool:
    """Whether a dependent is an attribution put after the clause (", he said"), whatever its label."""
    if child.pos_ not in VERBAL or own_subject(child) is None:
        return False
    if child.dep_ == "parataxis":
        return True
    after_comma = child.left_edge.i > 0 and {child.left_edge.text, child.doc[child.left_edge.i - 1].text} & {
        ",",
        '"',
        "”",
    }
    return bool(after_comma) and child.lemma_ in cues().speech and child.right_edge.i - child.left_edge.i < 16


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and (
        doc[start].is_space or (doc[start].is_punct and doc[start].text in ",;:.-–—)]")
    ):
        start += 1
    while end - 1 > start and (
        doc[end - 1].is_space or doc[end - 1].text in ",;:-–—" or doc[end - 1].dep_ == "cc"
    ):
        end -= 1
    return start, end


def tight(verb: Token, span: Span, *, keep: Span | None = None) -> Span:
    """A clause's span without what only frames it at its end: "… after talks broke down", "…, which she
    drafted", "… and said that", " -- …".

    Found by words and tags, for the parser attaches such clauses anywhere. `keep` is never cut off.
    """
    start, end = span
    for token in verb.doc[verb.i + 2 : verb.sent.end]:
        if token.idx >= end or token.idx - start < 20:
            continue
        if keep is not None and token.idx < keep[1]:
            continue
        if _over(token, verb):
            return balanced(verb.doc, (start, token.idx))
    return span


def _over(token: Token, verb: Token) -> bool:
    """Whether a clause is over before a token."""
    text, before = token.text, token.nbor(-1)
    if text in {"--", "–", "—"}:
        return not any(t.text == text for t in token.doc[token.i + 1 : verb.sent.end])
    if text == ";":
        return True
    rest = [t for t in token.doc[token.i + 1 : min(token.i + 18, verb.sent.end)] if t.text not in {",", ";"}]
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in rest[:9] if token.lower_ == "as")
    finite = finite or any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in rest if token.lower_ != "as")
    if before.text == "," and token.lower_ in {"which", "who", "whose"}:
        return finite
    if token.lower_ in {"after", "because", "although", "though", "while", "whereas"}:
        return finite
    if token.lower_ == "as" and before.lower_ not in {
        "such",
        "as",
        "well",
        "soon",
        "far",
        "long",
        "so",
        "serve",
        "known",
    }:
        return (
            len(rest) > 1
            and rest[0].pos_ in {"NOUN", "PROPN", "PRON", "DET", "ADJ"}
            and finite
            and rest[0].lower_ not in {"well", "a", "an"}
        )
    if token.lower_ in {"and", "but"} and rest:
        following = rest[1] if rest[0].pos_ == "ADV" and len(rest) > 1 else rest[0]
        return following.tag_ in {"VBD", "VBZ"} and following.dep_ not in {"amod", "acl"}
    return False


def balanced(doc: Doc, span: Span) -> Span:
    """A span without a quotation mark or bracket at its edge whose partner stands outside."""
    text = doc.text
    start, end = span
    while start < end and (
        text[start] in '"“”([)]»' or (text[start] == "'" and text[start:end].count("'") % 2)
    ):
        partner = {'"': '"', "“": "”", "(": ")", "[": "]"}.get(text[start])
        if (
            partner
            and partner in text[start + 1 : end]
            and (partner != '"' or text[start:end].count('"') % 2 == 0)
        ):
            break
        start += 1
    while end > start and text[end - 1] in '"“”([»':
        partner = {'"': '"', "”": "“"}.get(text[end - 1])
        if (
            partner
            and partner in text[start : end - 1]
            and (partner != '"' or text[start:end].count('"') % 2 == 0)
        ):
            break
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return (start, end) if start < end else span
