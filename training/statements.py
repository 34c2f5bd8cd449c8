"""Invented articles with their positions and next steps marked where they stand: `readings/*.txt`.

The encoder's heads for statements learn from both, the weights for stances from the positions.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Span

from generator.analysis.model import STANCES, STATUSES, Stance
from generator.analysis.stance_model import Speech
from generator.pipeline.pieces import inside_quotes

READINGS = Path(__file__).parent / "readings"
LAYERS = {"P": "position", "S": "step"}
LABELS = {"position": STANCES, "step": STATUSES}
_HEADER = re.compile(r"== (\d{4}-\d{2}-\d{2}) [\w -]+")
_MARK = re.compile(r"\{([PS])\|([a-z]+)\|[^|{}]*\||\}")


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


def stance_examples(reading: Reading, nlp: Language) -> Iterator[tuple[Stance, str, Speech, str]]:
    """Give stance, cue, speech and words of each position of an article, as the analysis would tell them.

    A clause with a subject of its own is reported (the verb above it is the cue) or, between quotation
    marks, spoken; other words tell a stance themselves.
    """
    doc = nlp(reading.text)
    inside = inside_quotes([token.text for token in doc])
    for mark in reading.marked:
        span = doc.char_span(mark.start, mark.end, alignment_mode="expand")
        if mark.layer == "position" and span is not None:
            cue, speech = _told(span, inside)
            words = reading.text[mark.start : mark.end].strip(' "“”,')
            yield cast(Stance, mark.label), cue, speech, words


def _told(span: Span, inside: Sequence[bool]) -> tuple[str, Speech]:
    """The cue of a position's words, and the way in which they are told."""
    if 2 * sum(inside[span.start : span.end]) > len(span):
        return "", "direct"
    head = span.root
    if not any(t.dep_.startswith(("nsubj", "csubj", "expl")) and t in span for t in head.children):
        return "", "narrated"
    above = head.head
    return (above.lower_ if above != head and above.pos_ == "VERB" else "said"), "indirect"
