"""What a page costs its reader, on a site of sixty long briefings."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.page import parse, render
from generator.site.search import find_program
from tests.browser.conftest import strictly_serving
from tests.sitebuild import SITE, build_project

SEED = Path(__file__).parents[2] / "briefings" / "2025-05-17-istanbul-talks.md"
BRIEFINGS = 60
PAGE = 100_000
"""Bytes of a briefing page as it travels, fonts and scripts with it, beside Material's own files."""
MATERIALS = ("javascripts", "stylesheets", "images")
"""Where Material keeps its own files, below assets/."""
LIST = 40_000
"""Bytes of the HTML of any other page."""
FOUND = 400_000
"""Bytes from opening the search to the first result."""
LISTS = ("", "archive/", "actors/", "issues/", "quotes/", "next-steps/", "timeline/", "tags/")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the longest briefing at hand, day after day."""
    project = tmp_path_factory.mktemp("many")
    (project / "docs").mkdir()
    (project / "briefings").mkdir()
    (project / "mkdocs.yml").write_text((SITE / "mkdocs.yml").read_text("utf-8"), "utf-8")
    briefing = parse(SEED.read_text("utf-8"), path=SEED.name)
    for number in range(BRIEFINGS):
        day = briefing.date + timedelta(days=number)
        made = replace(
            briefing, id=f"{day}-talks", date=day, title=f"Talks, day {number}", tags=("talks",), front=None
        )
        (project / "briefings" / f"{made.id}.md").write_text(render(made), "utf-8")
    return build_project(project)


@pytest.fixture(scope="module")
def site(many: Path) -> Iterator[str]:
    with strictly_serving(many) as address:
        yield address


def travelled(response: Any) -> int:
    """Bytes of an answer as a server sends it: text compressed, fonts and WebAssembly as they are."""
    body = response.body()
    packed = response.url.endswith((".woff2", ".png", ".pf_fragment", ".pf_index", ".pf_meta", ".pagefind"))
    return len(body if packed else gzip.compress(body))


def test_a_briefing_is_under_a_hundred_kilobytes(browser: Any, site: str) -> None:
    """A first visit to a long briefing brings less than 100 KB that is not Material's."""
    page = browser.new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{site}briefings/2025-05-20-talks/", wait_until="networkidle")
    ours = {
        answer.url: travelled(answer)
        for answer in answers
        if not any(f"/assets/{theirs}/" in answer.url for theirs in MATERIALS)
    }
    page.close()
    assert sum(ours.values()) < PAGE, ours


def test_pages_do_not_grow_with_the_site(many: Path) -> None:
    """Lists are paged and cut: no page has more than 40 KB of HTML, however many briefings there are."""
    heavy = {
        str(page.relative_to(many)): size
        for page in many.rglob("index.html")
        if (size := len(gzip.compress(page.read_bytes()))) > LIST
    }
    assert heavy == {}


WATCH = (
    "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((e) =>"
    " { if (!e.hadRecentInput) moved += e.value; })).observe({type: 'layout-shift', buffered: true});"
)
"""Adds up how far the layout shifts."""


def test_late_letters_move_little(browser: Any, site: str) -> None:
    """Where the fonts come after the text, what stands in for them has taken their room."""
    page = browser.new_page(viewport={"width": 390, "height": 900})
    late: list[Any] = []
    page.route("**/*.woff2", lambda route: late.append(route))
    page.add_init_script(WATCH)
    page.goto(f"{site}briefings/2025-05-20-talks/", wait_until="domcontentloaded")
    page.wait_for_timeout(300)  # after which a browser shows other letters
    for route in late:
        route.continue_()
    page.unroute("**/*.woff2")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("moved") < 0.05
    page.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_moves_while_a_page_loads(browser: Any, site: str, width: int) -> None:
    """The layout stands from the first paint on, also where a script fills in a form; five files block it."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(WATCH)
    for place in (*LISTS, "briefings/2025-05-20-talks/", "actors/volodymyr-zelenskyy/"):
        page.goto(site + place, wait_until="networkidle")
        assert page.evaluate("moved") < 0.02, place
        blocking = page.evaluate(
            "performance.getEntriesByType('resource')"
            ".filter((e) => e.renderBlockingStatus === 'blocking').map((e) => e.name)"
        )
        assert len(blocking) <= 5, blocking
        assert all(name.startswith(site) for name in blocking)
    page.close()


@pytest.mark.skipif(find_program() is None, reason="Pagefind has no wheel for this platform")
def test_the_first_result_is_light(browser: Any, site: str) -> None:
    """From opening the search to the first hit less than 0.4 MB is loaded."""
    page = browser.new_page()
    page.goto(site, wait_until="networkidle")
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.keyboard.press("/")
    page.keyboard.type("prisoners")
    page.wait_for_selector(".bf-hit")
    page.wait_for_load_state("networkidle")
    loaded = sum(map(travelled, answers))
    page.close()
    assert 0 < loaded < FOUND


def test_a_filter_loads_a_part_of_the_table(browser: Any, site: str, many: Path) -> None:
    """Filtering thousands of quotes by speaker loads the newest pieces that hold the speaker, no more."""
    page = browser.new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer) if "/data/quotes/" in answer.url else None)
    page.goto(f"{site}quotes/")
    page.locator("select[name=speaker]").focus()
    page.wait_for_selector("select[name=speaker] option:nth-child(3)", state="attached")
    page.select_option("select[name=speaker]", index=1)
    figures = page.locator(".bf-filter__results figure")
    figures.nth(99).wait_for()
    assert figures.count() == 100
    page.get_by_role("button", name="More").press("Enter")
    figures.nth(100).wait_for()
    pieces = len(list((many / "data/quotes").glob("[0-9]*.json")))
    page.close()
    assert len(answers) - 1 < pieces
