"""Who is said to have said or thought what: source, cue and content, in PolNeAR's sense.

The pipeline's own attributions are taken where it has them (`doc._.attributions`). For a pipeline
that has none, they are read off the parse: the speaker of each quotation from the narration around
it, indirect speech from the complements of reporting verbs, and "according to". What the rules alone
reach on PolNeAR's dev part stands in the model card.

Newell et al., "An Attribution Relations Corpus for Political News", LREC 2018.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from generator.analysis import syntax
from generator.analysis.actors.vocabulary import DOCUMENTS, NAME_TAGS, SHARES
from generator.analysis.lexicon import base, cues
from generator.analysis.model import Attribution, Speech
from generator.analysis.narration import Narration, QuotedPart, Sentence
from generator.analysis.spans import in_common
from generator.analysis.stances import narrated_stance

if TYPE_CHECKING:
    from generator.analysis.actors import Cast
    from generator.article import Span

_RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom"})
_PHRASE = frozenset({"DET", "ADJ", "PROPN", "NOUN", "NUM"})
_PARTICLES = frozenset(
    {"de", "del", "der", "van", "von", "al", "bin", "ibn", "la", "le", "di", "da", "dos", "jr.", "sr."}
)
_SMALL_IN_TITLES = frozenset("with from into over upon than that after under".split())
_UNNAMED = frozenset({"a", "an", "one", "another"})
_BODIES = frozenset(
    "administration agency army authority bank board cabinet coalition commission committee company council"
    " court delegation force government group leadership military ministry panel party regime side team"
    " tribunal union".split()
)
_EDGE = frozenset(",;:-–—.()[]\"“”'‘’«» ")


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word and its source, as ranges of tokens; `score` says how plain the evidence is."""

    verb: int
    start: int
    end: int
    source: tuple[int, int] | None
    score: float
    behind: bool = False
    """Whether it stands right behind the quotation that it attributes, as in '"Never," she said'."""


def find_attributions(doc: Doc, cast: Cast, narration: Narration | None = None) -> tuple[Attribution, ...]:
    """All attributions of an article, in order of their content; `actor` is None where a source is
    unnamed or cannot be resolved. Offsets in code points of `doc.text`, half-open."""
    narration = narration or Narration(doc)
    tagged = doc._.attributions if Doc.has_extension("attributions") else ()
    found = _from_pipeline(narration, cast, tagged) if tagged else _from_parse(narration, cast)
    return tuple(sorted(found, key=lambda a: (a.content[0] if a.content else a.cue[0], a.cue, a.source)))


def _from_pipeline(narration: Narration, cast: Cast, tagged: tuple[object, ...]) -> list[Attribution]:
    """The pipeline's attributions, their sources completed from the parse: on PolNeAR's dev part that
    raises the F of linked attributions from 71.0 to 71.4."""
    found = []
    for item in tagged:
        source, cue, content = (
            tuple((int(start), int(end)) for start, end in getattr(item, name))
            for name in ("source", "cue", "content")
        )
        if not content and not cue:
            continue
        source = _completed(narration, source, cue)
        score = round(float(getattr(item, "score", 1.0)), 3)
        found.append(_attribution(narration, cast, source, cue, content, score))
    return found


# How sure an attribution is that the pipeline has not, and that only the parse shows.
_MISSED = 0.6


def find_missed(narration: Narration, cast: Cast, attributions: tuple[Attribution, ...]) -> list[Attribution]:
    """Attributions of plain verbs of saying that only the parse shows, or whose source only it completes.

    They are no part of an article's attributions, where they lower the F (71.4 to 70.9); positions and
    speakers can use them, with a score of 0.6.
    """
    taken = {
        i for item in attributions if item.actor for span in item.cue for i in range(*narration.tokens(span))
    }
    return [
        replace(extra, score=_MISSED)
        for extra in _from_parse(narration, cast)
        if extra.source
        and taken.isdisjoint(range(*narration.tokens(extra.cue[0])))
        and _missed(narration, extra, attributions)
    ]


def _completed(narration: Narration, source: tuple[Span, ...], cue: tuple[Span, ...]) -> tuple[Span, ...]:
    """A source as a whole phrase: begun by the tagger and broken off ("The", of "The mayor"), or left out
    where the cue shares it with another verb."""
    doc = narration.doc
    if not cue:
        return source
    start, end = narration.tokens(cue[0])
    verb = next((doc[i] for i in range(start, end) if doc[i].tag_.startswith("VB")), None)
    if not source:
        if verb is None or verb.dep_ not in {"conj", "advcl", "parataxis"}:
            return source
        whole = _source(
            narration,
            verb,
            narration.sentence_at(start).start,
            narration.sentence_at(start).end,
            direct=False,
        )
        return (trimmed(doc, *whole),) if whole is not None else source
    first, last = narration.tokens(source[0])
    if doc[last - 1].tag_ not in {"DT", "CD", "JJ", "PRP$", "POS", "NNP", "NN"} or last >= len(doc):
        return source
    right = last
    limit = start if start >= last else len(doc)
    while right < limit and (doc[right].pos_ in _PHRASE or doc[right].tag_ in {"POS", "HYPH"}):
        right += 1
    if right > last and any(doc[i].pos_ in syntax.NOMINAL for i in range(last, right)):
        return (trimmed(doc, first, right), *source[1:])
    return source


def _missed(narration: Narration, extra: Attribution, found: tuple[Attribution, ...]) -> bool:
    """Whether the parse shows an attribution that the tagger should have: a plain verb of saying, whose
    content no other attribution has."""
    start, end = narration.tokens(extra.cue[0])
    verbs = {base(narration.doc[i]) for i in range(start, end)}
    if not verbs & cues().speech and narration.doc[start].lower_ != "according":
        return False
    whole = extra.content[0][0], extra.content[-1][1]
    return not any(in_common(part, whole) for item in found for part in item.content)


def _from_parse(narration: Narration, cast: Cast) -> list[Attribution]:
    doc = narration.doc
    found = []
    spoken: dict[int, list[QuotedPart]] = {}
    cue_of: dict[int, Cue] = {}
    last: tuple[int, int] | None = None
    for part in narration.parts:
        cue = cue_for(narration, part)
        sentence = narration.sentence_at(part.start)
        if cue is not None:
            cue_of[cue.verb] = cue
            spoken.setdefault(cue.verb, []).append(part)
            last = (cue.verb, sentence.end)
        elif (
            last is not None
            and last[1] == sentence.start
            and narration.sentence_at(last[0]).paragraph == sentence.paragraph
        ):
            # '"A," X said. "B."': what goes on after the attribution belongs to it.
            spoken[last[0]].append(part)
            last = (last[0], sentence.end)
    for verb, cue in sorted(cue_of.items()):
        content = list(_content_of(narration, cue, spoken=True))
        for part in spoken[verb]:
            marks = syntax.offsets(doc, part.start, part.end)
            wide = (marks[0] - 1, marks[1] + 1)
            if not any(s <= marks[0] and marks[1] <= e for s, e in content):
                content = [(s, e) for s, e in content if e <= marks[0] or s >= marks[1]] + [wide]
        found.append(
            _attribution(narration, cast, *_spans(narration, cue), tuple(sorted(content)), cue.score)
        )
    for sentence in narration.sentences:
        for i in range(sentence.start, sentence.end):
            if i in cue_of or _own_words(narration, doc[i]):
                continue
            cue = _cue_at(narration, doc[i], sentence)
            if cue is None:
                continue
            reported = tuple(_content_of(narration, cue))
            if reported:
                found.append(_attribution(narration, cast, *_spans(narration, cue), reported, cue.score))
    return found


def _attribution(
    narration: Narration,
    cast: Cast,
    source: tuple[Span, ...],
    cue: tuple[Span, ...],
    content: tuple[Span, ...],
    score: float,
) -> Attribution:
    return Attribution(
        source=source,
        cue=cue,
        content=content,
        speech=_speech(narration, content),
        actor=refer(narration, cast, source[0]) if source else None,
        score=score,
    )


def _spans(narration: Narration, cue: Cue) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    doc = narration.doc
    source = (trimmed(doc, *cue.source),) if cue.source else ()
    return source, (syntax.offsets(doc, cue.start, cue.end),)


def _speech(narration: Narration, content: tuple[Span, ...]) -> Speech:
    """Direct where the content stands wholly in quotation marks, mixed where part of it does."""
    total = quoted = 0
    for span in content:
        for i in range(*narration.tokens(span)):
            token = narration.doc[i]
            if token.is_punct or token.is_space or token.is_quote:
                continue
            total += 1
            quoted += narration.inside[i] >= 0
    if total and quoted == total:
        return "direct"
    return "mixed" if quoted else "indirect"


def refer(narration: Narration, cast: Cast, source: Span) -> str | None:
    """The actor that a source means: by the name in it, or the name put beside its description
    ("the union's president, Rosa Imbert"), else by its head; None where it names nobody known."""
    doc = narration.doc
    start, end = narration.tokens(source)
    if end - start == 1 and doc[start].lower_ in _RELATIVE_PRONOUNS:
        noun = syntax.antecedent(doc[start])
        return cast.refer(*syntax.char_span(doc, *syntax.noun_phrase(noun))) if noun is not None else None
    if doc[start].lower_ in _UNNAMED and end - start > 1 and not _body(doc, start, end):
        return _apposed_person(doc, cast, start, end) or _author_within(narration, cast, start, end)
    for left, right in _sections(doc, start, end)[:3]:
        named = _person(doc, left, right)
        if named is not None:
            actor = cast.refer(*syntax.offsets(doc, named[0], named[1]))
            if actor is not None:
                return actor
    actor = cast.refer(*source)
    if actor is None and doc[start].tag_ == "PRP$":  # "after her comment that …"
        return cast.refer(*syntax.offsets(doc, start, start + 1))
    if actor is None:
        return _named_within(doc, cast, start, end) or _author_within(narration, cast, start, end)
    if actor == _described_by(narration, cast, start, end):
        return _author_within(narration, cast, start, end)
    return actor


def _apposed_person(doc: Doc, cast: Cast, start: int, end: int) -> str | None:
    """The person whose name stands in apposition to an unnamed source ("one of its members, *Ada Brook*")."""
    for left, right in _sections(doc, start, end)[1:2]:
        named = _person(doc, left, right)
        if named is not None and named[0] == left:
            return cast.refer(doc[left].idx, doc[named[1] - 1].idx + len(doc[named[1] - 1]))
    return None


def _named_within(doc: Doc, cast: Cast, start: int, end: int) -> str | None:
    """The actor whose name ends a source's first section ("chairman Ode"), or opens one that goes on with
    whom the words were for ("Ode to the crowd")."""
    left, right = _sections(doc, start, end)[0]
    first = right
    while first > left and doc[first - 1].tag_ in NAME_TAGS:
        first -= 1
    if left < first < right:
        return cast.refer(*syntax.offsets(doc, first, right))
    last = left
    while last < right and doc[last].tag_ in NAME_TAGS:
        last += 1
    if left < last < right and doc[last].lower_ in {"to", "at", "in", "on"}:
        return cast.refer(*syntax.offsets(doc, left, last))
    return None


def _author_within(narration: Narration, cast: Cast, start: int, end: int) -> str | None:
    """The actor whose writing a source is: "*Ode's* statement", "a letter from *the Port Board*"."""
    doc = narration.doc
    head = next((doc[i] for i in range(start, end) if not start <= doc[i].head.i < end), doc[start])
    return author_of(narration, cast, head)


def author_of(narration: Narration, cast: Cast, noun: Token) -> str | None:
    """The actor that a writing is of: of "Ode's letter", "a ruling by the court"; of "the letter", whoever
    wrote the nearest letter before it that has a writer."""
    lemma = noun.lemma_.lower()
    if lemma not in DOCUMENTS:
        return None
    own = _writer(cast, noun)
    if own is not None or noun.left_edge.lower_ in _UNNAMED:
        return own
    for token in reversed(narration.doc[: noun.left_edge.i]):
        if token.lemma_.lower() == lemma and token.pos_ == "NOUN":
            own = _writer(cast, token)
            if own is not None:
                return own
    return None


def _writer(cast: Cast, noun: Token) -> str | None:
    """Whose a writing is, by the words around it: "the *Port Board* letter", "*its* report", "a ruling by
    *the court*"."""
    for child in noun.children:
        if child.dep_ in syntax.POSSESSIVE:
            return cast.refer(*syntax.char_span(noun.doc, *syntax.noun_phrase(child)))
    for preposition, head in syntax.prepositional(noun):
        if preposition in {"by", "from"}:
            return cast.refer(*syntax.char_span(noun.doc, *syntax.noun_phrase(head)))
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    if following.lower_ in {"by", "from"} and following.head.i > following.i:  # hung on the verb before
        return cast.refer(*syntax.char_span(noun.doc, *syntax.noun_phrase(following.head)))
    start = noun.i
    while start > 0 and noun.doc[start - 1].tag_ in NAME_TAGS:
        start -= 1
    return cast.refer(*syntax.char_span(noun.doc, start, noun.i)) if start < noun.i else None


def _person(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The name of a person that a stretch ends with ("IMF chief economist Maury Obstfeld")."""
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    left = end
    while left > start and (doc[left - 1].ent_type_ == "PERSON" or doc[left - 1].lower_ in _PARTICLES):
        left -= 1
    if left == end:
        while left > start and (
            doc[left - 1].pos_ == "PROPN" or doc[left - 1].tag_ == "NNP" or doc[left - 1].lower_ in _PARTICLES
        ):
            left -= 1
        if end - left < 2 or any(doc[i].ent_type_ not in {"", "PERSON"} for i in range(left, end)):
            return None
    return left, end


def _described_by(narration: Narration, cast: Cast, start: int, end: int) -> str | None:
    """The actor that only describes a person without a name: X in "X's lawyer", "an X spokesman"."""
    doc = narration.doc
    left, right = next(iter(_sections(doc, start, end)), (start, end))
    while right > left and (doc[right - 1].is_punct or doc[right - 1].is_space):
        right -= 1
    nouns = [i for i in range(left, right) if doc[i].tag_ in {"NN", "NNS"} and doc[i].ent_type_ == ""]
    if not nouns or nouns[-1] == left or doc[nouns[-1]].lemma_.lower() in _BODIES:
        return None
    if cast.refer(doc[nouns[-1]].idx, doc[nouns[-1]].idx + len(doc[nouns[-1]])) is not None:
        return None  # "some Ostravan officials": the noun is part of what a group is called
    before = nouns[-1]
    while (
        before > left
        and doc[before - 1].tag_ in {"NN", "JJ", "HYPH", "POS"}
        and doc[before - 1].ent_type_ == ""
    ):
        before -= 1
    return cast.refer(*syntax.offsets(doc, left, before)) if before > left else None


def _sections(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    commas = [i for i in range(start, end) if doc[i].text in {",", "–", "—", "--", "("}]
    return list(zip([start, *(i + 1 for i in commas)], [*commas, end], strict=True))


def _body(doc: Doc, start: int, end: int) -> bool:
    """Whether an indefinite source may be a body or several ("a House panel", "a majority of members"), or
    somebody by name ("an angry Brook")."""
    head = next((doc[i] for i in range(start, end) if not start <= doc[i].head.i < end), doc[end - 1])
    return head.tag_ in {"NNS", *NAME_TAGS} or head.lemma_.lower() in _BODIES | SHARES


def _own_words(narration: Narration, token: Token) -> bool:
    """Whether a verb tells only what its speaker thinks ("I think", in quotation marks), or names an
    act without telling that it took place ("to see")."""
    if narration.inside[token.i] >= 0:
        who = syntax.subject(token)
        if who is None or who.lower_ in {"i", "we", "you"}:
            return True
    return (
        token.tag_ == "VB"
        and any(c.tag_ == "TO" for c in token.children)
        and not any(c.dep_ == "ccomp" for c in token.children)
    )


# Quotations


def cue_for(narration: Narration, part: QuotedPart) -> Cue | None:
    """The cue that attributes one part of a quotation, from the narration in its sentence: what follows
    it ('," he said'), what leads up to it ('She said: "'), or what governs the words around it."""
    sentence = narration.sentence_at(part.start)
    if is_title(narration, part):
        return None
    return (
        _cue_after(narration, part, sentence)
        or _cue_before(narration, part, sentence)
        or _cue_later(narration, part, sentence)
    )


def is_title(narration: Narration, part: QuotedPart) -> bool:
    """Whether a quotation is the title of something: named as one, or written as one."""
    doc = narration.doc
    before = doc[part.start - 2] if part.start >= 2 else None
    if before is not None and before.text in {",", ":"} and part.start >= 3:
        before = doc[part.start - 3]
    if before is not None and (before.lower_ in cues().titles or base(before) in cues().titles):
        return len(doc[part.start : part.end].text.split()) <= 12 and (
            _in_title_case(doc, part) or not syntax.finite(doc, part.start, part.end)
        )
    return _in_title_case(doc, part) and not _chanted(narration, part)


def _in_title_case(doc: Doc, part: QuotedPart) -> bool:
    """Whether every long word of a quotation is capitalized, prepositions aside."""
    words = [doc[i] for i in range(part.start, part.end) if doc[i].text[0].isalpha()]
    long_words = [word for word in words if len(word) > 3 and word.lower_ not in _SMALL_IN_TITLES]
    return (
        2 <= len(words) <= 10 and len(long_words) >= 2 and all(word.text[0].isupper() for word in long_words)
    )


def _chanted(narration: Narration, part: QuotedPart) -> bool:
    """Whether a verb of saying stands right at a quotation: '"There it is. There it is," she said'."""
    doc = narration.doc
    before = next((doc[i] for i in range(part.start - 1, -1, -1) if not doc[i].is_punct), None)
    if before is not None and base(before) in cues().speech and before.tag_.startswith("VB"):
        return True
    start, end = _stretch_after(narration, part, narration.sentence_at(part.start))
    return doc[part.end - 1].text == "," and start < end and _opens_with_cue(narration, start, end)


def _stretch_after(narration: Narration, part: QuotedPart, sentence: Sentence) -> tuple[int, int]:
    """The narration between a quoted part and the next quotation, or the end of its sentence."""
    start = part.end
    while start < sentence.end and (
        narration.doc[start].is_quote or narration.inside[start] == part.quotation
    ):
        start += 1
    end = start
    while end < sentence.end and narration.inside[end] < 0:
        end += 1
    return start, end


def _cue_after(narration: Narration, part: QuotedPart, sentence: Sentence) -> Cue | None:
    """The cue right behind a quotation that its last mark of punctuation leads to."""
    doc = narration.doc
    start, end = _stretch_after(narration, part, sentence)
    if end - start < 2:
        return None
    last = doc[part.end - 1]
    leads = last.text[-1] in ",?!…-–—" or doc[start].text in {",", "-", "–", "—", "--"}
    while start < end and doc[start].text in {",", "-", "–", "—", "--"}:
        start += 1
    if start >= end or doc[start].tag_ == "CC":
        return None  # 'called it "a farce" and said the minister should go'
    if not leads:
        # '"We go" she said', '“A.” said B': only a verb and its subject, nothing more.
        if (doc[start].text[0].isupper() and last.text[-1] == ".") or not _opens_with_cue(
            narration, start, end
        ):
            return None
    candidates = []
    for i in range(start, end):
        cue = _verb_cue(narration, doc[i], start, end, direct=True)
        if cue is not None and cue.source is not None and not _acts(doc[i]):
            candidates.append(_passed_on(narration, cue, end) or cue)
            if not _relative(doc[i]):
                break
        elif doc[i].lower_ == "according":
            according = _according(narration, doc[i], end)
            return replace(according, behind=True) if according else None
    best = next(
        (cue for cue in candidates if not _relative(doc[cue.verb])), candidates[0] if candidates else None
    )
    return replace(best, behind=True) if best else None


def _acts(verb: Token) -> bool:
    """Whether a verb that is no verb of saying has an object of its own: 'a "…" – voters backed him'."""
    known = cues()
    said = known.speech | known.thought | known.manner | known.evidence | known.naming
    return base(verb) not in said and bool(syntax.objects(verb))


def _passed_on(narration: Narration, cue: Cue, end: int) -> Cue | None:
    """The cue with the source that an outlet passes on: '"…," the paper reported, quoting an aide'."""
    doc = narration.doc
    for i in range(cue.end, min(cue.end + 3, end - 1)):
        if doc[i].lower_ in {"quoting", "citing"} and doc[i - 1].text == ",":
            told = next(iter(syntax.objects(doc[i])), None)
            if told is not None and told.i < end:
                left, right = syntax.noun_phrase(told)
                return replace(cue, source=_pared(doc, left, min(right, end)))
    return None


def _opens_with_cue(narration: Narration, start: int, end: int) -> bool:
    doc = narration.doc
    if base(doc[start]) in cues().speech:
        return True
    return any(
        base(doc[i]) in cues().speech and doc[i].tag_.startswith("VB")
        for i in range(start, min(end, start + 4))
    )


def _cue_before(narration: Narration, part: QuotedPart, sentence: Sentence) -> Cue | None:
    """The cue that leads up to a quotation within its sentence: the nearest verb of saying, or of judging."""
    doc = narration.doc
    found: list[tuple[int, Cue]] = []
    for i in range(sentence.start, part.start):
        if narration.inside[i] >= 0:
            continue
        if doc[i].lower_ == "according":
            cue = _according(narration, doc[i], part.start)
            if cue is not None:
                found.append((2, cue))
            continue
        cue = _verb_cue(narration, doc[i], sentence.start, part.start, direct=False)
        if cue is not None and cue.source is not None and cue.end <= part.start:
            plain = base(doc[i]) in {
                "say",
                "tell",
                "add",
                "write",
                "ask",
                "reply",
                "quote",
                "call",
                "describe",
            }
            found.append((2 if plain else 1, cue))
    if not found:
        return None
    # An attribution of its own that closes before this quotation, '"A," he said, "B"', still leads up to it.
    best = max(found, key=lambda pair: (pair[0], pair[1].verb))
    return best[1]


def _cue_later(narration: Narration, part: QuotedPart, sentence: Sentence) -> Cue | None:
    """A cue at the end of the sentence: 'The offer was "not serious at all", the minister said.'"""
    doc = narration.doc
    for i in range(sentence.end - 1, part.end, -1):
        if narration.inside[i] >= 0:
            continue
        cue = _verb_cue(narration, doc[i], part.end, sentence.end, direct=True)
        if cue is not None and cue.source is not None and _parenthetical(doc[i], part):
            return cue
        if doc[i].lower_ == "according":
            return _according(narration, doc[i], sentence.end)
    return None


def _parenthetical(verb: Token, part: QuotedPart) -> bool:
    """Whether a verb's clause stands beside what it reports: its complement, or its head, came before."""
    if base(verb) not in cues().speech:
        return False
    if verb.dep_ == "parataxis" and verb.head.i < verb.i:
        return True
    return any(child.i < verb.i and child.dep_ in {"ccomp", "parataxis"} for child in verb.children)


def _relative(verb: Token) -> bool:
    return verb.dep_ in syntax.RELATIVE or any(
        c.lower_ in _RELATIVE_PRONOUNS and c.dep_ in syntax.SUBJECTS for c in verb.children
    )


# Cues and sources


def _cue_at(narration: Narration, token: Token, sentence: Sentence) -> Cue | None:
    if token.lower_ == "according":
        return _according(narration, token, sentence.end)
    if narration.inside[token.i] >= 0:
        part = next((p for p in sentence.quoted if p.start <= token.i < p.end), None)
        bounds = (part.start, part.end) if part else (sentence.start, sentence.end)
    else:
        bounds = (sentence.start, sentence.end)
    return _verb_cue(narration, token, *bounds, direct=False)


def _verb_cue(narration: Narration, token: Token, start: int, end: int, *, direct: bool) -> Cue | None:
    """The cue that a token is, with a source between `start` and `end`; None if it is no reporting verb."""
    lemma = base(token)
    known = cues()
    if not token.tag_.startswith("VB") or token.dep_ in syntax.AUXILIARIES:
        return None
    reporting = (
        lemma in known.speech or lemma in known.thought or lemma in known.evidence or lemma in known.naming
    )
    if not (reporting or lemma in {"quote", "cite"} or (direct and lemma in known.manner)):
        if narrated_stance(token) is None:
            return None
    source = _source(narration, token, start, end, direct=direct)
    first, last = token.i, token.i + 1
    while first > start and narration.inside[first - 1] < 0:
        before = narration.doc[first - 1]
        if before.head.i == token.i and (
            before.dep_ in syntax.AUXILIARIES
            or before.pos_ in {"AUX", "PART"}
            or before.lower_ in {"also", "not", "never", "n't", "n’t"}
        ):
            first -= 1
        else:
            break
    for child in token.children:
        if child.i == last and (
            child.dep_ in {"compound:prt", "prt"}
            or (lemma in {"call", "point", "refer", "talk"} and child.tag_ in {"IN", "TO", "RP"})
        ):
            last += 1
    if lemma in {"call", "point", "refer", "talk"} and last == token.i + 1 and last < end:
        if narration.doc[last].lower_ in {"for", "on", "to", "about"}:
            last += 1
    score = 0.95 if lemma in known.speech else 0.8
    return Cue(token.i, first, last, source, score)


def _according(narration: Narration, token: Token, end: int) -> Cue | None:
    """'according to' and whoever follows it."""
    doc = narration.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    start = token.i + 2
    stop = start
    while stop < end and doc[stop].text not in {".", ";"} and narration.inside[stop] < 0:
        if doc[stop].text == "," and not _apposed(doc, stop):
            break
        stop += 1
    return Cue(token.i, token.i, token.i + 2, (start, stop), 0.95) if stop > start else None


def _apposed(doc: Doc, comma: int) -> bool:
    """Whether a comma opens an apposition or relative clause of what stands before it."""
    following = doc[comma + 1] if comma + 1 < len(doc) else None
    return following is not None and (following.lower_ in {"a", "an", "who", "which", "whose"})


def _source(
    narration: Narration, verb: Token, start: int, end: int, *, direct: bool
) -> tuple[int, int] | None:
    """The tokens of a reporting verb's source, with its appositions and relative clauses."""
    head = _source_head(verb)
    if (
        head is not None
        and start <= head.i < end
        and narration.inside[head.i] == narration.inside[verb.i]
        and head.i != verb.i
    ):
        left, right = syntax.subtree(head)
        for other in verb.children:
            # Several subjects on one side of the verb are one phrase: "its president, Louis Tamba".
            if (
                other.dep_ in syntax.SUBJECTS
                and other.dep_ != "expl"
                and (other.i < verb.i) == (head.i < verb.i)
                and head.dep_ in syntax.SUBJECTS
            ):
                left, right = min(left, other.left_edge.i), max(right, other.right_edge.i + 1)
        left, right = max(left, start), min(right, end)
        if head.i < verb.i:
            right = min(right, verb.i) if not left <= verb.i < right else min(right, head.i + 1)
        else:
            left = max(left, verb.i + 1)
        if left <= head.i < right:
            return _pared(narration.doc, left, right)
    if direct:
        return _source_by_place(narration, verb, start, end)
    if head is None and verb.tag_ in {"VBD", "VBN"} and verb.i > start and _names(narration.doc[verb.i - 1]):
        left = verb.i - 1
        while left > start and narration.doc[left - 1].pos_ in _PHRASE:
            left -= 1
        return left, verb.i
    return None


def _names(token: Token) -> bool:
    """Whether a token is a name or a pronoun in the place of a subject."""
    return token.pos_ == "PROPN" or token.lower_ in {"he", "she", "they", "it", "i", "we"}


def _source_head(verb: Token) -> Token | None:
    """The head of the source's phrase: subject, agent of a passive, object of "quoted … as saying"."""
    governor = verb.head
    if (
        verb.tag_ == "VBG"
        and base(governor) in {"quote", "cite"}
        and any(c.lower_ == "as" for c in verb.children)
    ):
        if syntax.passive(governor):
            return syntax.subject(governor)
        return next(iter(syntax.objects(governor)), None)
    if syntax.passive(verb):
        return syntax.agent(verb)
    head = syntax.subject(verb)
    if (
        head is None
        and verb.dep_ in {"advcl", "acl", "ccomp", "parataxis", "dep"}
        and verb.tag_ in {"VBG", "VBN", "VB"}
    ):
        head = (
            governor
            if verb.dep_ == "acl" and governor.pos_ in syntax.NOMINAL
            else _blamed(verb, governor) or syntax.subject(governor)
        )
    if head is not None and head.lower_ in _RELATIVE_PRONOUNS:
        antecedent = verb if verb.dep_ in syntax.RELATIVE else governor
        head = syntax.relative_subject(antecedent) or head
    if head is not None and head.ent_type_ in {"DATE", "TIME"}:
        return None
    return (
        head
        if head is not None and head.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X"}
        else None
    )


def _blamed(verb: Token, governor: Token) -> Token | None:
    """Who is blamed or praised for what the verb tells: Ode in "criticised Ode for saying that …"."""
    if verb.tag_ != "VBG" or not any(c.lower_ in {"for", "of"} and c.i < verb.i for c in verb.children):
        return None
    return next((o for o in syntax.objects(governor) if governor.i < o.i < verb.i), None)


def _source_by_place(narration: Narration, verb: Token, start: int, end: int) -> tuple[int, int] | None:
    """The phrase beside a verb of saying, where the parse has lost it: 'said X', else 'X, a Y, said'."""
    doc = narration.doc
    if verb.i <= start + 1 and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        right = verb.i + 1
        while right < end and (
            doc[right].pos_ in _PHRASE
            or doc[right].tag_ in {"POS", "HYPH", "PRP"}
            or doc[right].lower_ in {"of", "&"}
        ):
            right += 1
        if any(
            doc[i].pos_ in syntax.NOMINAL and doc[i].ent_type_ not in {"DATE", "TIME"}
            for i in range(verb.i + 1, right)
        ):
            return _pared(doc, verb.i + 1, right)
    right = verb.i
    while right > start and (
        doc[right - 1].dep_ in syntax.AUXILIARIES or doc[right - 1].pos_ in {"ADV", "AUX"}
    ):
        right -= 1
    if any(doc[i].tag_ in {"VBD", "VBZ", "VBP"} for i in range(start, right)) and doc[right - 1].text != ",":
        start = next(
            (i + 1 for i in range(right - 1, start, -1) if doc[i].tag_ in {"VBD", "VBZ", "VBP", ","}), start
        )
    if any(doc[i].pos_ in syntax.NOMINAL for i in range(start, right)):
        return _pared(doc, start, right)
    return None


def _pared(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A range of tokens without punctuation, white space and conjunctions at its edges."""
    while start < end - 1 and (doc[start].text in _EDGE or doc[start].is_space or doc[start].tag_ == "CC"):
        start += 1
    while end - 1 > start and (doc[end - 1].text in _EDGE or doc[end - 1].is_space):
        end -= 1
    return start, end


def trimmed(doc: Doc, start: int, end: int) -> Span:
    """The code points of a range of tokens, without punctuation at the edges."""
    start, end = _pared(doc, start, end)
    return syntax.offsets(doc, start, end)


# Contents


def _content_of(narration: Narration, cue: Cue, *, spoken: bool = False) -> list[Span]:
    """What a cue reports: the clause behind it, the clause that it comments on, or a stance verb's object.

    Where the cue has `spoken` words of its own in quotation marks, its object is whom it is told to.
    """
    doc = narration.doc
    verb = doc[cue.verb]
    sentence = narration.sentence_at(cue.verb)
    if verb.lower_ == "according":
        return _around(narration, cue, sentence)
    lemma = base(verb)
    known = cues()
    behind = _clause_behind(narration, cue, sentence)
    if behind is not None:
        return _pieces(doc, [behind])
    heads = [
        c
        for c in verb.children
        if c.dep_ in {"ccomp", "parataxis"} and c.pos_ not in {"PUNCT"} and not _aside(c)
    ]
    if spoken:
        pass
    elif not heads and (lemma in known.thought or lemma in known.naming or narrated_stance(verb) is not None):
        heads = [
            c for c in verb.children if c.dep_ in {"xcomp", *syntax.OBJECTS, "obl", "prep"} and c.i > verb.i
        ][:1]
    elif not heads:
        heads = [
            c
            for c in verb.children
            if c.dep_ in {"xcomp", "obj", "dobj"} and c.i > verb.i and not _addressee(c)
        ][:1]
    if not heads and verb.dep_ == "parataxis" and verb.head.i < verb.i:
        return _around(narration, cue, sentence)
    spans = []
    for head in heads[:1]:
        left, right = syntax.subtree(head)
        left, right = max(left, sentence.start), min(right, sentence.end)
        low, high = (
            min(cue.start, cue.source[0] if cue.source else cue.start),
            max(cue.end, cue.source[1] if cue.source else cue.end),
        )
        if left < low and right > high:
            spans += [(left, low), (high, right)]
        elif head.i < cue.start:
            spans.append((left, min(right, low)))
        else:
            spans.append((max(left, cue.end), right))
    return _pieces(doc, spans)


def _pieces(doc: Doc, ranges: list[tuple[int, int]]) -> list[Span]:
    found = []
    for left, right in ranges:
        if right - left >= 1:
            left, right = _pared(doc, left, right)
            if any(doc[i].text[0].isalnum() for i in range(left, right)):
                found.append(syntax.offsets(doc, left, right))
    return found


def _clause_behind(narration: Narration, cue: Cue, sentence: Sentence) -> tuple[int, int] | None:
    """The clause that follows a reporting verb, up to where the sentence goes on about the source.

    It is read off the words as much as off the parse, which likes to hang "said on Sunday that he …" on
    the Sunday and the subject of a bare clause on the verb of saying.
    """
    doc = narration.doc
    verb = doc[cue.verb]
    known = cues()
    lemma = base(verb)
    if (
        lemma not in known.speech and lemma not in known.thought and lemma not in known.evidence
    ) or syntax.passive(verb):
        return None
    within = narration.inside[verb.i]
    limit = sentence.end
    if within >= 0:
        limit = next((i for i in range(verb.i, sentence.end) if narration.inside[i] != within), sentence.end)
    start = None
    for i in range(cue.end, min(limit, cue.end + 12)):
        token = doc[i]
        if (
            token.lower_ == "that"
            and token.tag_ in {"IN", "WDT", "DT"}
            and (i == cue.end or token.dep_ in {"mark", "nsubj", "dobj", "obj"})
        ):
            if token.tag_ != "DT" or token.dep_ == "mark":
                start = i
            break
        if token.text in {",", ":", ";"} or token.is_quote or token.tag_ in syntax.FINITE:
            break
    if start is None:
        clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        if clause is None or clause.left_edge.i >= limit:
            return None
        start = max(clause.left_edge.i, cue.end)
        following = doc[cue.end] if cue.end < limit else None
        beside = next(
            (c for c in verb.children if c.dep_ in {"obj", "dobj"} and c.left_edge.i == cue.end), None
        )
        if following is not None and beside is not None and lemma == "say":
            start = cue.end
    end = next(
        (
            i - 1
            for i in range(start + 4, limit - 1)
            if doc[i].tag_ == "VBG" and doc[i - 1].text == "," and base(doc[i]) in known.speech | {"cite"}
        ),
        limit,
    )
    for child in verb.children:
        if child.i > start + 1 and child.dep_ in {"conj", "advcl", "parataxis"} and child.left_edge.i > start:
            if child.dep_ == "conj" or doc[child.left_edge.i - 1].text in {",", ";", "-", "–", "—", "--"}:
                cut = child.left_edge.i
                while cut - 1 > start and (doc[cut - 1].tag_ == "CC" or doc[cut - 1].text in {",", ";"}):
                    cut -= 1
                if syntax.finite(doc, start, cut):
                    end = min(end, cut)
    return (start, end) if end - start >= 2 else None


def _aside(token: Token) -> bool:
    """Whether a clause beside the cue is no content: another attribution in parataxis."""
    return token.dep_ == "parataxis" and base(token) in cues().speech and token.tag_.startswith("VB")


def _addressee(token: Token) -> bool:
    return base(token.head) in {"tell", "inform", "remind", "assure"} or token.ent_type_ in {
        "PERSON",
        "DATE",
        "TIME",
    }


def _around(narration: Narration, cue: Cue, sentence: Sentence) -> list[Span]:
    """The sentence without the attribution that stands at its end, at its head or in its middle."""
    doc = narration.doc
    source = cue.source or (cue.start, cue.end)
    low, high = min(cue.start, source[0]), max(cue.end, source[1])
    found = []
    for left, right in ((sentence.start, low), (high, sentence.end)):
        if right - left >= 3:
            left, right = _pared(doc, left, right)
            if right - left >= 2:
                found.append(syntax.offsets(doc, left, right))
    return found
