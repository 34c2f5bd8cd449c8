"""Whatever an article says, the page shows it as text."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from generator.briefing import (
    Actor,
    Anchors,
    Block,
    Briefing,
    Event,
    Heading,
    Item,
    NextStep,
    Paragraph,
    Position,
    Quote,
    Sentence,
    Source,
)
from generator.markdown import escape_heading, one_line, split, unescape
from generator.page import parse, render
from tests.awkward import LIVE, briefings

ROOT = Path(__file__).parents[1]

# What a site of somebody else may switch on as well.
FURTHER = (
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.emoji", "pymdownx.highlight",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.snippets",
    "pymdownx.tabbed", "pymdownx.tilde", "pymdownx.blocks.admonition",
)  # fmt: skip


def site_extensions() -> tuple[list[str], dict[str, Any]]:
    """The Markdown extensions of mkdocs.yml, as Python-Markdown takes them."""
    # Further keys of the file may hold tags that only MkDocs knows.
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = re.search(r"^markdown_extensions:\n((?:[ ].*\n|\n)+)", text, re.MULTILINE)
    assert listed is not None
    names: list[str] = []
    configs: dict[str, Any] = {}
    for item in yaml.load(listed[1], _Loader):
        if isinstance(item, str):
            names.append(item)
        else:
            ((name, config),) = item.items()
            names.append(name)
            configs[name] = config
    return names, configs


class _Loader(yaml.SafeLoader):
    pass


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


class Blocks(HTMLParser):
    """The text of each heading, list item, block quote and paragraph of a page, and what else is in it."""

    CONTAINERS = ("h1", "h2", "h3", "li", "blockquote", "p")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.ids: list[str] = []
        self._open: list[str] = []
        self._skip = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if tag == "a" and given.get("class") == "headerlink":
            self._skip = True
            return
        if "href" in given:
            self.links.add(given["href"] or "")
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag in self.CONTAINERS:
            if not self._open:
                self.texts.append("")
            elif tag == "p":
                self.texts[-1] += "\n"
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skip and tag == "a":
            self._skip = False
        elif tag in self.CONTAINERS:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        if self._open:
            self.texts[-1] += data
        else:
            assert not data.strip(), f"text outside of any block: {data!r}"


def shown(html: str) -> Blocks:
    blocks = Blocks()
    blocks.feed(html)
    blocks.close()
    blocks.texts = [re.sub(r"[ \n]+", " ", text).strip(" ") for text in blocks.texts]
    return blocks


def expected(briefing: Briefing) -> list[str]:
    """What a reader has to see, block by block."""
    lines = []
    for block in briefing.blocks:
        if isinstance(block, Heading):
            lines.append(unescape(block.text))
        else:
            assert isinstance(block, Item)
            lines += _line(block.value).split("\n")
    return lines


def _line(value: Any) -> str:
    match value:
        case Actor():
            words = value.name + (f", {value.role}" if value.role else "")
        case Position():
            words = f"{value.stance}{f' ({value.target})' if value.target else ''}: {value.text}"
        case Quote():
            words = " ".join(f"“{part}”" for part in value.parts)
            speaker = f"— {value.speaker_text}" if value.speaker_text else ""
            words += "\n" + speaker + (f", {value.role}" if speaker and value.role else "")
        case NextStep():
            about = ", ".join(
                part for part in (value.status, value.date, f"“{value.when}”" if value.when else None) if part
            )
            head = " ".join(
                part for part in (", ".join(value.owner_names), f"({about})" if about else None) if part
            )
            words = f"{head}: {value.text}" if head else value.text
        case Event():
            words = f"{value.date}{f' (“{value.when}”)' if value.when else ''}: {value.text}"
        case Paragraph():
            return value.text if value.number is None else f"¶ {value.number} {value.text}"
    check = " check this" if getattr(value, "unsure", False) else ""
    return f"{words} ¶ {value.paragraph}{check}".replace("\n ", "\n")


SITE, CONFIGS = site_extensions()
ALLOWED = {"h2", "h3", "ul", "li", "p", "a", "strong", "em", "blockquote", "input", "label", "span", "div"}


@pytest.mark.parametrize(
    "extensions", [SITE, [*SITE, *FURTHER], ["attr_list", "tables"]], ids=["site", "all", "plain"]
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(briefing=briefings())
def test_reads_as_in_the_article(extensions: list[str], briefing: Briefing) -> None:
    """A page shows every text of the article as the article has it, and no element of it is live."""
    frame = split(render(briefing))
    assert frame is not None
    converter = markdown.Markdown(
        extensions=extensions, extension_configs={n: c for n, c in CONFIGS.items() if n in extensions}
    )
    page = shown(converter.convert(frame[1]))
    boxes = "pymdownx.tasklist" in extensions
    texts = page.texts if boxes else [re.sub(r"^\[[ x]\] ", "", text) for text in page.texts]
    assert len(texts) == len(expected(briefing))
    if boxes:
        assert texts == expected(briefing)
    assert page.tags <= ALLOWED
    assert all(re.fullmatch(r"#p\d+", link) for link in page.links)
    assert len(set(page.ids)) == len(page.ids)


@pytest.mark.parametrize("snippet", LIVE)
def test_every_live_snippet_is_dead(snippet: str) -> None:
    """A snippet that could be markup stands as its own characters wherever a page shows the article."""
    texts = {one_line(text) for text in (snippet, f"{snippet} said", f"He said {snippet}", f"a{snippet}b")}
    for text in sorted(filter(None, texts)):
        briefing = everywhere(text)
        page = render(briefing)
        assert parse(page) == briefing
        frame = split(page)
        assert frame is not None
        shown_page = shown(
            markdown.markdown(frame[1], extensions=[*SITE, *FURTHER], extension_configs=CONFIGS)
        )
        assert shown_page.texts == expected(briefing)
        assert shown_page.tags <= ALLOWED
        # Other tools read the front matter with YAML's own types: it has to stay text for them too.
        typed = yaml.safe_load(frame[0])
        assert typed["title"] == text
        assert typed["summary"] == f"{text} [¶ 1]\n"
        assert typed["tags"] == [text]
        assert typed["actors"][0]["name"] == text


def everywhere(text: str) -> Briefing:
    """A briefing that has `text` in every place that an article's words can come to."""
    actor = Actor("someone", text, "person", role=text, aliases=(), key=True, paragraph=1)
    body: list[Block] = [
        Heading(2, "Key actors", "key-actors"),
        Item(actor),
        Heading(2, "Positions", "positions"),
        Heading(3, escape_heading(text)),
        Item(Position("p-1", "someone", text, "demands", text, text, 1, True)),
        Heading(2, "Quotes", "quotes"),
        Item(Quote("q-1", "someone", text, text, (text, text), 1)),
        Heading(2, "Next steps", "next-steps"),
        Item(NextStep("n-1", ("someone",), (text,), text, "planned", text, "2025", 1)),
        Item(NextStep("n-2", (), (), text, None, None, None, 1)),
        Heading(2, "Timeline", "timeline"),
        Item(Event("e-1", "2025-05", text, text, 1)),
        Heading(2, "Source", "source"),
        Item(Paragraph(text, 1)),
        Item(Paragraph(text, None)),
    ]
    summary = (Sentence(Anchors("s").make(text), text, 1),)
    source = Source(file=text, publisher=text, byline=text, url=text, credits=(text,))
    return Briefing("everywhere", text, date(2025, 5, 17), source, (text,), (actor,), tuple(body), summary)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(briefing=briefings())
def test_reads_so_on_a_code_host_too(briefing: Briefing) -> None:
    """Where attribute lists are not known the page says the same, with its anchors as words in braces."""
    frame = split(render(briefing))
    assert frame is not None
    host = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page = shown(host.render(frame[1]))
    # Only the braces of anchors are bare: those of the article are escaped, and have no such form.
    texts = [
        re.sub(r"\{:? ?#[spqnea][\w-]*( ?)\}", "", re.sub(r"^\[[ x]\] ", "", text)) for text in page.texts
    ]
    if not any("{" in line for line in expected(briefing)):
        assert texts == expected(briefing)
    assert page.tags <= ALLOWED
    assert all(re.fullmatch(r"#p\d+", link) for link in page.links)
