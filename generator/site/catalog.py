"""What there is on a site: pages and files by where they are, found one by one as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.site.links import address
from generator.site.press import Asset, Page


class Catalog:
    """Pages and files, taken from where they are made only as far as is needed. Of two with one uri the
    first counts."""

    def __init__(self, made: Iterable[Page | Asset], *, directory_urls: bool = True) -> None:
        self._directory_urls = directory_urls
        self._rest = iter(made)
        self._by_uri: dict[str, Page | Asset] = {}
        self._by_target: dict[str, Page | Asset] = {}

    def __iter__(self) -> Iterator[Page | Asset]:
        """All of them, in the order of PAGES."""
        for _ in self._go_on():
            pass
        return iter(self._by_uri.values())

    def find(self, uri: str) -> Page | Asset | None:
        """The page whose Markdown file would be `uri`, or the file of that name."""
        return self._by_uri.get(uri) or next((m for m in self._go_on() if m.uri == uri), None)

    def at(self, target: str) -> Page | Asset | None:
        """What is written to the file `target`, named from the site's root."""
        return self._by_target.get(target) or next(
            (made for made in self._go_on() if self.target(made) == target), None
        )

    def target(self, made: Page | Asset) -> str:
        """The file, from the site's root, that a page or file is written to."""
        place = address(made.uri, directory_urls=self._directory_urls)
        return f"{place}index.html" if place == "" or place.endswith("/") else place

    def _go_on(self) -> Iterator[Page | Asset]:
        for made in self._rest:
            if made.uri not in self._by_uri:
                self._by_uri[made.uri] = made
                self._by_target[self.target(made)] = made
                yield made
