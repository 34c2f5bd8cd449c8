"""Lemmas from a word's form and tag: a table of the irregular, rules of endings for the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

LONGEST_ENDING = 5


@dataclass(frozen=True, slots=True)
class Lemmas:
    """`words[tag][form]` is a lemma; `endings[tag][ending]` how many letters go and which ones come.

    Forms and endings are in lower case, proper nouns keep theirs. Both were learnt from treebanks.
    """

    words: dict[str, dict[str, str]]
    endings: dict[str, dict[str, tuple[int, str]]]

    @classmethod
    def read(cls, path: Path) -> Lemmas:
        """Give the lemmas of a JSON file; raises OSError, ValueError or KeyError where it is none."""
        found = json.loads(path.read_text(encoding="utf-8"))
        endings = {
            tag: {ending: (int(cut), str(add)) for ending, (cut, add) in rules.items()}
            for tag, rules in found["endings"].items()
        }
        return cls(found["words"], endings)

    def of(self, form: str, tag: str) -> str:
        known = self.words.get(tag, {}).get(form.lower())
        if known is not None:
            return known
        base = form if tag.startswith("NNP") else form.lower()
        rules = self.endings.get(tag, {})
        for length in range(min(LONGEST_ENDING, len(base)), -1, -1):
            rule = rules.get(base[len(base) - length :].lower())
            if rule is not None:
                cut, add = rule
                return base[: len(base) - cut] + add if cut < len(base) else base
        return base
