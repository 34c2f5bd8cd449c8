"""What the tests in a browser share: Chromium, and sites served under a strict Content-Security-Policy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from demo.screenshots import Quiet, find_chromium, serving
from tests.sitebuild import built_site

# No inline script, no other host. Pagefind is WebAssembly; Material sets styles from its scripts.
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; object-src 'none'; base-uri 'none'"
)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


class Strict(Quiet):
    """Serves files under the policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


strictly_serving = partial(serving, handler=Strict)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the site of tests/site is served."""
    with strictly_serving(built_site()) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=program, args=FLAGS.split())
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A wide page in the light; what goes wrong on it, and what it asks of other hosts, fails the test."""
    yield from _page(browser, address, {"width": 1440, "height": 900})


@pytest.fixture
def phone(browser: Any, address: str) -> Iterator[Any]:
    yield from _page(browser, address, {"width": 390, "height": 844})


def _page(browser: Any, address: str, size: dict[str, int], **options: Any) -> Iterator[Any]:
    context = browser.new_context(viewport=size, color_scheme="light", base_url=address, **options)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda request: (
            wrong.append(request.url) if not request.url.startswith((address, "blob:", "data:")) else None
        ),
    )
    yield page
    context.close()
    assert wrong == []
