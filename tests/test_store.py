"""The folder of briefings: finding pages, merging into them, whole writes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.article import Article
from generator.briefing import Briefing
from generator.errors import BriefingError, PageChanged
from generator.page import parse, render
from generator.store import Store
from tests.pages import PAGE, edited

ID = "2026-03-03-velmar-border-talks"


def generated(*changes: tuple[str, str]) -> Briefing:
    """The invented briefing as a run of the generator gives it."""
    return replace(parse(edited(PAGE, *changes)), front=None)


NEWER = generated(
    ("title: Ministers", "title: Two ministers"), ("rejected a longer closure [", "rejected it [")
)


def article(path: str, sha256: str = "1" * 64) -> Article:
    return Article(path, sha256, "Text.", "Text.", (), ((0, 0),), date(2026, 3, 3))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "briefings")


def test_first_run_writes_page_and_base(store: Store) -> None:
    """A new briefing is written under its id, and beside it what the next merge needs."""
    written = store.write(generated())
    assert written.outcome == "created"
    assert written.path == store.folder / f"{ID}.md"
    assert written.path.read_text() == PAGE
    assert store.base(ID) == PAGE


def test_second_run_changes_no_byte(store: Store) -> None:
    """Generating the same again writes nothing, not even the same bytes."""
    path = store.write(generated()).path
    before = path.stat().st_mtime_ns, path.stat().st_ino
    assert store.write(generated()).outcome == "unchanged"
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_edits_are_kept(store: Store) -> None:
    """A later run merges into what a person wrote, and the base is the later run's."""
    path = store.write(generated()).path
    path.write_text(edited(PAGE, ("## Timeline", "## Our view\n\nWait.\n\n## Timeline")))
    assert store.write(NEWER).outcome == "updated"
    assert "## Our view\n\nWait.\n" in path.read_text()
    assert "rejected it [" in path.read_text()
    assert store.base(ID) == render(NEWER)


def test_crlf_is_kept(store: Store) -> None:
    """A page saved with CRLF is written with CRLF."""
    path = store.write(generated()).path
    path.write_bytes(PAGE.replace("\n", "\r\n").encode())
    store.write(NEWER)
    assert path.read_bytes() == render(NEWER).replace("\n", "\r\n").encode()


def test_conflict_is_told_and_stays_until_settled(store: Store) -> None:
    """A conflict is written into the page; running again asks again and changes nothing."""
    path = store.write(generated()).path
    path.write_text(edited(PAGE, ("title: Ministers", "title: Three ministers")))
    written = store.write(NEWER)
    assert (written.outcome, [conflict.line for conflict in written.conflicts]) == ("conflict", [2])
    text = path.read_text()
    assert store.write(NEWER).outcome == "conflict"
    assert store.write(generated()).outcome == "conflict"
    assert path.read_text() == text
    assert store.base(ID) == render(NEWER)


def test_deleted_page_stays_deleted(store: Store) -> None:
    """A page that a person deleted comes back only when asked for."""
    path = store.write(generated()).path
    path.unlink()
    assert store.write(NEWER).outcome == "deleted"
    assert not path.exists()
    assert store.write(NEWER, restore=True).outcome == "created"
    assert path.read_text() == render(NEWER)


def test_renamed_page_is_found_by_its_id(store: Store) -> None:
    """A page keeps its edits under whatever name a person gives its file."""
    path = store.write(generated()).path
    renamed = path.rename(path.with_name("velmar.md"))
    written = store.write(NEWER)
    assert (written.outcome, written.path) == ("updated", renamed)
    assert store.pages() == [renamed]


def test_name_taken_by_another_page(store: Store) -> None:
    """A page of another id under the usual name is not touched; the briefing gets a name beside it."""
    store.folder.mkdir()
    other = store.folder / f"{ID}.md"
    other.write_text("---\ntitle: Mine\ndate: 2026-03-03\nid: my-own\n---\n")
    written = store.write(generated())
    assert written.path == store.folder / f"{ID}-2.md"
    assert other.read_text().startswith("---\ntitle: Mine")


def test_two_articles_of_one_title_are_both_kept(store: Store) -> None:
    """A second article gets an id of its own, always the same one."""
    store.write(generated())
    first = article("seeds/2026-03-03-velmar-border-talks.txt")
    second = article("wire/2026-03-03-velmar-border-talks.txt")
    assert store.identify(first, ID) == ID
    assert store.identify(second, ID) == store.identify(second, ID) != ID


def test_moved_article_keeps_its_briefing(store: Store) -> None:
    """An article whose file moved, its words unchanged, is the same briefing."""
    store.write(generated())
    assert store.identify(article("archive/velmar.txt", "0" * 64), "2026-03-03-velmar") == ID


@pytest.mark.parametrize("id", ["../escaped", "a/b", "", ".hidden", "Å", "con\n"])
def test_an_id_cannot_leave_the_folder(store: Store, id: str) -> None:
    """No id, whatever it holds, names a file outside of the folder."""
    with pytest.raises(BriefingError):
        store.write(replace(generated(), id=id))
    assert not any(store.folder.parent.rglob("*.md"))


def test_save_stays_in_the_folder(store: Store, tmp_path: Path) -> None:
    """Saving refuses every place that is no page of the folder, links out of it included."""
    store.folder.mkdir()
    outside = tmp_path / "outside.md"
    outside.write_text("kept")
    link = store.folder / "link.md"
    link.symlink_to(outside)
    for path in (outside, store.folder / ".." / "x.md", store.folder / ".generated" / "x.md", link):
        with pytest.raises(BriefingError, match="is no page of"):
            store.save(path, "text", over=None)
    assert outside.read_text() == "kept"


def test_page_that_is_not_utf8(store: Store) -> None:
    """A page in another encoding is an error that names the byte, and stays as it is."""
    path = store.write(generated()).path
    path.write_bytes("---\ntitle: caf\xe9\n".encode("latin-1"))
    with pytest.raises(BriefingError, match="byte 14 is not UTF-8"):
        store.write(NEWER)


def test_what_a_person_saves_meanwhile_is_merged_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that an editor saves while the generator is about to replace it keeps what was saved."""
    path = store.write(generated()).path
    saved = iter([edited(PAGE, ("## Timeline", "## Our view\n\nWait.\n\n## Timeline"))])
    sync = os.fsync

    def save_and_sync(handle: int) -> None:
        for text in saved:
            path.write_text(text)
        sync(handle)

    monkeypatch.setattr(os, "fsync", save_and_sync)
    assert store.write(NEWER).outcome == "updated"
    assert "## Our view\n\nWait.\n" in path.read_text()
    assert "rejected it [" in path.read_text()
    assert store.base(ID) == render(NEWER)
    assert sorted(entry.name for entry in (store.folder / ".generated").iterdir()) == [f"{ID}.md"]


def test_a_page_that_was_saved_meanwhile_is_not_replaced(store: Store) -> None:
    """Saving says which text it replaces; another one stays, and so does a page that nobody expected."""
    path = store.write(generated()).path
    for over in ("what stood there before", None):
        with pytest.raises(PageChanged, match="was saved by somebody else meanwhile"):
            store.save(path, "text", over=over)
    assert path.read_text() == PAGE


def steps_of_a_write(monkeypatch: pytest.MonkeyPatch, stop_at: int) -> Callable[[], int]:
    """Kill the process before its n-th step on the disk; gives how many steps it took."""
    taken = 0

    def dying(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            nonlocal taken
            taken += 1
            if taken == stop_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **options)

        return step

    for name in ("replace", "fsync", "chmod"):
        monkeypatch.setattr(os, name, dying(getattr(os, name)))
    return lambda: taken


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only a forked process can be killed here")
def test_a_crash_leaves_a_whole_page_and_the_base_that_fits(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at any step, a run leaves the old page with the old base or the new page with the new one."""
    mine = edited(
        PAGE, ("## Timeline", "## Our view\n\nWait.\n\n## Timeline"), ("**Tomas Rehn** (pl", "**Velmar** (pl")
    )
    path = store.write(generated()).path
    path.write_text(mine)
    with monkeypatch.context() as dry:
        steps = steps_of_a_write(dry, 0)
        store.write(NEWER)
        count = steps()
    new_page = path.read_text()
    assert count >= 6
    for stop_at in range(1, count + 1):
        path.write_text(mine)
        (store.folder / ".generated" / f"{ID}.md").write_text(PAGE)
        child = os.fork()
        if not child:
            try:
                steps_of_a_write(monkeypatch, stop_at)
                Store(store.folder).write(NEWER)
            finally:
                os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        fresh_start = Store(store.folder)
        pair = path.read_text(), fresh_start.base(ID)
        assert pair in ((mine, PAGE), (new_page, render(NEWER))), f"killed at step {stop_at}"
        assert fresh_start.pages() == [path]
        assert fresh_start.write(NEWER).outcome in ("updated", "unchanged")
        assert (path.read_text(), fresh_start.base(ID)) == (new_page, render(NEWER))
        assert sorted(entry.name for entry in (store.folder / ".generated").iterdir()) == [f"{ID}.md"]


def test_a_full_disk_is_an_error_and_the_old_page_stands(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written is told, and the page is as it was."""
    path = store.write(generated()).path

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BriefingError, match="No space left on device; the old file stands"):
        store.write(NEWER)
    assert path.read_text() == PAGE


def test_mode_of_a_page_is_kept(store: Store) -> None:
    """A page that its group may edit stays so."""
    path = store.write(generated()).path
    path.chmod(0o664)
    store.write(NEWER)
    assert path.stat().st_mode & 0o777 == 0o664


def test_changed_id_is_seen(store: Store) -> None:
    """The store sees that a person gave a page another id, or put a page beside it."""
    path = store.write(generated()).path
    assert store.find(ID) == path
    path.write_text(PAGE.replace(f"id: {ID}", "id: another"))
    os.utime(path, ns=(1, 1))
    assert store.find(ID) is None
    beside = path.with_name("beside.md")
    beside.write_text(PAGE.replace(f"id: {ID}", "id: third"))
    assert store.find("third") == beside
    assert store.find("another") == path


def test_many_articles_are_told_apart_in_one_run(store: Store) -> None:
    """What a run wrote it knows: a later article of the same name gets an id of its own."""
    ids = []
    for folder in ("a", "b", "c"):
        found = article(f"{folder}/velmar.txt", sha256=folder * 64)
        id = store.identify(found, "2026-03-03-velmar")
        page = replace(
            generated(), id=id, source=replace(generated().source, file=found.path, sha256=folder * 64)
        )
        store.write(page)
        ids.append(id)
        assert store.identify(found, "2026-03-03-velmar") == id
    assert len(set(ids)) == 3
