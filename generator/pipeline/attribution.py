"""Who is said to have said what: sources, cues and contents, and which of them belong together.

The encoder marks the segments; a small forest of decision trees then says of each cue and each
segment near it whether they belong together, from where they stand and from the encoder's own
opinion of the pair. Method: Pareti (2015) for the three parts; the data of PolNeAR (Newell et al., 2018).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .decoding import Stretch, stretches
from .pieces import inside_quotes

PARTS = ("source", "cue", "content")
# Nothing links over more paragraphs or words: 99 % of PolNeAR's links are within.
MOST_PARAGRAPHS, MOST_WORDS, LONGEST_SEGMENT = 2, 150, 400

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, a cue and a content: half-open `(start, end)` offsets in code points of `doc.text`.

    Each part may be several spans or none, in the order of the text; `score` (0 to 1) is how sure the
    model is of the cue and of what it links.
    """

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words that is a part, and its vectors by role (`cue`, `source`, `content`)."""

    part: str
    first: int
    end: int
    score: float
    vector: Floats


class Words:
    """An article's words with what stands before each of them, counted once."""

    def __init__(self, texts: Sequence[str], paragraphs: Sequence[int]) -> None:
        self.texts = texts
        self.paragraphs = paragraphs
        inside: list[bool] = []
        start = 0
        for at in range(1, len(texts) + 1):
            if at == len(texts) or paragraphs[at] != paragraphs[start]:
                inside += inside_quotes(texts[start:at])
                start = at
        self.inside = inside
        self._stops = self._count({".", "!", "?", "...", "…"})
        self._commas = self._count({",", ";", "—", "–", "--"})
        self._quotes = self._count({'"', "“", "”", "``", "''"})

    def _count(self, marks: set[str]) -> list[int]:
        return list(accumulate((int(text in marks) for text in self.texts), initial=0))

    def between(self, start: int, end: int) -> tuple[int, int, int]:
        """Give how many full stops, commas and quotation marks stand in words start to end."""
        return (
            self._stops[end] - self._stops[start],
            self._commas[end] - self._commas[start],
            self._quotes[end] - self._quotes[start],
        )


LAYER = ("O", "B-part", "I-part")
FEATURES = (
    "content",
    "encoder",
    "segment score",
    "cue score",
    "gap",
    "after",
    "paragraphs",
    "cues between",
    "segments between",
    "segment words",
    "cue words",
    "stops",
    "commas",
    "quotes",
    "colon",
    "segment quoted",
    "cue quoted",
    "cue in content",
    "segment in content",
    "in same content",
    "according",
    "rank",
    "encoder, best of cue",
    "encoder, best of segment",
    "sentence opens with segment",
    "content holds cue",
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs (cue, segment) worth a thought, and FEATURES of each [pairs × features]."""

    pairs: list[tuple[int, int]]
    features: NDArray[np.float64]


def pairs_of(words: Words, segments: Sequence[Segment], link_bias: Floats) -> Pairs:
    """Give the pairs of a cue and a source or content near it, as numbers of segments, in text order.

    `segments` are in text order; those of one part do not overlap.
    """
    firsts = [s.first for s in segments]
    starts = {part: [s.first for s in segments if s.part == part] for part in PARTS}
    contents = [n for n, s in enumerate(segments) if s.part == "content"]

    def holder(segment: Segment) -> int | None:
        """The content that a cue or source stands in."""
        at = bisect_right(starts["content"], segment.first) - 1
        inside = at >= 0 and segment.part != "content" and segment.end <= segments[contents[at]].end
        return contents[at] if inside else None

    pairs: list[tuple[int, int]] = []
    opinions: list[float] = []
    for cue, c in enumerate(segments):
        if c.part != "cue":
            continue
        low = bisect_left(firsts, c.first - MOST_WORDS - LONGEST_SEGMENT)
        high = bisect_right(firsts, c.end + MOST_WORDS)
        for number in range(low, high):
            s = segments[number]
            apart = abs(words.paragraphs[s.first] - words.paragraphs[c.first])
            if s.part == "cue" or apart > MOST_PARAGRAPHS or c.first - s.end > MOST_WORDS:
                continue
            pairs.append((cue, number))
            product = float(np.dot(c.vector.astype(np.float64), s.vector.astype(np.float64)))
            bias = float(link_bias[0 if s.part == "source" else 1])
            opinions.append(round(product / math.sqrt(len(c.vector)) + bias, 3))
    best_of_cue: dict[tuple[int, str], float] = {}
    best_of_segment: dict[int, float] = {}
    gaps: dict[tuple[int, str], list[int]] = {}
    for (cue, number), opinion in zip(pairs, opinions, strict=True):
        key = (cue, segments[number].part)
        best_of_cue[key] = max(opinion, best_of_cue.get(key, opinion))
        best_of_segment[number] = max(opinion, best_of_segment.get(number, opinion))
        insort(gaps.setdefault(key, []), _gap(segments[cue], segments[number]))
    rows = []
    for (cue, number), opinion in zip(pairs, opinions, strict=True):
        c, s = segments[cue], segments[number]
        gap = _gap(c, s)
        start, end = (c.end, s.first) if s.first >= c.end else (s.end, c.first)
        end = max(start, end)
        stops, commas, quotes = words.between(start, end)
        around_cue, around = holder(c), holder(s)
        rows.append(
            (
                s.part == "content",
                opinion,
                s.score,
                c.score,
                gap,
                1 if s.first >= c.end else 0 if s.end <= c.first else 2,
                words.paragraphs[s.first] - words.paragraphs[c.first],
                bisect_left(starts["cue"], end) - bisect_left(starts["cue"], start),
                bisect_left(starts[s.part], end) - bisect_left(starts[s.part], start),
                s.end - s.first,
                c.end - c.first,
                stops,
                commas,
                quotes,
                (c.end < len(words.texts) and words.texts[c.end] == ":") or words.texts[c.first] == ":",
                words.inside[s.first],
                words.inside[c.first],
                around_cue is not None,
                around is not None,
                around_cue is not None and around_cue == around,
                words.texts[c.first].lower() == "according",
                bisect_left(gaps[cue, s.part], gap),
                opinion - best_of_cue[cue, s.part],
                opinion - best_of_segment[number],
                s.first == 0 or words.texts[s.first - 1] in '.!?”"',
                around_cue == number,
            )
        )
    return Pairs(pairs, np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES)))


def _gap(cue: Segment, segment: Segment) -> int:
    """Give how many words stand between a cue and a segment; none where they overlap."""
    return max(segment.first - cue.end, cue.first - segment.end, 0)


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted trees as plain arrays [trees × nodes]; a leaf's `left` is -1. Gives a share from 0 to 1."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float64]
    base: float
    depth: int

    def share(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give each row's share, rounded to four decimals."""
        rows, trees = len(features), np.arange(len(self.feature))
        node = np.zeros((rows, len(trees)), dtype=np.int64)
        for _ in range(self.depth):
            leaf = self.left[trees, node] < 0
            chosen = np.take_along_axis(features, self.feature[trees, node].astype(np.int64), axis=1)
            low = chosen <= self.threshold[trees, node]
            below = np.where(low, self.left[trees, node], self.right[trees, node])
            node = np.where(leaf, node, below)
        total = self.base + self.value[trees, node].sum(axis=1)
        shares: NDArray[np.float64] = np.round(1.0 / (1.0 + np.exp(-total)), 4)
        return shares


@dataclass(frozen=True, slots=True)
class Linker:
    """Links the segments of an article; thresholds were chosen on articles that no training saw."""

    forest: Forest
    source_at_least: float
    content_at_least: float
    keep_at_least: float

    @classmethod
    def read(cls, path: Path) -> Linker:
        """Give the linker of an `.npz` file; raises OSError, KeyError or ValueError where it is none."""
        with np.load(path, allow_pickle=False) as file:
            parts = {name: file[name] for name in file.files}
        forest = Forest(
            feature=parts["feature"],
            threshold=parts["threshold"],
            left=parts["left"],
            right=parts["right"],
            value=parts["value"],
            base=float(parts["base"]),
            depth=int(parts["depth"]),
        )
        return cls(forest, *(float(each) for each in parts["thresholds"]))

    def link(self, words: Words, segments: Sequence[Segment], link_bias: Floats) -> list[Linked]:
        """Give who said what, in the order of the cues."""
        pairs = pairs_of(words, segments, link_bias)
        if not pairs.pairs:
            return []
        return self.choose(segments, pairs, self.forest.share(pairs.features))

    def choose(self, segments: Sequence[Segment], pairs: Pairs, shares: NDArray[np.float64]) -> list[Linked]:
        """Give each content to its best cue, then each cue its best source."""
        owner: dict[int, tuple[float, int]] = {}
        source: dict[int, tuple[float, int]] = {}
        for (cue, number), share in zip(pairs.pairs, shares, strict=True):
            found, key = (owner, number) if segments[number].part == "content" else (source, cue)
            other = cue if segments[number].part == "content" else number
            # The first in the text wins a tie.
            if key not in found or share > found[key][0]:
                found[key] = (float(share), other)
        linked = []
        for cue, segment in enumerate(segments):
            if segment.part != "cue":
                continue
            mine = [(n, s) for n, (s, c) in sorted(owner.items()) if c == cue and s >= self.content_at_least]
            if not mine:
                continue
            share, number = source.get(cue, (0.0, -1))
            said_by = number if share >= self.source_at_least else None
            sure = max(s for _, s in mine)
            score = round(segment.score * sure * (share if said_by is not None else 1.0 - share), 4)
            if score >= self.keep_at_least:
                linked.append(Linked(cue, said_by, tuple(n for n, _ in mine), score))
        return linked


@dataclass(frozen=True, slots=True)
class Linked:
    """Numbers of segments that make up one attribution."""

    cue: int
    source: int | None
    contents: tuple[int, ...]
    score: float


def segments_of(scores: Floats, links: Floats, first_word: int) -> list[Segment]:
    """Give a window's segments from its words' scores [words × 9] and link vectors [words × 3·size].

    Word numbers are the article's: `first_word` is the window's first.
    """
    size = links.shape[1] // 3
    columns = {"cue": 0, "source": size, "content": 2 * size}
    found = []
    for number, part in enumerate(PARTS):
        layer: list[Stretch] = stretches(scores[:, 3 * number : 3 * number + 3], LAYER)
        at = columns[part]
        for each in layer:
            vector = links[each.first, at : at + size].copy()
            found.append(Segment(part, first_word + each.first, first_word + each.end, each.score, vector))
    return sorted(found, key=lambda s: (s.first, s.end, s.part))
