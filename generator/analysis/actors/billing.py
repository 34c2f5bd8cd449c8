"""Who of all that an article names is listed as an actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.analysis.actors.forms import Mention
from generator.analysis.actors.functions import WEIGHTS, acts, clause_head
from generator.analysis.actors.geography import atlas, key
from generator.analysis.actors.groups import NUMBERED, QUANTITY
from generator.analysis.actors.layout import Page
from generator.analysis.actors.naming import Entity
from generator.analysis.actors.vocabulary import (
    ACTING,
    APOSTROPHES,
    COUNTED,
    INTERVIEWERS,
    VAGUE,
    VAGUEST,
    words,
)
from generator.analysis.syntax import SUBJECTS

Parts = Sequence[tuple[str, Mention]]
"""What each mention of an actor does in its clause (`function_of`)."""


def is_listed(page: Page, entity: Entity, parts: Parts, *, findings: int) -> bool:
    """Whether an entity takes part in the story; `findings` is how many quotes, positions and next steps are
    its.

    Whoever has one does, a group only if its words tell it apart, an interviewer never. Persons, bodies and
    states besides do where they act or are acted on.
    """
    if entity.kind == "person" and (_of_outlet(page, entity) or (not findings and _interviews(page, entity))):
        return False
    if findings:
        return _is_told_apart(page, entity)
    if entity.kind == "group" or entity.common or entity.place:
        return False
    if entity.kind == "state":
        return _state_acts(entity, parts)
    weights = [WEIGHTS[function] for function, _ in parts]
    taken_up = sum(page.doc[end - 1].dep_ in SUBJECTS for _, end in entity.others)
    most, total = max(weights, default=0.0), sum(weights)
    if entity.kind == "person":
        if entity.weak and entity.role is None:
            return most >= 1.0
        full = any(len(m.parts) > 1 for m in entity.names)
        named = entity.role is not None or (full and len(parts) > 1)
        return most >= (0.2 if full else 0.4) or total + taken_up >= 0.4 or (most > 0 and named)
    if any(mention.sure for mention in entity.names):
        return most >= 0.2
    return most >= 1.0 or (taken_up >= 1 and most >= 0.2) or total >= 1.5 or _in_row(page, entity, most)


def _in_row(page: Page, entity: Entity, most: float) -> bool:
    """Whether a body stands in a row of three or more ("The sponsors are Corvane, Dunmore Rail and *Orlex*"):
    who are listed as taking part do."""
    if most <= 0.0:
        return False
    for mention in entity.names:
        token = page.doc[mention.end - 1]
        first = token.head if token.dep_ == "conj" else token
        if token.ent_type_ == "ORG" and sum(child.dep_ == "conj" for child in first.children) > 1:
            return True
    return False


def _state_acts(entity: Entity, parts: Parts) -> bool:
    """Whether a state does more than lie where something happens; the part of a federation ("Ohio") must
    hardly do anything else."""
    counts = Counter(function for function, _ in parts)
    if entity.state is not None and entity.state.region:
        return counts["subject"] > 2 or (counts["subject"] > 0 and not counts["other"] + counts["nothing"])
    return counts["subject"] > 0 or any(counts[part] > 1 for part in ("object", "oblique", "possessor"))


def _of_outlet(page: Page, entity: Entity) -> bool:
    """Whether a person is only ever named as an outlet's ("told CNN's Ada Brook"): the interviewer."""
    lex = words()

    def carried(mention: Mention) -> bool:
        first = mention.title[0] if mention.title else mention.start
        owner = first - 2
        return (
            owner >= 0
            and page.words[first - 1] in APOSTROPHES
            and page.capital[owner]
            and (page.words[owner] in lex.outlets or page.words[owner].capitalize() in lex.outlet_words)
        )

    return all(carried(mention) for mention in entity.names if len(mention.parts) > 1) and any(
        map(carried, entity.names)
    )


def _interviews(page: Page, entity: Entity) -> bool:
    """Whether a person is there only to be told ("Otto Varga told *radio host Ada Brook*")."""
    mention = entity.names[0]
    return (
        len(entity.names) == 1
        and entity.role is not None
        and entity.role.split()[-1].casefold() in INTERVIEWERS
        and clause_head(page, mention).head.lemma_ in {"tell", "speak", "talk"}
        and not acts(page, mention)
    )


def _is_told_apart(page: Page, entity: Entity) -> bool:
    """Whether a group is told apart by its words: "Ukrainian officials" and "critics" are, "members", "two
    people", "aides" are not."""
    if entity.kind != "group":
        return True
    name = entity.name.split(" of ")[0]
    head = page.lower[entity.names[0].end - 1]
    if NUMBERED.match(name):
        return head in COUNTED
    modifiers = QUANTITY.sub("", name.casefold()).split()[:-1]
    if not modifiers and " of " not in entity.name:
        last = page.words[entity.names[0].end - 1]
        return head in ACTING or last in words().party_people or key(last) in atlas().people
    if head in VAGUE:
        return head not in VAGUEST or any(part[:1].isupper() for part in entity.name.split()[1:-1])
    return True
