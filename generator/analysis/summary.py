"""A title and a summary in the article's own words: cut, never written.

The title is the headline; without one, it is the lede cut back at clause boundaries. The summary is two
to four whole sentences: who did what, where the sides stand, what happens next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from generator.analysis import syntax
from generator.analysis.lexicon import base, cues
from generator.analysis.model import NextStep, Position, Quote
from generator.analysis.narration import Narration, Sentence
from generator.analysis.stances import governs

if TYPE_CHECKING:
    from generator.article import Article, Span

LONGEST_TITLE = 90
SHORTEST_TITLE = 25
LONGEST_SUMMARY = 4
LEAST = 0.1
"""What a sentence must be worth to stand in a summary: fewer sentences rather than one that says nothing."""
LONE = 12
"""Tokens of a first sentence that can be a headline that was not told as one."""

# What a clause can lose at its end and still be one, the cheapest loss first.
_LOOSE = {
    "punct": 0.0,
    "cc": 0.0,
    "parataxis": 0.0,
    "advcl": 0.1,
    "advcl:relcl": 0.1,
    "acl:relcl": 0.1,
    "relcl": 0.1,
    "appos": 0.2,
    "conj": 0.3,
    "acl": 0.3,
    "obl:tmod": 0.3,
    "obl:unmarked": 0.3,
    "npadvmod": 0.3,
    "advmod": 0.3,
    "obl": 0.45,
    "prep": 0.45,
    "nmod": 0.7,
    "nmod:unmarked": 0.7,
    "dep": 0.7,
}
_DANGLING = frozenset(
    {"CC", "IN", "DT", "TO", "PRP$", "POS", "WDT", "WP", "WRB", "MD", "HYPH", "$", ",", ":", "-LRB-", "``"}
)
_ANAPHORA = frozenset(
    "he she it they this that these those his her their its but and so yet however still instead such both"
    " another".split()
)
_NEVER_LAST = frozenset(
    "a an and are as at be by for from had has have his her in is its of on or so that the their to was were"
    " who which with".split()
) | {""}
_PERSONS = frozenset({"he", "she", "they"})
_OTHERS = frozenset({"he", "she", "him", "her", "his", "hers"})
_SPEAKERS = frozenset({"i", "me", "my", "we", "us", "our", "you"})
_STATUS_WEIGHT = {
    "scheduled": 1.0,
    "agreed": 0.95,
    "planned": 0.9,
    "proposed": 0.7,
    "conditional": 0.65,
    "possible": 0.6,
}


def make_title(doc: Doc, article: Article, narration: Narration | None = None) -> str:
    """The article's headline; where it has none, the lede cut at clause boundaries to 90 characters.

    A contiguous run of the lede's words if one stands by itself, else one with a clause in its middle
    left out; if neither does, as many words as there is room for, and an ellipsis.
    """
    if article.headline:
        return _shortened(" ".join(article.headline.split()))
    narration = narration or Narration(doc)
    lede = _lede(narration, article)
    if lede is None:
        return _clipped(" ".join(doc.text.split()))
    cuts = [cut for tokens in _runs(doc, lede) for cut in _cuts(doc, tokens)]
    if not cuts:
        return _clipped(_text(doc, tuple(range(lede.start, lede.end))))
    _, tokens = max(cuts, key=lambda cut: (round(cut[0], 6), len(cut[1])))
    title = _text(doc, tokens)
    return title[0].upper() + title[1:]


def _shortened(headline: str) -> str:
    """A headline; one that is too long and says two things, only the first."""
    first, _, second = headline.partition("; ")
    fits = SHORTEST_TITLE <= len(first) <= LONGEST_TITLE and _whole(first)
    return first if second and len(headline) > LONGEST_TITLE and fits else headline


def _lede(narration: Narration, article: Article) -> Sentence | None:
    """The first sentence of the first paragraph that is no heading."""
    headings = {block.start for block in article.blocks if block.heading}
    for sentence in narration.sentences:
        start = narration.doc[narration.paragraphs[sentence.paragraph][0]].idx
        if (
            start not in headings
            and sum(t.is_alpha for t in narration.doc[sentence.start : sentence.end]) >= 4
        ):
            return sentence
    return None


def _text(doc: Doc, tokens: Sequence[int]) -> str:
    """The words of a run of tokens, without the punctuation at its end."""
    end = len(tokens)
    while end and doc[tokens[end - 1]].text in {".", ",", ";", ":", "-", "–", "—", "--", "!"}:
        end -= 1
    pieces = [
        doc[i].text_with_ws + ("" if k + 1 == end or tokens[k + 1] == i + 1 else " ")
        for k, i in enumerate(tokens[:end])
    ]
    return " ".join("".join(pieces).split())


def _runs(doc: Doc, lede: Sentence) -> list[tuple[int, ...]]:
    """What a title may be cut from: the lede, the lede from its main subject on, and both without the
    clauses that stand between the subject and its verb."""
    start = lede.start
    while start < lede.end - 1 and (doc[start].is_quote or doc[start].is_space):
        start += 1
    openings = [start]
    for token in doc[start : lede.end]:
        if token.dep_ == "ROOT" and base(token) not in cues().speech:
            who = syntax.subject(token)
            if (
                who is not None
                and start < who.left_edge.i < token.i
                and doc[who.left_edge.i - 1].text == ","
                and who.pos_ != "PRON"
            ):
                if doc[start].tag_ in {"IN", "VBG", "VBN", "RB", "TO"} and not _tells(
                    doc, start, who.left_edge.i
                ):
                    openings.append(who.left_edge.i)
    runs = [tuple(range(opening, lede.end)) for opening in openings]
    return runs + [shorter for run in runs if (shorter := _without_asides(doc, run)) != run]


def _tells(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].dep_ == "ROOT" for i in range(start, end))


def _without_asides(doc: Doc, run: tuple[int, ...]) -> tuple[int, ...]:
    """A run without relative clauses, appositions and brackets before its main verb."""
    root = next((i for i in run if doc[i].dep_ == "ROOT"), None)
    if root is None:
        return run
    left_out: set[int] = set()
    for i in run:
        token = doc[i]
        if i < root and token.dep_ in {"acl:relcl", "relcl", "appos"} and token.right_edge.i < root:
            first, last = token.left_edge.i, token.right_edge.i
            if token.head.head.i != root and doc[first - 1].text not in {",", "–", "—", "--", "("}:
                continue  # "two of the three people who …": without it they are others
            after = last + 2 if doc[last + 1].text in {",", "–", "—", "--", ")"} else last + 1
            to_verb = after < root and doc[after].head.i == root and doc[after].pos_ in {"AUX", "ADV", "VERB"}
            if after != root and not to_verb:
                continue  # what follows is not the verb: the aside may go on
            left_out.update(range(first, last + 1))
            if doc[first - 1].text in {",", "–", "—", "--", "("}:
                left_out.add(first - 1)
            if last + 1 < root and doc[last + 1].text in {",", "–", "—", "--", ")"}:
                left_out.add(last + 1)
    return tuple(i for i in run if i not in left_out)


def _cuts(doc: Doc, run: tuple[int, ...]) -> list[tuple[float, tuple[int, ...]]]:
    """The beginnings of a run that stand as a title, each with how well: a subject and its verb, nothing
    begun that is not finished, as little as can be lost."""
    found = []
    gaps = run[-1] - run[0] + 1 != len(run)
    for end in range(3, len(run) + 1):
        tokens = run[:end]
        text = _text(doc, tokens)
        if len(text) > LONGEST_TITLE:
            break
        cost = _cost(doc, tokens, run[-1]) if len(text) >= SHORTEST_TITLE else None
        if cost is not None:
            found.append((min(len(text), 75) / 75 - cost - (0.2 if gaps else 0.0), tokens))
    return found


def _cost(doc: Doc, tokens: tuple[int, ...], last: int) -> float | None:
    """What a cut behind `tokens` loses of a sentence that goes on to `last`, None where it leaves a torso."""
    final = doc[tokens[-1]]
    if final.tag_ in _DANGLING or final.dep_ in {
        "aux",
        "aux:pass",
        "auxpass",
        "case",
        "mark",
        "det",
        "cop",
        "compound",
        "amod",
        "nummod",
        "nmod:desc",
    }:
        return None
    if doc[tokens[-2]].text in {",", "–", "—", "--"}:
        return None
    if _goes_on(doc, tokens[-1], last):
        return None
    inside = set(tokens)
    cost = 0.0
    verb = False
    for i in tokens:
        token = doc[i]
        if token.dep_ != "ROOT" and token.head.i not in inside and not token.is_punct:
            if i + 1 not in inside or not _hung_too_far(token):
                return None
        if token.tag_ in syntax.FINITE:
            verb = verb or any(
                c.dep_ in syntax.SUBJECTS and c.i in inside for c in (*token.children, *token.head.children)
            )
        for child in token.children:
            if tokens[-1] < child.i <= last:
                loss = _loss(doc, token, child)
                if loss is None:
                    return None
                cost = max(cost, loss)
    marks = sum(doc[i].text in {'"', "“", "”", "''", "``"} for i in tokens)
    brackets = sum((doc[i].text in {"(", "["}) - (doc[i].text in {")", "]"}) for i in tokens)
    return None if not verb or marks % 2 or brackets else cost


def _hung_too_far(token: Token) -> bool:
    """Whether an adjective is hung on a noun further on than the one behind it: "[Russian] President Ode"."""
    return token.dep_ == "amod" and token.nbor().pos_ in syntax.NOMINAL and token.head.i > token.i + 1


def _goes_on(doc: Doc, end: int, last: int) -> bool:
    """Whether the word before a cut wants what follows it: "a talk aimed | at …", "have seized on | a …"."""
    final = doc[end]
    participle = final.tag_ in {"VBN", "VBG"} and final.dep_ not in {"ROOT", "conj"}
    if not participle and final.tag_ != "RP" and final.dep_ not in {"compound:prt", "prt"}:
        return False
    return end < last and not doc[end + 1].is_punct


def _loss(doc: Doc, token: Token, child: Token) -> float | None:
    """What a word loses with one of its dependents; None where it cannot be without it."""
    opening = child.left_edge
    joined = child.dep_ == "conj" and opening.tag_ == "IN" and opening.head.i == child.i
    # "A meeting with her *after the talks*": no conjunction joins the talks.
    loss = _LOOSE.get("obl" if joined else child.dep_)
    if loss is None or (child.dep_ in {"obl", "prep"} and governs(token, opening)):
        return None
    if (child.dep_ == "nmod" and opening.lower_ == "of") or (child.dep_ == "prep" and child.lower_ == "of"):
        return None  # "the process of …"
    if (
        child.dep_ in {"obl", "prep"}
        and token.tag_ == "VBN"
        and syntax.passive(token)
        and child.i == token.i + 1
    ):
        return 0.6
    if child.dep_ in {"advcl", "acl"} and opening.lower_ in {"to", "in", "of", "from", "into", "that"}:
        return 0.6  # "failed in persuading", "a plan to build": nearly a complement
    comma = opening.i > 0 and doc[opening.i - 1].text in {",", "-", "–", "—", "--", ";"}
    return loss * 0.5 if comma else loss


def _clipped(text: str) -> str:
    """As many whole words as there is room for, with an ellipsis where some are left out."""
    if len(text) <= LONGEST_TITLE:
        return text.rstrip(" .,;:-–—")
    words = text[:LONGEST_TITLE].rsplit(" ", 1)[0].split()
    while len(words) > 1 and words[-1].casefold().strip(",;:-–—") in _NEVER_LAST:
        words.pop()
    return " ".join(words).rstrip(" .,;:-–—") + "…"


def find_summary(
    doc: Doc,
    article: Article,
    quotes: Sequence[Quote],
    positions: Sequence[Position],
    next_steps: Sequence[NextStep],
    narration: Narration | None = None,
) -> tuple[Span, ...]:
    """Two to four whole sentences, in order: the lede or the point of it, where the sides stand, what happens
    next.

    Spans in code points of `doc.text`, quotation marks included. Fewer than two where no other sentence
    can be read by itself.
    """
    narration = narration or Narration(doc)
    lede = _lede(narration, article)
    if lede is None:
        return ()
    headings = {block.start for block in article.blocks if block.heading}
    sentences = [
        s for s in narration.sentences if doc[narration.paragraphs[s.paragraph][0]].idx not in headings
    ]
    lede_at = sentences.index(lede)
    standing = {s: _stand(narration, s, positions) for s in sentences}
    coming = {s: _coming(narration, s, next_steps) for s in sentences}
    reader = _Reader(narration, article)
    chosen = _opening(reader, sentences[lede_at:])

    def best(weights: dict[Sentence, float]) -> Sentence | None:
        ranked = sorted(
            (
                (
                    weights[s] * reader.readable(s, chosen) * _early(i - lede_at, len(sentences)),
                    -s.start,
                    s,
                )
                for i, s in enumerate(sentences)
                if s not in chosen and i > lede_at and weights[s] > 0 and not _repeats(narration, s, chosen)
            ),
            key=lambda item: item[:2],
            reverse=True,
        )
        return ranked[0][2] if ranked and ranked[0][0] > LEAST else None

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


def _opening(reader: _Reader, sentences: Sequence[Sentence]) -> list[Sentence]:
    """What a summary begins with: the lede; and where it tells nothing of the headline, what does.

    A feature opens with somebody's morning, a column with a scene: the headline says what it is about.
    """
    lede = sentences[0]
    if not reader.headline:
        after = sentences[1:2]
        alone = lede.end - lede.start <= LONE and after and reader.readable(after[0], [lede]) >= 0.7
        return list(after) if alone else [lede]  # an unmarked headline, which is the title already
    told = reader.covers(lede)
    early = sentences[1 : max(4, len(sentences) // 3)]
    telling = [s for s in early if reader.covers(s) >= max(0.5, told + 0.3)]
    point = max(
        telling, key=lambda s: (reader.covers(s) * reader.readable(s, [lede]), -s.start), default=None
    )
    if point is None or told >= 0.3 or reader.readable(point, [lede]) < 0.5:
        return [lede]
    return [point] if told == 0 and reader.readable(point, []) >= 0.5 else [lede, point]


def _span(narration: Narration, sentence: Sentence) -> Span:
    doc = narration.doc
    start, end = sentence.start, sentence.end
    while start < end - 1 and doc[start].is_space:
        start += 1
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    return syntax.offsets(doc, start, end)


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
    told = [
        _STATUS_WEIGHT[s.status] * s.score * (1.0 if s.date else 0.8)
        for s in steps
        if s.span and _within(s.span[0], span)
    ]
    return max(told, default=0.0)


def _early(distance: int, total: int) -> float:
    return 1.0 - 0.6 * distance / max(1, total)


class _Reader:
    """Somebody who has read the headline and the sentences that are chosen, and nothing else."""

    def __init__(self, narration: Narration, article: Article) -> None:
        self.narration = narration
        self.headline = _stems(article.headline or "")
        self.year = article.date.year
        people = [ent for ent in narration.doc.ents if ent.label_ == "PERSON"]
        self.surnames = {ent[-1].text for ent in people if len(ent) > 1 and ent[-1].text.isalpha()}
        self.known = set(re.findall(r"\w+", article.headline or ""))

    def covers(self, sentence: Sentence) -> float:
        """The share of the headline's words that a sentence tells."""
        if len(self.headline) < 3:
            return 1.0
        told = _stems(self.narration.doc[sentence.start : sentence.end].text)
        return len(self.headline & told) / len(self.headline)

    def readable(self, sentence: Sentence, chosen: Sequence[Sentence]) -> float:
        """Whether a sentence can be read where it will stand: it is whole, leans on no sentence that is
        left out, and says who speaks and of whom."""
        doc, inside = self.narration.doc, self.narration.inside
        words = [t for t in doc[sentence.start : sentence.end] if t.text[0].isalnum()]
        told = [t for t in words if inside[t.i] < 0]
        if len(words) < 8 or len(told) < 3 or not any(t.tag_ in syntax.FINITE for t in told):
            return 0.0
        if not _whole(doc[sentence.start : sentence.end].text.strip()):
            return 0.0
        value = 1.0
        if _leans(words) and not any(c.end <= sentence.start <= c.end + 1 for c in chosen):
            value *= 0.2
        if any(t.lower_ in _SPEAKERS for t in told) or (
            words[0].i + 1 < sentence.end and doc[words[0].i + 1].text == ":"
        ):
            value *= 0.2  # an interview's answer, a columnist's I
        if inside[words[0].i] >= 0:
            value *= 0.7  # speech, and its speaker only after it
        if self._strangers(sentence, chosen):
            value *= 0.4
        if any(t.text.isdecimal() and 1000 < int(t.text) < self.year - 1 for t in told[:6]):
            value *= 0.5  # "In 1952 …": what was long ago
        if len(words) > 45:
            value *= 0.7 if len(words) <= 60 else 0.4
        return value

    def _strangers(self, sentence: Sentence, chosen: Sequence[Sentence]) -> bool:
        """Whether a sentence speaks of somebody by a surname that only another sentence explains."""
        doc = self.narration.doc
        known = self.known | {t.text for c in chosen for t in doc[c.start : c.end]}
        return any(
            token.text in self.surnames
            and token.text not in known
            and not (token.i > sentence.start and doc[token.i - 1].ent_type_ == "PERSON")
            for token in doc[sentence.start : sentence.end]
            if token.ent_type_ == "PERSON"
        )


def _leans(words: Sequence[Token]) -> bool:
    """Whether a sentence speaks of somebody or something that only the one before it names."""
    if words[0].lower_ in _ANAPHORA or any(t.lower_ in _PERSONS for t in words[:4]):
        return True
    pronoun = next((k for k, t in enumerate(words) if t.lower_ in _OTHERS), None)
    return pronoun is not None and not any(t.tag_ in {"NN", "NNP"} for t in words[:pronoun])


def _whole(text: str) -> bool:
    """Whether a text stands by itself: nothing is announced, no bracket or quotation mark left open."""
    if text.endswith(":") or text.startswith(("(", "[")) or "</" in text:
        return False
    return (
        text.count("(") == text.count(")")
        and text.count("“") == text.count("”")
        and text.count('"') % 2 == 0
        and text.count("''") % 2 == 0
    )


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z0-9]+", text.lower()) if len(word) > 3 or word.isdigit()}


def _repeats(narration: Narration, sentence: Sentence, chosen: Sequence[Sentence]) -> bool:
    """Whether a sentence says over again what is chosen already: half of its content words stand there."""
    words = _content_words(narration, sentence)
    return any(len(words & _content_words(narration, other)) * 2 > len(words) for other in chosen)


def _content_words(narration: Narration, sentence: Sentence) -> set[str]:
    return {
        t.lemma_.lower()
        for t in narration.doc[sentence.start : sentence.end]
        if t.pos_ in {"NOUN", "PROPN", "VERB", "NUM", "ADJ"}
    }
