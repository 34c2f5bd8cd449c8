"""Briefings as values: names, anchors, evidence."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator.analysis import model
from generator.briefing import (
    KINDS,
    STANCES,
    STATUSES,
    Actor,
    Anchors,
    Paragraph,
    Register,
    evidence_url,
    is_verbatim,
    nearest,
    slugify,
    stands_in,
)
from generator.page import parse
from tests.pages import PAGE

BRIEFING = parse(PAGE)
SOURCE = (
    Paragraph("A heading of the article", None),
    Paragraph("“We need the convoys,” she said -- at last – and “we need them now.”", 1),
    Paragraph("The bridge, built in 1931, will need weeks of work.", 2),
)


def test_words_are_those_of_the_guidelines() -> None:
    """Pages and analysis speak of the same kinds, stances and statuses, in the same order."""
    assert (KINDS, STANCES, STATUSES) == (model.KINDS, model.STANCES, model.STATUSES)


def test_reading_pages_needs_no_language_model() -> None:
    """Whoever reads, checks, merges or stores pages loads neither spaCy nor the analysis."""
    code = (
        "import sys, generator.page, generator.merge, generator.check, generator.store, generator.schema\n"
        "print([m for m in sys.modules if m.startswith(('spacy', 'thinc', 'generator.analysis'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ast.literal_eval(run.stdout) == []


@pytest.mark.parametrize(
    "words, paragraph",
    [
        ("we need them now", 1),
        ('"We need the convoys," she said', 1),
        ("at last — and", 1),
        ("We need the convoys … we need them now", 1),
        ("we need them now … We need the convoys", None),
        ("weeks of  work", 2),
        ("weeks of hard work", None),
        ("A heading of the article", None),
        ("", None),
    ],
)
def test_stands_in(words: str, paragraph: int | None) -> None:
    """Words stand in a paragraph whatever kind of marks, dashes and spaces are typed, in their order."""
    assert stands_in(SOURCE, words) == paragraph


def test_nearest_passage() -> None:
    """For words that do not stand in the source, the closest passage of it is suggested."""
    assert nearest(SOURCE, "the bridge will need months of work") == (
        2,
        "The bridge, built in 1931, will need weeks of work.",
    )
    assert nearest(SOURCE, "fish are cheap today") is None


def test_added_quote_is_not_verbatim() -> None:
    """A quote that a person made up is known not to be the article's."""
    quote = BRIEFING.quotes[0]
    assert is_verbatim(BRIEFING, quote)
    assert not is_verbatim(BRIEFING, replace(quote, parts=("We need more convoys",)))


def test_evidence_url_leads_to_the_words() -> None:
    """The article's address opens at the words, percent-encoded as text fragments ask for."""
    assert evidence_url(BRIEFING, BRIEFING.positions[1]) == (
        "https://harbourpost.example/velmar#:~:text=rejected%20a%20longer%20closure"
    )
    assert evidence_url(BRIEFING, BRIEFING.quotes[0]) == (
        "https://harbourpost.example/velmar#:~:text=We%20need%20the%20convoys%20to%20move%2C"
    )


def test_long_evidence_is_given_by_its_ends() -> None:
    """Of a long passage the address holds the first words and the last."""
    paragraph = BRIEFING.paragraphs[-1].text
    entry = replace(BRIEFING.summary[1], text=paragraph)
    assert evidence_url(BRIEFING, entry) == (
        "https://harbourpost.example/velmar#:~:text=The%20crossing%20was%20closed%20in,wait%20for%20a%20second%20round."
    )


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "data:text/html,x", "//a.example"])
def test_no_evidence_url_without_a_web_address(url: str | None) -> None:
    """Only an address of the web is linked, whatever an article gives as its own."""
    briefing = replace(BRIEFING, source=replace(BRIEFING.source, url=url))
    assert evidence_url(briefing, briefing.quotes[0]) is None


def test_evidence_url_holds_no_markup() -> None:
    """An address with brackets, quotes or spaces in it cannot end the link that it stands in."""
    briefing = replace(BRIEFING, source=replace(BRIEFING.source, url='https://a.example/x) "y<z>#part'))
    url = evidence_url(briefing, briefing.positions[1])
    assert url == "https://a.example/x%29%20%22y%3Cz%3E#:~:text=rejected%20a%20longer%20closure"


@pytest.mark.parametrize(
    "words, slug",
    [
        ("Volodymyr Zelenskyy", "volodymyr-zelenskyy"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Łódź & Søn", "lodz-son"),
        ("O’Neill's", "oneills"),
        ("../../etc/passwd", "etc-passwd"),
        ("北京", ""),
        ("one two three four", "one-two"),
    ],
)
def test_slugify(words: str, slug: str) -> None:
    """A slug has a-z, 0-9 and hyphens only, and is cut between words."""
    assert slugify(words, limit=12 if slug == "one-two" else 60) == slug


def test_anchors_come_from_words() -> None:
    """The same words have the same anchor wherever they stand; entries that share them are told apart."""
    assert Anchors("q").make("words") == Anchors("q").make("words")
    anchors = Anchors("p")
    first, second, third = (anchors.make("words", about) for about in ("Poland", "Germany", "Germany"))
    assert second == f"{first}-germany"
    assert third == f"{first}-germany-2"


def test_register_knows_names_aliases_and_ids() -> None:
    """A name means the actor that has it, first as a name, then as an alias, then by its id."""
    register = Register(
        (
            Actor("smith-lee", "Smith, Lee & Co.", "organization", aliases=("Smith",)),
            Actor("smith", "Jo Smith", "person", aliases=("Smith", "the chair")),
        )
    )
    assert register.resolve("smith, lee & co.") == "smith-lee"
    assert register.resolve("Smith") == "smith-lee"
    assert register.resolve("The Chair") == "smith"
    assert register.resolve("Nobody") is None
    assert register.prefix("Smith, Lee & Co., bankers") == ("smith-lee", "bankers")
    assert register.prefix("Jo Smith, chair, at 90") == ("smith", "chair, at 90")


def test_published_schema_is_the_one_in_use() -> None:
    """The schema that editors check front matter with is what the generator reads by."""
    import json

    from generator.schema import json_schema

    published = Path(__file__).parents[1] / "docs" / "schema" / "briefing.json"
    assert json.loads(published.read_text(encoding="utf-8")) == json_schema()


def test_generated_front_matter_fits_the_schema() -> None:
    """An editor with JSON Schema has nothing to say about a page as generated."""
    import jsonschema
    import yaml

    from generator.markdown import split
    from generator.schema import json_schema

    frame = split(PAGE)
    assert frame is not None
    jsonschema.validate(yaml.load(frame[0], yaml.BaseLoader), json_schema())
