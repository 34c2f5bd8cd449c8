"""The site as plain files, for builders that run no plugin of ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.errors import SettingsError
from generator.site.plain import write_pages
from tests.sitebuild import SITE, Links, built_site, words

BUILDERS = ("mkdocs", "properdocs", "zensical")


@pytest.mark.parametrize("builder", BUILDERS)
def test_plain_files_build_to_the_same_text(builder: str, tmp_path: Path) -> None:
    """MkDocs, ProperDocs and Zensical, without our plugin, make the same pages, letter for letter."""
    program = Path(sys.executable).with_name(builder)
    if not program.exists():
        pytest.skip(f"{builder} is not installed")
    pages = write_pages(SITE / "mkdocs.yml", tmp_path)
    done = subprocess.run(
        [program, "build", "--config-file", tmp_path / "mkdocs.yml"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    plain, built = tmp_path / "site", built_site()
    found = sorted(page.relative_to(built) for page in built.rglob("index.html"))
    assert len(found) == pages + 1  # the manual, which a person wrote
    for page in found:
        assert letters(plain / page) == letters(built / page), page
        assert Links(plain / page).live == [], page
    assert (plain / "feed.xml").read_bytes() == (built / "feed.xml").read_bytes()


def letters(page: Path) -> str:
    """What a page says, without white space: builders indent and highlight in their own ways."""
    return "".join(words(page.read_text("utf-8")).split())


def test_people_s_own_markdown_keeps_its_extensions(tmp_path: Path) -> None:
    """The settings beside plain files name the Markdown extensions of the site, what YAML can say of them."""
    site = tmp_path / "site"
    shutil.copytree(SITE, site)
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("  - def_list\n  - toc: {slugify: !!python/name:builtins.len , permalink: true}\n")
    write_pages(site / "mkdocs.yml", tmp_path / "plain")
    settings = yaml.safe_load((tmp_path / "plain/mkdocs.yml").read_text("utf-8"))
    assert {"attr_list", "md_in_html", "def_list", "toc"} <= set(settings["markdown_extensions"])


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
