"""What the article says a person is: titles before the name, appositions around it, "who was", "is the"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.analysis.actors.forms import Mention
from generator.analysis.actors.geography import atlas, key
from generator.analysis.actors.layout import Page
from generator.analysis.actors.vocabulary import (
    APOSTROPHES,
    APPOINTED,
    KIN,
    NAME_TAGS,
    NOUN_TAGS,
    OCCUPIES,
    OFFICES,
    QUANTIFIERS,
    SERVED,
    TIMES,
    TITLING,
    words,
)
from generator.analysis.syntax import FINITE

if TYPE_CHECKING:
    from generator.analysis.actors.naming import Entity


# Words between a title and its modifiers that belong to the description ("then party leader").
_QUALIFIERS = frozenset("former then panel committee acting deputy current outgoing party ex".split())


# The strength of a description whose noun may mean no person: too little to make a person of a name.
_LIKELY = 1.9


@dataclass(frozen=True, slots=True)
class Role:
    """A description of a person: tokens `[start, end)`, and how well it tells who they are."""

    start: int
    end: int
    strength: float


def assign_roles(page: Page, entities: Sequence[Entity]) -> None:
    """Write the most telling description of each person, the first of equals, into `role`."""
    named = {}
    for entity in entities:
        for mention in entity.names:
            for i in range(mention.start, mention.end):
                named[i] = entity
    opening, newcomer = _opening(page, named)
    for entity in entities:
        if entity.kind != "person":
            continue
        best: Role | None = opening if opening is not None and entity is newcomer else None
        for mention in entity.names:
            roles = roles_of(page, mention)
            entity.role_spans += [(role.start, role.end) for role in roles]
            title = next(
                (role for role in roles[:1] if role.end <= mention.start and role.strength > 3), None
            )
            for role in [title] if title else roles:
                if best is None or role.strength > best.strength:
                    best = role
        doctor = next(
            (m.honorific for m in entity.names if m.honorific in {"Dr", "Dr.", "Prof", "Prof."}), None
        )
        if best is None and doctor:
            entity.role = doctor
        if best is not None:
            entity.role = text_of(page, best.start, best.end)
            _note_nouns(page, entity)


def _opening(page: Page, named: dict[int, Entity]) -> tuple[Role | None, Entity | None]:
    """The unnamed person that an article opens with, and who the next paragraph says it is.

    "A former charity chief has been jailed. / Celia Marchbank, 58, was sentenced …"
    """
    for number, (start, end) in enumerate(page.bounds):
        if page.styled[number] or end - start < 6 or page.skip[start]:
            continue
        first = next((i for i in range(start, end) if page.words[i].strip()), start)
        if page.lower[first] not in {"a", "an", "the"}:
            return None, None
        close = _phrase_end(page, first)
        if close is not None and page.lower[first] == "the" and "of" not in page.lower[first:close]:
            return None, None
        if close is None or any(
            i in named and named[i].kind == "person" for i in range(first, min(close + 3, end))
        ):
            return None, None
        following = next((i for i in range(end, len(page.words)) if page.words[i].strip()), None)
        while following is not None and page.words[following] in words().honorifics:
            following += 1
        entity = named.get(following) if following is not None else None
        if (
            entity is None
            or entity.kind != "person"
            or page.paragraph[following or 0] == page.paragraph[first]
        ):
            return None, None
        return Role(first, close, 2.5), entity
    return None, None


def text_of(page: Page, start: int, end: int) -> str:
    """The article's words from token start to token end."""
    return page.doc.text[page.doc[start].idx : page.doc[end - 1].idx + len(page.words[end - 1])]


def _note_nouns(page: Page, entity: Entity) -> None:
    lex = words()
    for start, end in entity.role_spans:
        head = _head(page, start, end)
        if head is not None and page.lower[head] in lex.female_nouns:
            entity.gender["f"] += 3
        elif head is not None and page.lower[head] in lex.male_nouns:
            entity.gender["m"] += 3


def roles_of(page: Page, mention: Mention) -> list[Role]:
    found = [
        _before(page, mention),
        _apposition_before(page, mention),
        _apposition_after(page, mention),
        _relative(page, mention),
        _copula(page, mention),
        _shared(page, mention),
        _appointed(page, mention),
    ]
    return [role for role in found if role is not None]


def _before(page: Page, mention: Mention) -> Role | None:
    """A title or role noun right before the name ("State Department spokeswoman Tammy Bruce")."""
    lex = words()
    start, end = mention.title if mention.title else (mention.start, mention.start)
    short = end
    while short - 1 > start and page.words[short - 1] in lex.weak_titles:
        short -= 1
    if any(page.words[k] in lex.titles or page.lower[k] in lex.persons for k in range(start, short)):
        end = short  # "panel Chairman Rep.", but "Florida Rep."
    if mention.honorific and not mention.title:
        while end > 0 and page.words[end - 1] in lex.honorifics:
            end -= 1
            start = end
    first = _modifiers_start(page, start)
    if first == start and start == end:
        return _described_before(page, mention)
    while (
        end - 1 > first
        and page.words[end - 1] in lex.weak_titles
        and any(person_noun(page, k) for k in range(first, end - 1))
    ):
        end -= 1  # "presidential candidate Sen.", "fellow candidate Ohio Sen."
        if key(page.words[end - 1]) in atlas().names and any(person_noun(page, k) for k in range(first, end)):
            end -= 1
    text = page.words[first:end]
    if not any(person_noun(page, k) for k in range(first, end)) and mention.title is None:
        return None
    weak = all(w.capitalize() in lex.weak_titles or w in lex.parties for w in text)
    return Role(first, end, 1.0 if weak else 3.0 if end - first == 1 else 3.3)


def _described_before(page: Page, mention: Mention) -> Role | None:
    """A noun of any kind right before a full name, where the parse has it describe the person ("*organist*
    Ada Brook")."""
    k = mention.start - 1
    if k < 0 or page.words[k] in TIMES or not _describes(page, k, mention):
        return None
    first = k
    while first > 0 and page.sentence[first - 1] == page.sentence[k] and _modifies(page, first - 1):
        first -= 1
    while first < k and (page.words[first] in APOSTROPHES or page.words[first] == "-"):
        first += 1
    return Role(first, k + 1, _LIKELY)


def _describes(page: Page, i: int, mention: Mention) -> bool:
    """Whether the parse has common noun i describe a full name: as an apposition, or as a title before it."""
    noun = page.doc[i]
    if len(mention.parts) < 2 or page.tags[i] != "NN":
        return False
    inside = range(mention.start, mention.end)
    if noun.head.i in inside:
        return noun.dep_ in {"appos", "nmod:desc"}
    return any(page.doc[k].head.i == i and page.doc[k].dep_ in {"appos", "flat"} for k in inside)


def _modifiers_start(page: Page, end: int) -> int:
    """Where the role noun before token `end`, with the modifiers before it, begins; `end` if there is
    none."""
    lex = words()
    k = end - 1
    if k < 0 or page.sentence[k] != page.sentence[min(end, len(page.words) - 1)]:
        return end
    if (
        end < len(page.words)
        and page.words[end] in lex.titles | lex.modifiers
        and page.lower[k] not in lex.persons
        and page.lower[k] not in _QUALIFIERS
    ):
        return _owner_start(page, end)
    if page.lower[k] == "general" and page.lower[k - 1] in {"secretary", "attorney", "director", "solicitor"}:
        pass
    elif page.words[k] == "-" and page.lower[k - 1] in {"then", "ex", "vice", "co"}:
        k -= 1
    elif page.lower[k] in {"lady"} and page.lower[k - 1] == "first":
        pass
    elif (
        k >= 2 and page.lower[k - 1] == "of" and page.lower[k - 2] in lex.persons and page.words[k].islower()
    ):
        k -= 2
    elif page.lower[k] not in lex.persons and page.lower[k] not in _QUALIFIERS:
        return end
    if page.tags[k] in {"NNS", "VBZ", "VBD"}:
        return end
    while (
        k > 0 and page.sentence[k - 1] == page.sentence[k] and not page.skip[k - 1] and _modifies(page, k - 1)
    ):
        k -= 1
        if page.lower[k] in {"former", "then", "ex"}:
            break
    while k < end and (page.words[k] in APOSTROPHES or page.words[k] == "-"):
        k += 1
    return k


def _owner_start(page: Page, end: int) -> int:
    """Where the name begins whose possessive stands before a title at token `end` ("*Corvane's* CEO Ada
    Brook"); `end` if there is none."""
    k = end - 1
    if k < 1 or page.tags[k] != "POS" or page.tags[k - 1] not in NAME_TAGS:
        return end
    while k > 0 and page.tags[k - 1] in NAME_TAGS and page.sentence[k - 1] == page.sentence[end]:
        k -= 1
    return k


def _modifies(page: Page, i: int) -> bool:
    """Whether token i can stand before a role noun in one phrase with it."""
    if page.words[i] in TIMES or page.lower[i] in QUANTIFIERS - {"former", "other", "another"}:
        return False
    if page.words[i] == "-":
        return page.tight(i)  # "Democratic front-runner"
    if (
        page.words[i].isspace()
        or page.words[i] in {",", "(", ")", "."}
        or (page.words[i].isupper() and len(page.words[i]) > 5)
    ):
        return False
    if page.tags[i] in {"VBN", "VBG"}:
        return page.lower[i] in TITLING
    return (
        page.tags[i] in NOUN_TAGS - {"CD"}
        or page.lower[i] in {"former", "then", "ex"}
        or page.words[i] in APOSTROPHES
    )


def _after_name(page: Page, mention: Mention) -> int:
    """The token after a name and what may follow it: an age, a party and state in brackets, "of Maryland"."""
    k = mention.end
    n = len(page.words)
    if k < n and page.words[k] == "(":
        close = next((j for j in range(k, min(k + 8, n)) if page.words[j] == ")"), None)
        if close is not None:
            k = close + 1
    if k + 1 < n and page.lower[k] == "of" and page.capital[k + 1]:
        j = k + 1
        while (
            j < n
            and (page.capital[j] or (page.lower[j] == "the" and page.capital[min(j + 1, n - 1)]))
            and page.sentence[j] == page.sentence[k]
        ):
            j += 1
        if j < n and page.words[j] == ",":
            k = j
    elif k + 2 < n and page.lower[k] == "of" and page.lower[k + 1] == "the" and page.capital[k + 2]:
        j = k + 2
        while j < n and page.capital[j]:
            j += 1
        if j < n and page.words[j] == ",":
            k = j
    if k + 2 < n and page.words[k] == "," and page.words[k + 1].isdigit() and page.words[k + 2] == ",":
        k += 2
    return k


def _apposition_after(page: Page, mention: Mention) -> Role | None:
    """A description after the name ("Kurt Volker, a former US ambassador to NATO who …")."""
    k = _after_name(page, mention)
    n = len(page.words)
    if (
        k + 1 >= n
        or page.words[k] not in {",", "--", "—", "–", "("}
        or page.sentence[k + 1] != page.sentence[mention.start]
    ):
        return None
    start = k + 1
    while start < n and page.lower[start] in {
        "now",
        "then",
        "currently",
        "himself",
        "herself",
        "also",
        "once",
    }:
        start += 1
    end = _phrase_end(page, start, mention)
    if end is None or _names_another(page, start, end):
        return None
    return Role(start, end, _strength(page, start, end))


def _names_another(page: Page, start: int, end: int) -> bool:
    """Whether a phrase is the next in a list of people ("Mayor Ada Brook, *council leader Otto Varga*")."""
    first = next((k for k in range(start + 1, end) if k in page.persons), None)
    if first is None or not (person_noun(page, first - 1) or page.words[first - 1] in words().titles):
        return False
    last = first
    while last + 1 < len(page.words) and last + 1 in page.persons:
        last += 1
    return page.words[last + 1 : last + 2] != ["-"] and page.words[min(last + 1, end)] not in APOSTROPHES


def _strength(page: Page, start: int, end: int) -> float:
    """How well a description tells who someone is: with a body or state named best, kinship least."""
    head = _head(page, start, end)
    if head is not None and page.lower[head] in KIN:
        return 0.9
    if head is not None and not person_noun(page, head):
        return _LIKELY
    telling = any(
        page.lower[i] in {"of", "for", "at", "on", "to", "in"} or page.words[i] in APOSTROPHES
        for i in range(start, end)
    )
    return (
        3.4
        if telling or any(page.capital[i] for i in range(start + 1, end)) or page.tags[start] == "PRP$"
        else 2.8
    )


def _head(page: Page, start: int, end: int) -> int | None:
    """The head noun of a phrase that begins at start: the last noun before its first preposition."""
    last = None
    for i in range(start, end):
        tag = page.tags[i]
        if tag == "IN" or tag == "TO" or tag in {"WP", "WDT", ","} or page.words[i] == ",":
            break
        if page.lower[i] == "and" and last is not None:
            break
        if tag.startswith("N") or page.lower[i] in words().persons or page.words[i] in words().titles:
            last = i
    return last


def person_noun(page: Page, i: int) -> bool:
    lex = words()
    word = page.lower[i]
    return (
        word in lex.persons
        or page.words[i] in lex.titles | lex.parties
        or ("-" in word and word.split("-")[-1] in lex.persons)
        or page.words[i] in {"general", "lady", "chief", "one", "counterpart", "voice", "figure"}
        or (
            page.words[i].islower()
            and len(word) > 5
            and word.endswith(("woman", "man", "ologist", "grapher"))
            and word not in {"german", "roman", "ottoman", "norman"}
        )
    )


def _phrase_end(page: Page, start: int, name: Mention | None = None) -> int | None:
    """Where the description of a person that begins at token start ends; None if there is none.

    Its noun is one for persons, or one that the parse has describe `name`.
    """
    n = len(page.words)
    if (
        start >= n
        or (page.tags[start].startswith(("VB", "W", "RB")) and page.tags[start] not in {"VBN", "VBG"})
        or page.tags[start] in {"IN", "CC", "PRP", "EX", "MD", "TO"}
    ):
        if not (start < n and page.lower[start] in words().persons):
            return None
    k = start
    sentence = page.sentence[start]
    while (
        k < n
        and page.sentence[k] == sentence
        and (
            page.tags[k] in NOUN_TAGS | {"DT", "PRP$", "RB"}
            or page.words[k] in APOSTROPHES
            or page.lower[k] in words().persons
            or (page.capital[k] and page.words[k].isalpha())
        )
    ):
        if page.tags[k] == "RB" and page.tags[k + 1 : k + 2] and page.tags[k + 1][0] not in "JV":
            break
        k += 1
        if (
            k < n
            and page.lower[k] == "and"
            and k + 1 < n
            and page.tags[k + 1] in {"JJ", "NN", "NNP"}
            and not person_noun(page, k - 1)
        ):
            k += 1
    head = _head(page, start, k)
    if head is None:
        return None
    while head > start and not person_noun(page, head) and page.tags[head] in {"NNP", "NNPS"}:
        head -= 1  # "the passengers' leader Dev Anand": the name that follows the noun
    if not person_noun(page, head) and not (name is not None and _describes(page, head, name)):
        return None
    if page.tags[head] == "NNS" or (
        page.capital[start] and head == start and page.words[head] not in words().titles
    ):
        return None
    return _complement_end(page, head + 1, start)


def _complement_end(page: Page, k: int, start: int) -> int:
    """Where the prepositional phrases after a role's head end."""
    n, sentence = len(page.words), page.sentence[start]
    prepositions = 0
    while k < n and page.sentence[k] == sentence:
        word, tag = page.lower[k], page.tags[k]
        if (
            page.words[k] in {",", ";", "(", ")", "--", "—", "–", ".", ":"}
            or page.words[k].isspace()
            or (page.quoted[k] >= 0 and page.quoted[start] < 0)
        ):
            break
        if tag == "PRP" or word in {"so", "himself", "herself"}:
            break
        if tag in {"WP", "WDT", "WP$", "WRB"} or word in {"who", "whose", "that", "which", "when", "where"}:
            if (
                prepositions == 0
                and word == "who"
                and page.lower[k + 1 : k + 2]
                and page.lower[k + 1] in OCCUPIES
            ):
                k += 1
                continue
            break
        if (
            tag in {"VBD", "VBZ", "VBP", "MD", "VB"}
            and page.lower[k - 1] != "who"
            and not page.capital[k]
            and tag != "VB"
        ):
            break
        if word in {"and", "or", "but"}:
            nxt = page.tags[k + 1] if k + 1 < n else ""
            if (
                nxt in {"DT", "PRP", "PRP$", "VBD", "VBZ", "RB", "WP", "MD"}
                and page.lower[k + 1] not in {"the"}
            ) or word == "but":
                break
            if page.lower[k + 1] == "the" and k + 2 < n and person_noun(page, k + 2):
                break
        if tag == "IN" or tag == "TO":
            if word in {
                "who",
                "as",
                "after",
                "because",
                "while",
                "since",
                "until",
                "when",
                "if",
                "before",
                "during",
                "by",
                "than",
                "that",
                "from",
            }:
                if word != "from" or prepositions:
                    break
            prepositions += 1
        k += 1
    while k > start + 1 and (
        page.tags[k - 1] in {"IN", "CC", "DT", "TO", "RB"}
        or page.words[k - 1] in {"-", '"', "“", "''", "``", "‘"}
    ):
        k -= 1
    return k


def _apposition_before(page: Page, mention: Mention) -> Role | None:
    """A description before the name and a comma ("The leader of the Russian delegation, Vladimir
    Medinsky, …")."""
    first = mention.title[0] if mention.title else mention.start
    if mention.honorific and not mention.title:
        while first > 0 and page.words[first - 1] in words().honorifics:
            first -= 1
    comma = first - 1
    if comma < 1 or page.words[comma] != "," or page.sentence[comma] != page.sentence[first]:
        return None
    after = page.words[mention.end] if mention.end < len(page.words) else "."
    if (
        (after.isalnum() and after.lower() not in {"who", "whose", "and"}) or after in APOSTROPHES
    ) and page.words[comma - 1] not in words().titles:
        return None  # "to speak with his mother, Montalvo was put through …"
    low = page.bounds[page.sentence[first]][0]
    starts = []
    for k in range(comma - 1, max(low, comma - 22) - 1, -1):
        if (
            page.words[k] in {",", ";", ":", "--", "—", "–", "“", '"', "”", "``", "''"}
            or page.words[k].isspace()
        ):
            break
        if (
            page.tags[k] in {"VBD", "VBZ", "VBP", "MD"}
            and not page.capital[k]
            and page.lower[k] not in words().persons
        ):
            break
        if page.tags[k] in {"DT", "PRP$"} or page.words[k] in APOSTROPHES or page.capital[k]:
            starts.append(k)
        elif k > low and page.lower[k - 1] == "whose":
            starts.append(k)
            break
    for start in reversed(starts):
        if page.words[start] in APOSTROPHES:
            continue
        if _past_bracket(page, _phrase_end(page, start, mention)) == comma and not any(
            k in page.persons for k in range(start, comma)
        ):
            return Role(start, comma, _strength(page, start, comma))
    return None


def _past_bracket(page: Page, end: int | None) -> int | None:
    """Where a phrase ends that brackets close ("the secretary of NHB *(National Harbour Board)*")."""
    if end is None or page.words[end : end + 1] != ["("]:
        return end
    return next((k + 1 for k in range(end, min(end + 8, len(page.words))) if page.words[k] == ")"), end)


def _relative(page: Page, mention: Mention) -> Role | None:
    """What a clause after the name says they do or did ("Rosa Hale, who heads the centre …")."""
    k = _after_name(page, mention)
    n = len(page.words)
    if k < n and page.words[k] == ",":
        k += 1
    if k + 2 >= n or page.lower[k] != "who" or page.sentence[k] != page.sentence[mention.start]:
        return None
    k += 1
    while k < n and page.lower[k] in {
        "has",
        "had",
        "also",
        "now",
        "once",
        "then",
        "previously",
        "later",
        "first",
    }:
        k += 1
    if page.lower[k] in OFFICES:
        end = _complement_end(page, k + 1, k)
        return Role(k, end, 2.6) if end - k > 1 else None
    if (page.lower[k] in SERVED and page.lower[k + 1] == "as") or page.lower[k] in {"is", "was", "became"}:
        start = k + 2 if page.lower[k] in SERVED else k + 1
        end_ = _phrase_end(page, start)
        return Role(start, end_, 2.7) if end_ else None
    return None


def _copula(page: Page, mention: Mention) -> Role | None:
    """What the article says they are ("Bown is the director of …")."""
    k = mention.end
    if (
        k + 1 < len(page.words)
        and page.lower[k] in {"is", "was", "became"}
        and page.tags[k + 1] in {"DT", "NN", "JJ", "PRP$", "NNP"}
    ):
        end = _phrase_end(page, k + 1)
        return Role(k + 1, end, 2.0) if end else None
    return None


def _shared(page: Page, mention: Mention) -> Role | None:
    """A plural title that people share ("*council members* Ada Brook and Otto Varga"), for each of them."""
    lex = words()
    first = mention.start
    while first > 1:
        before = first - 1
        if page.lower[before] == "and" and page.words[before - 1] == ",":
            before -= 1
        if page.lower[before] not in {"and", ","} or not page.capital[before - 1]:
            break
        first = before
        while first > 0 and page.capital[first - 1]:
            first -= 1
    alone = mention.end < len(page.tags) and page.tags[mention.end] in FINITE
    if (first == mention.start and alone) or page.sentence[first - 1] != page.sentence[mention.start]:
        return None
    k = first - 1
    singular = page.lower[k].removesuffix("s")
    if page.tags[k] != "NNS" or (page.lower[k] == singular) or singular not in lex.persons:
        return None
    while k > 0 and page.sentence[k - 1] == page.sentence[first] and _modifies(page, k - 1):
        k -= 1
    return Role(k, first, 2.4)


def _appointed(page: Page, mention: Mention) -> Role | None:
    """What someone is made, kept or let go as ("Brook was dismissed on Monday *as head of the agency*", "with
    Brook *as its leader*")."""
    k, n = mention.end, len(page.words)
    if page.lower[k : k + 1] != ["as"]:
        verb = next((i for i in range(k, min(k + 4, n)) if page.lower[i] in APPOINTED), None)
        if verb is None:
            return None
        k = next((i for i in range(verb + 1, min(verb + 5, n)) if page.lower[i] == "as"), n)
    if k + 1 >= n or page.sentence[k + 1] != page.sentence[mention.start]:
        return None
    end = _phrase_end(page, k + 1)
    return Role(k + 1, end, 1.9) if end else None
