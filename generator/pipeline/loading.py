"""Load the embedded pipeline, or any other spaCy pipeline by name or path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

EMBEDDED = Path(__file__).parent / "model"
NEEDS = ("tagger", "parser", "ner")


def load(model: str | Path | None = None) -> Language:
    """Give the embedded pipeline, or the spaCy pipeline `model` (a package name or a folder).

    Raises ModelError where there is no such pipeline or its files cannot be read.
    """
    import spacy

    from . import components  # noqa: F401  (registers the factories where the package is not installed)

    path = EMBEDDED if model is None else model
    try:
        nlp = spacy.load(path)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"cannot load the language model {str(path)!r}: {error}") from error
    if "sentence_mender" not in nlp.pipe_names:
        nlp.add_pipe("sentence_mender", after="parser" if "parser" in nlp.pipe_names else None)
    return nlp
