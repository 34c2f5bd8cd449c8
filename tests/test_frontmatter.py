# ruff: noqa: E501
"""Front matter: read as text, typed by the schema, written so that every YAML reader agrees."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.briefing import Actor, Briefing, Sentence, Source
from generator.errors import BriefingError
from generator.frontmatter import _read_generated, _read_yaml, keys, read, scalar, write
from tests.awkward import briefings, text

LAWS = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@LAWS
@given(briefing=briefings())
def test_short_cut_reads_what_yaml_reads(briefing: Briefing) -> None:
    """Front matter in the generator's own form says the same to the quick reader and to YAML."""
    written = write(briefing)
    assert _read_generated(written) is not None
    assert read(written, path="a.md") == _read_yaml(written, "a.md", 2)


@LAWS
@given(briefing=briefings(), data=st.data())
def test_short_cut_never_reads_otherwise(briefing: Briefing, data: st.DataObject) -> None:
    """However a person changes a line, the quick reader says what YAML says, or leaves it to YAML."""
    lines = write(briefing).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    kind = data.draw(st.sampled_from(("cut", "twice", "word", "away", "indent")))
    line = lines[at]
    place = data.draw(st.integers(0, len(line)))
    word = data.draw(
        st.sampled_from(("null", "~", "x", ": ", " #", "'", '"', "]", "}", ",", "- ", "a: b", "\\u0041"))
    )
    lines[at : at + 1] = {
        "cut": [line[:place]],
        "twice": [line, line],
        "word": [line[:place] + word + line[place:]],
        "away": [],
        "indent": [" " + line],
    }[kind]
    changed = "\n".join(lines)
    try:
        slow = _read_yaml(changed, "a.md", 2)
    except BriefingError:
        with pytest.raises(BriefingError):
            read(changed, path="a.md")
    else:
        assert read(changed, path="a.md") == slow


@given(text)
def test_scalar_is_a_string_for_everybody(words: str) -> None:
    """A text in front matter is that text for readers of YAML 1.1 too, alone, in lists and in mappings."""
    shown = scalar(words)
    assert yaml.safe_load(shown) == words
    assert yaml.safe_load(f"a: {shown}") == {"a": words}
    assert yaml.safe_load(f"[{shown}, {shown}]") == [words, words]
    assert yaml.safe_load(f"{{a: {shown}, b: {shown}}}") == {"a": words, "b": words}


def test_written_in_a_fixed_order() -> None:
    """Keys stand in one order, an actor on one line, and what is not known is left out."""
    briefing = Briefing(
        id="a-b",
        title="A: b",
        date=date(2025, 5, 17),
        source=Source(file="seeds/a.txt", credits=("AB, C", "D")),
        tags=("x", "no"),
        actors=(Actor("ann", "Ann", "person", role="mayor", aliases=("A.",), key=True, paragraph=2),),
        blocks=(),
        summary=(Sentence("s-1", 'A: "b" # c', 2), Sentence("s-2", "D.", None), Sentence("s-3", "E", None)),
    )
    assert write(briefing) == (
        'title: "A: b"\n'
        "date: 2025-05-17\n"
        "id: a-b\n"
        "source:\n"
        "  file: seeds/a.txt\n"
        '  credits: ["AB, C", D]\n'
        "summary: |\n"
        '  A: "b" # c [¶ 2]\n'
        "  D.\n"
        "  E [¶]\n"
        'tags: [x, "no"]\n'
        "actors:\n"
        "  - {id: ann, name: Ann, kind: person, aliases: [A.]}\n"
    )


def test_single_words_where_a_list_may_stand() -> None:
    """One tag, one alias or one credit need no brackets."""
    front = read(
        "title: t\ndate: 2025-05-17\ntags: border\nsource: {credits: AB}\nactors: [{name: Ann, aliases: A}]\n",
        path="a",
    )
    assert (front.tags, front.source.credits, front.actors[0].aliases) == (("border",), ("AB",), ("A",))
    assert front.actors[0].id == "ann"


SUMMARIES = {
    "a block": 'summary: |\n  It opens: "now" # soon. [¶ 2]\n  Nobody came. [¶ 4]\n',
    "a block that keeps its end": 'summary: |+\n    It opens: "now" # soon. [¶ 2]\n    Nobody came. [¶ 4]\n\n',
    "wrapped lines": 'summary: |\n  It opens:\n  "now" # soon.\n  [¶ 2]\n\n  Nobody came. (¶ 4)\n',
    "a folded block": 'summary: >\n  It opens: "now" # soon. [¶ 2]\n  Nobody came. [¶ 4]\n',
    "a list": "summary:\n  - 'It opens: \"now\" # soon. [¶ 2]'\n  - Nobody\n    came. [¶ 4]\n",
    "marks from the body": 'summary: |\n  It opens: "now" # soon. [¶ 2](#p2){#s-1}\n  Nobody came. [¶4](#p4)\n',
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_summary_in_every_form_that_people_give_it(name: str) -> None:
    """The sentences of a summary are told apart whichever way of writing text in YAML somebody prefers."""
    front = read(f"title: t\ndate: 2025-05-17\n{SUMMARIES[name]}", path="a.md")
    assert [(each.text, each.paragraph) for each in front.summary] == [
        ('It opens: "now" # soon.', 2),
        ("Nobody came.", 4),
    ]
    assert len({each.id for each in front.summary}) == 2


@pytest.mark.parametrize("empty", ["summary:\n", "summary: |\n", "summary: []\n", "summary: ''\n"])
def test_summary_may_be_empty(empty: str) -> None:
    """A key that waits for its sentences is no mistake."""
    assert read(f"title: t\ndate: 2025-05-17\n{empty}", path="a.md").summary == ()


def test_keys_know_their_lines() -> None:
    """Every key has its lines, the comments above it included."""
    assert keys("# top\ntitle: t\n\n# of tags\ntags:\n  - a\n  # inside\n  - b\n") == [
        ("title", 0, 2),
        ("tags", 2, 8),
    ]


@pytest.mark.parametrize(
    "front, message",
    [
        ("- a\n", "a.md:2: the front matter has no keys; 'title: …' and 'date: YYYY-MM-DD' would work"),
        ("title: t\ndate: 2025-13-40\n", "a.md:3: 'date' in the front matter has to be a date as YYYY-MM-DD"),
        ("title: t\ndate: 2025-05-17\nid: ../x\n", "a.md:4: 'id' in the front matter may hold a-z, 0-9 and - only"),
        ("title: t\ndate: 2025-05-17\nactors:\n  - kind: person\n", "a.md:5: 'actors.1.name' in the front matter is missing"),
        ("title: t\ndate: 2025-05-17\nactors: Ann\n", "a.md:4: 'actors' in the front matter has to be a list"),
        ("title: t\ndate: 2025-05-17\nactors: [Ann]\n", "a.md:4: 'actors.1' in the front matter has to be keys and values"),
        ("title: [t]\ndate: 2025-05-17\n", "a.md:2: 'title' in the front matter has to be text"),
        ("title: \ndate: 2025-05-17\n", "a.md:2: 'title' in the front matter has to be text"),
        ('title: "t\ndate: 2025-05-17\n', "a.md:4: the front matter is not valid YAML"),
        (
            "title: t\ndate: 2025-05-17\nsummary: |\nTalks ended.\n",
            "a.md:6: the front matter is not valid YAML: could not find expected ':'. A sentence of the summary "
            "works with two spaces before it",
        ),
        ("", "a.md:2: 'title' in the front matter is missing; title: Talks end would work"),
    ],
)  # fmt: skip
def test_errors_name_the_line(front: str, message: str) -> None:
    """What is wrong is told with file and line, what was found, and what would have worked."""
    with pytest.raises(BriefingError) as error:
        read(front, path="a.md")
    assert str(error.value).startswith(message)
