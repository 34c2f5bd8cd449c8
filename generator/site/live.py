"""The site under `mkdocs serve`: pages are made when a browser asks for them, from the briefings as they are.

A full build makes people's own pages, the theme's files and the pages of the navigation. Every other
page is a function of the index, so nothing has to find out which pages a saved briefing changes:
saving makes a new index, and whatever is asked for next is made from it, by MkDocs' own steps. What
has to look at the whole site (the search, the navigation) follows in the background.
"""

from __future__ import annotations

import gc
import logging
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any, overload

import jinja2
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from generator.errors import SettingsError
from generator.site import search
from generator.site.catalog import Catalog
from generator.site.made import SitePage, made_file
from generator.site.pages import make_pages
from generator.site.press import Asset, Page, Press
from generator.site.shelf import Shelf

log = logging.getLogger("mkdocs.plugins.briefings")


class LiveFiles(Files):
    """The files of a full build; those of the catalog are found among them without having been made.

    Remembers what each of people's pages looked for, because such a page changes with what is there.
    """

    def __init__(self, files: Iterable[File], config: MkDocsConfig) -> None:
        super().__init__(files)
        self._config = config
        self.catalog = Catalog(())
        self.looked_for: dict[str, dict[str, bool]] = {}

    def get_file_from_path(self, path: str) -> File | None:
        uri = PurePosixPath(path).as_posix()
        found = super().get_file_from_path(uri)
        if found is not None:
            return found
        made = self.catalog.find(uri)
        page = self._config._current_page
        if page is not None and not isinstance(page, SitePage):
            self.looked_for.setdefault(page.file.src_uri, {})[uri] = made is not None
        return made_file(made, self._config) if made is not None else None

    def every_page(self) -> list[File]:
        """All pages in the order of a full build: people's, then those that are made."""
        mine = self.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        listed = {file.src_uri: file for file in mine if isinstance(file.page, SitePage)}
        made = (
            listed.get(made.uri) or made_file(made, self._config)
            for made in self.catalog
            if isinstance(made, Page)
        )
        return [*(file for file in mine if file.src_uri not in listed), *made]


class _Pages(Sequence[File]):
    """All pages for a template that asks for them; hardly any does."""

    def __init__(self, files: LiveFiles) -> None:
        self._files = files
        self._found: list[File] | None = None

    @property
    def _all(self) -> list[File]:
        if self._found is None:
            self._found = self._files.every_page()
        return self._found

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, at: int) -> File: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[File]: ...
    def __getitem__(self, at: int | slice) -> File | Sequence[File]:
        return self._all[at]


@dataclass
class Build:
    """What a full build leaves behind for the pages that are made after it."""

    config: MkDocsConfig
    files: LiveFiles
    press: Press
    read_pages: dict[str, str]
    """People's pages for the search: address and document."""
    theirs: frozenset[str]
    """Uris of people's own files; one that a page of ours bears too has made way for it."""
    nav: Navigation | None = None
    env: jinja2.Environment | None = None
    shape: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        self.shape = self.shape_now()

    def shape_now(self) -> frozenset[tuple[str, str]]:
        """What of the catalog a full build depends on: the navigation, and which files make way."""
        return frozenset(
            (made.nav or "" if isinstance(made, Page) else "", made.uri)
            for made in self.files.catalog
            if made.uri in self.theirs or (isinstance(made, Page) and made.nav is not None)
        )

    @property
    def root(self) -> Path:
        return Path(self.config.site_dir)


class LiveSite:
    """The site as it is served: which of its files are up to date, and how the others become so."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._build: Build | None = None
        self._shelf: Shelf | None = None
        self._program: Path | None = None
        self._edition = 0
        self._theirs: dict[str, File] = {}
        """People's own files, and the theme's, by target."""
        self._fresh: dict[str, int] = {}
        """The edition that each file of the site was last made for."""
        self._search_edition = -1
        self.errors: dict[str, str] = {}
        """What is wrong at the moment, as a person reads it, by where it is: the name of a page, or a colon
        and what else can be wrong."""

    # --- editions

    def open(self, build: Build, shelf: Shelf, program: Path | None) -> None:
        """Serve what a full build has just made of the briefings on the shelf; `program` is Pagefind."""
        with self.lock:
            self._build, self._shelf, self._program = build, shelf, program
            self._tell_errors()
            self._edition += 1
            self._search_edition = -1
            # Hundreds of thousands of values stay from now on; looking through all of them for garbage
            # takes longer than an edit.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._theirs = {f.dest_uri: f for f in build.files if not isinstance(f.page, SitePage)}
            self._fresh = {f.dest_uri: self._edition for f in build.files if f.is_documentation_page()}

    @property
    def edition(self) -> int:
        """Counts what was served: another edition has other pages."""
        return self._edition

    def open_stock(self, shelf: Shelf) -> None:
        """Serve what MkDocs has built by itself, of the briefings on the shelf: nothing is made anew."""
        with self.lock:
            self._build, self._shelf = None, shelf
            self._edition += 1
            self._tell_errors()

    @property
    def build(self) -> Build | None:
        """The full build that is served."""
        return self._build

    def refresh(self) -> bool:
        """Read the briefings again, and serve another edition where one of them has changed."""
        with self.lock:
            if self._build is None or self._shelf is None:
                return False
            try:
                changed = self._shelf.refresh()
            except SettingsError as error:
                self.tell(":folder", str(error))
                return False
            self.tell(":folder", None)
            self._tell_errors()
            if changed:
                press = self._build.press.over(self._shelf.site())
                self._build.press = press
                self._build.files.catalog = Catalog(
                    make_pages(press), directory_urls=press.settings.directory_urls
                )
                self._edition += 1
            return changed

    def tell(self, place: str, error: str | None) -> bool:
        """Show an error on every page until it is mended (None); whether that changes what is shown."""
        with self.lock:
            before = self.errors.pop(place, None)
            if error is not None:
                self.errors[place] = error
            return error != before

    def _tell_errors(self) -> None:
        assert self._shelf is not None
        for place, error in self._shelf.errors.items():
            if self.errors.get(place) != error:
                log.error("%s (what stood there before is shown)", error)
        self.errors = {
            **{place: error for place, error in self.errors.items() if place.startswith(":")},
            **self._shelf.errors,
        }

    # --- files

    def freshen(self, target: str) -> None:
        """Make the file `target`, named from the site's root, anew if it is of an older edition."""
        with self.lock:
            build = self._build
            if build is None or self._fresh.get(target) == self._edition:
                return
            if target.startswith(f"{search.FOLDER}/"):
                return
            try:
                self._freshen(build, target)
            except Exception as error:
                # The page as it was made last goes on being served.
                self.tell(f":{target}", f"{target}: {error}")
                log.exception("briefings: %s cannot be made", target)
                return
            self.tell(f":{target}", None)

    def _freshen(self, build: Build, target: str) -> None:
        if target in build.config.theme.static_templates:
            assert build.nav is not None
            assert build.env is not None
            every = Files(build.files.every_page())
            _build_theme_template(target, build.env, every, build.config, build.nav)
        elif target in self._theirs:
            file = self._theirs[target]
            if file.page is not None and self._depends_on_change(build, file):
                self._write_page(build, file)
        elif (made := build.files.catalog.at(target)) is not None:
            self._make(build, made, target)
        else:
            if target in self._fresh:
                (build.root / target).unlink(missing_ok=True)
            return
        self._fresh[target] = self._edition

    def _make(self, build: Build, made: Page | Asset, target: str) -> None:
        path = build.root / target
        path.unlink(missing_ok=True)  # who is being sent the old one has it open
        if isinstance(made, Asset):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.content())
            return
        file = build.files.src_uris.get(made.uri) or made_file(made, build.config)
        page = file.page
        assert isinstance(page, SitePage)
        page.show(made)
        self._write_page(build, file)

    def _write_page(self, build: Build, file: File) -> None:
        assert file.page is not None
        assert build.nav is not None
        assert build.env is not None
        _populate_page(file.page, build.config, build.files)
        _build_page(file.page, build.config, _Pages(build.files), build.nav, build.env)
        file.page.validate_anchor_links(files=build.files, log_level=build.config.validation.links.anchors)

    def _depends_on_change(self, build: Build, file: File) -> bool:
        looked_for = build.files.looked_for.get(file.src_uri, {})
        return any((build.files.catalog.find(uri) is not None) != there for uri, there in looked_for.items())

    # --- what looks at the whole site

    def settle(self) -> bool:
        """Bring the search up to this edition; False where the navigation needs a full build first."""
        with self.lock:
            build, edition = self._build, self._edition
        if build is None or self._search_edition == edition:
            return True
        site = build.press.site
        # Found without holding anybody up; all pages are listed with their help.
        _ = (site.issues, site.quote_issue, site.events)
        with self.lock:
            if self._edition != edition:
                return True
            if build.shape_now() != build.shape:
                return False
            found = [*search.documents(build.press), *build.read_pages.items()]
        if self._program is not None:
            target = build.root / f"{search.FOLDER}.new"
            search.write_index(self._program, found, target, in_background=True)
            with self.lock:
                shutil.rmtree(build.root / search.FOLDER, ignore_errors=True)
                target.rename(build.root / search.FOLDER)
        self._search_edition = edition
        return True


# --- over HTTP

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def application(inner: App, live: LiveSite, mount_path: str) -> App:
    """The server's application with every file made up to date before it is sent, and errors on its pages."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/") or not path.startswith(mount_path):
            return inner(environ, start_response)
        while True:
            edition = live.edition
            for target in _targets(path[len(mount_path) :]):
                live.freshen(target)
            status, headers, parts = _ask(inner, environ)
            if live.edition == edition:
                break
            # Somebody saved while the server opened the file: its browser would take it for the new one.
            _close(parts)
        if live.errors:
            parts, headers = _with_errors(parts, headers, list(live.errors.values()))
        start_response(status, headers)
        return parts

    return serve


def _ask(inner: App, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
    """Status, headers and body that an application gives."""
    told: list[tuple[str, list[tuple[str, str]]]] = []
    parts = inner(environ, lambda status, headers, *_: told.append((status, headers)))
    return *told[-1], parts


def _targets(place: str) -> list[str]:
    """The files that an address may mean."""
    parts = [part for part in place.split("/") if part not in ("", ".", "..")]
    plain = "/".join(parts)
    index = "/".join([*parts, "index.html"])
    return [index] if place == "" or place.endswith("/") else [plain, index]


def _with_errors(
    parts: Iterable[bytes], headers: list[tuple[str, str]], errors: Sequence[str]
) -> tuple[Iterable[bytes], list[tuple[str, str]]]:
    """What an application gave, with the errors in it where it is a page."""
    if dict(headers).get("Content-Type") != "text/html":
        return parts, headers
    body = b"".join(parts)
    _close(parts)
    told_on_page = _banner(errors)
    at = body.rfind(b"</body>")
    body = body[:at] + told_on_page + body[at:] if at >= 0 else body + told_on_page
    return [body], [(k, str(len(body)) if k == "Content-Length" else v) for k, v in headers]


def _close(parts: Iterable[bytes]) -> None:
    """Every application's result is closed in the end where it can be (PEP 3333)."""
    close = getattr(parts, "close", None)
    if close is not None:
        close()


def _banner(errors: Sequence[str]) -> bytes:
    """What an editor sees above every page while something cannot be read."""
    style = (
        "position:fixed;inset:auto 0 0 0;z-index:99;margin:0;padding:.8em 1.2em;max-height:40vh;"
        "overflow:auto;background:#7a1f1f;color:#fff;font:.7rem/1.5 monospace;white-space:pre-wrap"
    )
    text = "\n".join([*errors, "What was readable before is shown until this is mended."])
    return f'<div role="alert" style="{style}">{escape(text)}</div>'.encode()
