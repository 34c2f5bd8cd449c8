"""Where an article names someone or something.

A recognizer of entities makes mistakes, and so does a tagger; the spelling of English names is the
steadiest evidence. A mention is found by its capitals; what it names is voted on (`kinds`).
"""

from __future__ import annotations

from generator.analysis.actors.forms import Mention, name_text, placed, read_stretch, same_words
from generator.analysis.actors.geography import atlas, key
from generator.analysis.actors.layout import SHORT_STATES, Page
from generator.analysis.actors.vocabulary import (
    APOSTROPHES,
    ARTICLES,
    COMPOUND,
    FUNCTION_TAGS,
    NAME_MONTHS,
    NAME_TAGS,
    NEVER,
    PARTICLES,
    PERSON_LABELS,
    QUANTIFIERS,
    SUFFIXES,
    TIMES,
    words,
)


def find_names(page: Page) -> list[Mention]:
    """All mentions by name, in order; names in headlines only where the text knows them."""
    found: list[Mention] = []
    i = 0
    while i < len(page.words):
        if not page.styled[page.sentence[i]] and _begins(page, i):
            end = max(_extend(page, i), page.bodies.get(i, 0))
            found += read_stretch(page, i, end)
            i = end
        else:
            i += 1
    _lower_shouts(found)
    return sorted(found + _known(page, found), key=lambda mention: mention.start)


def _lower_shouts(mentions: list[Mention]) -> None:
    """Give names in capitals ("JAKE TAPPER:", in interviews) the form that they have elsewhere in the
    text."""
    forms: dict[str, str] = {}
    for mention in mentions:
        if not mention.text.isupper():
            forms.setdefault(mention.text.upper(), mention.text)
            if len(mention.parts) > 1:
                forms.setdefault(mention.parts[-1].upper(), mention.parts[-1])
    for mention in mentions:
        if mention.text.isupper() and len(mention.text) > 3 and mention.text in forms:
            mention.text = forms[mention.text]
            mention.__post_init__()
            mention.guess, mention.sure = None, False


def _begins(page: Page, i: int) -> bool:
    """Whether a name may begin at token i."""
    word, tag = page.words[i], page.tags[i]
    if i in page.bodies and not page.capital[i] and not page.skip[i]:
        return True  # "the *6th* Circuit Court"
    if (
        not page.capital[i]
        or page.skip[i]
        or word in NEVER
        or "$" in word
        or (word in TIMES and not _name_month(page, i))
    ):
        return False
    if word == "Jan" and page.words[i + 1 : i + 2] and page.words[i + 1][:1].isdigit():
        return False
    if (
        tag in {"PRP", "PRP$", "DT", "CC", "WP", "WP$", "WDT", "WRB", "EX", "UH", "IN", "TO", "RB", "PDT"}
        or word.lower() in QUANTIFIERS
    ):
        return False
    if word.isupper() and len(word) > 1 and word.isalpha():
        return True
    if not page.first[i]:
        return tag != "MD" or page.capital[i + 1 : i + 2] == [True]
    following = i + 1 < len(page.words) and page.capital[i + 1] and page.words[i + 1] not in TIMES
    if key(word) in atlas().adjectives or key(word) in atlas().names:
        return True
    if page.doc[i].ent_type_ and page.doc[i].ent_type_ not in {"DATE", "TIME"} and tag not in FUNCTION_TAGS:
        return following or word.lower() not in page.known_lower
    if tag in FUNCTION_TAGS:
        return False
    if tag in NAME_TAGS:
        return word.lower() not in page.known_lower or following
    if following:  # "Poor Mexico", but "Central Bank", "Doctors Without Walls"
        return tag != "JJ" or page.words[i + 1] in words().bodies
    if (
        word in words().bodies
        and page.lower[i + 1 : i + 2] == ["of"]
        and page.capital[i + 2 : i + 3] == [True]
    ):
        return True  # "Friends of Oldcotes Library"
    return word.lower() not in page.known_lower and tag not in {"NNS", "JJ"} and word in page.inside


def _name_month(page: Page, i: int) -> bool:
    """Whether a month's word is a surname here ("Theresa May", "Mrs. May said")."""
    if page.words[i] not in NAME_MONTHS:
        return False
    before = page.words[i - 1] if i else ""
    after = page.words[i + 1] if i + 1 < len(page.words) else ""
    if after[:1].isdigit() or before in {
        "in",
        "of",
        "until",
        "since",
        "by",
        "last",
        "next",
        "this",
        "early",
        "late",
        "on",
    }:
        return False
    if page.capital[i + 1 : i + 2] == [True] and after not in TIMES and page.tags[i] in NAME_TAGS:
        return True  # "April Jones"
    return (
        (i > 0 and page.capital[i - 1] and not page.first[i - 1])
        or (page.tags[i] == "NNP" and page.doc[i].ent_type_ in PERSON_LABELS)
        or before in words().honorifics
    )


def _extend(page: Page, i: int) -> int:
    """The end of the stretch of capitals that begins at token i, with what joins its parts."""
    n, lex = len(page.words), words()
    j = i + 1
    if i > 1 and page.words[i - 1] == "-" and page.lower[i - 2] in {"pro", "anti"}:
        return j  # "the pro-Brook Harbour Alliance"
    while j < n and not page.words[j].isspace():
        word = page.words[j]
        following = j + 1 < n and not page.words[j + 1].isspace()
        if page.capital[j] and word not in NEVER:
            if (word in TIMES and not _name_month(page, j)) or _opens_sentence(page, j):
                break
            j += 1
        elif (
            word == "-" and page.tight(j) and following and (page.capital[j + 1] or _name_tail(page, j + 1))
        ) or (word in {"’", "'"} and following and page.tight(j) and page.capital[j + 1]):
            j += 2
        elif (
            page.lower[j] in ARTICLES
            and following
            and page.words[j + 1] == "-"
            and j + 2 < n
            and page.capital[j + 2]
        ):
            j += 3
        elif (
            page.lower[j] in PARTICLES
            and following
            and word.islower()
            and (
                page.capital[j + 1] or (page.lower[j + 1] in PARTICLES and j + 2 < n and page.capital[j + 2])
            )
        ):
            j += 1
        elif (
            word == ","
            and following
            and page.words[j + 1] in SUFFIXES | {"Inc.", "Inc", "LLC", "Ltd", "Ltd.", "L.L.C."}
        ) or (word == "&" and following and page.capital[j + 1]):
            j += 2
        elif word == "administration" and _government(page, i, j):
            return j + 1
        elif _nickname(page, j):
            j += 4
        elif (step := _bridge(page, i, j)) or (step := _titled(page, j)):
            j += step
        elif (
            word in APOSTROPHES
            and following
            and page.words[j - 1].endswith(("s", "men", "Women", "ople", "ren"))
            and page.capital[j + 1]
            and page.doc[j - 1].ent_type_ not in PERSON_LABELS
            and (word in {"'", "’"} or page.words[j - 1].endswith("en") or page.words[j - 1] == "People")
        ):
            right = j + 1
            while right < n and page.capital[right] and page.words[right] not in TIMES:
                right += 1
            if not any(page.words[k] in lex.bodies for k in range(j + 1, right)):
                break
            j = right
        else:
            break
    return j


def _government(page: Page, i: int, j: int) -> bool:
    """Whether the name before token j says whose government is meant ("the *Brook* administration")."""
    return j - i == 1 and page.lower[i - 1 : i] == ["the"] and key(page.words[i]) not in atlas().adjectives


def _nickname(page: Page, j: int) -> bool:
    """Whether a nickname between quotation marks parts a name at token j (Ada "*Addie*" Brook)."""
    after = page.words[j : j + 4]
    return (
        len(after) == 4
        and after[0] in QUOTES
        and after[2] in QUOTES
        and page.capital[j + 1]
        and page.capital[j + 3]
        and page.doc[j - 1].ent_type_ in PERSON_LABELS
        and page.doc[j + 3].ent_type_ in PERSON_LABELS
    )


QUOTES = frozenset({'"', "“", "”", "‘", "’", "``", "''"})


def _opens_sentence(page: Page, j: int) -> bool:
    """Whether a capital goes with a new sentence that the parser missed ("… and Orsk Inc. *And* then")."""
    closed = page.tags[j] in FUNCTION_TAGS - {"MD", "VB", "VBN", "VBD", "VBG", "VBP", "VBZ", "RB", "UH"}
    return closed and (
        page.words[j - 1].endswith(".")
        or (page.tags[j] == "IN" and page.doc[j - 1].ent_type_ in PERSON_LABELS)
    )


def _name_tail(page: Page, i: int) -> bool:
    """Whether the lower-case word after a hyphen belongs to a name ("Ki-moon", "Lashkar-e-Taiba")."""
    word = page.words[i]
    if word in {"e", "i", "ul", "al", "el", "de", "la", "sur", "en", "le"}:
        return True
    first = page.words[i - 2]
    if not word.islower() or len(word) > 6 or word in COMPOUND or word.endswith("ed"):
        return False
    # "Song Mi-ran": a short word after another capital.
    return len(first) <= 6 and not first.isupper() and page.capital[i - 3] and not page.first[i - 2]


def _titled(page: Page, j: int) -> int:
    """How many tokens of a title with lower-case words follow ("Secretary *of State*"), or 0."""
    for phrase in words().phrases:
        if same_words(page.words[j - 1 : j + len(phrase) - 1], phrase):
            return len(phrase) - 1
    return 0


def _bridge(page: Page, i: int, j: int) -> int:
    """How many tokens of a lower-case bridge inside a body's name stand at j ("Institute *for* …"), or 0."""
    lex, word, last = words(), page.lower[j], page.words[j - 1]
    n = len(page.words)
    if word not in {"of", "for", "on", "and", "in", "against", "to", "with", "at"}:
        return 0
    skip = 2 if j + 1 < n and page.lower[j + 1] == "the" and word in {"of", "for", "on"} else 1
    right = j + skip
    if (
        right >= n
        or not page.capital[right]
        or page.words[right] in TIMES
        or page.words[right] in lex.honorifics | NEVER
    ):
        return 0
    if word == "of" and skip == 2 and page.words[right] in SHORT_STATES and j - i > 1:
        return 0  # "Dunmore State University of the US"
    entity = page.doc[j - 1]
    end = right
    while end < n and page.capital[end] and page.words[end] not in TIMES:
        end += 1
    inside = any(page.lower[k] in {"for", "of", "on"} for k in range(i, j))
    if word == "of":
        return (
            skip
            if last in lex.bodies
            and last not in {"Democrats", "Republicans", "Post", "Police"}
            and (page.words[right] not in lex.titles or page.words[right] == "Justice")
            else 0
        )
    if word == "at":  # "University of Dunmore at Castle Bay"
        return skip if inside and page.words[i] == "University" else 0
    if word == "for":
        head = last in lex.bodies and last not in {"House", "Senate", "Congress"}
        goes_on = inside and any(page.words[k] in lex.bodies for k in range(i, j)) and skip == 2
        return skip if (head or goes_on) and page.words[right] not in lex.titles else 0
    if word == "on":
        fits = last in {
            "Council",
            "Committee",
            "Commission",
            "Center",
            "Centre",
            "Conference",
            "Panel",
            "Institute",
        }
        return skip if fits and key(" ".join(page.words[right:end])) not in atlas().names else 0
    if word == "in":
        introduced = end < n and page.words[end] == "("
        return (
            skip
            if inside
            and last not in lex.bodies
            and (introduced or key(" ".join(page.words[right:end])) in {"europe", "asia", "africa"})
            else 0
        )
    if word == "and":
        left = " ".join(page.words[i:j])
        if key(left) in atlas().names or key(left) in atlas().seats or key(last) in atlas().names:
            return 0
        if (
            inside
            and last not in lex.bodies
            and page.words[right] not in lex.bodies
            and key(page.words[right]) not in atlas().names
        ):
            return skip
        closes = (
            page.words[end - 1] in lex.bodies
            and end - right >= 1
            and page.words[end - 1] not in {"Democrats", "Republicans", "Congress"}
        )
        party = end < n and page.lower[end] in {"party", "bloc", "alliance", "movement"}
        if party and page.words[i] not in lex.honorifics:
            return skip
        opens = (
            last not in lex.bodies
            and last not in lex.forms
            and not last.isupper()
            and page.words[i] not in lex.honorifics | lex.titles
        )
        person = entity.ent_type_ in PERSON_LABELS or page.words[i] in lex.male_names | lex.female_names
        return skip if closes and opens and not person and page.tags[right] != "DT" and j - i <= 3 else 0
    return 0


def _known(page: Page, found: list[Mention]) -> list[Mention]:
    """Names of the text where they stand in headlines, or at the head of a sentence the tagger misread."""
    taken = [False] * len(page.words)
    for mention in found:
        first = mention.title[0] if mention.title else mention.start
        for i in range(first, mention.end):
            taken[i] = True
    forms: dict[str, list[tuple[tuple[str, ...], Mention]]] = {}
    for mention in found:
        tokens = tuple(page.words[mention.start : mention.end])
        variants = {tokens}
        if mention.guess == "person" and len(tokens) > 1:
            variants.add(tokens[-1:])
        for variant in sorted(variants):
            forms.setdefault(variant[0].casefold(), []).append((variant, mention))
    lone = {mention.text for mention in found if len(mention.parts) == 1}
    more = []
    i = 0
    while i < len(page.words):
        end = i + 1
        styled = page.styled[page.sentence[i]]
        if page.capital[i] and not taken[i] and not page.skip[i] and (styled or page.first[i]):
            for tokens, mention in sorted(forms.get(page.lower[i], ()), key=lambda form: -len(form[0])):
                here = page.words[i : i + len(tokens)]
                same = (
                    [w.casefold() for w in here] == [t.casefold() for t in tokens]
                    if styled
                    else tuple(here) == tokens
                )
                if (
                    same
                    and (not page.capital[i + len(tokens) - 1] or True)
                    and not any(taken[i : i + len(tokens)])
                ):
                    end = i + len(tokens)
                    more.append(
                        Mention(
                            i, end, mention.text if len(tokens) > 1 else tokens[0], mention.guess, sure=False
                        )
                    )
                    break
            else:
                text = page.words[i]
                close = page.persons.get(i, i)
                if (
                    styled and close > i and page.words[close - 1] in lone
                ):  # over its paragraph, in full: "Ada Brook"
                    end = close
                    more.append(Mention(i, end, name_text(page, i, end), "person"))
                    i = end
                    continue
                pair = name_text(page, i, min(i + 2, len(page.words)))
                if styled and (key(pair) in atlas().names or key(pair) in atlas().seats):
                    end = min(i + 2, len(page.words))
                    more.append(placed(page, i, end, pair))
                elif styled and (key(text) in atlas().names or key(text) in atlas().seats):
                    more.append(placed(page, i, end, text))
        i = end
    return more
