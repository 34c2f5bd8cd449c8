"""What next steps are learnt from: each clause of annotated news that may tell of one, and if it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language

from generator.analysis import find_sources, lexicon
from generator.analysis.next_steps import find_candidates
from generator.analysis.spans import likeness
from generator.analysis.step_model import LABELS, OTHER, STEP

from .annotated import AnnotatedText
from .linear import Example

__all__ = ["APART", "INPUTS", "LABELS", "LEAST", "PENALTY", "examples"]

INPUTS = (Path(lexicon.__file__).parent / "steps.toml",)
APART = True
PENALTY = 25.0
LEAST = 5


def examples(annotated: Iterable[AnnotatedText], nlp: Language) -> list[Example]:
    """An example for each candidate: a step where its words are those of an annotated one, by half."""
    return [example for text in annotated for example in _examples(text, nlp)]


def _examples(text: AnnotatedText, nlp: Language) -> Iterator[Example]:
    article = text.read()
    doc, _, cast, attributions, quotes = find_sources(article, nlp)
    steps = [(at[0], at[1]) for step in text.gold["next_steps"] for at in step["at"]]
    for candidate in find_candidates(doc, cast, article.date, attributions, quotes):
        place = article.locate(candidate.step.span[0])
        told = any(likeness(place, step) >= 0.5 for step in steps)
        yield Example(text.name, STEP if told else OTHER, candidate.features)
