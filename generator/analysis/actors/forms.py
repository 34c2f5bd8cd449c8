"""What a stretch of capitals names, by its spelling and the lexicons: titles, names, states, bodies,
things."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from generator.analysis.actors.geography import atlas, key
from generator.analysis.actors.layout import Page
from generator.analysis.actors.vocabulary import (
    APOSTROPHES,
    ARTICLES,
    CLAUSAL,
    NAME_TAGS,
    NOUN_TAGS,
    PARTICLES,
    PERSON_LABELS,
    SUFFIXES,
    words,
)

POSSESSIVE = re.compile(r"[‘’'`]s$")


Guess = Literal["person", "organization", "state", "seat", "people", "place", "outlet", "thing"]


@dataclass(slots=True, eq=False)
class Mention:
    """One place where a name stands: tokens `[start, end)`, the title before it left out."""

    start: int
    end: int
    text: str
    guess: Guess | None = None
    title: tuple[int, int] | None = None
    honorific: str | None = None
    sure: bool = False
    """Whether spelling and lexicon decide what it names, so that no vote is needed."""
    parts: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        self.parts = tuple(self.text.replace("-", " - ").split())


def surnames(mention: Mention) -> list[str]:
    """The forms by which a full name is taken up later: its last word, its tails from a particle on."""
    parts = [p for p in mention.parts if p not in SUFFIXES and p != ","]
    if len(parts) < 2:
        return []
    tails = [parts[-1]]
    for n in range(2, len(parts)):
        tails.append(join(parts[-n:]))
    return tails


def join(parts: list[str] | tuple[str, ...]) -> str:
    return " ".join(parts).replace(" - ", "-")


def read_stretch(page: Page, start: int, end: int) -> list[Mention]:
    """The mentions in one stretch of capitals: a name, with the title before it or another name."""
    lex = words()
    while end > start and (
        not any(c.isalnum() for c in page.words[end - 1]) or page.words[end - 1] in APOSTROPHES
    ):
        end -= 1
    if end <= start:
        return []
    if page.words[start] == "-":
        start += 1
    joined = _joined(page, start, end) or _cut(page, start, end)
    if joined:
        return joined
    if _sentence_case(page, start, end):
        return []
    first = start
    text = name_text(page, start, end)
    if page.words[end - 1] == "administration":
        return [Mention(start, end, text, "seat", sure=True)]
    if in_atlas(text):
        return [placed(page, start, end, text)]
    if end - start == 1 and text in lex.party_people:
        return []  # "Democrats": a group, found with the groups
    split = _title_end(page, start, end)
    while split < end and page.words[split] in lex.honorifics:
        split += 1
    if split >= end:
        return []  # a title and nothing more: a role noun, which is resolved as such
    honorific = next(
        (page.words[k] for k in range(split - 1, start - 1, -1) if page.words[k] in lex.honorifics), None
    )
    title_end = split
    while title_end > first and page.words[title_end - 1] in lex.honorifics:
        title_end -= 1
    title = (first, title_end) if title_end > first else None
    text = name_text(page, split, end)
    mention = Mention(split, end, text, title=title, honorific=honorific)
    _guess(page, mention)
    found = [mention]
    if title is not None:
        found = _inside_title(page, *title) + found
    return found


def _cut(page: Page, start: int, end: int) -> list[Mention]:
    """The mentions of a stretch that a person's name divides, by the recognizer or an honorific; [] if none.

    "University of Dunmore *Ada Brook* said", "Minister of Education *Ada Brook*": what stands before the name
    is its title, when it ends in one or a title governs it, or another name.
    """
    lex = words()
    k = next(
        (
            i
            for i in range(start, end)
            if i in page.persons or (i > start and page.words[i] in lex.honorifics and i + 1 < end)
        ),
        None,
    )
    if k is None:
        return []
    close = page.persons.get(k, end)
    if close > end or any(
        page.words[i] in lex.bodies | lex.forms | lex.outlet_words for i in range(close, end)
    ):
        return []
    if close < end and (page.tags[close] in NAME_TAGS or page.words[close] in SUFFIXES | {",", "-"}):
        close = end  # the recognizer stops short of many a surname
    title = _title_before(page, start, k)
    known = start == k or _title_end(page, start, close) == k
    if (known and close == end) or (k > start and title is None and _may_be_given(page, k - 1)):
        return []
    if known:
        return read_stretch(page, start, close)
    name = read_stretch(page, k, close)
    if title is not None:
        for mention in name[-1:]:
            mention.title = title
        inside = read_stretch(page, start, k) if title[0] < start else _inside_title(page, start, k)
        return [mention for mention in inside if mention.sure] + name
    return read_stretch(page, start, k) + name


def _may_be_given(page: Page, i: int) -> bool:
    """Whether a capital before a name may belong to it; "*Unionist* Ada Brook" has none."""
    lex = words()
    if page.words[i] in lex.male_names | lex.female_names:
        return True
    return page.doc[i].ent_type_ in PERSON_LABELS and not page.words[i].endswith(("ist", "ian", "crat"))


def _title_before(page: Page, start: int, k: int) -> tuple[int, int] | None:
    """The title that ends right before a name at token k, in a stretch from start, with the noun it may have
    before the stretch ("*chief executive of the* Refuge Council Ada Brook"); None if there is none."""
    lex = words()
    if k == start:
        return None
    last = page.words[k - 1]
    if last in lex.titles or last.lower() in lex.persons or (last in lex.parties and k - start == 1):
        return (start, k)
    before = start - 1
    if before > 0 and page.lower[before] == "the":
        before -= 1
    if before > 0 and page.lower[before] in {"of", "for", "to", "at"}:
        noun = before - 1
        if page.words[noun] in lex.titles or page.lower[noun] in lex.persons:
            while (
                noun > 0
                and page.capital[noun]
                and page.capital[noun - 1]
                and page.tags[noun - 1] in NOUN_TAGS
            ):
                noun -= 1
            return (noun, k)
    return None


def _sentence_case(page: Page, start: int, end: int) -> bool:
    """Whether a stretch is a sentence set with capitals ("Ministers *Who* Back the Pact *Are* Wrong")."""
    return (
        end - start > 2
        and page.words[end - 1] not in words().bodies
        and any(page.lower[i] in CLAUSAL for i in range(start + 1, end))
    )


def in_atlas(text: str) -> bool:
    known = atlas()
    return key(text) in known.names or key(text) in known.seats or key(text) in known.people


def name_text(page: Page, start: int, end: int) -> str:
    text = page.doc.text[page.doc[start].idx : page.doc[end - 1].idx + len(page.words[end - 1])]
    return POSSESSIVE.sub("", text)


def _joined(page: Page, start: int, end: int) -> list[Mention]:
    """Two names around a hyphen or slash ("a Trump-Putin meeting", "the Ukraine-Russia talks"), where
    both stand alone."""
    if end - start == 3 and page.words[start + 1] in {"-", "–", "/"}:
        sides = (page.words[start], page.words[start + 2])
        known = atlas()
        if all(key(s) in known.names or key(s) in known.adjectives or _alone(page, s) for s in sides):
            found = []
            for i in (start, start + 2):
                found += read_stretch(page, i, i + 1)
            return found
    return []


def _alone(page: Page, word: str) -> bool:
    """Whether a word stands as a name elsewhere without a hyphen beside it."""
    for i, other in enumerate(page.words):
        if (
            other == word
            and not (i + 1 < len(page.words) and page.words[i + 1] in {"-", "–"})
            and not (i and page.words[i - 1] in {"-", "–"})
        ):
            return True
    return False


def placed(page: Page, start: int, end: int, text: str) -> Mention:
    """A state's name, seat or people."""
    known = atlas()
    guess: Guess = "state" if key(text) in known.names else "seat" if key(text) in known.seats else "people"
    return Mention(start, end, text, guess, sure=page.doc[start].ent_type_ not in PERSON_LABELS)


def _title_end(page: Page, start: int, end: int) -> int:
    """Where the title before a name ends: after the last title word that a name follows; start if none."""
    lex, known = words(), atlas()
    if page.words[end - 1] in lex.bodies | lex.forms and page.words[end - 1] not in {
        "Guard",
        "Post",
        "Bench",
        "Chamber",
        "Church",
        "Brothers",
        "House",
    }:
        return start
    if page.words[end - 1] == "Justice" and page.lower[end - 2] == "of" and page.words[end - 3] in lex.bodies:
        return start  # "the Department of Justice"
    last = start
    k = start
    while k < end:
        word = page.words[k]
        phrase = next((p for p in lex.phrases if same_words(page.words[k : k + len(p)], p)), None)
        if phrase is not None:
            k += len(phrase)
            last = k
            continue
        if word in lex.titles and not (
            word in lex.male_names | lex.female_names and page.persons.get(k) == end
        ):
            last = k + 1
        elif k == start and end - start >= 3 and page.first[start] and word.lower() in lex.persons:
            last = k + 1  # "Engineer Ben Smith" at the head of a sentence
        elif (word in lex.honorifics and k == last) or (
            word in lex.parties
            and k == start
            and end - k > 2
            and page.words[end - 1] not in lex.bodies | lex.things
        ):
            last = k + 1
        k += 1
    if start < last < end and page.words[last].islower() and page.lower[last] not in PARTICLES | ARTICLES:
        return start
    if (
        last == end
        and end - start > 2
        and page.words[start] in lex.titles
        and page.words[end - 2] not in lex.titles | lex.modifiers | lex.bodies
        and page.words[end - 2].isalpha()
        and page.capital[end - 2]
        and page.lower[end - 2] not in {"of", "the", "and", "for", "to"}
    ):
        return max(k + 1 for k in range(start, end - 2) if page.words[k] in lex.titles)  # "Gov. Patty Judge"
    if last == end:
        return _only_title(page, start, end)
    if (
        last == start
        and key(page.words[start]) in known.adjectives
        and end - start >= 3
        and page.words[start + 1] in lex.male_names | lex.female_names
    ):
        return start + 1
    return last


def _only_title(page: Page, start: int, end: int) -> int:
    """`end` where a stretch is nothing but a title ("the Prime Minister"), `start` where it is a name
    after all."""
    lex, known = words(), atlas()
    for k in range(start, end - 1):
        word = page.words[k]
        if (
            word not in lex.titles | lex.modifiers | lex.parties
            and key(word) not in known.adjectives
            and key(word) not in known.names
            and word.lower() not in {"of", "the", "and", "for", "-"}
            and not word.isupper()
        ):
            # "Rosa King" is a name for all that.
            given = page.words[start] in lex.male_names | lex.female_names
            return start if given or page.doc[end - 1].ent_type_ in PERSON_LABELS else end
    return end


def _inside_title(page: Page, start: int, end: int) -> list[Mention]:
    """States and bodies named inside a title ("*European Commission* President", "*US* Secretary of
    State")."""
    lex, known = words(), atlas()
    found = []
    for length in range(min(4, end - start), 0, -1):
        text = name_text(page, start, start + length)
        if key(text) in known.names or key(text) in known.seats or key(text) in known.adjectives:
            found.append(placed(page, start, start + length, text))
            break
        if page.words[start + length - 1] in lex.bodies and length < end - start and length > 1:
            found.append(Mention(start, start + length, text, "organization", sure=True))
            break
    return found


def _guess(page: Page, mention: Mention) -> None:
    """Write what a mention seems to name, and whether spelling and lexicon decide it."""
    lex = words()
    first, last = page.words[mention.start], page.words[mention.end - 1]
    bare = last.removesuffix("'s").removesuffix("’s")
    label = page.doc[mention.end - 1].ent_type_
    size = mention.end - mention.start
    known = atlas()
    text = key(mention.text)
    given = first in lex.male_names | lex.female_names or label in PERSON_LABELS
    if mention.text in lex.known:
        mention.guess = "organization"
    elif text in known.adjectives:
        mention.guess = "people"
        mention.sure = True
    elif mention.text.endswith(".") and text in known.abbreviations:
        mention.guess, mention.sure = "place", True  # "Ada Brook of Dunmore, N.C."
    elif "&" in mention.text:
        mention.guess, mention.sure = "organization", True
    elif size == 1 and mention.text in lex.parties - {"Labour", "Independent"}:
        mention.guess, mention.sure = "thing", True
    elif size > 1 and (key(last) in known.people or last in lex.party_people):
        if label != "ORG":
            mention.guess, mention.sure = "people", True  # "African Americans": a group
    elif (
        size > 1
        and label not in PERSON_LABELS
        and (
            key(last) in known.adjectives
            or last in lex.parties
            or last in {"Asian", "African", "European", "Western", "Arab", "American"}
        )
    ):
        mention.guess, mention.sure = (
            "thing",
            True,
        )  # "Southeast Asian", "Senate Republican": what follows is named
    elif _titled_work(page, mention) or (
        size == 1 and bare in lex.things - {"West", "East", "North", "South", "World", "Crown"}
    ):
        mention.guess, mention.sure = "thing", True
    elif (
        mention.text in lex.outlets
        or _short_outlet(page, mention)
        or (
            size > 1
            and (bare in lex.outlet_words or first in {"Radio", "Fox", "Sky"})
            and mention.title is None
        )
    ):
        mention.guess, mention.sure = "outlet", True
    elif last in lex.forms or (last in lex.bare and size <= 2):
        mention.guess, mention.sure = "organization", True
    elif (mention.title is not None or mention.honorific) and bare not in lex.bodies:
        mention.guess, mention.sure = "person", True
    elif size > 1 and (
        bare in lex.bodies
        or any(
            page.words[k] in lex.bodies and page.lower[k + 1] in {"of", "for", "on"}
            for k in range(mention.start, mention.end - 1)
        )
    ):
        given = first in lex.male_names | lex.female_names and label in PERSON_LABELS
        mention.guess, mention.sure = ("person", False) if given and size < 4 else ("organization", True)
    elif size > 1 and bare in lex.things:
        mention.guess, mention.sure = (
            ("person", False) if given and bare not in {"Act", "Plan", "Agreement"} else ("thing", True)
        )
    elif (
        bare.endswith("s")
        and bare.lower()[:-1] in lex.persons
        and bare not in lex.bodies
        and (label != "ORG" or size == 1)
    ):
        mention.guess, mention.sure = "thing", True  # "Supreme Court Justices" are no name
    elif last == "State" and size > 1 and page.lower[mention.start - 1 : mention.start] == ["the"]:
        mention.guess, mention.sure = "thing", True  # "the Sunshine State"
    elif last in {"II", "III", "IV"} and size > 1 and page.words[mention.end - 2] in lex.things:
        mention.guess, mention.sure = "thing", True
    elif last in SUFFIXES and size > 2:
        mention.guess, mention.sure = "person", True
    elif size > 1 and first in lex.male_names | lex.female_names and size < 5:
        mention.guess = "person"
    elif page.bodies.get(mention.start) == mention.end or _acronym(mention.text):
        mention.guess = "organization"


def _acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return letters.isupper() and 1 < len(letters) <= 6


def _short_outlet(page: Page, mention: Mention) -> bool:
    """Whether a name is an outlet's in short ("the *Post*")."""
    before = page.lower[mention.start - 1 : mention.start]
    return len(mention.parts) == 1 and mention.text in words().outlet_words and before == ["the"]


def _titled_work(page: Page, mention: Mention) -> bool:
    """Whether a name fills a pair of quotation marks: a film, a book, a report, a nickname."""
    quote = page.quoted[mention.start]
    if quote < 0 or mention.end - mention.start < 2:
        return False
    before = next(
        (
            k
            for k in range(mention.start - 1, -1, -1)
            if page.words[k] not in {"“", '"', "The", "A", "``", "‘", "'"}
        ),
        0,
    )
    after = next(
        (
            k
            for k in range(mention.end, len(page.words))
            if page.words[k] not in {"”", '"', "''", ",", ".", "’", "'"}
        ),
        len(page.words) - 1,
    )
    return page.quoted[before] != quote and page.quoted[after] != quote


def same_words(here: list[str], phrase: tuple[str, ...]) -> bool:
    return len(here) == len(phrase) and all(
        a.casefold() == b.casefold() for a, b in zip(here, phrase, strict=True)
    )
