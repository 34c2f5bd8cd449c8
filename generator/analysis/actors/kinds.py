"""Whether a name is a person's, a body's, a place's or a thing's: votes over all its mentions in the
article."""

from __future__ import annotations

import re
from collections import Counter

from generator.analysis.actors.forms import Guess, Mention, surnames
from generator.analysis.actors.functions import head
from generator.analysis.actors.layout import Page
from generator.analysis.actors.roles import person_noun, roles_of
from generator.analysis.actors.vocabulary import (
    APOSTROPHES,
    COLLECTIVE_HEADS,
    CONTINENTS,
    OUTLETS,
    OWNED,
    PERSON_LABELS,
    PLACE_LABELS,
    PRIVATE,
    SPEECH,
    words,
)
from generator.analysis.syntax import SUBJECTS


def vote(page: Page, mentions: list[Mention]) -> tuple[dict[str, Guess | None], frozenset[str]]:
    """What each form names, and the forms that little speaks for, decided for the whole article by all
    its mentions and what stands around them.

    Spelling and lexicon weigh most, then titles and descriptions beside the name, then the recognizer's
    label, averaged over the mentions: one that is wrong about a name is often wrong all over the article.
    """
    ballots: dict[str, Counter[str]] = {}
    counts = Counter(mention.text for mention in mentions)
    for mention in mentions:
        ballot = ballots.setdefault(mention.text, Counter())
        if mention.guess is not None:
            ballot[mention.guess] += (6.0 if mention.sure else 2.0) / (
                1 if mention.sure else counts[mention.text]
            )  # type: ignore[assignment]
        for guess, weight in _context(page, mention).items():
            ballot[guess] += weight / counts[mention.text]  # type: ignore[assignment]
        for guess, weight in _description(page, mention).items():
            ballot[guess] += weight  # type: ignore[assignment]
    for text in CONTINENTS & ballots.keys():
        ballots[text] = Counter(place=5)
    winners = {text: _winner(ballot) for text, ballot in ballots.items()}
    tails = {tail for m in mentions if winners[m.text] == "person" for tail in surnames(m)}
    given = {m.parts[0] for m in mentions if winners[m.text] == "person" and len(m.parts) > 1}
    labelled = {m.text for m in mentions if page.doc[m.end - 1].ent_type_ in PERSON_LABELS or m.honorific}
    located = {
        m.text
        for m in mentions
        if len(m.parts) == 1
        and not m.honorific
        and page.lower[m.start - 1 : m.start] in (["in"], ["near"], ["outside"])
    }
    bodies = {
        m.parts[0]
        for m in mentions
        if m.sure
        and m.guess == "organization"
        and len(m.parts) > 1
        and m.parts[-1] in words().forms | PRIVATE
    }
    for text, ballot in ballots.items():
        if text in CONTINENTS:
            continue
        if text.endswith("s") and text[:-1] in tails and text not in tails:
            ballot["thing"] += 9  # "the Brooks", a family
        if text in bodies and text not in tails:
            ballot["organization"] += 3  # "Corvane" beside "Corvane Foods Inc."
        if text in located and text not in tails:
            ballot["person"] -= 1.5  # type: ignore[assignment]
        if text in tails:
            ballot["person"] += 4
            if text in labelled:  # "Bloomberg" after "Ada Bloomberg"
                ballot["outlet"] = ballot["thing"] = 0
        elif text in given:
            ballot["person"] += 2
        elif " " not in text and not any(m.honorific or m.title for m in mentions if m.text == text):
            ballot["person"] -= 1.0  # type: ignore[assignment]
    weak = frozenset(text for text, ballot in ballots.items() if max(ballot.values(), default=0) < 1.0)
    return {text: _winner(ballot) for text, ballot in ballots.items()}, weak


def _winner(ballot: Counter[str]) -> Guess | None:
    best = sorted(ballot.items(), key=lambda item: (-item[1], item[0]))
    return best[0][0] if best and best[0][1] > 0.3 else None  # type: ignore[return-value]


def _description(page: Page, mention: Mention) -> dict[str, float]:
    """Votes of a description beside the name: one found in one place speaks for the whole article."""
    n = len(page.words)
    votes: dict[str, float] = {}
    if mention.end - mention.start > 1 or mention.honorific:
        if any(role.strength >= 2 for role in roles_of(page, mention)):
            votes["person"] = 3.0
    k = mention.end
    if (
        k < n
        and page.words[k] in {",", "--", "—", "–"}
        and k + 1 < n
        and page.lower[k + 1] in {"a", "an", "the", "one", "which"}
    ):
        noun = next(
            (
                i
                for i in range(k + 2, min(k + 9, n))
                if page.lower[i] in COLLECTIVE_HEADS and page.tags[i] == "NN"
            ),
            None,
        )
        stop = next(
            (
                i
                for i in range(k + 2, min(k + 9, n))
                if page.tags[i] in {"IN", "WP", "WDT", "VBD"} or page.words[i] == ","
            ),
            n,
        )
        if page.lower[k + 1] == "which" or (
            noun is not None and noun < stop and not person_noun(page, stop - 1)
        ):
            votes["organization"] = 3.0 if page.lower[k + 1] != "which" else 1.0
    before = page.lower[mention.start - 1] if mention.start else ""
    size = mention.end - mention.start
    if before in OUTLETS and mention.title is None:
        votes["outlet"] = 4.0
    elif (
        (before in COLLECTIVE_HEADS or (before.endswith("maker") and size == 1))
        and mention.title is None
        and page.tags[mention.start - 1] == "NN"
    ):
        votes["organization"] = votes.get("organization", 0.0) + 2.5
    if k < n and page.lower[k] in {
        "party",
        "bloc",
        "group",
        "movement",
        "coalition",
        "spokesman",
        "spokeswoman",
        "shareholders",
        "shares",
        "board",
        "plc",
    }:
        votes["organization"] = votes.get("organization", 0.0) + 2.0
    if k + 1 < n and page.words[k] in APOSTROPHES and page.lower[k + 1] in OWNED:
        votes["organization"] = votes.get("organization", 0.0) + 2.5
    return votes


def _context(page: Page, mention: Mention) -> dict[str, float]:
    """Votes of the words right around a mention, and of the recognizer, on what it names."""
    ballot: dict[str, float] = dict.fromkeys(("person", "organization", "place"), 0.0)
    first = mention.title[0] if mention.title else mention.start
    before = page.lower[first - 1] if first else ""
    after = page.words[mention.end : mention.end + 4]
    size = mention.end - mention.start
    if (
        len(after) >= 3
        and after[0] == ","
        and re.fullmatch(r"\d{1,3}", after[1])
        and after[2] in {",", "."}
        and 5 < int(after[1]) < 115
    ):
        ballot["person"] += 4
    if after[:2] in ([",", "who"], [",", "whose"]) or after[:1] == ["who"]:
        ballot["person"] += 2
    if before == "the" and mention.title is None:
        ballot["organization"] += 1
        ballot["person"] -= 2
    if before in {"in", "at", "near", "across", "outside", "around"} and mention.title is None:
        ballot["place"] += 1.2
    elif before in {"from", "to"} and mention.title is None:
        ballot["place"] += 0.4
    token = head(page, mention)
    if token.dep_ in SUBJECTS and token.head.lemma_ in SPEECH:
        ballot["person"] += 1.0 if 1 < size < 5 else 0.3
        ballot["organization"] += 0.3
    plain = [word for word in mention.parts if word != "-"]
    if (
        1 < size < 6
        and 1 < len(plain) < 4
        and before not in {"the", "a", "in", "at"}
        and all(w.isalpha() and not w.isupper() for w in plain)
    ):
        ballot["person"] += 0.6
    if before == "told" and mention.title is None and mention.honorific is None:
        ballot["outlet"] = 1.2
    label = page.doc[mention.end - 1].ent_type_
    if label in PERSON_LABELS:
        ballot["person"] += 1.5
    elif label in PLACE_LABELS:
        ballot["place"] += 1.2
    elif label == "ORG":
        ballot["organization"] += 1
    elif label in {"MISC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"}:
        ballot["thing"] = 1.0
    elif label == "NORP":
        ballot["people"] = 1.0
    if after[:1] == ["("] and len(after) > 2 and after[1].replace(".", "").isupper() and after[2] == ")":
        ballot["organization"] += 3
    return ballot
