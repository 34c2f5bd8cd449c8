"""The site as MkDocs builds it, from three briefings in tests/site."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from tests.sitebuild import SITE, Links, build_project, built_site, read, words


@pytest.fixture(scope="module")
def built() -> Path:
    return built_site()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of tests/site to change."""
    return Path(shutil.copytree(SITE, tmp_path / "project"))


def test_reading_the_site_never_loads_a_language_model() -> None:
    """The plugin imports neither spaCy nor anything of the analysis."""
    code = (
        "import sys, generator.site.plugin\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('spacy', 'thinc', 'torch', 'onnxruntime')"
        " or m.startswith(('generator.analysis', 'generator.pipeline'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_there_is_a_page_for_every_briefing_and_actor(built: Path) -> None:
    """Each briefing and each actor has a page of its own, and nothing else in the folder has one."""
    assert sorted(p.parent.name for p in built.glob("briefings/*/index.html")) == [
        "2026-02-02-ferry-strike-called",
        "2026-02-09-ferry-talks-open",
        "2026-02-11-odd-characters",
    ]
    assert {p.parent.name for p in built.glob("actors/*/index.html")} == {
        "actors",
        "anders-vik",
        "islanders",
        "lena-orsk",
        "mira-tollan",
        "seafarers-union",
        "skerry-lines",
    } - {"actors"}


def test_building_twice_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """The same briefings give the same site, byte for byte, but for the sitemap's build date."""
    build(load_config(str(SITE / "mkdocs.yml"), site_dir=str(tmp_path / "again"), strict=True))
    first = {p.relative_to(built): p.read_bytes() for p in built.rglob("*") if p.is_file()}
    again = {
        p.relative_to(tmp_path / "again"): p.read_bytes()
        for p in (tmp_path / "again").rglob("*")
        if p.is_file()
    }
    dated = {Path("sitemap.xml"), Path("sitemap.xml.gz")}
    assert first.keys() == again.keys()
    assert [str(name) for name in sorted(first) if name not in dated and first[name] != again[name]] == []


def test_every_link_within_the_site_leads_somewhere(built: Path) -> None:
    """Every link to a page of the site finds it, and every anchor in a link stands on that page."""
    pages = {page: Links(page) for page in built.rglob("*.html") if page.name != "404.html"}
    broken = []
    for page, found in pages.items():
        for link in found.links:
            if re.match(r"[a-z]+:", link):
                continue
            address, _, anchor = link.partition("#")
            target = (page.parent / address).resolve() if address else page
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (anchor and target in pages and anchor not in pages[target].ids):
                broken.append(f"{page.relative_to(built)}: {link}")
    assert broken == []


def test_an_address_that_leads_nowhere_leads_on(project: Path) -> None:
    """The page for unknown addresses has links into the site that work wherever it is shown, also where
    the site stands in a folder of its host, and a search that is there once a script offers it."""
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("https://desk.example/", "https://desk.example/news/"))
    built = build_project(project)
    missing = built / "404.html"
    found = [link for link in Links(missing).links if "//" not in link and not link.startswith("#")]
    assert {"/news/.", "/news/actors/", "/news/quotes/"} <= set(found)
    assert [link for link in found if not link.startswith("/news/")] == []
    assert [link for link in found if not (built / link.removeprefix("/news/")).exists()] == []
    assert "Nothing stands at this address" in words(missing.read_text("utf-8"))
    assert re.search(r"<button[^>]*data-search-address hidden>", missing.read_text("utf-8"))


def test_the_home_page_tells_who_wants_what(built: Path) -> None:
    """The home page has, for each key actor of the newest briefings, the position that says most."""
    seen = words((built / "index.html").read_text("utf-8"))
    assert "Who wants what" in seen
    assert "Mira Tollan ▲ supports she backs night sailings" in seen


@pytest.mark.parametrize("asked, level", [("auto", "INFO"), ("pagefind", "WARNING"), ("material", "")])
def test_a_search_that_cannot_be_is_told(
    asked: str, level: str, project: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where Pagefind has no program the site has Material's search, and the build says so: as a warning only
    where Pagefind was asked for by name."""
    monkeypatch.setattr("generator.site.search.find_program", lambda: None)
    caplog.set_level("INFO", "mkdocs.plugins.briefings")
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("- briefings\n", f"- briefings: {{search: {asked}}}\n"))
    build(load_config(str(settings)))
    told = [record.levelname for record in caplog.records if "Material's search stands in" in record.message]
    assert told == ([level] if level else [])
    assert (project / "site/search/search_index.json").exists()
    assert not (project / "site/pagefind").exists()


def test_no_anchor_stands_twice_on_a_page(built: Path) -> None:
    """Anchors are unique on every page, also where an editor's Markdown is shown as it was typed."""
    for page in built.glob("briefings/*/index.html"):
        ids = Links(page).ids
        assert len(ids) == len(set(ids)), page


def test_no_request_leaves_the_site(built: Path) -> None:
    """Pages load scripts, styles, fonts and pictures from the site alone."""
    for page in built.rglob("*.html"):
        loads = re.findall(
            r'<(?:script|img|iframe|link(?=[^>]+stylesheet))[^>]+(?:src|href)="([^"]+)"',
            page.read_text("utf-8"),
        )
        assert [load for load in loads if "//" in load] == []
    for style in (built / "assets/briefings").rglob("*.css"):
        assert "//" not in re.sub(r"/\*.*?\*/", "", style.read_text("utf-8"), flags=re.S)


def test_article_text_reaches_the_page_as_text(built: Path) -> None:
    """Markup, templates and handlers in an article read as they were written and do nothing."""
    for page in built.rglob("*.html"):
        html = page.read_text("utf-8")
        assert Links(page).live == [], page
        assert not re.search(r"<(?:script>alert|img src=x|i>odd|b>News|b>bold)", html), page
    html = read(built, "briefings/2026-02-11-odd-characters")
    seen = words(html)
    assert "Minister quotes <script>alert(1)</script> & {{ 7 * 7 }} in parliament" in seen
    assert "Put <script>alert(2)</script> in the minutes" in seen
    assert 'Lena "L" Orsk <img src=x onerror=alert(1)>' in seen
    assert "A & B <b>News</b>" in seen


def test_what_an_editor_wrote_stands_where_it_was_written(built: Path) -> None:
    """Notes, sections, emphasis, links and footnotes that a person added are on the page."""
    seen = words(read(built, "briefings/2026-02-09-ferry-talks-open"))
    assert "Desk notes" in seen
    assert "The minutes are due on Friday." in seen
    html = read(built, "briefings/2026-02-09-ferry-talks-open")
    assert '<a href="../2026-02-02-ferry-strike-called/">the first briefing</a>' in html
    assert '<em>a second officer</em> on every night sailing, see <a href="https://minutes.example/">' in html
    first = words(read(built, "briefings/2026-02-02-ferry-strike-called"))
    assert "it would not name its harbour master" in first
    assert first.index("Nobody asked") < first.index("it would not name") < first.index("Crews will walk out")


def test_what_only_its_sentence_needs_stays_in_the_article(project: Path) -> None:
    """A quote by itself has no comma at its end, a role beside a name no article."""
    page = project / "briefings" / "2026-02-09-ferry-talks-open.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace("— Mira Tollan, leader of", "— Mira Tollan, The leader of"), "utf-8")
    built = build_project(project)
    for place in ("briefings/2026-02-09-ferry-talks-open", "quotes", "actors/mira-tollan"):
        assert "“A second pair of eyes is all we ever asked for”" in words(read(built, place))
    shown = words(read(built, "briefings/2026-02-09-ferry-talks-open"))
    assert "Mira Tollan leader of the strike committee" in shown


def test_words_that_the_article_lacks_are_marked(built: Path) -> None:
    """An entry that an editor added or reworded is never shown as the article's words."""
    html = read(built, "briefings/2026-02-09-ferry-talks-open")
    flagged = {
        match[1]: match[2]
        for match in re.finditer(
            r'id="([a-z]-\d+)" data-entry(?:(?!data-entry).)*?class="bf-flag" title="[^"]*">([^<]+)',
            html,
            re.S,
        )
    }
    assert flagged == {"p-000012": "edited", "q-000012": "added by an editor"}


def test_the_source_marks_the_words_of_an_entry(built: Path) -> None:
    """The source beside a briefing knows, word for word, which entry each stretch proves."""
    html = read(built, "briefings/2026-02-02-ferry-strike-called")
    assert re.search(
        r'<p class="bf-source__p" id="p2">.*data-of="[^"]*q-000001[^"]*">and our crews know that water\.',
        html,
    )


def test_an_actor_page_gathers_what_was_said_across_briefings(built: Path) -> None:
    """An actor's page shows roles over time, and marks the day a position turned."""
    seen = words(read(built, "actors/mira-tollan"))
    assert "union’s general secretary from 2 Feb 2026" in seen
    assert "leader of the strike committee from 9 Feb 2026" in seen
    assert "A second pair of eyes" in seen
    assert "and our crews know that water." in seen
    turned = seen.index("changed position before: opposes, 2 Feb 2026")
    assert (
        seen.index("will cost lives before they save a minute 2 Feb")
        < turned
        < seen.index("she backs night sailings")
    )


def test_the_registry_merges_actors(built: Path) -> None:
    """Two ids that the registry calls one actor have one page."""
    seen = words(read(built, "actors/anders-vik"))
    assert "This line was never spoken." in seen
    assert "the night sailings will go ahead as planned" in seen
    assert "Wikidata" in seen


def test_an_entry_added_by_hand_can_be_linked_to(project: Path) -> None:
    """A quote typed without an anchor gets one on the page, and the file stays as it was typed."""
    path = project / "briefings/2026-02-09-ferry-talks-open.md"
    typed = path.read_text().replace("## Next steps", "> “We typed this.”\n\n— Mira Tollan\n\n## Next steps")
    path.write_text(typed)
    built = build_project(project)
    page = read(built, "briefings/2026-02-09-ferry-talks-open")
    anchor = re.search(r'id="(q-[0-9a-f]+)"[^>]*><blockquote><p>“We typed this', page)
    assert anchor
    assert f"2026-02-09-ferry-talks-open/#{anchor[1]}" in read(built, "actors/mira-tollan")
    assert path.read_text() == typed


def test_unsettled_edits_are_shown_and_the_site_is_built(project: Path) -> None:
    """A page with conflict marks says so, shows both sides, and keeps nobody else's page from building."""
    path = project / "briefings/2026-02-09-ferry-talks-open.md"
    line = "- **2026-02-09** (“on Monday”): Both sides met in Port Ansel on Monday [¶ 1](#p1){#e-000011}"
    assert line in path.read_text()
    mine, fresh = line.replace("met", "talked"), line.replace("met", "sat down")
    marked = f"<<<<<<< mine: edited in both\n{mine}\n=======\n{fresh}\n>>>>>>> fresh"
    path.write_text(path.read_text().replace(line, marked))
    seen = words(read(build_project(project), "briefings/2026-02-09-ferry-talks-open"))
    assert "This page has unsettled edits" in seen
    assert "Both sides talked in Port Ansel" in seen
    assert "Both sides sat down in Port Ansel" in seen


def test_what_stands_in_the_home_page_of_docs_heads_the_home_page(project: Path) -> None:
    """The text of docs/index.md stands above the latest briefings."""
    (project / "docs/index.md").write_text("# Good morning\n\nRead *slowly*.\n")
    home = (build_project(project) / "index.html").read_text("utf-8")
    assert home.index("<em>slowly</em>") < home.index("Latest briefings")


def test_a_single_briefing_has_no_empty_page_kinds(project: Path) -> None:
    """One article makes no archive and no timeline of its own, and no link leads to one."""
    for path in sorted(project.glob("briefings/2*.md"))[1:]:
        path.unlink()
    (project / "briefings/actors.yml").unlink()
    built = build_project(project)
    assert not (built / "archive").exists()
    assert not (built / "timeline").exists()
    assert 'href="archive/' not in (built / "index.html").read_text("utf-8")
    test_every_link_within_the_site_leads_somewhere(built)


def test_no_briefings_at_all_is_a_page_that_says_what_to_do(project: Path) -> None:
    """An empty folder gives a home page that names the command to run."""
    for path in project.glob("briefings/*"):
        path.unlink()
    assert "briefings generate" in words((build_project(project) / "index.html").read_text("utf-8"))


def test_addresses_without_folders_work_too(project: Path) -> None:
    """With `use_directory_urls: false` every link still finds its page."""
    config = project / "mkdocs.yml"
    config.write_text(config.read_text() + "use_directory_urls: false\n")
    built = build_project(project)
    assert (built / "actors/mira-tollan.html").exists()
    test_every_link_within_the_site_leads_somewhere(built)


def test_a_broken_briefing_is_named_with_its_line(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A front matter that cannot be read stops the build with the file and the line."""
    path = project / "briefings/2026-02-09-ferry-talks-open.md"
    path.write_text(path.read_text().replace("date: 2026-02-09", "date: soon"))
    with pytest.raises(Abort):
        build_project(project)
    assert "briefings/2026-02-09-ferry-talks-open.md:3" in caplog.text


@pytest.mark.parametrize(
    "setting, told",
    [
        ("source_text: some", "full"),
        ("page_size: 0", "from 5 to 1000"),
        ("foldr: x", "foldr"),
        ("folder: nowhere", "nowhere"),
        ("strings: words.toml", "words.toml"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(
    project: Path, caplog: pytest.LogCaptureFixture, setting: str, told: str
) -> None:
    """A setting with a wrong value stops the build and says which, and what would have worked."""
    config = project / "mkdocs.yml"
    config.write_text(config.read_text().replace("  - briefings\n", f"  - briefings:\n      {setting}\n"))
    with pytest.raises((Abort, ConfigurationError)) as error:
        build_project(project)
    assert told in caplog.text + str(error.value)
    assert setting.split(":")[0] in caplog.text + str(error.value)
