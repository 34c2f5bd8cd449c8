"""The small linear models: what is learnt, what is written, and annotations that keep no text."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator import evaluation
from generator.analysis.linear import Linear, graded
from training import weights
from training.annotated import digest, restore, store
from training.linear import FOLDER, Example, fingerprint, fit, held_out, save

TEXT = "Mayor Ada Brook said on Monday that the bridge must close. Her party will vote in May."
GOLD = {
    "date": "2031-04-02",
    "actors": [
        {"name": "Ada Brook", "aliases": [], "kind": "person", "role": "Mayor", "key": True},
        {"name": "Orlund", "aliases": [], "kind": "state", "role": None, "key": False},
    ],
    "quotes": [],
    "positions": [
        {"actor": "Ada Brook", "stance": "demands", "target": "the bridge", "text": "the bridge must close"}
    ],
    "next_steps": [
        {
            "owners": ["Orlund"],
            "status": "scheduled",
            "when": "in May",
            "date": "2031-05",
            "text": "Her party will vote in May",
        }
    ],
    "timeline": [],
}


def _examples() -> list[Example]:
    return [
        Example(f"article {n % 4}", "yes" if n % 2 else "no", ("odd",) if n % 2 else ("even",))
        for n in range(20)
    ]


def test_what_tells_the_labels_apart_is_learnt() -> None:
    model = fit(_examples(), ("yes", "no"))
    assert model.best(["odd"])[0] == "yes"
    assert model.best(["even"])[0] == "no"
    assert model.shares([]) == pytest.approx([0.5, 0.5], abs=0.01)


def test_an_article_held_out_is_not_learnt_from() -> None:
    """What only one article shows, no other fold can know."""
    told = [*_examples(), *(Example("lone", "yes", ("odd one",)) for _ in range(6))]
    shares = held_out(told, ("yes", "no"))
    assert shares[1][0] > 0.8
    assert shares[-1][0] < 0.65


def test_weights_are_written_as_they_are_read(tmp_path: Path) -> None:
    source = tmp_path / "examples.tsv"
    source.write_text("one\n", "utf-8")
    model = fit(_examples(), ("yes", "no"))
    save("parity", model, [source], folder=tmp_path)
    stored = json.loads((tmp_path / "parity.json").read_text("utf-8"))
    read = Linear(tuple(stored["labels"]), tuple(stored["bias"]), stored["features"])
    assert read.shares(["odd"]) == pytest.approx(model.shares(["odd"]), abs=0.01)
    assert stored["inputs"] == fingerprint([source])
    source.write_text("two\n", "utf-8")
    assert stored["inputs"] != fingerprint([source])


@pytest.mark.parametrize("name", weights.LEARNERS)
def test_shipped_weights_are_learnt_from_what_the_project_has(name: str) -> None:
    """Examples or annotations that changed since ask for `python -m training.weights`."""
    stored = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    assert stored["inputs"] == fingerprint(weights.inputs(name)), f"learn {name} anew"
    assert stored["labels"] == list(weights.LEARNERS[name].LABELS)


def test_numbers_become_the_steps_that_they_reach() -> None:
    assert graded("mentions", 3, (1, 3, 10)) == ["mentions 1+", "mentions 3+"]


def test_an_annotation_keeps_places_and_gives_back_words() -> None:
    """What does not stand in the text is kept in words, the rest as offsets."""

    def find(item: Mapping[str, Any]) -> list[Sequence[int]]:
        at = TEXT.find(item["text"])
        return [(at, at + len(item["text"]))]

    line = store("bridge", GOLD, TEXT, find)
    assert "bridge must" not in line
    assert '"Orlund"' in line
    stored = json.loads(line)
    assert stored["text"] == digest(TEXT)
    back = restore(stored, TEXT)
    assert evaluation.read_gold(back, TEXT) == evaluation.read_gold(GOLD, TEXT)
    assert back["next_steps"][0]["when"] == "in May"
