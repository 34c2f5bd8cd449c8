"""Watches files for `mkdocs serve`: at once where the system tells of changes, by polling where not."""

from __future__ import annotations

import os
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

# Files are also opened, and closed, by those who read them: ourselves among others.
_CHANGES = [FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent]
QUIET_SECONDS = 0.02
"""How long nothing more must change before a change counts as complete."""


class _PromptObserver(Observer):  # type: ignore[valid-type,misc]  # a class chosen for the platform
    """Tells of changes only, and of those of a single file also when an editor replaces it."""

    def start(self) -> None:
        if not self.is_alive():  # the server starts it once more
            super().start()

    def schedule(
        self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False, **_: Any
    ) -> Any:
        if os.path.isfile(path):
            # What is watched is the file itself, and gone once another takes its name.
            return super().schedule(_Only(handler, path), os.path.dirname(path), event_filter=_CHANGES)
        return super().schedule(handler, path, recursive=recursive, event_filter=_CHANGES)


class _Only(FileSystemEventHandler):
    """Passes on what happens to one file of a folder."""

    def __init__(self, handler: FileSystemEventHandler, path: str) -> None:
        self._handler, self._path = handler, path

    def dispatch(self, event: FileSystemEvent) -> None:
        if self._path in (event.src_path, event.dest_path):
            self._handler.dispatch(event)


def watch_promptly(server: LiveReloadServer, *, polling: bool = False) -> None:
    """Let the server learn of changes from the system instead of by looking for them twice a second.

    Where the system cannot tell (no inotify, or no more watches allowed), or `polling` asks for it, the
    server goes on looking.
    """
    server.build_delay = QUIET_SECONDS
    if polling or Observer is PollingObserver:
        return
    prompt = _PromptObserver()
    try:
        prompt.start()
    except OSError:
        return
    watched = list(server._watched_paths)
    slow = server.observer
    for path in watched:
        server.unwatch(path)
    server.observer = prompt
    try:
        for path in watched:
            server.watch(path)
    except OSError:
        prompt.stop()
        server.observer = slow
        server._watched_paths.clear()
        for path in watched:
            server.watch(path)
