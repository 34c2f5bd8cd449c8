"""The tense of a clause, for dates and next steps: does it tell of what was, what is or what is to come?"""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc, Token

from generator.analysis.dates import Tense, TenseAt
from generator.analysis.syntax import AUXILIARIES, CLAUSES, VERBAL, past

FUTURE_MODALS = frozenset("will shall 'll ’ll wo may might could would should can ca must ought".split())

# After these in a past tense "to do" was done (or not done): "managed to leave", "was forced to step down".
IMPLICATIVE = frozenset(
    "allow appear attempt begin bother cause cease come compel continue convince dare decline enable fail"
    " force get go happen have help lead make manage neglect persuade proceed prompt refuse remember seem"
    " serve start struggle try turn use".split()
)


def tenses(doc: Doc) -> TenseAt:
    """A function from an offset of `doc.text` to the tense of the clause that holds it."""
    starts = [token.idx for token in doc]

    def tense_at(offset: int) -> Tense | None:
        index = bisect_right(starts, offset) - 1
        if not 0 <= index < len(doc):
            return None
        token = doc[index]
        verb = clause_of_time(token)
        found = tense(verb)
        if found != "future" and (_looks_ahead(verb, token) or _stranded_modal(token)):
            return "future"
        return found

    return tense_at


# What is expected, planned or called "in April" lies ahead, whatever the tense of the verb.
PROSPECTIVE = frozenset("anticipate await expect foresee intend plan propose schedule threaten".split())
ANNOUNCING = frozenset({"announce", "call", "convene", "declare", "set"})
GATHERINGS = frozenset(
    "boycott conference congress debate election elections hearing march meeting protest protests rally"
    " referendum session strike summit talks vote walkout".split()
)


def _looks_ahead(verb: Token | None, time: Token) -> bool:
    """Whether a time after a verb's object is that of the object: "expected a vote in April", "called a
    strike for Monday"."""
    if verb is None or time.i < verb.i or verb.lemma_ not in PROSPECTIVE | ANNOUNCING:
        return False
    between = [token for token in verb.doc[verb.i + 1 : time.i] if token.pos_ in {"NOUN", "PROPN"}]
    if verb.lemma_ in PROSPECTIVE:
        return bool(between)
    return any(token.lower_ in GATHERINGS for token in between)


def _stranded_modal(time: Token) -> bool:
    """Whether the verb nearest before a time is a modal whose own verb was taken for a noun ("will man
    roadblocks")."""
    for token in reversed(time.doc[max(time.sent.start, time.i - 10) : time.i]):
        if token.pos_ in VERBAL:
            return token.tag_ == "MD"
    return False


def predicate(token: Token) -> bool:
    """Whether a token heads a clause: a verb that is no auxiliary, or a word with a copula."""
    if token.dep_ in AUXILIARIES or token.dep_ == "cop":
        return False
    return token.pos_ in VERBAL or any(child.dep_ == "cop" for child in token.children)


def clause(token: Token) -> Token | None:
    """The head of the innermost clause that holds a token; None where there is no verb on the way up."""
    for _ in range(24):
        if predicate(token):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def clause_of_time(time: Token) -> Token | None:
    """The head of the clause that a time is told of; behind what is reported, of that: in "said he would
    resign on Friday" the parse may hang the day on "said"."""
    found = clause(time)
    for child in found.children if found is not None and time.head.i == found.i else ():
        if child.dep_ == "ccomp" and time.head.i < child.left_edge.i and child.i < time.i:
            if not any(t.is_punct for t in time.doc[child.i : time.i]):
                return child
    return found


def infinitive(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    if verb.tag_ not in {"VB", "VBP"}:
        return any(
            child.lower_ == "be" and child.dep_ in {"cop", "aux:pass", "auxpass"} for child in verb.children
        ) and _to(verb)
    return _to(verb)


def _to(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in verb.children)


def tense(verb: Token | None) -> Tense | None:
    """The tense of the clause that a verb (or a word with a copula) heads.

    Modals tell of what is to come, unless "have" follows; an infinitive too, unless what governs it is
    past and implies that it came to pass.
    """
    for _ in range(6):
        if verb is None:
            return None
        helpers = [child for child in verb.children if child.dep_ in AUXILIARIES or child.dep_ == "cop"]
        words = {child.lower_ for child in helpers}
        if words & FUTURE_MODALS:
            return "past" if words & {"have", "'ve", "’ve"} and verb.tag_ != "VB" else "future"
        if infinitive(verb):
            governor = clause(verb.head) if verb.head.i != verb.i else None
            if governor is not None and governor.lemma_ == "go" and governor.tag_ == "VBG":
                return "future"
            if governor is None or governor.lemma_ not in IMPLICATIVE or tense(governor) == "future":
                return "future"
            verb = governor
            continue
        if words & {"had", "was", "were", "did", "has", "have", "'ve", "’ve"}:
            return "past"
        if words & {"is", "are", "am", "'s", "’s", "'re", "’re", "do", "does"}:
            return "present"
        if verb.tag_ in {"VBZ", "VBP"} or verb.lower_ in {"is", "are"}:
            return "present"
        if verb.tag_ == "VBG":
            verb = clause(verb.head) if verb.head.i != verb.i else None
            continue
        if verb.tag_ == "VB":
            return "future"
        if (
            verb.tag_ == "VBN"
            and verb.dep_ in CLAUSES
            and verb.dep_ not in {"acl", "ccomp"}
            and verb.head.i != verb.i
        ):
            # a participle that hangs on a clause shares its time ("asked about …", "driven by …")
            return "past"
        return "past" if past(verb) else None
    return None
