"""Tags, parse and sentences against a treebank, on its raw text, as in the CoNLL 2018 shared task.

A found word counts where it covers the same characters as a gold word; sentences where they begin
and end at the same characters. LAS looks at a label's universal part (`nsubj` of `nsubj:pass`).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from .corpora import TreebankDocument
from .scoring import Score


@dataclass(frozen=True, slots=True)
class _Word:
    """A word by the characters that it covers, white space not counted; a root's head is None."""

    place: tuple[int, int]
    xpos: str
    upos: str
    lemma: str
    head: tuple[int, int] | None
    deprel: str


def raw_text(document: TreebankDocument) -> str:
    """Give a document as running text, paragraphs parted by blank lines."""
    text = ""
    for number, sentence in enumerate(document.sentences):
        if number:
            text = text.rstrip() + ("\n\n" if sentence.opens_paragraph else " ")
        text += "".join(w.form + " " * w.space_after for w in sentence.words)
    return text.rstrip()


def _gold(document: TreebankDocument) -> tuple[list[_Word], set[tuple[int, int]]]:
    words, sentences, at = [], set(), 0
    for sentence in document.sentences:
        places = []
        first = at
        for word in sentence.words:
            size = len("".join(word.form.split()))
            places.append((at, at + size))
            at += size
        sentences.add((first, at))
        for number, (word, place) in enumerate(zip(sentence.words, places, strict=True)):
            head = None if word.head == number else places[word.head]
            words.append(_Word(place, word.xpos, word.upos, word.lemma, head, word.deprel))
    return words, sentences


def _found(doc: Doc) -> tuple[list[_Word], set[tuple[int, int]]]:
    places: dict[int, tuple[int, int]] = {}
    at = 0
    for token in doc:
        if not token.is_space:
            size = len("".join(token.text.split()))
            places[token.i] = (at, at + size)
            at += size
    words = [
        _Word(
            places[t.i],
            t.tag_,
            t.pos_,
            t.lemma_,
            None if t.head.i == t.i else places.get(t.head.i),
            "root" if t.head.i == t.i else t.dep_,
        )
        for t in doc
        if not t.is_space
    ]
    sentences = set()
    for sentence in doc.sents:
        covered = [places[t.i] for t in sentence if not t.is_space]
        if covered:
            sentences.add((covered[0][0], covered[-1][1]))
    return words, sentences


def treebank_scores(documents: Iterable[TreebankDocument], nlp: Callable[[str], Doc]) -> dict[str, Score]:
    """Give words, XPOS, UPOS, lemma, UAS, LAS and sentences of a pipeline on the documents' raw text."""
    right: Counter[str] = Counter()
    gold_words = found_words = gold_sentences = found_sentences = 0
    for document in documents:
        gold, gold_ends = _gold(document)
        found, found_ends = _found(nlp(raw_text(document)))
        gold_words += len(gold)
        found_words += len(found)
        gold_sentences += len(gold_ends)
        found_sentences += len(found_ends)
        right["sentences"] += len(gold_ends & found_ends)
        by_place = {word.place: word for word in gold}
        for word in found:
            other = by_place.get(word.place)
            if other is None:
                continue
            right["words"] += 1
            right["XPOS"] += word.xpos == other.xpos
            right["UPOS"] += word.upos == other.upos
            right["lemma"] += word.lemma == other.lemma
            if word.head == other.head:
                right["UAS"] += 1
                right["LAS"] += word.deprel.partition(":")[0] == other.deprel.partition(":")[0]
    names = ("words", "XPOS", "UPOS", "lemma", "UAS", "LAS")
    scores = {n: Score.of(right[n], found_words, right[n], gold_words) for n in names}
    ends = Score.of(right["sentences"], found_sentences, right["sentences"], gold_sentences)
    return scores | {"sentences": ends}
