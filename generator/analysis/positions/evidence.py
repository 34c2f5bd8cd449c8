"""What speaks for a draft being a position: features that a reader can name, for a linear model to weigh."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from generator.analysis import syntax
from generator.analysis.heads import head_features, told_by
from generator.analysis.lexicon import base, cues
from generator.analysis.linear import graded
from generator.analysis.model import Actor
from generator.analysis.narration import Narration
from generator.analysis.positions.draft import Draft
from generator.analysis.spans import Range, in_common
from generator.analysis.stances import worded_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast


class Evidence:
    """The features of the drafts of one article."""

    def __init__(self, narration: Narration, cast: Cast, drafts: Sequence[Draft]) -> None:
        self._narration = narration
        self._actors: Mapping[str, Actor] = {actor.id: actor for actor in cast.actors}
        self._drafts = drafts
        self._stated = told_by(narration.doc, "stated")
        self._by_start = sorted(range(len(drafts)), key=lambda k: (drafts[k].start, k))
        self._starts = [drafts[k].start for k in self._by_start]
        self._told: dict[tuple[int, int, int], list[str]] = {}
        self._shared: dict[Range, tuple[float, float]] = {}
        spans = sorted({draft.words for draft in drafts})
        self._contents = {
            span: words for span in spans if len(words := self._content(span)) >= _LEAST_CONTENT
        }
        self._with_word: dict[str, list[Range]] = defaultdict(list)
        for span, words in self._contents.items():
            for word in words:
                self._with_word[word].append(span)

    def features(self, number: int) -> list[str]:
        """Those of the draft with this number, each once."""
        draft = self._drafts[number]
        words = (draft.start, draft.end, draft.head)
        if words not in self._told:
            self._told[words] = [*self._worded(draft), *self._placed(draft)]
            self._told[words] += head_features(self._stated, draft.words)
        route, told = draft.route, self._told[words]
        found = [f"route {route}", *told, *self._held(draft), *self._among(number)]
        found += [f"{route}: {sign}" for sign in draft.signs]
        found += [f"{route}: {name}" for name in told if name.startswith(_BY_ROUTE)]
        return list(dict.fromkeys(found))

    def _worded(self, draft: Draft) -> Iterator[str]:
        doc = self._narration.doc
        tokens = doc[draft.start : draft.end]
        head = doc[draft.head]
        text = doc.text[tokens.start_char : tokens.end_char]
        stance, share = worded_stance(text)
        yield f"words show {stance}"
        yield from graded("words agree", share, (0.5, 0.7, 0.9))
        yield from graded("words", len(tokens), (4, 6, 8, 10, 13, 17, 22, 28, 36, 50))
        yield f"top {head.pos_}"
        yield from _tensed(tokens, head)
        yield from _subject(draft, head)
        yield from (name for name, there in _kinds(tokens) if there)
        yield f"opens {_word(tokens[0])}"
        yield f"second {tokens[1].tag_}" if len(tokens) > 1 else "one word"
        yield f"closes {tokens[-1].pos_}"
        inner = sum(
            base(t) in cues().speech and t.tag_.startswith("VB") for t in tokens if t.i != draft.start
        )
        yield from graded("says within", inner, (1, 2))

    def _placed(self, draft: Draft) -> Iterator[str]:
        """Where in the article and in its sentence the draft stands."""
        narration, doc = self._narration, self._narration.doc
        sentence = narration.sentence_at(draft.start)
        whole = sum(not doc[i].is_punct for i in range(sentence.start, sentence.end))
        own = sum(not doc[i].is_punct for i in range(draft.start, draft.end))
        yield from graded("share of sentence", own / max(1, whole), (0.25, 0.5, 0.7, 0.85, 0.97))
        first, last = narration.paragraphs[sentence.paragraph]
        if sentence.start <= first:
            yield "first sentence"
        if sentence.end >= last - 1:
            yield "last sentence"
        quoted = sum(narration.inside[i] >= 0 for i in range(draft.start, draft.end)) / (
            draft.end - draft.start
        )
        yield from graded("quoted", quoted, (0.01, 0.3, 0.6, 0.99))
        inside = narration.inside
        if draft.start and inside[draft.start] >= 0 and inside[draft.start - 1] < 0:
            yield "opens with mark"
        if draft.start:
            yield f"behind {_word(doc[draft.start - 1])}"
        if draft.end < len(doc):
            yield f"before {_word(doc[draft.end])}"

    def _held(self, draft: Draft) -> Iterator[str]:
        """Who holds it: what kind of actor, how often named, and how it is called here."""
        actor = self._actors.get(draft.actor or "")
        if actor is None:
            yield "holder unlisted"
        else:
            yield f"holder {actor.kind}"
            yield from graded("holder named", len(actor.mentions), (2, 3, 5, 8, 12, 20))
            if actor.role:
                yield "holder with role"
        words = draft.actor_text.split()
        called = words[0].lower() if words else ""
        if called in _PRONOUNS:
            yield f"holder called {called}"
        elif len(words) > 1 and called in {
            "a",
            "an",
            "one",
            "some",
            "many",
            "several",
            "the",
            "other",
            "most",
        }:
            yield f"holder called {called} …"
        elif words and not words[-1][0].isupper():
            yield "holder called by a noun"
        yield from graded("holder words", len(words), (2, 3, 5))
        yield from graded("holders", draft.rank, (1, 2))

    def _among(self, number: int) -> Iterator[str]:
        """What other drafts say of it: a draft around it or inside it, the same words before or later."""
        draft = self._drafts[number]
        around = inside = same = 0
        for other in self._near(draft):
            if other.words == draft.words:
                same += other.route != draft.route
            elif other.actor != draft.actor or other.route != draft.route:
                around += other.start <= draft.start and draft.end <= other.end
                inside += draft.start <= other.start and other.end <= draft.end
        yield from graded("inside others", around, (1, 2, 4))
        yield from graded("around others", inside, (1, 2, 4))
        yield from graded("found twice", same, (1,))
        earlier, later = self._repeated(draft)
        yield from graded("said before", earlier, (0.4, 0.6, 0.8))
        yield from graded("said again", later, (0.4, 0.6, 0.8))

    def _near(self, draft: Draft) -> Iterator[Draft]:
        """The drafts that share words with one."""
        for k in self._by_start[: bisect_left(self._starts, draft.end)][::-1]:
            other = self._drafts[k]
            if other.end > draft.start:
                yield other
            elif other.start < draft.start - _LONGEST:
                break

    def _repeated(self, draft: Draft) -> tuple[float, float]:
        """The largest share of its words that a statement elsewhere has, before it and later."""
        span = draft.words
        if span not in self._shared:
            before = later = 0.0
            mine = self._content(span)
            counts: Counter[Range] = Counter()
            for word in mine:
                counts.update(self._with_word[word])
            for other, shared in counts.items():
                if in_common(other, span):
                    continue
                share = shared / min(len(mine), len(self._contents[other]))
                if other[0] < span[0]:
                    before = max(before, share)
                else:
                    later = max(later, share)
            self._shared[span] = (before, later)
        return self._shared[span]

    def _content(self, span: Range) -> frozenset[str]:
        doc = self._narration.doc
        return frozenset(doc[i].lemma_.lower() for i in range(*span) if doc[i].pos_ in _CONTENT)


# No statement runs over more tokens; what begins further back ends before.
_LONGEST = 150
_LEAST_CONTENT = 3
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_CLOSED = frozenset({"PRON", "DET", "ADP", "SCONJ", "CCONJ", "AUX", "PART"})
_FIRST = frozenset("i we me us my our mine ours myself ourselves".split())
_PRONOUNS = frozenset("he she it they i we you his her its their who".split())
_BY_ROUTE = ("words show", "subject", "past", "will", "clause of", "figure", "first sentence", "holder")


def _kinds(tokens: Span) -> Iterator[tuple[str, bool]]:
    """Kinds of word, and whether a statement has one."""
    yield "figure", any(t.like_num or t.tag_ == "CD" for t in tokens)
    yield "time", any(t.ent_type_ in {"DATE", "TIME"} for t in tokens)
    yield "money", any(t.ent_type_ in {"MONEY", "PERCENT"} for t in tokens)
    yield "question", any(t.text == "?" for t in tokens)
    yield "first person", any(t.lower_ in _FIRST for t in tokens)
    yield "second person", any(t.lower_ in {"you", "your"} for t in tokens)
    yield "condition", any(t.lower_ in {"if", "unless"} for t in tokens)
    yield "contrast", any(t.lower_ in {"but", "however", "instead", "rather"} for t in tokens)
    yield "reason", any(t.lower_ in {"because", "since"} for t in tokens)
    yield "negated", any(t.lower_ in syntax.NEGATIONS for t in tokens)
    yield "compares", any(t.tag_ in {"JJR", "JJS", "RBR", "RBS"} for t in tokens)
    yield "names", any(t.pos_ == "PROPN" for t in tokens)
    yield "finite verb", any(t.tag_ in syntax.FINITE for t in tokens)


def _word(token: Token) -> str:
    """A word of grammar as it is, any other by its tag."""
    return token.lower_ if token.pos_ in _CLOSED or token.is_punct else token.tag_


def _tensed(tokens: Span, head: Token) -> Iterator[str]:
    finite = [t for t in tokens if t.tag_ in syntax.FINITE]
    if finite and all(t.tag_ == "VBD" for t in finite):
        yield "past only"
    elif finite and all(t.tag_ in {"VBZ", "VBP"} for t in finite):
        yield "present only"
    modals = [t.lower_ for t in tokens if t.tag_ == "MD"]
    for modal in dict.fromkeys(modals):
        yield f"modal {modal}"
    own = syntax.modal(head)
    if own is not None:
        yield f"top modal {own}"
    yield f"top {head.tag_}"
    if syntax.negated(head):
        yield "top negated"


def _subject(draft: Draft, head: Token) -> Iterator[str]:
    """Whose doing a statement tells."""
    who = syntax.subject(head)
    if who is None or not draft.start <= who.i < draft.end:
        yield "subject none"
    elif who.pos_ in {"PRON", "DET"} or who.tag_ in {"EX", "DT", "PRP"}:
        yield f"subject {who.lower_}"
    else:
        yield f"subject {who.pos_}"
        if who.ent_type_:
            yield f"subject {who.ent_type_}"
    if any(c.dep_ == "cop" for c in head.children):
        yield "copula"
    if syntax.passive(head):
        yield "passive"
