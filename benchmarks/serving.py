"""From saving a file to its page in the browser, beside stock `mkdocs serve` and Zensical in one run.

For each size and each kind of edit (a body, a front matter, a new article) the median time from the end of
the write until a request is answered with what was written. Stock MkDocs and Zensical know no articles: for
them a page that somebody else generated arrives. Then the CPU time of a build with an empty and with a full
cache.
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


def run(options: argparse.Namespace) -> None:
    """Print medians for every size, kind of edit and contender, and the ratio of a warm to a cold build."""
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            writer = get_context("spawn").Process(target=_write_pages, args=(folder / "briefings", size + 40))
            writer.start()
            writer.join()
            spare = sorted((folder / "briefings").glob("*.md"))[size:]
            (folder / "spare").mkdir()
            spare = [path.rename(folder / "spare" / path.name) for path in spare]
            contenders = _projects(folder)
            print(f"  {size:,} briefings")
            for contender in contenders:
                _time_edits(contender, spare, options)
            build = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
            ours = contenders[0].folder
            cold, warm = command(build, ours)[0], command(build, ours)[0]
            print(f"    build with an empty cache {cold:6.1f} s, unchanged {warm:6.1f} s: {warm / cold:.2f}")


def _projects(folder: Path) -> list[Contender]:
    ours = folder / "ours"
    shutil.copytree(ROOT / "docs", ours / "docs")
    shutil.copy(ROOT / "mkdocs.yml", ours)
    shutil.copytree(folder / "briefings", ours / "briefings")
    (ours / "seeds").mkdir()
    made = [Contender("briefings", ours, "briefings", "briefings/", (sys.executable, "-m", "mkdocs"))]
    for name, program in (("zensical", str(Path(sys.executable).with_name("zensical"))), ("stock", "")):
        place = folder / name
        shutil.copytree(folder / "briefings", place / "docs")
        (place / "docs" / "index.md").write_text("# Stock\n", encoding="utf-8")
        (place / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
        made.append(Contender(name, place, "docs", "", (program,) if program else made[0].command))
    return made


def _time_edits(contender: Contender, spare: list[Path], options: argparse.Namespace) -> None:
    with _served(contender) as address:
        page = sorted((contender.folder / contender.pages).glob("*.md"))[3]
        url = f"{address}{contender.place}{page.stem}/"
        _wait_for(url, page.stem[:4], 60)
        edits: dict[str, Callable[[], float]] = {
            "body": lambda: _edit(page, url, "[¶ 2]", " [¶ 2]"),
            "front matter": lambda: _edit(page, url, "title: ", ""),
        }
        if contender.place:
            articles = iter([path for _ in range(9) for path in ARTICLES])
            edits["new article"] = lambda: _new_article(contender, next(articles), address)
        else:
            pages = iter(spare)
            edits["new page"] = lambda: _new_page(contender, next(pages), address)
        for kind, edit in edits.items():
            start = time.monotonic()
            times: list[float] = []
            while len(times) < options.edits and time.monotonic() - start < options.limit:
                times.append(edit())
                time.sleep(options.pause)
            shown = f"{statistics.median(times):7.3f} s  (of {len(times)}, slowest {max(times):.3f} s)"
            print(f"    {contender.name:10} {kind:13} {shown}")
            sys.stdout.flush()


def _edit(page: Path, url: str, at: str, before: str) -> float:
    """Seconds from writing a mark into a page until it is served."""
    mark = f"mark{next(_MARKS)}"
    text = page.read_text(encoding="utf-8")
    new = text.replace(at, f"{mark}{before}" if before else f"{at}{mark} ", 1)
    page.write_text(new, encoding="utf-8")
    return _wait_for(url, mark, 600)


def _new_page(contender: Contender, page: Path, address: str) -> float:
    """Seconds until a page that has just been put there is served."""
    shutil.copy(page, contender.folder / contender.pages)
    return _wait_for(f"{address}{page.stem}/", "<h1", 600)


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
