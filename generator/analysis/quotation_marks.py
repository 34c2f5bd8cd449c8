"""Quotation marks paired over an article: straight and typographic, British and American, nested,
over paragraphs, with apostrophes and inch marks told apart.

Pairing needs no language model, and comes before anything that does: a sentence splitter that meets
quotation marks breaks sentences at them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.article import Span

Style = Literal["double", "single", "angle"]

# Two single marks in a row are a double one: newspapers' feeds write ``so'' and ''so'', ‘‘so’’ too.
_MARK = re.compile(r"``|''|‘‘|’’|[“”„‟\"＂«»‘’‚‛'`]")
_STYLE: dict[str, Style] = {
    **dict.fromkeys(["``", "''", "‘‘", "’’", "“", "”", "„", "‟", '"', "＂"], "double"),
    **dict.fromkeys(["‘", "’", "‚", "‛", "'", "`"], "single"),
    **dict.fromkeys(["«", "»"], "angle"),
}
_OPENS = frozenset("“ „ ‟ « ‘ ‚ ‛ `` ‘‘".split())
_CLOSES = frozenset("” » ’ ’’".split())
_BEFORE_OPENING = frozenset("([{—–-/…*>")
# Words that begin with an apostrophe, whichever way it turns.
_CLIPPED = re.compile(
    r"(?:\d{2}s?|tis|twas|til|till|em|n|cause|cos|bout|round|cuz|nuff|ere|un)\b", re.IGNORECASE
)
_INCHES = re.compile(r"\d(?:['’′]\s?\d{1,2}|\.\d+|)$")
# Narration at the end of a paragraph that an unclosed quotation seems to run through: «… we go, he said.»
_NARRATION = re.compile(
    r"[,.!?…]\s+(?:(?:said|says|added|told|asked|wrote)\s+\w|(?:[\w.’'-]+\s+){1,4}(?:said|says|added|told|asked|wrote)\b)"
    r"[^.!?]{0,80}[.!?]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between one outermost pair of quotation marks.

    `parts` are the stretches inside the marks, the marks and white space at the edges left out: one, or
    one a paragraph where the quotation runs on over several (an opening mark at the head of each, a
    closing mark only at the end). What is quoted inside it stays in it.
    """

    parts: tuple[Span, ...]
    style: Style

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    style: Style
    opens: bool
    closes: bool


def paragraphs_of(prose: str) -> list[Span]:
    """Where the paragraphs of an article's prose stand, parted by blank lines."""
    spans = []
    start = 0
    for piece in prose.split("\n\n"):
        if piece.strip():
            spans.append((start, start + len(piece)))
        start += len(piece) + 2
    return spans


def find_quotations(prose: str) -> tuple[Quotation, ...]:
    """The outermost quotations of an article's prose, in order; offsets in code points, half-open.

    A mark without its partner costs the one quotation that it opened or closed, never the next.
    """
    found: list[Quotation] = []
    running: list[Span] = []
    style: Style = "double"
    for start, end in paragraphs_of(prose):
        marks = _marks(prose, start, end)
        runs_on = _opens_single(prose, end + 2)
        if running and marks and marks[0].style == style and marks[0].closes and not marks[0].opens:
            # Broken into paragraphs without a mark at the head of the second.
            rest = _trimmed(prose, start, marks[0].start)
            if rest is not None:
                found.append(Quotation((*running, rest), style))
            marks, running = marks[1:], []
        if running and not (marks and marks[0].start == start and marks[0].style == style and marks[0].opens):
            running = []
        closed, left_open = _pair(prose, marks, runs_on=runs_on)
        if running:
            if closed and closed[0].start <= marks[0].end + 1:
                found.append(Quotation((*running, *closed.pop(0).parts), style))
                running = []
            elif left_open is None or left_open.start != start:
                running = []
        found += closed
        if left_open is not None:
            part = _trimmed(prose, left_open.end, end)
            if part is None or _NARRATION.search(prose, *part):
                running = []
            else:
                running = [*running, part] if running and left_open.start == start else [part]
                style = left_open.style
        elif closed or not marks:
            running = []
    return tuple(found)


def _marks(prose: str, start: int, end: int) -> list[_Mark]:
    """The quotation marks of one paragraph, apostrophes left out where the word shows them."""
    found = []
    for match in _MARK.finditer(prose, start, end):
        text, at, after = match[0], match.start(), match.end()
        left = prose[at - 1] if at > start else " "
        right = prose[after] if after < end else " "
        style = _STYLE[text]
        if style == "single":
            if left.isalnum() and right.isalnum():
                continue
            if not left.isalnum() and _CLIPPED.match(prose, after, end):
                continue
            if (
                left.isdigit()
                and text in "'’"
                and (right.isdigit() or (right == " " and prose[after + 1 : after + 2].isdigit()))
            ):
                continue  # feet: 6' 2"
        opening = (left.isspace() or left in _BEFORE_OPENING or left in "\"'“‘«`,:;") and not right.isspace()
        closing = not left.isspace() and not right.isalnum()
        if text in _OPENS:
            # Typographic marks turned the wrong way: an opening one at the tail of a word.
            closes = closing and right.isspace() and text not in "«„‚"
            opens = not closes
        elif text in _CLOSES:
            opens = opening and left.isspace() and right.isalnum()
            closes = not opens
        else:
            opens, closes = opening, closing
            if style == "double" and not opens and not closes:
                opens = closes = True  # between two letters, or between two spaces: as the others stand
        if opens or closes:
            found.append(_Mark(at, after, text, style, opens, closes))
    return found


def _opens_single(prose: str, at: int) -> bool:
    """Whether a paragraph begins with a single quotation mark."""
    return (
        prose[at : at + 1] in {"‘", "'"}
        and not prose.startswith(("''", "‘‘"), at)
        and not _CLIPPED.match(prose, at + 1)
    )


def _pair(prose: str, marks: list[_Mark], *, runs_on: bool) -> tuple[list[Quotation], _Mark | None]:
    """The outermost pairs of one paragraph, and the mark that is open at its end, if one is.

    A single mark that nothing closes is an apostrophe, unless the next paragraph `runs_on` with one.
    """
    closed: list[Quotation] = []
    stack: list[_Mark] = []
    for number, mark in enumerate(marks):
        top = stack[-1] if stack else None
        partner = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].style == mark.style), None)
        if mark.closes and partner is not None and not (mark.opens and _rather_opens(prose, mark)):
            later = marks[number + 1 :]
            if _apostrophe(prose, mark, later, stack[partner]) or _inches(prose, mark, later):
                continue
            opener = stack[partner]
            del stack[partner:]
            if not stack:
                part = _trimmed(prose, opener.end, mark.start)
                if part is not None:
                    closed.append(Quotation((part,), opener.style))
        elif mark.opens:
            closes_later = any(m.style == "single" and m.closes for m in marks[number + 1 :])
            if mark.style == "single" and not closes_later and not (runs_on and not stack):
                continue
            if top is not None and top.style == mark.style:
                stack.pop()  # the quotation opened before was never closed
            stack.append(mark)
    while stack and stack[-1].style == "single" and len(stack) > 1:
        stack.pop()
    left_open = stack[0] if stack else None
    if left_open is not None and len(stack) > 1:
        closed = [q for q in closed if q.end < left_open.start]
    return closed, left_open


def _rather_opens(prose: str, mark: _Mark) -> bool:
    """Whether a mark that could do either opens: it has a space before it and none after it."""
    left, right = prose[mark.start - 1 : mark.start], prose[mark.end : mark.end + 1]
    return (not left or left.isspace()) and bool(right) and not right.isspace()


def _apostrophe(prose: str, mark: _Mark, later: list[_Mark], opener: _Mark) -> bool:
    """Whether a single mark after a word in *s* ("the workers' hall") or *in* ("nothin' doing") is none:
    a surer closing mark follows before the next quotation opens."""
    if mark.style != "single" or mark.text not in {"'", "’"}:
        return False
    before = prose[max(opener.end, mark.start - 2) : mark.start].casefold()
    if not before.endswith(("s", "in")) or prose[mark.end : mark.end + 1] != " ":
        return False
    for other in later:
        if other.style == "single" and other.closes:
            if prose[other.start - 1].casefold() != "s":
                return True
        elif other.style == "single" and other.opens:
            return False
    return False


def _inches(prose: str, mark: _Mark, later: list[_Mark]) -> bool:
    """Whether a double mark after a number stands for inches: closed here, the next would be left over."""
    if mark.text not in {'"', "”", "''"} or not _INCHES.search(prose, max(0, mark.start - 8), mark.start):
        return False
    following = next((other for other in later if other.style == "double"), None)
    return following is not None and following.closes and not following.opens


def _trimmed(prose: str, start: int, end: int) -> Span | None:
    while start < end and prose[start].isspace():
        start += 1
    while end > start and prose[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
