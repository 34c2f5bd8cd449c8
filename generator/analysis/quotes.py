"""Direct speech: what stands in quotation marks and is attributed to someone, with its speaker.

A quotation's speaker is named by the narration in its sentence, or by the pipeline's attribution; one
that stands alone continues the run of quotes before it. Scare quotes, titles and terms have neither,
and are left out. What a speaker is called is resolved through the cast; it is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from generator.analysis import syntax
from generator.analysis.attributions import Cue, cue_for, is_title, refer
from generator.analysis.lexicon import base, cues
from generator.analysis.model import Attribution, Quote
from generator.analysis.narration import Narration, QuotedPart
from generator.analysis.spans import in_common

if TYPE_CHECKING:
    from generator.analysis.actors import Cast
    from generator.article import Span

LEAST_WORDS = 3
_DASHES = frozenset({"-", "–", "—", "--"})
# How sure a speaker is by where it was found; the numbers order the evidence, and were looked at on
# PolNeAR's dev part: a cue behind a quotation is hardly ever wrong, a carried-over speaker now and then.
_BEHIND, _GOVERNING, _TAGGED, _CARRIED, _NOBODY = 0.98, 0.9, 0.9, 0.75, 0.35


@dataclass(slots=True)
class _Draft:
    """A quote in the making."""

    parts: list[Span]
    first: int
    last: int
    paragraph: int
    cue: Cue | None
    source: Span | None
    score: float
    verb: int | None = field(default=None)


def find_quotes(
    doc: Doc, cast: Cast, attributions: tuple[Attribution, ...], narration: Narration | None = None
) -> tuple[Quote, ...]:
    """Every attributed stretch of direct speech of three words or more, in order.

    `parts` lie inside the marks, in code points of `doc.text`. `speaker` is an actor of the cast, or
    None where the source is unnamed or unresolved; `speaker_text` is what the article calls it.
    """
    narration = narration or Narration(doc)
    drafts: list[_Draft] = []
    by_quotation: dict[int, list[QuotedPart]] = {}
    for part in narration.parts:
        by_quotation.setdefault(part.quotation, []).append(part)
    for number, parts in sorted(by_quotation.items()):
        draft = _draft(narration, attributions, number, parts, drafts)
        if draft is None:
            continue
        before = drafts[-1] if drafts else None
        if before is not None and _continues(narration, before, draft, parts[0]):
            before.parts += draft.parts
            before.last = draft.last
        else:
            drafts.append(draft)
    unnamed = _introduced(narration, attributions)
    return tuple(
        _quote(narration, cast, draft, unnamed) for draft in drafts if _words(doc, draft) >= LEAST_WORDS
    )


def _draft(
    narration: Narration,
    attributions: tuple[Attribution, ...],
    number: int,
    parts: list[QuotedPart],
    drafts: list[_Draft],
) -> _Draft | None:
    """One quotation with the best evidence for who said it; None where it is no direct speech."""
    first = parts[0]
    spans = list(narration.quotations[number].parts)
    if is_title(narration, first) or _heading(narration, first):
        return None
    cue = next((found for part in reversed(parts) if (found := cue_for(narration, part)) is not None), None)
    tagged = _tagged(attributions, spans)
    if cue is not None and tagged is not None and _elsewhere(narration, tagged, first):
        tagged = None  # the sentence itself says whose words they are
    paragraph = narration.sentence_at(first.start).paragraph
    last = parts[-1].end
    passed_on = cue is not None and _quoted_as(narration, cue)
    if cue is not None and cue.behind and tagged and not passed_on and _same_cue(narration, cue, tagged):
        return _Draft(spans, first.start, last, paragraph, cue, tagged.source[0], _BEHIND, cue.verb)
    if cue is not None and cue.source is not None and (cue.behind or tagged is None or passed_on):
        score = _BEHIND if cue.behind else _GOVERNING
        return _Draft(
            spans,
            first.start,
            last,
            paragraph,
            cue,
            syntax.offsets(narration.doc, *cue.source),
            score,
            cue.verb,
        )
    if tagged is not None:
        verb = narration.tokens(tagged.cue[0])[1] - 1 if tagged.cue else None
        return _Draft(
            spans,
            first.start,
            last,
            paragraph,
            cue,
            tagged.source[0],
            _TAGGED * (0.7 + 0.3 * tagged.score),
            verb,
        )
    signed = _signature(narration, parts[-1])
    if signed is not None:
        return _Draft(spans, first.start, last, paragraph, None, signed, _GOVERNING)
    if not _alone(narration, first):
        return None
    carried = _carried(narration, attributions, first, paragraph, drafts)
    if carried is None and sum(len(narration.doc.text[s:e].split()) for s, e in spans) < 6:
        return None
    return _Draft(spans, first.start, last, paragraph, None, carried, _CARRIED if carried else _NOBODY)


def _elsewhere(narration: Narration, tagged: Attribution, part: QuotedPart) -> bool:
    """Whether an attribution's cue stands in another sentence than the quotation."""
    here = narration.sentence_at(part.start)
    return bool(tagged.cue) and not here.start <= narration.tokens(tagged.cue[0])[0] < here.end


def _same_cue(narration: Narration, cue: Cue, tagged: Attribution) -> bool:
    """Whether the narration's cue is the one that the attribution has, which knows more of its source."""
    return any(start <= cue.verb < end for start, end in map(narration.tokens, tagged.cue))


def _quoted_as(narration: Narration, cue: Cue) -> bool:
    """Whether the sentence is about another who only passes the words on, or blames their speaker:
    "Reuters quoted a source as saying", "reported, citing a source", "mocked Ode for saying"."""
    doc = narration.doc
    if doc[cue.verb].tag_ == "VBG" and doc[cue.verb - 1].lower_ in {"as", "for", "of"}:
        return True
    return cue.source is not None and doc[cue.source[0] - 1].lower_ in {"quoting", "citing"}


def _tagged(attributions: tuple[Attribution, ...], spans: list[Span]) -> Attribution | None:
    """The attribution whose content covers a quotation best, half of it at least, and names a source."""
    length = sum(end - start for start, end in spans)
    first, last = spans[0][0], spans[-1][1]
    best: tuple[float, float, int] | None = None
    for number, item in enumerate(attributions):
        if not item.source or (item.cue and first <= item.cue[0][0] < last):
            continue  # what is told inside the quotation is not who speaks it
        common = sum(in_common(part, span) for part in item.content for span in spans)
        if common * 2 >= length:
            # Of nested attributions the outer one is the speaker's: "X says that Y thinks '…'".
            size = sum(e - s for s, e in item.content)
            rank = (common / length, float(size), -number)
            best = max(best, rank) if best else rank
    return attributions[-best[2]] if best else None


def _alone(narration: Narration, part: QuotedPart) -> bool:
    """Whether a quotation makes a sentence of its own, with no narration beside it but a verb of saying
    that leaves its subject to the sentence before: 'Adding, "We will not pay."'"""
    sentence = narration.sentence_at(part.start)
    doc = narration.doc
    beside = [
        doc[i]
        for i in range(sentence.start, sentence.end)
        if narration.inside[i] < 0 and not doc[i].is_punct and not doc[i].is_space
    ]
    if len(beside) == 1 and beside[0].i == sentence.start and beside[0].tag_ == "VBG":
        return base(beside[0]) in cues().speech
    return not beside


def _signature(narration: Narration, part: QuotedPart) -> Span | None:
    """The name behind a dash that a quotation in a paragraph of its own is signed with: '"…" – Ada Brook'."""
    doc = narration.doc
    start, end = narration.paragraphs[narration.sentence_at(part.start).paragraph]
    after = part.end
    while after < end and (doc[after].is_quote or doc[after].is_space):
        after += 1
    if doc[start].idx < doc[part.start].idx - 2 or after + 1 >= end or doc[after].text not in _DASHES:
        return None
    left = right = after + 1
    while right < end and (doc[right].pos_ == "PROPN" or doc[right].ent_type_ == "PERSON"):
        right += 1
    whole = right > left and (right == end or doc[right].text in {",", ".", "("} or doc[right].is_space)
    return syntax.offsets(doc, left, right) if whole else None


def _heading(narration: Narration, part: QuotedPart) -> bool:
    """Whether a quotation is all there is in a short paragraph that does not end as a sentence does."""
    doc = narration.doc
    start, end = narration.paragraphs[narration.sentence_at(part.start).paragraph]
    text = doc[start:end].text.strip()
    return len(text.split()) < 10 and text[-1] not in ".!?…," and text[-2:-1] not in {".", "!", "?", "…", ","}


def _carried(
    narration: Narration,
    attributions: tuple[Attribution, ...],
    part: QuotedPart,
    paragraph: int,
    drafts: list[_Draft],
) -> Span | None:
    """The source that a quotation standing alone takes over: that of the quote before it, or of whoever
    the paragraph before it introduces."""
    doc = narration.doc
    before = drafts[-1] if drafts else None
    if before is not None and before.paragraph == paragraph:
        return before.source
    if paragraph == 0:
        return None
    start, end = narration.paragraphs[paragraph - 1]
    low, high = syntax.offsets(doc, start, end)
    reported = [a for a in attributions if a.source and a.cue and low <= a.cue[0][0] < high]
    if reported:
        last = max(reported, key=lambda a: (a.cue[-1][1], a.content))
        if (
            before is not None
            and before.paragraph == paragraph - 1
            and before.source
            and before.verb is not None
        ):
            at = doc[before.verb].idx
            return before.source if at >= last.cue[0][0] else last.source[0]
        return last.source[0]
    return before.source if before is not None and before.paragraph == paragraph - 1 else None


def _continues(narration: Narration, before: _Draft, draft: _Draft, part: QuotedPart) -> bool:
    """Whether a quotation goes on with the one before it in the same paragraph: only that one's
    attribution stands between them ('"A," X said. "B."')."""
    doc, inside = narration.doc, narration.inside
    if before.paragraph != draft.paragraph:
        return False
    between = [i for i in range(before.last, part.start) if not doc[i].is_quote and not doc[i].is_space]
    if any(inside[i] >= 0 for i in between):
        return False
    if not between:
        return draft.cue is None or not draft.cue.behind or before.cue is None
    if before.cue is None or not before.cue.behind or before.cue.verb not in between:
        return False
    if draft.cue is not None and draft.cue.behind:
        return False
    ends = [
        i for i in between[:-1] if doc[i].text in {".", "!", "?"} and narration.sentence_at(i).end == i + 1
    ]
    if ends or doc[between[-1]].text not in {".", ",", ":", ";", "-", "–", "—", "--", "…"}:
        return False
    if doc[between[-1]].text == ".":
        return _alone(narration, part)
    # '"A," he said, "B"', but not '"A," he said, adding that "B"'.
    return draft.verb is None or draft.verb == before.cue.verb or draft.verb not in between


def _introduced(narration: Narration, attributions: tuple[Attribution, ...]) -> dict[str, Span]:
    """The sources without a name that the article introduces, by their noun: "diplomat" for "a Western
    diplomat"; the first of each."""
    doc = narration.doc
    found: dict[str, Span] = {}
    for item in attributions:
        if item.source and item.actor is None:
            start, end = _named(narration, item.source[0])
            words = doc.text[start:end].split()
            if len(words) > 1 and words[0].casefold() in {"a", "an", "one", "another"}:
                found.setdefault(words[-1].casefold(), (start, end))
    return found


def _quote(narration: Narration, cast: Cast, draft: _Draft, unnamed: dict[str, Span]) -> Quote:
    doc = narration.doc
    speaker = text = None
    score = draft.score
    if draft.source is not None:
        start, end = _named(narration, draft.source)
        words = doc.text[start:end].casefold().split()
        if len(words) == 2 and words[0] == "the" and unnamed.get(words[1], (start, end))[0] < start:
            start, end = unnamed[words[1]]  # "the diplomat" is the one without a name
        else:
            speaker = refer(narration, cast, draft.source)
        text = doc.text[start:end]
        if speaker is None:
            # A source without a name is as it should be; "he" or "the minister" ought to be somebody.
            score *= (
                0.8 if text.split()[0].casefold() in {"a", "an", "one", "another", "some", "several"} else 0.5
            )
    if _words(doc, draft) < 5 and not _sentence_like(narration, draft):
        score *= 0.85
    return Quote(speaker=speaker, speaker_text=text, parts=tuple(draft.parts), score=round(score, 3))


def _named(narration: Narration, source: Span) -> Span:
    """What a source is called: its noun phrase, without the clauses and appositions that describe it."""
    doc = narration.doc
    start, end = narration.tokens(source)
    stop = next(
        (i for i in range(start, end) if doc[i].text in {",", "(", "–", "—", "--"} and i > start), end
    )
    roots = [doc[i] for i in range(start, stop) if not start <= doc[i].head.i < stop or doc[i].head.i == i]
    nominal = [t for t in roots if t.pos_ in syntax.NOMINAL]
    if not nominal:
        return source
    left, right = syntax.noun_phrase(nominal[-1], coordinated=True)
    left = start if len(nominal) > 1 else max(left, start)
    right = min(right, stop)
    right = next((i for i in range(left + 1, right) if doc[i].tag_ in {"WP", "WDT"}), right)
    while right < stop and doc[right - 1].tag_ == "IN":
        right += 1  # "one of them"
    return syntax.char_span(doc, left, right) if left < right else source


def _sentence_like(narration: Narration, draft: _Draft) -> bool:
    return any(
        narration.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD", "VB"} for i in range(draft.first, draft.last)
    )


def _words(doc: Doc, draft: _Draft) -> int:
    return sum(len(doc.text[start:end].split()) for start, end in draft.parts)
