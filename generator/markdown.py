"""The dialect of the pages: escaping, inline text, the blocks of a body, the front matter's frame.

`escape` turns any text into Markdown that shows exactly that text; `plain` reads inline Markdown
back. `scan` cuts a body into blocks without losing a character.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

# --- text -----------------------------------------------------------------------------------

# Controls, marks that turn the direction of what follows, byte-order marks and noncharacters:
# none of them can be seen, each of them can change how the rest of the page reads.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_WHITE = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
# Plain sets of characters are what `re` searches fastest, and most text has none of these.
_UNCLEAN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def one_line(text: str) -> str:
    """The text on one line, as a reader sees it: white space folded, invisible controls left out."""
    if "  " in text or _UNCLEAN.search(text):
        text = _WHITE.sub(" ", _INVISIBLE.sub("", text))
    return text.strip()


# --- escaping -------------------------------------------------------------------------------

# Everything that Python-Markdown, the extensions of the site or GitHub would read as more than
# text. A backslash where all of them know it, a character reference elsewhere.
_SPECIAL = re.compile(
    r"""(?<![!\[\]])\[(?![xX]\]|TOC\]) [^\W_](?:(?:[^\W_]|[\ ,'’-])*[^\W_])? \](?![(\[:{\]])  # [is that]
    | [\\`*_{}\[\]|]             # emphasis, code, links, attribute lists, templates, tables
    | [<~^]                       # HTML, strike and subscript, superscript and insertion
    | & (?= \#?\w+; )             # what would be read as a character reference
    | =(?==) | (?<==)=            # ==highlight==
    | \+(?=\+) | (?<=\+)\+        # ++keys++
    | :(?= [+\-\w]+: ) | :(?=//)  # :emoji:, https://…
    | (?<=\S)@(?=\w)              # mail addresses
    | (?<=[Ww]{3})\.              # www.…
    """,
    re.VERBOSE,
)
_REFERENCES = {
    "<": "&lt;", "&": "&amp;", "~": "&#126;", "^": "&#94;", "=": "&#61;", ":": "&#58;", "@": "&#64;",
}  # fmt: skip
# What opens a block, where a text opens a line or a list item: headings, lists, block quotes,
# definitions, rules, admonitions (!!!), details (???), blocks (///).
_OPENING = re.compile(r"[#>\-+:!?/](?=\s|$|[#>\-+!?/])|(?:[#>:]|!!!|\?\?\?|///)|(\d+)([.)])(?=\s|$)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")


def escape(text: str) -> str:
    """Inline Markdown that shows `text` and nothing else, wherever in a line it stands."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    if len(char) > 1:
        return char  # "[is that]": an insertion, common in quotes, that nothing can take for a link
    return _REFERENCES.get(char) or "\\" + char


def escape_opening(text: str) -> str:
    """Like `escape`, for text that opens a line, a list item or a table cell."""
    escaped = escape(text)
    opening = _OPENING.match(escaped)
    if opening is None:
        return escaped
    if opening[1]:
        return f"{opening[1]}\\{escaped[len(opening[1]) :]}"
    first = escaped[0]
    return (f"\\{first}" if first in "#>-+!" else f"&#{ord(first)};") + escaped[1:]


def escape_heading(text: str) -> str:
    """Like `escape`, for the text of a heading, whose closing #s would be taken for its dress."""
    return re.sub(r"#+$", lambda match: "\\#" * len(match[0]), escape(text))


def unescape(markdown: str) -> str:
    """The text that escaped Markdown shows: the inverse of `escape` and `escape_opening`."""
    if "\\" not in markdown and "&" not in markdown:
        return markdown
    return _ESCAPED.sub(lambda match: match[1] or html.unescape(match[0]), markdown)


_LINK = re.compile(r"!?\[((?:\\.|[^\[\]\\])*)\]\((?:\\.|[^()\\])*\)(?:\{[^{}]*\})?")
_EMPHASIS = re.compile(r"(?<![\\\w])(\*\*\*|\*\*|\*|__|_)(?=\S)((?:\\.|[^\\])*?)(?<=\S)\1(?!\w)")
_MARKED = re.compile(r"[\\&*_\[\]`<{}|~^=+:@]")


def plain(markdown: str, *, write: Callable[[str], str] = escape) -> tuple[str, bool]:
    """The text of inline Markdown, and whether `write` of it gives the same Markdown again.

    Not so for emphasis, links and marks that a person put in: what is read is then good for
    indexes, and the Markdown itself has to be kept.
    """
    if _MARKED.search(markdown) is None and "ww" not in markdown and "WW" not in markdown:
        text = one_line(markdown)
        return text, write is escape or write(text) == markdown
    text = one_line(unescape(markdown))
    if write(text) == markdown:
        return text, True
    text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", markdown))
    return one_line(unescape(text)), False


# --- the tail of an entry -------------------------------------------------------------------

CHECK = "*check this*"
_CHECK_END = re.compile(r"\s*[*_(\[]{1,2}check this[*_)\]]{1,2}$", re.IGNORECASE)
_EVIDENCE_END = re.compile(r"\s*(?:\[[^\[\]]*\]\(#p(\d+)\)|[\[(]?¶\s*(\d+)[\])]?)$")
_ATTRIBUTES_END = re.compile(r"(?<!\\)\{:?\s*([^{}]*?)\s*\}$")
_ID = re.compile(r"#([\w-]+)")


class Tail(NamedTuple):
    """What closes an entry: evidence, anchor, the mark for checking; `rest` is what stands before."""

    rest: str
    id: str
    paragraph: int | None
    unsure: bool
    exact: bool
    """Whether nothing but these was found, so that `tail` writes the same."""


def tail(id: str, paragraph: int | None, *, unsure: bool = False, indent: str = "  ") -> str:
    """The end of an entry: ` [¶ 3](#p3){#q-1a2b3c} *check this*`.

    An entry without evidence has no link to carry its anchor; it gets an attribute list on a line
    of its own, which shows nothing.
    """
    mark = f" {CHECK}" if unsure else ""
    if paragraph is not None:
        anchor = f"{{#{id}}}" if id else ""
        return f" [¶ {paragraph}](#p{paragraph}){anchor}{mark}"
    return mark + (f"\n{indent}{{: #{id} }}" if id else "")


_TAIL = re.compile(r" \[¶ (\d+)\]\(#p\1\)\{#([\w-]+)\}( \*check this\*)?$")


def read_tail(text: str) -> Tail:
    """Take the tail off an entry's text, in whatever order and dress a person left its pieces."""
    if (match := _TAIL.search(text, max(0, len(text) - 120))) and not text.endswith(CHECK, 0, match.start()):
        return Tail(text[: match.start()], match[2], int(match[1]), match[3] is not None, True)
    rest, id, paragraph, unsure, exact = text.rstrip(), "", None, False, True
    while True:
        if not unsure and (match := _CHECK_END.search(rest)):
            unsure = True
        elif paragraph is None and (match := _EVIDENCE_END.search(rest)):
            paragraph = int(match[1] or match[2])
        elif not id and (match := _ATTRIBUTES_END.search(rest)):
            found = _ID.search(match[1])
            id = found[1] if found else ""
            exact = exact and match[1] == f"#{id}"
            if not id:
                break
        else:
            return Tail(rest, id, paragraph, unsure, exact)
        rest = rest[: match.start()].rstrip()
    return Tail(rest, id, paragraph, unsure, False)


# --- blocks ---------------------------------------------------------------------------------


class Chunk(NamedTuple):
    """A block of a body: lines `[start, end)`, 0-based, without the blank lines around it.

    `kind` is "heading", "item" (with its wrapped lines), "quote" (a block quote and the line below it
    that names the speaker) or "other".
    """

    kind: str
    lines: tuple[str, ...]
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.lines)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_BULLET = re.compile(r"[-*+]\s+\S")
_ANY_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\S")
_ENTRY_END = re.compile(r"(?:\{:?[^{}\\]*#[\w-]+[^{}]*\}|\]\(#p\d+\)|\*check this\*)\s*$")
_SPEAKER_LINE = re.compile(r"(?:—|–|--(?!-))\s*\S|\[¶ ?\d+\]\(#p")
_ATTRIBUTE_LINE = re.compile(r"\s*\{:[^{}]*\}\s*$")


def scan(lines: list[str]) -> Iterator[Chunk]:
    """The blocks of a body in order. Everything between two chunks is blank lines."""
    at, count = 0, len(lines)
    while at < count:
        line = lines[at]
        if not line or line.isspace():
            at += 1
            continue
        start = at
        at += 1
        first = line[0]
        if first == "#" and _HEADING.match(line):
            kind = "heading"
        elif first in "-*+" and _BULLET.match(line):
            kind = "item"
            at = _end_of_item(lines, start)
        elif first == ">":
            kind = "quote"
            at = _end_of_quote(lines, start)
        else:
            kind = "other"
            if first in "`~ " and (fence := _FENCE.match(line)):
                at = _end_of_fence(lines, at, fence[1])
            else:
                while at < count and lines[at].strip() and not _opens(lines[at]):
                    at += 1
        yield Chunk(kind, tuple(lines[start:at]), start)


def _opens(line: str) -> bool:
    first = line[0]
    return (
        (first == "#" and _HEADING.match(line) is not None)
        or (first in "-*+" and _BULLET.match(line) is not None)
        or first == ">"
        or (first in "`~" and _FENCE.match(line) is not None)
    )


def _end_of_item(lines: list[str], start: int) -> int:
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if not line or line.isspace() or _opens(line) or _ANY_BULLET.match(line):
            return at
        # After its anchor only an attribute list still belongs to an entry; the rest is a note.
        if _ENTRY_END.search(lines[at - 1]) and not _ATTRIBUTE_LINE.match(line):
            return at
    return len(lines)


def _end_of_quote(lines: list[str], start: int) -> int:
    """Behind a block quote and, where there is one, the line below it that names the speaker."""
    at = start
    while True:
        ended = _ENTRY_END.search(lines[at]) is not None
        at += 1
        if at == len(lines) or not lines[at].startswith(">"):
            break
        if ended and not _ATTRIBUTE_LINE.match(lines[at][1:]):
            return at
    if ended:
        return at
    below = at + 1 if at < len(lines) and not lines[at].strip() else at
    if below == len(lines) or not _SPEAKER_LINE.match(lines[below]):
        return at
    at = below + 1
    while at < len(lines) and lines[at].strip() and not _opens(lines[at]):
        if _ENTRY_END.search(lines[at - 1]) and not _ATTRIBUTE_LINE.match(lines[at]):
            break
        at += 1
    return at


def _end_of_fence(lines: list[str], at: int, fence: str) -> int:
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    for end in range(at, len(lines)):
        if closing.match(lines[end]):
            return end + 1
    return len(lines)


# --- the frame ------------------------------------------------------------------------------

_FRAME = re.compile(r"\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split(text: str) -> tuple[str, str, int] | None:
    """(YAML of the front matter, body, 1-based line of the body); None without front matter.

    Line ends are `\\n` in both.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    frame = _FRAME.match(text)
    if frame is None:
        return None
    return frame[1], text[frame.end() :], text.count("\n", 0, frame.end()) + 1
