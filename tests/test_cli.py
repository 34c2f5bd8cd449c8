"""The command line: what each command writes, says and returns."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from generator.cli import app
from generator.evaluation import corpus_sha256, find_corpus

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "2025-05-17-istanbul-talks.txt"
LEDE = "The ministers of both countries agreed on Tuesday to reopen the crossing, officials said."


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one short article in seeds/, in which the commands run."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "2026-03-03-crossing.txt").write_text(
        f'{LEDE}\n\n"The road belongs to everybody," said Ana Reyes, the mayor of Holt.\n', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def briefings(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_generate_writes_and_says_what_it_wrote() -> None:
    """The first run writes a page for each article and names it."""
    result = briefings("generate")
    assert result.exit_code == 0, result.output
    assert result.stdout == "created   briefings/2026-03-03-crossing.md\n1 article: 1 created\n"
    assert "The road belongs to everybody" in Path("briefings/2026-03-03-crossing.md").read_text()


def test_generating_twice_changes_no_byte() -> None:
    """A second run reads nothing again; a forced one reads all, and both leave every byte as it was."""
    briefings("generate")
    before = snapshot(Path("briefings"))
    assert briefings("generate").stdout == "1 article: 1 known already\n"
    assert briefings("generate", "--force").stdout == "1 article: 1 unchanged\n"
    assert snapshot(Path("briefings")) == before


def test_a_lost_memory_changes_no_byte() -> None:
    """Without the cache everything is read again, and nothing changes."""
    briefings("generate")
    before = snapshot(Path("briefings"))
    for broken in ("", "{}", '{"version": 1, "articles": []}'):
        Path(".cache/generated.json").write_text(broken)
        assert briefings("generate").stdout == "1 article: 1 unchanged\n"
    assert snapshot(Path("briefings")) == before


def test_a_changed_article_is_generated_again() -> None:
    """An article whose bytes changed is read again, and its page brought up to date."""
    briefings("generate")
    article = Path("seeds/2026-03-03-crossing.txt")
    article.write_text(article.read_text() + "\nThe guards of both sides said they would leave on Friday.\n")
    assert (
        briefings("generate").stdout == "updated   briefings/2026-03-03-crossing.md\n1 article: 1 updated\n"
    )
    assert "they would leave on Friday" in Path("briefings/2026-03-03-crossing.md").read_text()


def test_an_edit_survives_generation() -> None:
    """What a person wrote into a page stands there after the article changed."""
    briefings("generate")
    page = Path("briefings/2026-03-03-crossing.md")
    page.write_text(page.read_text() + "\n## Our view\n\nAsk Reyes about the guards.\n")
    article = Path("seeds/2026-03-03-crossing.txt")
    article.write_text(article.read_text() + "\nThe guards of both sides said they would leave on Friday.\n")
    assert briefings("generate").exit_code == 0
    assert "Ask Reyes about the guards." in page.read_text()
    assert "they would leave on Friday" in page.read_text()


def test_a_conflict_is_listed_and_the_code_is_3_until_it_is_settled() -> None:
    """Where article and editor changed one line, both stand in the page, and `resolve` takes a side."""
    briefings("generate")
    page = Path("briefings/2026-03-03-crossing.md")
    page.write_text(
        page.read_text().replace("The road belongs to everybody,", "The road belongs to all of us,")
    )
    article = Path("seeds/2026-03-03-crossing.txt")
    article.write_text(
        article.read_text().replace("The road belongs to everybody,", "The road belongs to Holt now,")
    )
    result = briefings("generate")
    assert result.exit_code == 3
    assert "conflict  briefings/2026-03-03-crossing.md:" in result.output
    assert briefings("check").exit_code == 1
    settled = briefings("resolve", str(page), "--mine")
    assert settled.stdout == f"{page}: 3 conflicts settled\n"
    assert "belongs to all of us" in page.read_text()
    assert "<<<<<<<" not in page.read_text()
    assert briefings("generate").exit_code == 0


def test_a_deleted_page_stays_deleted_until_it_is_restored() -> None:
    """A page that somebody deleted comes back only with --restore."""
    briefings("generate")
    page = Path("briefings/2026-03-03-crossing.md")
    page.unlink()
    assert "1 deleted by hand and left so" in briefings("generate", "--force").stdout
    assert not page.exists()
    assert briefings("generate", "--restore").exit_code == 0
    assert page.exists()


def test_articles_can_be_named_and_dated() -> None:
    """An article without a date is refused; with --date it is read."""
    Path("wire.txt").write_text(f"{LEDE}\n\n{LEDE}", encoding="utf-8")
    refused = briefings("generate", "wire.txt")
    assert refused.exit_code == 1
    assert "failed    wire.txt: the article has no date; say it with --date" in refused.output
    assert briefings("generate", "wire.txt", "--date", "2026-03-04").exit_code == 0
    assert Path("briefings/2026-03-04-wire.md").exists()


def test_an_empty_folder_says_what_to_put_there() -> None:
    """Without articles, the command says where they belong, and fails."""
    Path("seeds/2026-03-03-crossing.txt").unlink()
    result = briefings("generate")
    assert result.exit_code == 1
    assert "put a .txt, .md, .html or .json file into seeds/" in result.output


def test_readmes_and_hidden_files_are_no_articles() -> None:
    """In a folder, only what may be an article is read."""
    Path("seeds/README.md").write_text("# About these articles")
    Path("seeds/.draft.txt").write_text("draft")
    Path("seeds/notes.docx").write_text("notes")
    assert briefings("generate").stdout.endswith("1 article: 1 created\n")


def test_extract_prints_one_object_a_line() -> None:
    """Each article is one line of JSON whose offsets lead to the words in the file."""
    shutil.copy(SEED, "seeds")
    result = briefings("extract", "seeds")
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["article"]["date"] for line in lines] == ["2025-05-17", "2026-03-03"]
    crossing = lines[1]
    assert (crossing["schema"], crossing["article"]["path"]) == (
        "briefing/1",
        "seeds/2026-03-03-crossing.txt",
    )
    text = Path("seeds/2026-03-03-crossing.txt").read_bytes().decode()
    quotes = [[text[start:end] for start, end in quote["parts"]] for quote in crossing["quotes"]]
    assert quotes == [["The road belongs to everybody,"]]


def test_extract_can_write_files() -> None:
    """With --output, each article becomes a file of its name; two of one name are refused."""
    result = briefings("extract", "seeds", "--output", "build/found")
    assert result.stdout == "1 of 1 articles written to build/found\n"
    assert json.loads(Path("build/found/2026-03-03-crossing.json").read_text())["actors"]
    Path("seeds/again").mkdir()
    shutil.copy("seeds/2026-03-03-crossing.txt", "seeds/again")
    twice = briefings("extract", "seeds", "--output", "build/found")
    assert twice.exit_code == 2
    assert "2 articles would be written to" in twice.output


def test_extract_writes_no_page() -> None:
    """Extraction touches nothing but its output."""
    before = snapshot(Path())
    briefings("extract", "seeds")
    assert snapshot(Path()) == before


def test_less_sure_findings_are_left_out() -> None:
    """With --min-score 1, nothing that is less than certain is printed."""
    all_found = json.loads(briefings("extract", str(SEED)).stdout)
    certain = json.loads(briefings("extract", str(SEED), "--min-score", "1").stdout)
    assert len(certain["positions"]) < len(all_found["positions"])
    assert all(item["score"] >= 1 for item in certain["positions"])


def test_new_writes_an_empty_briefing_and_never_over_another() -> None:
    """A page to fill by hand passes the check; a second one of that title gets another name."""
    first = briefings("new", "Harbour talks: resumed", "--date", "2026-03-03")
    assert first.stdout == "created   briefings/2026-03-03-harbour-talks-resumed.md\n"
    assert briefings("new", "Harbour talks: resumed", "--date", "2026-03-03").exit_code == 0
    assert len(list(Path("briefings").glob("*.md"))) == 2
    checked = briefings("check")
    assert checked.exit_code == 0, checked.output


def test_check_names_file_and_line() -> None:
    """A quote that no longer stands in the source is found, with the line where it is."""
    briefings("generate")
    assert briefings("check").stdout.endswith("1 page checked: 0 errors, 0 warnings\n")
    page = Path("briefings/2026-03-03-crossing.md")
    text = page.read_text().replace(
        "“The road belongs to everybody,”", "“The road belongs to nobody at all,”"
    )
    page.write_text(text)
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "nobody at all" in words)
    result = briefings("check", str(page), "--strict")
    assert result.exit_code == 1
    assert f"{page}:{line}: " in result.stdout


def test_tidy_is_done_once() -> None:
    """Tidying gives a new entry its id; tidying again changes nothing."""
    briefings("generate")
    page = Path("briefings/2026-03-03-crossing.md")
    page.write_text(page.read_text().replace("## Quotes\n", "## Quotes\n\n> “A line of ours.”\n"))
    assert briefings("tidy", "--check").exit_code == 1
    assert briefings("tidy").stdout == f"tidied    {page}\n1 page tidied\n"
    assert briefings("tidy", "--check").stdout == "0 pages to tidy\n"


def test_what_is_no_page_and_what_cannot_be_read_stops_no_other(desk: Path) -> None:
    """A README among the pages is left alone, and an unreadable page is named while the others are done."""
    briefings("generate")
    Path("briefings/README.md").write_text("# About these pages\n")
    assert briefings("check").stdout == "1 page checked: 0 errors, 0 warnings\n"
    Path("briefings/1-broken.md").write_text("---\ntitle: [\n---\n")
    page = Path("briefings/2026-03-03-crossing.md")
    page.write_text(page.read_text().replace("## Quotes\n", "## Quotes\n\n> “A line of ours.”\n"))
    tidied = briefings("tidy")
    assert tidied.exit_code == 1
    assert "failed    briefings/1-broken.md:" in tidied.output
    assert f"tidied    {page}" in tidied.output
    shown = briefings("diff")
    assert shown.exit_code == 1
    assert "A line of ours." in shown.output


def test_diff_shows_what_people_changed() -> None:
    """Only a person's changes are shown, as text and as JSON lines."""
    briefings("generate")
    assert briefings("diff").stdout == ""
    page = Path("briefings/2026-03-03-crossing.md")
    page.write_text(page.read_text().replace("“The road belongs to everybody,”", "“The road belongs to us,”"))
    assert "belongs to us" in briefings("diff").stdout
    changes = [json.loads(line) for line in briefings("diff", "--json").stdout.splitlines()]
    assert [change["page"] for change in changes] == [str(page)] * len(changes)
    assert changes


def test_actors_suggests_entries_for_the_registry() -> None:
    """What `actors` prints is a registry that can be used as it is."""
    for number, words in enumerate(("Ana Reyes, the mayor of Holt", "Reyes")):
        text = f'{LEDE}\n\n"The road belongs to everybody," said {words}.\n'
        Path(f"seeds/2026-03-0{number + 1}-road.txt").write_text(text, encoding="utf-8")
    briefings("generate")
    result = briefings("actors")
    assert yaml.safe_load(result.stdout) == {"ana-reyes": {"same_as": ["reyes"]}}
    Path("briefings/actors.yml").write_text(result.stdout)
    assert briefings("actors").stdout == ""


def test_evaluate_prints_a_table_and_keeps_floors(desk: Path) -> None:
    """Scores are printed; below a floor the exit code is 1 and the figure is named."""
    gold = {
        "actors": [{"name": "Ana Reyes", "kind": "person", "role": None, "aliases": [], "key": True}],
        "quotes": [{"speaker": "Ana Reyes", "parts": ["The road belongs to everybody,"]}],
        "positions": [],
        "next_steps": [],
        "timeline": [],
    }
    Path("seeds/2026-03-03-crossing.json").write_text(json.dumps(gold))
    result = briefings("evaluate", "seeds")
    assert result.exit_code == 0, result.output
    assert "quotes+speaker    P 100.0  R 100.0  F 100.0  gold 1" in result.stdout
    assert "1 article; no floors for this corpus" in result.stdout
    Path("floors.toml").write_text(f"[{corpus_sha256(find_corpus(desk / 'seeds'))}.floors]\ntimeline = 50\n")
    fallen = briefings("evaluate", "seeds", "--floors", "floors.toml")
    assert fallen.exit_code == 1
    assert "timeline fell to 0.0, the floor is 50" in fallen.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate", "--workers", "0"],
        ["generate", "--date", "May"],
        ["resolve", "x.md"],
        ["check", "gone.md"],
        ["gen"],
    ],
)
def test_a_wrong_command_has_code_2(arguments: list[str]) -> None:
    """A mistake in the command itself is told apart from a mistake in an article."""
    assert briefings(*arguments).exit_code == 2


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )


def test_an_error_is_one_line_and_no_traceback() -> None:
    """An error that we know is one line on standard error, with the code of its kind."""
    result = program("extract", "no/such/article.txt")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "error: no/such/article.txt: there is no such file or folder\n"


def test_a_missing_model_is_an_error_before_any_article_fails() -> None:
    """A model that does not exist is told once."""
    result = program("extract", "seeds", "--model", "no_such_model")
    assert result.returncode == 1
    assert result.stderr.count("error: cannot load the language model 'no_such_model'") == 1
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", ["--help", "check --help", "new --help", "--version", "check"])
def test_what_needs_no_model_loads_none(arguments: str) -> None:
    """Help, `check` and `new` do not wait for spaCy, and the site's packages stay out as well."""
    heavy = {"spacy", "onnxruntime", "trafilatura", "mkdocs"}
    code = (
        f"import sys; sys.argv = ['briefings', *{arguments.split()}]\n"
        "from generator.cli import app\n"
        "try: app()\nexcept SystemExit: pass\n"
        f"assert not {heavy} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize(
    "command",
    ["generate", "extract", "new", "check", "build", "tidy", "diff", "resolve", "actors", "evaluate"],
)
def test_help_has_an_example(command: str) -> None:
    """The help of each command shows how it is used."""
    assert f"briefings {command}" in briefings(command, "--help").stdout.replace("\n", " ")


def test_hooks_call_commands_that_there_are() -> None:
    """The hooks for pre-commit call our commands, on pages and on nothing else."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {hook["id"]: hook["entry"] for hook in hooks} == {
        "briefings-check": "briefings check",
        "briefings-tidy": "briefings tidy",
    }
    for hook in hooks:
        assert re.match(hook["files"], "briefings/2026-03-03-crossing.md")
        assert not re.match(hook["files"], "briefings/.generated/2026-03-03-crossing.md")
        assert re.match(hook["exclude"], "briefings/README.md")
