"""What a build takes over from the one before it, out of the cache.

Two things are looked up. The whole site: where no file and no setting that it is made from has changed,
nothing is read or made anew. Else each page: its HTML is made, and where that is what it was, the page
around it is taken over.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache as once
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_date

import generator
from generator.site.cache import FORMAT, Cache, digest
from generator.site.made import MadeFile, SitePage

NO_CACHE = "BRIEFINGS_NO_CACHE"
"""The environment variable that, set to anything, has everything made anew."""
TEMPLATE = "kept.html"
"""Of our theme: writes a page as it was kept."""
_MADE_WITH = (
    "mkdocs mkdocs-material jinja2 markdown pymdown-extensions pygments babel icalendar pyyaml pagefind-bin"
).split()
_ABOUT_THIS_RUN = frozenset({"site_dir", "strict", "config_file_path", "docs_dir"})
"""Settings that no page depends on."""


class Kept(NamedTuple):
    """A file of the last build: its place in the site, and where its bytes are."""

    place: str
    key: str
    sum: str
    """Of the bytes."""


class Reuse:
    """The cache as one build uses it."""

    def __init__(self, cache: Cache, around: bytes, site: bytes) -> None:
        """`around` stands for what every page depends on (programs, settings, theme), `site` for that and
        for every file that the site is made from."""
        self._cache, self._around, self._site = cache, around, site
        self._key = digest([b"site", site])
        self._keys: dict[str, bytes] = {}
        """What pages and files are kept under, by their place in the site."""
        self._nav = b""
        self._known: list[Kept] = []
        self._warnings = _Warnings()
        logging.getLogger("mkdocs").addHandler(self._warnings)

    # --- the whole site

    def take_over(self) -> bool:
        """Whether this build would make the same files as the last one, and all of them are kept."""
        stored = self._cache.get(self._key)
        if stored is None:
            return False
        known = [Kept(*entry) for entry in json.loads(stored)]
        if not self._cache.holds(bytes.fromhex(kept.key) for kept in known):
            return False
        self._known = known
        return True

    def restore(self, folder: Path) -> None:
        """Let a folder hold the files of the last build and no others; those that it has stay untouched."""
        places = {kept.place for kept in self._known}
        for place in [place for place in _places(folder) if place not in places]:
            (folder / place).unlink()
            with suppress(OSError):  # not empty
                os.removedirs((folder / place).parent)
        for kept in self._known:
            path = folder / kept.place
            if not path.is_file() or _sum(path.read_bytes()) != kept.sum:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self._bytes(bytes.fromhex(kept.key)))

    # --- page by page

    def look_up(self, files: Files, nav: Navigation | None) -> None:
        """Have those pages taken over whose HTML, head and place in the site are as they were."""
        self._nav = digest(_in_nav(nav.items if nav is not None else []))
        for file in files:
            if isinstance(file, MadeFile):
                file.keep = partial(self._keep_file, file.src_uri)
            page = file.page
            if isinstance(page, SitePage):
                page.key = self._page_key(page)
                if self._cache.holds([page.key]):
                    page.kept = partial(self.text, page.key)
                    page.meta["template"] = TEMPLATE
                self._keys[file.dest_uri] = page.key

    def _page_key(self, page: SitePage) -> bytes:
        beside = [[p.url, str(p.title)] if p else None for p in (page.previous_page, page.next_page)]
        toc = [[entry.id, entry.title] for entry in page.toc]
        about = [page.title, page.url, page.canonical_url, page.edit_url, page.meta, toc]
        return digest([b"page", self._around, self._nav, json.dumps([about, beside]), page.content or ""])

    def keep_page(self, page: SitePage, output: str) -> None:
        """Keep what a page became, for the next build."""
        if page.kept is None:
            self._cache.put(page.key, output.encode(errors="xmlcharrefreplace"))

    def _keep_file(self, uri: str, data: bytes) -> None:
        key = digest([b"file", self._site, uri])
        self._cache.put(key, data)
        self._keys[uri] = key

    def text(self, key: bytes) -> str:
        """A page as it was written."""
        return self._bytes(key).decode()

    # --- in the end

    def finish(self, site_dir: Path) -> None:
        """Keep the whole site for the next build; not one with warnings, which have to be told again."""
        if self._warnings.found:
            self.close(keep=True)
            return
        if not self._known:
            known = [self._keep(site_dir, place) for place in _places(site_dir)]
            self._cache.put(self._key, json.dumps(known).encode())
        self.close(keep=True)

    def close(self, *, keep: bool) -> None:
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        self._cache.close(keep=keep)

    def _keep(self, folder: Path, place: str) -> Kept:
        data = (folder / place).read_bytes()
        key = self._keys.get(place)
        if key is None:
            key = digest([b"file", self._site, place])
            self._cache.put(key, data)
        return Kept(place, key.hex(), _sum(data))

    def _bytes(self, key: bytes) -> bytes:
        data = self._cache.get(key)
        if data is None:
            raise OSError("the cache of the site changed while the site was built; build it again")
        return data


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found = False

    def emit(self, record: logging.LogRecord) -> None:
        self.found = True


def _sum(data: bytes) -> str:
    return digest([data]).hex()


def _places(folder: Path) -> Iterator[str]:
    """Every file of a built site, from its root; hidden ones at the root are somebody else's to MkDocs."""
    for path, folders, names in os.walk(folder):
        if path == str(folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            names = [name for name in names if not name.startswith(".")]
        yield from (Path(path, name).relative_to(folder).as_posix() for name in names)


def _in_nav(items: Iterable[StructureItem]) -> Iterator[str]:
    for item in items:
        meta = json.dumps(getattr(item, "meta", None), default=str)
        yield f"{item.title} {getattr(item, 'url', '')} {meta}"
        yield from _in_nav(getattr(item, "children", None) or ())
        yield "end"


# --- what a site is made from


def open_reuse(config: MkDocsConfig, folders: Iterable[Path], words: Path | None) -> Reuse:
    """The cache of the project, for its files as they are now: docs/, `folders`, and the site's words."""
    project = Path(config.config_file_path or "mkdocs.yml").parent
    custom = config.theme.custom_dir
    settings = {key: value for key, value in config.items() if key not in _ABOUT_THIS_RUN}
    around = digest(
        [
            f"{FORMAT} {sys.version} {json.dumps(_versions())}",
            _code(),
            json.dumps([settings, config.theme.name], default=_plain),
            *_contents([Path(custom)] if custom else []),
            *_contents([words] if words else []),
        ]
    )
    # The day stands in the sitemap.
    site = digest([around, get_build_date(), *_contents([Path(config.docs_dir), *folders])])
    return Reuse(Cache(project / ".cache" / "site.sqlite"), around, site)


def _versions() -> list[str | None]:
    return [_version(name) for name in _MADE_WITH]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _plain(value: object) -> object:
    """A setting in a form that is the same in every process: a function's name, an object's values."""
    if isinstance(value, Mapping):
        return {str(key): value[key] for key in value}
    if isinstance(value, ModuleType):  # a hook, which may do anything
        return Path(value.__file__).read_text("utf-8") if value.__file__ else value.__name__
    if isinstance(value, BasePlugin):
        return value.config
    if hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    return vars(value) if hasattr(value, "__dict__") else repr(value)


@once
def _code() -> bytes:
    """The program itself, templates and styles included, without what only generates."""
    root = Path(generator.__file__).parent
    parts = (
        path for path in sorted(root.iterdir()) if path.name not in ("analysis", "pipeline", "__pycache__")
    )
    return digest(_contents(parts))


def _contents(paths: Iterable[Path]) -> Iterator[bytes | str]:
    """Name and bytes of every file of these, hidden ones aside."""
    for path in paths:
        if path.is_file():
            yield path.name
            yield path.read_bytes()
            continue
        for folder, folders, names in os.walk(path, followlinks=True):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
            for name in sorted(names):
                yield os.path.relpath(os.path.join(folder, name), path)
                yield Path(folder, name).read_bytes()
