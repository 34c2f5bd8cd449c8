"""Puts what Pagefind wrote into one order, so that the same site has the same bytes.

Pagefind keeps filters and their values in hash maps: they come out in another order at every run,
and its metadata and file names with them. Both kinds of files are gzipped CBOR (RFC 8949) behind a
magic word; of CBOR they use numbers, text and arrays.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import TypeAlias, Union

_MAGIC = b"pagefind_dcd"

Value: TypeAlias = Union[int, str, "list[Value]"]


def settle(folder: Path) -> bool:
    """Order the filters of the index in `folder` by name and their values by text.

    False, and nothing changed, where the files are not as this version of Pagefind writes them.
    """
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text("utf-8"))
    written: dict[Path, bytes] = {entry_file: b""}
    gone: set[Path] = set()
    try:
        for language in entry["languages"].values():
            meta_file = folder / f"pagefind.{language['hash']}.pf_meta"
            meta = _read(meta_file)
            filters = meta[3]
            for place, (name, old) in enumerate(filters):
                file = folder / f"filter/{old}.pf_filter"
                [of, values] = _read(file)
                if of != name:
                    return False
                data = _pack([name, sorted(values)])
                new = _renamed(old, data)
                filters[place] = [name, new]
                gone.add(file)
                written[folder / f"filter/{new}.pf_filter"] = data
            filters.sort()
            data = _pack(meta)
            language["hash"] = _renamed(language["hash"], data)
            gone.add(meta_file)
            written[folder / f"pagefind.{language['hash']}.pf_meta"] = data
    except (KeyError, IndexError, TypeError, ValueError, OSError):
        return False
    written[entry_file] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    for path in gone:
        path.unlink()
    for path, data in written.items():
        path.write_bytes(data)
    return True


def _renamed(old: str, data: bytes) -> str:
    language, _, digest = old.rpartition("_")
    return f"{language}_{hashlib.sha256(data).hexdigest()[: len(digest)]}"


def _read(path: Path) -> list:  # type: ignore[type-arg]  # its shape is what `settle` looks at
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_MAGIC):
        raise ValueError(f"{path.name}: not written by Pagefind")
    value, end = _value(data, len(_MAGIC))
    if end != len(data) or not isinstance(value, list):
        raise ValueError(f"{path.name}: more than one value")
    return value


def _pack(value: Value) -> bytes:
    return gzip.compress(_MAGIC + _bytes(value), mtime=0)


def _value(data: bytes, at: int) -> tuple[Value, int]:
    kind, short = data[at] >> 5, data[at] & 31
    at += 1
    size = short
    if short >= 24:
        width = 1 << (short - 24)
        if width > 8:
            raise ValueError("a length that CBOR does not have")
        size = int.from_bytes(data[at : at + width])
        at += width
    if kind == 0:
        return size, at
    if kind == 3:
        return data[at : at + size].decode(), at + size
    if kind != 4:
        raise ValueError(f"a kind of value that Pagefind does not write: {kind}")
    values: list[Value] = []
    for _ in range(size):
        value, at = _value(data, at)
        values.append(value)
    return values, at


def _bytes(value: Value) -> bytes:
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    return _head(4, len(value)) + b"".join(map(_bytes, value))


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    width = next(width for width in (1, 2, 4, 8) if size < 1 << (8 * width))
    return bytes([kind << 5 | (23 + width.bit_length())]) + size.to_bytes(width)
