"""The whole site beside stock Material on the same Markdown: CPU seconds, memory, and their ratio."""

from __future__ import annotations

import argparse
import gzip
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from benchmarks.measure import command

ROOT = Path(__file__).parent.parent
ARTICLES = sorted((ROOT / "demo" / "articles").rglob("*.txt")) + sorted(
    (ROOT / "tests" / "corpus").glob("*.txt")
)

STOCK = """site_name: Stock
docs_dir: docs
theme:
  name: material
  font: false
  features: [navigation.prune]
plugins: [search]
markdown_extensions:
  - attr_list
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tasklist: {custom_checkbox: true}
"""


def run(options: argparse.Namespace) -> None:
    """Print CPU seconds of `mkdocs build` for our site and for stock Material, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        writer = get_context("spawn").Process(target=_write_pages, args=(folder / "briefings", options.pages))
        writer.start()  # in a process of its own: the model's memory would count for every command after it
        writer.join()
        ours = folder / "ours"
        shutil.copytree(ROOT / "docs", ours / "docs")
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        # With an address, so that the feeds of every actor and issue are made too.
        (ours / "mkdocs.yml").write_text(f"{settings}\nsite_url: https://desk.example/\n", encoding="utf-8")
        shutil.copytree(folder / "briefings", ours / "briefings")
        stock = folder / "stock"
        shutil.copytree(folder / "briefings", stock / "docs")
        (stock / "docs" / "index.md").write_text("# Stock\n", encoding="utf-8")
        (stock / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
        build = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        figures = {}
        for label, place in (("stock Material", stock), ("briefings", ours), ("briefings again", ours)):
            figures[label] = command(build, place)
            seconds, memory = figures[label]
            pages = sum(1 for _ in (place / "site").rglob("*.html"))
            print(f"  {label:15} {seconds:7.1f} s  {memory:6.0f} MB  {pages:6,} pages")
        sizes = {page: len(gzip.compress(page.read_bytes())) for page in (ours / "site").rglob("*.html")}
        largest = max(sizes, key=lambda page: sizes[page])
        print(f"  largest page    {sizes[largest] / 1000:.1f} KB compressed ({largest.parent.name})")
        for label in ("briefings", "briefings again"):
            ratio = figures[label][0] / figures["stock Material"][0]
            print(f"  {label} / stock Material, {options.pages:,} briefings: {ratio:.2f}")


def _write_pages(folder: Path, number: int) -> None:
    """So many briefings of our own articles, day after day, each with a title and an id of its own."""
    from generator.analysis import analyze
    from generator.compose import compose
    from generator.page import render
    from generator.pipeline import load
    from generator.readers import read

    nlp = load()
    folder.mkdir(parents=True)
    made = []
    for path in ARTICLES:
        article = read(path.read_bytes(), path)
        made.append(compose(article, analyze(article, nlp)))
    for count in range(number):
        briefing = made[count % len(made)]
        day = briefing.date + timedelta(days=count // len(made))
        id = f"{day.isoformat()}-{briefing.id[11:]}-{count}"
        page = replace(briefing, id=id, date=day, title=f"{briefing.title} ({count})")
        (folder / f"{id}.md").write_text(render(page), encoding="utf-8")
