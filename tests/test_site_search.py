"""The search index, as far as it can be looked at without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.briefing import Actor, Item, Position
from generator.page import new_briefing
from generator.site.index import index
from generator.site.press import Press, Settings, load_words
from generator.site.search import briefing_document, document, find_program, write_index
from generator.site.search_order import settle

needs_pagefind = pytest.mark.skipif(
    find_program() is None,
    reason="Pagefind has no wheel for this platform",
)

texts = st.recursive(
    st.integers(0, 2**40) | st.text(max_size=300), lambda inner: st.lists(inner, max_size=40), max_leaves=60
)


def test_a_document_for_the_index_holds_text_only() -> None:
    """Nothing in a title, a filter or an entry becomes markup of the indexed document."""
    made = document("<b>T</b>", ["<p>x</p>"], "en", filters={"actor": ["A<i>"]}, meta={"date": '"'})
    assert "<b>" not in made
    assert "<i>" not in made
    assert "A&lt;i&gt;" in made


def test_a_briefing_is_found_by_issue_and_month() -> None:
    """The document of a briefing names the issues that it has positions on, its year and its month."""
    briefings = [
        replace(
            new_briefing(f"Day {day}", date(2026, 3, day)),
            actors=(Actor("lena-orsk", "Lena Orsk", "person", key=True),),
            blocks=(
                Item(
                    Position(
                        f"p-{day}", "lena-orsk", "Lena Orsk", stance, "the night sailings", "words", None
                    )
                ),
            ),
        )
        for day, stance in ((1, "opposes"), (2, "supports"))
    ]
    made = briefing_document(Press(index(briefings), Settings(), load_words()), briefings[0])
    found = re.findall(r'data-pagefind-filter="(issue|date)">([^<]*)<', made)
    assert found == [("issue", "Night sailings"), ("date", "2026"), ("date", "2026-03")]


@given(texts.filter(lambda value: isinstance(value, list)))
def test_what_is_packed_comes_back(value: object) -> None:
    """The CBOR that is written reads back as the same value, whatever its sizes."""
    from generator.site.search_order import _bytes, _value

    data = _bytes(value)  # type: ignore[arg-type]
    assert _value(data, 0) == (value, len(data))


@needs_pagefind
def test_the_same_documents_give_the_same_index(tmp_path: Path) -> None:
    """Two runs of the indexer give the same files, although its hash maps differ each time."""
    program = find_program()
    assert program
    found = [
        (
            f"page-{n}/",
            document(
                f"Page {n}",
                ["<p id='q-1'>words</p>"],
                "en",
                filters={"actor": [f"a{n}", "b", "c"], "year": ["2026"], "kind": ["briefing"]},
            ),
        )
        for n in range(8)
    ]
    runs = []
    for run in ("one", "two", "three"):
        write_index(program, found, tmp_path / run)
        runs.append(
            {
                p.relative_to(tmp_path / run): p.read_bytes()
                for p in sorted((tmp_path / run).rglob("*"))
                if p.is_file()
            }
        )
    assert runs[0] == runs[1] == runs[2]
    assert len([name for name in runs[0] if name.suffix == ".pf_filter"]) == 3


@needs_pagefind
def test_an_index_in_an_unknown_form_is_left_alone(tmp_path: Path) -> None:
    """An index that a later Pagefind wrote differently stays as it is and goes on working."""
    program = find_program()
    assert program
    write_index(program, [("a/", document("A", [], "en", filters={"kind": ["x"]}))], tmp_path / "index")
    meta = next((tmp_path / "index").glob("*.pf_meta"))
    meta.write_bytes(b"something else")
    before = {p: p.read_bytes() for p in (tmp_path / "index").rglob("*") if p.is_file()}
    assert settle(tmp_path / "index") is False
    assert before == {p: p.read_bytes() for p in (tmp_path / "index").rglob("*") if p.is_file()}
