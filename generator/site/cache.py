"""What earlier builds made, on disk: one file of SQLite in `.cache/`, never committed, that may be lost.

Everything is kept under a digest of all that it was made from, together with a digest of itself. What
does not fit, in a file of another program or a broken one, counts as not there.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

FORMAT = 1
_APPLICATION = 0x62726673
"""Marks the file as ours among files of SQLite."""
_SECONDS_TO_WAIT = 1.0
"""For another build that writes; after it this one goes without."""


def digest(parts: Iterable[bytes | str]) -> bytes:
    """16 bytes that stand for these parts, in this order."""
    made = blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8) + data)
    return made.digest()


class Cache:
    """Bytes by key. Where the file cannot be used, nothing is found and nothing kept."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._used: set[bytes] = set()
        self._db: sqlite3.Connection | None = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._db = self._open()
        except (OSError, sqlite3.OperationalError):
            pass  # not writable, or another build is at it
        except sqlite3.DatabaseError:
            self._start_over()

    def get(self, key: bytes) -> bytes | None:
        """What was put under the key, as it was put; None where there is nothing or it was changed."""
        packed = self._packed(key)
        return zlib.decompress(packed) if packed is not None else None

    def holds(self, keys: Iterable[bytes]) -> bool:
        """Whether everything under these keys is there, and as it was put."""
        return all(self._packed(key) is not None for key in keys)

    def _packed(self, key: bytes) -> bytes | None:
        if self._db is None:
            return None
        try:
            row = self._db.execute("SELECT sum, data FROM made WHERE key = ?", (key,)).fetchone()
            if row is None or digest([key, row[1]]) != row[0]:
                return None
        except (sqlite3.Error, TypeError, AttributeError):
            return None
        self._used.add(key)
        return bytes(row[1])

    def put(self, key: bytes, data: bytes) -> None:
        packed = zlib.compress(data, 1)
        self._used.add(key)
        self._do("INSERT OR REPLACE INTO made VALUES (?, ?, ?)", (key, digest([key, packed]), packed))

    def close(self, *, keep: bool) -> None:
        """Write what was put and forget what this build did not use; unless `keep`, nothing is written."""
        if self._db is None:
            return
        try:
            if keep:
                old = {key for (key,) in self._db.execute("SELECT key FROM made")} - self._used
                self._db.executemany("DELETE FROM made WHERE key = ?", ((key,) for key in old))
                self._db.commit()
            self._db.close()
        except sqlite3.Error:
            pass
        self._db = None

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, timeout=_SECONDS_TO_WAIT)
        mark = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if mark != [_APPLICATION, FORMAT]:
            known = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if known:
                db.close()
                raise sqlite3.DatabaseError("made by something else")
            db.execute(f"PRAGMA application_id = {_APPLICATION}")
            db.execute(f"PRAGMA user_version = {FORMAT}")
            db.execute("CREATE TABLE made (key BLOB PRIMARY KEY, sum BLOB, data BLOB)")
            db.commit()
        return db

    def _start_over(self) -> None:
        try:
            self._file.unlink(missing_ok=True)
            self._db = self._open()
        except (OSError, sqlite3.Error):
            self._db = None

    def _do(self, statement: str, values: tuple[bytes, ...]) -> None:
        if self._db is None:
            return
        try:
            self._db.execute(statement, values)
        except sqlite3.Error:
            self._db = None
