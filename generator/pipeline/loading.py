"""Load the embedded pipeline, or any other spaCy pipeline by name or path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

EMBEDDED = Path(__file__).parent / "model"
# What the analysis asks of a pipeline, and the component that spaCy's own pipelines have for it.
NEEDS = {"token.tag": "tagger", "token.dep": "parser", "doc.ents": "ner"}


def load(model: str | Path | None = None) -> Language:
    """Give the embedded pipeline, or the spaCy pipeline `model` (a package name or a folder).

    Another pipeline gets its sentences mended as ours are; without a component for attributions,
    `doc._.attributions` stays empty. Raises ModelError where there is no such pipeline, its files cannot
    be read, it is not English, or it has no tagger, parser or entities.
    """
    import spacy

    from . import components

    components.register_extensions()
    name = str(EMBEDDED if model is None else model)
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError, ImportError, KeyError, TypeError) as error:
        raise ModelError(
            f"cannot load the language model {name!r}: {_first_line(error)}; "
            "name an installed pipeline (python -m spacy download en_core_web_sm) or a pipeline's folder"
        ) from error
    if nlp.lang != "en":
        raise ModelError(f"the language model {name!r} is for {nlp.lang!r}: an English one is needed")
    assigned = {what for pipe in nlp.pipe_names for what in nlp.get_pipe_meta(pipe).assigns}
    missing = [component for what, component in NEEDS.items() if what not in assigned]
    if missing:
        raise ModelError(f"the language model {name!r} has no {', '.join(missing)}: the analysis needs each")
    if "news_reader" not in nlp.pipe_names:
        nlp.add_pipe("sentence_mender", after="parser" if "parser" in nlp.pipe_names else None)
    return nlp


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
