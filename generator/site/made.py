"""Pages and files of the site in the form in which MkDocs handles its own."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.site.links import resolve
from generator.site.press import Asset, Page, now


class SitePage(MkDocsPage):
    """A page whose HTML is made by a function, not from a Markdown file."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        # Material's templates do not escape: titles are HTML to them.
        super().__init__(str(escape(page.title)), file, config)
        self._directory_urls = config.use_directory_urls
        self.key = b""
        """What it is kept under in the cache."""
        self.kept: Callable[[], str] | None = None
        """Gives the whole page as an earlier build made it, where that still holds."""
        self.show(page)

    def show(self, page: Page) -> None:
        """Be this page from now on; its place in the site stays."""
        self.made = page
        self.title = str(escape(page.title))
        self.edit_url = page.edit_url
        if page.changed:
            self.update_date = page.changed.isoformat()

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        # Where tabs lead through the site the side column would only say the same again.
        tabs = "navigation.tabs" in (config.theme.get("features") or ())
        self.meta = {
            "title": self.title,
            "hide": ["navigation", "toc"] if tabs else ["toc"],
        }
        self.meta["briefings"] = now(self.made.head).meta
        if description := now(self.made.description):
            self.meta["description"] = str(escape(description))

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = resolve(self.made.body(), self.file.src_uri, directory_urls=self._directory_urls)
        contents = now(self.made.toc)
        self.toc = TableOfContents([AnchorLink(title, id, 2) for id, title in contents])
        self.present_anchor_ids = {id for id, _ in contents}


class MadeFile(File):
    """A file whose bytes are made when MkDocs writes them, and not kept."""

    made: Asset
    keep: Callable[[bytes], None] | None = None
    """Told of the bytes, for the next build."""

    @property
    def _content(self) -> bytes:  # type: ignore[override]  # where MkDocs looks for what is not on disk
        data = self.made.content()
        if self.keep is not None:
            self.keep(data)
        return data


def made_file(made: Page | Asset, config: MkDocsConfig) -> File:
    """The file that stands for a page (with its page) or a file of the site."""
    kind: type[File] = MadeFile
    inclusion = InclusionLevel.UNDEFINED
    if isinstance(made, Page):
        kind = File
        inclusion = InclusionLevel.INCLUDED if made.nav is not None else InclusionLevel.NOT_IN_NAV
    file = kind(
        made.uri,
        src_dir=None,
        dest_dir=config.site_dir,
        use_directory_urls=config.use_directory_urls,
        inclusion=inclusion,
    )
    file.generated_by = "briefings"
    if isinstance(made, Page):
        file.content_string = ""
        SitePage(made, file, config)
    elif isinstance(file, MadeFile):
        file.made = made
        file.abs_src_path = None
    return file
