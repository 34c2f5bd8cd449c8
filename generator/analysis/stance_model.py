"""The stance of a position by its words: a linear model over features that a reader can name.

The weights are learnt by `python -m training.weights` from examples of our own and from annotated news
(training/stances.py). Features are those of the words as they stand, not of a parse, so the weights hold for
every pipeline. What the lexicon lists for a word or cue counts as one more feature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, cast

from generator.analysis import lexicon
from generator.analysis.lexicon import base_form
from generator.analysis.linear import weights
from generator.analysis.model import STANCES, Stance

Speech = Literal["direct", "indirect", "narrated"]

_WORD = re.compile(r"\w+(?:['’-]\w+)*|[?!]")
_AUXILIARIES = frozenset(
    "has have had is are was were be been being also now long already again repeatedly publicly strongly"
    " never not do does did will would".split()
)
_NEGATIONS = frozenset(
    "not no never nothing nobody none neither nor without cannot hardly little few".split()
)
_SELVES = frozenset("i we he she it they".split())
_WILL = frozenset("will would shall".split())
_SHORT = (
    ("n't", " not"),
    ("'ll", " will"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'m", " am"),
    ("'d", " would"),
)
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""), ("e", ""))


def judge(text: str, cue: str, speech: Speech) -> tuple[Stance, float]:
    """The stance that a position shows, and how probable it is (0..1).

    `cue` is the reporting word as it stands ("accused"), empty for direct speech and narrated stances.
    """
    stance, share = weights("stances").best(features(text, cue, speech))
    return cast(Stance, stance), share


def features(text: str, cue: str, speech: Speech) -> list[str]:
    """The features of a position, each once, in the order in which they are met."""
    return list(dict.fromkeys(_features(text, cue, speech)))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, short forms written out ("won't" is will, not)."""
    text = text.lower().replace("’", "'")
    if "'" in text:
        text = text.replace("won't", "will not").replace("can't", "can not").replace("let's", "let us")
        for short, full in _SHORT:
            text = text.replace(short, full)
        text = text.replace("'s", " 's")
    return _WORD.findall(text.replace("cannot", "can not"))


@cache
def stem(word: str) -> str:
    """A word without its inflection: rough, and the same for learning as for reading."""
    known = base_form(word)
    if known != word:
        return known
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + replacement
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word


def _features(text: str, cue: str, speech: Speech) -> Iterator[str]:
    words = words_of(text)
    stems = [stem(word) for word in words]
    yield f"speech {speech}"
    said = stem(words_of(cue)[0]) if cue.strip() and speech == "indirect" and words_of(cue) else ""
    if said:
        yield f"cue {said}"
        listed = _clause().get(said)
        if listed is not None:
            yield f"cue {listed}"
    yield from _opening(words, stems, speech)
    negated = 0
    for i, word in enumerate(words):
        yield f"w {stems[i]}"
        if i:
            yield f"b {stems[i - 1]} {stems[i]}"
        negated = 4 if word in _NEGATIONS else negated - 1
        for stance in _listed(word):
            yield f"lists {stance}"
            if negated > 0:
                yield f"not {stance}"
    for phrase_length in (2, 3, 4):
        for i in range(len(words) - phrase_length + 1):
            found = _phrases().get(" ".join(words[i : i + phrase_length]))
            if found is not None:
                yield f"phrase {found}"
    yield from _shape(words, speech)


def _opening(words: list[str], stems: list[str], speech: Speech) -> Iterator[str]:
    """How a position begins; where it is narrated, with the word that tells the stance."""
    if not words:
        return
    yield f"first {words[0]}"
    yield f"first {' '.join(words[:2])}"
    if speech != "narrated":
        return
    at = next((i for i, word in enumerate(words) if word not in _AUXILIARIES), 0)
    yield f"head {stems[at]}"
    if any(word in _NEGATIONS for word in words[:at]):
        yield f"head not {stems[at]}"
    for i in range(at, min(at + 3, len(words))):
        listed = None
        for reach in (3, 2, 1):
            listed = _narrated().get(" ".join([stems[i], *words[i + 1 : i + reach]]))
            if listed is not None:
                break
        listed = listed or _nouns().get(stems[i])
        if listed is not None:
            yield f"tells {listed}"
            break


def _shape(words: list[str], speech: Speech) -> Iterator[str]:
    """Modals and their subject, questions, conditions, comparisons, figures."""
    for i, word in enumerate(words):
        if word in _WILL and i and (words[i - 1] in _SELVES or (i > 1 and words[i - 2] in _SELVES)):
            yield f"self will {speech}"
            if i + 1 < len(words):
                yield "self will not" if words[i + 1] in _NEGATIONS else f"self will {stem(words[i + 1])}"
            break
    modal = next((w for w in words if w in _MODALS), None)
    if modal is not None:
        yield f"modal {modal} {speech}"
    if (words and words[-1] == "?") or "?" in words:
        yield "question"
    if not _NEGATIONS.isdisjoint(words):
        yield f"negated {speech}"
    if not words or any(word[0].isdigit() for word in words):
        yield "figure"


_MODALS = frozenset("will would shall should must can could may might ought need needs had has have".split())


@cache
def _clause() -> dict[str, Stance]:
    return _table("clause")


@cache
def _narrated() -> dict[str, Stance]:
    return _table("narrated")


@cache
def _nouns() -> dict[str, Stance]:
    listed = lexicon.read("stance")["nouns"]
    return {stem(entry): stance for stance in STANCES for entry in listed[stance]}


def _table(name: str) -> dict[str, Stance]:
    """Verb, or verb with what goes with it, as `stem` has it, to stance."""
    listed = lexicon.read("stance")[name]
    table: dict[str, Stance] = {}
    for stance in STANCES:
        for entry in listed[stance]:
            verb, *rest = entry.split()
            table[" ".join([stem(verb), *rest])] = stance
    return table


@cache
def _phrases() -> dict[str, Stance]:
    listed = lexicon.read("stance")["words"]
    return {
        " ".join(words_of(entry)): stance for stance in STANCES for entry in listed[stance] if " " in entry
    }


@cache
def _single() -> tuple[dict[str, tuple[Stance, ...]], tuple[tuple[str, Stance], ...]]:
    """Single words, and the beginnings of words, to their stances."""
    listed = lexicon.read("stance")["words"]
    whole: dict[str, tuple[Stance, ...]] = {}
    begun: list[tuple[str, Stance]] = []
    for stance in STANCES:
        for entry in listed[stance]:
            if entry.endswith("*"):
                begun.append((entry[:-1], stance))
            elif " " not in entry:
                whole[entry] = (*whole.get(entry, ()), stance)
    return whole, tuple(begun)


@cache
def _listed(word: str) -> tuple[Stance, ...]:
    """The stances that the lexicon lists a word under."""
    whole, begun = _single()
    return (*whole.get(word, ()), *(stance for start, stance in begun if word.startswith(start)))
