"""From saving a file to its page in the browser, beside stock `mkdocs serve` and Zensical in one run.

For each size and each kind of edit (a body, a front matter, a new article) the median time from the end of
the write until a request is answered with what was written. Stock MkDocs is given the briefings' Markdown,
Zensical the whole site as `briefings pages` writes it, where an edit changes the one page alone. Neither
knows articles: for them a page that somebody else generated arrives. Then the CPU time of a build with an
empty and with a full cache.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from benchmarks.measure import command
from benchmarks.site import ARTICLES, ROOT, STOCK, _write_pages

_READY_SECONDS = 900
_MARKS = count(1)


@dataclass(frozen=True)
class Contender:
    """A served project: its folder, the folder of its pages, their place below the address, the command."""

    name: str
    folder: Path
    pages: str
    place: str
    command: tuple[str, ...]
    spare: str = "more"
    """The folder of pages that are not yet among the others."""
    mark_before: str = "[¶ 2]"
    """What stands in the body of every page."""
    takes_articles: bool = False


def run(options: argparse.Namespace) -> None:
    """Print medians for every size, kind of edit and contender, and the ratio of a warm to a cold build."""
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            writer = get_context("spawn").Process(target=_write_pages, args=(folder / "briefings", size + 40))
            writer.start()
            writer.join()
            contenders = _projects(folder, size)
            print(f"  {size:,} briefings")
            for contender in contenders:
                _time_edits(contender, options)
            build = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
            ours = contenders[0].folder
            cold, warm = command(build, ours)[0], command(build, ours)[0]
            print(f"    build with an empty cache {cold:6.1f} s, unchanged {warm:6.1f} s: {warm / cold:.2f}")


def _projects(folder: Path, size: int) -> list[Contender]:
    """Ours, Zensical and stock MkDocs, each with `size` briefings and what is more of them apart."""
    mkdocs = (sys.executable, "-m", "mkdocs")
    program = Path(sys.executable)
    ours = Contender("briefings", folder / "ours", "briefings", "briefings/", mkdocs, takes_articles=True)
    shutil.copytree(ROOT / "docs", ours.folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", ours.folder)
    shutil.copytree(folder / "briefings", ours.folder / "briefings")
    (ours.folder / "seeds").mkdir()
    plain = Contender(
        "zensical",
        folder / "zensical",
        "docs/briefings",
        "briefings/",
        (str(program.with_name("zensical")),),
        mark_before="</p>",
    )
    command([str(program.with_name("briefings")), "pages", "--output", str(plain.folder)], ours.folder)
    stock = Contender("stock", folder / "stock", "docs", "", mkdocs)
    shutil.copytree(folder / "briefings", stock.folder / "docs")
    (stock.folder / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    made = [ours, plain, stock]
    for contender in made:
        (contender.folder / contender.spare).mkdir()
        pages = contender.folder / contender.pages
        for page in sorted(pages.glob("2*.md"))[size:]:
            page.rename(contender.folder / contender.spare / page.name)
    (stock.folder / "docs" / "index.md").write_text("# Stock\n", encoding="utf-8")
    return made


def _time_edits(contender: Contender, options: argparse.Namespace) -> None:
    with _served(contender) as address:
        page = sorted((contender.folder / contender.pages).glob("2*.md"))[3]
        url = f"{address}{contender.place}{page.stem}/"
        _wait_for(url, page.stem[:4], 60)
        edits: dict[str, Callable[[], float]] = {
            "body": lambda: _edit(page, url, contender.mark_before, "{mark} {at}"),
            "front matter": lambda: _edit(page, url, "title: ", "{at}{mark} "),
        }
        if contender.takes_articles:
            articles = iter([path for _ in range(9) for path in ARTICLES])
            edits["new article"] = lambda: _new_article(contender, next(articles), address)
        else:
            pages = iter(sorted((contender.folder / contender.spare).glob("*.md")))
            edits["new page"] = lambda: _new_page(contender, next(pages), address)
        for kind, edit in edits.items():
            start = time.monotonic()
            times: list[float] = []
            try:
                while len(times) < options.edits and time.monotonic() - start < options.limit:
                    times.append(edit())
                    time.sleep(options.pause)
            except RuntimeError as error:
                print(f"    {contender.name:10} {kind:13} {error}")
                sys.stdout.flush()
                continue
            shown = f"{statistics.median(times):7.3f} s  (of {len(times)}, slowest {max(times):.3f} s)"
            print(f"    {contender.name:10} {kind:13} {shown}")
            sys.stdout.flush()


def _edit(page: Path, url: str, at: str, written: str) -> float:
    """Seconds from writing a mark into a page until it is served."""
    mark = f"mark{next(_MARKS)}"
    text = page.read_text(encoding="utf-8")
    new = text.replace(at, written.format(mark=mark, at=at), 1)
    page.write_text(new, encoding="utf-8")
    return _wait_for(url, mark, 600)


def _new_page(contender: Contender, page: Path, address: str) -> float:
    """Seconds until a page that has just been put there is served."""
    shutil.copy(page, contender.folder / contender.pages)
    return _wait_for(f"{address}{contender.place}{page.stem}/", "<h1", 600)


def _new_article(contender: Contender, article: Path, address: str) -> float:
    """Seconds until the briefing of an article that has just been put there is served."""
    known = set((contender.folder / contender.pages).glob("*.md"))
    text = article.read_text(encoding="utf-8")
    number = next(_MARKS)
    target = contender.folder / "seeds" / f"{article.stem}-{number}{article.suffix}"
    target.write_text(f"{text.rstrip()}\n\nThis was told {number} times.\n", encoding="utf-8")
    start = time.perf_counter()
    while not (new := set((contender.folder / contender.pages).glob("*.md")) - known):
        if time.perf_counter() - start > 600:
            raise RuntimeError(f"{target} was not generated")
        time.sleep(0.002)
    written = time.perf_counter() - start
    return written + _wait_for(f"{address}{contender.place}{new.pop().stem}/", "<h1", 600)


@contextmanager
def _served(contender: Contender) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = [*contender.command, "serve", "-a", f"127.0.0.1:{port}"]
    # In a shell's background interrupts are ignored, also by what is started: nothing would stop it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with open(contender.folder / "log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(started, cwd=contender.folder, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}/"
        _wait_for(address, "<", _READY_SECONDS)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _wait_for(url: str, words: str, most: float) -> float:
    """Seconds until the address is answered with these words; raises where that takes longer than `most`."""
    start = time.perf_counter()
    while time.perf_counter() - start < most:
        try:
            with urllib.request.urlopen(url, timeout=most) as answer:
                if words.encode() in answer.read():
                    return time.perf_counter() - start
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.002)
    raise RuntimeError(f"{url} was not served with {words!r} within {most:.0f} s")
