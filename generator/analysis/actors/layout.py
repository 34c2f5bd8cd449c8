"""An article as the finder of names reads it: words, tags, sentences, quotations, headlines and frames."""

from __future__ import annotations

import re
from bisect import bisect_left

from spacy.tokens import Doc, Token

from generator.analysis.actors.geography import atlas, key
from generator.analysis.actors.vocabulary import INITIAL, IRREGULAR, PERSON_LABELS, SMALL, words
from generator.analysis.quotation_marks import find_quotations, paragraphs_of
from generator.article import Article

CREDIT = re.compile(
    r"\(?\s*(?:(?:additional |with )?(?:reporting|writing|editing|compiled|photographs?) by\b"
    r"|by [A-Z][\w.'-]+ [A-Z])"
    r"|.{0,120}\bcontributed (?:reporting|to this (?:report|story|article))",
    re.IGNORECASE,
)
BRACKETED = re.compile(
    r"\((?:D|R|I|Dem|Rep|Lab|Con|LD|Lib|SNP|Ind)\.?(?:[-–—,]\s?[^()\n]{1,30})?\)|\(([A-Z][A-Za-z.]{1,6}\.)\)"
    r"|(?<=, )[DRI]-[A-Z][\w.]{1,12}(?=[,.])"
)


DATELINE = re.compile(
    r"\s*(?:[^a-z\n]{3,40}|[A-Z][\w ,.'()/-]{2,60}?(?:\([A-Z][\w. ]+\)))\s*(?:,[^-–—\n]{0,40})?\s*"
    r"(?:--|[-–—])\s"
)


ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?$")
SHORT_STATES = frozenset({"US", "U.S.", "UK", "U.K."})
JOINING = frozenset({"of", "for", "to", "the", "on", "-", "'s", "’s", "'", "’"})
"""What may stand between the capitals of a body's name."""


CLOSED = {
    **dict.fromkeys("a an the this that these those".split(), "DT"),
    **dict.fromkeys(
        "of in on at by for from with about against between into through during before after above below "
        "under over among".split(),
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


def _tag(token: Token) -> str:
    """A token's tag, put right where the word itself shows that it is wrong: taggers trained on little text
    call the odd "a", "who" or "spokeswoman" a plural noun."""
    tag, word = token.tag_, token.text
    if tag == "PRP" and (
        token.lower_ in {"its", "their", "our", "my", "your", "his"} or token.dep_ in {"nmod:poss", "poss"}
    ):
        return "PRP$"
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


def _described(first: str, second: str) -> bool:
    """Whether the first of several words of a name says what a person is ("*Ostravian* Ada Brook")."""
    given = words().male_names | words().female_names
    return first not in given and second in given and first.endswith(("ian", "an", "ist", "crat"))


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
        self.persons = self._read_persons()
        """Where the recognizer sees a person's name of several words: its end by its first token."""
        self.bodies = self._read_bodies()
        """Where the recognizer sees a body's name of several words: its end by its first token."""
        self._starts = [token.idx for token in doc]
        self._read_quotations()
        self._read_sentences(article)
        self._read_frames()
        self.inside = {
            word
            for word, capital, first in zip(self.words, self.capital, self.first, strict=True)
            if capital and not first
        }
        """Words that have their capital also where no sentence begins."""
        self.known_lower = {word for word in self.words if word.islower()}
        self.paragraph = [0] * len(doc)
        number = 0
        for i, word in enumerate(self.words):
            if "\n\n" in word:
                number += 1
            self.paragraph[i] = number

    def _read_persons(self) -> dict[int, int]:
        lex = words()
        titles = (lex.titles | lex.honorifics) - lex.male_names - lex.female_names
        found = {}
        for ent in self.doc.ents:
            if ent.label_ in PERSON_LABELS:
                start = max(
                    (i + 1 for i in range(ent.start, ent.end) if self.words[i] in titles), default=ent.start
                )
                if ent.end - start > 2 and _described(self.words[start], self.words[start + 1]):
                    start += 1
                if ent.end - start > 1 and self.capital[start] and self.capital[ent.end - 1]:
                    found[start] = ent.end
        return found

    def _read_bodies(self) -> dict[int, int]:
        found = {}
        for ent in self.doc.ents:
            if (
                self.lower[ent.end - 3 : ent.end - 1] == ["of", "the"]
                and self.words[ent.end - 1] in SHORT_STATES
            ):
                continue  # "Dunmore State University of the US"
            first, inside = self.words[ent.start], self.lower[ent.start : ent.end]
            if (
                ent.label_ == "ORG"
                and ent.end - ent.start > 1
                and (self.capital[ent.start] or ORDINAL.match(first))
                and self.capital[ent.end - 1]
                and all(self.capital[i] or self.words[i] in JOINING for i in range(ent.start + 1, ent.end))
                and not (len(first) == 1 and inside[1] == "-")  # "D-Ohio"
            ):
                found[ent.start] = ent.end
        return found

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
                        or (
                            word in {"“", '"', "‘", "``", "'", "''", ":", "•", "—", "--", "–", "-", "*"}
                            and not self.tight(i)
                        )
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
        that stumbles over "Florida Rep. Ada van Brook" must not cut the name in two."""
        joined: list[tuple[int, int]] = []
        for sent in self.doc.sents:
            if joined:
                start, end = joined[-1]
                last = self.words[end - 1]
                if not last.isspace() and (last[-1] not in ".!?:;\"”’'»)]…" or self._abbreviated(end)):
                    joined[-1] = (start, sent.end)
                    continue
            joined.append((sent.start, sent.end))
        return [part for start, end in joined for part in self._lead_in(start, end)]

    def _abbreviated(self, end: int) -> bool:
        """Whether the full stop before token `end` is that of a title ("former U.S. *Rep.* Ada Brook")."""
        last = self.words[end - 1]
        return len(last) > 1 and (
            last in words().titles or last in words().honorifics or bool(INITIAL.match(last))
        )

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

        "Brook met French President Lenoir." has a verb without one.
        """
        telling = [i for i in range(start, end) if self.words[i].isalpha() and self.lower[i] not in SMALL]
        plain = sum(not self.capital[i] for i in telling)
        shouted = end - start < 8 and len(telling) > 1 and all(self.words[i].isupper() for i in telling)
        return shouted or (len(telling) > 2 and plain <= len(telling) // 10)

    def tight(self, i: int) -> bool:
        """Whether no space stands before or after token i."""
        return 0 < i < len(self.words) - 1 and not self.doc[i - 1].whitespace_ and not self.doc[i].whitespace_
