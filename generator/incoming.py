"""Generates articles as they arrive, in the background, by a process of its own that keeps the model warm."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path

from generator.batch import warm
from generator.errors import BriefingsError
from generator.generate import Generated, generate
from generator.seeds import find_articles, open_memory, sha256_of
from generator.store import Store

QUIET_SECONDS = 0.1
"""How long no file must have changed before articles are read: one may be half written."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where articles come from and briefings go to; paths as the command line would be given them."""

    articles: Path
    briefings: Path
    model: str | None = None


def generate_next(desk: Desk, passed: frozenset[tuple[Path, str]]) -> Generated | None:
    """What became of the first article that is new or has changed; None where there is none.

    `passed` are articles, each with its digest, that are not to be tried again as they are. Raises
    ModelError.
    """
    found = find_articles([desk.articles])
    wanted = [article for article in found if (article, sha256_of(article)) not in passed]
    memory = open_memory(desk.briefings, model=desk.model)
    for result in generate(wanted, Store(desk.briefings), memory, model=desk.model):
        if result.outcome != "known":
            memory.save()
            return result
    return None


def _settle_in() -> None:
    """End with the server, however it ended."""
    # The interrupt of a terminal reaches all its processes, and is for the server to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = parent_process()

    def wait() -> None:
        if server is not None:
            server.join()
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def _is_fresh(path: Path) -> bool:
    """Whether a file was written within the last second."""
    try:
        return abs(time.time() - path.stat().st_mtime) < 1.0
    except OSError:
        return False


class Incoming:
    """The articles of a desk, each generated once it is new or has changed, until `stop`.

    What becomes of each is told to `report`, from the thread that waits for it: a `Generated`, or what
    keeps all of them from being generated, as a person reads it. One that failed and is gone, or is again
    what it was before, is told as "known".
    """

    def __init__(self, desk: Desk, report: Callable[[Generated | str], None]) -> None:
        self._desk, self._report = desk, report
        self._passed: set[tuple[Path, str]] = set()
        """What would fail again, or is in conflict until a person settles it."""
        self._failed: set[Path] = set()
        """The articles whose failure was told last."""
        self._noticed = threading.Event()
        self._stopped = False
        self._pool = self._process()

    def start(self) -> None:
        """Load the model, and look at the articles for the first time."""
        threading.Thread(target=self._work, daemon=True).start()
        self.notice()

    def notice(self) -> None:
        """Something among the articles has changed."""
        self._noticed.set()

    def stop(self) -> None:
        """End the thread and, once it has finished what it does, the process."""
        self._stopped = True
        self._noticed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self) -> None:
        while True:
            self._noticed.wait()
            self._noticed.clear()
            while not self._stopped and self._noticed.wait(QUIET_SECONDS):
                self._noticed.clear()
            while not self._stopped and (result := self._next()) is not None:
                if isinstance(result, Generated) and result.outcome == "failed" and _is_fresh(result.article):
                    self._noticed.set()  # perhaps it is being written
                    break
                if isinstance(result, Generated) and result.outcome == "failed":
                    self._failed.add(result.article)
                self._report(result)
            else:
                self._report_mended()
            if self._stopped:
                return

    def _report_mended(self) -> None:
        """Tell of each failed article that it no longer stands there as it failed."""
        failing = {article for article, digest in self._passed if sha256_of(article) == digest}
        for article in sorted(self._failed - failing):
            self._report(Generated(article, "known"))
        self._failed &= failing

    def _next(self) -> Generated | str | None:
        try:
            result = self._pool.submit(generate_next, self._desk, frozenset(self._passed)).result()
        except BrokenExecutor:
            if self._stopped:
                return None
            self._pool = self._process()
            return None if self._stopped else "the process that reads articles died; another one takes over"
        except (CancelledError, RuntimeError):
            if not self._stopped:
                raise
            return None  # stopped between two articles
        except (BriefingsError, OSError) as error:
            self._report(str(error))
            return None
        if result is not None and result.outcome in ("failed", "conflict") and not _is_fresh(result.article):
            self._passed.add((result.article, sha256_of(result.article)))
        return result

    def _process(self) -> ProcessPoolExecutor:
        """One that loads the model at once; spawned, as in `batch.processes`."""
        pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_settle_in)
        pool.submit(warm, self._desk.model)
        return pool
