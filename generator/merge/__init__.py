"""Regenerating without losing a word: a person's page and a fresh one, merged against their base.

Three texts in, one out: by front-matter key, by section, by entry (its anchor, or its words where
the anchor is gone or the article was corrected), by field. What both sides changed is shown as a
conflict between the usual marks. Pure: files are `generator.store`'s.

Laws, tested: nothing edited gives the fresh page, nothing new gives a person's page, the same on
both sides gives that, and every line that a person added is in the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.briefing import Conflict
from generator.errors import BriefingError
from generator.merge.body import merge_body
from generator.merge.changes import Change, diff
from generator.merge.front import merge_front
from generator.merge.tree import MARK_BETWEEN, Page, unix
from generator.older import lift_summary
from generator.page import take_mine

__all__ = ["Change", "Merged", "diff", "merge", "resolve"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged page, with the conflicts that stand in it."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def merge(base: str | None, mine: str, fresh: str, *, path: str = "<briefing>") -> Merged:
    """Bring what is new in `fresh` into `mine`; `base` is what was generated before the edits.

    Pages of the form before the summary stood in the front matter are merged as if it did.
    Without a base, or with one that cannot be read, everything in either page stays. A page with
    open conflicts comes back as it is, until they are settled. Raises `BriefingError` where `mine`
    cannot be read.
    """
    _, unsettled = take_mine(mine)
    if unsettled:
        return Merged(mine, unsettled)
    old, edited, new = (lift_summary(unix(text)) for text in (base or _NOTHING, mine, fresh))
    if new in (old, edited):
        return Merged(mine)
    text = new
    if edited != old:
        person, generated = Page.read(edited, path=path), Page.read(new, path="<generated>")
        try:
            before = Page.read(old, path="<base>")
        except BriefingError:
            before = Page.read(_NOTHING, path="<base>")
        front = merge_front(before, person, generated)
        text = f"---\n{front}---\n{merge_body(before, person, generated)}"
    # Line ends and byte-order mark are the editor's program's, not ours to change.
    if "\r\n" in mine:
        text = text.replace("\n", "\r\n")
    if mine.startswith("\ufeff"):
        text = "\ufeff" + text
    return Merged(text, take_mine(text)[1])


_NOTHING = "---\ntitle: nothing\ndate: 0001-01-01\nid: nothing\n---\n"


def resolve(text: str, side: Literal["mine", "fresh"]) -> str:
    """The page with every conflict settled for one side; nothing else of it changes."""
    _, conflicts = take_mine(text)
    lines = text.split("\n")
    for conflict in reversed(conflicts):
        start, end = conflict.line - 1, conflict.end
        middle = next(at for at in range(start, end) if lines[at].rstrip("\r") == MARK_BETWEEN)
        lines[start:end] = lines[start + 1 : middle] if side == "mine" else lines[middle + 1 : end - 1]
    return "\n".join(lines)
