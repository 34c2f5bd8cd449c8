"""Summary: whole sentences of the article, each with its paragraph; lines of the front matter.

    summary: |
      Marovia and Velmar agreed on Tuesday to reopen their only crossing. [¶ 1]
      Convoys will wait for a second round. [¶ 4]

Plain text, so that nothing in a sentence needs a backslash or quotation marks. Older pages have a
section of list items instead, which is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.briefing import Anchors, Sentence
from generator.markdown import Chunk, escape_opening, one_line, plain, read_tail
from generator.sections.context import Context, Parsed, item_text

# "[¶ 3]", also as people type it or paste it from the body; "[¶]" closes a sentence without evidence.
_MARK = re.compile(r"\s*[\[(]¶ ?(\d*)[\])](?:\(#p\d+\))?(?:\{[^{}]*\})?$")
_INSIDE = re.compile(r"([\[(]¶ ?\d*[\])])\s+")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$")


def render(sentence: Sentence) -> str:
    """The sentence as a line below `summary: |`."""
    text = sentence.text
    if sentence.paragraph is not None:
        return f"  {text} [¶ {sentence.paragraph}]"
    return f"  {text}" if _CLOSED.search(text) and not _MARK.search(text) else f"  {text} [¶]"


def read_sentences(texts: Iterable[str]) -> tuple[Sentence, ...]:
    """The sentences that these lines say, one each, with anchors made from their words."""
    anchors = Anchors("s")
    sentences = []
    for line in texts:
        mark = _MARK.search(line)
        if text := one_line(line[: mark.start()] if mark else line):
            paragraph = int(mark[1]) if mark and mark[1] else None
            sentences.append(Sentence(anchors.make(text), text, paragraph))
    return tuple(sentences)


def split_lines(text: str, *, folded: bool = False) -> list[str]:
    """The sentences of a block of text, their marks included.

    One stands on each line; where an editor's program wrapped it, on several: it goes on until its
    mark, or the end of a sentence at a line's end. `folded` for YAML that has joined the lines:
    there the marks tell the sentences apart.
    """
    lines = (_INSIDE.sub(r"\1\n", text) if folded else text).split("\n")
    found: list[str] = []
    complete = True
    for line in map(str.strip, lines):
        if not line:
            complete = True
            continue
        if found and (not complete or _MARK.fullmatch(line)):
            found[-1] += f" {line}"
        else:
            found.append(line)
        complete = is_complete(line)
    return found


def is_complete(line: str) -> bool:
    """Whether a sentence ends where this line ends."""
    return _MARK.search(line) is not None or _CLOSED.search(line) is not None


def parse(chunk: Chunk, context: Context) -> Parsed | None:
    """A sentence of an older page's section. Never exact: it is not to be written out as a line there."""
    end = read_tail(item_text(chunk.lines))
    text = plain(end.rest, write=escape_opening)[0]
    if not text:
        return None
    return Parsed(Sentence(end.id or Anchors("s").make(text), text, end.paragraph), False)


def is_plain(raw: str) -> bool:
    """Whether an older page's sentence shows nothing but its words, so that a line can hold it."""
    end = read_tail(item_text(tuple(raw.split("\n"))))
    return plain(end.rest, write=escape_opening)[1] and end.exact and not end.unsure
