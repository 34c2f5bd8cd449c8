"""A title and a summary in the article's own words: cut, never written.

The title is the headline; without one, it is the lede cut back at clause boundaries. The summary is two
to four whole sentences: who did what, where the sides stand, what happens next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from generator.analysis import syntax
from generator.analysis.model import NextStep, Position, Quote
from generator.analysis.narration import Narration, Sentence

if TYPE_CHECKING:
    from generator.article import Article, Span

LONGEST_TITLE = 90
SHORTEST_TITLE = 25
LONGEST_SUMMARY = 4

# What a clause can lose at its end and still be one, the cheapest loss first.
_LOOSE = {
    "punct": 0.0, "cc": 0.0, "parataxis": 0.0, "advcl": 0.1, "advcl:relcl": 0.1, "acl:relcl": 0.1, "relcl": 0.1, "appos": 0.2,
    "conj": 0.3, "acl": 0.3, "obl:tmod": 0.3, "obl:unmarked": 0.3, "npadvmod": 0.3, "advmod": 0.3, "obl": 0.45, "prep": 0.45,
    "nmod": 0.7, "nmod:unmarked": 0.7, "dep": 0.7,
}  # fmt: skip
_DANGLING = frozenset({"CC", "IN", "DT", "TO", "PRP$", "POS", "WDT", "WP", "WRB", "MD", "HYPH", "$", ",", ":", "-LRB-", "``"})
_ANAPHORA = frozenset(
    "he she it they this that these those his her their its but and so yet however still instead such both another".split()
)
_STATUS_WEIGHT = {"scheduled": 1.0, "agreed": 0.95, "planned": 0.9, "proposed": 0.7, "conditional": 0.65, "possible": 0.6}


def make_title(doc: Doc, article: Article) -> str:
    """The article's headline; where it has none, the first words of the lede up to a clause boundary,
    at most 90 characters, a contiguous run of the article's own words."""
    if article.headline:
        return " ".join(article.headline.split())
    narration = Narration(doc)
    lede = _lede(narration, article)
    if lede is None:
        return _clipped(" ".join(doc.text.split()))
    cuts = _cuts(narration, lede)
    if not cuts:
        return _clipped(_text(doc, lede.start, lede.end))
    _, start, end = max(cuts, key=lambda cut: (round(cut[0], 6), cut[2] - cut[1]))
    title = _text(doc, start, end)
    return title[0].upper() + title[1:]


def _lede(narration: Narration, article: Article) -> Sentence | None:
    """The first sentence of the first paragraph that is no heading."""
    headings = {block.start for block in article.blocks if block.heading}
    for sentence in narration.sentences:
        start = narration.doc[narration.paragraphs[sentence.paragraph][0]].idx
        if start not in headings and sum(t.is_alpha for t in narration.doc[sentence.start : sentence.end]) >= 4:
            return sentence
    return None


def _text(doc: Doc, start: int, end: int) -> str:
    while end > start and doc[end - 1].text in {".", ",", ";", ":", "-", "–", "—", "--", "!"}:
        end -= 1
    return " ".join(doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1])].split())


def _cuts(narration: Narration, lede: Sentence) -> list[tuple[float, int, int]]:
    """The runs of the lede that stand as a title, each with how well: a subject and its verb, nothing
    begun that is not finished, as little as can be lost."""
    doc = narration.doc
    found = []
    for start in _openings(doc, lede):
        for end in range(start + 3, lede.end + 1):
            text = _text(doc, start, end)
            if len(text) > LONGEST_TITLE:
                break
            cost = _cost(doc, start, end, lede)
            if cost is None or len(text) < SHORTEST_TITLE:
                continue
            length = min(len(text), 75) / 75
            found.append((length - cost - (0.15 if start != lede.start else 0.0), start, end))
    return found


def _openings(doc: Doc, lede: Sentence) -> list[int]:
    """Where a title may begin: at the lede's head, or at the subject of its main clause."""
    openings = [lede.start]
    for token in doc[lede.start : lede.end]:
        if token.dep_ == "ROOT":
            who = syntax.subject(token)
            if who is not None and lede.start < who.left_edge.i < token.i and doc[who.left_edge.i - 1].text == ",":
                openings.append(who.left_edge.i)
    while doc[openings[0]].is_quote or doc[openings[0]].is_space:
        openings[0] += 1
    return openings


def _cost(doc: Doc, start: int, end: int, lede: Sentence) -> float | None:
    """What a cut at `end` loses, None where it leaves a torso."""
    last = doc[end - 1]
    if last.tag_ in _DANGLING or last.dep_ in {"aux", "aux:pass", "auxpass", "case", "mark", "det", "cop", "compound", "amod", "nummod"}:
        return None
    inside = range(start, end)
    cost = 0.0
    verb = False
    for token in doc[start:end]:
        if token.dep_ != "ROOT" and token.head.i not in inside and not token.is_punct:
            return None
        finite = token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        verb = verb or (finite and any(c.dep_ in syntax.SUBJECTS and c.i in inside for c in (*token.children, *token.head.children)))
        for child in token.children:
            if child.i >= end and child.i < lede.end:
                loss = _loss(doc, token, child)
                if loss is None:
                    return None
                cost = max(cost, loss)
    marks = sum(token.text in {'"', "“", "”", "''", "``"} for token in doc[start:end])
    brackets = sum(token.text in {"(", "["} for token in doc[start:end]) - sum(token.text in {")", "]"} for token in doc[start:end])
    if not verb or marks % 2 or brackets:
        return None
    return cost


def _loss(doc: Doc, token: Token, child: Token) -> float | None:
    loss = _LOOSE.get(child.dep_)
    if loss is None:
        return None
    if child.dep_ in {"obl", "prep"} and token.tag_ == "VBN" and syntax.passive(token) and child.i == token.i + 1:
        return 0.6
    if child.dep_ in {"advcl", "acl"} and child.left_edge.i == token.i + 1 and child.left_edge.lower_ in {"to", "in", "of", "from", "into"}:
        return 0.5  # "failed in persuading", "a plan to build": nearly a complement
    comma = child.left_edge.i > 0 and doc[child.left_edge.i - 1].text in {",", "-", "–", "—", "--", ";"}
    return loss * 0.5 if comma else loss


def _clipped(text: str) -> str:
    """Whole words up to 90 characters."""
    if len(text) <= LONGEST_TITLE:
        return text.rstrip(" .,;:-–—")
    return text[: LONGEST_TITLE + 1].rsplit(" ", 1)[0].rstrip(" .,;:-–—")


def find_summary(
    doc: Doc,
    article: Article,
    quotes: Sequence[Quote],
    positions: Sequence[Position],
    next_steps: Sequence[NextStep],
    narration: Narration | None = None,
) -> tuple[Span, ...]:
    """Two to four whole sentences, in order: the lede, where the sides stand, what happens next.

    Spans in code points of `doc.text`, quotation marks included. Fewer than two only where the article
    has no more.
    """
    narration = narration or Narration(doc)
    lede = _lede(narration, article)
    if lede is None:
        return ()
    headings = {block.start for block in article.blocks if block.heading}
    sentences = [s for s in narration.sentences if doc[narration.paragraphs[s.paragraph][0]].idx not in headings]
    lede_at = sentences.index(lede)
    standing = {s: _stand(narration, s, positions) for s in sentences}
    coming = {s: _coming(narration, s, next_steps) for s in sentences}
    chosen = [lede]

    def best(weights: dict[Sentence, float]) -> Sentence | None:
        ranked = sorted(
            (
                (weights[s] * _readable(narration, s, chosen) * _early(i - lede_at, len(sentences)), -s.start, s)
                for i, s in enumerate(sentences)
                if s not in chosen and i > lede_at and weights[s] > 0 and not _repeats(narration, s, chosen)
            ),
            key=lambda item: item[:2],
            reverse=True,
        )
        return ranked[0][2] if ranked and ranked[0][0] > 0 else None

    for weights in (standing, standing, coming):
        if len(chosen) < LONGEST_SUMMARY:
            sentence = best(weights)
            if sentence is not None:
                chosen.append(sentence)
    if len(chosen) < 2:
        sentence = best(dict.fromkeys(sentences, 1.0))
        if sentence is not None:
            chosen.append(sentence)
    return tuple(_span(narration, s) for s in sorted(chosen, key=lambda s: s.start))


def _span(narration: Narration, sentence: Sentence) -> Span:
    doc = narration.doc
    start, end = sentence.start, sentence.end
    while start < end - 1 and doc[start].is_space:
        start += 1
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _within(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] < outer[1]


def _stand(narration: Narration, sentence: Sentence, positions: Sequence[Position]) -> float:
    """How much of where the sides stand a sentence tells: distinct actors count more than points."""
    span = _span(narration, sentence)
    told = [p for p in positions if p.span and _within(p.span[0], span)]
    return min(1.0, 0.4 * len({p.actor for p in told}) + 0.2 * len(told)) if told else 0.0


def _coming(narration: Narration, sentence: Sentence, steps: Sequence[NextStep]) -> float:
    """How much of what happens next a sentence tells."""
    span = _span(narration, sentence)
    told = [_STATUS_WEIGHT[s.status] * s.score * (1.0 if s.date else 0.8) for s in steps if s.span and _within(s.span[0], span)]
    return max(told, default=0.0)


def _early(distance: int, total: int) -> float:
    return 1.0 - 0.6 * distance / max(1, total)


def _readable(narration: Narration, sentence: Sentence, chosen: Sequence[Sentence]) -> float:
    """Whether a sentence can be read where it will stand: it leans on no sentence that is left out."""
    doc = narration.doc
    words = [t for t in doc[sentence.start : sentence.end] if t.text[0].isalnum()]
    if len(words) < 8 or not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in words):
        return 0.0
    value = 1.0
    if words[0].lower_ in _ANAPHORA or words[0].pos_ == "PRON":
        value *= 1.0 if any(c.end == sentence.start for c in chosen) else 0.3
    if sentence.quoted and sentence.quoted[0].start <= words[0].i:
        value *= 0.7  # speech without its speaker first
    if len(words) > 45:
        value *= 0.7
    return value


def _repeats(narration: Narration, sentence: Sentence, chosen: Sequence[Sentence]) -> bool:
    """Whether a sentence says over again what is chosen already: half of its content words stand there."""
    words = _content_words(narration, sentence)
    return any(len(words & _content_words(narration, other)) * 2 > len(words) for other in chosen)


def _content_words(narration: Narration, sentence: Sentence) -> set[str]:
    return {t.lemma_.lower() for t in narration.doc[sentence.start : sentence.end] if t.pos_ in {"NOUN", "PROPN", "VERB", "NUM", "ADJ"}}
