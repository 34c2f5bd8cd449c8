"""What the model's heads for statements bring to the analysis."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator.analysis import find_sources
from generator.analysis.heads import head_features, weights_for
from generator.analysis.positions import find_drafts
from generator.analysis.positions.stance import stance_of
from generator.article import Article
from generator.pipeline.stated import Stated
from generator.readers import read

if TYPE_CHECKING:
    from spacy.language import Language

SURE = (-0.01, -6.0, -6.0, -6.0, -6.0, -6.0)  # of "supports"
ACT = "gave the plan her blessing at a crowded assembly of fishermen"
TEXT = f"The dam is old.\n\nMayor Ada Brook met the union in Holt. Brook {ACT}."


def article(text: str) -> Article:
    return read(text.encode(), "2031-03-04-holt.txt")


def stated(size: int, start: int, end: int, *, stance: bool = False) -> Stated:
    """A head that reads the tokens from start to end, and no others."""
    shares = tuple(0.9 if start <= i < end else 0.01 for i in range(size))
    return Stated(((start, end, 0.9),), shares, (SURE,) * size if stance else ())


def test_what_only_the_head_reads_becomes_a_draft_of_whoever_acts(nlp: Language) -> None:
    """No finder cuts the words so: the subject of their verb is taken for the holder."""
    doc, narration, cast, attributions, quotes = find_sources(article(TEXT), nlp)
    start = next(t.i for t in doc if t.text == "gave")
    words = (start, start + 3)
    doc._.stated = None
    known = find_drafts(narration, cast, attributions, quotes)
    assert words not in {draft.words for draft in known}
    doc._.stated = stated(len(doc), *words)
    found = [d for d in find_drafts(narration, cast, attributions, quotes) if d.route == "read"]
    assert [(d.actor, doc[d.start : d.end].text) for d in found] == [("ada-brook", "gave the plan")]


def test_the_head_s_stance_counts_where_the_narration_tells_none(nlp: Language) -> None:
    """What an act shows is read as the head reads it; a denial stays what the narration makes of it."""
    doc, narration, cast, attributions, quotes = find_sources(
        article(TEXT.replace(ACT, "did not back the plan")),
        nlp,
    )
    doc._.stated = stated(len(doc), 0, 2, stance=True)
    told = next(d for d in find_drafts(narration, cast, attributions, quotes) if d.route == "told")
    assert told.stance == "opposes" == stance_of(narration, told)
    assert stance_of(narration, replace(told, stance=None, route="did")) == "supports"


@pytest.mark.parametrize("known", [True, False])
def test_a_pipeline_without_the_head_has_weights_of_its_own(nlp: Language, known: bool) -> None:
    doc = nlp("The dam is old.")
    doc._.stated = stated(len(doc), 0, 3) if known else None
    assert weights_for(doc, "positions", "stated") == ("positions" if known else "positions_unread")
    told = list(head_features(doc._.stated, (0, 3)))
    assert ("unread" in told) is not known
    assert ("like one read 0.9+" in told) is known
