"""Train tags, lemmas, parse and sentences: spaCy's CNN on the English treebanks of Universal Dependencies.

The windows are made to look like news as it arrives: one to eight sentences of a document, a
part of them with typographic quotation marks, a part of the paragraph breaks as blank lines.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from .corpora import Sentence, TreebankDocument, Word, read_treebank

PARAGRAPH = "\n\n"
WIDTH, DEPTH = 96, 4


@dataclass(frozen=True, slots=True)
class SyntaxRecipe:
    """What the tagger and parser are trained on, and how long; paths are relative to the corpora."""

    inputs: tuple[str, ...] = ("ud-ewt/train.conllu", "gum/train")
    steps: int = 3500
    seed: int = 1
    batch_words: tuple[int, int] = (500, 1200)
    learn_rate: float = 1e-3
    dropout: float = 0.1
    longest_window: int = 8
    curly_share: float = 0.25
    blank_line_share: float = 0.4
    save_every: int = 500


def blank() -> Language:
    """Give an untrained English pipeline: shared CNN, fine and coarse tags, lemmas, parse."""
    nlp = spacy.blank("en")
    nlp.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2",
                    "width": WIDTH,
                    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                    "rows": [5000, 1000, 2500, 2500],
                    "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": WIDTH,
                    "depth": DEPTH,
                    "window_size": 1,
                    "maxout_pieces": 3,
                },
            }
        },
    )
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": listener}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer", config={"model": tagger, "top_k": 1})
    nlp.add_pipe(
        "parser",
        config={
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "parser",
                "extra_state_tokens": False,
                "hidden_width": 64,
                "maxout_pieces": 2,
                "use_upper": True,
                "nO": None,
                "tok2vec": listener,
            },
            "moves": None,
            "learn_tokens": False,
            "min_action_freq": 5,
        },
    )
    return nlp


def reference(nlp: Language, sentences: list[Sentence], breaks: list[bool], curly: bool) -> Doc:
    """Give a gold Doc of sentences; `breaks[i]` puts a blank line before sentence i.

    A blank line is a token of white space that hangs on the word before it, as in spaCy's data.
    """
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    poses: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[bool] = []
    for sentence, broken in zip(sentences, breaks, strict=True):
        if broken and words:
            spaces[-1] = False
            words.append(PARAGRAPH)
            spaces.append(False)
            tags.append("_SP")
            poses.append("SPACE")
            lemmas.append(PARAGRAPH)
            heads.append(len(words) - 2)
            deps.append("dep")
            starts.append(False)
        offset = len(words)
        for number, word in enumerate(sentence.words):
            words.append(_typographic(word) if curly else word.form)
            spaces.append(word.space_after)
            tags.append(word.xpos)
            poses.append(word.upos)
            lemmas.append(word.lemma)
            heads.append(offset + word.head)
            deps.append("ROOT" if word.head == number else word.deprel)
            starts.append(number == 0)
    doc = Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=poses,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
    )
    return doc


def _typographic(word: Word) -> str:
    if word.form == '"':
        return "”" if word.xpos == "''" else "“"
    if word.form == "'" and word.xpos == "``":
        return "‘"
    return word.form.replace("'", "’")


def windows(
    nlp: Language, documents: list[TreebankDocument], recipe: SyntaxRecipe, rng: random.Random
) -> Iterator[Example]:
    """Give one pass over the documents, in random order, cut into windows of random length."""
    cuts = []
    for document in documents:
        at = 0
        while at < len(document.sentences):
            size = rng.randint(1, recipe.longest_window)
            cuts.append(list(document.sentences[at : at + size]))
            at += size
    rng.shuffle(cuts)
    for sentences in cuts:
        breaks = [s.opens_paragraph and rng.random() < recipe.blank_line_share for s in sentences]
        gold = reference(nlp, sentences, breaks, curly=rng.random() < recipe.curly_share)
        yield Example(nlp.make_doc(gold.text), gold)


def batches(
    nlp: Language, documents: list[TreebankDocument], recipe: SyntaxRecipe, rng: random.Random
) -> Iterator[list[Example]]:
    """Give batches for ever, growing from the smaller to the larger number of words."""
    small, large = recipe.batch_words
    size = float(small)
    batch: list[Example] = []
    words = 0
    while True:
        for example in windows(nlp, documents, recipe, rng):
            if batch and words + len(example.reference) > size:
                yield batch
                batch, words, size = [], 0, min(large, size * 1.001)
            batch.append(example)
            words += len(example.reference)


def train(
    corpora: Path,
    output: Path,
    recipe: SyntaxRecipe,
    *,
    say: Callable[[str], None] = print,
) -> Language:
    """Train from the corpora and give the pipeline, saved to `output` (and on the way every few steps).

    A run that was broken off begins again: it takes twenty minutes, and a restart changes no result.
    """
    random.seed(recipe.seed)
    fix_random_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    documents = [d for name in recipe.inputs for d in read_treebank(corpora / name)]
    nlp = blank()
    sample = [example for _, example in zip(range(4000), windows(nlp, documents, recipe, rng), strict=False)]
    optimizer = nlp.initialize(lambda: sample)
    losses: dict[str, float] = {}
    began = time.monotonic()
    # The average of the weights over the steps is what gets saved: steadier than the last step.
    for step, batch in enumerate(batches(nlp, documents, recipe, rng), start=1):
        optimizer.learn_rate = _learn_rate(recipe, step)
        nlp.update(batch, drop=recipe.dropout, sgd=optimizer, losses=losses)
        if step % 100 == 0:
            shown = " ".join(f"{name} {loss:.0f}" for name, loss in losses.items())
            say(f"syntax step {step} of {recipe.steps}, {time.monotonic() - began:.0f} s: {shown}")
            losses = {}
        if step % recipe.save_every == 0 or step >= recipe.steps:
            with nlp.use_params(optimizer.averages):
                nlp.to_disk(output)
        if step >= recipe.steps:
            break
    return spacy.load(output)


def _learn_rate(recipe: SyntaxRecipe, step: int) -> float:
    """Give the rate of a step: a short warm-up, level for half of the run, then falling to a tenth."""
    warm = min(1.0, step / 100)
    left = max(0.0, min(1.0, 2 * (1 - step / recipe.steps)))
    return recipe.learn_rate * warm * (0.1 + 0.9 * left)
