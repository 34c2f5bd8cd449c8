"""States and what they are called."""

from __future__ import annotations

import pytest

from generator.analysis.actors.geography import atlas, key


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("U.S.", "United States"),
        ("the United States of America", "United States"),
        ("UK", "Britain"),
        ("Russian Federation", "Russia"),
        ("Burma", "Myanmar"),
        ("Türkiye", "Turkey"),
        ("the Gambia", "Gambia"),
        ("Scotland", "Scotland"),
        ("West Virginia", "West Virginia"),
    ],
)
def test_names_of_states(form: str, name: str) -> None:
    """Short, official and former names, and abbreviations, lead to one state."""
    assert atlas().names[key(form)].name == name


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Kremlin", "Russia"),
        ("White House", "United States"),
        ("Downing Street", "Britain"),
        ("Kyiv", "Ukraine"),
        ("Élysée", "France"),
    ],
)
def test_seats_of_government(form: str, name: str) -> None:
    """Capitals and houses of government stand for the state."""
    assert atlas().seats[key(form)].name == name


@pytest.mark.parametrize(
    ("form", "name"),
    [("Danes", "Denmark"), ("Russians", "Russia"), ("Britons", "Britain"), ("Poles", "Poland")],
)
def test_peoples(form: str, name: str) -> None:
    """Irregular and regular plurals of peoples are known."""
    assert atlas().people[key(form)].name == name


def test_every_state_of_the_lexicon_has_a_name() -> None:
    """Every code of the lexicon is a state that babel or the lexicon names."""
    states = {state.code: state for state in atlas().names.values()}
    assert len(states) > 190
    assert all(state.name.strip() for state in states.values())


def test_georgia_is_the_state_unless_abbreviated() -> None:
    """The name of a sovereign state wins over a part of a federation; "Ga." can only be the part."""
    assert atlas().names["georgia"].code == "GE"
    assert atlas().abbreviations["ga."].region
