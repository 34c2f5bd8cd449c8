"""Our annotations of PolNeAR's and GUM's articles: what a briefing of each records, as places in its text.

The texts are not ours, so they are not here: `annotations/*.jsonl` holds offsets in code points, and the
corpora's folder (docs/model.md) the articles. Made to the definitions that `briefings evaluate` scores by.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.article import Article
from generator.readers import read

from .corpora import read_polnear, read_treebank
from .names import gum_text

FOLDER = Path(__file__).with_name("annotations")
# The folder of the corpus whose articles each file annotates.
SOURCES = {"polnear.jsonl": "polnear/train", "gum.jsonl": "gum/train"}


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """An article and its annotation, as an annotated article of `briefings evaluate` has it.

    Quotes, positions, steps and events carry their places as `at` (half-open, code points of `text`).
    """

    name: str
    date: str
    text: str
    gold: Mapping[str, Any]

    def read(self) -> Article:
        """The article as the program reads it."""
        return read(self.text.encode(), f"{self.name}.txt", date=date.fromisoformat(self.date))


def read_annotations(
    corpora: Path, files: Iterable[str] = tuple(SOURCES), folder: Path = FOLDER
) -> Iterator[AnnotatedText]:
    """Give the annotated articles in the order of the files; ValueError names one whose text is another."""
    for file in files:
        source = SOURCES[file]
        texts = _texts(corpora / source)
        for line in (folder / file).read_text(encoding="utf-8").splitlines():
            stored = json.loads(line)
            name = stored["article"]
            text = texts.get(name)
            if text is None or digest(text) != stored["text"]:
                raise ValueError(
                    f"{corpora / source}: {name} is missing or has another text than was annotated"
                )
            yield AnnotatedText(name, stored["date"], text, restore(stored, text))


def digest(text: str) -> str:
    """What tells a text from another edition of it."""
    return sha256(text.encode()).hexdigest()[:16]


def _texts(folder: Path) -> dict[str, str]:
    if folder.name == "train" and folder.parent.name == "polnear":
        return {article.name: article.text for article in read_polnear(folder)}
    return {document.name: gum_text(document).text for document in read_treebank(folder)}


Place = Sequence[int]


def restore(stored: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Give the annotation in words: names, roles and times cut from the text, where they stand in it."""

    def words(place: Place | str | None) -> str | None:
        return text[place[0] : place[1]] if place and not isinstance(place, str) else place or None  # type: ignore[return-value]

    names = [words(each["names"][0]) for each in stored["actors"]]

    def who(place: int | Place | str | None) -> str | None:
        return names[place] if isinstance(place, int) else words(place)

    return {
        "actors": [
            {
                "name": words(each["names"][0]),
                "aliases": [words(alias) for alias in each["names"][1:]],
                "kind": each["kind"],
                "role": words(each["role"]),
                "key": each["key"],
            }
            for each in stored["actors"]
        ],
        "quotes": [{"speaker": who(speaker), "at": at} for speaker, at in stored["quotes"]],
        "positions": [
            {"actor": who(actor), "stance": stance, "target": words(target), "at": [at]}
            for actor, stance, target, at in stored["positions"]
        ],
        "next_steps": [
            {
                "owners": [who(o) for o in owners],
                "status": status,
                "when": words(when),
                "date": date,
                "at": [at],
            }
            for owners, status, when, date, at in stored["next_steps"]
        ],
        "timeline": [
            {"when": words(when), "date": date, "at": [at]} for when, date, at in stored["timeline"]
        ],
    }


def store(
    name: str, gold: Mapping[str, Any], text: str, find: Callable[[Mapping[str, Any]], list[Place]]
) -> str:
    """Give the line for an annotation in words; `find` gives the places of an item's words."""
    order = {actor["name"]: number for number, actor in enumerate(gold["actors"])}

    def place(words: str | None) -> Place | str | None:
        at = text.find(words) if words else -1
        return (at, at + len(words)) if words and at >= 0 else words

    def who(name: str | None) -> int | Place | str | None:
        return order[name] if name in order else place(name)

    def cover(item: Mapping[str, Any]) -> Place:
        places = find(item)
        return (places[0][0], places[-1][1])

    line = {
        "article": name,
        "date": gold["date"],
        "text": digest(text),
        "actors": [
            {
                "names": [place(n) for n in [actor["name"], *actor.get("aliases", ())]],
                "kind": actor["kind"],
                "role": place(actor.get("role")),
                "key": bool(actor.get("key")),
            }
            for actor in gold["actors"]
        ],
        "quotes": [(who(q["speaker"]), find(q)) for q in gold["quotes"]],
        "positions": [
            (who(p["actor"]), p["stance"], place(p["target"]), cover(p)) for p in gold["positions"]
        ],
        "next_steps": [
            ([who(o) for o in s["owners"]], s["status"], place(s["when"]), s["date"], cover(s))
            for s in gold["next_steps"]
        ],
        "timeline": [(place(e["when"]), e["date"], cover(e)) for e in gold["timeline"]],
    }
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))
