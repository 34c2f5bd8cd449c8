"""The cache of `mkdocs build`: quicker, and never another byte."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from typer.testing import CliRunner

from generator.cli import app
from generator.site import plugin
from generator.site.cache import Cache, digest
from generator.site.reuse import NO_CACHE
from tests.sitebuild import SITE

TALKS = "briefings/2026-02-09-ferry-talks-open.md"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of tests/site, built once with a cache."""
    monkeypatch.delenv(NO_CACHE, raising=False)
    project = Path(shutil.copytree(SITE, tmp_path / "project", ignore=shutil.ignore_patterns(".cache")))
    build(load_config(str(project / "mkdocs.yml")))
    return project


def _built(project: Path, *, strict: bool = False) -> dict[str, bytes]:
    build(load_config(str(project / "mkdocs.yml"), strict=strict))
    site = project / "site"
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def _anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    with monkeypatch.context() as without:
        without.setenv(NO_CACHE, "1")
        return _built(project)


def test_an_unchanged_site_is_not_even_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building again what has not changed reads no briefing, and gives every byte that it gave before."""
    before = _anew(project, monkeypatch)

    def refuse(*_: object) -> None:
        raise AssertionError("a briefing was read")

    monkeypatch.setattr(plugin, "read_site", refuse)
    assert _built(project) == before


def test_an_unchanged_site_is_not_touched(project: Path) -> None:
    """Files that stand as they were built are left alone; what was changed, lost or added is put right."""
    site = project / "site"
    before = _built(project)
    stamps = {path: path.stat() for path in site.rglob("*") if path.is_file()}
    changed, lost = site / "index.html", site / "data" / "quotes.json"
    changed.write_text("not ours", "utf-8")
    lost.unlink()
    (site / "stray").mkdir()
    (site / "stray" / "page.html").write_text("nobody's", "utf-8")
    for _ in range(2):
        assert _built(project) == before
    assert not (site / "stray").exists()
    touched = {
        path
        for path, was in stamps.items()
        if path.stat().st_ino != was.st_ino or path.stat().st_mtime_ns != was.st_mtime_ns
    }
    assert touched == {changed, lost}


def test_a_changed_site_is_what_it_would_be_without(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After edits of a briefing, the registry, a setting and somebody's own page, no byte is an old one."""
    text = (project / TALKS).read_text("utf-8")
    (project / TALKS).write_text(text.replace("title: ", "title: Again, ", 1), "utf-8")
    assert _built(project) == _anew(project, monkeypatch)
    (project / "briefings/actors.yml").write_text("mira-tollan:\n  name: Mira T.\n", "utf-8")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(settings.replace("Ferry desk", "Ferry news"), "utf-8")
    (project / "docs/manual.md").write_text("# Another manual\n", "utf-8")
    assert _built(project) == _anew(project, monkeypatch)


def test_building_without_the_cache_takes_nothing_over(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`briefings build` is `mkdocs build` with its options; `--no-cache` makes everything anew."""
    monkeypatch.chdir(project)
    monkeypatch.setenv(NO_CACHE, "")  # so that it is put back
    page = project / "site" / "index.html"
    stamps = [page.stat().st_mtime_ns]
    for options in ([], ["--no-cache"], ["--strict", "--site-dir", "elsewhere"]):
        assert CliRunner().invoke(app, ["build", *options]).exit_code == 0
        stamps.append(page.stat().st_mtime_ns)
    assert stamps[0] == stamps[1] < stamps[2]
    assert (project / "elsewhere" / "index.html").read_bytes() == page.read_bytes()


def _garbage(file: Path) -> None:
    file.write_bytes(b"no database " * 99)


def _half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _foreign(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE made (key, sum, data)")
    db.close()


def _forged(file: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("UPDATE made SET data = (SELECT data FROM made LIMIT 1)")
    db.close()


@pytest.mark.parametrize("spoil", [_garbage, _half, _foreign, _forged])
def test_a_cache_that_cannot_be_right_is_not_used(
    project: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    """A cache of garbage, half a one, another program's and one with other pages in it change nothing."""
    before = _anew(project, monkeypatch)
    spoil(project / ".cache" / "site.sqlite")
    assert _built(project) == before


def test_warnings_are_told_again(project: Path) -> None:
    """A broken link of a note stops every strict build, not only the first."""
    text = (project / TALKS).read_text("utf-8")
    (project / TALKS).write_text(
        text.replace("## Quotes\n", "## Quotes\n\nSee [this](nowhere.md).\n", 1), "utf-8"
    )
    for _ in range(2):
        with pytest.raises(Abort):
            _built(project, strict=True)


def test_the_cache_forgets_what_is_not_used(tmp_path: Path) -> None:
    """What a build did not look up is gone after it, so that the file does not grow with every edit."""
    file = tmp_path / "cache" / "site.sqlite"
    keys = [digest([str(n)]) for n in range(3)]
    cache = Cache(file)
    for key in keys:
        cache.put(key, b"page " * 50)
    cache.close(keep=True)
    cache = Cache(file)
    assert cache.get(keys[1]) == b"page " * 50
    cache.close(keep=True)
    cache = Cache(file)
    assert [cache.holds([key]) for key in keys] == [False, True, False]
    cache.close(keep=False)


def test_a_build_that_fails_keeps_nothing(tmp_path: Path) -> None:
    """What was put before a build broke off is not there afterwards."""
    cache = Cache(tmp_path / "site.sqlite")
    cache.put(b"key", b"page")
    cache.close(keep=False)
    cache = Cache(tmp_path / "site.sqlite")
    assert cache.get(b"key") is None
    cache.close(keep=False)


def test_two_builds_at_once_do_not_spoil_the_cache(tmp_path: Path) -> None:
    """While one build writes, another goes without the cache, and the first one's pages are kept."""
    one, other = Cache(tmp_path / "site.sqlite"), Cache(tmp_path / "site.sqlite")
    one.put(b"one", b"page")
    other.put(b"other", b"page")
    other.close(keep=True)
    one.close(keep=True)
    cache = Cache(tmp_path / "site.sqlite")
    assert cache.get(b"one") == b"page"
    cache.close(keep=False)
