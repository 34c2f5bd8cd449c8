"""HTML: the article in a saved web page, without its menus and scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import ArticleError
from generator.readers.header import Header, make_header
from generator.readers.paragraphs import Paragraph
from generator.readers.plain import split

if TYPE_CHECKING:
    from trafilatura.settings import Document

_BEGINS = re.compile(
    r"\s*\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.I | re.S,
)


def looks_like_html(suffix: str, text: str) -> bool:
    """Whether a file is HTML, by its name or by how it begins."""
    return suffix in (".html", ".htm", ".xhtml") or bool(_BEGINS.match(text[:2000]))


def read_html(text: str, path: str) -> tuple[str, Header, list[Paragraph]]:
    """The text that was extracted from a page, one paragraph a line, and what its metadata say."""
    page = extract(text, path)
    words = page.text or ""
    header = make_header(
        {
            "title": _without_site(page.title or "", page.sitename or ""),
            "date": page.date,
            "url": page.url,
            "publisher": page.sitename,
            "byline": re.sub(r"\s*;\s*", ", ", page.author or ""),
            "tags": [tag for tags in page.tags or [] for tag in tags.split(",")],
            "language": _language(text),
        },
        path,
    )
    return words, header, split(words)


def extract(text: str, path: str) -> Document:
    """The article in a page, its `text` not empty. Raises ArticleError where there is none."""
    # Imported here: a third of a second that other articles need not wait for.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    page = bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(page, Document) or not page.text:
        raise ArticleError(f"{path}: no article was found in this page; save its text as a .txt file")
    return page


def _without_site(title: str, site: str) -> str:
    """A page's title without the outlet's name that many set before or behind it."""
    name = re.escape(site)
    bare = re.sub(rf"^{name}\s*[|:·–—-]\s+|\s+[|·–—-]\s*{name}$", "", title, flags=re.I) if site else title
    return bare or title


def _language(text: str) -> str | None:
    """What the page's root element says of its language."""
    found = re.search(r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z-]+)", text[:5000], re.I)
    return found[1] if found else None
