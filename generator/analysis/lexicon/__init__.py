"""The lexicons of the analysis: data files that an editor can read and mend."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


def read(name: str) -> dict[str, Any]:
    """A lexicon file of this folder, as `tomllib` reads it."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of cues.toml; lemmas in lower case."""

    speech: frozenset[str]
    manner: frozenset[str]
    thought: frozenset[str]
    evidence: frozenset[str]
    naming: frozenset[str]
    nouns: frozenset[str]
    adverbs: frozenset[str]
    titles: frozenset[str]


@cache
def cues() -> Cues:
    """What cues.toml says."""
    return Cues(**{name: frozenset(words) for name, words in read("cues").items()})
