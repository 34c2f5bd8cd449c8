"""Where pages are: their addresses, and how one page names another.

Pages name each other from the site's root with the mark `ROOT`, which stands for the way up from
the page it is on; `resolve` puts the way in. So one piece of HTML can be shown on pages of any
depth. The mark cannot come from text: escaping leaves no `<` in it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

ROOT = "<root>"


@lru_cache(maxsize=1 << 16)  # asked for every briefing each time that a served page is found
def slug(text: str) -> str:
    """A name for a folder: ASCII letters, digits and single hyphens, never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].rstrip("-")
    return made or "x" + hashlib.sha256(text.encode()).hexdigest()[:8]


def address(uri: str, *, directory_urls: bool = True) -> str:
    """The address, from the site's root, of the page made from the Markdown file `uri`."""
    stem = uri.removesuffix(".md")
    if stem == uri:
        return uri
    if stem == "index" or stem.endswith("/index"):
        folder = stem.removesuffix("index")
        return folder if directory_urls else f"{folder}index.html"
    return f"{stem}/" if directory_urls else f"{stem}.html"


def way_up(uri: str, *, directory_urls: bool = True) -> str:
    """What leads from a page back to the site's root: `"./"`, `"../"`, `"../../"`, …"""
    return "../" * address(uri, directory_urls=directory_urls).count("/") or "./"


def resolve(html: str, uri: str, *, directory_urls: bool = True) -> str:
    """The HTML as it stands on the page `uri`."""
    return html.replace(ROOT, way_up(uri, directory_urls=directory_urls))
