"""Articles that arrive while the site is served."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.generate import Generated
from generator.incoming import Desk, Incoming, generate_next

ARTICLE = Path(__file__).parent / "corpus" / "2025-12-11-tarsund-rate-decision.txt"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with one article, which is also the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    shutil.copy(ARTICLE, tmp_path / "seeds")
    return Desk(Path("seeds"), Path("briefings"))


def test_each_article_is_generated_once(desk: Desk) -> None:
    """The first call writes the new article's page, the second finds nothing to do."""
    done = generate_next(desk, frozenset())
    assert done is not None
    assert (done.outcome, done.page) == ("created", desk.briefings / f"{ARTICLE.stem}.md")
    assert generate_next(desk, frozenset()) is None


def test_an_article_that_cannot_be_read_is_passed_once_it_was_told(desk: Desk) -> None:
    """A failure names the file; passed by, it keeps nobody waiting until its bytes change."""
    bad = desk.articles / "2025-01-01-bad.txt"
    bad.write_bytes(b"\xff\xfe\x00 not text")
    found = [generate_next(desk, frozenset()) for _ in range(2)]
    failed = next(result for result in found if result and result.outcome == "failed")
    assert failed.article == bad
    from generator.seeds import sha256_of

    passed = frozenset({(bad, sha256_of(bad))})
    while generate_next(desk, passed) is not None:
        pass
    bad.write_bytes(b"\xff\xfe\x01 not text")
    again = generate_next(desk, passed)
    assert again is not None
    assert again.outcome == "failed"


def test_a_process_of_its_own_generates_what_arrives(desk: Desk) -> None:
    """An article that is there, and one put there later, become briefings by themselves."""
    told: list[Generated | str] = []
    heard = threading.Condition()

    def report(result: Generated | str) -> None:
        with heard:
            told.append(result)
            heard.notify_all()

    incoming = Incoming(desk, report)
    incoming.start()
    try:
        with heard:
            assert heard.wait_for(lambda: len(told) == 1, timeout=300)
        shutil.copy(ARTICLE.with_name("2026-06-18-methane-rule.txt"), desk.articles)
        incoming.notice()
        with heard:
            assert heard.wait_for(lambda: len(told) == 2, timeout=300)
    finally:
        incoming.stop()
    assert [getattr(result, "outcome", result) for result in told] == ["created", "created"]
    assert len(list(desk.briefings.glob("*.md"))) == 2


def _and_set(report: Callable[[Incoming], None], done: threading.Event) -> Callable[[Incoming], None]:
    def report_and_set(incoming: Incoming) -> None:
        report(incoming)
        done.set()

    return report_and_set


def test_a_failure_is_taken_back_once_its_article_is_gone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed article that a person deletes, or puts back as it was, is told as mended; another is not."""
    good = desk.articles / ARTICLE.name
    assert generate_next(desk, frozenset()) is not None
    monkeypatch.setattr(Incoming, "_process", lambda self: ThreadPoolExecutor(1))
    told: list[Generated | str] = []
    looked = threading.Event()
    monkeypatch.setattr(Incoming, "_report_mended", _and_set(Incoming._report_mended, looked))
    text = good.read_bytes()
    bad = {name: desk.articles / f"2025-01-0{n}-{name}.txt" for n, name in enumerate(("gone", "kept"), 1)}
    for path in (good, *bad.values()):
        path.write_bytes(b"\xff\xfe\x00 not text")
        os.utime(path, (0, 0))  # nobody is still writing it
    incoming = Incoming(desk, told.append)
    incoming.start()
    try:
        assert looked.wait(60)
        looked.clear()
        told.clear()
        good.write_bytes(text)
        bad["gone"].unlink()
        incoming.notice()
        assert looked.wait(60)
    finally:
        incoming.stop()
    assert told == [Generated(bad["gone"], "known"), Generated(good, "known")]
