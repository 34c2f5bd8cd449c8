"""The whole site beside stock Material on the same Markdown: CPU seconds, memory, ratio; and its search."""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import command
from demo.screenshots import find_chromium, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

ROOT = Path(__file__).parent.parent
ARTICLES = sorted((ROOT / "demo" / "articles").rglob("*.txt")) + sorted(
    (ROOT / "tests" / "corpus").glob("*.txt")
)

SEARCHED = "joint monitoring"
"""Words that stand in the demonstration's articles, typed into the search."""

# Timed by the page itself: Playwright looks for an element at intervals of up to half a second.
WATCH = """() => {
  const start = performance.now();
  window.found = new Promise((done) => new MutationObserver(() => {
    if (document.querySelector(".bf-hit")) done(performance.now() - start);
  }).observe(document.body, { childList: true, subtree: true }));
}"""

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
        _print_first_result(ours / "site", options.repeat)


def _print_first_result(site: Path, repeat: int) -> None:
    """Print the seconds from opening the search to its first result, and the MB it loads, on first visits."""
    program = find_chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        print("  first result of a search not measured: it needs playwright and a Chromium on the path")
        return
    with serving(site) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        visits = [_first_result(browser, address) for _ in range(repeat)]
        browser.close()
    times, loaded = zip(*visits, strict=True)
    print(
        f"  first result of a search {statistics.median(times):.2f} s"
        f" (worst of {repeat}: {max(times):.2f} s), {max(loaded):.2f} MB loaded"
    )


def _first_result(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds from opening the search to its first result, and MB loaded, for a reader's first visit."""
    context = browser.new_context()  # with a cache of its own, still empty
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.wait_for_function("performance.getEntriesByType('paint').length")  # before it no key is heard
    page.evaluate(WATCH)
    page.keyboard.press("/")
    page.keyboard.insert_text(SEARCHED)
    seconds = page.evaluate("found") / 1000
    page.wait_for_load_state("networkidle")
    size = sum(len(answer.body()) for answer in answers) / 1e6
    context.close()
    return seconds, size


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
