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
from generator.site.others import EACH_PAGE, TEMPLATES, WHOLE_SITE, others_in
from generator.site.pages import make_pages
from generator.site.press import Page, Press, Settings, SourceText, load_words
from generator.site.reading import read_site, read_text
from generator.site.reuse import NO_CACHE, Reuse, open_reuse
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
    cache = c.Type(bool, default=True)
    """Whether a build takes over what an earlier one made, from `.cache/`; BRIEFINGS_NO_CACHE=1 does not."""
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

    _nav: Navigation | None = None
    _reuse: Reuse | None = None
    """What the build under way takes over from the last one."""
    _unchanged: str | None = None
    """The folder of the site where all of it is taken over."""
    _dirty = False

    # That these two exist makes MkDocs keep the plugin from one build to the next.
    def on_startup(self, *, command: str, dirty: bool) -> None:
        self._dirty = dirty
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
        elif self.config.search != "material":
            # Where a person did not ask for it by name, a strict build must not stop over it.
            log.log(
                logging.WARNING if self.config.search == "pagefind" else logging.INFO,
                "search: Pagefind's program is not installed for this platform; Material's search stands in, "
                "which sends readers the whole index. `pip install 'pagefind[bin]'` installs it, "
                "`search: material` does without.",
            )
        if self._service is not None:
            self._service.prepare(config, without=self._silenced)
        return config

    @property
    def _silenced(self) -> set[str]:
        """Plugins that do nothing in this build, whatever they handle."""
        return {"material/search"} if self._program is not None else set()

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        on_demand = self._service is not None and self._service.on_demand
        self._reuse = None if on_demand else self._open_reuse(config)
        self._unchanged = None
        if self._reuse is not None and self._reuse.take_over():
            # Nothing is left for MkDocs to do; it would empty the folder before it found that out.
            self._unchanged = config.site_dir
            config.site_dir = os.path.join(config.site_dir, ".unchanged")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        on_demand = self._service is not None and self._service.on_demand
        theirs = frozenset(file.src_uri for file in files)
        if on_demand:
            files = LiveFiles(files, config)
        if self._unchanged is not None:
            config.nav, config.extra_templates, config.theme.static_templates = None, [], set()
            return Files([])
        try:
            press = self.make_press(config, files)
        except (BriefingError, SettingsError) as error:
            raise PluginError(str(error)) from error
        self._press = press
        config.extra["briefings"] = press.for_theme(search=self._program is not None)
        self._read_pages = {}
        self._build = None
        catalog = Catalog(make_pages(press), directory_urls=config.use_directory_urls)
        nav: list[dict[str, str]] = []
        for made in catalog:
            _drop(files, made.uri)
            in_nav = isinstance(made, Page) and made.nav is not None
            if in_nav or not on_demand:
                files.append(made_file(made, config))
            if isinstance(made, Page) and made.nav is not None:
                nav.append({made.nav: made.uri})
        config.nav = [*nav, *_theirs(config, files)]
        if isinstance(files, LiveFiles):
            files.catalog = catalog
            self._build = Build(config, files, press, self._read_pages, theirs)
        return files

    def _open_reuse(self, config: MkDocsConfig) -> Reuse | None:
        """The cache, unless it is switched off or pages are not made by us alone."""
        if not self.config.cache or os.environ.get(NO_CACHE) or self._dirty:
            return None
        if others_in(config, (*WHOLE_SITE, *EACH_PAGE, *TEMPLATES), self._silenced):
            return None
        if "pymdownx.snippets" in config.markdown_extensions:  # it reads files that we do not know of
            return None
        folders = [self._folder(config)]
        if self.config.registry:
            folders.append(self._beside(config, self.config.registry))
        return open_reuse(
            config, folders, self._beside(config, self.config.strings or "") if self.config.strings else None
        )

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> None:
        self._nav = nav
        if self._build is not None:
            self._build.nav = nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> None:
        if self._build is not None:
            self._build.env = env
        if self._reuse is not None and self._unchanged is None:
            self._reuse.look_up(files, self._nav)

    def on_post_page(self, output: str, /, *, page: MkDocsPage, config: MkDocsConfig) -> None:
        if self._reuse is not None and isinstance(page, SitePage):
            self._reuse.keep_page(page, output)

    def on_build_error(self, *, error: Exception) -> None:
        if self._reuse is not None:
            self._reuse.close(keep=False)
            self._reuse = None

    def on_page_content(
        self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str | None:
        if self._program is not None and not isinstance(page, SitePage):
            words = config.theme.get("language", "en")
            document = search.document(str(page.title), [html], words, filters={"kind": ["page"]})
            self._read_pages[page.url] = document
        return None

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self._reuse is not None and self._unchanged is not None:
            config.site_dir = self._unchanged
            self._reuse.restore(Path(config.site_dir))
        elif self._program is not None and self._build is None:
            found = [*search.documents(self._press), *self._read_pages.items()]
            search.write_index(self._program, found, Path(config.site_dir, search.FOLDER))
        if self._service is not None:
            self._service.open(self._build, config.site_dir, self._program)
        if self._reuse is not None:
            self._reuse.finish(Path(config.site_dir))
            self._reuse = None

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
