"""What stances are learnt from: our own examples, the positions marked in our articles, and annotated news.

`stances.tsv` has positions as an article would have them, `readings/*.txt` whole articles of ours with their
positions marked; `annotated.py` gives real articles.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from spacy.language import Language

from generator.analysis import lexicon
from generator.analysis.model import STANCES
from generator.analysis.stance_model import Speech, features

from .annotated import AnnotatedText
from .linear import Example
from .statements import READINGS, Marked, Reading, read_readings, stance_examples

TABLE = Path(__file__).with_name("stances.tsv")
LABELS = STANCES
APART = False
PENALTY, LEAST = 3.0, 3
INPUTS = (TABLE, *sorted(READINGS.glob("*.txt")), Path(lexicon.__file__).parent / "stance.toml")


def examples(annotated: Iterable[AnnotatedText], nlp: Language) -> list[Example]:
    """The examples of the table, of our articles and of real ones, as `nlp` parses them."""
    found = list(read_table())
    for number, reading in enumerate(read_readings()):
        found += _examples(f"reading {number}", reading, nlp)
    for article in annotated:
        marks = {(*at, position["stance"]) for position in article.gold["positions"] for at in position["at"]}
        marked = tuple(Marked("position", start, end, stance) for start, end, stance in sorted(marks))
        found += _examples(article.name, Reading(article.text, marked), nlp)
    return found


def read_table(path: Path = TABLE) -> Iterator[Example]:
    """The examples of a table; ValueError where a line names no stance of ours."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, line in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
            if line["stance"] not in STANCES or line["speech"] not in {"direct", "indirect", "narrated"}:
                raise ValueError(
                    f"{path}:{number}: no such stance or speech; the first line names the columns"
                )
            told = features(line["text"], line["cue"], cast(Speech, line["speech"]))
            yield Example(line["source"], line["stance"], tuple(told))


def _examples(source: str, reading: Reading, nlp: Language) -> Iterator[Example]:
    for stance, cue, speech, text in stance_examples(reading, nlp):
        yield Example(source, stance, tuple(features(text, cue, speech)))
