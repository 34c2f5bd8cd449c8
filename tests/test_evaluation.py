"""The scorer, on readings whose figures were worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.errors import SettingsError
from generator.evaluation import (
    MARGIN,
    MEASURES,
    Accuracy,
    CorpusError,
    Rates,
    Score,
    below,
    corpus_sha256,
    find_corpus,
    floors_text,
    fold_name,
    load_gold,
    read_floors,
    read_found,
    read_gold,
)

# Words:  0   1     2      3    4     5    6  7     8   9     10   11    12  13   14    15
TEXT = "Ana Reyes said that the road will reopen. Tom wants more money. He may strike today."
GOLD: dict[str, Any] = {
    "actors": [
        {
            "name": "Ana Reyes",
            "kind": "person",
            "role": "minister of trade",
            "aliases": ["Reyes"],
            "key": True,
        },
        {"name": "Tom", "kind": "person", "role": None, "aliases": [], "key": True},
        {"name": "the Guild", "kind": "organization", "role": None, "aliases": [], "key": False},
    ],
    "quotes": [{"speaker": "Ana Reyes", "parts": ["the road", "will reopen"]}],
    "positions": [
        {"actor": "Ana Reyes", "stance": "expects", "target": None, "text": "the road will reopen"},
        {"actor": "Tom", "stance": "demands", "target": None, "text": "wants more money"},
    ],
    "next_steps": [
        {"owners": [], "status": "planned", "when": None, "date": None, "text": "the road will reopen"},
        {
            "owners": ["Tom"],
            "status": "possible",
            "when": "today",
            "date": "2026-03-03",
            "text": "may strike today",
        },
    ],
    "timeline": [{"when": "today", "date": "2026-03-03", "text": "He may strike today"}],
}


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


FOUND: dict[str, Any] = {
    "actors": [
        {
            "id": "reyes",
            "name": "Reyes",
            "kind": "person",
            "role": "trade minister",
            "aliases": [],
            "key": True,
        },
        {"id": "guild", "name": "Guild", "kind": "group", "role": None, "aliases": [], "key": True},
        {"id": "road", "name": "Road", "kind": "group", "role": None, "aliases": [], "key": False},
    ],
    "quotes": [
        {"speaker": "reyes", "speaker_text": "she", "parts": [at("the road will reopen")]},
        {"speaker": None, "speaker_text": None, "parts": [at("more money")]},
    ],
    "positions": [
        {"actor": "reyes", "actor_text": "she", "stance": "offers", "span": [at("road will reopen")]},
        {"actor": None, "actor_text": "Tom", "stance": "demands", "span": [at("Tom wants more money")]},
        {"actor": "guild", "actor_text": "it", "stance": "warns", "span": [at("He may")]},
    ],
    "next_steps": [
        {"owners": [], "status": "planned", "date": "2026", "span": [at("that the road will reopen")]},
        {"owners": ["guild"], "status": "planned", "date": "2026-03-03", "span": [at("strike today")]},
    ],
    "timeline": [{"date": "2026-03", "span": [at("He may strike today")]}],
}


def table() -> dict[str, Rates | Accuracy]:
    score = Score()
    score.add(read_found(FOUND, TEXT), read_gold(GOLD, TEXT))
    return score.table()


def test_every_figure_is_the_one_worked_out_by_hand() -> None:
    """Precision, recall, F and accuracies of one article, counted on paper."""
    assert table() == {
        "actors": Rates(66.7, 66.7, 66.7, 3),  # Reyes by an alias, the Guild without its article; Tom missed
        "key actors": Rates(50.0, 50.0, 50.0, 2),  # Reyes of {Reyes, Guild} and {Reyes, Tom}
        "roles": Accuracy(100.0, 1),  # "trade minister" and "minister of trade": 2 words of 2 and 3
        "actor kind": Accuracy(50.0, 2),
        "quotes": Rates(50.0, 100.0, 66.7, 1),  # four words of four, though in one part
        "quotes+speaker": Rates(50.0, 100.0, 66.7, 1),
        "positions (span)": Rates(66.7, 100.0, 80.0, 2),  # 3 of 4 words, and 3 of 4
        "positions": Rates(66.7, 100.0, 80.0, 2),  # Tom by what the text calls him
        "stance": Accuracy(50.0, 2),
        "next steps": Rates(100.0, 100.0, 100.0, 2),
        "steps+owner": Rates(50.0, 50.0, 50.0, 2),  # nobody on both sides agrees; the Guild is not Tom
        "step status": Accuracy(50.0, 2),
        "step date": Accuracy(50.0, 2),
        "timeline": Rates(0.0, 0.0, 0.0, 1),  # the right words with another date
    }
    assert tuple(table()) == MEASURES


def test_an_annotation_agrees_with_itself() -> None:
    """Read against itself, every figure is full."""
    score = Score()
    score.add(read_gold(GOLD, TEXT), read_gold(GOLD, TEXT))
    for name, row in score.table().items():
        assert (row.f if isinstance(row, Rates) else row.accuracy) == 100.0, name


def test_nothing_found_scores_nothing() -> None:
    """An empty reading has no precision, no recall, and divides nothing by zero."""
    score = Score()
    empty: dict[str, list[object]] = {
        key: [] for key in ("actors", "quotes", "positions", "next_steps", "timeline")
    }
    score.add(read_found(empty, TEXT), read_gold(GOLD, TEXT))
    assert score.table()["quotes"] == Rates(0.0, 0.0, 0.0, 1)
    assert score.table()["stance"] == Accuracy(0.0, 0)


def test_pairs_are_made_one_to_one_best_first() -> None:
    """Of two findings on one annotation, the better one counts, the other is wrong."""
    found = {
        **FOUND,
        "quotes": [{**FOUND["quotes"][0], "parts": [at("that the road will reopen")]}, FOUND["quotes"][0]],
    }
    score = Score()
    unmatched = score.add(read_found(found, TEXT), read_gold(GOLD, TEXT))
    assert score.table()["quotes"] == Rates(50.0, 100.0, 66.7, 1)
    missed, wrong = unmatched.quotes
    assert missed == []
    assert [len(item.words) for item in wrong] == [5]


def test_what_was_missed_and_wrong_is_listed_in_words() -> None:
    """The list of errors shows the article's words, the people and the date."""
    unmatched = Score().add(read_found(FOUND, TEXT), read_gold(GOLD, TEXT))
    lines = unmatched.lines(TEXT)
    assert "  wrong  quote    more money  []" in lines
    assert "  missed event    He may strike today  [2026-03-03]" in lines
    assert "  missed actor    tom" in lines


def test_the_second_occurrence_can_be_meant() -> None:
    """An annotation says which occurrence of its words it means."""
    text = "No deal. Then a deal. No deal."
    gold: dict[str, list[object]] = {key: [] for key in ("actors", "quotes", "positions", "next_steps")}
    events = [{"date": None, "text": "No deal", "occurrence": 2}, {"date": None, "text": "No deal"}]
    second, first = read_gold({**gold, "timeline": events}, text).events
    assert (sorted(first.words), sorted(second.words)) == ([0, 1], [5, 6])


def test_words_that_are_not_in_the_text_are_an_error() -> None:
    """An annotation whose words do not stand in the text is refused by name."""
    gold = {**GOLD, "timeline": [{"date": None, "text": "never said"}]}
    with pytest.raises(CorpusError, match=r"talks\.json: not in the text: 'never said'"):
        read_gold(gold, TEXT, name="talks.json")


@pytest.mark.parametrize(
    "name, folded",
    [("The White House", "white house"), ("U.S.", "u s"), ("Thea", "thea"), ("  A  Co.", "co"), (None, "")],
)
def test_names_are_compared_without_article_and_punctuation(name: str | None, folded: str) -> None:
    """Names agree whatever their case, punctuation and article."""
    assert fold_name(name) == folded


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "2026-03-03-talks.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "2026-03-03-talks.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "alone.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_a_corpus_is_pairs_of_files(corpus: Path) -> None:
    """Only texts with an annotation beside them count, and a folder without any is an error."""
    (item,) = find_corpus(corpus)
    assert load_gold(item) == (TEXT, read_gold(GOLD, TEXT))
    with pytest.raises(CorpusError, match="no annotated articles"):
        find_corpus(corpus / "nowhere")


def test_a_broken_annotation_is_named(corpus: Path) -> None:
    """An annotation that is no JSON, or lacks a part, is refused with its file's name."""
    (item,) = find_corpus(corpus)
    item.gold.write_text('{"actors": []}', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"2026-03-03-talks\.json: this is no annotation: KeyError"):
        load_gold(item)


def test_floors_hold_for_exactly_one_corpus(corpus: Path, tmp_path: Path) -> None:
    """Floors are found by the digest of the corpus; a changed annotation has none."""
    items = find_corpus(corpus)
    digest = corpus_sha256(items)
    file = tmp_path / "floors.toml"
    file.write_text(floors_text("talks", digest, table()), encoding="utf-8")
    floors = read_floors(file, digest)
    assert floors["positions"] == 80.0 - MARGIN
    assert below(table(), floors) == []
    items[0].gold.write_text(json.dumps({**GOLD, "quotes": []}), encoding="utf-8")
    assert read_floors(file, corpus_sha256(items)) == {}


def test_a_figure_below_its_floor_is_told() -> None:
    """A figure that fell is named with what it was and is."""
    assert below(table(), {"quotes": 66.7, "stance": 75.0}) == ["stance fell to 50.0, the floor is 75.0"]


def test_a_floor_for_a_measure_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """A floor with a wrong name would never be reached nor missed: it is refused."""
    file = tmp_path / "floors.toml"
    file.write_text('[abc.floors]\n"quote" = 90\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="no such measure: 'quote'"):
        read_floors(file, "abc")


def test_our_own_articles_do_not_fall_below_their_floors() -> None:
    """On the annotated articles of this project, extraction is at least as good as committed."""
    from generator.batch import Task, run
    from generator.contract import to_contract

    folder = Path(__file__).parent
    items = find_corpus(folder / "corpus")
    score = Score()
    for item, outcome in zip(items, run([Task(str(item.text)) for item in items]), strict=True):
        text, gold = load_gold(item)
        assert outcome.article is not None, outcome.error
        assert outcome.analysis is not None
        score.add(read_found(to_contract(outcome.article, outcome.analysis), text), gold)
    floors = read_floors(folder / "floors.toml", corpus_sha256(items))
    assert floors, (
        "tests/floors.toml says nothing of this corpus: briefings evaluate tests/corpus --show-floors"
    )
    assert below(score.table(), floors) == []
