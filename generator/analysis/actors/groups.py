"""Unnamed collectives that may hold a position: "Ukrainian officials", "critics", "Many Mexicans",
"police"."""

from __future__ import annotations

import re

from generator.analysis.actors.forms import Mention
from generator.analysis.actors.geography import atlas, key
from generator.analysis.actors.layout import Page
from generator.analysis.actors.naming import Entity
from generator.analysis.actors.roles import text_of
from generator.analysis.actors.vocabulary import (
    APOSTROPHES,
    BODY_NOUNS,
    NAME_TAGS,
    NOUN_TAGS,
    OWNED_BODIES,
    TIMES,
    words,
)
from generator.analysis.syntax import SUBJECTS


def find_groups(page: Page, entities: list[Entity], nouns: dict[int, Entity]) -> list[Entity]:
    """Unnamed collectives ("Ukrainian officials", "critics", "Many Mexicans", "police"), with parties'
    members."""
    lex, known = words(), atlas()
    inside = {
        i
        for e in entities
        for m in e.names
        if m.guess != "people"
        for i in range(m.title[0] if m.title else m.start, m.end)
    }
    by_key: dict[str, Entity] = {}
    latest: dict[str, Entity] = {}
    for i, word in enumerate(page.lower):
        if i in nouns or page.skip[i] or i in inside:
            continue
        people = page.words[i] in lex.party_people or (key(word) in known.people and page.capital[i])
        start = _group_start(page, i)
        owner = _owner_start(page, start)
        body = page.tags[i] in {"NN", "NNS", "NNP"} and (
            word in BODY_NOUNS
            or (word in OWNED_BODIES and (owner < start or _begins_with_name(page, start, i)))
        )
        if not people and not body:
            misread = (
                page.tags[i] == "VBZ"
                and i
                and page.tags[i - 1][:2] in {"NN", "JJ"}
                and page.tags[i + 1 : i + 2] in (["VBD"], ["MD"], ["VBP"])
            )
            if page.tags[i] not in {"NNS", "NNPS"} and not misread:
                continue
            lemma = page.doc[i].lemma_.lower()
            singular = lemma if lemma in lex.persons or lemma in lex.collectives else _singular(word)
            if (
                singular not in lex.persons
                and singular not in lex.collectives
                and singular.split("-")[-1] not in lex.persons
                and not _acting(page, i, singular)
            ):
                continue
        if key(word) in known.people and (
            (start == i and i and page.lower[i - 1] == "the") or page.words[i] in lex.party_people
        ):
            continue  # "the Russians" are Russia
        text = text_of(page, owner, i + 1)
        if not body:
            text = text_of(page, _possessor_start(page, start), _complement_end(page, i))
        form = _group_key(text)
        if body and form == word and word not in {"police", "opposition", "army", "military"}:
            continue
        entity = by_key.get(form)
        if entity is None and (" " not in form or (body and _tail_of(form, latest.get(word)))):
            entity = latest.get(word)  # "the officials" after "Ukrainian officials"
        if entity is None:
            entity = by_key[form] = Entity(
                kind="organization" if body and word != "opposition" else "group",
                plural=not body or word == "police",
            )
            entity.common = True
        if not NUMBERED.match(text):
            latest[word] = entity
        entity.names.append(Mention(owner if body else start, i + 1, text))
    return list(by_key.values())


def _acting(page: Page, i: int, singular: str) -> bool:
    """Whether a plural that no list knows is told of like persons: it ends as words for them do, and acts."""
    return singular.endswith(PERSON_ENDINGS) and page.doc[i].dep_ in SUBJECTS


PERSON_ENDINGS = ("er", "or", "ist", "ian", "crat", "eer")


def _tail_of(form: str, entity: Entity | None) -> bool:
    """Whether a body's phrase is the end of another's ("*the navy*", "Orlund's navy")."""
    return entity is not None and any(_group_key(m.text).endswith(f" {form}") for m in entity.names)


def _owner_start(page: Page, start: int) -> int:
    """Where the name begins that owns the phrase at token start ("*Brook's* campaign"); start if none."""
    k = start - 1
    if k < 1 or page.words[k] not in APOSTROPHES or not page.capital[k - 1] or page.first[start]:
        return start
    while k > 0 and page.capital[k - 1] and page.tags[k - 1] in NAME_TAGS and not page.words[k - 1].isspace():
        k -= 1
    return k if k < start - 1 else start


def _begins_with_name(page: Page, start: int, i: int) -> bool:
    """Whether the words before a body's noun begin with a name ("the *Ostravan* navy")."""
    return (
        start < i
        and page.capital[start]
        and page.tags[start] in {"NNP", "NNPS", "JJ"}
        and not page.first[start]
    )


def _possessor_start(page: Page, start: int) -> int:
    """Where the phrase that begins at token start begins with its possessor ("*her* parents", "*Brook's*
    aides")."""
    before = page.tags[start - 1] if start and page.sentence[start - 1] == page.sentence[start] else ""
    if before == "PRP$":
        return start - 1
    if before == "POS" and page.capital[start - 2]:
        return start - 2
    return start


def _complement_end(page: Page, i: int) -> int:
    """Where the phrase of a plural noun ends: after its "of" phrase, where it has one ("critics *of the
    pact*")."""
    n, end = len(page.words), i + 1
    if page.lower[end : end + 1] != ["of"] or page.lower[i - 2 : i] == ["a", "number"]:
        return end
    k = end + 1
    while k < n and k < end + 6 and page.sentence[k] == page.sentence[i]:
        if page.tags[k] not in NOUN_TAGS - {"VBN", "VBG", "CD"} and page.lower[k] not in {
            "the",
            "his",
            "her",
            "its",
        }:
            break
        k += 1
    return k if k > end + 1 and page.tags[k - 1][:2] == "NN" else end


def _group_key(text: str) -> str:
    """What makes two phrases one group: "Many Mexicans" and "Mexicans", "E.U. nations" and "European
    countries"."""
    form = QUANTITY.sub("", text.casefold())
    form = re.sub(r"\b(?:e\.u\.|eu|european union)(?!\w)", "european", form)
    form = re.sub(r"['’]s? (?=camp(?:aign)?$)", " ", form)
    form = re.sub(r"\bnations$", "countries", form)
    return {"gop": "republicans", "republican leaders": "republicans", "democratic leaders": "democrats"}.get(
        form, form
    )


NUMBERED = re.compile(
    r"(?:(?:at )?least |(?:more|fewer|less) than |some |about |nearly |almost )?"
    r"(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|all|twenty|thirty|fifty|half)\b)",
    re.IGNORECASE,
)
QUANTITY = re.compile(
    r"^(?:(?:some|many|most|several|few|both|all|other|two|three|four|five|more|senior|top|the)\s+)+",
    re.IGNORECASE,
)


def _group_start(page: Page, i: int) -> int:
    """Where the phrase of a plural noun begins: its adjectives, nouns, possessors and numbers, no article."""
    start = i
    while start > 0 and page.sentence[start - 1] == page.sentence[i] and not page.words[start - 1].isspace():
        before, tag = page.lower[start - 1], page.tags[start - 1]
        if (
            page.skip[start - 1]
            or (page.words[start - 1] == "-" and not page.tight(start - 1))
            or before in {"own", "later", "then"}
            or page.words[start - 1] in TIMES
        ):
            break
        plain = (
            tag in {"JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "NNS", "HYPH", "CD", "VBN"}
            or page.words[start - 1] == "-"
        )
        if not plain and before not in {"some", "many", "most", "several", "few", "both", "all", "other"}:
            break
        start -= 1
        if before in {"some", "many", "most", "several", "few", "both", "all", "other"}:
            break
    if page.words[start] == "-" and start > 2 and page.words[start - 2 : start] == ["-", "and"]:
        start -= 3  # "rank-and-file members"
    while start < i and (
        page.words[start] == "-"
        or page.tags[start] == "HYPH"
        or (page.tags[start] == "VBN" and start and page.lower[start - 1] in {"has", "have", "had", "been"})
    ):
        start += 1
    if (
        start > 1
        and page.lower[start - 1] == "of"
        and page.lower[start - 2] == "number"
        and page.lower[start - 3] == "a"
    ):
        start -= 3
    return start


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")
