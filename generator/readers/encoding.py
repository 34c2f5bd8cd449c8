"""From the bytes of a file to its text, or to a message that says what the file is instead."""

from __future__ import annotations

import codecs

from generator.errors import ArticleError

_KINDS = (
    (b"%PDF", "a PDF; save its text as a .txt file"),
    (b"PK\x03\x04", "a ZIP archive or an office document; save its text as a .txt file"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save its text as a .txt file"),
    (b"{\\rtf", "a rich text document; save it as plain text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "compressed; unpack it first"),
)
_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, unchanged, a byte order mark included.

    Raises ArticleError for empty and binary files, and names the first byte that is no UTF-8.
    """
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise ArticleError(f"{name}: the file is empty; an article is text in paragraphs")
    for start, kind in _KINDS:
        if data.startswith(start):
            raise ArticleError(f"{name}: this is {kind}")
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            raise ArticleError(f"{name}: {_convert(f'the file is {encoding}', encoding, name)}")
    zero = data.find(b"\0")
    if zero >= 0:
        raise ArticleError(f"{name}: this is no text: byte {zero} is zero; articles are text, HTML or JSON")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        raise ArticleError(f"{name}:{line}: {_convert(found, 'WINDOWS-1252', name)}") from error


def _convert(found: str, encoding: str, name: str) -> str:
    return f"{found}; convert it, for example: iconv -f {encoding} -t UTF-8 {name!r} > article.txt"
