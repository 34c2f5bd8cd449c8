"""What an actor is called over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.briefing import Actor
from generator.page import new_briefing
from generator.site.index import index
from generator.site.registry import read_registry
from generator.site.roles import find_roles


def roles(*texts: str) -> list[tuple[str, int]]:
    """The wording and the first day of each role, one description a day."""
    described = [
        (text, new_briefing(f"Day {day}", date(2026, 3, day))) for day, text in enumerate(texts, start=1)
    ]
    return [(role.text, role.since.day) for role in find_roles(described)]


@pytest.mark.parametrize(
    "texts, wording",
    [
        (("Orvia's minister", "the Orvian minister", "Minister", "Orvia's minister"), "Orvia's minister"),
        (
            ("Its leader", "the leader of the Growers’ League", "their leader"),
            "leader of the Growers’ League",
        ),
        (("the mediator", "left mediator", "Mediator"), "mediator"),
        (("Its leader",), "leader"),
    ],
)
def test_one_role_in_several_wordings_is_no_change(texts: tuple[str, ...], wording: str) -> None:
    """The wording used most stands for all, without its article; of "its leader" the leader, where nothing
    else is said."""
    assert [(text.casefold(), since) for text, since in roles(*texts)] == [(wording.casefold(), 1)]


def test_another_office_is_a_change() -> None:
    """A new office, and leaving one, are roles of their own with their day."""
    found = roles(
        "harbour master", "the harbour master of Velmar", "minister of transport", "former minister"
    )
    assert found == [("harbour master of Velmar", 1), ("minister of transport", 3), ("former minister", 4)]


def test_the_registry_words_the_role_of_today() -> None:
    """What a person wrote into actors.yml stands for the newest role; the kind is what most articles say."""
    pages = [
        replace(new_briefing(f"Day {n}", date(2026, 3, n)), actors=(Actor("velmar", "Velmar", kind, role),))
        for n, kind, role in ((1, "state", "host"), (2, "state", None), (3, "person", None))
    ]
    profile = index(pages, read_registry("velmar:\n  role: Host of the talks\n", None)).actors["velmar"]
    assert [(role.text, role.since.day) for role in profile.roles] == [("Host of the talks", 1)]
    assert profile.kind == "state"
