"""Small Docs for the rules about names: a sentence a line, tags guessed from the spelling unless given.

`read_cast("Mayor Ada Brook said_VBD she would resign .")` gives the Cast of one article; a word may carry
its tag after an underscore. The word before a finite verb is its subject; nothing else is parsed.
"""

from __future__ import annotations

from datetime import date

import spacy
from spacy.tokens import Doc, Span

from generator.analysis.actors import Cast, find_actors
from generator.analysis.actors.layout import CLOSED, Page
from generator.article import Article, Block

VERBS = dict.fromkeys(
    "said told denied accused met rejected urged closed won called praised wrote added resigned".split(),
    "VBD",
)
FINITE = {"VBD", "VBZ", "VBP", "MD"}
NO_SPACE_BEFORE = {",", ".", "'s", "’s", ")", "?", ":", ";"}
_VOCAB = spacy.blank("en").vocab


def make_doc(text: str, *, persons: tuple[str, ...] = (), bodies: tuple[str, ...] = ()) -> Doc:
    """A Doc of the words of a text, parted by spaces; a line is a sentence, an empty line a paragraph.

    `persons` and `bodies` are the names that the recognizer of entities is to see as such.
    """
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    starts: list[bool] = []
    lines = text.strip().split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        for position, item in enumerate(line.split()):
            word, _, tag = item.partition("_")
            if (word in NO_SPACE_BEFORE and words) or (words and words[-1] in {"(", "-"}) or word == "-":
                spaces[-1] = False
            words.append(word)
            spaces.append(True)
            tags.append(tag or _guess(word))
            starts.append(position == 0)
        if number + 1 < len(lines) and not lines[number + 1].strip():
            words.append("\n\n")
            spaces.append(False)
            tags.append("_SP")
            starts.append(False)
            spaces[-2] = False
    spaces[-1] = False
    heads, deps, first = list(range(len(words))), ["dep"] * len(words), 0
    for i, start in enumerate(starts):
        first = i if start else first
        heads[i], deps[i] = first, "ROOT" if i == first else "dep"
    for i in range(1, len(words)):
        if tags[i] in FINITE and tags[i - 1] in {"NNP", "NN", "NNS", "PRP", "NNPS"} and not starts[i - 1]:
            heads[i - 1], deps[i - 1] = i, "nsubj"
        elif tags[i] in FINITE and starts[i - 1]:
            deps[i - 1] = "nsubj"
    lemmas = [{"said": "say", "told": "tell", "denied": "deny"}.get(word, word.lower()) for word in words]
    doc = Doc(_VOCAB, words=words, spaces=spaces, tags=tags, lemmas=lemmas, heads=heads, deps=deps)
    doc.ents = tuple(
        Span(doc, i, i + len(name), label)
        for label, names in (("PERSON", persons), ("ORG", bodies))
        for name in (tuple(entity.split()) for entity in names)
        for i in range(len(words))
        if tuple(words[i : i + len(name)]) == name
    )
    return doc


def _guess(word: str) -> str:
    if word.lower() in CLOSED:
        return CLOSED[word.lower()]
    if word in {"Later", "Then"}:
        return "RB"
    if word in VERBS:
        return VERBS[word]
    if word[:1].isupper():
        return "NNP"
    if word[:1].isdigit():
        return "CD"
    if not word[:1].isalnum():
        return word
    return "NNS" if word.endswith("s") and not word.endswith("ss") else "NN"


def make_article(prose: str, *, headings: tuple[str, ...] = ()) -> Article:
    """An Article whose prose is this text."""
    blocks = []
    start = 0
    for paragraph in prose.split("\n\n"):
        blocks.append(Block(start, start + len(paragraph), paragraph in headings))
        start += len(paragraph) + 2
    return Article(
        path="article.txt",
        sha256="",
        text=prose,
        prose=prose,
        blocks=tuple(blocks),
        pieces=((0, 0),),
        date=date(2024, 5, 2),
    )


def read_cast(
    text: str,
    *,
    headings: tuple[str, ...] = (),
    persons: tuple[str, ...] = (),
    bodies: tuple[str, ...] = (),
) -> Cast:
    """The Cast of such a text."""
    doc = make_doc(text, persons=persons, bodies=bodies)
    return find_actors(doc, make_article(doc.text, headings=headings))


def read_page(text: str, *, persons: tuple[str, ...] = (), bodies: tuple[str, ...] = ()) -> Page:
    """Such a text as the finder of names reads it."""
    doc = make_doc(text, persons=persons, bodies=bodies)
    return Page(doc, make_article(doc.text))
