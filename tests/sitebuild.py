"""Builds the site of tests/site for the tests of the site."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

SITE = Path(__file__).parent / "site"


@cache
def built_site() -> Path:
    """The site of tests/site, built strictly, once for all tests."""
    target = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, target, ignore_errors=True)
    build(load_config(str(SITE / "mkdocs.yml"), site_dir=str(target), strict=True))
    return target


def build_project(project: Path) -> Path:
    """The built site of the project in this folder."""
    build(load_config(str(project / "mkdocs.yml"), strict=True))
    return project / "site"


class Links(HTMLParser):
    """Every address and every anchor of a page, and every element that runs something."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.live: list[str] = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name == "id" and value:
                self.ids.append(value)
            elif name.startswith("on"):
                self.live.append(f"{tag} {name}")


def read(built: Path, page: str) -> str:
    return (built / page / "index.html").read_text("utf-8")


def words(html: str) -> str:
    """What a reader sees of the page's own part."""
    body = html[html.index('<article class="md-content__inner') : html.index('<footer class="md-footer"')]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))
