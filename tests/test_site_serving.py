"""`mkdocs serve`: pages follow edits at once, and are those of a clean build."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.errors import BriefingError
from generator.site.live import application
from generator.site.reading import read_page
from tests.serving import Served, clean_build, differences
from tests.sitebuild import SITE

EDITS = int(os.environ.get("BRIEFINGS_EDITS", "25"))
STRIKE = "briefings/2026-02-02-ferry-strike-called.md"
TALKS = "briefings/2026-02-09-ferry-talks-open.md"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A copy of tests/site, served."""
    project = Path(shutil.copytree(SITE, tmp_path / "project"))
    (project / "docs" / "links.md").write_text(
        "# Links\n\n[one](briefings/2026-02-02-ferry-strike-called.md) [two](briefings/later.md)\n", "utf-8"
    )
    served = Served(project)
    yield served
    served.close()


def _text(served: Served, name: str) -> str:
    return (served.project / name).read_text("utf-8")


def _page(served: Served, path: str) -> str:
    status, body = served.get(path)
    assert status == 200
    return body.decode()


def test_a_saved_edit_is_on_every_page_drawn_from_it(served: Served) -> None:
    """A corrected speaker moves the quote to another actor's page, a title is everywhere at once."""
    text = _text(served, STRIKE)
    assert "Night sailings will cost lives before" in _page(served, "/actors/mira-tollan/")
    edited = text.replace("> — Mira Tollan, the union’s general secretary", "> — Anders Vik")
    served.save(STRIKE, edited.replace("title: Ferry crews call a strike over", "title: No ferries after"))
    assert "No ferries after night sailings" in _page(served, "/briefings/2026-02-02-ferry-strike-called/")
    assert "No ferries after night sailings" in _page(served, "/briefings/2026-02-09-ferry-talks-open/")
    assert "before they save a minute,”" in _page(served, "/actors/anders-vik/")
    assert "before they save a minute,”" not in _page(served, "/actors/mira-tollan/")
    assert '"speaker": "Anders Vik"' in _page(served, "/data/quotes.json")


def test_browsers_reload_once_for_one_save(served: Served) -> None:
    """A second event of the same save, and one of a file that came out the same, reload no browser; an error
    that is told, or taken back, does."""
    server = served.server

    def reloads(name: str = "", text: str | None = None) -> bool:
        server._visible_epoch, server._wanted_epoch = 1, 2  # as the server has them while it builds
        served.save(name, text)
        return server._wanted_epoch > server._visible_epoch

    text = _text(served, STRIKE)
    assert reloads(STRIKE, text.replace("Ferry crews", "Crews"))
    assert not reloads()
    assert not reloads(STRIKE, text.replace("Ferry crews", "Crews"))
    live = served.service.live
    assert live.tell(":seeds/late.txt", "seeds/late.txt: found no text")
    assert reloads()
    assert not reloads()
    assert live.tell(":seeds/late.txt", None)
    assert not live.tell(":seeds/late.txt", None)
    assert reloads()


def test_a_deleted_briefing_is_gone(served: Served) -> None:
    """The page of a deleted briefing is no longer found, also by those that had it before."""
    place = "/briefings/2026-02-09-ferry-talks-open/"
    text = _text(served, TALKS)
    assert served.get(place)[0] == 200
    served.save(TALKS, None)
    assert served.get(place)[0] == 404
    served.save(TALKS, text)
    assert served.get(place)[0] == 200


def test_an_error_is_shown_and_the_last_good_page_stays(served: Served) -> None:
    """Broken front matter is named with file and line on every page, while the page is as it was."""
    text = _text(served, STRIKE)
    place = "/briefings/2026-02-02-ferry-strike-called/"
    good = _page(served, place)
    served.save(STRIKE, text.replace("date: 2026-02-02", "date: soon", 1))
    shown = _page(served, place)
    assert "briefings/2026-02-02-ferry-strike-called.md:3" in shown
    assert shown.replace(shown[shown.index('<div role="alert"') : shown.rindex("</body>")], "") == good
    assert 'role="alert"' in _page(served, "/")
    served.save(STRIKE, text)
    assert _page(served, place) == good


def test_a_page_that_is_unreadable_from_the_start_stops_nobody(tmp_path: Path) -> None:
    """`mkdocs serve` starts with a broken briefing, without its page, and says what is wrong."""
    project = Path(shutil.copytree(SITE, tmp_path / "project"))
    (project / TALKS).write_bytes(b"---\ntitle: \xff\n---\n")
    served = Served(project)
    try:
        assert f"{TALKS}:2: byte 11 is 0xff" in _page(served, "/")
        assert served.get("/briefings/2026-02-09-ferry-talks-open/")[0] == 404
    finally:
        served.close()


def test_a_page_that_is_saved_while_it_is_sent_is_sent_anew(served: Served) -> None:
    """Between making a page and sending it somebody may save: the browser gets what was saved last."""
    text = _text(served, STRIKE)
    saves = iter([text.replace("title: Ferry crews", "title: All crews")])

    def inner(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        for saved in saves:
            served.save(STRIKE, saved)
        return served.server.serve_request(environ, start_response)

    served.server.set_app(application(inner, served.service.live, "/"))
    assert "All crews call a strike" in _page(served, "/briefings/2026-02-02-ferry-strike-called/")


def test_beside_a_plugin_for_the_whole_site_errors_are_shown_as_well(tmp_path: Path) -> None:
    """Where every save builds the whole site, a mistake still costs no page, and is told in the browser."""
    project = Path(shutil.copytree(SITE, tmp_path / "project"))
    (project / "hook.py").write_text("def on_post_build(config): pass\n", "utf-8")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(f"{settings}\nhooks: [hook.py]\n", "utf-8")
    served = Served(project)
    try:
        place = "/briefings/2026-02-02-ferry-strike-called/"
        text = _text(served, STRIKE)
        served.save(STRIKE, text.replace("title: Ferry crews", "title: All crews"))
        good = _page(served, place)
        assert "All crews call a strike" in good
        served.save(STRIKE, text.replace("date: 2026-02-02", "date: soon", 1))
        shown = _page(served, place)
        assert "briefings/2026-02-02-ferry-strike-called.md:3" in shown
        assert "All crews call a strike" in shown
        (project / "mkdocs.yml").write_text("site_name: [", "utf-8")
        served.save()
        assert "All crews call a strike" in _page(served, place)
        assert served.get("/nowhere/")[0] == 404
    finally:
        served.close()


def test_two_pages_with_one_id_are_told_apart(served: Served) -> None:
    """The first of two pages with one id is served, and the other is named."""
    served.save("briefings/copy.md", _text(served, TALKS))
    assert "briefings/copy.md: found the id" in _page(served, "/")
    served.save("briefings/copy.md", None)
    assert 'role="alert"' not in _page(served, "/")


def test_wrong_settings_leave_the_last_good_site(served: Served) -> None:
    """A wrong value in mkdocs.yml is shown in the browser; the site stays, and follows once it is mended."""
    settings = _text(served, "mkdocs.yml")
    served.save("mkdocs.yml", settings.replace("  - briefings\n", "  - briefings:\n      page_size: none\n"))
    assert 'role="alert"' in _page(served, "/actors/")
    served.save("mkdocs.yml", settings.replace("site_name: Ferry desk", "site_name: Ferry news"))
    page = _page(served, "/actors/")
    assert 'role="alert"' not in page
    assert "Ferry news" in page


def test_what_is_served_without_an_edit_is_a_clean_build(served: Served) -> None:
    """Every file of a clean build is served with its bytes, the search among them."""
    served.settle()
    assert differences(served) == []


def test_pages_that_people_wrote_follow_what_they_link_to(served: Served) -> None:
    """A link of somebody's own page leads to a briefing as soon as there is one."""
    assert 'href="briefings/later.md"' in _page(served, "/links/")
    text = _text(served, TALKS).replace("id: 2026-02-09-ferry-talks-open", "id: later")
    served.save("briefings/later.md", text)
    assert 'href="../briefings/later/"' in _page(served, "/links/")


def test_after_any_edits_what_is_served_is_a_clean_build(served: Served) -> None:
    """However briefings, registries, pages and settings were changed, every byte is that of a clean build.

    BRIEFINGS_EDITS=200 tries more of them.
    """
    chance = random.Random(20260522)
    built: list[str] = ["index.html"]
    for count in range(1, EDITS + 1):
        edit = chance.choice(_SCRIPT)
        edit(served, chance)
        for path in chance.sample(built, min(3, len(built))):
            served.get(f"/{path}")
        if count % 25 == 0 or count == EDITS:
            for name in [*(served.project / "briefings").glob("broken*.md")]:
                name.unlink()
            served.save()
            served.settle()
            built = sorted(clean_build(served.project))
            assert (count, differences(served)) == (count, [])


def _pages(served: Served) -> list[str]:
    found = (served.project / "briefings").glob("*.md")
    return sorted(f"briefings/{p.name}" for p in found if p.name != "README.md" and p.stem != "broken")


def _change(pattern: str, make: Callable[[re.Match[str]], str]) -> Callable[[Served, random.Random], None]:
    """An edit of one place, of those that match, in one page."""

    def edit(served: Served, chance: random.Random) -> None:
        name = chance.choice(_pages(served))
        text = _text(served, name)
        places = list(re.finditer(pattern, text, re.M))
        if places:
            place = chance.choice(places)
            changed = text[: place.start()] + make(place) + text[place.end() :]
            served.save(name, changed)
            try:
                read_page(changed.encode(), name)
            except BriefingError:  # it is shown as it was; for a clean build it has to be mended
                served.save(name, text)

    return edit


def _add_page(served: Served, chance: random.Random) -> None:
    text = _text(served, chance.choice(_pages(served)))
    id = f"2026-0{chance.randint(1, 9)}-{chance.randint(10, 28)}-copy-{chance.randint(1, 99)}"
    text = re.sub(
        r"^id: .*", f"id: {id}", re.sub(r"^date: .*", f"date: {id[:10]}", text, flags=re.M), flags=re.M
    )
    served.save(f"briefings/{id}.md", text)


def _delete_page(served: Served, chance: random.Random) -> None:
    pages = _pages(served)
    if len(pages) > 2:
        served.save(chance.choice(pages), None)


def _rename_page(served: Served, chance: random.Random) -> None:
    name = chance.choice(_pages(served))
    (served.project / name).rename(served.project / f"briefings/renamed-{chance.randint(1, 999)}.md")
    served.save()


def _break_page(served: Served, chance: random.Random) -> None:
    served.save("briefings/broken.md", chance.choice(["no front matter", "---\ntitle: [\n---\n"]))


def _edit_actors(served: Served, chance: random.Random) -> None:
    name = f"Mira {chance.choice(['Tollan', 'Tollan-Orsk', 'T.'])}"
    merged = chance.choice(["", "  same_as: [lena-orsk]\n", "  same_as: [islanders]\n  only_in: [nowhere]\n"])
    served.save("briefings/actors.yml", f"mira-tollan:\n  name: {name}\n{merged}")


def _edit_issues(served: Served, chance: random.Random) -> None:
    served.save(
        "briefings/issues.yml",
        f"nights:\n  name: Nights {chance.randint(1, 9)}\n  targets: [night sailings]\n",
    )


def _edit_docs(served: Served, chance: random.Random) -> None:
    target = chance.choice([*_pages(served), "index.md", "briefings/later.md"])
    served.save("docs/links.md", f"# Links {chance.randint(1, 9)}\n\n[one]({target})\n")


def _edit_settings(served: Served, chance: random.Random) -> None:
    size = chance.choice([5, 6, 50])
    text = re.sub(
        r"  - briefings.*?(?=^\w)",
        f"  - briefings:\n      page_size: {size}\n",
        _text(served, "mkdocs.yml"),
        flags=re.M | re.S,
    )
    served.save("mkdocs.yml", text)


_SCRIPT = [
    *[_change(r"(?<=[a-z]) (?=[a-z]{3})", lambda m: " really ")] * 4,
    _change(r"^title: .*", lambda m: m[0] + "!"),
    _change(r"^date: .*", lambda m: f"date: 2026-03-{random.Random(m.start()).randint(10, 28)}"),
    _change(r"^tags: \[", lambda m: m[0] + "night life, "),
    _change(r"^tags: .*\n", lambda m: ""),
    _change(r"^- .*\n(?=\n|- )", lambda m: ""),
    _change(r"\*\*(opposes|supports|warns)\*\*", lambda m: "**demands**"),
    _change(r"^- \[ \]", lambda m: "- [x]"),
    _change(r"— Mira Tollan", lambda m: "— Anders Vik"),
    _change(r"^## Quotes\n", lambda m: m[0] + "\nA note on [the talks](2026-02-09-ferry-talks-open.md).\n\n"),
    _add_page,
    _add_page,
    _delete_page,
    _rename_page,
    _break_page,
    _edit_actors,
    _edit_issues,
    _edit_docs,
    _edit_settings,
]
