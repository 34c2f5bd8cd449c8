"""The share of each stage of extraction, and words a second for analysis beside the model's forward pass."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.measure import cpu_seconds
from generator.analysis import analyze, find_sources
from generator.analysis.actors import find_actors
from generator.analysis.attributions import find_attributions
from generator.analysis.narration import Narration
from generator.analysis.next_steps import find_next_steps
from generator.analysis.positions import find_positions
from generator.analysis.quotes import find_quotes
from generator.analysis.summary import find_summary, make_title
from generator.analysis.timeline import find_events
from generator.compose import compose
from generator.page import render
from generator.pipeline import load
from generator.readers import read

ARTICLES = Path(__file__).parent.parent / "tests" / "corpus"


def run(options: argparse.Namespace) -> None:
    """Print CPU seconds, share and words a second of every stage over the articles of tests/corpus."""
    print(f"  load       {cpu_seconds(load, min(options.repeat, 3)):7.3f} s, once a process (imports aside)")
    nlp = load()
    spent: dict[str, float] = {}
    words = 0
    paths = sorted(ARTICLES.glob("*.txt"))
    for path in paths:
        data = path.read_bytes()
        article = read(data, path)
        words += len(article.prose.split())
        doc, narration, cast, attributions, quotes = find_sources(article, nlp)
        positions = find_positions(doc, cast, attributions, quotes, narration)
        steps = find_next_steps(doc, cast, article.date, attributions, quotes)
        found = analyze(article, nlp)
        stages = {
            "read": lambda: read(data, path),  # noqa: B023  (called before the loop goes on)
            "forward": lambda: nlp(article.prose),  # noqa: B023
            "narration": lambda: Narration(doc),  # noqa: B023
            "actors": lambda: find_actors(doc, article),  # noqa: B023
            "speech": lambda: find_attributions(doc, cast, narration),  # noqa: B023
            "quotes": lambda: find_quotes(doc, cast, attributions, narration),  # noqa: B023
            "positions": lambda: find_positions(doc, cast, attributions, quotes, narration),  # noqa: B023
            "steps": lambda: find_next_steps(doc, cast, article.date, attributions, quotes),  # noqa: B023
            "timeline": lambda: find_events(doc, article.date, quotes),  # noqa: B023
            "summary": lambda: (
                make_title(doc, article, narration),  # noqa: B023
                find_summary(doc, article, quotes, positions, steps, narration),  # noqa: B023
            ),
            "settle": lambda: cast.settle(quotes=quotes, positions=positions, next_steps=steps),  # noqa: B023
            "page": lambda: render(compose(article, found)),  # noqa: B023
        }
        for name, work in stages.items():
            spent[name] = spent.get(name, 0.0) + cpu_seconds(work, options.repeat)
    total = sum(spent.values())
    print(f"  {len(paths)} articles, {words:,} words")
    for name, seconds in spent.items():
        print(f"  {name:10} {seconds:7.3f} s  {seconds / total:6.1%}  {words / seconds:12,.0f} words/s")
    after = total - spent["forward"] - spent["read"] - spent["page"]
    rate = f"{words / after:12,.0f} words/s"
    print(f"  analysis   {after:7.3f} s  {after / total:6.1%}  {rate} (all between forward and page)")
    print(f"  analysis takes {after / spent['forward']:.2f} of the forward pass")
