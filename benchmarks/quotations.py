"""Words a second and memory of the whole extraction, beside textacy's quotations on the same parse.

Each contender is a process of its own over the articles of tests/corpus: what it loads is its own memory.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from spacy.language import Language

from benchmarks.measure import command
from generator.analysis import analyze
from generator.article import Article
from generator.pipeline import load
from generator.readers import read

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "tests" / "corpus"

Contender = Callable[[Article, Language], int]
"""Gives how many quotations with a speaker it found; raises ValueError where it gives up."""


def parse(article: Article, nlp: Language) -> int:
    """The parse alone, which the others share."""
    nlp(article.prose)
    return 0


def textacy(article: Article, nlp: Language) -> int:
    """Direct quotations of the whole article, as textacy's documentation shows."""
    from textacy.extract.triples import direct_quotations

    return len(list(direct_quotations(nlp(article.prose))))


def ours(article: Article, nlp: Language) -> int:
    """Everything that a briefing records, its quotations among the rest."""
    return sum(quote.speaker_text is not None for quote in analyze(article, nlp).quotes)


CONTENDERS: dict[str, Contender] = {"parse": parse, "textacy": textacy, "ours": ours}


def run(options: argparse.Namespace) -> None:
    """Print words a CPU second, peak memory and findings of each contender, run in turn."""
    result = ROOT / "build" / "contender.json"
    result.parent.mkdir(exist_ok=True)
    speeds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    told, memory = {}, {}
    for _ in range(options.repeat):
        for name in CONTENDERS:
            _, memory[name] = command([sys.executable, "-m", __spec__.name, name, str(result)], ROOT)
            told[name] = json.loads(result.read_text(encoding="utf-8"))
            speeds[name].append(told[name]["words"] / told[name]["seconds"])
    for name in CONTENDERS:
        print(
            f"  {name:8} {statistics.median(speeds[name]):7,.0f} words/s  {memory[name]:4.0f} MB  "
            f"quotations with a speaker: {told[name]['quotations']:3}  "
            f"articles given up: {told[name]['failed']} of {told[name]['articles']}"
        )
    ratio = statistics.median(a / b for a, b in zip(speeds["ours"], speeds["textacy"], strict=True))
    print(f"  ours, which finds all of a briefing, runs at {ratio:.2f} of textacy's speed")


def contend(name: str) -> dict[str, float]:
    """Give a contender's CPU seconds and findings over the articles, one of them read before for warmth."""
    nlp = load()
    articles = [read(path.read_bytes(), path) for path in sorted(ARTICLES.glob("*.txt"))]
    analyze(articles[0], nlp)
    quotations = failed = 0
    start = time.process_time()
    for article in articles:
        try:
            quotations += CONTENDERS[name](article, nlp)
        except ValueError:
            failed += 1
    return {
        "seconds": time.process_time() - start,
        "words": sum(len(article.prose.split()) for article in articles),
        "articles": len(articles),
        "quotations": quotations,
        "failed": failed,
    }


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(contend(sys.argv[1])), encoding="utf-8")
