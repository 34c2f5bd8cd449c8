"""From corpora to the shipped files, stage by stage: samples, encoder, export, lemmas, linker,
pipeline."""

import importlib.util
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import spacy

from generator.pipeline.attribution import Forest, Linker
from generator.pipeline.components import NewsReader
from generator.pipeline.pieces import Vocabulary

from . import lemmas, linker
from .annotated import AnnotatedText, read_annotations
from .corpora import AttributedArticle, read_polnear, read_treebank
from .names import NamedText, gum_text, read_names
from .recipe import Recipe, RecipeError, check_inputs
from .samples import Sample, TagSets, attribution_sample, entity_samples, syntax_sample
from .statement_samples import statement_samples
from .statements import read_readings

# What GUM's annotators link to Wikipedia; nationalities, dates and works are not covered.
GUM_COVERS = frozenset({"PERSON", "ORG", "GPE", "LOC", "EVENT"})
VERSION = "1.0.0"


def find_weights(name: str) -> Path:
    """Give the folder with MiniLM's `model.safetensors` and `vocab.txt`.

    `name` is the folder itself, or an installed package that has it as `model/`.
    """
    folder = Path(name)
    if not folder.is_dir():
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise RecipeError(
                f"no weights: {name} is neither a folder nor an installed package (pip install it)"
            )
        folder = Path(spec.origin).parent / "model"
    for file in ("model.safetensors", "vocab.txt"):
        if not (folder / file).is_file():
            raise RecipeError(f"no weights: {folder} lacks {file}")
    return folder


def split_articles(recipe: Recipe, corpora: Path) -> tuple[list[AttributedArticle], list[AttributedArticle]]:
    """Give the articles for the encoder, and those kept apart for the linker."""
    if recipe.attribution is None:
        return [], []
    articles = read_polnear(corpora / recipe.attribution)
    apart = [a for i, a in enumerate(articles) if i % recipe.linker_share == 0]
    return [a for i, a in enumerate(articles) if i % recipe.linker_share], apart


def split_annotated(recipe: Recipe, corpora: Path) -> tuple[list[AnnotatedText], list[AnnotatedText]]:
    """Give the annotated articles for the encoder, and those kept apart for the analysis."""
    articles, _ = split_articles(recipe, corpora)
    read = {article.name for article in articles}
    annotated = list(read_annotations(corpora, recipe.annotated))
    known = [a for i, a in enumerate(annotated) if i % recipe.annotated_share and a.name in read]
    names = {a.name for a in known}
    return known, [a for a in annotated if a.name not in names]


def make_samples(
    recipe: Recipe, corpora: Path, vocabulary: Vocabulary, articles: Sequence[AttributedArticle]
) -> tuple[dict[str, Sequence[Sample]], TagSets]:
    """Give the samples of each task, and the treebanks' tags."""
    documents = [d for name in recipe.treebanks for d in read_treebank(corpora / name)]
    tags = TagSets.of(documents)
    named = [read_names(corpora / name) for name in recipe.names]
    gum = [gum_text(d) for name in recipe.named_treebanks for d in read_treebank(corpora / name)]
    samples: dict[str, Sequence[Sample]] = {
        "entities": [
            *(sample for each in named for sample in entity_samples(vocabulary, each)),
            *entity_samples(vocabulary, NamedText(tuple(gum), GUM_COVERS), together=1),
        ],
        "syntax": [syntax_sample(vocabulary, document, tags) for document in documents],
    }
    if articles:
        samples["attribution"] = [attribution_sample(vocabulary, article) for article in articles]
    attributed = {article.name: article for article in articles}
    annotated, _ = split_annotated(recipe, corpora)
    samples["statements"] = list(statement_samples(vocabulary, read_readings(), annotated, attributed))
    return samples, tags


def build(
    recipe: Recipe,
    corpora: Path,
    work: Path,
    output: Path,
    *,
    threads: int = 2,
    say: Callable[[str], None] = print,
) -> None:
    """Train, and write the pipeline to `output` as `spacy.load` reads it.

    `work` keeps the encoder's checkpoint: a run that was broken off goes on where it was. Raises
    RecipeError where corpora, weights or torch are missing.
    """
    check_inputs(recipe, corpora)
    try:
        import torch
    except ImportError as error:
        raise RecipeError("training needs torch: pip install torch (a CPU build will do)") from error
    from . import encoder, export

    weights = find_weights(recipe.weights)
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(threads)
    vocabulary = Vocabulary.read(weights / "vocab.txt")
    articles, apart = split_articles(recipe, corpora)
    samples, tags = make_samples(recipe, corpora, vocabulary, articles)
    for task, each in samples.items():
        say(f"{task}: {sum(p.size() for s in each for p in s.paragraphs)} pieces in {len(each)} texts")
    shape = encoder.shape_of(weights)
    model = encoder.Encoder(shape, encoder.heads_for(tags), len(tags.deprel), recipe.encoder.dropout)
    encoder.load_weights(model, weights / "model.safetensors")
    encoder.train(model, samples, work, recipe.encoder, say=say)
    encoder.lean(model, recipe.leans)

    reader = work / "reader"
    reader.mkdir(exist_ok=True)
    state = {name: values.float().numpy() for name, values in model.state_dict().items()}
    columns = model.heads.slices()
    export.export(state, columns, reader / "encoder.onnx", attention_heads=shape.attention_heads)
    (reader / "heads.json").write_text(encoder.describe(tags, model), encoding="utf-8")
    shutil.copyfile(weights / "vocab.txt", reader / "vocabulary.txt")
    documents = [d for name in recipe.treebanks for d in read_treebank(corpora / name)]
    lemmas.save(lemmas.learn(documents), reader / "lemmas.json")
    finish(recipe, corpora, apart, reader, output, say=say)


def finish(
    recipe: Recipe,
    corpora: Path,
    apart: Sequence[AttributedArticle],
    reader: Path,
    output: Path,
    *,
    say: Callable[[str], None] = print,
) -> None:
    """Teach the linker on the articles kept apart, and write the whole pipeline."""
    linker.save(_nothing_links(), reader / "linker.npz")
    if apart:
        untaught = NewsReader().from_disk(reader)
        linker.train(untaught, spacy.blank("en"), apart, reader / "linker.npz", recipe.linker, say=say)
    nlp = spacy.blank("en", meta=_meta(recipe))
    component = nlp.add_pipe("news_reader")
    assert isinstance(component, NewsReader)
    component.from_disk(reader)
    nlp.to_disk(output)
    size = sum(file.stat().st_size for file in output.rglob("*") if file.is_file())
    say(f"wrote {output}: {size / 1e6:.1f} MB")


def _meta(recipe: Recipe) -> dict[str, object]:
    inputs = ", ".join(recipe.inputs())
    return {
        "name": "news",
        "version": VERSION,
        "description": "English news: tags, lemmas, parse, entities and attributions from one small encoder.",
        "license": "see docs/model.md",
        "sources": [{"name": "MiniLM (all-MiniLM-L6-v2)", "license": "Apache-2.0"}, {"name": inputs}],
    }


def _nothing_links() -> Linker:
    """Give a linker that links nothing: what a model without attribution data ships."""
    leaf = np.zeros((1, 1))
    numbers = leaf.astype(np.int16)
    return Linker(Forest(numbers, leaf, numbers - 1, numbers - 1, leaf, -9.0, 1), 1.1, 1.1, 1.1)
