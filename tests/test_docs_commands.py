"""The commands that the documentation shows, run in the order of the page."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from generator.cli import app

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))]
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shown(page: str) -> list[tuple[str, str]]:
    """The commands of a page, each with the output shown below it."""
    commands: list[tuple[str, str]] = []
    for block in CONSOLE.findall((ROOT / page).read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            commands.append((command, output))
    return commands


@pytest.mark.parametrize("page", [page for page in PAGES if shown(page)])
def test_commands_in_the_docs_do_what_they_show(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each `briefings` command of a page succeeds, and prints the output that the page shows for it."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "seeds", "seeds")
    shutil.copytree(ROOT / "docs", "docs")
    shutil.copy(ROOT / "mkdocs.yml", ".")
    Path("tests/corpus").mkdir(parents=True)
    for path in sorted((ROOT / "tests" / "corpus").iterdir())[:2]:
        shutil.copy(path, "tests/corpus")
    for command, output in shown(page):
        program, *arguments = shlex.split(command, comments=True)
        if program != "briefings" or "--model" in arguments:  # other pipelines are not installed here
            continue
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, f"{command}\n{result.output}"
        if output.strip():
            assert result.stdout == output, command


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_in_the_docs_exist(page: str) -> None:
    """Each `make` target that a page names is in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(
        re.findall(r"(?:`|^\$ )make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named <= targets


def test_every_command_is_documented() -> None:
    """docs/commands.md has a section for each command that there is."""
    sections = set(re.findall(r"^## (\w+)$", (ROOT / "docs" / "commands.md").read_text(), re.MULTILINE))
    there = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    assert there <= sections
