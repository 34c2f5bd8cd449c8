"""Whether an article is in English, the one language that the embedded model reads."""

from __future__ import annotations

import re

from generator.errors import ArticleError

FUNCTION_WORDS = frozenset(
    "the of to and a in that is for on with was as it by at from be are has have had not this his he she "
    "they its their which who will would said but an or were been we i you".split()
)
ENOUGH = 40
"""Words from which on the check is made: fewer may all be names."""
LEAST = 0.12
"""Share of function words: English news has 0.30 to 0.45, other languages in Latin letters under 0.07."""


def check_language(prose: str, stated: str | None, name: str) -> str:
    """The language of the article, "en"; raises ArticleError where it is another.

    What the file states is believed; otherwise the share of English function words decides.
    """
    if stated:
        if re.match(r"(?i)en(?:[-_]|\b|glish)", stated):
            return "en"
        raise ArticleError(
            f"{name}: the article says its language is {stated[:20]!r}; only English can be read"
        )
    words = re.findall(r"[^\W\d_]+", prose[:20_000].lower())
    share = sum(word in FUNCTION_WORDS for word in words) / max(1, len(words))
    if len(words) >= ENOUGH and share < LEAST:
        raise ArticleError(
            f"{name}: this does not read like English, the only language that can be read; "
            "if it is, say `language: en` in its front matter"
        )
    return "en"
