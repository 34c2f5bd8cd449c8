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
from dataclasses import asdict, dataclass, field
from functools import cache as once
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

import generator
from generator.site import search
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


@dataclass(frozen=True, slots=True)
class Kept:
    """A page or file of the last build: where its bytes are, and what MkDocs has to know of a page."""

    uri: str
    key: str
    page: bool = False
    title: str = ""
    nav: str | None = None
    edit_url: str | None = None
    changed: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)


class KeptPage(MkDocsPage):
    """A page that is written as it was, without being made."""

    def __init__(self, known: Kept, file: File, config: MkDocsConfig, reuse: Reuse) -> None:
        super().__init__(known.title, file, config)
        self.edit_url = known.edit_url
        self.update_date = known.changed or self.update_date
        self.kept = partial(reuse.text, bytes.fromhex(known.key))
        self._known_meta = known.meta

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {**self._known_meta, "template": TEMPLATE}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""


class KeptFile(File):
    """A file that is written as it was, without being made."""

    load: partial[bytes]

    @property
    def _content(self) -> bytes:  # type: ignore[override]  # where MkDocs looks for what is not on disk
        return self.load()


class Reuse:
    """The cache as one build uses it."""

    def __init__(self, cache: Cache, around: bytes, site: bytes) -> None:
        """`around` stands for what every page depends on (programs, settings, theme), `site` for that and
        for every file that the site is made from."""
        self._cache, self._around, self._site = cache, around, site
        self._key = digest([b"site", site])
        self._made: list[Kept] = []
        self._search: list[str] = []
        self._nav = b""
        self.whole = False
        """Whether the whole site is taken over."""
        self._warnings = _Warnings()
        logging.getLogger("mkdocs").addHandler(self._warnings)

    # --- the whole site

    def take_over(self) -> list[Kept]:
        """All pages and files, where this build would make the same as the last one; else none."""
        stored = self._cache.get(self._key)
        if stored is None:
            return []
        known = json.loads(stored)
        made = [Kept(**entry) for entry in known["made"]]
        keys = [bytes.fromhex(entry.key) for entry in made] + [self._of(name) for name in known["search"]]
        if not made or not self._cache.holds(keys):
            return []
        self._made, self._search, self.whole = made, known["search"], True
        return made

    def file(self, known: Kept, config: MkDocsConfig) -> File:
        """The file that stands for a page (with its page) or a file of the last build."""
        kind, inclusion = (KeptFile, InclusionLevel.UNDEFINED) if not known.page else (File, None)
        if inclusion is None:
            inclusion = InclusionLevel.INCLUDED if known.nav is not None else InclusionLevel.NOT_IN_NAV
        file = kind(known.uri, None, config.site_dir, config.use_directory_urls, inclusion=inclusion)
        file.generated_by = "briefings"
        if isinstance(file, KeptFile):
            file.load = partial(self._bytes, bytes.fromhex(known.key))
        else:
            file.content_string = ""
            KeptPage(known, file, config, self)
        return file

    def restore_search(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in self._search:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._bytes(self._of(name)))

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
                self._made.append(_known(page))

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
        self._made.append(Kept(uri, key.hex()))

    def text(self, key: bytes) -> str:
        """A page as it was written."""
        return self._bytes(key).decode()

    # --- in the end

    def finish(self, site_dir: Path) -> None:
        """Keep the whole site for the next build; not one with warnings, which have to be told again."""
        if self._warnings.found:
            self.close(keep=True)
            return
        if not self.whole:
            folder = site_dir / search.FOLDER
            found = sorted(path for path in folder.rglob("*") if path.is_file())
            self._search = [path.relative_to(folder).as_posix() for path in found]
            for name, path in zip(self._search, found, strict=True):
                self._cache.put(self._of(name), path.read_bytes())
            known = {"made": [asdict(entry) for entry in self._made], "search": self._search}
            self._cache.put(self._key, json.dumps(known).encode())
        self.close(keep=True)

    def close(self, *, keep: bool) -> None:
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        self._cache.close(keep=keep)

    def _of(self, name: str) -> bytes:
        return digest([b"search", self._site, name])

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


def _known(page: SitePage) -> Kept:
    meta = {key: value for key, value in page.meta.items() if key != "template"}
    return Kept(
        page.file.src_uri,
        page.key.hex(),
        True,
        page.title,
        page.made.nav,
        page.edit_url,
        page.made.changed.isoformat() if page.made.changed else None,
        meta if page.made.nav is not None else {"title": page.title},
    )


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
    site = digest([around, *_contents([Path(config.docs_dir), *folders])])
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
