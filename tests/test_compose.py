# ruff: noqa: E501
"""Article and analysis become a briefing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.analysis.model import Actor, Analysis, Event, NextStep, Position, Quote
from generator.article import Article, Block, Span
from generator.briefing import Heading
from generator.compose import compose, default_id
from generator.page import parse, render

BLOCKS = (
    '"We want the bridge open," said Lena Orsk, Foreign Minister of Marovia. "And we want it open by May."',
    "The bridge in numbers",
    "Tomas Rehn and Orsk will meet on Friday. An official warned that repairs could take weeks.",
)
PROSE = "\n\n".join(BLOCKS)
STARTS = (0, len(BLOCKS[0]) + 2, len(BLOCKS[0]) + len(BLOCKS[1]) + 4)
ARTICLE = Article(
    path="seeds/2026-03-03-bridge.txt",
    sha256="0" * 64,
    text=PROSE,
    prose=PROSE,
    blocks=tuple(
        Block(start, start + len(text), heading=text.endswith("numbers"))
        for start, text in zip(STARTS, BLOCKS, strict=True)
    ),
    pieces=((0, 0),),
    date=date(2026, 3, 3),
    publisher="Harbour Post",
    credits=("Norvane Wire",),
    tags=("bridges",),
)


def at(words: str) -> Span:
    start = PROSE.index(words)
    return start, start + len(words)


ORSK = Actor(
    "lena-orsk",
    "Lena Orsk",
    "person",
    "Foreign Minister of Marovia",
    "marovia",
    ("Orsk",),
    (at("Lena Orsk"),),
    False,
)
REHN = Actor("tomas-rehn", "Tomas Rehn", "person", None, None, (), (at("Tomas Rehn"),), True)
ANALYSIS = Analysis(
    title="Bridge to open",
    summary=(at("Tomas Rehn and Orsk will meet on Friday."),),
    actors=(ORSK, REHN),
    attributions=(),
    quotes=(
        Quote("lena-orsk", "Orsk", (at("We want the bridge open,"), at("And we want it open by May."))),
        Quote(None, "an official", (at("repairs could take weeks"),), score=0.3),
    ),
    positions=(
        Position(None, "An official", "warns", "repairs", (at("repairs could take weeks"),), score=0.49),
        Position("lena-orsk", "she", "demands", "the bridge", (at("We want the bridge open"),)),
        Position("tomas-rehn", "Rehn", "supports", None, (at("Tomas Rehn"), at("will meet on Friday"))),
    ),
    next_steps=(NextStep(("tomas-rehn", "lena-orsk"), "scheduled", at("on Friday"), "2026-03-06", (at("will meet on Friday"),)),),
    timeline=(
        Event("2026-05", at("by May"), (at("open by May"),)),
        Event("2026-03-06", at("on Friday"), (at("will meet on Friday"),)),
    ),
)  # fmt: skip
BRIEFING = compose(ARTICLE, ANALYSIS)


def test_same_input_same_briefing() -> None:
    """Composing twice gives the same briefing, and its page reads back as it."""
    assert compose(ARTICLE, ANALYSIS) == BRIEFING
    assert parse(render(BRIEFING)) == BRIEFING


def test_sections_in_page_order() -> None:
    """A page has its sections in one order, those without entries left out."""
    titles = [block.text for block in BRIEFING.blocks if isinstance(block, Heading) and block.level == 2]
    assert titles == [
        "Key actors", "Positions", "Quotes", "Next steps", "Timeline", "Other actors", "Source",
    ]  # fmt: skip
    empty = replace(ANALYSIS, quotes=(), timeline=())
    assert not {"Quotes", "Timeline"} & {
        block.text for block in compose(ARTICLE, empty).blocks if isinstance(block, Heading)
    }


def test_entries_name_the_paragraph_that_proves_them() -> None:
    """Paragraphs are counted without the article's inline headings, which stand between them."""
    assert [(quote.parts, quote.paragraph) for quote in BRIEFING.quotes] == [
        (("We want the bridge open,", "And we want it open by May."), 1),
        (("repairs could take weeks",), 2),
    ]
    assert [(paragraph.text, paragraph.number) for paragraph in BRIEFING.paragraphs] == [
        (BLOCKS[0], 1), (BLOCKS[1], None), (BLOCKS[2], 2),
    ]  # fmt: skip


def test_positions_by_actor() -> None:
    """Positions stand under their holders: key actors first, then the others, then those without a name."""
    groups = [block.text for block in BRIEFING.blocks if isinstance(block, Heading) and block.level == 3]
    assert groups == ["Tomas Rehn", "Lena Orsk", "An official"]
    assert [position.actor for position in BRIEFING.positions] == ["tomas-rehn", "lena-orsk", None]


def test_a_deck_stands_above_the_paragraphs() -> None:
    """What belongs to the headline is on the page, as a line without a number."""
    briefing = compose(replace(ARTICLE, deck=("Valley  remains\tdisputed",)), ANALYSIS)
    first, second = briefing.paragraphs[:2]
    assert (first.text, first.number, second.number) == ("Valley remains disputed", None, 1)
    assert parse(render(briefing)) == briefing


def test_apart_words_are_joined_by_an_ellipsis() -> None:
    """Words that do not stand together in the article are shown with a gap between them."""
    assert BRIEFING.positions[0].text == "Tomas Rehn … will meet on Friday"


def test_speakers_stand_with_name_and_role() -> None:
    """A quote names its speaker as the page does, an unnamed source in the article's words."""
    named, unnamed = BRIEFING.quotes
    assert (named.speaker_text, named.role) == ("Lena Orsk", "Foreign Minister of Marovia")
    assert (unnamed.speaker, unnamed.speaker_text, unnamed.role) == (None, "an official", None)


def test_a_pronoun_names_nobody() -> None:
    """Who is only called "they" or "he" holds no position on the page, and a quote of his has no speaker."""
    briefing = compose(
        ARTICLE,
        replace(
            ANALYSIS,
            positions=(replace(ANALYSIS.positions[0], actor_text="They"), ANALYSIS.positions[1]),
            quotes=(replace(ANALYSIS.quotes[1], speaker_text="he"),),
        ),
    )
    assert [position.actor for position in briefing.positions] == ["lena-orsk"]
    assert [quote.speaker_text for quote in briefing.quotes] == [None]
    assert parse(render(briefing)) == briefing


def test_one_heading_for_holders_of_one_name() -> None:
    """Holders that are no actors share one, where only the beginning of a sentence tells them apart."""
    found = ANALYSIS.positions
    positions = (
        replace(found[0], actor_text="two officials"),
        replace(found[1], actor=None, actor_text="Two officials"),
    )
    briefing = compose(ARTICLE, replace(ANALYSIS, positions=positions))
    groups = [block.text for block in briefing.blocks if isinstance(block, Heading) and block.level == 3]
    assert (groups, len(briefing.positions)) == (["two officials"], 2)
    assert parse(render(briefing)) == briefing


def test_a_line_says_nothing_twice() -> None:
    """A target that is the whole position, and a time that is its date, are left out of the line."""
    position = replace(ANALYSIS.positions[0], target="Repairs could take weeks")
    other = replace(ANALYSIS.positions[1], target="The bridge")
    event = Event("2026", (PROSE.index("numbers"), PROSE.index("numbers") + 7), (at("open by May"),))
    briefing = compose(ARTICLE, replace(ANALYSIS, positions=(position, other), timeline=(event,)))
    assert [found.target for found in briefing.positions] == ["the bridge", None]
    assert [found.when for found in briefing.timeline] == ["numbers"]
    year = replace(ARTICLE, prose=PROSE.replace("numbers", "2026   "))
    assert [found.when for found in compose(year, replace(ANALYSIS, timeline=(event,))).timeline] == [None]


def test_unsure_findings_ask_for_a_check() -> None:
    """What scores below a half is marked on the page, the rest is not."""
    assert [quote.unsure for quote in BRIEFING.quotes] == [False, True]
    assert render(BRIEFING).count("*check this*") == 2


def test_timeline_by_date() -> None:
    """Events stand from the earliest to the latest."""
    assert [event.date for event in BRIEFING.timeline] == ["2026-03-06", "2026-05"]


def test_anchors_do_not_depend_on_order() -> None:
    """An entry keeps its anchor when others come or go, so that links to it hold."""
    fewer = compose(ARTICLE, replace(ANALYSIS, quotes=ANALYSIS.quotes[1:]))
    assert fewer.quotes[0].id == BRIEFING.quotes[1].id


def test_one_stance_of_two_holders() -> None:
    """A position that two actors share stands under each, with anchors that tell them apart."""
    shared = tuple(
        replace(ANALYSIS.positions[1], actor=actor, actor_text=actor) for actor in ("lena-orsk", "tomas-rehn")
    )
    briefing = compose(ARTICLE, replace(ANALYSIS, positions=shared))
    ids = {position.actor: position.id for position in briefing.positions}
    assert ids["tomas-rehn"] == ids["lena-orsk"] + "-tomas-rehn"
    assert parse(render(briefing)) == briefing


def test_one_actor_for_each_name() -> None:
    """Two actors of one name are one on the page, and what either said is that one's."""
    twin = replace(REHN, id="tomas-rehn-2", role="negotiator")
    quote = Quote("tomas-rehn-2", "Rehn", (at("repairs could take weeks"),))
    briefing = compose(ARTICLE, replace(ANALYSIS, actors=(REHN, twin), quotes=(quote,)))
    assert [(actor.id, actor.role) for actor in briefing.actors] == [("tomas-rehn", "negotiator")]
    assert briefing.quotes[0].speaker == "tomas-rehn"
    assert parse(render(briefing)) == briefing


def test_actor_who_is_not_listed_is_told_in_the_words_of_the_article() -> None:
    """A holder, speaker or owner that is none of the actors keeps what the article calls it."""
    briefing = compose(ARTICLE, replace(ANALYSIS, actors=(ORSK,)))
    position = next(position for position in briefing.positions if position.stance == "supports")
    assert (position.actor, position.actor_text) == (None, "Rehn")
    assert briefing.next_steps[0].owners == ("lena-orsk",)
    assert parse(render(briefing)) == briefing


@pytest.mark.parametrize(
    "path, id",
    [
        ("seeds/2026-03-03-bridge.txt", "2026-03-03-bridge"),
        ("seeds/Ein Brücke, née Steg.html", "2026-03-03-ein-brucke-nee-steg"),
        ("wire/post_2026-03-03_bridge.txt", "2026-03-03-post-bridge"),
        ("wire/bridge-20260303.txt", "2026-03-03-bridge"),
        ("wire/post_2026-02-28_bridge.txt", "2026-03-03-post-2026-02-28-bridge"),
        ("seeds/12345.json", "2026-03-03-bridge-to-open"),
        ("../../etc/../x/北京.txt", "2026-03-03-bridge-to-open"),
    ],
)
def test_id_comes_from_the_file(path: str, id: str) -> None:
    """A briefing is called by its date and its article's file, or by its title where that has no words."""
    assert default_id(replace(ARTICLE, path=path), "Bridge to open") == id
