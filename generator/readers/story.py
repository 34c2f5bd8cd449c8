"""The parts of a news story around its body: headline, deck, byline, dateline, inline headings, credits.

What belongs to no sentence of the body is taken out of the prose, because a parser makes nonsense
of "VELMAR, March 3 (Polar News) -"; what is left stays word for word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.readers.bylines import (
    is_byline,
    is_date_line,
    is_desk,
    is_name,
    is_outlet,
    is_placed_name,
    is_reporting_note,
    run_in_date,
)
from generator.readers.credits import take_credits
from generator.readers.datelines import agency_of, cut_dateline, is_dateline
from generator.readers.furniture import is_furniture
from generator.readers.header import Header, find_date
from generator.readers.headlines import is_deck, is_headline
from generator.readers.lines import title_case
from generator.readers.paragraphs import Paragraph

HEAD = 10
"""A headline, a deck, a byline and a date stand among so many first paragraphs."""
_QUOTES = "\"“”„«»‘’'"

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
_TEXT_LABEL = re.compile(r"full (?:text|story)\W*$", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:UPDATED?|BREAKING(?: NEWS)?|EXCLUSIVE|DEVELOPING|WATCH|LIVE)\b:?(?: \d[\d/:.]*(?: ?[ap]\.?m\.?)?)?"
    r"\s*(?:--?|[:–—])\s+"
)
"""What a page puts before the first word of a story that it has changed or is proud of."""
_AUTHOR = re.compile(r"(?!By )[A-Z][\w’'-]+(?: [A-Z][\w.’'-]*){1,2}")

_CLOCK = re.compile(r"^(?:\d{1,2}(?:[:.]\d{2})?\s*[ap]\.?m\.?|noon|midnight)[.:]?$", re.I)


def tell(header: Header, paragraphs: Sequence[Paragraph]) -> tuple[Header, list[Paragraph]]:
    """The header with what the story says of itself, and the body: paragraphs and inline headings.

    What the header knew already wins. Nothing of the body is lost: a paragraph is either in it, or
    in the header as title, deck, byline, date, dateline or credit, or no part of the story.
    """
    header, body = _head(header, list(paragraphs))
    header, body = _dateline(header, body)
    credits, body = take_credits(body, _AUTHOR.findall(header.byline or ""))
    header = replace(header, credits=tuple(dict.fromkeys([*header.credits, *credits])))
    return header, _headings(body)


def _head(header: Header, items: list[Paragraph]) -> tuple[Header, list[Paragraph]]:
    """What stands before the lede, and the rest."""
    begins = _text_label(items)
    deck: list[str] = []
    titled = header.title is not None
    promised = False
    for number, item in enumerate(items[:HEAD]):
        words = item.words
        after = [next_ for next_ in items[number + 1 :] if not is_furniture(next_.words)]
        if is_byline(words) or (titled and is_placed_name(words)):
            header = replace(header, byline=header.byline or words)
        elif number and (header.byline or "").endswith(items[number - 1].words) and is_desk(words):
            header = replace(header, byline=f"{header.byline}, {words}")
        elif is_date_line(words):
            header = header if header.date else replace(header, date=find_date(words))
        elif is_dateline(words):
            header = replace(header, dateline=header.dateline or words.rstrip(" –—―-"))
        elif is_reporting_note(words) and words.split()[0] in (header.byline or ""):
            header = replace(header, credits=(*header.credits, words.rstrip(".")))
        elif is_furniture(words) or _SLUG.match(words):
            continue
        elif titled and not header.byline and is_name(words) and after and is_outlet(after[0].words):
            header = replace(header, byline=words)
        elif header.title and _same(words, header.title) and not deck:
            titled, promised = True, words.endswith(";")
        elif not titled and not deck and (number < begins or is_headline(item, after)):
            header, titled, promised = replace(header, title=_title(words)), True, words.endswith(";")
        elif titled and (number < begins or is_deck(item, after, promised=promised)):
            deck.append(words)
            promised = False
        else:
            return replace(header, deck=tuple(deck)), items[number:]
    return replace(header, deck=tuple(deck)), items[HEAD:]


def _text_label(items: Sequence[Paragraph]) -> int:
    """Where an archive says that the text begins, behind its abstract; 0 where none does."""
    labels = (number for number, item in enumerate(items[:HEAD]) if _TEXT_LABEL.match(item.words))
    return next(labels, 0)


def _title(words: str) -> str:
    """A headline without an agency's "UPDATE 2-" and the full stop that some archives put behind it."""
    words = _VERSION.sub("", words.rstrip(";"))
    if words.endswith(".") and not words.endswith("..") and not re.search(r"(?:^|[\s.])\w\.$", words):
        return words[:-1]
    return words.strip()


def _same(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def _dateline(header: Header, body: list[Paragraph]) -> tuple[Header, list[Paragraph]]:
    """The body without the dateline, date or label that its first paragraph may open with."""
    if not body:
        return header, body
    first = body[0]
    if opening := run_in_date(first.words):
        header = replace(header, date=header.date or find_date(first.words[:opening]))
        first = first.cut(opening)
    elif label := _LABEL.match(first.words):
        first = first.cut(label.end())
    body = [first, *body[1:]]
    cut = cut_dateline(first.words)
    if not cut or (first.words[cut[1] - 2] == ":" and any(cut_dateline(item.words) for item in body[1:])):
        return header, body  # "RAMOS: Secretary Clinton …": a transcript, each turn with its speaker
    end, start = cut
    dateline = first.words[:end]
    agency = agency_of(dateline)
    credits = header.credits if not agency or agency in header.credits else (*header.credits, agency)
    day = header.date or find_date(dateline)
    header = replace(header, date=day, dateline=header.dateline or dateline, credits=credits)
    return header, [first.cut(start), *body[1:]]


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
    words = item.words.rstrip(".")
    if not item.words.endswith(".") or len(words.split()) > 4 or not words[:1].isalpha():
        return False
    share, count = title_case(words)
    return count >= 1 and share == 1
