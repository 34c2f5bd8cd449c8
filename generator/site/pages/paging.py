"""Long lists in pages of a bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def paged(
    folder: str, items: Sequence[Item], size: int
) -> Iterator[tuple[str, Sequence[Item], list[str], int]]:
    """For each page: its uri, its items, the uris of all pages, its place among them (0-based).

    The first page is the folder itself; an empty list makes one empty page.
    """
    number = max(1, -(-len(items) // size))
    uris = [f"{folder}/index.md" if n == 0 else f"{folder}/page-{n + 1}.md" for n in range(number)]
    for n, uri in enumerate(uris):
        yield uri, items[n * size : (n + 1) * size], uris, n
