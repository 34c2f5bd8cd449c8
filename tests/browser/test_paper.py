"""What comes out of the printer: the articles at hand, as they are read today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from generator.analysis import analyze
from generator.compose import compose
from generator.page import render
from generator.readers import read
from tests.browser.conftest import strictly_serving
from tests.sitebuild import SITE, build_project

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "seeds").glob("*.txt")) + sorted((ROOT / "demo" / "articles").glob("*.*"))
SHEETS = 2


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, nlp: Language) -> Iterator[tuple[str, list[str]]]:
    """The address of a site of all the articles at hand, and its briefings."""
    project = tmp_path_factory.mktemp("papers")
    (project / "docs").mkdir()
    (project / "briefings").mkdir()
    (project / "mkdocs.yml").write_text((SITE / "mkdocs.yml").read_text("utf-8"), "utf-8")
    ids = []
    for path in ARTICLES:
        article = read(path.read_bytes(), path)
        briefing = compose(article, analyze(article, nlp))
        (project / "briefings" / f"{briefing.id}.md").write_text(render(briefing), "utf-8")
        ids.append(briefing.id)
    with strictly_serving(build_project(project)) as address:
        yield address, ids


def test_every_briefing_prints_on_two_sheets(browser: Any, papers: tuple[str, list[str]]) -> None:
    """On paper a briefing takes two sheets of A4 at most, also one of sixty positions and thirty quotes."""
    address, ids = papers
    page = browser.new_page()
    sheets = {}
    for id in ids:
        page.goto(f"{address}briefings/{id}/")
        sheets[id] = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    page.close()
    assert len(sheets) > 12
    assert {id: count for id, count in sheets.items() if not 1 <= count <= SHEETS} == {}


def test_a_paper_names_a_role_once(browser: Any, papers: tuple[str, list[str]]) -> None:
    """On paper a speaker's role stands at the first of their quotes only; on the screen at each."""
    address, ids = papers
    page = browser.new_page()
    page.goto(f"{address}briefings/{ids[0]}/")
    roles = page.locator(".bf-quote", has_text="Donald Trump").locator(".bf-role")
    on_screen = [role.is_visible() for role in roles.all()]
    page.emulate_media(media="print")
    on_paper = [role.is_visible() for role in roles.all()]
    page.close()
    assert len(on_screen) > 1
    assert all(on_screen)
    assert on_paper == [True] + [False] * (len(on_paper) - 1)
