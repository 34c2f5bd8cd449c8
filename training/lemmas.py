"""Learn lemmas from treebanks: the commonest change of each ending, and the words that it gets wrong."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from generator.pipeline.lemmas import LONGEST_ENDING, Lemmas

from .corpora import TreebankDocument


def learn(documents: Sequence[TreebankDocument], *, least: int = 3) -> Lemmas:
    """Give the lemmas of the documents' words; an ending needs `least` different words to count."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for document in documents:
        for sentence in document.sentences:
            for word in sentence.words:
                # A proper noun is its own lemma, whatever a treebank makes of "United" in "United States".
                if word.lemma != "_" and word.xpos != "NNP":
                    form = word.form if word.xpos == "NNPS" else word.form.lower()
                    seen[word.xpos, form][word.lemma] += 1
    # The commonest lemma of a form; of two as common the first in the alphabet.
    common = {key: min(lemmas, key=lambda each: (-lemmas[each], each)) for key, lemmas in seen.items()}
    changes: dict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    for (tag, form), lemma in common.items():
        kept = next((i for i, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), None)
        kept = min(len(form), len(lemma)) if kept is None else kept
        for length in range(min(LONGEST_ENDING, len(form)) + 1):
            changes[tag, form[len(form) - length :].lower()][len(form) - kept, lemma[kept:]] += 1
    endings: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for (tag, ending), counts in sorted(changes.items()):
        change = min(counts, key=lambda each: (-counts[each], each))
        if counts[change] >= least:
            endings[tag][ending] = change
    rules = Lemmas({}, _pruned(endings))
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for (tag, form), lemma in sorted(common.items()):
        often = sum(seen[tag, form].values())
        if rules.of(form, tag) != lemma and (often >= 2 or tag != "NNPS"):
            words[tag][form.lower()] = lemma
    return Lemmas(dict(words), rules.endings)


def _pruned(endings: dict[str, dict[str, tuple[int, str]]]) -> dict[str, dict[str, tuple[int, str]]]:
    """Drop an ending whose next shorter known one says the same."""
    kept: dict[str, dict[str, tuple[int, str]]] = {}
    for tag, rules in endings.items():
        kept[tag] = {}
        for ending in sorted(rules, key=len):
            shorter = next((ending[i:] for i in range(1, len(ending) + 1) if ending[i:] in kept[tag]), None)
            if shorter is None or kept[tag][shorter] != rules[ending]:
                kept[tag][ending] = rules[ending]
    return kept


def save(lemmas: Lemmas, path: Path) -> None:
    found = {"words": lemmas.words, "endings": lemmas.endings}
    path.write_text(
        json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8"
    )
