"""Actors who may be one: what is suggested, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.briefing import Actor
from generator.page import new_briefing
from generator.site.candidates import find_candidates
from generator.site.index import index
from generator.site.registry import read_registry

NYHOLM = Actor("astrid-nyholm", "Astrid Nyholm", "person", aliases=("Nyholm",))


def suggested(*pages: list[Actor], registry: str | None = None) -> list[tuple[str, str, str]]:
    briefings = [
        replace(new_briefing(f"Page {number}", date(2026, 3, number)), actors=tuple(actors))
        for number, actors in enumerate(pages, start=1)
    ]
    found = find_candidates(index(briefings, read_registry(registry, None)))
    return [(candidate.keep.id, candidate.other.id, candidate.why) for candidate in found]


@pytest.mark.parametrize(
    "keep, other, why",
    [
        (NYHOLM, Actor("nyholm", "Nyholm", "person"), "both are called “nyholm”"),
        (
            Actor("astrid-nyholm", "Astrid Nyholm", "person"),
            Actor("nyholm", "Nyholm", "person"),
            "the only other person with the surname Nyholm",
        ),
        (
            Actor("ilve-river-commission", "Ilve River Commission", "organization"),
            Actor("irc", "I.R.C.", "organization"),
            "I.R.C. are the initials of Ilve River Commission",
        ),
        (
            Actor("olena-zelenska", "Olena Zelenska", "person"),
            Actor("olena-zelenskaya", "Olena Zelenskaya", "person"),
            "the names are spelt almost alike",
        ),
    ],
)
def test_who_may_be_one_is_suggested_with_the_reason(keep: Actor, other: Actor, why: str) -> None:
    """Two actors of different briefings are suggested for a shared name, a surname, initials, a spelling."""
    assert suggested([other], [keep]) == [(keep.id, other.id, why)]


@pytest.mark.parametrize(
    "one, other",
    [
        (Actor("iran", "Iran", "state"), Actor("iraq", "Iraq", "state")),
        (NYHOLM, Actor("nyholm", "Nyholm", "organization")),
        (Actor("astrid-nyholm", "Astrid Nyholm", "person"), Actor("astrid-reyl", "Astrid Reyl", "person")),
    ],
)
def test_who_is_certainly_two_is_not_suggested(one: Actor, other: Actor) -> None:
    """Short names that look alike, other kinds and first names make no pair."""
    assert suggested([one], [other]) == []


def test_two_of_one_surname_leave_it_open() -> None:
    """Where two people bear a surname, the surname alone points to neither."""
    two = [Actor("astrid-nyholm", "Astrid Nyholm", "person"), Actor("bo-nyholm", "Bo Nyholm", "person")]
    assert suggested(two, [Actor("nyholm", "Nyholm", "person")]) == []


def test_who_stands_side_by_side_is_told_apart() -> None:
    """Two actors of one briefing are two."""
    assert suggested([NYHOLM, Actor("nyholm", "Nyholm", "person")]) == []


def test_what_was_merged_is_not_suggested_again() -> None:
    """An entry copied into the registry takes the pair off the list."""
    pages = ([NYHOLM], [Actor("nyholm", "Nyholm", "person")])
    assert suggested(*pages) != []
    assert suggested(*pages, registry="astrid-nyholm:\n  same_as: [nyholm]\n") == []
