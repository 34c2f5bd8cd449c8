"""The embedded pipeline: what it gives for an article, exactly where, and always the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ModelError
from generator.pipeline import load
from generator.pipeline.components import NewsReader
from generator.pipeline.loading import EMBEDDED

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ARTICLE = (
    "Harbour mayor rejects toll plan\n\n"
    "Mayor Ilsa Brandt of Port Corvo rejected the toll plan on Tuesday.\n\n"
    "“We will not tax the people who keep this harbour alive,” Brandt told reporters. "
    "The Ministry of Transport said that the plan would be revised by June.\n\n"
    "According to the dockworkers’ union, 400 jobs are at risk."
)


def facts(doc: Doc) -> list[object]:
    """Everything that the pipeline decides about a text."""
    tokens = [(t.idx, t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]
    return [tokens, [(e.start_char, e.end_char, e.label_) for e in doc.ents], doc._.attributions]


def parts(doc: Doc, part: str) -> list[str]:
    return [doc.text[start:end] for a in doc._.attributions for start, end in getattr(a, part)]


def test_every_word_has_tag_lemma_head_and_sentence(nlp: Language) -> None:
    """A read article has a tag, a lemma and a head for every word, and one root a sentence."""
    doc = nlp(ARTICLE)
    assert all(t.tag_ and t.pos_ and t.lemma_ and t.dep_ for t in doc)
    for sentence in doc.sents:
        assert [t for t in sentence if t.dep_ == "ROOT"] == [sentence.root]
    verb = next(t for t in doc if t.text == "rejected")
    assert (verb.tag_, verb.pos_, verb.lemma_) == ("VBD", "VERB", "reject")
    subject = next(t for t in verb.children if t.dep_ == "nsubj")
    assert "Brandt" in {subject.text, *(t.text for t in subject.subtree)}


def test_a_demand_is_stated_and_a_fact_is_not(nlp: Language) -> None:
    """The reader tells words that hold a position from words that tell what happened."""
    doc = nlp(
        "The bridge over the Sarma was closed on Tuesday.\n\n"
        "Mayor Ilsa Brandt said that the ministry must pay for it."
    )
    closed = next(t.i for t in doc if t.text == "closed")
    must = next(t.i for t in doc if t.text == "must")
    assert doc._.stated.shares[must] > 0.5 > doc._.stated.shares[closed]
    assert any(start <= must < end for start, end, _ in doc._.stated.stretches)


def test_a_model_without_heads_for_statements_says_nothing_of_them(tmp_path: Path) -> None:
    """None, not a share of nought: the analysis then goes by its own rules."""
    shutil.copytree(EMBEDDED, tmp_path / "model")
    heads = tmp_path / "model/news_reader/heads.json"
    described = json.loads(heads.read_text("utf-8"))
    del described["columns"]["position"]
    heads.write_text(json.dumps(described), "utf-8")
    doc = load(tmp_path / "model")(ARTICLE)
    assert doc._.stated is None
    assert any(doc._.ahead.shares)


def test_a_reader_that_was_given_no_model_says_so() -> None:
    with pytest.raises(ModelError, match=r"generator\.pipeline\.load"):
        NewsReader()(spacy.blank("en")(ARTICLE))


def test_names_are_found_with_their_kinds(nlp: Language) -> None:
    """Persons, bodies and dates are entities of the article, titles left outside of names."""
    found = {(e.text, e.label_) for e in nlp(ARTICLE).ents}
    assert ("Ilsa Brandt", "PERSON") in found
    assert ("Tuesday", "DATE") in found
    assert any("Ministry of Transport" in text and label == "ORG" for text, label in found)


def test_who_said_what_is_found_with_its_cue(nlp: Language) -> None:
    """Direct and indirect speech is attributed: source, cue and content, each where it stands."""
    doc = nlp(ARTICLE)
    assert "told" in " ".join(parts(doc, "cue"))
    assert "Brandt" in parts(doc, "source")
    assert any(
        text.strip("“”,") == "We will not tax the people who keep this harbour alive"
        for text in parts(doc, "content")
    )
    assert any("the plan would be revised by June" in text for text in parts(doc, "content"))
    assert all(0.0 <= a.score <= 1.0 and a.score == round(a.score, 4) for a in doc._.attributions)


def test_a_headline_is_a_sentence_of_its_own(nlp: Language) -> None:
    """A blank line ends a sentence, with or without a full stop before it."""
    assert next(nlp(ARTICLE).sents).text.strip() == "Harbour mayor rejects toll plan"


def test_what_was_read_before_changes_nothing(nlp: Language) -> None:
    """An article read again after others gives the same, to the last score."""
    first = facts(nlp(ARTICLE))
    nlp("A quite different text, “with its own quotation,” said nobody in particular. " * 30)
    assert facts(nlp(ARTICLE)) == first
    assert [facts(doc) for doc in nlp.pipe([ARTICLE, "Another one.", ARTICLE], batch_size=3)][::2] == [
        first,
        first,
    ]


AWKWARD = st.text(
    alphabet=st.sampled_from("ab Z.,\n\n“”\"'’()-—…é\u0301\u200b\u200d\u00ad\u2028\t😀🇺🇦中文ßİﬁ\x00\ufeff"),
    max_size=120,
)


@settings(max_examples=60)
@given(AWKWARD)
def test_offsets_fit_whatever_the_text(nlp: Language, text: str) -> None:
    """Emoji, combining marks and zero-width characters move no offset: spans are cut from the text."""
    doc = nlp(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    for attribution in doc._.attributions:
        for start, end in (*attribution.source, *attribution.cue, *attribution.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "a" * 20_000, "😀" * 500, "word " * 3000, "\n\n".join(["x"] * 300), "“" * 400],
    ids=["empty", "blank", "break", "long word", "emoji", "no full stop", "many paragraphs", "marks"],
)
def test_odd_shapes_are_read(nlp: Language, text: str) -> None:
    """An empty text, an endless word, a paragraph longer than a window: each is read."""
    doc = nlp(text)
    assert doc.text == text
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


def test_a_missing_model_is_a_clear_error(tmp_path: Path) -> None:
    """A model that is not there is named, with what would have worked."""
    with pytest.raises(ModelError, match=r"no_such_pipeline.*en_core_web_sm"):
        load("no_such_pipeline")
    with pytest.raises(ModelError, match="cannot load"):
        load(tmp_path)


@pytest.mark.parametrize(
    "file, content",
    [
        ("news_reader/encoder.onnx", b"not a model"),
        ("news_reader/linker.npz", b"PK nothing"),
        ("news_reader/heads.json", b"{}"),
        ("news_reader/lemmas.json", b"[]"),
        ("news_reader/vocabulary.txt", b"\xff\xfe\xff"),
        ("news_reader/encoder.onnx", None),
        ("config.cfg", None),
    ],
)
def test_a_damaged_model_is_a_clear_error(tmp_path: Path, file: str, content: bytes | None) -> None:
    """A file of the model that is cut off, of another kind or missing is an error of ours that names it."""
    model = tmp_path / "model"
    shutil.copytree(EMBEDDED, model)
    if content is None:
        (model / file).unlink()
    else:
        (model / file).write_bytes(content)
    with pytest.raises(ModelError, match="model"):
        load(model)


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    """Another pipeline must have a tagger, a parser and entities: the error says which is missing."""
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="no tagger, parser, ner"):
        load(tmp_path / "blank")


def test_a_pipeline_of_another_language_is_refused(tmp_path: Path) -> None:
    """A pipeline for German is refused by its language."""
    spacy.blank("de").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="'de'"):
        load(tmp_path / "blank")
