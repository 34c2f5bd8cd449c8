"""The site as plain files, for builders that run no plugin of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import SettingsError
from generator.site.plain import write_pages
from tests.sitebuild import SITE, Links, build_project, built_site, words


def test_plain_files_build_to_the_same_text(tmp_path: Path) -> None:
    """MkDocs without our plugin makes the same pages, word for word, and nothing of them is live."""
    pages = write_pages(SITE / "mkdocs.yml", tmp_path)
    plain, built = build_project(tmp_path), built_site()
    compared = 0
    for page in sorted(built.rglob("index.html")):
        name = page.relative_to(built)
        if name.parts[0] == "manual":
            continue
        assert words((plain / name).read_text("utf-8")) == words(page.read_text("utf-8")), name
        assert Links(plain / name).live == [], name
        compared += 1
    assert compared == pages
    assert (plain / "feed.xml").read_bytes() == (built / "feed.xml").read_bytes()


def test_writing_again_replaces_what_was_written(tmp_path: Path) -> None:
    """A second run leaves no page of the first behind."""
    write_pages(SITE / "mkdocs.yml", tmp_path)
    (tmp_path / "docs/briefings/gone.md").write_text("of a briefing that was deleted")
    write_pages(SITE / "mkdocs.yml", tmp_path)
    assert not (tmp_path / "docs/briefings/gone.md").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """Writing into a folder that holds something else is refused, with what would work."""
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(SettingsError, match="empty folder"):
        write_pages(SITE / "mkdocs.yml", tmp_path)
