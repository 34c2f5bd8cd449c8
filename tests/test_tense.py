"""The tense of a clause decides whether its dates lie behind or ahead."""

from __future__ import annotations

import pytest

from generator.analysis.tense import tenses
from tests.parses import parsed


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("It/PRP/nsubj/2 met:meet/VBD/root/0 Friday/NNP/obl/2 ././punct/2", "past"),
        ("It/PRP/nsubj/3 has:have/VBZ/aux/3 met:meet/VBN/root/0 Friday/NNP/obl/3 ././punct/3", "past"),
        ("It/PRP/nsubj/2 meets:meet/VBZ/root/0 Friday/NNP/obl/2 ././punct/2", "present"),
        ("It/PRP/nsubj/3 is:be/VBZ/aux/3 meeting:meet/VBG/root/0 Friday/NNP/obl/3 ././punct/3", "present"),
        ("It/PRP/nsubj/3 will/MD/aux/3 meet/VB/root/0 Friday/NNP/obl/3 ././punct/3", "future"),
        (
            "It/PRP/nsubj/4 would/MD/aux/4 have/VB/aux/4 met:meet/VBN/root/0 Friday/NNP/obl/4 ././punct/4",
            "past",
        ),
        (
            "It/PRP/nsubj/2 agreed:agree/VBD/root/0 to/TO/mark/4 meet/VB/xcomp/2 Friday/NNP/obl/4"
            " ././punct/2",
            "future",
        ),
        (
            "It/PRP/nsubj/2 failed:fail/VBD/root/0 to/TO/mark/4 meet/VB/xcomp/2 Friday/NNP/obl/4 ././punct/2",
            "past",
        ),
        (
            "It/PRP/nsubj/2 expected:expect/VBD/root/0 a/DT/det/4 vote/NN/obj/2 in/IN/case/6"
            " Friday/NNP/obl/2 ././punct/2",
            "future",
        ),
        (
            "It/PRP/nsubj/2 called:call/VBD/root/0 a/DT/det/4 strike/NN/obj/2 in/IN/case/6"
            " Friday/NNP/obl/2 ././punct/2",
            "future",
        ),
        (
            "Men/NNS/nsubj/3 will/MD/compound/3 man/NN/root/0 posts/NNS/dep/3 Friday/NNP/obl/3 ././punct/3",
            "future",
        ),
        ("Friday/NNP/root/0 ././punct/1", None),
    ],
)
def test_tense(sentence: str, tense: str | None) -> None:
    """Modals and infinitives look ahead, unless the verb above implies that it came to pass."""
    doc = parsed(sentence)
    assert tenses(doc)(doc.text.index("Friday")) == tense
