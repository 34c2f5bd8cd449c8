"""Reading the site in a browser: Chromium, under a strict Content-Security-Policy."""

from __future__ import annotations

from typing import Any

import icalendar
import pytest

from generator.site.search import find_program

STRIKE = "briefings/2026-02-02-ferry-strike-called/"
TALKS = "briefings/2026-02-09-ferry-talks-open/"
KINDS_OF_PAGES = {
    "home": "",
    "briefing": STRIKE,
    "edited briefing": TALKS,
    "archive": "archive/",
    "month": "archive/2026-02/",
    "actors": "actors/",
    "actor": "actors/mira-tollan/",
    "issues": "issues/",
    "issue": "issues/night-sailings/",
    "quotes": "quotes/",
    "next steps": "next-steps/",
    "timeline": "timeline/",
    "tags": "tags/",
    "tag": "tags/ferries/",
    "manual": "manual/",
    "unknown address": "404.html",
}


@pytest.mark.skipif(find_program() is None, reason="Pagefind has no wheel for this platform")
def test_a_phrase_leads_to_the_quote(page: Any) -> None:
    """A reader types words of a quote and lands on that quote, its words marked, by keyboard alone."""
    page.goto("")
    page.wait_for_selector("#bf-search-open")
    page.keyboard.press("/")
    page.wait_for_selector("dialog#bf-search[open]")
    page.keyboard.type("our crews know that water")
    page.wait_for_selector(".bf-hit mark")
    assert page.locator(".bf-hits h2").all_inner_texts()[0] == "Quotes"
    marked = page.locator(".bf-hit").first.locator("mark").all_inner_texts()
    assert marked == ["our", "crews", "know", "that", "water"]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{STRIKE}#q-000001")
    assert page.locator("#q-000001 mark").all_inner_texts() == ["our", "crews", "know", "that", "water"]
    page.keyboard.press("s")
    assert page.locator("dialog#bf-search").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#bf-search").is_visible()


@pytest.mark.skipif(find_program() is None, reason="Pagefind has no wheel for this platform")
def test_search_filters_by_outlet(page: Any) -> None:
    """With an outlet chosen only its briefings are found."""
    page.goto("")
    page.keyboard.press("/")
    page.wait_for_selector("select[name=outlet]")
    page.keyboard.type("night sailings")
    page.wait_for_selector(".bf-hit")
    page.select_option("select[name=outlet]", "Harbour Post")
    page.wait_for_selector(".bf-hits a[href*=strike-called]", state="detached")
    assert page.locator(f".bf-hits a[href*='{TALKS}']").count() > 0


def test_quotes_filter_by_speaker(page: Any) -> None:
    """Filtering by speaker leaves that person's quotes, from all pages, and stands in the address."""
    page.goto("quotes/")
    page.locator("select[name=speaker]").focus()
    page.wait_for_selector("select[name=speaker] option[value='Mira Tollan']", state="attached")
    page.select_option("select[name=speaker]", "Mira Tollan")
    page.wait_for_selector(".bf-filter__results figure")
    found = page.locator(".bf-filter__results figure")
    assert found.count() == 2
    assert found.filter(has_text="“A second pair of eyes is all we ever asked for”").count() == 1
    assert not page.locator("#quotes").is_visible()
    page.reload()
    page.wait_for_selector(".bf-filter__results figure")
    assert page.locator(".bf-filter__results figure").count() == 2
    page.locator(".bf-filter__results .bf-cite").first.click()
    page.wait_for_url("**/briefings/**#q-*")


def test_the_contents_tell_where_the_reader_is(page: Any) -> None:
    """The list of what is on a page marks the section that is read, also after a link to an entry."""
    page.set_viewport_size({"width": 1440, "height": 400})
    current = page.locator(".bf-rail a[aria-current]")
    page.goto(f"{STRIKE}#q-000001")
    current.filter(has_text="Quotes").wait_for()
    page.locator("#n-000001").evaluate("entry => entry.scrollIntoView()")
    current.filter(has_text="Next steps").wait_for()
    assert current.count() == 1
    page.keyboard.press("Home")
    current.wait_for(state="detached")


def test_an_entry_shows_its_words_in_the_source(page: Any) -> None:
    """Pointing at a quote marks exactly its words in the source column."""
    page.goto(STRIKE)
    page.hover("#q-000001 blockquote")
    page.wait_for_selector(".is-marked")
    marked = page.locator(".bf-source .is-marked").all_inner_texts()
    assert "".join(marked) == (
        "Night sailings will cost lives before they save a minute,and our crews know that water."
    )


def test_on_a_phone_the_source_unfolds_under_the_entry(phone: Any) -> None:
    """On a small screen the paragraph opens below the entry and closes again; nothing scrolls sideways."""
    phone.goto(STRIKE)
    phone.click("#n-000001 a.bf-para")
    unfolded = phone.locator("#n-000001 .bf-unfolded")
    assert unfolded.locator("mark").inner_text() == "Crews will walk out on February 14"
    phone.click("#n-000001 a.bf-para")
    assert unfolded.count() == 0
    phone.click("#q-000001 a.bf-para")
    of_quote = phone.locator("#q-000001 .bf-unfolded")
    assert of_quote.evaluate("element => getComputedStyle(element).borderLeftWidth") == "0px"
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_page_asks_for_what_it_does_not_need(page: Any) -> None:
    """Every kind of page loads without an error, and without the sitemap, which grows with the site."""
    answers: list[tuple[int, str]] = []
    page.on("response", lambda answer: answers.append((answer.status, answer.url)))
    for place in KINDS_OF_PAGES.values():
        page.goto(place, wait_until="networkidle")
    assert [url for status, url in answers if status >= 400 or "sitemap" in url] == []


@pytest.mark.skipif(find_program() is None, reason="Pagefind has no wheel for this platform")
def test_an_unknown_address_offers_its_words_to_the_search(page: Any) -> None:
    """The page for unknown addresses searches for what the address speaks of."""
    page.goto("404.html")
    page.evaluate("history.replaceState(null, '', '/actors/mira-tolan.html')")
    page.get_by_role("button", name="Search for its words").click()
    page.wait_for_selector(".bf-hit")
    assert page.locator(".bf-search__input").input_value() == "mira tolan"


def test_a_step_goes_into_a_calendar(page: Any) -> None:
    """ "Add to calendar" saves one event; the briefing's calendar holds all of them."""
    page.goto(STRIKE)
    with page.expect_download() as download:
        page.click("#n-000001 .bf-calendar")
    calendar = icalendar.Calendar.from_ical(download.value.path().read_bytes())
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == [
        "Seafarers’ Union: Crews will walk out on February 14"
    ]


def test_a_quote_is_copied_with_who_said_it_and_where(page: Any) -> None:
    """A copied quote carries its speaker, the briefing and the address of the entry."""
    page.goto(STRIKE)
    page.hover("#q-000001")
    page.click("#q-000001 .bf-copy--quote")
    page.wait_for_selector("#q-000001 .bf-copy--done")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Night sailings will cost lives")
    assert "— Mira Tollan, in: Ferry crews call a strike over night sailings" in copied
    assert copied.endswith("/briefings/2026-02-02-ferry-strike-called/#q-000001")


def test_the_state_of_a_step_follows_today(page: Any) -> None:
    """The same page calls a step due before its date and passed after it."""
    page.clock.set_fixed_time("2026-02-10T08:00:00Z")
    page.goto("next-steps/")
    step = page.locator(".bf-step", has_text="walk out").locator(".bf-state")
    assert step.inner_text() == "due soon"
    page.clock.set_fixed_time("2026-02-15T08:00:00Z")
    page.reload()
    assert step.inner_text() == "date passed"
    assert page.locator(".bf-step", has_text="meet again").locator(".bf-state").inner_text() == "done"


def test_light_and_dark(page: Any) -> None:
    """The toggle turns the page dark, and the next page stays dark."""
    page.goto("")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("label[title='Switch to light']").click()
    page.locator("label[title='Switch to dark']").click()
    page.goto("actors/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_the_system_decides_between_light_and_dark_at_first(browser: Any, address: str) -> None:
    """A reader whose system is dark sees the site dark without choosing."""
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    context.close()


def test_everything_can_be_read_without_scripts(browser: Any, address: str) -> None:
    """Without JavaScript the entries, the source and the links between them are all there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + STRIKE)
    page.click("#q-000001 a.bf-para")
    assert page.url.endswith("#p2")
    assert page.locator("#p2").is_visible()
    assert not page.locator("#bf-search-open").is_visible()
    context.close()


def test_the_keyboard_reaches_the_entries(page: Any) -> None:
    """Tab goes through the page; an entry in focus marks its words in the source."""
    page.goto(STRIKE)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[data-entry]')?.id") == "p-000001":
            break
    assert page.locator("#p-000001.is-looked-at").count() == 1
    assert page.locator(".is-marked").count() > 0


def test_a_briefing_prints_as_a_paper(page: Any) -> None:
    """On paper the facts stand alone: no navigation, no buttons, no source column, two sheets at most."""
    page.goto(STRIKE)
    page.emulate_media(media="print")
    for hidden in (
        ".md-header",
        ".bf-actions",
        ".bf-source",
        ".bf-rail",
        ".md-footer",
        ".bf-tools button >> nth=0",
    ):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("#q-000001").is_visible()
    assert page.pdf().count(b"/Type /Page\n") <= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS_OF_PAGES)
def test_axe_finds_nothing(browser: Any, address: str, kind: str, scheme: str) -> None:
    """axe finds no fault against WCAG 2.2 AA on any kind of page, light and dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 1440, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(address + KINDS_OF_PAGES[kind])
    levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": levels}})
    faults = [
        f"{fault['id']}: {node['target'][0]} {node['html'][:120]}"
        for fault in found.response["violations"]
        for node in fault["nodes"][:3]
    ]
    context.close()
    assert faults == []
