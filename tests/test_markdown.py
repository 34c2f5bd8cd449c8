"""The dialect: text made safe, inline Markdown read, bodies cut into blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import escape, escape_opening, one_line, plain, read_tail, scan, split, tail, unescape
from tests.awkward import raw_text, text


@given(text)
def test_unescape_is_the_inverse_of_escape(words: str) -> None:
    """Escaped text reads back as itself, at the start of a line too."""
    assert unescape(escape(words)) == words
    assert unescape(escape_opening(words)) == words
    assert plain(escape(words)) == (words, True)


@given(raw_text)
def test_one_line_is_one_line(words: str) -> None:
    """What a page shows of a text has no line breaks, no doubled spaces and nothing invisible."""
    shown = one_line(words)
    assert shown == one_line(shown)
    assert len(shown.splitlines()) <= 1
    assert "  " not in shown
    assert not set(shown) & {"\x00", "\u2028", "\u202e", "\ufeff"}


def test_plain_text_is_not_touched() -> None:
    """Prose that means nothing to Markdown is as readable on a page as in the article."""
    prose = (
        'Talks -- held at 14:30 (CET) -- cost $5.2m, 3% more; "we [also] paid," she said: it\'s A&B #1 & 2.'
    )
    assert escape(prose) == prose


@pytest.mark.parametrize(
    "words, markdown",
    [
        ("*a*", r"\*a\*"),
        ("<b>", "&lt;b>"),
        ("&lt;", "&amp;lt;"),
        ("https://a.example", "https&#58;//a.example"),
        ("[x](y)", r"\[x\](y)"),
        ("a@b.example", "a&#64;b.example"),
        ("12:30:45", "12&#58;30:45"),
    ],
)
def test_escape(words: str, markdown: str) -> None:
    """What would be more than text gets the smallest mark that keeps it text."""
    assert escape(words) == markdown


@pytest.mark.parametrize(
    "words, markdown", [("# a", r"\# a"), ("1. a", r"1\. a"), ("- a", r"\- a"), ("> a", r"\> a")]
)
def test_escape_opening(words: str, markdown: str) -> None:
    """At the start of a line also what would open a block is kept text."""
    assert escape_opening(words) == markdown


@pytest.mark.parametrize(
    "markdown, words",
    [
        ("a **b** c", "a b c"),
        ("a *b* [c](d) e", "a b c e"),
        ("AT&amp;T", "AT&T"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_plain_reads_what_a_person_marked(markdown: str, words: str) -> None:
    """Emphasis and links of a person's are read as their words, and known to be more than text."""
    assert plain(markdown) == (words, False)


def test_tail_is_read_in_any_order() -> None:
    """Evidence, anchor and the mark for checking are found however a person left them."""
    for markdown in (
        "words [¶ 3](#p3){#q-1a} *check this*",
        "words *check this* [¶ 3](#p3){#q-1a}",
        "words {#q-1a} [3](#p3) (check this)",
        "words (¶ 3) {: #q-1a } **check this**",
    ):
        end = read_tail(markdown)
        assert (end.rest, end.id, end.paragraph, end.unsure) == ("words", "q-1a", 3, True)


def test_tail_without_evidence_has_its_anchor_below() -> None:
    """An entry without a link to carry it has its anchor on a line of its own, which shows nothing."""
    assert tail("n-1", None) == "\n  {: #n-1 }"
    assert tail("n-1", 3, unsure=True) == " [¶ 3](#p3){#n-1} *check this*"


@given(st.text(alphabet="ab#-*>`~ \t\n|{}[]()¶", max_size=80))
def test_scan_loses_no_line(body: str) -> None:
    """Cut into blocks, a body has every line but blank ones in exactly one block, in order."""
    lines = body.split("\n")
    chunks = list(scan(lines))
    covered = [number for chunk in chunks for number in range(chunk.start, chunk.end)]
    assert covered == sorted(set(covered))
    assert all(not lines[number].strip() for number in set(range(len(lines))) - set(covered))
    for chunk in chunks:
        assert list(chunk.lines) == lines[chunk.start : chunk.end]


def test_code_is_one_block() -> None:
    """Headings and items inside of a fence are code."""
    chunks = list(scan(["```", "# no", "", "- no", "```", "- yes"]))
    assert [(chunk.kind, chunk.start, chunk.end) for chunk in chunks] == [("other", 0, 5), ("item", 5, 6)]


def test_split_counts_lines() -> None:
    """Front matter, body, and the line where the body begins; with any line ends and a byte-order mark."""
    assert split("---\na: 1\n---\nbody\n") == ("a: 1\n", "body\n", 4)
    assert split("\ufeff---\r\na: 1\r\n---\r\nbody") == ("a: 1\n", "body", 4)
    assert split("---\n---\n") == ("", "", 3)
    assert split("a: 1\n---\n") is None
