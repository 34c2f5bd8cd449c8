"""The stance of what is said, and the weights that decide it."""

import pytest

from generator.analysis.model import STANCES
from generator.analysis.stance_model import Speech, features, judge


@pytest.mark.parametrize(
    ("cue", "speech", "text", "stance"),
    [
        ("", "direct", "We will build a new bridge", "offers"),
        ("", "direct", "We must act now", "demands"),
        ("said", "indirect", "the minister should resign", "demands"),
        ("accused", "indirect", "the company had lied about its debts", "opposes"),
        ("warned", "indirect", "the dam could collapse", "warns"),
        ("predicted", "indirect", "turnout would be lower than last year", "expects"),
        ("", "direct", "I am very proud of what the team has done", "supports"),
    ],
)
def test_plain_cases(cue: str, speech: Speech, text: str, stance: str) -> None:
    """Commitments, demands, accusations, warnings, forecasts and praise are told apart."""
    found, sure = judge(text, cue, speech)
    assert found == stance
    assert 1 / len(STANCES) < sure <= 1.0


def test_short_forms() -> None:
    """A short form counts as the words that it stands for."""
    assert features("We won’t sign", "", "direct") == features("We will not sign", "", "direct")


def test_nothing_said() -> None:
    """A position of no words still gets a stance."""
    assert judge("…", "", "direct")[0] in STANCES
