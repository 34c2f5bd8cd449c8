"""`python -m demo.screenshots`: pictures of the built demonstration site, for the README and the docs.

Needs `make demo` before it, and a Chromium on the path.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "demo" / "site"
PICTURES = ROOT / "docs" / "assets" / "screenshots"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}

MORNING = "2026-04-08T09:00:00"
"""When the pictures are taken, as the pages see it: what is due depends on the reader's clock."""

BRIEFING = "briefings/2026-03-10-ostrel-talks-fail/"
SHOTS: tuple[tuple[str, str, dict[str, int], str], ...] = (
    ("home", "", DESKTOP, "light"),
    ("briefing", BRIEFING, DESKTOP, "light"),
    ("briefing-dark", BRIEFING, DESKTOP, "dark"),
    ("briefing-phone", BRIEFING, PHONE, "light"),
    ("actor", "actors/piet-harrow/", DESKTOP, "light"),
    ("issue", "issues/joint-monitoring/", DESKTOP, "light"),
    ("quotes", "quotes/", DESKTOP, "light"),
    ("next-steps", "next-steps/", DESKTOP, "dark"),
    ("search", "", DESKTOP, "light"),
)
"""Name, page, size of the window, colours."""

SEARCHED = "joint monitoring"
"""What is typed into the search for its picture."""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving(site: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> Iterator[str]:
    """The address of a built site while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def find_chromium() -> str | None:
    """Where a Chromium is; None where the path has none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def main() -> int:
    """Write a PNG for each of SHOTS; gives 1 where the site, the browser or its driver is missing."""
    program = find_chromium()
    if not (SITE / "index.html").exists() or program is None:
        missing = "a Chromium on the path" if program is None else f"the site in {SITE}: run `make demo`"
        print(f"screenshots need {missing}", file=sys.stderr)
        return 1
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("screenshots need playwright: run `make screenshots`", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with serving(SITE) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, page, size, colours in SHOTS:
            look: dict[str, Any] = {"viewport": size, "color_scheme": colours, "reduced_motion": "reduce"}
            view = browser.new_page(**look)
            view.clock.set_fixed_time(MORNING)
            view.goto(f"{address}{page}", wait_until="networkidle")
            if name == "search":
                view.locator("#bf-search-open").click()
                view.locator(".bf-search__input").fill(SEARCHED)
                view.wait_for_selector(".bf-hit mark")
            view.screenshot(path=PICTURES / f"{name}.png")
            view.close()
            print(f"written   {(PICTURES / name).relative_to(ROOT)}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
