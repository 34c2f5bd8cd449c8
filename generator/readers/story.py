"""The parts of a news story around its body: headline, deck, byline, dateline, inline headings, credits.

What belongs to no sentence of the body is taken out of the prose, because a parser makes nonsense
of "VELMAR, March 3 (Polar News) -"; what is left stays word for word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.readers.credits import is_furniture, take_credits
from generator.readers.datelines import agency_of, cut_dateline, is_dateline
from generator.readers.header import MONTH, Header, find_date
from generator.readers.paragraphs import Paragraph

HEAD = 10
"""A headline, a deck, a byline and a date stand among so many first paragraphs."""
_SENTENCE_END = re.compile(r"[.!?…][)\]}\"”\'’»›]*$")
_QUOTES = "\"“”„«»‘’'"

_BYLINE = re.compile(
    r"""(?:by|BY|By)\s+(?:[A-Z][\w.’'-]*)(?!.*[.!?][\"”]?\s+[A-Z].{20})
      | From\s+(?:our|a)\s.{0,40}correspondents?\b
      | (?:[A-Z][\w.’'-]+\s+){1,3}[A-Z][\w.’'-]+(?:\s+and\s+(?:[A-Z][\w.’'-]+\s*){2,4})?(?:,|\s[|–—-])\s+
        (?:[\w’'&,/-]+\s+){0,6}(?:reporter|correspondent|editor|writer|columnist|bureau\ chief|staff)s?\W*$
    """,
    re.VERBOSE,
)
_BY_PLACE = re.compile(
    r"^(?:[A-Z][\w.’'-]+ ){1,2}[A-Z][\w.’'-]+(?: and (?:[A-Z][\w.’'-]+ ?){2,3})? in [A-Z][\w ’'-]{2,25}$"
)
_DESK = re.compile(
    r"^(?:[\w’'&/,-]+\s+){0,5}(?:reporter|correspondent|editor|writer|columnist|bureau chief|staff|desk)s?$",
    re.I,
)
_DATE_LINE = re.compile(
    rf"""^(?:(?:first\s+)?(?:published|posted|issued|updated|last\s+(?:updated|modified)|date)\b[\s:]*(?:on|at)?\s*)?
    (?:\d{{1,2}}[:.]\d{{2}}\s*(?:[ap]\.?m\.?)?(?:\s[a-z]{{1,4}}t)?[,\s|·–—-]+)?
    (?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\.?\s+)?
    (?:\d{{4}}-\d{{2}}-\d{{2}} | \d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}
      | \d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}
      | {MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})
    [\sT,|·–—-]*
    (?:at|\d|[ap]\.?m|gmt|utc|[a-z]{{1,4}}t\b|[:.,+Z(|)·\s–-]|updated|last|published|ago|hours?|min(?:ute)?s?|read|{MONTH})*$""",
    re.IGNORECASE | re.VERBOSE,
)

_OUTLET = re.compile(
    r"(?:[A-Z][\w.’'&-]*\s+){0,4}(?:Associated|News|Press|Post|Times|Wire|Service|Tribune|Herald|Journal|Gazette|Staff|"
    r"Reuters|Bloomberg|AFP|AP|BBC|CNN|dpa)\b(?:(?:,|\s+in)(?:\s+[A-Z][\w.’'-]+){1,3})?$"
)
_NAME = re.compile(r"(?:[A-Z][\w.’'-]+ ){1,2}[A-Z][\w.’'-]+$")
_REPORTED = re.compile(r"(?:[A-Z][\w.’'-]+ ){2,3}reported from [A-Z][^.]{2,100}\.$")
_SLUG = re.compile(
    r"""(?:[a-z]\d{4}|BC-\w.*|.*\bLd-Writethru\b.*|(?:Eds|Editors?):\s.*|URGENT\W*
      | \(?(?:Adds|Updates|Updating|Recasts|Corrects|Repeats|Refiles|Writes\sthrough)\b[^.]{0,120}[).]*
    )$""",
    re.VERBOSE,
)
_VERSION = re.compile(
    r"(?:(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|EXCLUSIVE|ANALYSIS|FACTBOX|INSIGHT|TIMELINE|EXPLAINER|NEWSMAKER)"
    r"(?:[ -]\d+)?-)+\s*(?=[A-Z])"
)
"""What agencies put before a headline and before a story for the desks that take it."""

_SMALL = frozenset(
    "a an the and or but nor for of in on at to from by with as vs via into over after amid is are be it its "
    "his her their than that this not no up off out".split()
)
_TELLS = re.compile(
    r"\b(?:said|was|were|had|has|have|is|are|been|it|there|you|I|we|he|she|told|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|yesterday|today|tonight|(?:this|last|next) (?:week|month|year))\b",
    re.I,
)
_CLOCK = re.compile(r"^(?:\d{1,2}(?:[:.]\d{2})?\s*[ap]\.?m\.?|noon|midnight)[.:]?$", re.I)


def ends_sentence(words: str) -> bool:
    """Whether the words end as a sentence does, closing quotation marks and brackets aside."""
    return bool(_SENTENCE_END.search(words))


def is_byline(words: str) -> bool:
    """Whether a short paragraph names who wrote the article."""
    return len(words) < 120 and not words.endswith((".", "!", "?")) and bool(_BYLINE.match(words))


def is_date_line(words: str) -> bool:
    """Whether a paragraph says when the article was published, and nothing else."""
    return len(words) < 100 and bool(_DATE_LINE.match(words.strip()))


def tell(header: Header, paragraphs: Sequence[Paragraph]) -> tuple[Header, list[Paragraph]]:
    """The header with what the story says of itself, and the body: paragraphs and inline headings.

    What the header knew already wins. Nothing of the body is lost: a paragraph is either in it, or
    in the header as title, byline, date, dateline or credit.
    """
    header, opening, body = _head(header, list(paragraphs))
    header, body = _dateline(header, body)
    credits, body = take_credits(body)
    header = replace(header, credits=tuple(dict.fromkeys([*header.credits, *credits])))
    return header, opening + _headings(body)


def _head(header: Header, items: list[Paragraph]) -> tuple[Header, list[Paragraph], list[Paragraph]]:
    """What stands before the lede, with decks and labels kept as headings."""
    kept: list[Paragraph] = []
    titled = header.title is not None
    for number, item in enumerate(items[:HEAD]):
        words, after = item.words, items[number + 1 :]
        if is_byline(words) or (titled and _BY_PLACE.match(words)):
            header = replace(header, byline=header.byline or words)
        elif number and (header.byline or "").endswith(items[number - 1].words) and _is_desk(words):
            header = replace(header, byline=f"{header.byline}, {words}")
        elif is_date_line(words):
            header = header if header.date else replace(header, date=find_date(words))
        elif is_dateline(words):
            header = replace(header, dateline=header.dateline or words.rstrip(" –—―-"))
        elif _REPORTED.match(words) and words.split()[0] in (header.byline or ""):
            header = replace(header, credits=(*header.credits, words.rstrip(".")))
        elif is_furniture(words) or _SLUG.match(words):
            continue
        elif titled and not header.byline and _NAME.match(words) and after and _is_outlet(after[0].words):
            header = replace(header, byline=words)
        elif header.title and _same(words, header.title) and not kept:
            titled = True
        elif not titled and not kept and _is_headline(item, after):
            header, titled = replace(header, title=_title(words)), True
        elif titled and _is_headline(item, after):
            kept.append(replace(item, heading=True))
        else:
            return header, kept, items[number:]
    return header, kept, items[HEAD:]


def _is_desk(words: str) -> bool:
    """Whether a line below a byline says for whom, or as what, its author writes."""
    return bool(_DESK.match(words)) or _is_outlet(words)


def _is_outlet(words: str) -> bool:
    return len(words) < 60 and bool(_OUTLET.match(words))


def _title(words: str) -> str:
    """A headline without an agency's "UPDATE 2-" and the full stop that some archives put behind it."""
    words = _VERSION.sub("", words.rstrip(";"))
    if words.endswith(".") and not words.endswith("..") and not re.search(r"(?:^|[\s.])\w\.$", words):
        return words[:-1]
    return words.strip()


def _same(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def _is_headline(item: Paragraph, after: Sequence[Paragraph]) -> bool:
    """Whether the paragraph is a headline or a deck rather than a first sentence.

    Tuned on 900 newspaper articles whose archive puts a full stop behind each headline: what is
    short and has none is one; with one it is in title case, or tells in the present, without the
    words that a sentence needs, what the next paragraphs tell again.
    """
    words = item.words.split()
    if item.listed or len(words) > 24 or item.words.endswith((":", ",")) or cut_dateline(item.words):
        return False
    if item.heading:
        return True
    if not after:
        return not ends_sentence(item.words)
    if item.words.isupper() or after[0].words.isupper() or not ends_sentence(item.words):
        return True
    if any(is_byline(next_.words) or cut_dateline(next_.words) for next_ in after[:2]):
        return True
    share, count = _title_case(words)
    told = _TELLS.search(item.words)
    if count >= 3 and (share == 1 or (share >= 0.85 and not told)):
        return True
    if len(words) > 16 or told or re.match(r"(?:The|An?)\s", item.words):
        return False
    stems = _stems(item.words)
    again = stems & _stems(" ".join(next_.words for next_ in after[:2]))
    past = re.search(r"[a-z]{2}ed\b", item.words)
    return bool(stems) and len(again) / len(stems) >= (0.4 if past else 0.15)


def _title_case(words: Sequence[str]) -> tuple[float, int]:
    """The share of words that begin with a capital, of those that would in a title, and their number."""
    telling = [
        word
        for word in words
        if re.match(r"\W*[^\W\d_]", word) and re.sub(r"\W", "", word).lower() not in _SMALL
    ]
    capital = sum(bool(re.match(r"\W*[A-Z]", word)) for word in telling)
    return (capital / len(telling) if telling else 0.0), len(telling)


def _stems(text: str) -> set[str]:
    return {
        word[:5] for word in re.findall(r"[a-z0-9]+", text.lower()) if len(word) > 2 and word not in _SMALL
    }


def _dateline(header: Header, body: list[Paragraph]) -> tuple[Header, list[Paragraph]]:
    """The body without the dateline that its first paragraph may open with."""
    if not body:
        return header, body
    cut = cut_dateline(body[0].words)
    if not cut or (body[0].words[cut[1] - 2] == ":" and any(cut_dateline(item.words) for item in body[1:])):
        return header, body  # "RAMOS: Secretary Clinton …": a transcript, each turn with its speaker
    end, start = cut
    dateline = body[0].words[:end]
    agency = agency_of(dateline)
    credits = header.credits if not agency or agency in header.credits else (*header.credits, agency)
    day = header.date or find_date(dateline)
    header = replace(header, date=day, dateline=header.dateline or dateline, credits=credits)
    return header, [body[0].cut(start), *body[1:]]


def _headings(body: list[Paragraph]) -> list[Paragraph]:
    """The body with its inline headings marked, and without the page furniture that was copied along."""
    body = [_crosshead(item) for item in body if not is_furniture(item.words)]
    labels = [
        number for number, item in enumerate(body[:-1]) if _is_label(item) and not _is_label(body[number + 1])
    ]
    found = []
    for number, item in enumerate(body):
        last = number + 1 == len(body)
        heading = item.heading or (not last and (_is_heading(item) or (len(labels) > 1 and number in labels)))
        found.append(replace(item, heading=heading) if heading != item.heading else item)
    return found


_CROSSHEAD = re.compile(r"(?P<words>\S.{0,60}?)\s[-–—]$")


def _crosshead(item: Paragraph) -> Paragraph:
    """An agency's "- 'Fragile hope' -" as the heading it is; anything else as it was."""
    dashed = _CROSSHEAD.match(item.words) if item.listed else None
    return replace(item.cut(0, dashed.end("words")), heading=True) if dashed else item


def _is_heading(item: Paragraph) -> bool:
    """Whether a paragraph inside the body is an inline heading: short, and no sentence."""
    words = item.words
    if item.listed or len(words) > 100 or len(words.split()) > 14 or words[0] in _QUOTES:
        return False
    if _CLOCK.match(words) or (words.isupper() and len(words.split()) <= 6):
        return True
    return words[-1].isalnum() and (words[0].isupper() or words[0].isdigit()) and ": " not in words


def _is_label(item: Paragraph) -> bool:
    """Whether a paragraph may be a heading behind which an archive put a full stop ("Human Rights.")."""
    words = item.words.rstrip(".").split()
    if not item.words.endswith(".") or len(words) > 4 or not item.words[0].isalpha():
        return False
    share, count = _title_case(words)
    return count >= 1 and share == 1
