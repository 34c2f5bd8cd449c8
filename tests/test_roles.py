"""What the article says a person is."""

from __future__ import annotations

import pytest
from spacy.language import Language

from generator.analysis.actors import find_actors
from tests.castdocs import make_article, read_cast


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Later British_JJ Prime Minister Nora Quill said so .", "Nora Quill", "British Prime Minister"),
        ("Later Treasury spokesman Olaf Bern said so .", "Olaf Bern", "Treasury spokesman"),
        ("Later Secretary of State Ivo Kram said so .", "Ivo Kram", "Secretary of State"),
        ("Later former_JJ Secretary of State Ivo Kram said so .", "Ivo Kram", "former Secretary of State"),
        (
            "Rosa Hale , president of the Dockers' Union , said so .",
            "Rosa Hale",
            "president of the Dockers' Union",
        ),
        ("Otto Varga , 54 , a nurse from Leeds , said so .", "Otto Varga", "a nurse from Leeds"),
        ("Rep. Ada Brook ( D - Ohio ) , a former_JJ judge , said so .", "Ada Brook", "a former judge"),
        (
            "The leader of the Harbour delegation , Jan Pohl , said so .",
            "Jan Pohl",
            "The leader of the Harbour delegation",
        ),
        (
            "Eva Lind , who heads_VBZ the Centre for Tides , said so .",
            "Eva Lind",
            "heads the Centre for Tides",
        ),
        ("Eva Lind , who served_VBD as envoy to Chile , said so .", "Eva Lind", "envoy to Chile"),
        ("Max Rehn is the director of the Tide Office .", "Max Rehn", "the director of the Tide Office"),
        ("Later Rep. Ada Brook said so .", "Ada Brook", "Rep."),
        ("Later Republican Nell Dast said so .", "Nell Dast", "Republican"),
        ("Later Corvane 's CEO Ada Brook said so .", "Ada Brook", "Corvane's CEO"),
        (
            "Rosa Hale , president and director of the Tide Office , said so .",
            "Rosa Hale",
            "president and director of the Tide Office",
        ),
        ("The council 's Prime Minister , Ada Brook said so .", "Ada Brook", "The council's Prime Minister"),
        ("Ada Brook was dismissed_VBN as head of the Tide Office .", "Ada Brook", "head of the Tide Office"),
        ("Later council members Ada Brook and Otto Varga said so .", "Otto Varga", "council members"),
    ],
)
def test_role_is_the_articles_own_words(sentence: str, name: str, role: str) -> None:
    """Titles, descriptions beside the name and clauses about a person give the role, word for word."""
    found = {actor.name: actor.role for actor in read_cast(sentence).actors}
    assert found[name] == role


def test_a_title_may_name_a_body_before_the_name() -> None:
    """ "The chief executive of the Refuge Council Ada Brook" is her whole title."""
    cast = read_cast("Chief executive of the Refuge Council Ada Brook said so .", persons=("Ada Brook",))
    assert {a.name: a.role for a in cast.actors}["Ada Brook"] == "Chief executive of the Refuge Council"


def test_another_persons_role_is_not_taken() -> None:
    """A description that holds another person's name describes nobody after the comma."""
    cast = read_cast(
        "On Friday the rival of leader Otto Varga , Ada Brook .\nAda Brook said so .\nOtto Varga said so .",
        persons=("Ada Brook", "Otto Varga"),
    )
    assert {a.name: a.role for a in cast.actors}["Ada Brook"] is None


def test_an_honorific_is_no_role() -> None:
    """ "Mr." says nothing about what a man does."""
    assert [(a.name, a.role) for a in read_cast("On Friday Mr. Otto Varga said so .").actors] == [
        ("Otto Varga", None)
    ]


def test_a_description_ends_before_the_next_one() -> None:
    """ "A fellow at the institute and an expert on tides" is cut at the second description."""
    cast = read_cast("Eva Lind , a fellow at the Tide Institute and an expert on storms , said so .")
    assert cast.actors[0].role == "a fellow at the Tide Institute"


def test_the_most_telling_role_wins() -> None:
    """A description with an office beats a lawmaker's title and a kinship."""
    cast = read_cast(
        "On Friday Rep. Ada Brook said so .\n"
        "Ada Brook , the top_JJ member of the Harbour Committee , said more .\n"
        "Ada Brook , a cousin of the mayor , said less ."
    )
    assert cast.actors[0].role == "the top member of the Harbour Committee"


def test_a_list_is_no_description() -> None:
    """The noun before a comma describes only the name that the next comma closes."""
    cast = read_cast("After a call with his mother , Varga said so .\nOtto Varga said more .")
    assert next(a for a in cast.actors if a.name == "Otto Varga").role is None


def test_the_opening_description_belongs_to_who_is_named_next() -> None:
    """ "A former harbour chief was jailed." and then "Celia Marsh, 58, …": the second tells who the first
    was."""
    cast = read_cast(
        "A former_JJ harbour chief was jailed_VBN for six years .\n"
        "\n"
        "Celia Marsh , 58 , was sentenced_VBN on Friday ."
    )
    assert cast.actors[0].role == "A former harbour chief"


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Debra Kepp, the organist at the Midmoor Church, remembered it.", "Debra Kepp", "the organist at"),
        ("Police have charged harbour shooter Omar Vant with murder.", "Omar Vant", "harbour shooter"),
        ("Eddie Mank, a studio fixer, kept the stars in line.", "Eddie Mank", "a studio fixer"),
    ],
)
def test_the_parse_tells_a_description_whose_noun_is_new(
    nlp: Language, sentence: str, name: str, role: str
) -> None:
    """A noun that no list knows describes a person where it stands as apposition or title of the name."""
    doc = nlp(sentence)
    cast = find_actors(doc, make_article(sentence))
    found = {actor.name: actor.role or "" for actor in cast.actors}
    assert found[name].startswith(role)


def test_the_next_in_a_list_of_people_describes_nobody() -> None:
    cast = read_cast(
        "They heard_VBD President Ada Brook , Senator Otto Varga and others .",
        persons=("Ada Brook", "Otto Varga"),
    )
    assert {a.name: a.role for a in cast.actors}["Ada Brook"] == "President"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Later the secretary of NHB ( Harbour Board ) , Ada Brook , said so .",
            "the secretary of NHB (Harbour Board)",
        ),
        (
            "Later Emeritus Professor Ada Brook , the chairman of the panel , said so .",
            "the chairman of the panel",
        ),
        ("In May Ada Brook was forced_VBN to resign_VB as Harbour minister .", "Harbour minister"),
        ("Later environmentalist Ada Brook said so .", "environmentalist"),
    ],
)
def test_a_role_may_hold_brackets_and_outweigh_a_title(text: str, role: str) -> None:
    """What brackets explain belongs to a role; a chair says more than an academic title."""
    cast = read_cast(text)
    assert next(a.role for a in cast.actors if a.name == "Ada Brook") == role
