"""An article's sentences as a reader takes them, and what of them stands in quotation marks.

A parser that was trained on prose without much speech breaks sentences at quotation marks, and runs
through them. Here a sentence ends where the narration ends it; the quotations in it belong to it whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from generator.analysis.lexicon import base, cues
from generator.analysis.quotation_marks import Quotation, find_quotations, paragraphs_of
from generator.article import Span

_FINAL = frozenset({".", "!", "?", "…", "...", "....", "?!", "!!", "??"})
_VERB_TAGS = ("VB", "MD")
_LONGEST_HEADING = 14  # words
_CLOSING = frozenset(".!?\"”’':;,)…")


def headings_of(prose: str) -> list[Span]:
    """The paragraphs that are headings among the text: short, and without a mark at their end."""
    found = []
    for start, end in paragraphs_of(prose):
        words = prose[start:end].split()
        if len(words) <= _LONGEST_HEADING and words[-1][-1] not in _CLOSING:
            found.append((start, end))
    return found


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """One part of a quotation: tokens `[start, end)` between the marks."""

    quotation: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `[start, end)`, white space at the end left out; `quoted` are the quotations in it."""

    start: int
    end: int
    paragraph: int
    quoted: tuple[QuotedPart, ...] = ()


class Narration:
    """A Doc with its quotations paired and its sentences cut around them.

    `inside[i]` is the number of the quotation that token *i* stands in (its marks included), else -1.
    `paragraphs` and, of these, `headings` are ranges of tokens.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts = [token.idx for token in doc]
        self.quotations: tuple[Quotation, ...] = find_quotations(doc.text)
        self.inside = [-1] * len(doc)
        self.parts: list[QuotedPart] = []
        for number, quotation in enumerate(self.quotations):
            for start, end in quotation.parts:
                part = QuotedPart(number, *self.tokens((start, end)))
                self.parts.append(part)
                for i in range(part.start, part.end):
                    self.inside[i] = number
                if part.start and self.doc[part.start - 1].is_quote:
                    self.inside[part.start - 1] = number
                if part.end < len(doc) and self.doc[part.end].is_quote:
                    self.inside[part.end] = number
        self.paragraphs: list[tuple[int, int]] = [self.tokens(span) for span in paragraphs_of(doc.text)]
        self.headings = {self.tokens(span) for span in headings_of(doc.text)}
        self.sentences: list[Sentence] = []
        for number, (start, end) in enumerate(self.paragraphs):
            self._cut(number, start, end)
        self._sentence_starts = [sentence.start for sentence in self.sentences]

    def tokens(self, span: Span) -> tuple[int, int]:
        """The tokens `[start, end)` that a span of code points touches."""
        start = bisect_right(self.starts, span[0]) - 1
        end = bisect_left(self.starts, span[1])
        return max(0, start), max(end, start + 1)

    def sentence_at(self, token: int) -> Sentence:
        """The sentence that a token stands in."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, token) - 1)]

    def _cut(self, paragraph: int, start: int, end: int) -> None:
        doc = self.doc
        while end > start and doc[end - 1].is_space:
            end -= 1
        parts = [part for part in self.parts if start <= part.start < end]
        first = start
        for i in range(start, end):
            if i + 1 == end or self._ends(i, end):
                if not all(doc[k].is_space for k in range(first, i + 1)):
                    within = tuple(part for part in parts if first <= part.start <= i)
                    self.sentences.append(Sentence(first, i + 1, paragraph, within))
                first = i + 1

    def _ends(self, i: int, end: int) -> bool:
        """Whether a sentence ends with token *i*."""
        doc, inside = self.doc, self.inside
        token, after = doc[i], doc[i + 1]
        if after.is_space and i + 2 < end:
            after = doc[i + 2]
        if inside[i] >= 0:
            if inside[after.i] == inside[i] or (not token.is_quote and inside[i + 1] == inside[i]):
                return False
            last = doc[i - 1] if token.is_quote else token
            if last.text[-1] not in ".!?…" or after.text[0].islower() or after.text[0] in ",;:)-–—":
                return False
            return not (last.text[-1] != "." and self._attributes(after.i, end))
        if token.text in _FINAL:
            return (
                not after.text[0].islower()
                and after.text[0] not in ",;:)-–—"
                and not token.text.startswith("..")
                and (token.text != "." or after.is_sent_start is not False or not self._cut_off(i))
            )
        if token.text in {")", "]"} and i and doc[i - 1].text in _FINAL:
            return inside[i - 1] < 0
        return token.text.endswith(".") and bool(after.is_sent_start) and after.text[0].isupper()

    def _cut_off(self, i: int) -> bool:
        """Whether a full stop may be an abbreviation's that the tokenizer cut off it ("Lt. Orsk")."""
        before = self.doc[i - 1] if i else None
        return before is not None and before.is_title and len(before) <= 4 and not before.whitespace_

    def _attributes(self, start: int, end: int) -> bool:
        """Whether narration that follows a question or exclamation says whose it is ('"Why?" she asked')."""
        for k in range(start, min(end, start + 9)):
            token = self.doc[k]
            if self.inside[k] >= 0 or token.text in _FINAL or token.text == ",":
                return False
            if base(token) in cues().speech and token.tag_.startswith(_VERB_TAGS):
                return True
        return False
