"""What turns the index into HTML: templates, dates, words.

Templates escape whatever they are given; what comes from briefings reaches the page as text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias, TypeVar

import jinja2
from babel.dates import format_date
from markdown import Markdown
from markupsafe import Markup

from generator.briefing import Briefing, Quote
from generator.errors import SettingsError
from generator.site.index import Profile, Site
from generator.site.issues import Issue
from generator.site.links import ROOT, address, slug
from generator.site.roles import as_label

SourceText = Literal["full", "evidence", "none"]
T = TypeVar("T")
Late: TypeAlias = T | Callable[[], T]
"""A value, or what makes it once somebody asks: most pages are listed far more often than made."""


def now(value: Late[T]) -> T:
    """The value, made if it is not there yet."""
    return value() if callable(value) else value


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person who runs the site chose; see docs/site.md."""

    site_name: str = "Briefings"
    site_url: str | None = None
    language: str = "en"
    directory_urls: bool = True
    page_size: int = 50
    source_text: SourceText = "full"
    edit: Callable[[str], str | None] = lambda path: None
    """From a briefing's file name to where it is edited."""


@dataclass(frozen=True, slots=True)
class Head:
    """What <head> says of a page."""

    kind: str
    """home, briefing, actor, issue, quotes, steps, list"""
    feeds: tuple[tuple[str, str], ...] = ()
    """Media type and place, from the site's root, of each feed."""
    published: date | None = None
    data: Mapping[str, Any] | None = None
    """For schema.org."""

    @property
    def meta(self) -> dict[str, Any]:
        """The same in plain values, as the theme finds it in `page.meta.briefings`."""
        meta: dict[str, Any] = {"kind": self.kind, "feeds": [list(feed) for feed in self.feeds]}
        if self.published:
            meta["published"] = self.published.isoformat()
        if self.data:
            meta["data"] = dict(self.data)
        return meta


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `uri` is its Markdown file's, from the root of docs/."""

    uri: str
    title: str
    body: Callable[[], str]
    """Its HTML, made when asked for; links still begin with the mark of links.ROOT."""
    description: Late[str] = ""
    toc: Late[tuple[tuple[str, str], ...]] = ()
    """Anchor and words of each heading."""
    nav: str | None = None
    """Its words in the navigation; None: it is reached by links."""
    head: Late[Head] = field(default_factory=lambda: Head("list"))
    edit_url: str | None = None
    changed: date | None = None
    """The day of the newest briefing in it; for the sitemap."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the site that is no page: a feed, a calendar, a table."""

    uri: str
    content: Callable[[], bytes]


@cache
def _environment() -> jinja2.Environment:
    """The templates, compiled once a process."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("generator.site", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    # For the HTML of a person's own Markdown; nothing from an article passes through here.
    environment.filters["as_html"] = Markup
    return environment


class Press:
    """The templates with everything they need to know."""

    def __init__(
        self,
        site: Site,
        settings: Settings,
        words: Mapping[str, Any],
        *,
        markdown: Callable[[str, str], str] | None = None,
        intro: str = "",
    ) -> None:
        """`markdown` renders what a person wrote into a page: (text, uri of the page) to HTML.
        `intro` is Markdown that heads the home page."""
        self.intro = intro
        self.site = site
        self.settings = settings
        self.words = words
        self._said: dict[str, str] = {}
        self.markdown = markdown or (lambda text, uri: Markdown(extensions=["extra"]).convert(text))
        self._known: Mapping[str, Any] = {
            "site": site,
            "settings": settings,
            "t": self.word,
            "count": self.count,
            "day": self.day,
            "to": self.to,
            "to_briefing": self.to_briefing,
            "to_actor": self.to_actor,
            "to_issue": self.to_issue,
            "actor_of": site.actor,
            "said": said,
            "as_label": as_label,
            "stances": STANCES,
        }

    def over(self, site: Site) -> Press:
        """The same press for another index."""
        return Press(site, self.settings, self.words, markdown=self.markdown, intro=self.intro)

    def render(self, template: str, **context: Any) -> str:
        return _environment().get_template(template).render({**self._known, **context})

    def word(self, key: str, **fill: Any) -> str:
        """The words of strings.toml under a dotted key, or the last part of an unknown key."""
        text = self._said.get(key)
        if text is None:
            found = _look_up(self.words, key)
            text = self._said[key] = found if isinstance(found, str) else key.rpartition(".")[2]
        return text.format(**fill) if fill else text

    def browser_words(self) -> dict[str, Any]:
        """The words that the script on the pages needs."""
        mine = ("copy_link", "copy_quote", "copied", "quote_from", "print", "unsure")
        return {
            **{key: self.words["briefing"][key] for key in mine},
            "state": self.words["state"],
            "today": self.words["timeline"]["today"],
            "search": self.words["search"],
            "filter": self.words["filter"],
            "status": self.words["status"],
            "steps": {key: self.words["briefing"][key] for key in ("when", "who", "what", "status")},
            "language": self.settings.language,
        }

    def for_theme(self, *, search: bool) -> dict[str, Any]:
        """What the theme's templates find in `config.extra.briefings`; `search` is whether ours is there."""
        return {"words": self.browser_words(), "missing": self.words["missing"], "search": search}

    def count(self, key: str, n: int) -> str:
        """`count("quote", 2)`: "2 quotes"."""
        one, many = _look_up(self.words, f"count.{key}") or ("{n}", "{n}")
        return str(one if n == 1 else many).format(n=f"{n:,}")

    def day(self, value: date | str | None, style: str = "long") -> str:
        """A date as people write it: "17 May 2025", "May 2025", "2025"."""
        return _day(
            value.isoformat() if isinstance(value, date) else value or "", style, self.settings.language
        )

    def to(self, uri: str, anchor: str = "") -> Markup:
        """The address of a page, good on every page once `links.resolve` has run."""
        place = address(uri, directory_urls=self.settings.directory_urls)
        return Markup(ROOT) + Markup.escape(place + (f"#{anchor}" if anchor else ""))

    def feeds(self, rss: str, json: str) -> tuple[tuple[str, str], ...]:
        """The feeds of a page for its head; none where the site does not know its address."""
        if not self.settings.site_url:
            return ()
        return ("application/rss+xml", rss), ("application/feed+json", json)

    def to_briefing(self, briefing: Briefing, anchor: str = "") -> Markup:
        return self.to(briefing_uri(briefing), anchor)

    def to_actor(self, actor: Profile) -> Markup:
        return self.to(f"actors/{slug(actor.id)}.md")

    def to_issue(self, issue: Issue) -> Markup:
        return self.to(f"issues/{issue.id}.md")


STANCES: Mapping[str, str] = {
    "supports": "▲",
    "opposes": "▼",
    "demands": "!",
    "offers": "+",
    "warns": "⚠\ufe0e",
    "expects": "?",
}
"""The words for stances with the shape of each, as docs/reading.md explains them."""


def said(quote: Quote) -> str:
    """The parts of a quote in quotation marks. The comma before "she said" stays behind in the article."""
    parts = [*quote.parts[:-1], *(part.rstrip(",") for part in quote.parts[-1:])]
    return " … ".join(f"“{part}”" for part in parts)


def briefing_uri(briefing: Briefing) -> str:
    return f"briefings/{slug(briefing.id)}.md"


def load_words(overrides: str | None = None, *, path: str = "strings") -> dict[str, Any]:
    """The site's words, with those of a TOML text over them.

    Raises SettingsError for a text that is no TOML, or a key that the site does not have.
    """
    words = tomllib.loads(files("generator.site").joinpath("strings.toml").read_text("utf-8"))
    if overrides is None:
        return words
    try:
        mine = tomllib.loads(overrides)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not readable as TOML: {error}") from error
    return _overlay(words, mine, path)


def _overlay(words: dict[str, Any], mine: Mapping[str, Any], path: str, under: str = "") -> dict[str, Any]:
    for key, value in mine.items():
        name = f"{under}{key}"
        if key not in words:
            raise SettingsError(f"{path}: found the key {name!r}; allowed here are {', '.join(words)}")
        if type(value) is not type(words[key]):
            raise SettingsError(f"{path}: {name}: found {value!r}; expected something like {words[key]!r}")
        words[key] = _overlay(words[key], value, path, f"{name}.") if isinstance(value, dict) else value
    return words


def _look_up(words: Mapping[str, Any], key: str) -> Any:
    found: Any = words
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


@cache
def _day(iso: str, style: str, language: str) -> str:
    skeletons: Sequence[str] = {
        "long": ("d MMMM y", "MMMM y"),
        "short": ("d MMM y", "MMM y"),
        "weekday": ("EEEE d MMMM y", "MMMM y"),
    }[style]
    try:
        if len(iso) == 10:
            return format_date(date.fromisoformat(iso), skeletons[0], locale=language)
        if len(iso) == 7:
            return format_date(date.fromisoformat(f"{iso}-01"), skeletons[1], locale=language)
    except ValueError:
        pass
    return iso
