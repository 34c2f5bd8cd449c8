"""States and what they are called: names, peoples, capitals and the houses of their governments.

Names of states come from babel (English short names) and pycountry (official names), the rest from
`lexicon/states.toml` and `lexicon/regions.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pycountry
from babel import Locale

from generator.analysis.lexicon import read


@dataclass(frozen=True, slots=True)
class State:
    """A state as English news speaks of it; `code` is ISO 3166-1 alpha-2, or the slug of a region."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    region: bool = False


@dataclass(frozen=True, slots=True)
class Atlas:
    """States by every form they are called by; keys are casefolded, without a leading article."""

    names: dict[str, State]
    adjectives: dict[str, State]
    people: dict[str, State]
    seats: dict[str, State]
    abbreviations: dict[str, State]
    """Regions by the abbreviations of datelines and party letters ("Utah", "Calif.")."""


SHORT_NAMES = {
    "MM": "Myanmar",
    "HK": "Hong Kong",
    "CZ": "Czech Republic",
    "TR": "Turkey",
    "CD": "Congo",
    "GB": "Britain",
    "PS": "Palestine",
}
"""Where English news calls a state by another short name than the Unicode tables do."""


@cache
def atlas() -> Atlas:
    """The atlas, built once."""
    territories = Locale.parse("en").territories
    states = []
    for code, row in read("states").items():
        official = pycountry.countries.get(alpha_2=code)
        short = SHORT_NAMES.get(code) or row.get("names", [territories.get(code, "")])[0]
        if code not in SHORT_NAMES and territories.get(code) and "&" not in territories[code]:
            short = territories[code]
        names = [short, *row.get("names", []), territories.get(code, "")]
        if official is not None:
            names += [
                official.name,
                getattr(official, "common_name", ""),
                getattr(official, "official_name", ""),
            ]
        adjectives = row.get("adjectives", [])
        people = row.get("people", []) + [
            a + "s" for a in adjectives if not a.endswith(("sh", "ch", "ese", "s"))
        ]
        states.append(
            State(
                code, short, _unique(names), tuple(adjectives), _unique(people), tuple(row.get("seats", ()))
            )
        )
    result = Atlas({}, {}, {}, {}, {})
    for state in states:
        for form in state.names:
            result.names.setdefault(key(form), state)
        for form in state.adjectives:
            result.adjectives.setdefault(key(form), state)
        for form in state.people:
            result.people.setdefault(key(form), state)
        for form in state.seats:
            result.seats.setdefault(key(form), state)
    for federation in read("regions").values():
        for name, abbreviations in federation.items():
            region = State(name.casefold().replace(" ", "-"), name, (name, *abbreviations), region=True)
            if key(name) not in result.names and key(name) not in result.seats:
                result.names[key(name)] = region
            for form in (name, *abbreviations):
                result.abbreviations.setdefault(key(form), region)
    return result


def key(form: str) -> str:
    """A form as the atlas is keyed: casefolded, without a leading article."""
    folded = form.casefold().replace("’", "'").strip()
    return folded.removeprefix("the ")


def _unique(forms: list[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(form for form in forms if (form and "," not in form) or form == "Washington, D.C.")
    )
