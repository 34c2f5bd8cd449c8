"""The file with the site's own words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

SITE = Path(__file__).parents[1] / "generator" / "site"
WORDS = tomllib.loads((SITE / "strings.toml").read_text("utf-8"))
KNOWN = {f"{table}.{key}" for table, words in WORDS.items() for key in words}
# Asked for by a word of a briefing ("stance." and its stance), or in the browser.
BY_WORD = tuple("kind. stance. status. state. search. filter. briefing.edited briefing.by_editor".split())


def sources(*endings: str) -> str:
    return "\n".join(path.read_text("utf-8") for end in endings for path in sorted(SITE.rglob(f"*{end}")))


def asked() -> set[str]:
    text = sources(".html", ".py")
    words = set(re.findall(r"""\b(?:t|word)\(\s*['"]([a-z_]+\.[a-z_]+)['"]""", text))
    return words | {f"count.{key}" for key in re.findall(r"""\bcount\(\s*['"]([a-z_]+)['"]""", text)}


def test_every_word_that_pages_ask_for_is_there() -> None:
    """A template or a page asks for no word that the file does not have."""
    assert asked() - KNOWN == set()


def test_no_word_is_translated_for_nothing() -> None:
    """Every word in the file is said somewhere."""
    text = sources(".html", ".py", ".js")
    idle = {
        key
        for key in KNOWN - asked()
        if not key.startswith(BY_WORD) and not re.search(rf"\b{key.partition('.')[2]}\b", text)
    }
    assert idle == set()
