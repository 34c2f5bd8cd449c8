"""A briefing: what one page says, as plain values.

Everything here is text and numbers, never offsets: once a page is written, its Markdown is the
truth and the article may be gone. Text is plain (no Markdown in it), one line, without control
characters. `paragraph` is the number of the article's paragraph that proves an entry (1-based),
None for what an editor added. `id` is the entry's anchor on the page; "" for an entry that a
person added without one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from hashlib import sha256
from itertools import chain, count
from typing import Any, TypeAlias
from urllib.parse import quote as percent_encode

# The words of the annotation guidelines, in the order of `generator.analysis.model`; written out
# here because the site reads briefings without importing anything of the analysis.
KINDS = ("person", "organization", "state", "group")
STANCES = ("supports", "opposes", "demands", "offers", "warns", "expects")
STATUSES = ("scheduled", "agreed", "planned", "proposed", "conditional", "possible")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the article came from; what stands under `source` in the front matter."""

    file: str | None = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    credits: tuple[str, ...] = ()
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor: who it is from the front matter; role, `key` and evidence from its line on the page.

    `kind` is None for an actor that the page lists and the front matter does not know yet.
    """

    id: str
    name: str
    kind: str | None
    role: str | None = None
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    key: bool = False
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the summary, verbatim; its `id` is made from its words and stands nowhere."""

    id: str
    text: str
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor wants, refuses, judges or intends; `text` is verbatim from the article."""

    id: str
    actor: str | None
    """The id of the holder; None where it is not among the page's actors."""
    actor_text: str
    """What the page calls the holder: the actor's name, or the article's words for it."""
    stance: str
    target: str | None
    text: str
    paragraph: int | None
    unsure: bool = False
    """Whether the page asks the reader to check this entry."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech, verbatim and without the quotation marks."""

    id: str
    speaker: str | None
    speaker_text: str | None
    """What the page calls the speaker: the actor's name, or the article's words; None: nobody named."""
    role: str | None
    """The speaker's role as this quote shows it."""
    parts: tuple[str, ...]
    paragraph: int | None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """An act to come; `when` is verbatim, `date` ISO as far as known (2025-05-16, 2025-05, 2025)."""

    id: str
    owners: tuple[str, ...]
    """Ids of the actors who would do it."""
    owner_names: tuple[str, ...]
    """Everyone the page names as an owner, in order, also those who are no actor of the page."""
    text: str
    status: str | None
    when: str | None
    date: str | None
    paragraph: int | None
    done: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event of the story; `date` as for a next step."""

    id: str
    date: str
    when: str | None
    text: str
    paragraph: int | None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the source, or an inline heading of it (no number)."""

    text: str
    number: int | None


Entry: TypeAlias = Sentence | Actor | Position | Quote | NextStep | Event | Paragraph


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page. `section` is the kind of the section it opens (level 2), else None."""

    level: int
    text: str
    """As it stands, in Markdown."""
    section: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """A known entry. `raw` is its Markdown where writing the value out would lose a person's words."""

    value: Entry
    raw: str | None = None
    tight: bool = field(default=False, compare=False)
    """Whether it follows a person's note without a blank line; entries follow each other by rule."""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Anything else that stands on the page, kept character for character.

    `tight`: whether it follows the block before it without a blank line.
    """

    raw: str
    tight: bool = False
    line: int = field(default=0, compare=False)


Block: TypeAlias = Heading | Item | Verbatim


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where a person's text and the generator's disagree; 1-based lines of its marks."""

    line: int
    end: int
    mine: str
    fresh: str


@dataclass(frozen=True)
class Briefing:
    """One page: the front matter, then the body as a sequence of blocks.

    `summary` is the front matter's, followed by what an older page says in a section of that name.
    `front` is the front matter as a person left it (None: as generated), comments and foreign
    keys in it; `extra` are those foreign keys' values, as any YAML reader would type them.
    """

    id: str
    title: str
    date: date
    source: Source
    tags: tuple[str, ...]
    actors: tuple[Actor, ...]
    blocks: tuple[Block, ...]
    summary: tuple[Sentence, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    path: str | None = field(default=None, compare=False)
    front: str | None = field(default=None, compare=False, repr=False)

    @property
    def slug(self) -> str:
        return self.id

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        return tuple(value for value in self._values if isinstance(value, Position))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(value for value in self._values if isinstance(value, Quote))

    @cached_property
    def next_steps(self) -> tuple[NextStep, ...]:
        return tuple(value for value in self._values if isinstance(value, NextStep))

    @cached_property
    def timeline(self) -> tuple[Event, ...]:
        return tuple(value for value in self._values if isinstance(value, Event))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(value for value in self._values if isinstance(value, Paragraph))

    @cached_property
    def _values(self) -> tuple[Entry, ...]:
        return tuple(block.value for block in self.blocks if isinstance(block, Item))

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in reversed(self.actors)}

    def actor(self, id: str) -> Actor | None:
        """The actor with this id, None where the page has none."""
        return self._by_id.get(id)


class Register:
    """Finds the actor that a name on the page means: by name, alias, or the slug that is its id."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        actors = tuple(actors)
        for actor in actors:
            self._names.setdefault(actor.id, actor.name)
            self._ids.setdefault(actor.name.casefold(), actor.id)
        for actor in actors:
            for alias in actor.aliases:
                self._ids.setdefault(alias.casefold(), actor.id)
        for actor in actors:
            self._ids.setdefault(actor.id, actor.id)

    def resolve(self, name: str) -> str | None:
        """The id of the actor called `name`, None where the page knows no such name."""
        key = name.casefold()
        if (id := self._ids.get(key)) is not None:
            return id
        # A name corrected in the front matter leaves its old form in the body: the id still fits.
        return None if "," in name else self._ids.get(slugify(name))

    def name(self, id: str) -> str:
        return self._names.get(id, id)

    def prefix(self, text: str) -> tuple[str, str] | None:
        """The actor whose name opens `text` and what follows the comma: "Ann Lee, mayor"."""
        if (id := self.resolve(text)) is not None:
            return id, ""
        # Right to left: of "Smith, Lee & Co., bankers" the longest known name counts.
        end = text.rfind(", ")
        while end > 0:
            if (id := self.resolve(text[:end])) is not None:
                return id, text[end + 2 :].strip()
            end = text.rfind(", ", 0, end)
        return None


class Anchors:
    """Makes anchors from the words they stand for, so that they stay when the order changes.

    Where two entries share their words, the second is told apart by who it is about, then by number.
    """

    def __init__(self, prefix: str, taken: Iterable[str] = ()) -> None:
        self._prefix = prefix
        self._taken = set(taken)

    def make(self, words: str, about: str | None = None) -> str:
        plain = f"{self._prefix}-{sha256(words.encode()).hexdigest()[:6]}"
        names = [plain, f"{plain}-{slugify(about, limit=30)}".rstrip("-")] if about else [plain]
        numbered = (f"{names[-1]}-{number}" for number in count(2))
        id = next(name for name in chain(names, numbered) if name not in self._taken)
        self._taken.add(id)
        return id


_ASCII = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"}
)


def slugify(text: str, *, limit: int = 60) -> str:
    """A name for files, ids and addresses: `[a-z0-9-]` only, at most `limit` characters, cut at a word.

    "" where the text has no Latin letter or digit.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_ASCII))
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[^\x00-\x7f]|['’]", "", decomposed).lower()).strip("-")
    if len(slug) > limit:
        cut = slug.rfind("-", 0, limit + 1)
        slug = slug[: cut if cut > 0 else limit]
    return slug


# Quotation marks and dashes are typed as the keyboard has them; they do not make words another's.
_SAME = str.maketrans("“”„«»‘’–—", '"""""\'\'--')
_ELLIPSIS = " … "


def _folded(text: str) -> str:
    return " ".join(text.translate(_SAME).split())


def stands_in(paragraphs: Sequence[Paragraph], text: str) -> int | None:
    """The number of the first paragraph that holds the words of `text` verbatim, else None.

    White space and the kind of quotation marks and dashes do not count; pieces joined by " … "
    have to follow each other in one paragraph.
    """
    pieces = [_folded(piece) for piece in text.split(_ELLIPSIS)]
    if not any(pieces):
        return None
    for paragraph in paragraphs:
        if paragraph.number is None:
            continue
        words = _folded(paragraph.text)
        at = 0
        for piece in pieces:
            at = words.find(piece, at)
            if at < 0:
                break
            at += len(piece)
        else:
            return paragraph.number
    return None


def nearest(paragraphs: Sequence[Paragraph], text: str) -> tuple[int, str] | None:
    """The passage of the source closest to `text`: (paragraph, words); None where none is close.

    Close means that more than half of the words stand there in this order.
    """
    wanted = [_bare(word) for word in text.split()]
    best: tuple[float, int, str] | None = None
    for paragraph in paragraphs:
        if paragraph.number is None or not wanted:
            continue
        words = paragraph.text.split()
        matcher = SequenceMatcher(None, [_bare(word) for word in words], wanted, autojunk=False)
        blocks = matcher.get_matching_blocks()[:-1]
        common = sum(block.size for block in blocks)
        ratio = common / len(wanted)
        if ratio > 0.5 and (best is None or ratio > best[0]):
            start = max(0, blocks[0].a - blocks[0].b)
            end = min(len(words), blocks[-1].a + len(wanted) - blocks[-1].b)
            best = ratio, paragraph.number, " ".join(words[start:end])
    return None if best is None else best[1:]


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'()[]“”‘’—–-…").casefold()


def words_of(entry: Entry) -> tuple[str, ...]:
    """The verbatim passages that an entry rests on; of an actor none."""
    if isinstance(entry, Quote):
        return entry.parts
    return () if isinstance(entry, Actor) else (entry.text,)


def is_verbatim(briefing: Briefing, entry: Entry) -> bool:
    """Whether every word that the entry gives as the article's stands in it.

    True on a page that keeps no source text: there is nothing to hold it against.
    """
    if not briefing.paragraphs:
        return True
    return all(stands_in(briefing.paragraphs, words) is not None for words in words_of(entry))


def evidence_url(briefing: Briefing, entry: Entry, *, verbatim: bool | None = None) -> str | None:
    """The article's address with a text fragment that leads to the entry's words.

    None where the article has no address or its words do not stand in it; who knows that already
    says so with `verbatim`. Long passages are
    given by their first and last words, as the text-fragment specification advises.
    """
    url = briefing.source.url
    passages = words_of(entry)
    if not url or not passages or not briefing.paragraphs:
        return None
    if not (is_verbatim(briefing, entry) if verbatim is None else verbatim):
        return None
    if not url.startswith(("https://", "http://")):
        return None
    passage = passages[0].split(_ELLIPSIS)[0]
    words = passage.split()
    if len(words) > 12:
        start, end = " ".join(words[:5]), " ".join(words[-5:])
        directive = f"{_fragment(start)},{_fragment(end)}"
    else:
        directive = _fragment(passage)
    return f"{percent_encode(url.split('#', 1)[0], safe=_URL)}#:~:text={directive}"


# What an address may hold as it is. Its own %-escapes stay; brackets and quotes would end a link.
_URL = ":/?@!$&*+,;=%-._~"


def _fragment(text: str) -> str:
    # "-" and "," have a meaning in a text directive, so they are encoded too.
    return percent_encode(text, safe="").replace("-", "%2D")
