"""The MkDocs plugin: hands briefings to `index`, pages to MkDocs, and decides nothing itself."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import markdown
from jinja2 import Environment
from mkdocs.config import config_options as c
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.pages import _RelativePathTreeprocessor
from mkdocs.utils.meta import get_data

from generator.errors import BriefingError, SettingsError
from generator.site import search
from generator.site.catalog import Catalog
from generator.site.live import Build, LiveFiles
from generator.site.made import SitePage, made_file
from generator.site.pages import make_pages
from generator.site.press import Page, Press, Settings, SourceText, load_words
from generator.site.reading import read_site, read_text
from generator.site.serving import Service, follows_edits

log = logging.getLogger("mkdocs.plugins.briefings")
THEME = Path(__file__).parent / "theme"


class BriefingsConfig(Config):
    """The plugin's settings; docs/site.md shows each with an example."""

    folder = c.Type(str, default="briefings")
    """Where the briefings are, relative to mkdocs.yml."""
    registry = c.Optional(c.Type(str))
    """Where actors.yml and issues.yml are, relative to mkdocs.yml; by default beside the briefings."""
    source_text = c.Choice(("full", "evidence", "none"), default="full")
    """How much of the article a page shows: all of it, what entries rest on, or nothing."""
    page_size = c.Type(int, default=50)
    """How many entries a page of a list holds."""
    strings = c.Optional(c.Type(str))
    """A TOML file whose words stand over those of the site, relative to mkdocs.yml."""
    edit_uri = c.Optional(c.Type(str))
    """Where briefings are edited, below `repo_url`: edit/main/briefings/"""
    articles = c.Type(str, default="seeds")
    """Where `mkdocs serve` looks for articles to generate, relative to mkdocs.yml; empty: nowhere."""
    model = c.Optional(c.Type(str))
    """Another spaCy pipeline to generate them with: a package or a folder."""
    polling = c.Type(bool, default=False)
    """Whether `mkdocs serve` looks for changes itself, where the system does not tell of them."""
    search = c.Choice(("auto", "pagefind", "material"), default="auto")
    """The search: Pagefind where its program is installed, else Material's own."""

    def validate(self) -> Any:
        failed, warnings = super().validate()
        if not failed and not 5 <= self.page_size <= 1000:
            failed.append(
                ("page_size", ValidationError(f"Expected a number from 5 to 1000, got: {self.page_size}"))
            )
        return failed, warnings


class BriefingsPlugin(BasePlugin[BriefingsConfig]):
    """Reads the briefings as they stand and adds their pages to the site."""

    _program: Path | None
    """Pagefind, where it is used."""
    _press: Press
    """The press of the build under way."""
    _read_pages: dict[str, str]
    """Pages of docs/ for the search: address and document."""
    _service: Service | None = None
    """What `mkdocs serve` is served by; None in other commands."""
    _build: Build | None = None
    """The full build under way, where the rest of the site is made on demand."""

    # That these two exist makes MkDocs keep the plugin from one build to the next.
    def on_startup(self, *, command: str, dirty: bool) -> None:
        if command == "serve" and not dirty and follows_edits():
            self._service = Service()

    def on_shutdown(self) -> None:
        if self._service is not None:
            self._service.stop()
            self._service = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        # Behind a custom_dir of the person, before Material: both can be overridden.
        at = 1 if config.theme.custom_dir else 0
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(at, str(THEME))
        self._program = search.find_program() if self.config.search != "material" else None
        if self._program is not None:
            theirs = config.plugins.get("material/search")
            if theirs is not None:
                theirs.config.enabled = False
        elif self.config.search == "pagefind":
            log.warning(
                "search: pagefind: its program is not installed for this platform; Material's search stands "
                "in. `pip install 'pagefind[bin]'` installs it, `search: auto` asks for it without a warning."
            )
        if self._service is not None:
            self._service.prepare(config, without={"material/search"} if self._program else set())
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        on_demand = self._service is not None and self._service.on_demand
        theirs = frozenset(file.src_uri for file in files)
        if on_demand:
            files = LiveFiles(files, config)
        try:
            press = self.make_press(config, files)
        except (BriefingError, SettingsError) as error:
            raise PluginError(str(error)) from error
        self._press = press
        config.extra["briefings"] = {"words": press.browser_words(), "search": self._program is not None}
        self._read_pages = {}
        catalog = Catalog(make_pages(press), directory_urls=config.use_directory_urls)
        nav: list[dict[str, str]] = []
        for made in catalog:
            _drop(files, made.uri)
            listed = isinstance(made, Page) and made.nav is not None
            if listed or not on_demand:
                files.append(made_file(made, config))
            if isinstance(made, Page) and made.nav is not None:
                nav.append({made.nav: made.uri})
        config.nav = [*nav, *_theirs(config, files)]
        self._build = None
        if isinstance(files, LiveFiles):
            files.catalog = catalog
            self._build = Build(config, files, press, self._read_pages, theirs)
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> None:
        if self._build is not None:
            self._build.nav = nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> None:
        if self._build is not None:
            self._build.env = env

    def on_page_content(
        self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str | None:
        if self._program is not None and not isinstance(page, SitePage):
            words = config.theme.get("language", "en")
            document = search.document(str(page.title), [html], words, filters={"kind": ["page"]})
            self._read_pages[page.url] = document
        return None

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self._build is not None and self._service is not None:
            self._service.open(self._build, self._program)
        elif self._program is not None:
            found = [*search.documents(self._press), *self._read_pages.items()]
            search.write_index(self._program, found, Path(config.site_dir, search.FOLDER))

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        server.watch(str(self._folder(config)), recursive=False)
        mine = {os.path.abspath(self._folder(config))}
        if self.config.registry and self._beside(config, self.config.registry).is_dir():
            mine.add(os.path.abspath(self._beside(config, self.config.registry)))
            server.watch(str(self._beside(config, self.config.registry)), recursive=False)
        if self.config.strings:
            server.watch(str(self._beside(config, self.config.strings)))
        if self._service is not None:
            self._service.start(server, config, mine, polling=self.config.polling)
            articles = self._beside(config, self.config.articles)
            if self.config.articles and articles.is_dir():
                self._service.take_in(articles, self._folder(config), self.config.model)
        return server

    def _folder(self, config: MkDocsConfig) -> Path:
        return self._beside(config, self.config.folder)

    def _beside(self, config: MkDocsConfig, name: str) -> Path:
        """The path that a setting names, which is relative to mkdocs.yml."""
        return Path(config.config_file_path or "mkdocs.yml").parent / name

    def make_press(self, config: MkDocsConfig, files: Files) -> Press:
        """The index of the briefings with the templates, as the settings ask for it."""
        name = self.config.folder
        known = self.config.registry or name
        places = (self._folder(config), name, self._beside(config, known), known)
        words_file = self.config.strings
        words = load_words(
            _read_needed(Path(config.config_file_path).parent / words_file, words_file)
            if words_file
            else None,
            path=words_file or "strings",
        )
        return Press(
            read_site(*places) if self._service is None else self._service.read_site(*places),
            Settings(
                site_name=config.site_name,
                site_url=config.site_url,
                language=config.theme.get("language", "en"),
                directory_urls=config.use_directory_urls,
                page_size=self.config.page_size,
                source_text=cast(SourceText, self.config.source_text),
                edit=_editor(config.repo_url, self.config.edit_uri),
            ),
            words,
            markdown=_renderer(config, files),
            intro=_intro(files),
        )


def _read_needed(path: Path, name: str) -> str:
    text = read_text(path)
    if text is None:
        raise SettingsError(f"briefings: strings: found {name!r}, which is no file beside mkdocs.yml")
    return text


def _intro(files: Files) -> str:
    """What the person wrote into docs/index.md: it heads the home page."""
    written = files.get_file_from_path("index.md")
    return get_data(written.content_string)[0] if written is not None else ""


def _drop(files: Files, uri: str) -> None:
    existing = files.get_file_from_path(uri)
    if existing is not None:
        files.remove(existing)


def _theirs(config: MkDocsConfig, files: Files) -> Sequence[Any]:
    """The navigation that the person wrote, or the pages of docs/ in the order of their names."""
    if config.nav is not None:
        return config.nav
    return [
        file.src_uri
        for file in sorted(files.documentation_pages(), key=lambda file: file.src_uri)
        if file.generated_by is None and file.inclusion.is_in_nav()
    ]


def _editor(repo_url: str | None, edit_uri: str | None) -> Callable[[str], str | None]:
    if not edit_uri:
        return lambda path: None
    base = edit_uri if "://" in edit_uri else f"{(repo_url or '').rstrip('/')}/{edit_uri}"
    return lambda path: f"{base.rstrip('/')}/{Path(path).name}"


def _renderer(config: MkDocsConfig, files: Files) -> Callable[[str, str], str]:
    """Renders a person's Markdown with the extensions of the site; links lead where they say."""
    made: list[markdown.Markdown] = []

    def render(text: str, uri: str) -> str:
        if not made:
            made.append(
                markdown.Markdown(
                    extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
                )
            )
        md = made[0]
        md.reset()
        file = files.get_file_from_path(uri)
        if file is not None:
            _RelativePathTreeprocessor(file, files, config)._register(md)
        return md.convert(text)

    return render
