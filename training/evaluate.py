"""`python -m training.evaluate CORPORA`: every figure of docs/model.md, and whether one has fallen.

The figures' definitions are in `scoring` and `treebank_scores`. `floors.json` holds the least that each
may be, with the hashes of the corpora that they were taken on; a figure below its floor, or a corpus that
is another one, ends the run with 1.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from generator.errors import BriefingsError
from generator.evaluation import Passage, overlap, pair, read_gold, word_cover
from generator.pipeline import load

from .annotated import AnnotatedText, read_annotations
from .corpora import AttributedArticle, TaggedText, corpus_hash, read_polnear, read_treebank
from .names import gum_text, read_names
from .scoring import PARTS, HasParts, Score, attribution_scores, direct_quote_score, span_score, speech
from .treebank_scores import treebank_scores

FLOORS = Path(__file__).parent / "floors.json"
# A figure may differ by the last bits of another processor's arithmetic.
MARGIN = 0.3
MEASURED_ON = (
    "polnear/dev",
    "ner/crossner/politics/test.txt",
    "ner/uner-pud/test.iob2",
    "ner/conll2003/test.txt",
    "gum/test",
    "ud-pud/test.conllu",
    "ud-ewt/test.conllu",
)
_PLACES = {"GPE": "LOC"}
_COLD = """
import resource, sys, time
start = time.perf_counter()
from generator.pipeline import load
load()(open(sys.argv[1], encoding="utf-8").read())
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in per cent; only one with a floor can fail."""

    name: str
    value: float
    has_floor: bool = True


def attribution_figures(articles: Sequence[AttributedArticle], nlp: Language) -> Iterator[Figure]:
    """Give the figures on articles with gold attributions, of all of them and by kind and outlet."""
    read = [(a, nlp(a.text)._.attributions) for a in articles]
    scores = attribution_scores((a.text, found, a.attributions) for a, found in read)
    for name in ("linked", "triple exact", *(f"{part} span" for part in PARTS)):
        yield Figure(f"attribution: {name}, F", scores[name].f)
    direct = direct_quote_score((a.text, found, a.attributions) for a, found in read)
    yield Figure("attribution: direct quotes, P", direct.p)
    yield Figure("attribution: direct quotes, R", direct.r)
    for kind in ("direct", "mixed", "indirect"):
        score = attribution_scores(
            (a.text, _of_kind(a.text, kind, found), _of_kind(a.text, kind, a.attributions))
            for a, found in read
        )["linked"]
        yield Figure(f"attribution: linked, {kind}, F", score.f, has_floor=False)
    for outlet in sorted({a.name.partition("_")[0] for a in articles}):
        score = attribution_scores(
            (a.text, found, a.attributions) for a, found in read if a.name.partition("_")[0] == outlet
        )["linked"]
        yield Figure(f"attribution: linked, {outlet}, F", score.f, has_floor=False)


def _of_kind(text: str, kind: str, attributions: Sequence[HasParts]) -> list[HasParts]:
    return [a for a in attributions if speech(text, a) == kind]


def entity_figure(name: str, texts: Sequence[TaggedText], nlp: Language, *, floor: bool = True) -> Figure:
    """Give F of persons, organisations and places, GPE and LOC taken as one."""
    kinds = ("PERSON", "ORG", "LOC")
    found, gold = [], []
    for tagged in texts:
        ents = [(e.start_char, e.end_char, _PLACES.get(e.label_, e.label_)) for e in nlp(tagged.text).ents]
        spans = [(start, end, _PLACES.get(kind, kind)) for start, end, kind in tagged.spans]
        found.append({e for e in ents if e[2] in kinds})
        gold.append({s for s in spans if s[2] in kinds})
    return Figure(f"entities: {name}, F", span_score(found, gold).f, has_floor=floor)


def position_figure(articles: Iterable[AnnotatedText], nlp: Language) -> Figure:
    """Give F of the stretches that state a position; one that shares half of its words with a gold one is
    right, as `briefings evaluate` counts, whoever holds it."""
    matched = found = gold = 0
    for article in articles:
        doc = nlp(article.text)
        stretches = () if doc._.stated is None else doc._.stated.stretches
        spans = [doc[first:end] for first, end, _ in stretches]
        cover = word_cover(article.text)
        read = [Passage(cover([(span.start_char, span.end_char)])) for span in spans]
        wanted = read_gold(article.gold, article.text).positions
        matched += len(pair(read, wanted, overlap, 0.5))
        found, gold = found + len(read), gold + len(wanted)
    return Figure("positions stated: GUM news, span F", 100 * 2 * matched / max(1, found + gold))


def figures(corpora: Path, nlp: Language) -> Iterator[Figure]:
    """Give the figures one by one, in the order of docs/model.md."""
    yield from attribution_figures(read_polnear(corpora / "polnear/dev"), nlp)
    politics = read_names(corpora / "ner/crossner/politics/test.txt").texts
    yield entity_figure("politics test", politics, nlp)
    yield entity_figure("PUD news", read_names(corpora / "ner/uner-pud/test.iob2", only="n").texts, nlp)
    gum = read_treebank(corpora / "gum/test")
    news = [document for document in gum if "_news_" in document.name]
    yield entity_figure("GUM news", [gum_text(document) for document in news], nlp)
    yield entity_figure("CoNLL test", read_names(corpora / "ner/conll2003/test.txt").texts, nlp, floor=False)
    yield position_figure(read_annotations(corpora, ["gum.jsonl"]), nlp)
    pud = [d for d in read_treebank(corpora / "ud-pud/test.conllu") if d.name.startswith("n")]
    ewt = read_treebank(corpora / "ud-ewt/test.conllu")
    for name, documents in (("GUM test", gum), ("GUM news", news), ("PUD news", pud), ("EWT test", ewt)):
        scores: dict[str, Score] = treebank_scores(documents, nlp)
        for row, score in scores.items():
            floor = name == "GUM test" and row in ("UPOS", "LAS", "sentences")
            yield Figure(f"{name}: {row}, F", score.f, has_floor=floor)


def machine_figures(articles: Sequence[AttributedArticle], nlp: Language, model: Path) -> Iterator[str]:
    """Give, in words, what depends on the machine: size, time to the first article, speed, memory."""
    size = sum(file.stat().st_size for file in model.rglob("*") if file.is_file())
    yield f"on disk: {size / 1e6:.1f} MB"
    words = sum(len(a.text.split()) for a in articles)
    start = time.process_time()
    for article in articles:
        nlp(article.text)
    yield f"words a second, one core: {words / (time.process_time() - start):,.0f}"
    text = Path("seeds/2025-05-17-istanbul-talks.txt")
    if text.exists():
        command = [sys.executable, "-c", _COLD, str(text)]
        seconds, kilobytes = subprocess.run(
            command, check=True, capture_output=True, text=True
        ).stdout.split()
        yield f"load and first article, cold process: {float(seconds):.2f} s"
        yield f"resident memory at most: {int(kilobytes) / 1024:.0f} MB"


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; gives 0, 1 where one fell or a corpus is another, 2 without a model."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--model", help="another pipeline than the embedded one: a folder or a package")
    parser.add_argument("--set-floors", action="store_true", help="write floors.json from this run")
    options = parser.parse_args(arguments)
    try:
        nlp = load(options.model)
    except BriefingsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    hashes = {name: corpus_hash(options.corpora / name) for name in MEASURED_ON}
    kept = (
        json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"corpora": {}, "floors": {}}
    )
    changed = [name for name, value in hashes.items() if kept["corpora"].get(name, value) != value]
    found: list[Figure] = []
    fallen = []
    for figure in figures(options.corpora, nlp):
        found.append(figure)
        floor = kept["floors"].get(figure.name) if figure.has_floor else None
        fell = floor is not None and figure.value < floor
        fallen += [figure.name] if fell else []
        note = "" if floor is None else f"   floor {floor:.1f}{'  FELL' if fell else ''}"
        print(f"{figure.name:44} {figure.value:5.1f}{note}", flush=True)
    if options.model is None:
        from generator.pipeline.loading import EMBEDDED

        for line in machine_figures(read_polnear(options.corpora / "polnear/dev"), nlp, EMBEDDED):
            print(line)
    if options.set_floors:
        floors = {f.name: round(f.value - MARGIN, 1) for f in found if f.has_floor}
        kept = {"corpora": hashes, "floors": floors}
        FLOORS.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        return 0
    for name in changed:
        print(f"error: {name} is not the corpus that the floors were measured on", file=sys.stderr)
    for name in fallen:
        print(f"error: {name} fell below its floor", file=sys.stderr)
    return 1 if changed or fallen else 0


if __name__ == "__main__":
    sys.exit(main())
