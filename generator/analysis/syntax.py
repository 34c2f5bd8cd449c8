"""The parse, without its labels: subjects, objects, clauses and phrases of a spaCy Doc.

Our own model speaks Universal Dependencies (`nsubj:pass`, `obj`, `obl` + `case`), the pipelines
that spaCy publishes for English speak ClearNLP (`nsubjpass`, `dobj`, `prep` + `pobj`). Everything
else in the analysis asks the questions below and works with both.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from generator.article import Span

SUBJECTS = frozenset(
    {"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass", "csubj", "csubj:pass", "csubjpass", "expl"}
)
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass"})
OBJECTS = frozenset({"obj", "dobj", "iobj", "dative"})
PREPOSITIONAL = frozenset(
    {"obl", "obl:agent", "obl:unmarked", "obl:npmod", "obl:tmod", "nmod", "pobj", "npadvmod"}
)
COMPLEMENTS = frozenset({"ccomp", "xcomp"})
CLAUSES = frozenset(
    {"ccomp", "xcomp", "advcl", "advcl:relcl", "acl", "acl:relcl", "relcl", "parataxis", "csubj", "pcomp"}
)
RELATIVE = frozenset({"acl:relcl", "relcl", "advcl:relcl"})
AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass"})
APPOSITIONS = frozenset({"appos"})
POSSESSIVE = frozenset({"nmod:poss", "poss"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Tags of finite verbs and modals."""
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly"})
MODALS = frozenset(
    {"will", "would", "shall", "should", "can", "could", "may", "might", "must", "'ll", "’ll", "wo", "ca"}
)
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def children(token: Token, labels: frozenset[str]) -> list[Token]:
    """The children of a token with one of these dependency labels, in order."""
    return [child for child in token.children if child.dep_ in labels]


def subject(verb: Token) -> Token | None:
    """The head of a verb's subject: its own, or the one it shares as a conjunct or an open complement.

    Expletives are passed over. None where there is none.
    """
    seen = verb
    for _ in range(6):
        found = [
            c
            for c in seen.children
            if c.dep_ in SUBJECTS and c.dep_ != "expl" and c.i < max(seen.i, verb.i) + 30
        ]
        if found:
            # A parser that labels each word by itself may give one verb several subjects ("[State]
            # [Department] [spokeswoman] [Bruce] said"): the last before the verb is the head.
            # Not so one that a conjunction joins to it: "neither [the union] nor [the council] should pay".
            before = [
                c
                for c in found
                if c.i < seen.i
                and (c.i == 0 or c.doc[c.i - 1].text not in {"(", "["})
                and not any(g.dep_ == "cc" for g in c.children)
            ]
            return before[-1] if before else found[0]
        if seen.dep_ in {"conj", "xcomp"} and seen.head.i != seen.i:
            seen = seen.head
        else:
            return None
    return None


def relative_subject(verb: Token) -> Token | None:
    """The noun that a relative clause describes ("the deal *that Brussels rejected*": deal)."""
    return verb.head if verb.dep_ in RELATIVE or verb.dep_ == "acl" else None


def antecedent(pronoun: Token) -> Token | None:
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


def passive(verb: Token) -> bool:
    """Whether a verb is in the passive voice."""
    return any(
        child.dep_ in PASSIVE_SUBJECTS or child.dep_ in {"aux:pass", "auxpass"} for child in verb.children
    )


def agent(verb: Token) -> Token | None:
    """The head of a passive verb's by-phrase."""
    for child in verb.children:
        if child.dep_ == "obl:agent" or (
            child.dep_ in {"obl", "obl:agent"}
            and any(c.dep_ == "case" and c.lower_ == "by" for c in child.children)
        ):
            return child
        if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def objects(verb: Token) -> list[Token]:
    """The heads of a verb's direct and indirect objects."""
    return children(verb, OBJECTS)


def prepositional(head: Token) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of a verb or noun: the preposition in lower case, the phrase's head."""
    for child in head.children:
        if child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    yield child.lower_, inner
        elif child.dep_ in PREPOSITIONAL:
            case = next((c for c in child.children if c.dep_ == "case"), None)
            if case is not None:
                yield case.lower_, child


def complements(verb: Token) -> list[Token]:
    """The heads of a verb's clausal complements ("said *that …*", "wants *to …*"), direct speech included."""
    found = children(verb, COMPLEMENTS)
    return found or [c for c in children(verb, frozenset({"parataxis"})) if c.pos_ in VERBAL]


def auxiliaries(verb: Token) -> list[Token]:
    return children(verb, AUXILIARIES)


def negated(token: Token) -> bool:
    """Whether a verb or predicate is negated by its own particle or auxiliary, or by a negative subject."""
    for child in token.children:
        if child.dep_ == "neg" or (
            child.lower_ in NEGATIONS and child.dep_ in {"advmod", "det", "cc:preconj", "aux"}
        ):
            return True
    who = subject(token)
    return who is not None and any(
        c.lower_ in {"no", "neither"} and c.dep_ in {"det", "cc:preconj"} for c in who.children
    )


def modal(verb: Token) -> str | None:
    """The verb's modal auxiliary in lower case, written out ("'ll" is "will"), None where it has none."""
    for child in auxiliaries(verb):
        if child.lower_ in MODALS:
            return {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can"}.get(child.lower_, child.lower_)
    return None


def past(verb: Token) -> bool:
    """Whether a finite verb or its first auxiliary is in a past tense."""
    for child in auxiliaries(verb):
        return child.tag_ in {"VBD"} or child.lower_ in {"had", "was", "were", "did"}
    return verb.tag_ in {"VBD", "VBN"}


def finite(doc: Doc, start: int, end: int) -> bool:
    """Whether there is a finite verb or a modal among the tokens `[start, end)`."""
    return any(doc[i].tag_ in FINITE for i in range(start, end))


def conjuncts(token: Token) -> list[Token]:
    """A token and those coordinated with it ("Poland, Germany and France"), in order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += conjuncts(child)
    return sorted(found, key=lambda t: t.i)


def subtree(token: Token) -> tuple[int, int]:
    """The range of tokens `[start, end)` from the first to the last descendant of a token."""
    return token.left_edge.i, token.right_edge.i + 1


def noun_phrase(token: Token, *, coordinated: bool = False) -> tuple[int, int]:
    """The range of tokens of a noun's phrase: its modifiers before it and names and prepositional phrases
    after it, without relative clauses, appositions and (unless asked for) what is coordinated with it."""
    start, end = token.i, token.i + 1
    for child in token.children:
        if child.dep_ in {"case", "mark", "cc", "punct", "cop", "parataxis"} and child.lower_ not in {
            "'s",
            "’s",
            "'",
            "’",
        }:
            continue
        if child.dep_ in CLAUSES or child.dep_ in APPOSITIONS or (child.dep_ == "conj" and not coordinated):
            continue
        if child.i < token.i:
            start = min(start, child.left_edge.i)
        elif child.lower_ not in {"'s", "’s", "'", "’"}:
            end = max(end, child.right_edge.i + 1)
    return start, end


def offsets(doc: Doc, start: int, end: int) -> Span:
    """The code points from the first to the last of the tokens `[start, end)`."""
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def char_span(doc: Doc, start: int, end: int) -> Span:
    """The code points that a range of tokens covers, without white space and commas at its edges."""
    while start < end - 1 and (doc[start].is_space or (doc[start].is_punct and doc[start].text in ",;:-–—")):
        start += 1
    while end - 1 > start and (doc[end - 1].is_space or doc[end - 1].text in ",;:-–—"):
        end -= 1
    return offsets(doc, start, end)
