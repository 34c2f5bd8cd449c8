"""The site as plain files: Markdown pages, the theme, and an mkdocs.yml, for any builder that reads
what Material for MkDocs reads. It needs no plugin of ours; its search is the builder's own.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml
from markupsafe import escape
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import get_files

from generator.errors import SettingsError
from generator.site.links import resolve
from generator.site.pages import make_pages
from generator.site.plugin import THEME, BriefingsPlugin
from generator.site.press import Asset, Page, now

_FROM_THEME = ("language", "font", "logo", "favicon", "palette", "features")


def write_pages(config_file: Path, output: Path) -> int:
    """Write the site that this mkdocs.yml describes into `output`, and say how many pages it has.

    Below it stand docs/ (the pages made from briefings, and people's own), theme/ and mkdocs.yml.
    Raises SettingsError where `output` holds something else, BriefingError for an unreadable page.
    """
    if output.exists() and any(output.iterdir()) and not (output / "mkdocs.yml").exists():
        raise SettingsError(f"{output}: found other files there; name a new or an empty folder")
    config = load_config(str(config_file))
    plugin = config.plugins.get("briefings")
    if not isinstance(plugin, BriefingsPlugin):
        raise SettingsError(f"{config_file}: found no `briefings` among the plugins")
    files = get_files(config)
    press = plugin.make_press(config, files)
    docs = output / "docs"
    for folder in (docs, output / "theme"):
        shutil.rmtree(folder, ignore_errors=True)
    # The header is ours for the sake of a search that these builders do not have.
    without = shutil.ignore_patterns("header.html", "briefings-search.html", "search.js")
    shutil.copytree(THEME, output / "theme", ignore=without)
    for file in files:
        if file.abs_src_path:
            _write(docs / file.src_uri, Path(file.abs_src_path).read_bytes())
    nav: list[Any] = []
    pages = 0
    for made in make_pages(press):
        if isinstance(made, Asset):
            _write(docs / made.uri, made.content())
            continue
        pages += 1
        _write(docs / made.uri, markdown(made, directory_urls=config.use_directory_urls).encode())
        if made.nav is not None:
            nav.append({made.nav: made.uri})
    settings = _settings(config, [*nav, *(config.nav or [])], press.for_theme(search=False))
    _write(output / "mkdocs.yml", yaml.safe_dump(settings, sort_keys=False, allow_unicode=True).encode())
    return pages


def markdown(page: Page, *, directory_urls: bool) -> str:
    """A page as a Markdown file: what it is in the front matter, then one block of HTML."""
    # The theme's templates do not escape what the front matter says.
    front: dict[str, Any] = {"title": str(escape(page.title)), "hide": ["navigation", "toc"]}
    if description := now(page.description):
        front["description"] = str(escape(description))
    front["briefings"] = now(page.head).meta
    html = resolve(page.body(), page.uri, directory_urls=directory_urls).strip()
    return f"---\n{yaml.safe_dump(front, sort_keys=False, allow_unicode=True)}---\n\n{html}\n"


def _settings(config: MkDocsConfig, nav: list[Any], known: dict[str, Any]) -> dict[str, Any]:
    theme = {key: config.theme[key] for key in _FROM_THEME if key in config.theme}
    made = {
        "site_name": config.site_name,
        "site_url": config.site_url,
        "site_description": config.site_description,
        "use_directory_urls": config.use_directory_urls,
        # Zensical's own look is another; "classic" is Material's, and other builders ignore it.
        "theme": {"name": "material", "variant": "classic", "custom_dir": "theme", **theme},
        "extra": {"briefings": known},
        "markdown_extensions": _extensions(config),
        "nav": nav,
        # Most pages are reached by links, as in the site of the plugin.
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    return {key: value for key, value in made.items() if value is not None}


def _extensions(config: MkDocsConfig) -> list[str | dict[str, Any]]:
    """The Markdown that people's own pages are written in, with settings as far as YAML can say them."""
    found: list[str | dict[str, Any]] = []
    for name in dict.fromkeys(["attr_list", "md_in_html", *config.markdown_extensions]):
        settings = (config.mdx_configs or {}).get(name)
        try:
            yaml.safe_dump(settings)
        except yaml.YAMLError:
            settings = None
        found.append({name: settings} if settings else name)
    return found


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
