"""Which articles are to be generated: the files in a folder, and what has changed since the last time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import generator
from generator.errors import ArticleError
from generator.readers import SUFFIXES


def find_articles(paths: Iterable[Path]) -> list[Path]:
    """The articles named, and those in the folders named, sorted within each folder; each once.

    Folders are searched with all that is in them, for the suffixes that readers know; hidden files
    and READMEs are none. Raises ArticleError for a path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(item for item in path.rglob("*") if _is_article(item, path))))
        elif path.exists():
            found[path] = None
        else:
            raise ArticleError(f"{path}: there is no such file or folder")
    return list(found)


def _is_article(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
    return path.suffix.lower() in SUFFIXES and path.stem.upper() != "README" and not hidden and path.is_file()


@cache
def generator_version(model: str | None) -> str:
    """A digest of what decides what is found: this package's code and data, and the model's name."""
    root = Path(generator.__file__).parent
    digest = hashlib.sha256(f"{generator.__version__} {model}".encode())
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".json"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Memory:
    """What was generated from which bytes, in a file that may be lost: then everything is new.

    Kept in `.cache/`, never committed. A file that cannot be read, or says something else, counts
    as empty.
    """

    def __init__(self, file: Path, version: str) -> None:
        self._file = file
        self._version = version
        self._known: dict[str, list[str]] = {}
        try:
            stored = json.loads(file.read_text(encoding="utf-8"))
            if stored["version"] == version:
                self._known = {
                    str(path): [str(sha), str(id)] for path, (sha, id) in stored["articles"].items()
                }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass

    def id_of(self, path: Path, sha256: str) -> str | None:
        """The id of the briefing that was generated from exactly these bytes by this version."""
        sha, id = self._known.get(str(path), (None, None))
        return id if sha == sha256 else None

    def remember(self, path: Path, sha256: str, id: str) -> None:
        self._known[str(path)] = [sha256, id]

    def save(self) -> None:
        """Write the file; where that is not possible, nothing is lost but time."""
        text = json.dumps({"version": self._version, "articles": self._known}, indent=1, sort_keys=True)
        new = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(text, encoding="utf-8")
            new.replace(self._file)
        except OSError:
            new.unlink(missing_ok=True)


def open_memory(
    briefings: Path, *, model: str | None = None, min_score: float = 0.0, date: str = ""
) -> Memory:
    """What was generated into this folder with these settings, kept below the working folder."""
    return Memory(Path(".cache/generated.json"), f"{generator_version(model)} {min_score} {date} {briefings}")


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes; of one that cannot be read, an empty text (reading it will say why)."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
