"""Issues: which positions are about the same thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.briefing import Actor, Briefing, Item, NextStep, Position
from generator.page import new_briefing
from generator.site.index import Site, index
from generator.site.issues import key_words
from generator.site.pages.actors import stands
from generator.site.pages.home import coming, wants
from generator.site.pages.issues import matrix, standing
from generator.site.registry import read_registry

ORSK = Actor("lena-orsk", "Lena Orsk", "person", key=True)
VELK = Actor("tomas-velk", "Tomas Velk", "person", key=True)
UNION = Actor("union", "Dockers’ Union", "organization", key=True)


def page(day: int, *held: tuple[Actor, str, str | None], actors: tuple[Actor, ...] = ()) -> Briefing:
    """A briefing of that day with these positions: holder, stance, target."""
    positions = [
        Item(Position(f"p-{day}{n}", actor.id, actor.name, stance, target, f"{stance} {target}", None))
        for n, (actor, stance, target) in enumerate(held)
    ]
    everyone = tuple(dict.fromkeys([*(actor for actor, _, _ in held), *actors]))
    return replace(new_briefing(f"Day {day}", date(2026, 3, day)), actors=everyone, blocks=tuple(positions))


def grouped(site: Site) -> list[list[str | None]]:
    return [[cited.entry.target for cited in issue.positions] for issue in site.issues]


@pytest.mark.parametrize(
    "target, words",
    [
        ("a full and unconditional cease-fire", ["ceasefire", "unconditional"]),
        ("the 30-day ceasefire", ["ceasefire", "30", "day"]),
        ("a new package of sanctions", ["sanction", "package"]),
        ("night sailings in winter", ["sailing", "night", "winter"]),
        ("the", []),
    ],
)
def test_a_target_is_known_by_its_head_word(target: str, words: list[str]) -> None:
    """The head word comes first, in one form for singular, plural and hyphens; fillers are gone."""
    assert key_words(target) == words


def test_positions_on_one_thing_are_one_issue() -> None:
    """Targets that share the head and another word meet across briefings and actors."""
    site = index(
        [
            page(1, (ORSK, "demands", "the early opening of the harbour gates")),
            page(9, (VELK, "opposes", "an opening of the gates")),
        ]
    )
    assert grouped(site) == [["the early opening of the harbour gates", "an opening of the gates"]]


def test_one_head_word_alone_makes_no_issue() -> None:
    """A deal on fish and a deal on gas stay apart where nothing else ties them."""
    site = index([page(1, (ORSK, "supports", "a fish deal")), page(2, (VELK, "supports", "a gas deal"))])
    assert grouped(site) == []


def test_the_same_people_tie_what_they_talk_about() -> None:
    """One head word is enough where two key actors are in both briefings."""
    site = index(
        [
            page(1, (ORSK, "supports", "a deal"), actors=(VELK,)),
            page(2, (VELK, "opposes", "that deal"), actors=(ORSK,)),
            page(3, (VELK, "warns", "the fish deal"), actors=(ORSK,)),
        ]
    )
    assert grouped(site) == [["a deal", "that deal", "the fish deal"]]


def test_names_are_cut_from_targets() -> None:
    """Two targets that share only an actor's name are not about one thing."""
    site = index(
        [
            page(1, (ORSK, "opposes", "Dockers’ Union plans"), (UNION, "supports", "Dockers’ Union")),
            page(2, (VELK, "opposes", "Dockers’ Union leaders")),
        ]
    )
    assert grouped(site) == []


@pytest.mark.parametrize(
    "targets, name",
    [
        (("any new package of sanctions against Moscow", "the sanctions"), "Sanctions against Moscow"),
        (("compensation for farmers at 900 crowns a hectare", "compensation"), "Compensation for farmers"),
        (("the harbour gates by Friday", "eleven gates"), "Harbour gates"),
        (("every night sailing", "a sailing of her own"), "Night sailing"),
        (("the treaty", "a treaty", "this treaty"), "Treaty"),
        (("the gates", "a gate", "the gates"), "Gates"),
    ],
)
def test_an_issue_is_named_by_a_phrase_of_its_targets(targets: tuple[str, ...], name: str) -> None:
    """The name is the noun phrase used most: no article, number or date, no part of a sentence."""
    holders = (ORSK, VELK, UNION)
    held = [(actor, "demands", target) for actor, target in zip(holders, targets, strict=False)]
    assert [issue.name for issue in index([page(1, *held)]).issues] == [name]


@pytest.mark.parametrize(
    "targets",
    [
        ("the prime minister", "the foreign minister", "the minister"),
        ("July", "early July", "July"),
        ("a month", "the month", "next month"),
        ("a hand", "hands", "the hand"),
        ("I was against a treaty", "the treaty", "we need a treaty"),
        ("a vote", "the vote"),
    ],
)
def test_rather_no_issue_than_a_poor_one(targets: tuple[str, ...]) -> None:
    """People, days, empty words and sentences make no issue, nor one word that two positions share."""
    held = [(actor, "demands", target) for actor, target in zip((ORSK, VELK, UNION), targets, strict=False)]
    assert index([page(1, *held)]).issues == ()


def test_the_registry_names_and_merges_issues() -> None:
    """Targets that share no word are one issue where a person says so."""
    registry = read_registry(
        None, "truce:\n  name: The truce\n  targets: [cease-fire, an end to the fighting]\n"
    )
    site = index(
        [page(1, (ORSK, "demands", "a cease-fire")), page(2, (VELK, "opposes", "an end to the fighting"))],
        registry,
    )
    assert [(issue.id, issue.name, len(issue.positions)) for issue in site.issues] == [
        ("truce", "The truce", 2)
    ]


def test_the_order_of_briefings_does_not_matter() -> None:
    """The same briefings give the same issues in whatever order they are read."""
    pages = [
        page(1, (ORSK, "demands", "harbour gates"), (VELK, "opposes", "the gates of the harbour")),
        page(2, (VELK, "supports", "harbour dues")),
        page(3, (ORSK, "opposes", "harbour dues"), (UNION, "warns", "the harbour dues")),
    ]
    assert index(pages).issues == index(reversed(pages)).issues


def test_a_turn_is_marked_once() -> None:
    """Only a change between the two sides, from one day to a later one, is a change of position."""
    pages = [
        page(1, (ORSK, "opposes", "night sailings"), (VELK, "supports", "night sailings")),
        page(2, (ORSK, "demands", "night sailings")),
        page(3, (ORSK, "supports", "night sailings")),
        page(4, (ORSK, "offers", "night sailings")),
    ]
    site = index(pages)
    [(issue, found)] = stands(site, site.actors["lena-orsk"])
    assert issue is not None
    assert [(stand.cited.entry.stance, stand.before and stand.before.date.day) for stand in found] == [
        ("opposes", None),
        ("demands", None),
        ("supports", 1),
        ("offers", None),
    ]
    cells = dict(matrix(issue))["lena-orsk"]
    assert [stand.before is not None for stand in cells["supports"]] == [True]


def test_a_turn_is_seen_on_a_day_that_recalls_the_old_side() -> None:
    """An article that tells what somebody used to want before what they want now does not hide the change."""
    pages = [
        page(1, (ORSK, "supports", "night sailings")),
        page(2, (ORSK, "offers", "night sailings"), (ORSK, "opposes", "night sailings")),
        page(3, (ORSK, "opposes", "night sailings"), (ORSK, "warns", "night sailings")),
    ]
    site = index(pages)
    [(_, found)] = stands(site, site.actors["lena-orsk"])
    assert [stand.before and stand.before.date.day for stand in found] == [None, None, 1, None, None]


def test_an_issue_tells_who_stands_where_now() -> None:
    """In the list of issues every actor stands once, with the last of their stances."""
    pages = [
        page(1, (ORSK, "opposes", "night sailings"), (VELK, "demands", "night sailings")),
        page(2, (UNION, "supports", "night sailings")),
        page(3, (ORSK, "supports", "night sailings")),
    ]
    [issue] = index(pages).issues
    assert standing(issue) == [("supports", ["lena-orsk", "union"]), ("demands", ["tomas-velk"])]


def test_what_an_actor_wants_is_what_the_day_is_about() -> None:
    """Of an actor's positions the home page shows the one on what others speak to as well; none to check,
    and of older briefings only what newer ones have nothing about."""
    unsure = Item(
        Position("p-x", "union", "Dockers’ Union", "warns", "the gates", "warns", None, unsure=True)
    )
    new = page(
        9, (ORSK, "offers", "a dinner"), (ORSK, "opposes", "the gates"), (VELK, "demands", "new gates")
    )
    new = replace(new, blocks=(*new.blocks, unsure), actors=(*new.actors, UNION))
    old = page(1, (ORSK, "supports", "the gates"), (UNION, "demands", "the dues"))
    site = index([new, old])
    assert [(cited.actors, cited.entry.target) for cited in wants(site, site.briefings)] == [
        (("lena-orsk",), "the gates"),
        (("tomas-velk",), "new gates"),
        (("union",), "the dues"),
    ]


def test_what_comes_next_without_a_date() -> None:
    """Where few steps have a date, the home page tells sure ones that have none, the most settled first."""

    def step(id: str, status: str, date: str | None = None, **more: bool) -> Item:
        return Item(NextStep(id, (), (), id, status, None, date, None, **more))

    steps = (
        step("n-1", "possible"),
        step("n-2", "agreed"),
        step("n-3", "planned", unsure=True),
        step("n-4", "planned", done=True),
        step("n-5", "proposed", "2026-03-20"),
    )
    site = index([replace(page(9), blocks=steps)])
    assert [cited.anchor for cited in coming(site, site.briefings)] == ["n-5", "n-2", "n-1"]


def test_an_index_after_an_edit_is_that_of_a_new_one() -> None:
    """What is taken over from the index before is what would be found again: after an actor's new role,
    one who leaves and one who joins, a new date, a briefing gone, and edits that nobody looked at."""
    registry = read_registry("lena-orsk: {same_as: [union]}\n", None)
    pages = [
        page(1, (ORSK, "demands", "an opening of the harbour gates")),
        page(5, (VELK, "opposes", "an opening of the gates"), actors=(ORSK,)),
        page(9, (UNION, "supports", "a strike of the dockers")),
    ]
    series = [
        [replace(pages[0], actors=(replace(ORSK, role="harbour master"),)), *pages[1:]],
        [pages[0], replace(pages[1], actors=(VELK,), date=date(2026, 4, 1)), pages[2]],
        [*pages[:2], page(11, (VELK, "demands", "a strike of the dockers"), actors=(UNION, ORSK))],
        pages[1:],
        pages,
    ]
    for looked_at in (True, False):
        site = index(pages, registry)
        assert list(site.actors) == ["lena-orsk", "tomas-velk"]
        for edition in series:
            site = index(edition, registry, before=site)
            if looked_at or edition is series[-1]:
                new = index(edition, registry)
                assert list(site.actors.items()) == list(new.actors.items())
                assert [site.related(b) for b in edition] == [new.related(b) for b in edition]
