"""The search: one small document for each page, indexed by Pagefind.

Pagefind (https://pagefind.app) is a program that comes in a wheel of its own. The browser loads
only the parts of its index that a query needs. What it indexes are not the themed pages but
documents made for it: every entry a paragraph with the anchor it has on the page, so that a hit
leads to it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from generator.briefing import Briefing
from generator.errors import SettingsError
from generator.site.index import Profile
from generator.site.issues import Issue
from generator.site.links import address, slug
from generator.site.press import Press, briefing_uri, said
from generator.site.search_order import settle

FOLDER = "pagefind"
# Pagefind's own interfaces; the site has one that knows kinds of entries.
_NOT_NEEDED = ("pagefind-*ui.*", "pagefind-highlight.js", "playground")


def find_program() -> Path | None:
    """Where Pagefind's program is; None where its wheel is not installed for this platform."""
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        return Path(get_executable())
    except (ImportError, FileNotFoundError):
        return None


def documents(press: Press) -> Iterator[tuple[str, str]]:
    """For each briefing, actor and issue the address of its page and the document to index."""
    settings = press.settings
    for briefing in press.site.briefings:
        yield _address(press, briefing_uri(briefing)), briefing_document(press, briefing)
    for actor in press.site.actors.values():
        yield _address(press, f"actors/{slug(actor.id)}.md"), actor_document(actor, settings.language)
    for issue in press.site.issues:
        yield _address(press, f"issues/{issue.id}.md"), issue_document(press, issue)


def briefing_document(press: Press, briefing: Briefing) -> str:
    """A briefing: its entries, then the paragraphs of the source as far as the site shows them."""
    lines = [_anchored(entry.id, entry.text) for entry in briefing.summary]
    for position in briefing.positions:
        stance = f"{press.word(f'stance.{position.stance}')} {position.target or ''}".strip()
        lines.append(_anchored(position.id, f"{position.actor_text} {stance}: {position.text}"))
    for quote in briefing.quotes:
        words = said(quote)
        lines.append(_anchored(quote.id, f"{words} — {quote.speaker_text}" if quote.speaker_text else words))
    for step in briefing.next_steps:
        owners = ", ".join(step.owner_names)
        lines.append(_anchored(step.id, f"{owners}: {step.text}" if owners else step.text))
    lines += [_anchored(event.id, f"{press.day(event.date)}: {event.text}") for event in briefing.timeline]
    if press.settings.source_text == "full":
        lines += [_anchored(f"p{p.number}", p.text) for p in briefing.paragraphs if p.number]
    named = [press.site.actor(briefing, actor.id) for actor in briefing.actors if actor.key]
    day = briefing.date.isoformat()
    return document(
        briefing.title,
        lines,
        press.settings.language,
        meta={"date": press.day(day, "short"), "publisher": briefing.source.publisher or ""},
        filters={
            "kind": ["briefing"],
            "actor": [actor.name for actor in named if actor],
            "outlet": [briefing.source.publisher] if briefing.source.publisher else [],
            "issue": _issues(press, briefing),
            "date": [day[:4], day[:7]],
        },
    )


def actor_document(actor: Profile, language: str) -> str:
    """An actor: names and roles. What he or she said stands in the briefings."""
    lines = [_line(text) for text in (*actor.aliases, *dict.fromkeys(role.text for role in actor.roles))]
    return document(
        actor.name,
        lines,
        language,
        meta={"role": actor.role or "", "kind": actor.kind or ""},
        filters={"kind": ["actor"], "actor": [actor.name]},
    )


def issue_document(press: Press, issue: Issue) -> str:
    """An issue: its name and the targets of its positions."""
    targets = dict.fromkeys(cited.entry.target or "" for cited in issue.positions)
    return document(
        issue.name,
        map(_line, targets),
        press.settings.language,
        filters={"kind": ["issue"], "issue": [issue.name]},
    )


def _issues(press: Press, briefing: Briefing) -> list[str]:
    """The names of the issues that the briefing has positions on."""
    found = (press.site.issue_of.get((briefing.id, position.id)) for position in briefing.positions)
    return list(dict.fromkeys(issue.name for issue in found if issue))


def document(
    title: str,
    lines: Iterable[str],
    language: str,
    *,
    meta: Mapping[str, str] | None = None,
    filters: Mapping[str, Iterable[str]] | None = None,
) -> str:
    """What Pagefind reads of one page; `lines` are HTML, everything else is text."""
    about = [
        f'<span data-pagefind-meta="{escape(key)}">{escape(value)}</span>'
        for key, value in (meta or {}).items()
        if value
    ]
    about += [
        f'<span data-pagefind-filter="{escape(key)}">{escape(value)}</span>'
        for key, values in (filters or {}).items()
        for value in values
    ]
    return (
        f'<!doctype html><html lang="{escape(language)}"><body data-pagefind-body>'
        f'<p data-pagefind-ignore="index">{"".join(about)}</p>'
        f'<h1 data-pagefind-meta="title" data-pagefind-weight="4">{escape(title)}</h1>\n'
        + "\n".join(lines)
        + "</body></html>\n"
    )


def write_index(
    program: Path, found: Iterable[tuple[str, str]], target: Path, *, in_background: bool = False
) -> None:
    """Index documents, given as (address, HTML), into the folder `target`; `in_background` the program
    takes what time others leave it, where the system can do that.

    Raises SettingsError with what the program said where it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        for place, html in found:
            path = Path(folder, place, "index.html") if not place.endswith(".html") else Path(folder, place)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html, "utf-8")
        nice = shutil.which("nice") if in_background else None
        done = subprocess.run(
            [
                *([nice, "-n", "15"] if nice else []),
                program,
                "--site",
                folder,
                "--output-path",
                target,
                "--quiet",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SettingsError(
            f"briefings: search: pagefind failed: {(done.stderr or done.stdout).strip()}; "
            "`search: material` builds the site without it"
        )
    for pattern in _NOT_NEEDED:
        for path in target.glob(pattern):
            path.unlink()
    settle(target)


def _address(press: Press, uri: str) -> str:
    return address(uri, directory_urls=press.settings.directory_urls)


def _anchored(id: str, text: str) -> str:
    return f'<p id="{escape(id)}">{escape(text)}</p>' if id else _line(text)


def _line(text: str) -> str:
    return f"<p>{escape(text)}</p>"
