"""The lexicons of the analysis: data files that an editor can read and mend."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from spacy.tokens import Token


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
    titles: frozenset[str]


@cache
def cues() -> Cues:
    """What cues.toml says."""
    return Cues(**{name: frozenset(words) for name, words in read("cues").items()})


@cache
def _verbs() -> frozenset[str]:
    """Every verb that a list knows, to tell a wrong lemma by."""
    listed = cues()
    narrated = {entry.split()[0] for entries in read("stance")["narrated"].values() for entry in entries}
    return listed.speech | listed.manner | listed.thought | listed.evidence | listed.naming | narrated


def base(token: Token) -> str:
    """A verb's lemma in lower case; where no list knows it, the form that one does, by English inflection.

    Lemmatizers that learn from treebanks go astray on rarer words: "shouted" came out as "shoute".
    """
    return _base(token.lemma_.lower(), token.lower_)


def base_form(word: str) -> str:
    """The base form of a verb that a list knows, by its form alone; any other word as it is."""
    return _base(word, word)


@cache
def _base(lemma: str, form: str) -> str:
    known = _verbs()
    if lemma in known:
        return lemma
    for ending, replacements in (
        ("ied", ("y",)),
        ("ies", ("y",)),
        ("ing", ("", "e")),
        ("ed", ("", "e")),
        ("es", ("", "e")),
        ("s", ("",)),
    ):
        if form.endswith(ending):
            stem = form[: -len(ending)]
            for candidate in (
                *(stem + r for r in replacements),
                stem[:-1] if stem[-1:] == stem[-2:-1] else "",
            ):
                if candidate in known:
                    return candidate
    return form if form in known else lemma
