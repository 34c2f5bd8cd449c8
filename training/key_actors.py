"""What key actors are learnt from: the actors listed for annotated news, and whether an annotator calls each
key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from generator.analysis import find_sources
from generator.analysis.actors.prominence import KEY, LABELS, OTHER
from generator.analysis.next_steps import find_next_steps
from generator.analysis.positions import find_positions
from generator.evaluation import fold_name, pair, read_gold

from .annotated import AnnotatedText
from .linear import Example

__all__ = ["INPUTS", "LABELS", "LEAST", "PENALTY", "examples"]

INPUTS = ()
APART = False
PENALTY, LEAST = 10.0, 8


def examples(annotated: Iterable[AnnotatedText], nlp: Language) -> list[Example]:
    """An example for each actor that is listed: key where an annotator's key actor has a name of it."""
    return [example for article in annotated for example in _examples(article, nlp)]


def _examples(given: AnnotatedText, nlp: Language) -> Iterator[Example]:
    gold = read_gold(given.gold, given.text, name=given.name).actors
    article = given.read()
    doc, narration, cast, attributions, quotes = find_sources(article, nlp)
    listed = cast.candidates(
        quotes=quotes,
        positions=find_positions(doc, cast, attributions, quotes, narration),
        next_steps=find_next_steps(doc, cast, article.date, attributions, quotes),
    )
    names = [frozenset(map(fold_name, (actor.name, *actor.aliases))) for actor, _ in listed]
    ours, theirs = range(len(listed)), range(len(gold))
    pairs = dict(pair(ours, theirs, lambda one, other: len(names[one] & gold[other].names), 1))
    for number, (_, features) in enumerate(listed):
        key = number in pairs and gold[pairs[number]].key
        yield Example(given.name, KEY if key else OTHER, tuple(features))
