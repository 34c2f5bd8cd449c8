"""Score what is extracted against annotated articles, with the definitions of the annotation guidelines.

A corpus is a folder with `X.txt` and its annotation `X.json` side by side. Findings and annotations
are paired one to one, the most alike first; two spans are alike by the words they share over the
words they cover together.

    actors            a name in common, aliases included; `key actors` of those marked key on both sides
    roles             of the persons found that have a role: half of its words agree (F)
    quotes            overlap of 0.8; `quotes+speaker`: and the speaker has a name in common
    positions         overlap of 0.5 and the holder; `positions (span)`: overlap alone
    stance            of the positions matched: the right one
    next steps        overlap of 0.5; `steps+owner`: and an owner in common
    step status, date of the next steps matched: the right one
    timeline          overlap of 0.3 and the same resolved date
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from generator.errors import BriefingsError, SettingsError

_WORD = re.compile(r"\w+")
T = TypeVar("T")


class CorpusError(BriefingsError):
    """An annotated corpus that does not hold together: no articles, or spans that are not in the text."""


@dataclass(frozen=True, slots=True)
class Named:
    """An actor of a reading."""

    names: frozenset[str]
    kind: str
    role: str | None
    key: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote, position, next step or event of a reading: its words by number, and what was said of it."""

    words: frozenset[int]
    who: frozenset[str] = frozenset()
    label: str | None = None
    """Stance of a position, status of a next step."""
    date: str | None = None
    score: float = 1.0
    """How sure the program is; an annotator is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of an article, by a program or by an annotator."""

    actors: tuple[Named, ...] = ()
    quotes: tuple[Passage, ...] = ()
    positions: tuple[Passage, ...] = ()
    steps: tuple[Passage, ...] = ()
    events: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F of one kind of finding, in per cent; `gold` is the number annotated."""

    precision: float
    recall: float
    f: float
    gold: int

    def __str__(self) -> str:
        return f"P {self.precision:5.1f}  R {self.recall:5.1f}  F {self.f:5.1f}  gold {self.gold}"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Share of the matched findings whose label is right, in per cent."""

    accuracy: float
    of: int

    def __str__(self) -> str:
        return f"accuracy {self.accuracy:5.1f} of {self.of}"


@dataclass(slots=True)
class Score:
    """Counts over a corpus, article by article."""

    matched: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)

    def table(self) -> dict[str, Rates | Accuracy]:
        """The rates and accuracies by name, in the order of the page."""
        return {name: self._accuracy(name) if name in ACCURACIES else self._rates(name) for name in MEASURES}

    def _rates(self, name: str) -> Rates:
        precision = self.matched[name] / max(1, self.found[name])
        recall = self.matched[name] / max(1, self.gold[name])
        f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return Rates(round(100 * precision, 1), round(100 * recall, 1), round(100 * f, 1), self.gold[name])

    def _accuracy(self, name: str) -> Accuracy:
        return Accuracy(round(100 * self.right[name] / max(1, self.judged[name]), 1), self.judged[name])

    def _count(
        self, name: str, pairs: Sequence[object], found: Sequence[object], gold: Sequence[object]
    ) -> None:
        self.matched[name] += len(pairs)
        self.found[name] += len(found)
        self.gold[name] += len(gold)

    def _judge(self, name: str, verdicts: Iterable[bool]) -> None:
        for right in verdicts:
            self.right[name] += right
            self.judged[name] += 1

    def add(self, found: Reading, gold: Reading) -> Unmatched:
        """Count one article in; gives what was missed and what was wrong in it."""
        actors = pair(found.actors, gold.actors, lambda one, other: len(one.names & other.names), 1)
        self._count("actors", actors, found.actors, gold.actors)
        key = [pair for pair in actors if pair[0].key and pair[1].key]
        self._count("key actors", key, [a for a in found.actors if a.key], [a for a in gold.actors if a.key])
        with_role = [(one, other) for one, other in actors if other.kind == "person" and other.role]
        self._judge("roles", (_roles_agree(one.role, other.role) for one, other in with_role))
        self._judge("actor kind", (one.kind == other.kind for one, other in actors))

        quotes = pair(found.quotes, gold.quotes, overlap, 0.8)
        self._count("quotes", quotes, found.quotes, gold.quotes)
        self._count("quotes+speaker", _same_people(quotes), found.quotes, gold.quotes)

        spans = pair(found.positions, gold.positions, overlap, 0.5)
        held = _same_people(spans)
        self._count("positions (span)", spans, found.positions, gold.positions)
        self._count("positions", held, found.positions, gold.positions)
        self._judge("stance", (one.label == other.label for one, other in held))

        steps = pair(found.steps, gold.steps, overlap, 0.5)
        self._count("next steps", steps, found.steps, gold.steps)
        self._count("steps+owner", _same_people(steps), found.steps, gold.steps)
        self._judge("step status", (one.label == other.label for one, other in steps))
        self._judge("step date", (one.date == other.date for one, other in steps))

        overlapping = pair(found.events, gold.events, overlap, 0.3)
        events = [(one, other) for one, other in overlapping if one.date == other.date]
        self._count("timeline", events, found.events, gold.events)
        return Unmatched(
            actors=_rest(actors, found.actors, gold.actors),
            quotes=_rest(quotes, found.quotes, gold.quotes),
            positions=_rest(spans, found.positions, gold.positions),
            steps=_rest(steps, found.steps, gold.steps),
            events=_rest(events, found.events, gold.events),
        )


MEASURES = (
    "actors",
    "key actors",
    "roles",
    "actor kind",
    "quotes",
    "quotes+speaker",
    "positions (span)",
    "positions",
    "stance",
    "next steps",
    "steps+owner",
    "step status",
    "step date",
    "timeline",
)
ACCURACIES = frozenset({"roles", "actor kind", "stance", "step status", "step date"})


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Of each kind, what was annotated and missed, and what was found and wrong."""

    actors: tuple[list[Named], list[Named]]
    quotes: tuple[list[Passage], list[Passage]]
    positions: tuple[list[Passage], list[Passage]]
    steps: tuple[list[Passage], list[Passage]]
    events: tuple[list[Passage], list[Passage]]

    def lines(self, text: str) -> list[str]:
        """One line each, as a person reads them; `text` is the article's."""
        words = [match.span() for match in _WORD.finditer(text)]
        lines = []
        for name in ("quotes", "positions", "steps", "events"):
            missed, wrong = getattr(self, name)
            for verdict, passages in (("missed", missed), ("wrong", wrong)):
                for item in passages:
                    start, end = (
                        (words[min(item.words)][0], words[max(item.words)][1]) if item.words else (0, 0)
                    )
                    about = ", ".join([*sorted(item.who), *filter(None, (item.label, item.date))])
                    shown = " ".join(text[start:end].split())[:150]
                    lines.append(f"  {verdict:6} {name[:-1]:8} {shown}  [{about}]")
        for verdict, actors in zip(("missed", "wrong"), self.actors, strict=True):
            lines += [f"  {verdict:6} actor    {max(sorted(item.names), key=len)}" for item in actors]
        return lines


def _rest(pairs: Sequence[tuple[T, T]], found: Sequence[T], gold: Sequence[T]) -> tuple[list[T], list[T]]:
    met = {id(item) for pair in pairs for item in pair}
    return [item for item in gold if id(item) not in met], [item for item in found if id(item) not in met]


def pair(
    found: Sequence[T], gold: Sequence[T], likeness: Callable[[T, T], float], least: float
) -> list[tuple[T, T]]:
    """Found and annotated items one to one, the most alike first; of equals the first found."""
    ranked = sorted(
        (
            (-alike, i, j)
            for i, one in enumerate(found)
            for j, other in enumerate(gold)
            if (alike := likeness(one, other)) >= least
        ),
    )
    left, right = set(range(len(found))), set(range(len(gold)))
    pairs = []
    for _, i, j in ranked:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((found[i], gold[j]))
    return pairs


def overlap(one: Passage, other: Passage) -> float:
    both = one.words | other.words
    return len(one.words & other.words) / len(both) if both else 0.0


def _same_people(pairs: Iterable[tuple[Passage, Passage]]) -> list[tuple[Passage, Passage]]:
    """The pairs whose people share a name, or that name nobody on both sides."""
    return [(one, other) for one, other in pairs if one.who & other.who or (not one.who and not other.who)]


def _roles_agree(one: str | None, other: str | None) -> bool:
    a, b = (Counter(fold_name(role).split()) for role in (one, other))
    both = (a & b).total()
    return both > 0 and 2 * both / (a.total() + b.total()) >= 0.5


def fold_name(name: str | None) -> str:
    """A name as it is compared: small letters, no punctuation, no article before it."""
    folded = " ".join(re.sub(r"[^\w\s]", " ", (name or "").casefold()).split())
    return re.sub(r"^(?:the|a|an)\s+", "", folded)


def read_found(contract: Mapping[str, Any], text: str) -> Reading:
    """The reading in what `briefings extract` prints for an article with this text."""
    cover = word_cover(text)
    names = {actor["id"]: _names(actor) for actor in contract["actors"]}

    def who(id: str | None, shown: str | None = None) -> frozenset[str]:
        known = names.get(id) if id else None
        return known or frozenset(fold_name(name) for name in (id, shown) if name)

    def score(item: Mapping[str, Any]) -> float:
        return float(item.get("score", 1.0))

    return Reading(
        actors=tuple(_named(actor) for actor in contract["actors"]),
        quotes=tuple(
            Passage(cover(item["parts"]), who(item["speaker"], item["speaker_text"]), score=score(item))
            for item in contract["quotes"]
        ),
        positions=tuple(
            Passage(
                cover(item["span"]),
                who(item["actor"], item["actor_text"]),
                item["stance"],
                score=score(item),
            )
            for item in contract["positions"]
        ),
        steps=tuple(
            Passage(
                cover(item["span"]),
                frozenset().union(*(who(owner) for owner in item["owners"])),
                item["status"],
                item["date"],
                score(item),
            )
            for item in contract["next_steps"]
        ),
        events=tuple(
            Passage(cover(item["span"]), date=item["date"], score=score(item))
            for item in contract["timeline"]
        ),
    )


def read_gold(gold: Mapping[str, Any], text: str, *, name: str = "annotation") -> Reading:
    """The reading of an annotator, whose passages are verbatim text; `name` is for messages.

    Raises CorpusError for a passage that does not stand in the text.
    """
    cover = word_cover(text)
    names = {actor["name"]: _names(actor) for actor in gold["actors"]}

    def who(names_: Iterable[str | None]) -> frozenset[str]:
        folded = (names.get(name_) or frozenset({fold_name(name_)}) for name_ in names_ if name_)
        return frozenset().union(*folded)

    def words(item: Mapping[str, Any]) -> frozenset[int]:
        if "at" in item:  # offsets in place of words
            return cover(item["at"])
        parts = item.get("parts") or [item["text"]]
        return cover(_find(text, parts, item.get("occurrence", 1) if len(parts) == 1 else 1, name))

    return Reading(
        actors=tuple(_named(actor) for actor in gold["actors"]),
        quotes=tuple(Passage(words(item), who([item.get("speaker")])) for item in gold["quotes"]),
        positions=tuple(
            Passage(words(item), who([item["actor"]]), item["stance"]) for item in gold["positions"]
        ),
        steps=tuple(
            Passage(words(item), who(item["owners"]), item["status"], item["date"])
            for item in gold["next_steps"]
        ),
        events=tuple(Passage(words(item), date=item["date"]) for item in gold["timeline"]),
    )


def _find(text: str, parts: Sequence[str], occurrence: int, name: str) -> list[tuple[int, int]]:
    """Where parts stand one behind the other, or a single one for the `occurrence`th time."""
    spans: list[tuple[int, int]] = []
    after = 0
    for part in parts:
        at = after - 1
        for _ in range(occurrence):
            at = text.find(part, at + 1)
        if at < 0:
            at = text.find(part)
        if at < 0:
            raise CorpusError(f"{name}: not in the text: {part[:80]!r}")
        after = at + len(part)
        spans.append((at, after))
    return spans


def _names(actor: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(fold_name(name) for name in [actor["name"], *actor.get("aliases", ())]) - {""}


def _named(actor: Mapping[str, Any]) -> Named:
    return Named(_names(actor), actor["kind"], actor.get("role"), bool(actor.get("key")))


def word_cover(text: str) -> Callable[[Iterable[Sequence[int]]], frozenset[int]]:
    """A function from spans to the numbers of the words they touch."""
    at: list[int | None] = [None] * len(text)
    for number, match in enumerate(_WORD.finditer(text)):
        at[match.start() : match.end()] = [number] * (match.end() - match.start())

    def cover(spans: Iterable[Sequence[int]]) -> frozenset[int]:
        return frozenset(number for start, end in spans for number in at[start:end] if number is not None)

    return cover


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article of a corpus with its annotation, not yet read."""

    text: Path
    gold: Path


def find_corpus(folder: Path) -> list[Annotated]:
    """The annotated articles of a folder, by name; raises CorpusError where there are none."""
    found = [
        Annotated(text, gold)
        for gold in sorted(folder.glob("*.json"))
        if (text := gold.with_suffix(".txt")).exists()
    ]
    if not found:
        raise CorpusError(
            f"{folder}: no annotated articles here; they are pairs like talks.txt and talks.json"
        )
    return found


def load_gold(item: Annotated) -> tuple[str, Reading]:
    """An article's text and its annotation; raises CorpusError where either cannot be read."""
    try:
        text = item.text.read_bytes().decode("utf-8")
        return text, read_gold(json.loads(item.gold.read_text(encoding="utf-8")), text, name=str(item.gold))
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{item.gold}: this is no annotation: {type(error).__name__}: {error}") from error


def corpus_sha256(items: Iterable[Annotated]) -> str:
    """A digest of all texts and annotations: floors hold for exactly these."""
    digest = hashlib.sha256()
    for item in items:
        for path in (item.text, item.gold):
            digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def read_floors(file: Path, sha256: str) -> dict[str, float]:
    """The least that a corpus must reach, by measure; empty where the file says nothing of this corpus.

    Raises SettingsError for a file that is no TOML, and for a measure that does not exist.
    """
    if not file.exists():
        return {}
    try:
        floors: dict[str, float] = (
            tomllib.loads(file.read_text(encoding="utf-8")).get(sha256, {}).get("floors", {})
        )
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}") from error
    unknown = [name for name in floors if name not in MEASURES]
    if unknown:
        raise SettingsError(f"{file}: no such measure: {unknown[0]!r}; there are {', '.join(MEASURES)}")
    return floors


def value(row: Rates | Accuracy) -> float:
    """The figure that a floor is about: F, or the accuracy."""
    return row.f if isinstance(row, Rates) else row.accuracy


def below(table: Mapping[str, Rates | Accuracy], floors: Mapping[str, float]) -> list[str]:
    """A line for each measure that fell below its floor."""
    return [
        f"{name} fell to {value(table[name])}, the floor is {floor}"
        for name, floor in floors.items()
        if value(table[name]) < floor
    ]


MARGIN = 1.0
"""Points that a floor lies below what was reached: another processor rounds some scores the other way."""


def floors_text(name: str, sha256: str, table: Mapping[str, Rates | Accuracy]) -> str:
    """A section for the file of floors: what was reached, less the margin."""
    lines = [f"[{sha256}]", f'corpus = "{name}"', "", f"[{sha256}.floors]"]
    least = {name: max(0.0, round(value(row) - MARGIN, 1)) for name, row in table.items()}
    return "\n".join([*lines, *(f'"{name}" = {floor}' for name, floor in least.items())]) + "\n"
