"""The sections of a page: every entry in the generator's form and in those that people give it."""

from __future__ import annotations

import pytest

from generator.briefing import Actor, Anchors, Event, NextStep, Register, Sentence
from generator.markdown import scan
from generator.sections import BY_ENTRY, BY_KIND, SECTIONS, Context
from generator.sections.summary import read_sentences, split_lines

ACTORS = (
    Actor("ann-lee", "Ann Lee", "person", aliases=("Lee",)),
    Actor("smith-co", "Smith, Jones & Co.", "organization"),
    Actor("velmar", "Velmar", "state"),
)


def read(kind: str, markdown: str, group: str | None = None) -> object:
    """The value of one entry of a section, None where it is none."""
    (chunk,) = scan(markdown.split("\n"))
    section = BY_KIND[kind]
    context = Context(Register(ACTORS), {actor.id: actor for actor in ACTORS}, kind, group)
    parsed = section.parse(chunk, context) if chunk.kind == section.shape else None
    return parsed.value if parsed else None


def test_every_kind_of_entry_has_its_section() -> None:
    """Sections stand in one table; those that share a letter share their entries."""
    letters: dict[str, set[type]] = {}
    for section in SECTIONS:
        letters.setdefault(section.prefix, set()).add(section.entry)
        assert BY_ENTRY[section.entry].render is section.render
    assert all(len(entries) == 1 for entries in letters.values())


STEP = NextStep(
    "", ("ann-lee", "velmar"), ("Ann Lee", "Velmar"), "open it", "agreed", "in May", "2026-05", None
)


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] **Ann Lee, Velmar** (agreed, 2026-05, “in May”): open it",
        "- **Ann Lee, Velmar** (agreed, 2026-05, “in May”): open it",
        '- [ ] **Lee and Velmar** (Agreed, 2026-05, "in May"): open it',
        "- [ ] **Ann Lee, Velmar** (2026-05, agreed, in May) open it",
        "- [ ]  **Ann Lee, Velmar**  (agreed, 2026-05, “in May”):  open\n  it",
        "* [ ] **Ann Lee, Velmar:** (agreed, 2026-05, “in May”) open it",
    ],
)
def test_next_step(line: str) -> None:
    """A next step is understood with its owners, status, date and time in the ways people write them."""
    assert read("next-steps", line) == STEP


@pytest.mark.parametrize(
    "line, owners, text",
    [
        ("- [ ] **Smith, Jones & Co.**: pay", ("Smith, Jones & Co.",), "pay"),
        ("- [ ] **Jane Roe**: pay", ("Jane Roe",), "pay"),
        ("- [ ] pay (in full)", (), "pay (in full)"),
        ("- [ ] (in full) pay", (), "(in full) pay"),
        ("- [ ] Velmar: pay", (), "Velmar: pay"),
    ],
)
def test_owners_and_words(line: str, owners: tuple[str, ...], text: str) -> None:
    """Owners are those in bold, with commas in their names, known or not; brackets in the words are words."""
    step = read("next-steps", line)
    assert isinstance(step, NextStep)
    assert (step.owner_names, step.text, step.status) == (owners, text, None)


@pytest.mark.parametrize(
    "line",
    [
        "- **2026-05** (“in May”): it opens",
        '- 2026-05 ("in May"): it opens',
        "- **2026-05:** (“in May”) it opens",
        "* **2026-05** (“in May”) – it opens",
    ],
)
def test_event(line: str) -> None:
    """An event begins with its date, in bold or not."""
    assert read("timeline", line) == Event("", "2026-05", "in May", "it opens", None)


@pytest.mark.parametrize("line", ["- in May it opens", "- May 2026: it opens", "- **soon**: it opens"])
def test_event_without_a_date_is_a_note(line: str) -> None:
    """A line of the timeline that has no date to sort it by is kept as a note."""
    assert read("timeline", line) is None


@pytest.mark.parametrize(
    "line", ["- **Ann Lee**, mayor", "- **Ann Lee** – mayor", "- **Lee**: mayor", "- Ann Lee, mayor"]
)
def test_actor(line: str) -> None:
    """An actor's line gives the role behind the name, whichever mark parts the two."""
    actor = read("key-actors", line)
    assert isinstance(actor, Actor)
    assert (actor.id, actor.role, actor.key) == ("ann-lee", "mayor", True)
    assert actor.aliases == ("Lee",)


@pytest.mark.parametrize("line", ["- see also the page of last week", "- 12 people", "1. Ann Lee"])
def test_line_that_names_nobody_is_a_note(line: str) -> None:
    """Not every line below Key actors is an actor."""
    assert read("key-actors", line) is None


def test_sentence_of_the_summary() -> None:
    """A sentence of the summary stands on a line, with or without its evidence, wrapped or not."""
    text = "It opens. [¶ 2]\nThe bridge\nis old [¶ 3]\n\nNobody came.\nNobody cared (¶ 4)\nThe end\n[¶5]\n"
    sentences = read_sentences(split_lines(text))
    assert [(each.text, each.paragraph) for each in sentences] == [
        ("It opens.", 2), ("The bridge is old", 3), ("Nobody came.", None), ("Nobody cared", 4),
        ("The end", 5),
    ]  # fmt: skip
    assert read_sentences(split_lines("It opens. [¶ 2] Nobody came. [¶ 4]", folded=True)) == (
        *read_sentences(["It opens. [¶ 2]"]), *read_sentences(["Nobody came. [¶ 4]"])
    )  # fmt: skip


def test_sentence_of_an_older_page() -> None:
    """Pages with the summary in a section are read as before, with the anchors that they have."""
    assert read("summary", "- It opens. [¶ 2](#p2){#s-1}") == Sentence("s-1", "It opens.", 2)
    assert read("summary", "- It opens.") == Sentence(Anchors("s").make("It opens."), "It opens.", None)


@pytest.mark.parametrize("stance", ["rejects", "wants", "supported"])
def test_stance_of_another_list_is_a_note(stance: str) -> None:
    """A position has one of the six stances; with another word the line says nothing to the indexes."""
    assert read("positions", f"- **{stance}** (the bridge): close it", group="Velmar") is None


def test_position_belongs_to_the_heading_above() -> None:
    """Without a heading there is nobody whose position a line could be."""
    assert read("positions", "- **demands**: close it") is None
