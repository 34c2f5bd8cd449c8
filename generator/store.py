"""The folder of briefings: the only place that writes pages, each write whole or not at all.

    briefings/2025-05-17-istanbul-talks.md              the page, people's from then on
    briefings/.generated/2025-05-17-istanbul-talks.md   what was generated last: the base of the merge

A page is found by the `id` in its front matter, so a renamed file stays the same briefing.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator.briefing import Briefing, Conflict
from generator.errors import BriefingError, PageChanged
from generator.markdown import split
from generator.merge import merge
from generator.page import NOT_BRIEFINGS, render, take_mine
from generator.schema import SLUG

if TYPE_CHECKING:
    from generator.article import Article

BASES = ".generated"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a page: its place, what was done, and the conflicts that stand in it now."""

    path: Path
    outcome: Literal["created", "updated", "unchanged", "deleted", "conflict"]
    """"deleted": a person deleted the page, and it stays so."""
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Card:
    """What the store has to know of a file: whose page it is, and of which article."""

    id: str | None
    file: str | None
    sha256: str | None


class Store:
    """The briefings of one folder. Raises `BriefingError` for what cannot be read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._bases = folder / BASES
        self._cards: dict[Path, tuple[tuple[int, int], _Card]] = {}
        self._seen: tuple[int, ...] | None = None
        self._recovered = False

    # --- reading

    def pages(self) -> list[Path]:
        """Every page, by file name."""
        found = (path for path in self.folder.glob("*.md") if path.name not in NOT_BRIEFINGS)
        return sorted(path for path in found if path.is_file())

    def find(self, id: str) -> Path | None:
        """The page of this id, whatever its file is called now; None where there is none."""
        usual = self.folder / f"{id}.md"
        if usual.is_file() and self._card(usual).id in (id, None):
            return usual
        return next(
            (
                path
                for path, card in self._index().items()
                if card.id == id and path.parent == self.folder and self._card(path).id == id
            ),
            None,
        )

    def base(self, id: str) -> str | None:
        """What the generator last wrote for this page, None where it never did."""
        self._recover()
        path = self._base_path(id)
        return _read(path) if path.is_file() else None

    def identify(self, article: Article, default: str) -> str:
        """The id of an article's briefing: the one it has, also after its file moved, or a new one.

        A new one is `default`; where that is another article's, the path tells the two apart.
        """
        file = article.path
        cards = self._index().values()
        for card in cards:
            if card.id and card.file == file:
                return card.id
        for card in cards:
            if card.id and card.sha256 == article.sha256 and card.file and not Path(card.file).exists():
                return card.id
        if default not in {card.id for card in cards} and not (self.folder / f"{default}.md").exists():
            return default
        return f"{default}-{sha256(file.encode()).hexdigest()[:4]}"

    # --- writing

    def write(self, briefing: Briefing, *, restore: bool = False) -> Written:
        """Bring a generated briefing into the folder, merged with what stands there.

        A page that a person deleted stays deleted unless `restore`. Page and base are replaced so
        that a crash at any moment leaves a whole page and the base that belongs to it. What a person
        saves in the meantime is merged as well.
        """
        fresh = render(briefing)
        with suppress(OSError):  # told where something is written
            self._bases.mkdir(parents=True, exist_ok=True)
        self._recover()
        while True:
            try:
                with _alone(self._bases):
                    return self._merge_in(briefing.id, fresh, restore)
            except PageChanged:
                continue

    def _merge_in(self, id: str, fresh: str, restore: bool) -> Written:
        base = self.base(id)
        path = self.find(id)
        if path is None:
            path = self._new_path(id)
            if base is not None and not restore:
                return Written(path, "deleted")
            self._replace(id, path, None, fresh, fresh)
            return Written(path, "created")
        mine = _read(path)
        unsettled = bool(take_mine(mine)[1])
        merged = merge(base, mine, fresh, path=str(path))
        if not unsettled and (merged.text != mine or base != fresh):
            self._replace(id, path, mine, merged.text, fresh)
        if merged.conflicts:
            return Written(path, "conflict", merged.conflicts)
        return Written(path, "unchanged" if merged.text == mine else "updated")

    def save(self, path: Path, text: str, *, over: str | None) -> None:
        """Replace the page of this folder that reads `over` (None: make it); never a file anywhere else.

        Raises `PageChanged` where it reads otherwise by now.
        """
        with _alone(self._bases):
            self._put(path, text, over)

    def _put(self, path: Path, text: str, over: str | None) -> None:
        if path.parent.resolve() != self.folder.resolve() or path.name.startswith(".") or path.is_symlink():
            raise BriefingError(f"{path}: is no page of {self.folder}/; a file name.md in that folder works")
        _write(path, text, lambda: self._expect(path, over))

    def _expect(self, path: Path, text: str | None) -> None:
        if (_read(path) if path.exists() else None) != text:
            raise PageChanged(f"{path}: was saved by somebody else meanwhile, and is left so; run this again")

    def _new_path(self, id: str) -> Path:
        path = self.folder / f"{id}.md"
        number = 2
        while path.exists():
            # A page of another id was given this name by hand.
            path = self.folder / f"{id}-{number}.md"
            number += 1
        return path

    def _replace(self, id: str, path: Path, mine: str | None, text: str, base: str) -> None:
        """Page and base as one step: the new base waits beside the old until the page is in place."""
        waiting = self._bases / f"{id}.{_digest(text)}.next"
        _write(waiting, base)
        try:
            if mine != text:
                self._put(path, text, mine)
        except PageChanged:
            waiting.unlink()
            raise
        os.replace(waiting, self._base_path(id))
        if self._seen is not None:
            self._card(path)
            self._card(self._base_path(id))
            self._seen = self._stamps()

    def _recover(self) -> None:
        """After a crash: a waiting base whose page was written takes its place, another one goes."""
        if self._recovered:
            return
        self._recovered = True
        with _alone(self._bases):
            for waiting in sorted(self._bases.glob("*.next")):
                id, digest = waiting.stem.rsplit(".", 1)
                page = self.find(id)
                if page is not None and _digest(_read(page)) == digest:
                    os.replace(waiting, self._base_path(id))
                else:
                    waiting.unlink()
            for folder in (self.folder, self._bases):
                for left in folder.glob(f".*{_UNFINISHED}"):
                    left.unlink(missing_ok=True)

    def _base_path(self, id: str) -> Path:
        if not re.fullmatch(SLUG, id):
            raise BriefingError(f"{id!r} cannot name a briefing; a-z, 0-9 and - work")
        return self._bases / f"{id}.md"

    def _index(self) -> dict[Path, _Card]:
        """The cards of all pages and bases, read again when files came or went.

        A run over thousands of articles asks for it at each; what it wrote itself it knows.
        """
        stamps = self._stamps()
        if stamps != self._seen:
            bases = sorted(self._bases.glob("*.md"))
            present = [*self.pages(), *bases]
            for path in present:
                self._card(path)
            self._cards = {path: self._cards[path] for path in present}
            self._seen = stamps
        return {path: card for path, (_, card) in self._cards.items()}

    def _stamps(self) -> tuple[int, ...]:
        return tuple(f.stat().st_mtime_ns if f.exists() else 0 for f in (self.folder, self._bases))

    def _card(self, path: Path) -> _Card:
        status = path.stat()
        stamp = status.st_mtime_ns, status.st_size
        known = self._cards.get(path)
        if known is None or known[0] != stamp:
            known = stamp, _read_card(path)
            self._cards[path] = known
        return known[1]


_KEY = re.compile(r"^(?:(id)|[ \t]+(file|sha256))[ \t]*:[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE)
_HEAD = 4096
"""Bytes of a page that hold these keys as generated; a page whose keys come later is read whole."""


def _read_card(path: Path) -> _Card:
    """The few keys the store goes by, read without the whole of YAML: it looks at every page."""
    with path.open("rb") as file:
        head = file.read(_HEAD).decode("utf-8", errors="replace")
    front = re.split(r"^---[ \t\r]*$", head, maxsplit=2, flags=re.MULTILINE)
    if len(front) < 3 and not re.search("^id:", head, re.MULTILINE):
        frame = split(_read(path))
        front = ["", frame[0] if frame else ""]
    found: dict[str, str] = {}
    for own, below, value in _KEY.findall(front[1] if len(front) > 1 else ""):
        found.setdefault(own or below, _scalar(value))
    return _Card(found.get("id"), found.get("file"), found.get("sha256"))


def _scalar(text: str) -> str:
    if text.startswith('"'):
        with suppress(ValueError):
            return str(json.loads(text))
    return text[1:-1].replace("''", "'") if text.startswith("'") else text.split(" #")[0].strip()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BriefingError(f"{path}: byte {error.start} is not UTF-8; save the page as UTF-8") from error
    except OSError as error:
        raise BriefingError(f"{path}: cannot be read: {error.strerror}") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While no other run of ours writes beside these bases, where the system has such locks."""
    handle = None
    with suppress(ImportError, OSError):
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


_UNFINISHED = ".unfinished"


def _write(path: Path, text: str, last_look: Callable[[], None] = lambda: None) -> None:
    """Put a whole file in place, or leave what was there; `text` goes out as it is, line ends included.

    `last_look` is called when all that is left to do is to give the new file its name, and may raise.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, mode)
            last_look()
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise BriefingError(f"{path}: cannot be written: {error.strerror}; the old file stands") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
