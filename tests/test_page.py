# ruff: noqa: E501
"""Writing a page and reading it back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.briefing import Actor, Briefing, Heading, Item, NextStep, Position, Quote, Verbatim
from generator.errors import BriefingError
from generator.page import new_briefing, parse, render
from generator.tidy import tidy
from tests.awkward import briefings
from tests.pages import OLDER, PAGE, edited

LAWS = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@LAWS
@given(briefing=briefings())
def test_parse_is_the_inverse_of_render(briefing: Briefing) -> None:
    """Reading a page that was written gives the same briefing, whatever the article said."""
    page = render(briefing)
    assert parse(page) == briefing
    assert render(parse(page)) == page


@LAWS
@given(briefing=briefings())
def test_tidy_leaves_generated_pages_alone(briefing: Briefing) -> None:
    """A page as it was generated is in normal form."""
    page = render(briefing)
    assert tidy(page) == page


@LAWS
@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_body_is_an_error(text: str) -> None:
    """Whatever a person writes below the front matter, the page can be read, and tidied once and for all."""
    page = f"---\ntitle: t\ndate: 2025-05-17\n---\n{text}"
    try:
        parse(page)
    except BriefingError:
        assert "---" in text or "..." in text  # the text closed the front matter anew
        return
    tidied = tidy(page, path="a.md")
    assert tidy(tidied, path="a.md") == tidied


LINES = PAGE.split("\n")


@pytest.mark.parametrize("at", range(LINES.index("## Key actors"), len(LINES)))
@pytest.mark.parametrize(
    "note",
    [
        "A note, of *two* words.",
        "> a quoted note without an end",
        "```\n## no heading\n- no item\n```",
        "<b>html</b>",
    ],
)
def test_a_note_anywhere_comes_back(at: int, note: str) -> None:
    """A note that a person puts between any two lines of a page is there after reading, writing and tidying."""
    page = "\n".join([*LINES[:at], "", note, "", *LINES[at:]])
    for again in (render(parse(page)), tidy(page)):
        for line in note.split("\n"):
            assert line.replace("> a", "a") in again.replace("“", "").replace("> a", "a")


def test_notes_keep_their_white_space() -> None:
    """Inside of a note nothing is changed: indentation, tabs and doubled spaces stay."""
    note = "    indented  twice\n\twith a tab\n  * and a list   "
    page = edited(PAGE, ("## Quotes", f"{note}\n\n## Quotes"))
    assert f"\n{note}\n" in tidy(page)


def read(*changes: tuple[str, str]) -> Briefing:
    return parse(edited(PAGE, *changes))


def test_corrected_speaker_moves_the_quote() -> None:
    """A quote belongs to whom its line names, by name or alias, with or without a role."""
    for line in ("— Lena Orsk, minister", "— Orsk", "-- ORSK, minister", "– Lena Orsk"):
        quote = read(("— Tomas Rehn, Velmar's chief negotiator [¶ 3]", f"{line} [¶ 3]")).quotes[1]
        assert (quote.speaker, quote.speaker_text) == ("lena-orsk", "Lena Orsk")


def test_speaker_who_is_no_actor_is_told_as_written() -> None:
    """A source that the page does not know keeps the words that stand there."""
    quote = read(("— Tomas Rehn, Velmar's chief negotiator [", "— an official, speaking at night [")).quotes[
        1
    ]
    assert (quote.speaker, quote.speaker_text, quote.role) == (None, "an official, speaking at night", None)


def test_someone_added_under_key_actors_can_speak() -> None:
    """An actor that a person adds to the body is one, in the front matter too once the page is tidied."""
    page = edited(
        PAGE,
        ("- **Tomas Rehn**, Velmar's", "- Jane Roe, mayor of Velmar\n- **Tomas Rehn**, Velmar's"),
        ("— Tomas Rehn, Velmar's chief negotiator [¶ 3]", "— Jane Roe, mayor [¶ 3]"),
    )
    briefing = parse(page)
    assert briefing.quotes[1].speaker == "jane-roe"
    assert briefing.actor("jane-roe") == Actor("jane-roe", "Jane Roe", None, "mayor of Velmar", key=True)
    assert "  - {id: jane-roe, name: Jane Roe}\n" in tidy(page)


def test_name_corrected_in_the_front_matter() -> None:
    """A name put right in the front matter still owns what the body says under the old one."""
    briefing = read(("name: Lena Orsk,", "name: Lena Orská,"))
    assert briefing.quotes[0].speaker == "lena-orsk"
    assert briefing.positions[0].actor_text == "Lena Orská"


def test_role_stance_owner_date_and_tick_take_effect() -> None:
    """What a person corrects in an entry is what the briefing says."""
    briefing = read(
        ("- **Lena Orsk**, Foreign Minister of Marovia [", "- **Lena Orsk**, Prime Minister [¶ 2](#p2) ["),
        ("- **expects** (the bridge)", "- **warns** (Velmar)"),
        ("- [ ] **Tomas Rehn** (planned)", "- [x] **Lena Orsk and Velmar** (agreed, 2026-04, “in April”)"),
    )
    assert (briefing.positions[2].stance, briefing.positions[2].target) == ("warns", "Velmar")
    step = briefing.next_steps[1]
    assert (step.owners, step.status, step.date, step.when, step.done) == (
        ("lena-orsk", "velmar"), "agreed", "2026-04", "in April", True,
    )  # fmt: skip


def test_moved_actor_is_a_key_actor() -> None:
    """Who stands under Key actors is one; who is moved to Other actors is none."""
    line = "- **Velmar** [¶ 1](#p1){#a-velmar}\n"
    briefing = read((line, ""), ("- **Tomas Rehn**, Velmar's", line + "- **Tomas Rehn**, Velmar's"))
    actor = briefing.actor("velmar")
    assert actor is not None
    assert actor.key


LOOSE = {
    "star for a bullet": ("- **expects** (the bridge): The", "* **expects** (the bridge): The"),
    "no bold": ("- **expects** (the bridge): The", "- expects (the bridge): The"),
    "capital and dash": ("- **expects** (the bridge): The", "- **Expects** the bridge – The"),
    "colon inside": ("- **expects** (the bridge): The", "- **expects the bridge:** The"),
    "wrapped": ("The bridge will need weeks of work [", "The bridge will need\n  weeks of work ["),
    "attribute list with a colon": ("{#p-99b1c2}", "{: #p-99b1c2 }"),
    "evidence in brackets": ("[¶ 3](#p3){#p-99b1c2}", "(¶ 3) {#p-99b1c2}"),
    "evidence without its sign": ("[¶ 3](#p3){#p-99b1c2}", "[3](#p3){#p-99b1c2}"),
}


@pytest.mark.parametrize("name", LOOSE)
def test_loose_position_is_understood(name: str) -> None:
    """A position typed in another way than the generator's says the same, and tidying dresses it."""
    old, new = LOOSE[name]
    page = PAGE.replace(old, new) if "need\n" not in new else PAGE.replace(old, new, 1)
    expected = parse(PAGE).positions[2]
    assert parse(page).positions[2] == expected
    assert tidy(page) == PAGE


LOOSE_QUOTES = {
    "straight marks": '> "We need the convoys to move,"\n> "and we need them now."\n\n— Lena Orsk, Foreign Minister of Marovia [¶ 2](#p2){#q-1a2b3c}',
    "speaker inside": "> “We need the convoys to move,”\n> “and we need them now.”\n> — Lena Orsk, Foreign Minister of Marovia [¶ 2](#p2){#q-1a2b3c}",
    "speaker inside, apart": "> “We need the convoys to move,”\n>\n> “and we need them now.”\n>\n> – Lena Orsk, Foreign Minister of Marovia [¶ 2](#p2){#q-1a2b3c}",
    "wrapped": "> “We need the convoys\n> to move,”\n> “and we need them now.”\n— Lena Orsk, Foreign Minister\nof Marovia [¶ 2](#p2){#q-1a2b3c}",
}


@pytest.mark.parametrize("name", LOOSE_QUOTES)
def test_loose_quote_is_understood(name: str) -> None:
    """A quote typed in another way than the generator's says the same, and tidying dresses it."""
    usual = PAGE[PAGE.index("> “We need") : PAGE.index("\n\n> “The bridge")]
    page = PAGE.replace(usual, LOOSE_QUOTES[name])
    assert parse(page).quotes == parse(PAGE).quotes
    assert tidy(page) == PAGE


def test_quote_without_marks_or_speaker() -> None:
    """A block quote that a person adds is a quote of nobody's until they say whose."""
    quote = read(("## Next steps", "> Not before May.\n\n## Next steps")).quotes[2]
    assert quote == Quote("", None, None, None, ("Not before May.",), None)


def test_step_that_is_only_a_task() -> None:
    """A task that a person jots down is a next step with nothing but its words."""
    step = read(("## Timeline", "- [ ] call the ministry\n\n## Timeline")).next_steps[2]
    assert step == NextStep("", (), (), "call the ministry", None, None, None, None)


def test_what_is_not_understood_stays_a_note() -> None:
    """A line that is no entry stays where it is, as it is, and says nothing."""
    line = "- fears the bridge, as ever"
    briefing = read(("- **expects** (the bridge)", f"{line}\n- **expects** (the bridge)"))
    assert Verbatim(line) in briefing.blocks
    assert len(briefing.positions) == 3


def test_emphasis_in_an_entry_stays() -> None:
    """Marks that a person puts into an entry stay on the page, and its words are read without them."""
    page = edited(
        PAGE, ("We need the convoys to move [", "We need the **convoys** to [move](https://x.example) [")
    )
    assert parse(page).positions[0].text == "We need the convoys to move"
    assert tidy(page) == page


def test_renamed_heading_is_known_by_its_entries() -> None:
    """A section keeps its meaning under a heading of the desk's own."""
    briefing = read(("## Next steps", "## To watch"), ("## Source", "## What the article says"))
    assert len(briefing.next_steps) == 2
    assert len(briefing.paragraphs) == 5


def test_entry_under_a_foreign_heading_is_known_by_its_anchor() -> None:
    """A quote that a person moved into a section of their own is still one."""
    page = PAGE.replace("## Quotes", "## Picks")
    quote = PAGE[PAGE.index("> “The bridge") : PAGE.index("## Next steps")]
    page = PAGE.replace(quote, "").replace("## Timeline", f"## Our pick\n\n{quote}## Timeline")
    assert [quote.id for quote in parse(page).quotes] == ["q-1a2b3c", "q-44de10"]


def test_tidy_gives_anchors_once() -> None:
    """Entries that people added, or copied with their anchor, get one of their own."""
    step = "- [ ] **Tomas Rehn** (planned): inspect the bridge [¶ 3](#p3){#n-0c9d11}\n"
    page = edited(PAGE, (step, f"{step}- [x] **Velmar** (planned): paint it [¶ 3](#p3)\n{step}- [ ] rest\n"))
    tidied = tidy(page)
    ids = [step.id for step in parse(tidied).next_steps]
    assert len(set(ids)) == 5
    assert all(ids)
    assert ids[1] == "n-0c9d11"
    assert tidy(tidied) == tidied


def test_older_page_is_read_and_brought_up_to_date() -> None:
    """A page with its summary in the body says the same as before; tidying moves it to the front matter."""
    now, before = parse(PAGE), parse(OLDER)
    assert [(s.text, s.paragraph) for s in before.summary] == [(s.text, s.paragraph) for s in now.summary]
    assert before.summary[0].id == "s-4be01c"
    assert tidy(OLDER) == PAGE
    assert tidy(OLDER.replace("\n", "\r\n")) == PAGE.replace("\n", "\r\n")


OLDER_EDITS = {
    "reworded": ("Convoys will wait for a second round. [", "Convoys *have* to wait [", "*have* to wait"),
    "link": ("- Convoys will", "- [Convoys](https://x.example) will", "(https://x.example)"),
    "note": ("## Key actors", "Ask the desk.\n\n## Key actors", "Ask the desk."),
    "plain words": (
        "Convoys will wait for a second round. [",
        "Nobody: not “yet” # [",
        "Nobody: not “yet” #",
    ),
    "no mark": (" [¶ 4](#p4){#s-0d11aa}", "", "  Convoys will wait for a second round.\n"),
    "wrapped": (
        "for a second round. [",
        "for a\n  second round. [",
        "  Convoys will wait for a second round. [¶ 4]",
    ),
}


@pytest.mark.parametrize("name", OLDER_EDITS)
def test_nothing_is_lost_on_the_way_up(name: str) -> None:
    """What a person did to an older summary is there after tidying, and tidying again changes nothing."""
    old, new, kept = OLDER_EDITS[name]
    tidied = tidy(edited(OLDER, (old, new)))
    assert kept in tidied
    assert len(parse(tidied).summary) == 2
    assert ("## Summary" in tidied) == (name in ("reworded", "link", "note"))
    assert tidy(tidied) == tidied


def test_section_added_by_hand_joins_the_summary() -> None:
    """Who writes a Summary section today finds its sentences behind those of the front matter, each once."""
    page = edited(
        PAGE,
        (
            "## Key actors",
            "## Summary\n\n- Rain is likely.\n- Convoys will wait for a second round.\n\n## Key actors",
        ),
    )
    tidied = tidy(page)
    assert [each.text for each in parse(tidied).summary][1:] == [
        "Convoys will wait for a second round.",
        "Rain is likely.",
    ]
    assert "## Summary" not in tidied


def test_role_in_the_front_matter_counts_and_moves_to_its_line() -> None:
    """A role typed where the actor is listed is the actor's role, and stands in one place after tidying."""
    page = edited(PAGE, ("name: Tomas Rehn, kind: person}", "name: Tomas Rehn, kind: person, role: envoy}"))
    actor = parse(page).actor("tomas-rehn")
    assert actor is not None
    assert actor.role == "envoy"
    assert tidy(page) == edited(
        PAGE, ("- **Tomas Rehn**, Velmar's chief negotiator", "- **Tomas Rehn**, envoy")
    )


def test_tidy_names_the_page() -> None:
    """A page without an id gets the one its file name gives it, below the date."""
    page = edited(PAGE, ("id: 2026-03-03-velmar-border-talks\n", ""))
    assert "date: 2026-03-03\nid: velmar\nsource:" in tidy(page, path="briefings/velmar.md")


def test_tidy_keeps_line_ends() -> None:
    """A page with CRLF line ends has them after tidying."""
    page = PAGE.replace("\n", "\r\n")
    assert tidy(page) == page


def test_foreign_keys_are_typed_for_others() -> None:
    """Keys that are not ours are what every YAML reader makes of them, and stay where they are."""
    page = edited(PAGE, ("tags: [border", "hide: [toc]\nsearch: {exclude: true}\ntags: [border"))
    assert parse(page).extra == {"hide": ["toc"], "search": {"exclude": True}}
    assert tidy(page) == page


@pytest.mark.parametrize(
    "title",
    ["no", "12:30", "0123", "1e3", "null", "~", "2025-05-17", "a: b", "#1", "'x'", '"x"', "- x", "[a]"],
)
def test_title_stays_text(title: str) -> None:
    """Text that YAML 1.1 would take for something else stays text on its way through a page."""
    briefing = Briefing("x", title, date(2025, 5, 17), parse(PAGE).source, (title,), (), ())
    assert parse(render(briefing)).title == title
    assert parse(render(briefing)).tags == (title,)


def test_unquoted_title_is_text() -> None:
    """A person need not know what YAML makes of `no` or `12:30`."""
    for title in ("no", "12:30", "0123"):
        assert (
            read(("title: Ministers agree to reopen the Velmar crossing", f"title: {title}")).title == title
        )


def test_anchors_of_yaml_are_refused() -> None:
    """A few lines of YAML that would unfold to gigabytes are an error, not a crash."""
    bomb = "tags: &a [x, x]\nactors: [*a, *a]\n"
    with pytest.raises(BriefingError, match=r"x\.md:4: YAML anchors do not work here"):
        parse(f"---\ntitle: t\ndate: 2025-05-17\n{bomb}---\n", path="x.md")


def test_new_briefing_is_an_empty_page() -> None:
    """A page to be written by hand has a title, a date, an id of its own and the headings."""
    briefing = new_briefing(
        "Harbour talks: resumed", date(2026, 3, 3), taken={"2026-03-03-harbour-talks-resumed"}
    )
    page = render(briefing)
    assert parse(page) == briefing
    assert page.startswith(
        '---\ntitle: "Harbour talks: resumed"\ndate: 2026-03-03\nid: 2026-03-03-harbour-talks-resumed-2\nsummary: |\n---\n'
    )
    assert [block.text for block in briefing.blocks if isinstance(block, Heading)] == [
        "Key actors", "Positions", "Quotes", "Next steps", "Timeline",
    ]  # fmt: skip


def test_open_conflict_is_not_written_over() -> None:
    """A briefing read from a page with open conflicts cannot be written out: the other side would be lost."""
    page = edited(
        PAGE, ("## Timeline", "<<<<<<< mine: both\n- a\n=======\n- b\n>>>>>>> fresh\n\n## Timeline")
    )
    with pytest.raises(BriefingError, match="a conflict stands here"):
        render(parse(page))
    assert tidy(page) == page


def test_lines_are_those_of_the_file() -> None:
    """Every block knows its line, so that findings and errors can be clicked."""
    rows = PAGE.split("\n")
    for block in parse(PAGE).blocks:
        if isinstance(block, Item) and isinstance(block.value, Position):
            assert block.value.id in rows[block.line - 1]
