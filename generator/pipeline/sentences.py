"""Mend the sentences of a parse: quotation marks go with what they quote, paragraphs end sentences.

The parser was trained on treebanks with few quotations and puts a closing mark at the head of the
next sentence, or breaks before "he said". The marks are paired first, paragraph by paragraph; then
every sentence start is confirmed, moved or dropped, and the heads are made to fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc, Token
from thinc.types import Ints2d

OPENING, CLOSING, STRAIGHT = frozenset("“„«‘"), frozenset("”»"), frozenset({'"', "''", "``", "‟"})
TERMINAL = frozenset({".", "!", "?", "...", "…", "....", "?!", "!?", "!!", ". . .", ":"})
BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}

# A full stop after these is part of the word, and a name or number comes next.
TITLES = frozenset(
    """mr. mrs. ms. mx. dr. prof. sen. sens. rep. reps. gov. govs. gen. lt. col. maj. capt. cmdr. adm.
    sgt. cpl. pvt. rev. fr. msgr. hon. pres. supt. atty. st. ft. mt. no. nos. vs. v. fig. sec. art.
    ex. approx. jan. feb. mar. apr. aug. sept. oct. nov. dec. mon. tue. tues. wed. thu. thurs. fri.
    sat. sun. messrs. dist. det. insp. amb.""".split()
)
# The tokenizer cuts the full stop off these.
CUT_TITLES = frozenset(
    "Sens Reps Govs Col Lt Sgt Capt Maj Cmdr Supt Det Insp Atty Msgr Pres Cpl Pvt Brig Amb Ald Asst".split()
)
# These end a sentence as often as not.
EITHER_WAY = frozenset(
    """u.s. u.k. u.n. e.u. u.s.a. d.c. l.a. n.y. a.m. p.m. inc. corp. ltd. co. cos. bros. jr. sr. ph.d.
    m.d. b.a. m.a. etc. e.g. i.e. calif. fla. mass. mich. minn. pa. tex. va. wash. wis. ariz. ill.
    ind. conn. colo. ga. la. md. mo. n.c. n.d. n.h. n.j. n.m. nev. okla. ore. r.i. s.c. s.d. tenn.
    vt. w.va. wyo. ala. ark. del. kan. ky. neb.""".split()
)
OPENERS = frozenset(
    """the a an this that these those it its he she they we you i his her their our my but and or yet
    so in on at by for from with to as after before when while if since because although though
    however meanwhile there here what who why how where no not both some many most several all each
    another one two three last next earlier later then now still also even only""".split()
)
_INITIAL = re.compile(r"^[A-Z]\.$")


def starts(tokens: Sequence[Token], wanted: Sequence[bool]) -> list[bool]:
    """Give whether each token begins a sentence, from where a model wants sentences to begin.

    White space never begins one; a blank line always ends one, whether it is among the tokens or not.
    """
    closes = closing_marks(tokens)
    depth = 0
    fresh, result = True, [False] * len(tokens)
    carried = False
    last: Token | None = None
    for i, token in enumerate(tokens):
        if i and _break_before(tokens, i):
            fresh, depth, last = True, 0, None
        if token.is_space:
            # The start that the parser gave to white space is its next word's.
            carried = carried or wanted[i]
            continue
        wants = wanted[i] or carried
        carried = False
        if fresh:
            result[i] = True
            fresh = False
        elif token.text in CLOSING or closes[i] or token.text in (")", "]"):
            # The closing mark belongs to the sentence that it closes; the start waits for the next word.
            carried = wants or (_ends(tokens, closes, i) and _opens_next(tokens, i))
        elif depth > 0:
            pass
        elif last is not None and _may_break(last, token, closes[i - 1]):
            result[i] = wants or _must_break(last, token) or _after_quoted_stop(tokens, closes, i)
        depth = max(0, depth + BRACKETS.get(token.text, 0))
        last = token
    return result


def is_break(token: Token) -> bool:
    """Whether a token of white space is a paragraph break."""
    return token.text.count("\n") >= 2


def _break_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a paragraph break lies between a token and the one before it in the sequence."""
    before, here = tokens[at - 1], tokens[at]
    if before.is_space:
        return is_break(before)
    return any(is_break(before.doc[i]) for i in range(before.i + 1, here.i))


def closing_marks(tokens: Sequence[Token]) -> list[bool]:
    """Tell of each token whether it is a double quotation mark that closes; marks pair within a paragraph."""
    result = []
    inside = False
    for i, token in enumerate(tokens):
        closing = False
        if i and _break_before(tokens, i):
            inside = False
        if token.is_space:
            closing = False
        elif token.text in CLOSING:
            closing, inside = True, False
        elif token.text in OPENING:
            inside = True
        elif token.text in STRAIGHT:
            left = bool(token.i) and not token.nbor(-1).whitespace_ and not token.nbor(-1).is_space
            right = token.i + 1 < len(token.doc) and not token.whitespace_ and not token.nbor(1).is_space
            # What a mark touches tells its side; touching both or neither, the pair does.
            closing = left if left != right else inside
            inside = not closing
        result.append(closing)
    return result


def _ends(tokens: Sequence[Token], closes: Sequence[bool], at: int) -> bool:
    """Whether the closing mark at `at` comes right after a full stop."""
    before = at - 1
    while before >= 0 and (closes[before] or tokens[before].text in (")", "]")):
        before -= 1
    return before >= 0 and tokens[before].text in (".", "...", "…")


def _opens_next(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and _looks_like_a_start(tokens[at + 1])


def _looks_like_a_start(token: Token) -> bool:
    return token.text in OPENING or token.text in STRAIGHT or token.text[:1].isupper()


def _after_quoted_stop(tokens: Sequence[Token], closes: Sequence[bool], at: int) -> bool:
    return at > 0 and closes[at - 1] and _ends(tokens, closes, at - 1) and _looks_like_a_start(tokens[at])


def _may_break(last: Token, token: Token, closed: bool) -> bool:
    """Whether a sentence may end with `last` and another begin with `token`."""
    word = last.lower_
    if word in TITLES or _INITIAL.match(last.text):
        return False
    if last.text == "." and last.i and last.nbor(-1).text in CUT_TITLES:
        return False
    if word in EITHER_WAY:
        return (token.lower_ in OPENERS and token.is_title) or token.text in OPENING
    if token.text[:1].islower():
        return False
    return last.text in TERMINAL or closed or last.text[-1:] in ".!?…)]" or last.text in ("’", "'", ";", "—")


def _must_break(last: Token, token: Token) -> bool:
    """Whether a sentence ends between two tokens whatever the parser thought."""
    if last.lower_ in EITHER_WAY:
        return True
    opening = token.text in OPENING or token.text in STRAIGHT
    return (last.text == "." and _looks_like_a_start(token)) or (last.text in ("!", "?", "…") and opening)


def mend(doc: Doc) -> Doc:
    """Set the sentence starts that `starts` finds, and heads that stay within their sentences."""
    # spaCy leaves is_sent_start at None where nothing has said anything of it.
    wanted = starts(list(doc), [bool(token.is_sent_start) for token in doc])
    if not doc.has_annotation("DEP"):
        for token, start in zip(doc, wanted, strict=True):
            token.is_sent_start = start
        return doc
    if all(bool(token.is_sent_start) == start for token, start in zip(doc, wanted, strict=True)):
        return doc
    heads = [token.head.i for token in doc]
    labels = [token.dep for token in doc]
    root, loose, space = (doc.vocab.strings.add(label) for label in ("ROOT", "parataxis", "dep"))
    firsts = [i for i, start in enumerate(wanted) if start] or [0]
    firsts[0] = 0
    for first, end in zip(firsts, [*firsts[1:], len(doc)], strict=True):
        free = [i for i in range(first, end) if not first <= heads[i] < end or heads[i] == i]
        main = min(free, key=lambda i: (doc[i].is_space, doc[i].is_punct, labels[i] != root, i))
        for i in free:
            if i == main:
                heads[i], labels[i] = i, root
            elif doc[i].is_space:
                heads[i], labels[i] = (i - 1 if i > first else main), space
            else:
                labels[i] = loose if labels[i] == root else labels[i]
                heads[i] = main
    table = np.empty((len(doc), 2), dtype=np.uint64)
    # Heads are kept relative to their words, negative ones as the unsigned numbers that spaCy expects.
    table[:, 0] = np.array([head - i for i, head in enumerate(heads)], dtype=np.int64).view(np.uint64)
    table[:, 1] = labels
    return doc.from_array([HEAD, DEP], cast(Ints2d, table))
