"""`python -m training.weights CORPORA [NAME…]`: learn the small linear models of the analysis.

Each is a module of examples, labels, the files they are made of, a penalty, how often a feature must be met,
and whether it learns only from articles that the encoder was not taught on, as what asks the encoder must.
`--validate` prints what the weights get right in articles held out, and writes nothing. A few minutes on one
core.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from generator.pipeline import load
from generator.pipeline.components import STATEMENTS

from . import annotated, key_actors, positions, stances, steps
from .annotated import SOURCES, read_annotations
from .build import split_annotated
from .linear import FOLDER, Example, fit, held_out, save
from .recipe import read_recipe

LEARNERS = {
    "key_actors": key_actors,
    "positions": positions,
    "positions_unread": positions,
    "stances": stances,
    "steps": steps,
    "steps_unread": steps,
}
"""`…_unread` is for pipelines without the heads for statements."""


@Language.component("headless")
def forget_statements(doc: Doc) -> Doc:
    """Give the article as a pipeline without the heads for statements would."""
    for name in STATEMENTS:
        doc._.set(name, None)
    return doc


def inputs(name: str) -> list[Path]:
    """The files of the project that a model is learnt from."""
    return [*LEARNERS[name].INPUTS, *annotated.FOLDER.glob("*.jsonl")]


def main(arguments: list[str] | None = None) -> int:
    """Learn and write the models named, or all; gives 0, or 2 where the corpora are missing."""
    parser = argparse.ArgumentParser(prog="python -m training.weights", description=__doc__)
    parser.add_argument("corpora", type=Path, help="the folder of the corpora, see docs/model.md")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(LEARNERS)}")
    parser.add_argument("--validate", action="store_true", help="print what is right in articles held out")
    parser.add_argument(
        "--without-polnear", action="store_true", help="learn nothing from PolNeAR's articles"
    )
    parser.add_argument("--penalty", type=float, help="L2 penalty, in place of the model's own")
    parser.add_argument("--output", type=Path, default=FOLDER, help="where the weights are written")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(LEARNERS))
    if unknown:
        parser.error(f"there is no model {unknown[0]!r}; there are {', '.join(LEARNERS)}")
    try:
        files = [name for name in SOURCES if not (options.without_polnear and "polnear" in name)]
        articles = list(read_annotations(options.corpora, files))
        known = {article.name for article in split_annotated(read_recipe(), options.corpora)[0]}
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    nlp, headless = load(), load()
    headless.add_pipe("headless")
    for name in options.names or LEARNERS:
        learner, unread = LEARNERS[name], name.endswith("_unread")
        usable = [a for a in articles if a.name not in known] if learner.APART else articles
        examples = learner.examples(usable, headless if unread else nlp)
        penalty = learner.PENALTY if options.penalty is None else options.penalty
        if options.validate:
            for line in _report(name, examples, learner.LABELS, penalty=penalty, least=learner.LEAST):
                print(line)
        else:
            model = fit(examples, learner.LABELS, penalty=penalty, least=learner.LEAST)
            save(name, model, inputs(name), folder=options.output)
            print(f"{name}: {len(model.rows)} features of {len(examples)} examples")
    return 0


def _report(
    name: str, examples: Sequence[Example], labels: Sequence[str], *, penalty: float, least: int
) -> list[str]:
    """How often the most probable label is the right one, label by label, in articles held out."""
    shares = held_out(examples, labels, penalty=penalty, least=least)
    right: Counter[str] = Counter()
    for example, row in zip(examples, shares, strict=True):
        right[example.label] += labels[row.index(max(row))] == example.label
    count = Counter(example.label for example in examples)
    lines = [f"{name} {label:12} {right[label]:5} of {count[label]:5}" for label in labels]
    return [*lines, f"{name} all: {100 * right.total() / count.total():.1f} % of {count.total()}"]


if __name__ == "__main__":
    sys.exit(main())
