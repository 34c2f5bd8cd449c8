"""Where an article names someone or something: stretches of capitals read with titles, suffixes and lexicons.

A recognizer of entities makes mistakes, and so does a tagger; the spelling of English names is the
steadiest evidence. A mention is therefore found by its capitals, and the model's tags and entities
vote on what it names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Token

from generator.analysis.geography import atlas, key, lexicon
from generator.analysis.quotation_marks import find_quotations, paragraphs_of
from generator.analysis.syntax import PASSIVE_SUBJECTS, SUBJECTS
from generator.article import Article

Guess = Literal["person", "organization", "state", "seat", "people", "place", "outlet", "thing"]

PARTICLES = frozenset(
    "de la del della der den des di da do dos das du van von zu zur ten ter bin ibn bint al el ul abu y e le af ben".split()
)
ARTICLES = frozenset("al el ul ad ar as ash at an".split())
COMPOUND = frozenset("led based born era style like wide free run owned area bound built".split())
MONTHS = frozenset(
    "January February March April May June July August September October November December".split()
)
DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
SHORT_MONTHS = frozenset(
    "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Sep. Oct. Nov. Dec. Feb Aug Sept Oct Nov Dec".split()
)
TIMES = MONTHS | DAYS | SHORT_MONTHS | frozenset("CET GMT EST EDT PST UTC a.m. p.m. AM PM BC AD".split())
NAME_MONTHS = frozenset({"May", "April", "June", "August", "March"})
FUNCTION_TAGS = frozenset(
    "DT IN CC PRP PRP$ WDT WP WP$ WRB EX MD RB RBR RBS TO UH VB VBD VBG VBN VBP VBZ CD PDT POS".split()
)
NAME_TAGS = frozenset({"NNP", "NNPS"})
NEVER = frozenset({"I", "I.", "O", "OK", "Mr", "TV", "A", "The", "An", "This", "That", "These", "Those"}) - {
    "Mr"
}
SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
PERSON_LABELS = frozenset({"PERSON", "PER"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
APOSTROPHES = frozenset({"'s", "’s", "'", "’"})


INITIAL = re.compile(r"^[A-Z]\.?$")
CREDIT = re.compile(
    r"\(?\s*(?:(?:additional |with )?(?:reporting|writing|editing|compiled|photographs?) by\b|by [A-Z][\w.'-]+ [A-Z])|.{0,120}\bcontributed (?:reporting|to this (?:report|story|article))",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"[‘’'`]s$")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
BRACKETED = re.compile(
    r"\((?:D|R|I|Dem|Rep|Lab|Con|LD|Lib|SNP|Ind)\.?(?:[-–—,]\s?[^()\n]{1,30})?\)|\(([A-Z][A-Za-z.]{1,6}\.)\)"
)
DATELINE = re.compile(
    r"\s*(?:[^a-z\n]{3,40}|[A-Z][\w ,.'()/-]{2,60}?(?:\([A-Z][\w. ]+\)))\s*(?:,[^-–—\n]{0,40})?\s*(?:--|[-–—])\s"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicons of names, as sets."""

    male: frozenset[str]
    female: frozenset[str]
    honorifics: frozenset[str]
    titles: frozenset[str]
    modifiers: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    weak_titles: frozenset[str]
    parties: frozenset[str]
    party_people: frozenset[str]
    persons: frozenset[str]
    collectives: frozenset[str]
    female_nouns: frozenset[str]
    male_nouns: frozenset[str]
    male_names: frozenset[str]
    female_names: frozenset[str]
    bodies: frozenset[str]
    forms: frozenset[str]
    bare: frozenset[str]
    things: frozenset[str]
    outlet_words: frozenset[str]
    outlets: frozenset[str]


@cache
def words() -> Words:
    """The lexicons, read once."""
    people, bodies, given = lexicon("people"), lexicon("organizations"), lexicon("given_names")
    honorifics, titles = people["honorifics"], people["titles"]
    return Words(
        male=frozenset(honorifics["male"]),
        female=frozenset(honorifics["female"]),
        honorifics=frozenset(honorifics["male"] + honorifics["female"] + honorifics["either"]),
        titles=frozenset(titles["heads"]),
        modifiers=frozenset(titles["modifiers"]),
        phrases=tuple(tuple(phrase.split()) for phrase in titles["phrases"]),
        weak_titles=frozenset(titles["weak"]),
        parties=frozenset(titles["parties"]),
        party_people=frozenset(titles["party_people"]),
        persons=frozenset(people["role_nouns"]["nouns"].split()),
        collectives=frozenset(people["role_nouns"]["collectives"].split()),
        female_nouns=frozenset(titles["female"]),
        male_nouns=frozenset(titles["male"]),
        male_names=frozenset(given["male"].split()),
        female_names=frozenset(given["female"].split()),
        bodies=frozenset(bodies["heads"]),
        forms=frozenset(bodies["suffixes"]),
        bare=frozenset(bodies["bare"]),
        things=frozenset(bodies["things"]),
        outlet_words=frozenset(bodies["outlet_words"]),
        outlets=frozenset(bodies["outlets"]),
    )


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


CLOSED = {
    **dict.fromkeys("a an the this that these those".split(), "DT"),
    **dict.fromkeys(
        "of in on at by for from with about against between into through during before after above below under over among".split(),
        "IN",
    ),
    **dict.fromkeys(
        "i you he she it we they me him us them himself herself itself themselves".split(), "PRP"
    ),
    **dict.fromkeys("my your his its our their".split(), "PRP$"),
    **dict.fromkeys("who whom what".split(), "WP"),
    "whose": "WP$",
    "which": "WDT",
    **dict.fromkeys("when where why how".split(), "WRB"),
    **dict.fromkeys("and or but nor".split(), "CC"),
    **dict.fromkeys("was were had did said told".split(), "VBD"),
    **dict.fromkeys("is has says does".split(), "VBZ"),
    **dict.fromkeys("are have".split(), "VBP"),
    **dict.fromkeys("will would can could may might must shall should".split(), "MD"),
    "to": "TO",
    "'s": "POS",
    "’s": "POS",
}
"""The tag of words that hardly ever have another, where a tagger gave them a noun's."""
SMALL = frozenset(
    "a an the of on in to for and or with at by from as but up off out over into after before s t via vs not no".split()
)
IRREGULAR = frozenset(
    "people men women children police media data police officials staff cattle youth clergy".split()
)


def _tag(token: Token) -> str:
    """A token's tag, put right where the word itself shows that it is wrong: taggers trained on little text
    call the odd "a", "who" or "spokeswoman" a plural noun."""
    tag, word = token.tag_, token.text
    if tag in {"NN", "NNS", "NNP", "NNPS", "JJ", ""} and not word[:1].isupper():
        closed = CLOSED.get(word)
        if closed is not None:
            return closed
    if (
        tag == "NNS"
        and not word.endswith("s")
        and token.lower_ not in IRREGULAR
        and not token.lower_.endswith(("men", "people"))
    ):
        return "NN" if word.islower() else "NNP"
    return tag


class Page:
    """A Doc as the finder of names reads it: its words, where sentences and quotations begin and end."""

    def __init__(self, doc: Doc, article: Article | None = None) -> None:
        self.doc = doc
        self.words = [token.text for token in doc]
        self.lower = [token.lower_ for token in doc]
        self.tags = [_tag(token) for token in doc]
        self.capital = [bool(word) and word[0].isupper() for word in self.words]
        self.sentence = [0] * len(doc)
        self.first = [False] * len(doc)
        self.styled: list[bool] = []
        self.bounds: list[tuple[int, int]] = []
        self.quoted = [-1] * len(doc)
        self.skip = [False] * len(doc)
        """Tokens of credits and datelines: names there take no part in the story."""
        self._starts = [token.idx for token in doc]
        self._read_quotations()
        self._read_sentences(article)
        self._read_frames()
        self.known_lower = {word for word in self.words if word.islower()}
        self.paragraph = [0] * len(doc)
        number = 0
        for i, word in enumerate(self.words):
            if "\n\n" in word:
                number += 1
            self.paragraph[i] = number

    def _read_quotations(self) -> None:
        starts = self._starts
        for number, quotation in enumerate(find_quotations(self.doc.text)):
            for start, end in quotation.parts:
                for i in range(bisect_left(starts, start), bisect_left(starts, end)):
                    self.quoted[i] = number

    def _read_sentences(self, article: Article | None) -> None:
        headings = [(block.start, block.end) for block in article.blocks if block.heading] if article else []
        for number, (begin, end) in enumerate(self._sentences()):
            self.bounds.append((begin, end))
            fresh = True
            for i in range(begin, end):
                self.sentence[i] = number
                word = self.words[i]
                if word.isspace() or not any(c.isalnum() for c in word):
                    fresh = (
                        fresh
                        or (word in {"“", '"', "‘", "``", "'", "''", ":", "•", "—", "--", "–", "-", "*"}
                        and not self.tight(i))
                        or "\n" in word
                    )
                    continue
                self.first[i] = fresh
                fresh = False
            start = self.doc[begin].idx
            lead_in = (
                end - begin > 2
                and self.words[end - 1] == ":"
                and (number == 0 or "\n" in self.words[begin - 1])
            )
            self.styled.append(
                any(a <= start < b for a, b in headings) or lead_in or self._styled(begin, end)
            )

    def _read_frames(self) -> None:
        """Mark credits ("Reporting by …") and datelines ("OSLO, March 3 (Reuters) -")."""
        text = self.doc.text
        for start, end in paragraphs_of(text):
            dateline = DATELINE.match(text, start, min(end, start + 110))
            if CREDIT.match(text, start, end):
                self._skip(start, end)
            elif dateline:
                self._skip(start, dateline.end())
        for match in BRACKETED.finditer(text):
            if match[1] is None or key(match[1]) in atlas().abbreviations:
                self._skip(*match.span())

    def _skip(self, start: int, end: int) -> None:
        for i in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            self.skip[i] = True

    def _sentences(self) -> list[tuple[int, int]]:
        """The parser's sentences, those joined again that end without a mark in mid-paragraph: a parser
        that stumbles over "Florida Rep. Debbie Wasserman Schultz" must not cut the name in two."""
        joined: list[tuple[int, int]] = []
        for sent in self.doc.sents:
            if joined:
                start, end = joined[-1]
                last = self.words[end - 1]
                if not last.isspace() and last[-1] not in ".!?:;\"”’'»)]…":
                    joined[-1] = (start, sent.end)
                    continue
            joined.append((sent.start, sent.end))
        return [part for start, end in joined for part in self._lead_in(start, end)]

    def _lead_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """A sentence, cut after a lead-in set like a headline ("Limited Tools to Fight Terrorism: The …")."""
        for i in range(start + 3, min(start + 12, end - 1)):
            if self.words[i] == ":":
                title = all(
                    self.capital[k] or self.words[k] in SMALL or not self.words[k].isalpha()
                    for k in range(start, i)
                )
                return [(start, i + 1), (i + 1, end)] if title or self._styled(start, i) else [(start, end)]
        return [(start, end)]

    def _styled(self, start: int, end: int) -> bool:
        """Whether a sentence is set like a headline: all but its small words have capitals.

        "Obama met French President Hollande." has a verb without one.
        """
        telling = [i for i in range(start, end) if self.words[i].isalpha() and self.lower[i] not in SMALL]
        plain = sum(not self.capital[i] for i in telling)
        shouted = end - start < 8 and len(telling) > 1 and all(self.words[i].isupper() for i in telling)
        return shouted or (len(telling) > 2 and plain <= len(telling) // 10)

    def tight(self, i: int) -> bool:
        """Whether no space stands before or after token i."""
        return 0 < i < len(self.words) - 1 and not self.doc[i - 1].whitespace_ and not self.doc[i].whitespace_


def find_names(page: Page) -> list[Mention]:
    """All mentions by name, in order; names in headlines only where the text knows them."""
    found: list[Mention] = []
    i = 0
    while i < len(page.words):
        if not page.styled[page.sentence[i]] and _begins(page, i):
            end = _extend(page, i)
            found += _read(page, i, end)
            i = end
        else:
            i += 1
    _lower_shouts(found)
    return sorted(found + _known(page, found), key=lambda mention: mention.start)


def _lower_shouts(mentions: list[Mention]) -> None:
    """Give names in capitals ("JAKE TAPPER:", in interviews) the form that they have elsewhere in the text."""
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
    if (
        not page.capital[i]
        or page.skip[i]
        or word in NEVER
        or "$" in word
        or (word in TIMES
        and not _name_month(page, i))
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
        return tag in NAME_TAGS or following or word.lower() not in page.known_lower
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
    return word.lower() not in page.known_lower and tag not in {"NNS", "JJ"} and _seen_inside(page, word)


QUANTIFIERS = frozenset(
    "many most some several other few both all more another such each every much neighbouring neighboring former nobody everyone anyone dear yesterday today tomorrow tonight meanwhile however moreover still later now then also here there once yet".split()
)


def _seen_inside(page: Page, word: str) -> bool:
    """Whether a word has its capital also where no sentence begins."""
    if not hasattr(page, "_inside"):
        page._inside = {
            w for w, capital, first in zip(page.words, page.capital, page.first) if capital and not first
        }  # type: ignore[attr-defined]
    return word in page._inside  # type: ignore[attr-defined]


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
        (i > 0
        and page.capital[i - 1]
        and not page.first[i - 1])
        or (page.tags[i] == "NNP"
        and page.doc[i].ent_type_ in PERSON_LABELS)
        or before in words().honorifics
    )


def _extend(page: Page, i: int) -> int:
    """The end of the stretch of capitals that begins at token i, with what joins its parts."""
    n, lex = len(page.words), words()
    j = i + 1
    while j < n and not page.words[j].isspace():
        word = page.words[j]
        following = j + 1 < n and not page.words[j + 1].isspace()
        if page.capital[j] and word not in NEVER:
            if word in TIMES and not _name_month(page, j):
                break
            j += 1
        elif (word == "-" and page.tight(j) and following and (page.capital[j + 1] or _name_tail(page, j + 1))) or (word in {"’", "'"} and following and page.tight(j) and page.capital[j + 1]):
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
            and (page.capital[j + 1] or (page.lower[j + 1] in PARTICLES and j + 2 < n and page.capital[j + 2]))
        ):
            j += 1
        elif (
            word == ","
            and following
            and page.words[j + 1] in SUFFIXES | {"Inc.", "Inc", "LLC", "Ltd", "Ltd.", "L.L.C."}
        ) or (word == "&" and following and page.capital[j + 1]):
            j += 2
        elif (step := _bridge(page, i, j)) or (step := _titled(page, j)):
            j += step
        elif (
            word in APOSTROPHES
            and following
            and page.words[j - 1].endswith(("s", "men", "Women", "ople", "ren"))
            and page.capital[j + 1]
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


def _name_tail(page: Page, i: int) -> bool:
    """Whether the lower-case word after a hyphen belongs to a name ("Ki-moon", "Lashkar-e-Taiba")."""
    word = page.words[i]
    if word in {"e", "i", "ul", "al", "el", "de", "la", "sur", "en", "le"}:
        return True
    first = page.words[i - 2]
    if not word.islower() or len(word) > 6 or word in COMPOUND or word.endswith("ed"):
        return False
    # "Ban Ki-moon", "Kim Jong-un": a short word after another capital.
    return len(first) <= 4 and not first.isupper() and page.capital[i - 3] and not page.first[i - 2]


def _titled(page: Page, j: int) -> int:
    """How many tokens of a title with lower-case words follow ("Secretary *of State*"), or 0."""
    for phrase in words().phrases:
        if _same_words(page.words[j - 1 : j + len(phrase) - 1], phrase):
            return len(phrase) - 1
    return 0


def _same_words(here: list[str], phrase: tuple[str, ...]) -> bool:
    return len(here) == len(phrase) and all(
        a.casefold() == b.casefold() for a, b in zip(here, phrase, strict=True)
    )


def _bridge(page: Page, i: int, j: int) -> int:
    """How many tokens of a lower-case bridge inside a body's name stand at j ("Institute *for* …"), or 0."""
    lex, word, last = words(), page.lower[j], page.words[j - 1]
    n = len(page.words)
    if word not in {"of", "for", "on", "and", "in", "against", "to", "with"}:
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
            and page.words[right] not in lex.titles
            else 0
        )
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


def _read(page: Page, start: int, end: int) -> list[Mention]:
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
    joined = _joined(page, start, end)
    if joined:
        return joined
    first = start
    text = _text(page, start, end)
    if _in_atlas(text):
        return [_placed(page, start, end, text)]
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
    text = _text(page, split, end)
    mention = Mention(split, end, text, title=title, honorific=honorific)
    _guess(page, mention)
    found = [mention]
    if title is not None:
        found = _inside_title(page, *title) + found
    return found


def _in_atlas(text: str) -> bool:
    known = atlas()
    return key(text) in known.names or key(text) in known.seats or key(text) in known.people


def _text(page: Page, start: int, end: int) -> str:
    text = page.doc.text[page.doc[start].idx : page.doc[end - 1].idx + len(page.words[end - 1])]
    return POSSESSIVE.sub("", text)


def _joined(page: Page, start: int, end: int) -> list[Mention]:
    """Two names around a hyphen or slash ("a Trump-Putin meeting", "the Ukraine-Russia talks"), where both stand alone."""
    if end - start == 3 and page.words[start + 1] in {"-", "–", "/"}:
        sides = (page.words[start], page.words[start + 2])
        known = atlas()
        if all(key(s) in known.names or key(s) in known.adjectives or _alone(page, s) for s in sides):
            found = []
            for i in (start, start + 2):
                found += _read(page, i, i + 1)
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


def _placed(page: Page, start: int, end: int, text: str) -> Mention:
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
    last = start
    k = start
    while k < end:
        word = page.words[k]
        phrase = next((p for p in lex.phrases if _same_words(page.words[k : k + len(p)], p)), None)
        if phrase is not None:
            k += len(phrase)
            last = k
            continue
        if word in lex.titles:
            last = k + 1
        elif k == start and end - start >= 3 and page.first[start] and word.lower() in lex.persons:
            last = k + 1  # "Engineer Ben Smith" at the head of a sentence
        elif (word in lex.honorifics and k == last) or (word in lex.parties and k == start and end - k > 2 and page.words[end - 1] not in lex.bodies):
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
    """`end` where a stretch is nothing but a title ("the Prime Minister"), `start` where it is a name after all."""
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
            # "Aung San Suu King" hardly occurs; "Stephen King" does.
            given = page.words[start] in lex.male_names | lex.female_names
            return start if given or page.doc[end - 1].ent_type_ in PERSON_LABELS else end
    return end


def _inside_title(page: Page, start: int, end: int) -> list[Mention]:
    """States and bodies named inside a title ("*European Commission* President", "*US* Secretary of State")."""
    lex, known = words(), atlas()
    found = []
    for length in range(min(4, end - start), 0, -1):
        text = _text(page, start, start + length)
        if key(text) in known.names or key(text) in known.seats or key(text) in known.adjectives:
            found.append(_placed(page, start, start + length, text))
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
    if text in known.adjectives:
        mention.guess = "people"
        mention.sure = True
    elif size == 1 and mention.text in lex.parties - {"Labour", "Independent"}:
        mention.guess, mention.sure = "thing", True
    elif size > 1 and (
        key(last) in known.adjectives
        or last in lex.parties
        or last in {"Asian", "African", "European", "Western", "Arab", "American"}
    ):
        mention.guess, mention.sure = (
            "thing",
            True,
        )  # "Southeast Asian", "Senate Republican": what follows is named
    elif "&" in mention.text:
        mention.guess, mention.sure = "organization", True
    elif (
        _titled_work(page, mention)
        or (size == 1
        and bare in lex.things - {"West", "East", "North", "South", "World", "Crown"})
    ):
        mention.guess, mention.sure = "thing", True
    elif (
        mention.text in lex.outlets
        or (size > 1
        and (bare in lex.outlet_words or first in {"Radio", "Fox", "Sky"})
        and mention.title is None)
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
        given = first in lex.male_names | lex.female_names
        mention.guess, mention.sure = (
            ("person", False) if given and bare not in {"Act", "Plan", "Agreement"} else ("thing", True)
        )
    elif bare.endswith("s") and bare.lower()[:-1] in lex.persons and bare not in lex.bodies:
        mention.guess, mention.sure = "thing", True  # "Supreme Court Justices" are no name
    elif last in {"II", "III", "IV"} and size > 1 and page.words[mention.end - 2] in lex.things:
        mention.guess, mention.sure = "thing", True
    elif last in SUFFIXES and size > 2:
        mention.guess, mention.sure = "person", True
    elif size > 1 and first in lex.male_names | lex.female_names and size < 5:
        mention.guess = "person"
    elif mention.text.replace(".", "").isupper() and 1 < len(mention.text.replace(".", "")) <= 6:
        mention.guess = "organization"


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
                pair = _text(page, i, min(i + 2, len(page.words)))
                if styled and (key(pair) in atlas().names or key(pair) in atlas().seats):
                    end = i + 2
                    more.append(_placed(page, i, end, pair))
                elif styled and (key(text) in atlas().names or key(text) in atlas().seats):
                    more.append(_placed(page, i, end, text))
        i = end
    return more


def head(page: Page, mention: Mention) -> Token:
    """The token of a mention (its title included) that the rest of it hangs on."""
    first = mention.title[0] if mention.title else mention.start
    for i in range(first, mention.end):
        outer = page.doc[i].head.i
        if outer < first or outer >= mention.end or outer == i:
            return page.doc[i]
    return page.doc[mention.end - 1]


def clause_head(page: Page, mention: Mention) -> Token:
    """The token by which a mention hangs in its clause: past appositions and coordination to the noun it shares
    a function with ("The Homeland leader, *Radko Moll*, ruled out …")."""
    token = head(page, mention)
    for _ in range(4):
        if (
            token.dep_ in {"conj", "appos", "flat", "nmod:desc"}
            and token.head.i != token.i
            and token.head.tag_[:1] in "NP"
        ):
            token = token.head
        else:
            break
    return token


def acts(page: Page, mention: Mention) -> bool:
    """Whether a mention is the subject of a finite verb, by the parse or by standing right before one."""
    if _governor(page, mention.title[0] if mention.title else mention.start) in PREPOSITIONS:
        return False
    token = clause_head(page, mention)
    if token.dep_ in SUBJECTS - PASSIVE_SUBJECTS:
        return True
    if token.dep_ in PASSIVE_SUBJECTS:
        return False
    k = mention.end
    n = len(page.words)
    while k < n and (page.words[k] in {" ", "  "} or page.tags[k] == "RB"):
        k += 1
    if k < n and page.tags[k] in FINITE and not page.capital[k]:
        return not (
            k + 1 < n
            and page.tags[k] in {"VBD", "VBZ", "VBP"}
            and page.lower[k] in {"was", "were", "is", "are", "been", "be"}
            and page.tags[k + 1] == "VBN"
        )
    if (
        k + 1 < n
        and page.lower[k] == "and"
        and page.capital[k + 1]
        and token.dep_ in {"nmod", "obl", "ROOT", "dep", "compound", "advcl"}
    ):
        k += 1
        while k < n and (page.capital[k] or page.lower[k] == "the"):
            k += 1
        return k < n and page.tags[k] in FINITE
    return False


def _governor(page: Page, first: int) -> str:
    """The lower-case word that a name follows, past articles, honorifics, and names joined to it by "and"."""
    k = first - 1
    while k >= 0:
        word = page.lower[k]
        if word in {"the", "mr", "mr.", "ms", "ms.", "mrs", "mrs.", "dr", "dr."}:
            k -= 1
        elif word in {"and", "or"} and page.capital[k - 1]:
            k -= 1
            while k >= 0 and page.capital[k] and not page.first[k]:
                k -= 1
        else:
            return word
    return ""


PREPOSITIONS = frozenset(
    "of in at near to from with against on for by between toward towards upon about over under into through including across".split()
)
