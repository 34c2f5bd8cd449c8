"""What all tests share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from spacy.language import Language

# What tests build, they build anew; those of the cache allow it.
os.environ["BRIEFINGS_NO_CACHE"] = "1"

settings.register_profile(
    "same-each-time", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same-each-time")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The embedded language model, loaded once."""
    from generator.pipeline import load

    return load()
