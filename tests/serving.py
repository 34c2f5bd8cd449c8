"""`mkdocs serve` of a project without a socket: what a browser would get, and what it must equal."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import click
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from generator.site.plugin import BriefingsPlugin
from generator.site.serving import Service

_RELOADING = re.compile(rb"<script>\s*var livereload.*?</script>", re.DOTALL)
_BUILD = "import sys; from mkdocs.__main__ import cli; sys.exit(cli())"


class Served:
    """A project as `mkdocs serve` has it, driven by hand: `save` stands for the file watcher."""

    def __init__(self, project: Path) -> None:
        self.project = project
        site_dir = tempfile.mkdtemp(prefix="mkdocs_")

        def builder() -> None:
            build(load_config(str(project / "mkdocs.yml"), site_dir=site_dir))

        config = load_config(str(project / "mkdocs.yml"), site_dir=site_dir)
        with click.Context(click.Command("serve")) as context:
            context.params["livereload"] = True
            config.plugins.on_startup(command="serve", dirty=False)
        build(config)
        self.server = LiveReloadServer(builder, "127.0.0.1", 0, site_dir)
        self.server.watch(config.docs_dir)
        self.server.watch(str(project / "mkdocs.yml"))
        plugin = config.plugins["briefings"]
        assert isinstance(plugin, BriefingsPlugin)
        assert plugin._service is not None
        self.service: Service = plugin._service
        self.service.idle_seconds = 1e6  # the background's work is done by `settle`, when a test wants it
        config.plugins.on_serve(self.server, config=config, builder=builder)
        self._folders = [site_dir]
        self._stop = config.plugins.on_shutdown

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of an address, without the script of live reload."""
        environ: dict[str, object] = {}
        setup_testing_defaults(environ)
        environ["PATH_INFO"] = path.encode().decode("latin-1")
        told: list[str] = []
        app: Any = self.server.get_app()
        parts = app(environ, lambda status, headers: told.append(status))
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return int(told[0].split()[0]), _RELOADING.sub(b"", body)

    def save(self, name: str = "", text: str | None = None) -> None:
        """Write a file of the project (or delete it: None), and let the server notice."""
        path = self.project / name
        if name and text is None:
            path.unlink()
        elif text is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.server.builder()

    def settle(self) -> None:
        """Let the background finish what it has to do."""
        self.service.settle()
        self.server.builder()
        self.service.settle()

    def close(self) -> None:
        self._stop()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)


def clean_build(project: Path) -> dict[str, bytes]:
    """What a `mkdocs build` of a process of its own writes, by path."""
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-c", _BUILD, "build", "--quiet", "--site-dir", name]
        subprocess.run(command, cwd=project, check=True)
        folder = Path(name)
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def differences(served: Served) -> list[str]:
    """Paths of a clean build that are not served as it has them."""
    built = clean_build(served.project)
    return [path for path, data in sorted(built.items()) if served.get(f"/{path}") != (200, data)]
