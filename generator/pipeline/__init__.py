"""The language model that reads articles: `load()` gives a spaCy pipeline, the embedded one or another."""

from .loading import load

__all__ = ["load"]
