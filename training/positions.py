"""What positions are learnt from: the drafts of annotated news, and whether an annotator marked them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from generator.analysis import find_sources
from generator.analysis.model import Actor
from generator.analysis.positions import Draft, Evidence, find_drafts
from generator.evaluation import Passage, fold_name, overlap, read_gold, word_cover

from .annotated import AnnotatedText
from .linear import Example

LABELS = ("position", "none")
INPUTS = ()
APART = True
PENALTY, LEAST = 8.0, 5
# The overlap from which `evaluation` takes two spans for the same position.
_SAME = 0.5


def examples(annotated: Iterable[AnnotatedText], nlp: Language) -> list[Example]:
    """An example for each draft of each article."""
    return [example for article in annotated for example in _examples(article, nlp)]


def _examples(given: AnnotatedText, nlp: Language) -> Iterator[Example]:
    gold = read_gold(given.gold, given.text, name=given.name).positions
    article = given.read()
    doc, narration, cast, attributions, quotes = find_sources(article, nlp)
    drafts = find_drafts(narration, cast, attributions, quotes)
    evidence, cover = Evidence(narration, cast, drafts), word_cover(given.text)
    actors = {actor.id: actor for actor in cast.actors}
    for number, draft in enumerate(drafts):
        words = doc[draft.start : draft.end]
        place = article.locate((words.start_char, words.end_char))
        found = Passage(cover([place]), _names(draft, actors.get(draft.actor or "")))
        label = LABELS[0] if any(_marked(found, each) for each in gold) else LABELS[1]
        yield Example(given.name, label, tuple(evidence.features(number)))


def _marked(found: Passage, gold: Passage) -> bool:
    """Whether a draft is an annotator's position: its words, and its holder."""
    return overlap(found, gold) >= _SAME and bool(found.who & gold.who)


def _names(draft: Draft, actor: Actor | None) -> frozenset[str]:
    names = [actor.name, *actor.aliases] if actor is not None else [draft.actor_text]
    return frozenset(fold_name(name) for name in names)
