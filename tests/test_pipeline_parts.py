"""The parts of the reader, each on values small enough to see through."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from generator.pipeline.agreement import agreed, by_its_words
from generator.pipeline.attribution import Forest, Linker, Segment, Words, pairs_of
from generator.pipeline.components import without_marks
from generator.pipeline.decoding import stretches
from generator.pipeline.lemmas import Lemmas
from generator.pipeline.parsing import best_tree
from generator.pipeline.pieces import (
    CLS,
    MOST_PIECES,
    SEP,
    SHAPES,
    UNK,
    Vocabulary,
    inside_quotes,
    paragraph,
    shape,
    window,
    windows,
)
from generator.pipeline.sentences import mend
from generator.pipeline.stated import read_stated

PIECES = [
    "[PAD]",
    *(f"[unused{n}]" for n in range(99)),
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "the",
    "tax",
    "##es",
    '"',
    "e",
    "##e",
]


# --- wordpieces ----------------------------------------------------------------------------


def test_a_word_is_cut_into_the_longest_known_pieces() -> None:
    """A word is read as the longest pieces known, marks straightened, case and accents gone."""
    vocabulary = Vocabulary(PIECES)
    assert [vocabulary.look_up(w)[0] for w in ("Taxes", "“", "THÉ", "zoo")] == [
        (104, 105),
        (106,),
        (103,),
        (UNK,),
    ]


@pytest.mark.parametrize("word", ["", "\u200b", "\u0301", "\x00"])
def test_a_word_of_nothing_visible_is_still_a_word(word: str) -> None:
    """Zero-width characters and stray accents are one unknown piece, so that no word is lost."""
    assert Vocabulary(PIECES).look_up(word)[0] == (UNK,)


def test_a_very_long_word_keeps_its_first_pieces() -> None:
    """A word of a million letters costs no more than a long one."""
    assert len(Vocabulary(PIECES).look_up("e" * 1_000_000)[0]) == MOST_PIECES


def test_shapes_tell_case_and_kind() -> None:
    """The shape gives back what an uncased vocabulary lost."""
    words = ("tax", "Tax", "NATO", "J.", "McCain", "2016", "—", "中")
    assert [SHAPES[shape(w)] for w in words] == [
        "lower", "Title", "UPPER", "Initial", "mIxed", "digits", "mark", "other",
    ]  # fmt: skip


def test_words_in_quotation_marks_are_known_as_such() -> None:
    """Quotation marks are paired, and one left open runs to the paragraph's end."""
    words = ["He", "said", '"', "no", '"', "and", "“", "go"]
    assert inside_quotes(words) == [False, False, True, True, True, False, True, True]


@given(st.lists(st.lists(st.sampled_from(["the", "taxes", "eee"]), min_size=1, max_size=40), max_size=8))
def test_windows_keep_every_word_once_and_in_order(texts: list[list[str]]) -> None:
    """However paragraphs are cut into windows, each word is read once, and no window is too long."""
    vocabulary, limit = Vocabulary(PIECES), 30
    first, paragraphs = 0, []
    for words in texts:
        paragraphs.append(paragraph(vocabulary, words, first))
        first += len(words)
    read = [window(run) for run in windows(paragraphs, limit)]
    assert [word for each in read for word in each.words] == list(range(first))
    for each in read:
        assert len(each.ids) == len(each.types) <= limit
        assert (each.ids[0], each.ids[-1]) == (CLS, SEP)


# --- decoding ------------------------------------------------------------------------------


@given(st.lists(st.lists(st.integers(-5, 5), min_size=5, max_size=5), max_size=12))
def test_the_best_sequence_is_the_best_well_formed_one(rows: list[list[int]]) -> None:
    """Of all label sequences in which I follows its own B or I, the one with most points is taken."""
    labels = ("O", "B-x", "I-x", "B-y", "I-y")
    scores = np.array(rows[:5], dtype=np.float32).reshape(-1, 5)

    def fits(sequence: tuple[int, ...]) -> bool:
        before = "O"
        for number in sequence:
            if labels[number].startswith("I") and before[2:] != labels[number][2:]:
                return False
            before = labels[number]
        return True

    def points(sequence: tuple[int, ...]) -> float:
        return float(sum(scores[i, n] for i, n in enumerate(sequence)))

    best = max((points(s) for s in product(range(5), repeat=len(scores)) if fits(s)), default=0.0)
    found = [0] * len(scores)
    for each in stretches(scores, labels):
        found[each.first] = labels.index(f"B-{each.label}")
        for word in range(each.first + 1, each.end):
            found[word] = labels.index(f"I-{each.label}")
    assert points(tuple(found)) == pytest.approx(best, abs=1e-2)


@given(st.lists(st.lists(st.integers(-9, 9), min_size=4, max_size=4), min_size=4, max_size=4))
def test_heads_are_a_tree_with_one_root(rows: list[list[int]]) -> None:
    """Whatever the scores, the heads have one root and no circle."""
    heads = best_tree(np.array(rows, dtype=np.float64))
    assert sum(head == word for word, head in enumerate(heads)) == 1
    for word in range(len(heads)):
        for _ in heads:
            word = heads[word]
        assert heads[word] == word


def test_the_best_tree_breaks_a_circle_where_it_costs_least() -> None:
    """Two words that each want the other for a head: the weaker wish gives way."""
    scores = np.array([[0.0, 9.0, 1.0], [8.0, 1.0, 7.5], [0.0, 0.0, 5.0]])
    assert best_tree(scores) == [1, 2, 2]


def test_a_name_has_one_kind_in_an_article() -> None:
    """Mentions of one name vote on its kind, and a person's full name speaks for the surname."""
    mentions = [
        ("Ilsa Brandt", "PERSON", 0.9),
        ("Brandt", "GPE", 0.6),
        ("Lunde", "ORG", 0.4),
        ("Lunde", "GPE", 0.7),
    ]
    assert agreed(mentions) == ["PERSON", "PERSON", "GPE", "GPE"]


def test_a_town_named_after_a_person_stays_a_town() -> None:
    """One full name does not make a person of a place that is named again and again."""
    mentions = [("Ann Lunde", "PERSON", 0.8), *[("Lunde", "GPE", 0.9)] * 4, ("Monday", "DATE", 0.9)]
    assert agreed(mentions) == ["PERSON", *["GPE"] * 4, "DATE"]


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("Velmar Sea", "MISC", "LOC"),
        ("Earth", "MISC", "LOC"),
        ("UK", "MISC", "GPE"),
        ("Velmar Sea", "ORG", "ORG"),
        ("Sea", "MISC", "MISC"),
        ("Earth Charter", "MISC", "MISC"),
    ],
)
def test_a_name_of_no_kind_may_say_that_it_is_a_place(text: str, kind: str, told: str) -> None:
    assert by_its_words(text, kind) == told


def test_a_name_ends_before_the_mark_behind_it() -> None:
    """A dash that the tokenizer cuts off is no part of the name; one that is the whole name stays."""
    doc = Doc(spacy.blank("en").vocab, ["Kastel", "-", "led", "—"])
    assert without_marks(doc, 0, 2) == (0, 1)
    assert without_marks(doc, 0, 1) == (0, 1)
    assert without_marks(doc, 3, 4) == (3, 4)


# --- positions -----------------------------------------------------------------------------


def test_positions_are_told_token_by_token_and_in_stretches() -> None:
    """White space has no share of its own, and a stretch over it counts its words alone."""
    sure, outside = [-4.0, 4.0, 0.0], [4.0, -4.0, -4.0]
    inside = [-4.0, 0.0, 4.0]
    first = np.array([outside, sure, inside], dtype=np.float32)
    second = np.array([sure], dtype=np.float32)
    stated = read_stated([([0, 1, 3], first, None), ([4], second, None)], 6)
    assert [(start, end) for start, end, _ in stated.stretches] == [(1, 4), (4, 5)]
    assert stated.shares[2] == stated.shares[5] == 0.0
    assert stated.share(1, 4) > 0.9 > stated.share(0, 4) > 0.6
    assert stated.share(2, 3) == 0.0
    assert stated.stance(1, 4) == ()


def test_the_stance_of_a_stretch_is_that_of_its_words_together() -> None:
    """One word that leans the other way is outvoted, and white space has no vote."""
    scores = np.array([[0.0, 0.0, 0.0]] * 3, dtype=np.float32)
    stances = np.array([[3.0, 0.0], [3.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    stated = read_stated([([0, 2, 3], scores, stances)], 4)
    assert stated.stance(0, 4)[0] > 0.7 > 0.3 > stated.stance(3, 4)[0]
    assert stated.stance(1, 2) == ()


# --- sentences -----------------------------------------------------------------------------


def sentences(text: str, wanted: str = "") -> list[str]:
    """The mended sentences of a text, where a model wanted starts at the words in `wanted`."""
    doc = spacy.blank("en")(text)
    asked = wanted.split()
    for token in doc:
        token.is_sent_start = token.i == 0 or token.text in asked
    return [sentence.text.strip() for sentence in mend(doc).sents]


@pytest.mark.parametrize(
    "text, wanted, expected",
    [
        ('He was "ready. " He left.', '" He', ['He was "ready. "', "He left."]),
        ('She said "it is over." He left.', '"', ['She said "it is over."', "He left."]),
        ("“Why?” she asked.", "she", ["“Why?” she asked."]),
        ("Sen. Gale spoke. Gen. Hall did not.", "Gale Hall", ["Sen. Gale spoke.", "Gen. Hall did not."]),
        ("Sens. Gale and Low met Lt. Hall.", "Gale Hall", ["Sens. Gale and Low met Lt. Hall."]),
        ("They met Sam. Low left.", "", ["They met Sam.", "Low left."]),
        ("The U.S. Senate met.", "Senate", ["The U.S. Senate met."]),
        ("He left the U.S. The Senate met.", "", ["He left the U.S.", "The Senate met."]),
        ("A headline\n\nMr. J. Low spoke.", "Low J.", ["A headline", "Mr. J. Low spoke."]),
        ("It grew (by much. More came.) and fell.", "More", ["It grew (by much. More came.) and fell."]),
        ("It rose and then fell.", "then", ["It rose and then fell."]),
    ],
)
def test_sentences_are_mended(text: str, wanted: str, expected: list[str]) -> None:
    """Marks stay with what they quote; titles, initials and brackets end no sentence; blank lines do."""
    assert sentences(text, wanted) == expected


def test_mending_keeps_the_parse_a_tree() -> None:
    """Where two sentences become one, the second's root hangs on the first's."""
    vocab = spacy.blank("en").vocab
    words = ["“", "Go", ".", "”", "he", "said", "."]
    doc = Doc(
        vocab,
        words=words,
        heads=[1, 1, 1, 5, 5, 5, 5],
        deps=["punct", "ROOT", "punct", "punct", "nsubj", "ROOT", "punct"],
    )
    assert len(list(doc.sents)) == 2
    mended = mend(doc)
    assert [t.dep_ for t in mended].count("ROOT") == len(list(mended.sents)) == 1


# --- lemmas and links ----------------------------------------------------------------------


def test_lemmas_come_from_the_table_then_from_the_longest_ending() -> None:
    """The irregular is looked up, the regular follows the rule of its longest known ending."""
    lemmas = Lemmas({"VBD": {"went": "go"}}, {"VBD": {"ed": (2, ""), "ied": (3, "y")}, "NNP": {"": (0, "")}})
    assert [lemmas.of(f, "VBD") for f in ("went", "Asked", "denied", "cut")] == ["go", "ask", "deny", "cut"]
    assert lemmas.of("Corvo", "NNP") == "Corvo"


def segment(part: str, first: int, end: int) -> Segment:
    return Segment(part, first, end, 0.9, np.ones(4, dtype=np.float32))


def nearest(depth: int = 1) -> Linker:
    """A linker of one tree: what stands at most two words away belongs to the cue."""
    forest = Forest(
        feature=np.array([[4, 0, 0]], dtype=np.int16),
        threshold=np.array([[2.5, 0.0, 0.0]]),
        left=np.array([[1, -1, -1]], dtype=np.int16),
        right=np.array([[2, -1, -1]], dtype=np.int16),
        value=np.array([[0.0, 3.0, -3.0]]),
        base=0.0,
        depth=depth,
    )
    return Linker(forest, source_at_least=0.5, content_at_least=0.5, keep_at_least=0.1)


def test_a_cue_takes_the_source_and_contents_that_are_likeliest() -> None:
    """Each content goes to one cue, each cue to one source; a tie goes to the first in the text."""
    words = Words("Ann said go . Bo asked why".split(), [0] * 7)
    segments = [
        segment("source", 0, 1), segment("cue", 1, 2), segment("content", 2, 3),
        segment("source", 4, 5), segment("cue", 5, 6), segment("content", 6, 7),
    ]  # fmt: skip
    linked = nearest().link(words, segments, np.zeros(2, dtype=np.float32))
    assert [(each.source, each.cue, each.contents) for each in linked] == [(0, 1, (2,)), (3, 4, (5,))]


def test_a_cue_without_a_content_is_no_attribution() -> None:
    """Nothing is said to be said where no content was found."""
    words = Words("Ann said so".split(), [0] * 3)
    segments = [segment("source", 0, 1), segment("cue", 1, 2)]
    assert nearest().link(words, segments, np.zeros(2, dtype=np.float32)) == []


def test_only_near_segments_are_compared() -> None:
    """In an article of any length a cue is compared with what stands near it alone."""
    count = 2000
    words = Words(["w"] * (20 * count), [n // 10 for n in range(20 * count)])
    segments = [
        s
        for n in range(count)
        for s in (segment("cue", 20 * n, 20 * n + 1), segment("content", 20 * n + 2, 20 * n + 9))
    ]
    assert len(pairs_of(words, segments, np.zeros(2, dtype=np.float32)).pairs) <= 5 * count
