"""The kinds of mistakes, each on a reading made for it."""

from collections.abc import Sequence
from typing import Any

import pytest

from generator.error_kinds import Kinds
from generator.evaluation import Named, Passage, Reading

ADA, BO = frozenset({"ada orlin"}), frozenset({"bo terrin"})


def words(first: int, end: int) -> frozenset[int]:
    return frozenset(range(first, end))


def actor(name: str, kind: str = "person", *, key: bool = True) -> Named:
    return Named(frozenset({name}), kind, None, key)


def reading(section: str, items: Sequence[Any]) -> Reading:
    return Reading(**{section: tuple(items)})


def counted(section: str, found: Sequence[Any], gold: Sequence[Any]) -> dict[str, int]:
    kinds = Kinds()
    kinds.add(reading(section, found), reading(section, gold))
    return dict(kinds.outcomes[section])


@pytest.mark.parametrize(
    ("found", "gold", "outcome"),
    [
        ([actor("ada orlin")], [actor("ada orlin")], {"right": 1}),
        ([actor("ada orlin", "state")], [actor("ada orlin")], {"person taken for state": 1}),
        ([actor("ada orlin", key=False)], [actor("ada orlin")], {"key, not marked": 1}),
        ([actor("ada orlin")], [actor("ada orlin", key=False)], {"marked as key, is not": 1}),
        ([], [actor("marovia", "state")], {"state missed": 1}),
        ([actor("marovia", "state")], [], {"state that is no actor": 1}),
        (
            [actor("ada orlin"), actor("judge orlin")],
            [actor("ada orlin")],
            {"right": 1, "listed under part of a name, or twice": 1},
        ),
    ],
)
def test_an_actor_is_right_or_wrong_in_one_way(
    found: list[Named], gold: list[Named], outcome: dict[str, int]
) -> None:
    assert counted("actors", found, gold) == outcome


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (Passage(words(0, 10), ADA, "opposes"), "right"),
        (Passage(words(0, 10), ADA, "warns"), "opposes taken for warns"),
        (Passage(words(0, 10), BO, "opposes"), "another holder"),
        (Passage(words(0, 10), frozenset(), "opposes"), "holder not found"),
        (Passage(words(0, 4), ADA, "opposes"), "cut shorter"),
        (Passage(words(0, 30), ADA, "opposes"), "cut longer"),
    ],
)
def test_a_position_near_the_annotated_one_is_a_mistake_about_it(found: Passage, outcome: str) -> None:
    assert counted("positions", [found], [Passage(words(0, 10), ADA, "opposes")]) == {outcome: 1}


def test_a_finding_far_from_all_annotations_leaves_them_missed() -> None:
    found, gold = Passage(words(50, 60), ADA), Passage(words(0, 10), ADA)
    assert counted("quotes", [found], [gold]) == {"not annotated at all": 1, "missed": 1}


def test_a_step_on_another_day_and_an_owner_made_up_are_told_apart() -> None:
    gold = Passage(words(0, 10), frozenset(), "planned", "2031-04-02")
    assert counted("steps", [Passage(words(0, 10), frozenset(), "planned", "2031-04-03")], [gold]) == {
        "another date": 1
    }
    assert counted("steps", [Passage(words(0, 10), ADA, "planned", "2031-04-02")], [gold]) == {
        "owner where there is none": 1
    }


def test_scores_are_judged_by_what_was_wrong_below_and_above_the_mark() -> None:
    gold = [Passage(words(0, 10), ADA, "warns"), Passage(words(20, 30), ADA, "warns")]
    found = [
        Passage(words(0, 10), ADA, "warns", score=0.9),
        Passage(words(20, 30), BO, "warns", score=0.3),
        Passage(words(40, 50), ADA, "warns", score=0.8),
    ]
    kinds = Kinds()
    kinds.add(reading("positions", found), reading("positions", gold))
    assert kinds.calibration(0.5) == [
        "positions  marked: 1 of 1 wrong (100%); not marked: 1 of 2 wrong (50%)"
    ]
