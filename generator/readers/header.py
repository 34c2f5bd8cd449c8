"""What is known about an article beside its words: title, date, publisher, url, byline, tags.

It stands in YAML front matter, in a block of `Key: value` lines at the head of a text, or in what
an HTML or JSON file says about itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

import yaml

from generator.errors import ArticleError
from generator.readers.lines import title_case


@dataclass(frozen=True, slots=True)
class Header:
    title: str | None = None
    deck: tuple[str, ...] = ()
    date: date | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    dateline: str | None = None
    language: str | None = None
    credits: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


KEYS: Mapping[str, str] = {
    "title": "title",
    "headline": "title",
    "subject": "title",
    "date": "date",
    "published": "date",
    "datepublished": "date",
    "publication date": "date",
    "pubdate": "date",
    "url": "url",
    "link": "url",
    "publisher": "publisher",
    "source": "publisher",
    "outlet": "publisher",
    "newspaper": "publisher",
    "sitename": "publisher",
    "byline": "byline",
    "author": "byline",
    "authors": "byline",
    "by": "byline",
    "from": "byline",
    "dateline": "dateline",
    "place": "dateline",
    "language": "language",
    "lang": "language",
    "inlanguage": "language",
    "credit": "credits",
    "credits": "credits",
    "agency": "credits",
    "tags": "tags",
    "keywords": "tags",
}
"""What people call the fields, in small letters without hyphens; other keys are left alone."""

_LISTS = {field.name for field in fields(Header) if field.type == "tuple[str, ...]"}

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    rf"""(?<!\d)(?:
        (?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})
      | (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{MONTH}),?\s+(?P<y2>\d{{4}})
      | (?P<m3>{MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})
      | (?P<m4>0?[1-9]|1[0-2])/(?P<d4>1[3-9]|2\d|3[01])/(?P<y4>\d{{4}})
      | (?P<d5>1[3-9]|2\d|3[01])[/.](?P<m5>0?[1-9]|1[0-2])[/.](?P<y5>\d{{4}})
    )(?!\d(?!\d?:\d\d))""",  # "March 3, 20264:15 PM": a page that runs day and time together
    re.IGNORECASE | re.VERBOSE,
)


def find_date(text: str) -> date | None:
    """The first date in a text that names day, month and year without doubt.

    `2025-05-17` (also with a time behind it), `17 May 2025`, `May 17, 2025` and `05/17/2025`; not
    `05/06/2025`, which is in June for some readers and in May for others.
    """
    for match in _DATE.finditer(text):
        group = match.groupdict()
        year, month, day = next(
            (group[f"y{n}"], group[f"m{n}"], group[f"d{n}"]) for n in "12345" if group[f"y{n}"]
        )
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
        try:
            return date(int(year), number, int(day))
        except ValueError:
            continue
    return None


def make_header(values: Mapping[str, object], where: str) -> Header:
    """A header from raw keys and values; `where` names the place for messages.

    Raises ArticleError for a date that cannot be understood. The first of two keys that mean the
    same wins.
    """
    known: dict[str, object] = {}
    for key, value in values.items():
        name = KEYS.get(re.sub(r"[-_\s]+", " ", str(key)).strip().lower())
        if name and name not in known:
            known[name] = value
    fields_: dict[str, object] = {}
    for name, value in known.items():
        if name == "date":
            fields_[name] = _date_value(value, where)
        elif name in _LISTS:
            fields_[name] = tuple(dict.fromkeys(_strings(value, split=True)))
        else:
            fields_[name] = ", ".join(_strings(value)) or None
    return Header(**fields_)  # type: ignore[arg-type]


def _date_value(value: object, where: str) -> date | None:
    text = " ".join(_strings(value))
    if not text:
        return None
    found = find_date(text)
    if not found:
        raise ArticleError(
            f"{where}: the date {text[:40]!r} cannot be understood; "
            "2025-05-17, 17 May 2025 and May 17, 2025 can"
        )
    return found


def _strings(value: object, *, split: bool = False) -> list[str]:
    """The words of a value, folded; a list of them, or of things with a name (schema.org)."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        return _strings(value.get("name"))
    if isinstance(value, list | tuple):
        return [word for item in value for word in _strings(item)]
    parts = re.split(r"[,;]", str(value)) if split else [str(value)]
    return [" ".join(part.split()) for part in parts if part.strip()]


_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.S | re.M)
FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M
)
_OPEN = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?=[A-Za-z_][\w -]*:)")


def read_front_matter(text: str, path: str) -> tuple[Header, int]:
    """The header in the front matter of a text, and where the text goes on behind it.

    It is YAML between lines of three hyphens, or TOML between lines of three plus signs. Values of YAML
    are read as strings and typed here: it would make a truth value of `no` and a number of `0123`.
    Raises ArticleError, with file and line, for front matter that is no mapping, broken, or never ends.
    """
    block = FRONT_MATTER.match(text)
    if not block and (toml := _TOML.match(text)):
        return _read_toml(toml["toml"], path), toml.end()
    if not block:
        if _OPEN.match(text):
            raise ArticleError(
                f"{path}:1: the front matter that begins with --- never ends; "
                "close it with a line of three hyphens"
            )
        return Header(), 0
    try:
        values = yaml.load(block["yaml"], Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or "it is no YAML"
        raise ArticleError(
            f"{path}:{line}: the front matter cannot be read: {problem}; "
            "a value with a colon or a quotation mark in it wants quotation marks around it"
        ) from error
    if values in (None, ""):
        return Header(), block.end()
    if not isinstance(values, Mapping):
        raise ArticleError(
            f"{path}:2: the front matter is no list of keys; it wants lines like `date: 2025-05-17`"
        )
    return make_header(values, path), block.end()


def _read_toml(text: str, path: str) -> Header:
    try:
        return make_header(tomllib.loads(text.replace("\r\n", "\n")), path)
    except tomllib.TOMLDecodeError as error:
        raise ArticleError(f"{path}:1: the front matter cannot be read: it is no TOML: {error}") from error


_KEY_LINE = re.compile(
    r"[ \t]*(?P<key>[A-Za-z][A-Za-z _-]{0,24}?)[ \t]*:[ \t]*(?P<value>.*?)[ \t]*(?:\r\n?|\n|\Z)"
)
_OPENING = re.compile(r"\s*date\s+(?P<date>\d{4}-\d{2}-\d{2})\s+(?=\S)")


def read_heading_block(text: str, path: str) -> tuple[Header, int]:
    """The header in `Key: value` lines at the head of a text, and where the text goes on.

    The first line must have a key that we know ("Title:", "Date:" …): a headline may hold a colon
    as well. The block ends at the first line that is none, mostly an empty one. A text may also
    open with ` date 2025-05-17 ` and go on in the same line.
    """
    start = 1 if text.startswith("\ufeff") else 0
    opening = _OPENING.match(text, start)
    if opening:
        return Header(date=_date_value(opening["date"], path)), opening.end()
    at = start
    while text[at : at + 1].isspace():
        at += 1
    values: dict[str, str] = {}
    while at < len(text):
        line = _KEY_LINE.match(text, at)
        if not line or (not values and line["key"].lower() not in KEYS):
            break
        values.setdefault(line["key"], line["value"])
        at = line.end()
    if not values or (len(values) == 1 and _is_labelled_headline(*next(iter(values.items())))):
        return Header(), start
    return make_header(values, path), at


def _is_labelled_headline(key: str, value: str) -> bool:
    """Whether a lone line is a headline that begins like a key: "Newspaper: Minister used own phone"."""
    return KEYS.get(key.lower()) in ("publisher", "credits", "dateline") and (
        len(value.split()) >= 4 and title_case(value)[0] < 0.8
    )
