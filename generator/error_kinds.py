"""What kinds of mistake extraction makes on annotated articles, counted; and what its scores are worth.

Pairs are looser here than in `evaluation`: a finding that shares some words with an annotation is a
mistake about that annotation (cut otherwise, another speaker), not one missed and one invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.evaluation import Named, Passage, Reading, overlap, pair

SECTIONS = ("actors", "quotes", "positions", "steps", "events")
# The least overlap at which `evaluation` counts a finding as the annotated one.
LEAST = {"quotes": 0.8, "positions": 0.5, "steps": 0.5, "events": 0.3}
TOUCHING = 0.1
RIGHT = "right"


@dataclass(slots=True)
class Kinds:
    """Counts over a corpus: kinds of outcome by section, and scores of findings right and wrong."""

    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in SECTIONS})
    scored: dict[str, list[tuple[float, bool]]] = field(
        default_factory=lambda: {name: [] for name in SECTIONS}
    )

    def add(self, found: Reading, gold: Reading) -> None:
        """Count one article in."""
        self.outcomes["actors"].update(_actors(found.actors, gold.actors))
        for section, least in LEAST.items():
            for passage, outcome in _passages(
                section, getattr(found, section), getattr(gold, section), least
            ):
                self.outcomes[section][outcome] += 1
                if passage is not None:
                    self.scored[section].append((passage.score, outcome == RIGHT))

    def lines(self) -> list[str]:
        """The kinds of each section with their counts, the most frequent first."""
        lines = []
        for section, outcomes in self.outcomes.items():
            lines.append(f"{section}: {outcomes.total()}, of them right {outcomes[RIGHT]}")
            wrong = [(name, count) for name, count in outcomes.items() if name != RIGHT]
            lines += [f"  {count:4}  {name}" for name, count in sorted(wrong, key=lambda w: (-w[1], w[0]))]
        return lines

    def calibration(self, low: float) -> list[str]:
        """How many findings scored below `low` are wrong, beside the others, section by section."""
        lines = []
        for section, scored in self.scored.items():
            if scored:
                marked = [right for score, right in scored if score < low]
                others = [right for score, right in scored if score >= low]
                lines.append(f"{section:10} marked: {_share(marked)}; not marked: {_share(others)}")
        return lines


def _share(rights: Sequence[bool]) -> str:
    wrong = rights.count(False)
    return f"{wrong} of {len(rights)} wrong" + (f" ({wrong / len(rights):.0%})" if rights else "")


def _actors(found: Sequence[Named], gold: Sequence[Named]) -> Iterator[str]:
    """Give an outcome for each actor found and each one missed."""
    pairs = pair(found, gold, lambda one, other: len(one.names & other.names), 1)
    met = {id(actor) for both in pairs for actor in both}
    for one, other in pairs:
        if one.kind != other.kind:
            yield f"{other.kind} taken for {one.kind}"
        elif one.key != other.key:
            yield "key, not marked" if other.key else "marked as key, is not"
        else:
            yield RIGHT
    missed = [actor for actor in gold if id(actor) not in met]
    for actor in found:
        if id(actor) not in met:
            alike = any(_words(actor) & _words(other) for other in gold)
            yield "listed under part of a name, or twice" if alike else f"{actor.kind} that is no actor"
    yield from (f"{actor.kind} missed" for actor in missed)


def _words(actor: Named) -> set[str]:
    return {word for name in actor.names for word in name.split() if len(word) > 2}


def _passages(
    section: str, found: Sequence[Passage], gold: Sequence[Passage], least: float
) -> Iterator[tuple[Passage | None, str]]:
    """Give each finding with its outcome, and what was missed as outcomes of no finding."""
    pairs = pair(found, gold, overlap, TOUCHING)
    met = {id(passage) for both in pairs for passage in both}
    for one, other in pairs:
        yield one, _outcome(section, one, other, least)
    yield from ((passage, "not annotated at all") for passage in found if id(passage) not in met)
    yield from ((None, "missed") for passage in gold if id(passage) not in met)


def _outcome(section: str, found: Passage, gold: Passage, least: float) -> str:
    alike = overlap(found, gold)
    if alike < least:
        return "cut longer" if len(found.words) > len(gold.words) else "cut shorter"
    if section == "events":
        return RIGHT if found.date == gold.date else "another date"
    if not (found.who & gold.who or (not found.who and not gold.who)):
        person = {"quotes": "speaker", "positions": "holder", "steps": "owner"}[section]
        if not found.who:
            return f"{person} not found"
        return f"another {person}" if gold.who else f"{person} where there is none"
    if found.label != gold.label:
        return f"{gold.label} taken for {found.label}"
    return RIGHT if section != "steps" or found.date == gold.date else "another date"
