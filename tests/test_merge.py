# ruff: noqa: E501
"""Merging a person's page with a fresh one."""

from __future__ import annotations

import pytest

from generator.merge import diff, merge, resolve
from generator.page import parse, render, tidy
from tests.pages import PAGE, edited

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
    "emphasis": [("we need the convoys to move [", "we need the convoys to **move** [")],
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
