"""What the encoder learns positions, stances and next steps from: articles and examples of our own.

`readings/*.txt` are invented articles with their positions and next steps marked where they stand;
`stances.tsv` are single statements with their stance.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generator.analysis.model import STANCES, STATUSES
from generator.pipeline.pieces import Vocabulary

from .samples import BEGIN, IGNORE, INSIDE, Sample, as_paragraphs, covered, cut_words
from .stances import Example

READINGS = Path(__file__).parent / "readings"
LAYERS = {"P": "position", "S": "step"}
LABELS = {"position": STANCES, "step": STATUSES}
_HEADER = re.compile(r"== (\d{4}-\d{2}-\d{2}) [\w -]+")
_MARK = re.compile(r"\{([PS])\|([a-z]+)\|[^|{}]*\||\}")
_SPEAKERS = ("He", "She", "They", "The minister", "The company", "The union", "A spokesman", "Critics")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text that is a position or a step, half-open offsets, and its stance or status."""

    layer: str
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An article without its marks, and what they marked."""

    text: str
    marked: tuple[Marked, ...]


def read_readings(folder: Path = READINGS) -> list[Reading]:
    """Give the articles of a folder, in the order of its files; ValueError names the line of a bad mark."""
    return [reading for path in sorted(folder.glob("*.txt")) for reading in _articles(path)]


def _articles(path: Path) -> Iterator[Reading]:
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "=="], start=1):
        if not line.startswith("=="):
            lines.append(line)
            continue
        if any(lines):
            try:
                yield unmark("\n".join(lines).strip())
            except ValueError as error:
                raise ValueError(f"{path}:{first}: {error}") from error
        if line != "==" and not _HEADER.fullmatch(line):
            raise ValueError(
                f"{path}:{number}: an article begins with `== 2031-04-02 wire`, not with {line!r}"
            )
        lines, first = [], number


def unmark(text: str) -> Reading:
    """Take the marks out of a text: `{P|stance|holder|words}` and `{S|status|owner|words}`, also nested."""
    parts: list[str] = []
    opened: list[tuple[str, str, int]] = []
    marked: list[Marked] = []
    length = at = 0
    for match in _MARK.finditer(text):
        parts.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match[0] == "}":
            if not opened:
                raise ValueError(f"a mark ends that was not begun, before {text[at : at + 40]!r}")
            layer, label, start = opened.pop()
            marked.append(Marked(layer, start, length, label))
        else:
            layer, label = LAYERS[match[1]], match[2]
            if label not in LABELS[layer]:
                raise ValueError(f"{label!r} is none of {', '.join(LABELS[layer])}: {match[0]}")
            opened.append((layer, label, length))
    parts.append(text[at:])
    clean = "".join(parts)
    if opened or "{" in clean or "|" in clean:
        raise ValueError(f"a mark that does not end, or is none of ours: {clean[:60]!r}")
    return Reading(clean, tuple(sorted(marked, key=lambda m: (m.start, -m.end, m.layer))))


def reading_sample(vocabulary: Vocabulary, reading: Reading) -> Sample:
    """Give an article's positions and steps as layers of B, I and O, and the label of each.

    Of two of one layer, one inside the other, the outer one is kept: a layer holds no nesting.
    """
    paragraphs, offsets = cut_words(reading.text)
    layers = {layer: np.zeros(len(offsets), dtype=np.int64) for layer in LABELS}
    judged = []
    for mark in reading.marked:
        words = covered(offsets, mark.start, mark.end)
        if words and not layers[mark.layer][words].any():
            layers[mark.layer][words] = INSIDE
            layers[mark.layer][words[0]] = BEGIN
            judged.append((mark.layer, words[0], words[-1] + 1, LABELS[mark.layer].index(mark.label)))
    return Sample("statements", as_paragraphs(vocabulary, paragraphs), dict(layers), judged=tuple(judged))


def example_sample(vocabulary: Vocabulary, example: Example, rng: random.Random) -> Sample:
    """Give a single statement in a sentence around it; only its stance is known, not where others stand."""
    before, after = _around(example, rng)
    said = example.text.rstrip(".")
    paragraphs, offsets = cut_words(before + said + after)
    words = covered(offsets, len(before), len(before) + len(said))
    unknown = {layer: np.full(len(offsets), IGNORE, dtype=np.int64) for layer in LABELS}
    judged = ("position", words[0], words[-1] + 1, STANCES.index(example.stance))
    return Sample("statements", as_paragraphs(vocabulary, paragraphs), dict(unknown), judged=(judged,))


def _around(example: Example, rng: random.Random) -> tuple[str, str]:
    speaker = rng.choice(_SPEAKERS)
    match example.speech:
        case "direct":
            return rng.choice(
                (("“", f",” {speaker.lower()} said."), ("“", ".”"), (f"{speaker} said: “", ".”"))
            )
        case "indirect":
            return f"{speaker} {example.cue or 'said'} that ", "."
        case _:
            return f"{speaker} ", "."
