"""How probable it is that an actor is a key one: a linear model over features that a reader can name.

The weights are learnt by `python -m training.weights` from annotated news (training/key_actors.py). Features
say how often an actor is mentioned, where, and what it does there, not what it is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log, log1p

from generator.analysis.actors.forms import Mention
from generator.analysis.actors.functions import WEIGHTS
from generator.analysis.actors.layout import Page
from generator.analysis.actors.naming import Entity
from generator.analysis.linear import graded, weights
from generator.analysis.syntax import SUBJECTS

KEY, OTHER = "key", "other"
LABELS = (KEY, OTHER)
LEAST = 0.2
"""The least share at which an actor is key; F is the same from 0.18 to 0.24 on articles held out."""

TRUST = 1.0
"""Log-odds that a weight of one adds (`weight`), up to two around `MIDDLE`: the articles learnt from are
American politics, where states and bodies are seldom key. Of 0 to 1.5 this value served others best,
and those held out as well as 0.5."""

MIDDLE = 2.5
"""The weight at which about half of the actors are key."""

_MANY = (1, 2, 3, 5, 8, 13)
_FEW = (1, 2, 4)
_SHARES = (0.1, 0.2, 0.35, 0.5, 0.75, 1)
_RANKS = (1, 2, 3, 5, 8, 12)


@dataclass(frozen=True, slots=True)
class Listed:
    """What an actor that is listed has in the story."""

    entity: Entity
    functions: Sequence[tuple[str, Mention]]
    """What each mention by name does in its clause (`function_of`)."""
    quotes: int
    positions: int
    steps: int

    @property
    def findings(self) -> int:
        return self.quotes + self.positions + self.steps

    @property
    def mentions(self) -> int:
        """How often it is mentioned in any way, by name, noun or pronoun."""
        return len(self.entity.names) + len(self.entity.others)


def judge(features: Sequence[str], weight: float) -> float:
    """How probable it is that an actor with these features is a key one (0..1)."""
    share = min(max(weights("key_actors").shares(features)[0], 1e-5), 1 - 1e-5)
    odds = log(share / (1 - share)) + TRUST * min(max(weight - MIDDLE, -2.0), 2.0)
    return round(1 / (1 + exp(-odds)), 3)


def weight(page: Page, part: Listed) -> float:
    """How much of the story turns on an actor: how often it is mentioned in any way, its positions and next
    steps, and a place in the lede.

    Rounded from a logistic regression over annotated articles.
    """
    entity = part.entity
    opens = any(page.paragraph[mention.start] == 0 for mention in entity.names)
    known = 1.25 * log1p(part.positions) + log1p(part.steps) + 1.5 * log1p(part.mentions)
    return known + (1.0 if opens else 0.0) - (2.0 if entity.kind == "group" else 0.0)


def features(page: Page, parts: Sequence[Listed]) -> list[list[str]]:
    """The features of each of the listed actors of an article, each once, in the order in which they are
    met."""
    most = max((part.mentions for part in parts), default=1)
    order = sorted(range(len(parts)), key=lambda n: (-parts[n].mentions, parts[n].entity.first))
    rank = {number: place for place, number in enumerate(order)}
    employers = Counter(part.entity.affiliation for part in parts)
    found = []
    for number, part in enumerate(parts):
        told = [
            f"is {_kind(part.entity)}",
            *_findings(part),
            *graded("share of the most", part.mentions / most, _SHARES),
            *(f"among the first {place}" for place in _RANKS if rank[number] < place),
            *_mentions(page, part),
            *_place(page, part.entity),
            *_naming(part.entity),
            *graded("has people", employers[part.entity.id], (1, 2)),
        ]
        found.append(list(dict.fromkeys(told)))
    return found


def _kind(entity: Entity) -> str:
    if entity.state is not None and entity.state.region:
        return "region"
    return entity.kind or "organization"


def _findings(part: Listed) -> Iterator[str]:
    yield from graded("findings", part.findings, _MANY)
    yield from graded("quotes", part.quotes, _FEW)
    yield from graded("positions", part.positions, _FEW)
    yield from graded("steps", part.steps, _FEW)


def _mentions(page: Page, part: Listed) -> Iterator[str]:
    """How often it is mentioned, and what it does there."""
    names, others = part.entity.names, part.entity.others
    yield from graded("names", len(names), _MANY)
    yield from graded("taken up", len(others), _MANY)
    yield from graded("mentions", part.mentions, _MANY)
    counts = Counter(function for function, _ in part.functions)
    for function in WEIGHTS:
        yield from graded(function, counts[function], _FEW)
        if counts[function] == len(names):
            yield f"{function} only"
    subjects = sum(page.doc[end - 1].dep_ in SUBJECTS for _, end in others)
    yield from graded("taken up as subject", subjects, _FEW)
    yield from graded("acts", subjects + counts["subject"], _MANY)
    best = max(counts, key=lambda function: WEIGHTS[function], default="nothing")
    yield f"at best {best}"
    if not part.findings:
        yield f"nothing found, at best {best}"
    total = sum(WEIGHTS[function] for function, _ in part.functions)
    yield from graded("functions", total, (0.2, 0.4, 0.7, 1, 1.5, 2.5))


def _place(page: Page, entity: Entity) -> Iterator[str]:
    """Where in the article it stands."""
    if any(page.styled[page.sentence[mention.start]] for mention in entity.names):
        yield "in a headline"
    if all(page.quoted[mention.start] >= 0 for mention in entity.names):
        yield "in quotations only"
    named = {page.paragraph[mention.start] for mention in entity.names}
    for number, ordinal in enumerate(("first", "second", "third")):
        if number in named:
            yield f"in the {ordinal} paragraph"
    paragraphs = named | {page.paragraph[start] for start, _ in entity.others}
    yield from graded("paragraphs", len(paragraphs), _MANY)
    yield from graded(
        "spread", (max(paragraphs) - min(paragraphs)) / max(1, page.paragraph[-1]), (0.2, 0.5, 0.8)
    )
    yield f"first met in quarter {min(4, 1 + 4 * entity.first // len(page.words))}"


def _naming(entity: Entity) -> Iterator[str]:
    """How it is introduced."""
    told = {
        "several forms": len({mention.text for mention in entity.names}) > 1,
        "honorific": any(mention.honorific for mention in entity.names),
        "title": any(mention.title for mention in entity.names),
        "role": entity.role is not None,
        "affiliated": entity.affiliation is not None,
    }
    yield from (name for name, holds in told.items() if holds)
