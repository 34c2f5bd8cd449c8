"""How the model is measured. Pure functions from gold and predicted to precision, recall and F in per cent.

Attributions: spans are sets of words (runs of letters and digits), so that marks and white space at
their edges make no difference. Two attributions are about the same act where their cues share a word,
or, both cues being without one, where their contents do.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

Spans = Sequence[tuple[int, int]]
PARTS = ("source", "cue", "content")


class HasParts(Protocol):
    @property
    def source(self) -> Spans: ...
    @property
    def cue(self) -> Spans: ...
    @property
    def content(self) -> Spans: ...


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, in per cent to one decimal."""

    p: float
    r: float
    f: float

    @classmethod
    def of(cls, right_found: float, found: float, right_gold: float, gold: float) -> "Score":
        p = right_found / found if found else 0.0
        r = right_gold / gold if gold else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        return cls(round(100 * p, 1), round(100 * r, 1), round(100 * f, 1))


WordSet = frozenset[int]


class _WordsOf:
    """Numbers the words of a text, to turn spans into sets of words."""

    def __init__(self, text: str) -> None:
        self._at: list[int | None] = [None] * len(text)
        for number, match in enumerate(re.finditer(r"\w+", text)):
            self._at[match.start() : match.end()] = [number] * (match.end() - match.start())

    def __call__(self, spans: Spans) -> WordSet:
        return frozenset(n for start, end in spans for n in self._at[start:end] if n is not None)


@dataclass(frozen=True, slots=True)
class _Act:
    parts: dict[str, WordSet]
    pieces: dict[str, list[WordSet]]

    @classmethod
    def of(cls, words: _WordsOf, attribution: HasParts) -> "_Act":
        spans: dict[str, Spans] = {part: getattr(attribution, part) for part in PARTS}
        return cls(
            {part: words(spans[part]) for part in PARTS},
            {part: [w for w in (words([s]) for s in spans[part]) if w] for part in PARTS},
        )


def _same_act(a: _Act, b: _Act) -> bool:
    if a.parts["cue"] or b.parts["cue"]:
        return bool(a.parts["cue"] & b.parts["cue"])
    return bool(a.parts["content"] & b.parts["content"])


def _overlap(a: WordSet, b: WordSet) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def _exact(part: str) -> Callable[[_Act, _Act], bool]:
    return lambda a, b: _same_act(a, b) and a.parts[part] == b.parts[part]


_MATCHES: dict[str, Callable[[_Act, _Act], bool]] = {
    "source exact": _exact("source"),
    "cue exact": _exact("cue"),
    "content exact": _exact("content"),
    "triple exact": lambda a, b: _same_act(a, b) and a.parts == b.parts,
    "linked": lambda a, b: (
        _same_act(a, b)
        and _overlap(a.parts["source"], b.parts["source"]) >= 0.5
        and _overlap(a.parts["content"], b.parts["content"]) >= 0.5
    ),
}


def attribution_scores(
    articles: Iterable[tuple[str, Sequence[HasParts], Sequence[HasParts]]],
) -> dict[str, Score]:
    """Give the scores over articles (text, found, gold).

    `linked`: the same act, and source and content each share at least half of their words;
    `triple exact`: all three parts the same; `… span`: contiguous spans by themselves, linked or not.
    """
    n: Counter[tuple[str, str]] = Counter()
    for text, found_list, gold_list in articles:
        words = _WordsOf(text)
        found = [_Act.of(words, a) for a in found_list]
        gold = [_Act.of(words, a) for a in gold_list]
        for name, match in _MATCHES.items():
            n[name, "right found"] += sum(any(match(f, g) for g in gold) for f in found)
            n[name, "right gold"] += sum(any(match(f, g) for f in found) for g in gold)
            n[name, "found"] += len(found)
            n[name, "gold"] += len(gold)
        for part in PARTS:
            name = f"{part} span"
            mine = {piece for a in found for piece in a.pieces[part]}
            theirs = {piece for a in gold for piece in a.pieces[part]}
            for side, count in (("found", len(mine)), ("gold", len(theirs))):
                n[name, side] += count
                n[name, f"right {side}"] += len(mine & theirs)
    names = dict.fromkeys(name for name, _ in n)
    return {
        name: Score.of(n[name, "right found"], n[name, "found"], n[name, "right gold"], n[name, "gold"])
        for name in names
    }


def is_direct(text: str, attribution: HasParts) -> bool:
    """Tell whether the whole content stands in double quotation marks, their own included."""
    content = attribution.content
    return bool(content) and all(_quoted(text, start, end) for start, end in content)


def speech(text: str, attribution: HasParts) -> str:
    """Give `direct`, `mixed` (some of the content is in quotation marks) or `indirect`."""
    if is_direct(text, attribution):
        return "direct"
    marks = any(mark in text[start:end] for start, end in attribution.content for mark in '“”"„')
    return "mixed" if marks else "indirect"


def _quoted(text: str, start: int, end: int) -> bool:
    marks = '“”"„'
    span = text[start:end].strip()
    opens = span[:1] in marks or text[max(start - 1, 0) : start] in tuple(marks)
    closes = span.rstrip(",.;")[-1:] in marks or text[end : end + 1] in tuple(marks)
    inner = span.strip('“”"„ ')
    return opens and closes and not re.search(r"[“”\"]\s*\w.*[“”\"]", inner)


def direct_quote_score(
    articles: Iterable[tuple[str, Sequence[HasParts], Sequence[HasParts]]],
) -> Score:
    """Give the score of direct quotations: right where source and content overlap those of a gold
    attribution of any kind (precision), or of a found one of any kind (recall)."""
    right_found = found_count = right_gold = gold_count = 0
    for text, found_list, gold_list in articles:
        words = _WordsOf(text)
        found = [(_Act.of(words, a), is_direct(text, a)) for a in found_list]
        gold = [(_Act.of(words, a), is_direct(text, a)) for a in gold_list]
        mine = [a for a, direct in found if direct and a.parts["source"]]
        theirs = [a for a, direct in gold if direct and a.parts["source"]]
        found_count += len(mine)
        gold_count += len(theirs)
        right_found += sum(any(_meets(a, g) for g, _ in gold) for a in mine)
        right_gold += sum(any(_meets(f, g) for f, _ in found) for g in theirs)
    return Score.of(right_found, found_count, right_gold, gold_count)


def _meets(a: _Act, b: _Act) -> bool:
    return bool(a.parts["source"] & b.parts["source"]) and bool(a.parts["content"] & b.parts["content"])


def span_score(
    found: Sequence[set[tuple[int, int, str]]], gold: Sequence[set[tuple[int, int, str]]]
) -> Score:
    """Give the score of labelled spans, text by text: right where offsets and label are the same."""
    both = sum(len(f & g) for f, g in zip(found, gold, strict=True))
    return Score.of(both, sum(map(len, found)), both, sum(map(len, gold)))
