"""The registry: what people know about identities."""

from __future__ import annotations

import pytest

from generator.errors import BriefingError, SettingsError
from generator.site.press import load_words
from generator.site.registry import read_registry


def test_ids_are_merged_and_split() -> None:
    """An id means another actor everywhere, or in the briefings named alone."""
    registry = read_registry(
        "ann-lee: {same_as: [lee, a-lee]}\nann-lee-mp: {same_as: [ann-lee], only_in: [2026-03-01-port]}\n",
        None,
    )
    assert registry.resolve("lee", "2026-03-02-quay") == "ann-lee"
    assert registry.resolve("ann-lee", "2026-03-01-port") == "ann-lee-mp"
    assert registry.resolve("ann-lee", "2026-03-02-quay") == "ann-lee"
    assert registry.resolve("bo", "2026-03-02-quay") == "bo"


def test_words_stay_what_was_typed() -> None:
    """A name that YAML would read as a truth value or a number stays a name."""
    assert read_registry("no: {name: No, aliases: [0123]}\n", None).actors["no"].aliases == ("0123",)


@pytest.mark.parametrize(
    "text, told",
    [
        ("ann: {}\nbo: [", "actors.yml:2"),
        ("- ann\n", "`id:`"),
        ("ann: {nmae: Ann}", "'nmae'; allowed are name"),
        ("ann: {kind: persn}", "person, organization"),
        ("ann: {aliases: Lee}", "[one, two]"),
        ("ann: {name: [Lee]}", "expected text"),
        ("ann: {links: {Home: 'javascript:alert(1)'}}", "https://"),
        ("ann: {links: [x]}", "pairs"),
    ],
)
def test_a_mistake_is_named_with_what_would_have_worked(text: str, told: str) -> None:
    """A mistake in the file is told with its place and what is allowed."""
    with pytest.raises(BriefingError) as error:
        read_registry(text, None)
    assert told in str(error.value)
    assert "actors.yml" in str(error.value)


def test_words_of_the_site_can_be_changed() -> None:
    """A file with some words changes those and leaves the others."""
    words = load_words('[nav]\nhome = "Heute"\n')
    assert words["nav"]["home"] == "Heute"
    assert words["nav"]["quotes"] == load_words()["nav"]["quotes"]


@pytest.mark.parametrize(
    "text, told",
    [
        ("[nav\n", "not readable as TOML"),
        ('[navi]\nhome = "x"\n', "'navi'"),
        ("[nav]\nhome = 3\n", "nav.home"),
    ],
)
def test_a_mistake_in_the_words_is_named(text: str, told: str) -> None:
    """A key that the site does not have, or a value of another kind, is named with the file."""
    with pytest.raises(SettingsError) as error:
        load_words(text, path="words.toml")
    assert told in str(error.value)
    assert "words.toml" in str(error.value)
