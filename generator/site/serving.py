"""`mkdocs serve` with the live site: which builds are full, what is watched, what runs in the background."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEventHandler

from generator.errors import SettingsError
from generator.site.index import Site
from generator.site.live import Build, LiveSite, application
from generator.site.others import WHOLE_SITE, others_in
from generator.site.shelf import Shelf
from generator.site.watching import watch_promptly

if TYPE_CHECKING:
    from generator.generate import Generated
    from generator.incoming import Incoming

log = logging.getLogger("mkdocs.plugins.briefings")


def follows_edits() -> bool:
    """Whether the command under way is a `mkdocs serve` that follows edits; `--no-livereload` does not."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.params.get("livereload", False))


class Service:
    """What outlives the builds of one `mkdocs serve`."""

    def __init__(self) -> None:
        self.idle_seconds = 1.0
        """How long nobody must have saved before the background takes up its work."""
        self.on_demand = False
        """Whether pages are made when they are asked for, in the build under way."""
        self.live = LiveSite()
        self._site_dir = ""
        """Where what is served stands."""
        self._shelf: Shelf | None = None
        self._server: LiveReloadServer | None = None
        self._build_all: Callable[[], None] = lambda: None
        self._mine: frozenset[str] = frozenset()
        self._stamps: dict[str, tuple[int, int]] = {}
        self._incomplete = False
        self._told: dict[str, str] = {}
        """The errors that browsers were last reloaded with."""
        self._folders: list[str] = []
        self._saved = threading.Event()
        self._stopped = False
        self._incoming: Incoming | None = None

    # --- during a full build

    def prepare(self, config: MkDocsConfig, *, without: Iterable[str] = ()) -> None:
        """Decide how the build is done; one after the first goes into a folder of its own, so that what is
        served stays until it is complete."""
        others = others_in(config, WHOLE_SITE, without)
        self.on_demand = not others
        if others:
            log.info(
                "every save builds the whole site, as without this plugin: %s may look at all pages at once",
                ", ".join(sorted(others)),
            )
        if self._server is not None:
            config.site_dir = tempfile.mkdtemp(prefix="mkdocs_")
            self._folders.append(config.site_dir)

    def read_site(self, folder: Path, name: str, known: Path, known_name: str) -> Site:
        """The index over what can be read; what cannot is told, and shown as it was before."""
        places = (folder, name, known, known_name)
        if self._shelf is None or self._shelf.places != places:
            self._shelf = Shelf(*places)
        self._shelf.refresh()
        return self._shelf.site()

    def open(self, build: Build | None, site_dir: str, program: Path | None) -> None:
        """Serve a full build that is complete; without `build` it is all that there is."""
        assert self._shelf is not None
        if build is not None:
            self.live.open(build, self._shelf, program)
        else:
            self.live.open_stock(self._shelf)
        self._site_dir = site_dir
        if self._server is not None:
            self._server.root = site_dir

    # --- while serving

    def start(
        self, server: LiveReloadServer, config: MkDocsConfig, mine: Iterable[str], *, polling: bool
    ) -> None:
        """Take the server over; `mine` are the watched folders whose changes need no full build."""
        self._server = server
        watch_promptly(server, polling=polling)
        self._mine = frozenset(mine)
        self._build_all = server.builder
        self._stamps = self._look(config.watch)
        server.builder = self.rebuild
        server.set_app(application(server.get_app(), self.live, server.mount_path))  # type: ignore[arg-type]
        server.error_handler = self._error_page
        self.live.refresh()  # what was saved before anybody watched
        threading.Thread(target=self._settle_when_idle, daemon=True).start()
        self._saved.set()

    def take_in(self, articles: Path, briefings: Path, model: str | None) -> None:
        """Generate articles of a folder as they arrive; their briefings appear like edited ones."""
        from generator.incoming import Desk, Incoming

        assert self._server is not None
        desk = Desk(_from_here(articles), _from_here(briefings), model)
        self._incoming = Incoming(desk, self._tell)
        handler = FileSystemEventHandler()
        handler.on_any_event = lambda event: self._incoming and self._incoming.notice()  # type: ignore
        self._server.observer.schedule(handler, str(articles), recursive=True)
        self._incoming.start()

    def _tell(self, result: Generated | str) -> None:
        """In the terminal and, where a person has to do something, in the browser."""
        if isinstance(result, str):
            log.error(result)
            return
        if result.error:
            log.error(result.error)
        elif result.outcome != "known":
            log.info("%s %s", result.outcome, result.page or result.article)
        for conflict in result.conflicts:
            log.warning("%s:%d: changed by hand and in the article; both stand", result.page, conflict.line)
        if self.live.tell(f":{result.article}", result.error):
            self._ask_for_build()

    def rebuild(self) -> None:
        """Bring the site up to what is on disk; what goes wrong is shown on the pages."""
        assert self._server is not None
        stamps = self._look()
        if not self.on_demand or self._incomplete or stamps != self._stamps:
            self._stamps, self._incomplete = stamps, False
            self._rebuild_all()
        elif not self.live.refresh() and self.live.errors == self._told:
            # The system may tell of one save twice; browsers that have everything do not load it again.
            self._server._wanted_epoch = self._server._visible_epoch
        self._told = dict(self.live.errors)
        self._saved.set()

    def _rebuild_all(self) -> None:
        live = self.live
        with live.lock:
            try:
                self._build_all()
                live.tell(":site", None)
            except (Exception, SystemExit) as error:
                log.error("%s (what was built before is shown)", error)
                live.tell(":site", str(error))
            for folder in [folder for folder in self._folders if folder != self._site_dir]:
                self._folders.remove(folder)
                shutil.rmtree(folder, ignore_errors=True)

    def _error_page(self, code: int) -> bytes | None:
        self.live.freshen(f"{code}.html")
        page = Path(self._site_dir, f"{code}.html")
        return page.read_bytes() if page.is_file() else None

    def _look(self, more: Iterable[str] = ()) -> dict[str, tuple[int, int]]:
        """The time and size of every file whose change needs a full build."""
        assert self._server is not None
        watched = {*self._server._watched_paths, *map(os.path.abspath, more)} - self._mine
        return {path: (s.st_mtime_ns, s.st_size) for path in _files(watched) if (s := _stat(path))}

    def _settle_when_idle(self) -> None:
        while True:
            self._saved.wait()
            self._saved.clear()
            while self._saved.wait(self.idle_seconds):
                self._saved.clear()
            if self._stopped:
                return
            self.settle()

    def settle(self) -> None:
        """Do what looks at the whole site: the search, and a full build where the navigation changed."""
        try:
            self._incomplete = not self.live.settle()
        except SettingsError as error:
            log.warning(str(error))
        if self._incomplete:
            self._ask_for_build()

    def _ask_for_build(self) -> None:
        """As if a watched file had changed; the server offers nothing else for it."""
        assert self._server is not None
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()

    def stop(self) -> None:
        self._stopped = True
        self._saved.set()
        if self._incoming is not None:
            self._incoming.stop()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)


def _from_here(path: Path) -> Path:
    """As a person in the working folder names it: what is known of articles is kept under such names."""
    return Path(os.path.relpath(path)) if path.resolve().is_relative_to(Path.cwd()) else path


def _files(paths: Iterable[str]) -> Iterable[str]:
    for path in paths:
        if os.path.isdir(path):
            for folder, _, names in os.walk(path, followlinks=True):
                yield from (os.path.join(folder, name) for name in names)
        else:
            yield path


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None
