"""Our own statements as training data: what the marks say, and what a bad one is told."""

from pathlib import Path

import pytest

from generator.analysis.model import STANCES, STATUSES
from generator.pipeline.pieces import Vocabulary
from training.samples import OUTSIDE
from training.statement_samples import UNKNOWN, statement_sample
from training.statements import Marked, read_readings, unmark


def test_marks_come_out_and_leave_the_article_as_it_reads() -> None:
    read = unmark("Orlin said {P|offers|Orlin|{S|planned|Orlin|we will appeal on Monday}}. Rain fell.")
    assert read.text == "Orlin said we will appeal on Monday. Rain fell."
    assert read.marked == (Marked("position", 11, 35, "offers"), Marked("step", 11, 35, "planned"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{P|hates|Orlin|the plan}", "'hates' is none of supports"),
        ("{S|opposes|Orlin|the plan}", "'opposes' is none of scheduled"),
        ("{P|opposes|Orlin|the plan", "does not end"),
        ("the plan} failed", "was not begun"),
        ("{Q|opposes|Orlin|the plan}", "was not begun"),
    ],
)
def test_a_bad_mark_is_told_with_what_would_have_worked(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        unmark(text)


def test_an_error_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "ports.txt").write_text("== 2031-04-02 wire\nAll well.\n\n== yesterday\nNot so.\n", "utf-8")
    with pytest.raises(ValueError, match=r"ports\.txt:4: .*== 2031-04-02 wire"):
        read_readings(tmp_path)


def test_the_articles_of_the_project_are_well_formed() -> None:
    """Every mark is read; most sentences of an article carry none, as in real news."""
    read = read_readings()
    assert {mark.label for each in read for mark in each.marked} == {*STANCES, *STATUSES}
    marked = sum(mark.end - mark.start for each in read for mark in each.marked if mark.layer == "position")
    assert marked < 0.6 * sum(len(each.text) for each in read)


def test_words_learn_the_stance_of_the_longest_position_they_stand_in() -> None:
    """Outside of positions there is no stance to learn; of two places that share words the longer is kept."""
    text = "Orlin said the dam must go because the valley floods. Rain fell."
    marked = [Marked("position", 11, 52, "demands"), Marked("position", 35, 52, "expects")]
    sample = statement_sample(Vocabulary(["[UNK]"]), text, [*marked, Marked("step", 11, 26, "proposed")])
    inside = sample.gold["position"] != OUTSIDE
    assert inside.tolist() == [False] * 2 + [True] * 8 + [False] * 4
    assert set(sample.gold["stance"][inside]) == {STANCES.index("demands")}
    assert set(sample.gold["stance"][~inside]) == {UNKNOWN}
    assert (sample.gold["step"] != OUTSIDE).tolist() == [False] * 2 + [True] * 4 + [False] * 8
