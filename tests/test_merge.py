# ruff: noqa: E501
"""Merging a person's page with a fresh one."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.merge import diff, merge, resolve
from generator.page import anchor_of, parse, render
from generator.tidy import tidy
from tests.edits import edit_by_hand, edit_upstream
from tests.pages import OLDER, PAGE, edited

ROOT = Path(__file__).parents[1]
ORSK_QUOTE = """\
> “We need the convoys to move,”
> “and we need them now.”

— Lena Orsk, Foreign Minister of Marovia [¶ 2](#p2){#q-1a2b3c}
"""
REHN_QUOTE = """\
> “The bridge will need weeks of work,”

— Tomas Rehn, Velmar's chief negotiator [¶ 3](#p3){#q-44de10}
"""
REHN_STEP = "- [ ] **Tomas Rehn** (planned): inspect the bridge [¶ 3](#p3){#n-0c9d11}\n"
NEW_STEP = "- [ ] **Marovia** (planned): send the convoys [¶ 4](#p4){#n-5e5e5e}\n"
# What a later run of the generator brings: a new step, a better role, a corrected date, another title.
FRESH = edited(
    PAGE,
    (REHN_STEP, REHN_STEP + NEW_STEP),
    ("- **Tomas Rehn**, Velmar's chief negotiator [", "- **Tomas Rehn**, chief negotiator of Velmar ["),
    ("(agreed, 2026-03-10, “next Tuesday”)", "(scheduled, 2026-03-10, “next Tuesday”)"),
    ("title: Ministers agree to reopen the Velmar crossing", "title: The Velmar crossing reopens"),
    ("tags: [border, trade]", "tags: [border, transport]"),
)


def merged(*mine: tuple[str, str], fresh: str = FRESH) -> str:
    """The text of a merge that has to go without a conflict; its page can be read."""
    result = merge(PAGE, edited(PAGE, *mine), fresh)
    assert result.conflicts == ()
    parse(result.text)
    return result.text


def test_page_is_in_normal_form() -> None:
    """The page these tests edit is one that the generator could have written."""
    assert render(parse(PAGE)) == PAGE
    assert tidy(PAGE) == PAGE


def test_no_edit_gives_fresh() -> None:
    """A page that nobody edited becomes the fresh one."""
    assert merge(PAGE, PAGE, FRESH).text == FRESH


def test_nothing_new_gives_mine() -> None:
    """Where nothing new was generated a person's page stays as it is, white space and all."""
    mine = PAGE.replace("\n\n## Quotes", "\n\n\n\n## Quotes  ") + "\n\n"
    assert merge(PAGE, mine, PAGE).text == mine


def test_same_on_both_sides_gives_that() -> None:
    """What a person and the generator changed alike is no conflict."""
    assert merge(PAGE, FRESH, FRESH).text == FRESH


EDITS = {
    "edited text": [("rejected a longer closure [", "rejected a closure until May [")],
    "ticked step": [("- [ ] **Tomas Rehn**", "- [x] **Tomas Rehn**")],
    "reworded sentence": [("wait for a second round. [¶ 4]\n", "wait for another round. [¶ 4]\n")],
    "deleted sentence": [("  Convoys will wait for a second round. [¶ 4]\n", "")],
    "added sentence": [("second round. [¶ 4]\n", "second round. [¶ 4]\n  Velmar is glad.\n")],
    "deleted entry": [(REHN_QUOTE + "\n", "")],
    "added entry without an id": [(REHN_STEP, REHN_STEP + "- [ ] **Velmar** (planned): paint the bridge\n")],
    "added quote": [(REHN_QUOTE, '> "Not before May."\n\n— Jane Roe, mayor\n\n' + REHN_QUOTE)],
    "added section": [("## Timeline", "## What we make of it\n\nThis is our view.\n\n- and a list\n\n## Timeline")],
    "note between entries": [(REHN_STEP, "  Ask him when.\n" + REHN_STEP)],
    "note under a heading": [("### Tomas Rehn\n", "### Tomas Rehn\n\nSee also Friday's page.\n")],
    "renamed heading": [("## Next steps", "## What happens next")],
    "corrected speaker": [("— Tomas Rehn, Velmar's chief negotiator [¶ 3]", "— Lena Orsk [¶ 3]")],
    "corrected stance": [("**expects** (the bridge)", "**warns** (the bridge)")],
    "comment in YAML": [("tags: [border", "# ours: see the list on the wall\ntags: [border")],
    "comment behind a value": [("  publisher: Harbour Post", "  publisher: Harbour Post  # the evening edition")],
    "new key": [("tags: [border", "desk: foreign\nhide: [toc]\ntags: [border")],
    "actor with a comment": [("name: Marovia, kind: state}", "name: Marovia, kind: state} # not the river")],
    "alias": [("name: Velmar, kind: state}", "name: Velmar, kind: state, aliases: [Velmar City]}")],
    "moved position": [
        ("- **opposes**: rejected a longer closure [¶ 2](#p2){#p-51aa0e} *check this*\n", ""),
        ("(#p3){#p-99b1c2}\n", "(#p3){#p-99b1c2}\n- **opposes**: rejected a longer closure [¶ 2](#p2){#p-51aa0e}\n"),
    ],
    "key actor": [
        ("- **Velmar** [¶ 1](#p1){#a-velmar}\n", ""),
        ("chief negotiator [¶ 3](#p3){#a-tomas-rehn}\n", "chief negotiator [¶ 3](#p3){#a-tomas-rehn}\n- **Velmar** [¶ 1](#p1){#a-velmar}\n"),
    ],
    "unusual white space": [("## Quotes\n\n", "## Quotes\n\n\n\n"), ("- **Marovia** [", "-   **Marovia** [")],
    "emphasis": [("We need the convoys to move [", "We need the convoys to **move** [")],
    "note in the source": [("**¶ 3**{#p3}", "Our photographer was there.\n\n**¶ 3**{#p3}")],
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_stays_and_the_new_comes_in(name: str) -> None:
    """An edit of a person is what it does to the page it was made on, also on the fresh page."""
    assert merged(*EDITS[name]) == edited(FRESH, *_on_fresh(EDITS[name]))


def _on_fresh(edits: list[tuple[str, str]]) -> list[tuple[str, str]]:
    # The same edit by hand on the fresh page, where the lines around it read differently.
    pairs = [
        (REHN_STEP + "- [ ] **Velmar** (planned): paint", REHN_STEP + "- [ ] **Velmar** (planned): paint"),
        ("Velmar's chief negotiator [¶ 3](#p3){#a-", "chief negotiator of Velmar [¶ 3](#p3){#a-"),
        ("chief negotiator [¶ 3](#p3){#a-", "chief negotiator of Velmar [¶ 3](#p3){#a-"),
    ]
    out = []
    for old, new in edits:
        for before, after in pairs:
            old, new = old.replace(before, after), new.replace(before, after)
        out.append((old, new))
    return out


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_stays_with_crlf(name: str) -> None:
    """A page saved with CRLF line ends keeps them, and merges as any other."""
    mine = edited(PAGE, *EDITS[name]).replace("\n", "\r\n")
    result = merge(PAGE, mine, FRESH)
    assert result.text == merged(*EDITS[name]).replace("\n", "\r\n")


def test_deleted_entry_stays_deleted_when_it_is_generated_anew() -> None:
    """An entry that a person took out does not come back, also when its wording was corrected."""
    fresh = edited(
        FRESH, ("“The bridge will need weeks of work,”", "“The bridge will need many weeks of work,”")
    )
    fresh = fresh.replace("q-44de10", "q-ffffff")
    text = merged((REHN_QUOTE + "\n", ""), fresh=fresh)
    assert "weeks of work,”" not in text
    assert text == fresh.replace(
        REHN_QUOTE.replace("need weeks", "need many weeks").replace("q-44de10", "q-ffffff") + "\n", ""
    )


def test_entry_that_the_generator_drops_goes_where_nobody_touched_it() -> None:
    """What is no longer generated leaves the page, and its heading with the last entry below it."""
    group = PAGE[PAGE.index("### Tomas Rehn") : PAGE.index("## Quotes")]
    fresh = edited(PAGE, (group, ""))
    assert merged(("title: Ministers", "title: Two ministers"), fresh=fresh) == edited(
        fresh, ("title: Ministers", "title: Two ministers")
    )


def test_edited_entry_stays_while_the_article_says_it() -> None:
    """An entry that a person edited stays when the generator no longer finds it, if its words stand."""
    fresh = edited(PAGE, (REHN_QUOTE + "\n", ""))
    text = merged(("— Tomas Rehn, Velmar's chief negotiator [¶ 3]", "— Lena Orsk [¶ 3]"), fresh=fresh)
    assert parse(text).quotes[1].speaker == "lena-orsk"


def test_edited_entry_that_the_article_no_longer_says_is_a_conflict() -> None:
    """A person decides about an entry they edited whose words a corrected article has dropped."""
    fresh = edited(PAGE, (REHN_QUOTE + "\n", ""), ('"The bridge will need weeks of work," said', "So said"))
    mine = edited(PAGE, ("— Tomas Rehn, Velmar's chief negotiator [¶ 3]", "— Lena Orsk [¶ 3]"))
    result = merge(PAGE, mine, fresh)
    (conflict,) = result.conflicts
    assert "— Lena Orsk [¶ 3]" in conflict.mine
    assert conflict.fresh == ""


def test_corrected_quote_keeps_a_corrected_speaker() -> None:
    """Words from the corrected article and the speaker that a person put right meet in one quote."""
    fresh = edited(PAGE, ("need weeks of work,”", "need many weeks of work,”"), ("q-44de10", "q-ffffff"))
    text = merged(("— Tomas Rehn, Velmar's chief negotiator [¶ 3]", "— Orsk [¶ 3]"), fresh=fresh)
    quote = parse(text).quotes[1]
    assert (quote.speaker, quote.parts, quote.id) == (
        "lena-orsk",
        ("The bridge will need many weeks of work,",),
        "q-ffffff",
    )


def test_ticked_step_keeps_its_tick_when_its_date_changes() -> None:
    """What a person and the generator changed in one line comes together by what it says."""
    text = merged(("- [ ] **Marovia, Velmar**", "- [x] **Marovia, Velmar**"))
    step = parse(text).next_steps[0]
    assert (step.done, step.status) == (True, "scheduled")


def test_entry_is_found_without_its_anchor() -> None:
    """A person who takes an anchor away still has the same entry; it gets no second copy."""
    text = merged((" [¶ 3](#p3){#n-0c9d11}", ""), fresh=FRESH)
    assert text.count("inspect the bridge") == PAGE.count("inspect the bridge")


def test_moved_entries_keep_their_order() -> None:
    """Entries in a person's order stay so; new ones come in behind the one they follow."""
    first = "- [ ] **Marovia, Velmar** (agreed, 2026-03-10, “next Tuesday”): the crossing will reopen next Tuesday [¶ 4](#p4){#n-77aa10}\n"
    text = merged((first + REHN_STEP, REHN_STEP + first))
    assert [step.id for step in parse(text).next_steps] == ["n-0c9d11", "n-5e5e5e", "n-77aa10"]


def test_reordered_sections_stay_so() -> None:
    """Sections stand as a person arranged them, with what is new in each."""
    steps = PAGE[PAGE.index("## Next steps") : PAGE.index("## Timeline")]
    mine = PAGE.replace(steps, "").replace("## Positions", steps + "## Positions")
    result = merge(PAGE, mine, FRESH)
    assert result.conflicts == ()
    assert (
        result.text.index("## Next steps")
        < result.text.index("## Positions")
        < result.text.index("## Quotes")
    )
    assert NEW_STEP in result.text


def test_evidence_moves_with_its_paragraph() -> None:
    """A person's entries follow their paragraph when the corrected article counts differently."""
    fresh = next(
        text
        for seed in range(100)
        if "A correction 0" in (text := render(edit_upstream(parse(PAGE), Random(seed), 1)))
    )
    added = "- **warns** (the bridge): *no* convoys before May [¶ 3](#p3)\n"
    text = merged(("### Tomas Rehn\n\n", "### Tomas Rehn\n\n" + added), fresh=fresh)
    assert added.replace("3", "4") in text


def test_both_changed_one_line_is_a_conflict_between_marks() -> None:
    """Where both changed the same, both stand on the page; a person's side is what it says meanwhile."""
    mine = edited(PAGE, ("rejected a longer closure [", "rejected a closure until May ["))
    fresh = edited(PAGE, ("rejected a longer closure [", "rejected any longer closure ["))
    result = merge(PAGE, mine, fresh)
    (conflict,) = result.conflicts
    lines = result.text.split("\n")
    assert lines[conflict.line - 1].startswith("<<<<<<< mine: changed by hand")
    assert lines[conflict.end - 1] == ">>>>>>> fresh"
    assert [position.text for position in parse(result.text).positions][1] == "rejected a closure until May"
    assert resolve(result.text, "mine") == mine
    assert resolve(result.text, "fresh") == fresh


def test_conflict_in_the_front_matter() -> None:
    """A title that both changed stands twice, and the page can still be read."""
    result = merge(PAGE, edited(PAGE, ("title: Ministers", "title: Two ministers")), FRESH)
    (conflict,) = result.conflicts
    assert conflict.line == 2
    assert parse(result.text).title == "Two ministers agree to reopen the Velmar crossing"
    assert "title: The Velmar crossing reopens" in resolve(result.text, "fresh")


def test_unsettled_page_is_left_alone() -> None:
    """A page with open conflicts comes back as it is, and says so."""
    result = merge(PAGE, edited(PAGE, ("title: Ministers", "title: Two ministers")), FRESH)
    again = merge(FRESH, result.text, PAGE)
    assert again.text == result.text
    assert again.conflicts == result.conflicts


@pytest.mark.parametrize("base", [None, "", "spoilt \x00"])
def test_page_without_a_base_loses_nothing(base: str | None) -> None:
    """Where the base is gone or spoilt, entries of both pages stay, and what differs is a conflict."""
    mine = edited(PAGE, (REHN_STEP, REHN_STEP + "- [ ] paint the bridge\n"), (REHN_QUOTE + "\n", ""))
    result = merge(base, mine, FRESH)
    for line in (REHN_QUOTE, NEW_STEP, "- [ ] paint the bridge\n"):
        assert line in result.text


def test_one_corrected_sentence_changes_few_lines() -> None:
    """When one sentence of the article changes, the page changes where it says it, and nowhere else."""
    fresh = edited(
        PAGE,
        ('"The bridge will need weeks of work," said', '"The bridge will need months of work," said'),
        ("“The bridge will need weeks of work,”", "“The bridge will need months of work,”"),
        ("The bridge will need weeks of work [", "The bridge will need months of work ["),
    )
    mine = edited(PAGE, ("## Timeline", "## Our view\n\nWait.\n\n## Timeline"))
    old, new = mine.split("\n"), merge(PAGE, mine, fresh).text.split("\n")
    assert sum(one != other for one, other in zip(old, new, strict=True)) == 3


def test_summary_merges_by_sentence() -> None:
    """Each side's sentences come together; one that both reworded stands twice until a person decides."""
    first = "Marovia and Velmar agreed on Tuesday to reopen their only crossing. [¶ 1]\n"
    second = "  Convoys will wait for a second round. [¶ 4]\n"
    mine = (second, second.replace("a second", "another") + "  Ours: for now.\n")
    fresh = edited(PAGE, (first, first.replace("on Tuesday ", "")), (second, "  It rains. [¶ 3]\n" + second))
    result = merge(PAGE, edited(PAGE, mine), fresh)
    assert result.conflicts == ()
    assert [(s.text, s.paragraph) for s in parse(result.text).summary] == [
        ("Marovia and Velmar agreed to reopen their only crossing.", 1),
        ("It rains.", 3),
        ("Convoys will wait for another round.", 4),
        ("Ours: for now.", None),
    ]
    result = merge(PAGE, edited(PAGE, mine), edited(fresh, ("a second round. [", "a third round. [")))
    (conflict,) = result.conflicts
    assert (conflict.mine, conflict.fresh) == (
        "  Convoys will wait for another round. [¶ 4]",
        "  Convoys will wait for a third round. [¶ 4]",
    )
    assert [s.text for s in parse(result.text).summary][2] == "Convoys will wait for another round."
    assert parse(resolve(result.text, "fresh")).summary[2].text == "Convoys will wait for a third round."


def test_older_page_merges_as_if_it_were_a_new_one() -> None:
    """An edit in the body's summary of an older page comes to the front matter with what is new."""
    mine = edited(OLDER, ("for a second round. [", "for another round. ["))
    result = merge(OLDER, mine, FRESH)
    assert result.conflicts == ()
    assert result.text == edited(FRESH, ("for a second round. [", "for another round. ["))
    assert merge(OLDER, mine, PAGE).text == mine
    assert merge(OLDER, OLDER, FRESH).text == FRESH


def test_row_of_an_actor_keeps_what_is_not_ours() -> None:
    """Further keys and comments in an actor's row are never merged away."""
    row = "{id: velmar, name: Velmar, kind: state}"
    mine = edited(PAGE, (row, row.replace("}", ", wikidata: Q1} # sic")))
    result = merge(PAGE, mine, edited(PAGE, (row, row.replace("}", ", aliases: [V]}"))))
    assert "wikidata: Q1} # sic" in result.text
    assert "aliases: [V]" in result.text


PAGES = [PAGE, *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "briefings").glob("*.md"))[:3])]


@settings(max_examples=int(os.environ.get("EDIT_SCRIPTS", "250")), deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1))
def test_no_word_of_a_person_is_lost(seed: int) -> None:
    """Whatever was edited by hand and changed upstream, everything that a person added is in the result; what
    is new has come in, what a person took out stays out, and merging again changes nothing.

    EDIT_SCRIPTS=2000 tries more of them.
    """
    rng = Random(seed)
    base = rng.choice(PAGES)
    mine, marks = edit_by_hand(base, rng, rng.randint(1, 6))
    for _ in range(2):
        fresh = render(edit_upstream(parse(base), rng, rng.randint(0, 5)))
        result = merge(base, mine, fresh)
        parse(result.text)
        assert [mark for mark in marks if mark not in result.text] == []
        assert merge(base, mine, mine).text == mine
        assert merge(base, base, fresh).text == fresh
        windows = merge(base, mine.replace("\n", "\r\n"), fresh).text
        assert windows == result.text.replace("\n", "\r\n")
        if result.conflicts:
            assert [mark for mark in marks if mark not in resolve(result.text, "mine")] == []
            return
        assert merge(fresh, result.text, fresh).text == result.text
        there = _anchors(result.text)
        assert _anchors(fresh) - _anchors(base) - there == set()
        assert (_anchors(base) & _anchors(fresh)) - _anchors(mine) & there == set()
        tidied = tidy(result.text)
        assert tidy(tidied) == tidied
        assert [mark for mark in marks if mark not in tidied] == []
        base, mine = fresh, result.text
        mine, more = edit_by_hand(mine, rng, rng.randint(0, 3))
        marks = [mark for mark in (*marks, *more) if mark in mine]


def _anchors(text: str) -> set[str]:
    return {anchor for block in parse(text).blocks if (anchor := anchor_of(block))}


def test_diff_tells_what_a_person_changed() -> None:
    """The desk's corrections are listed entry by entry, with each field before and after."""
    mine = edited(
        PAGE,
        ("— Tomas Rehn, Velmar's chief negotiator [¶ 3]", "— Lena Orsk [¶ 3]"),
        ("- [ ] **Tomas Rehn**", "- [x] **Tomas Rehn**"),
        ("  Convoys will wait for a second round. [¶ 4]\n", ""),
        ("## Timeline", "## Our view\n\n## Timeline"),
        ("tags: [border, trade]", "tags: [border]"),
    )
    SECOND = parse(PAGE).summary[1]
    changes = {(change.kind, change.section, change.id): change for change in diff(PAGE, mine)}
    assert set(changes) == {
        ("changed", "front matter", "tags"),
        ("deleted", "summary", SECOND.id),
        ("changed", "quotes", "q-44de10"),
        ("changed", "next-steps", "n-0c9d11"),
        ("added", "Our view", ""),
    }
    assert changes["changed", "quotes", "q-44de10"].fields["speaker"] == ("tomas-rehn", "lena-orsk")
    assert changes["changed", "next-steps", "n-0c9d11"].fields == {"done": (False, True)}
