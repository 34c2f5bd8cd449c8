"""Small parsed Docs for tests: one word is `word[:lemma]/TAG/dep/head`, heads count from 1 in the sentence;
the word ¶ is the end of a paragraph."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

_POS = {
    **dict.fromkeys(["NN", "NNS"], "NOUN"),
    **dict.fromkeys(["NNP", "NNPS"], "PROPN"),
    **dict.fromkeys(["PRP", "PRP$", "WP", "WDT"], "PRON"),
    **dict.fromkeys(["RB", "WRB"], "ADV"),
    **dict.fromkeys(["TO", "POS"], "PART"),
    **{"CD": "NUM", "IN": "ADP", "DT": "DET", "CC": "CCONJ", "MD": "AUX", "JJ": "ADJ"},
}
_AUXILIARIES = {"aux", "aux:pass", "auxpass", "cop"}
VOCAB = spacy.blank("en").vocab


def parsed(*sentences: str) -> Doc:
    """A Doc of these sentences."""
    words: list[str] = []
    tags: list[str] = []
    pos: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    lemmas: list[str] = []
    spaces: list[bool] = []
    for sentence in sentences:
        offset = len(words)
        tokens = sentence.split()
        for number, token in enumerate(tokens):
            form, tag, dep, head = token.rsplit("/", 3)
            word, _, lemma = form.partition(":")
            words.append("\n\n" if word == "¶" else word)
            lemmas.append(lemma or word.lower())
            tags.append(tag)
            pos.append(
                "AUX" if dep in _AUXILIARIES else _POS.get(tag, "VERB" if tag.startswith("VB") else "PUNCT")
            )
            deps.append("ROOT" if dep == "root" else dep)
            heads.append(offset + (number if dep == "root" else int(head) - 1))
            after = tokens[number + 1].split("/")[0] if number + 1 < len(tokens) else "."
            spaces.append(after not in {",", ".", "?", "'s", ";"} or number + 1 == len(tokens))
    return Doc(VOCAB, words=words, spaces=spaces, tags=tags, pos=pos, deps=deps, heads=heads, lemmas=lemmas)
