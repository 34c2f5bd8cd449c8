"""The command line: `briefings …`. What takes time to import is imported by the command that needs it.

Exit codes: 0 all went well; 1 an article, a page or a figure is not as it should be; 2 the command
itself was wrong; 3 there are conflicts to settle.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

import generator
from generator.errors import BriefingsError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from rich.progress import Progress

CONFLICTS = 3
out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(soft_wrap=True, highlight=False, markup=False, stderr=True)

app = typer.Typer(
    name="briefings",
    help="Turn news articles into structured, hand-editable briefings.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Articles = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATHS", help="Articles, or folders of them.", show_default=False),
]
Briefings = Annotated[
    Path, typer.Option("--briefings", "-b", metavar="DIR", help="The folder that holds the briefings.")
]
Model = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Another spaCy pipeline: a package or a folder.", show_default=False),
]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--date",
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help="The day the articles appeared.",
        show_default=False,
    ),
]
Workers = Annotated[int, typer.Option(min=1, metavar="N", help="Processes to read articles with.")]
MinScore = Annotated[
    float,
    typer.Option(min=0.0, max=1.0, metavar="S", help="Leave out what is less sure than this, from 0 to 1."),
]
Pages = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PAGES", help="Briefings; by default all of them.", show_default=False),
]
DEFAULT = Path("briefings")


def main() -> None:
    """Run the command line; an error that we know is one line on standard error, not a traceback."""
    try:
        app()
    except BriefingsError as error:
        err.print(f"error: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output has gone, as in `briefings extract … | head`
        sys.stderr.close()
        sys.exit(0)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"briefings {generator.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None: ...


@app.command()
def generate(
    paths: Articles = None,
    briefings: Briefings = DEFAULT,
    date: Day = None,
    model: Model = None,
    workers: Workers = 1,
    min_score: MinScore = 0.0,
    force: Annotated[
        bool, typer.Option("--force", help="Read articles again that have not changed.")
    ] = False,
    restore: Annotated[
        bool, typer.Option("--restore", help="Bring back pages that somebody deleted.")
    ] = False,
) -> None:
    """Write a briefing for each new or changed article (by default those in `seeds/`).

    What people edited is kept: new findings are merged into it. Where both changed the same line,
    the page shows both, the conflict is listed here, and the exit code is 3.

    - `briefings generate`
    - `briefings generate seeds/2025-05-17-istanbul-talks.txt --force`
    - `briefings generate ~/wire --workers 4 --min-score 0.4`
    """
    from generator.generate import generate as generate_all
    from generator.seeds import find_articles, open_memory
    from generator.store import Store

    articles = find_articles(paths or [Path("seeds")])
    if not articles:
        err.print("no articles found; put a .txt, .md, .html or .json file into seeds/")
        raise typer.Exit(1)
    memory = open_memory(briefings, model=model, min_score=min_score, date=_iso(date))
    counts: Counter[str] = Counter()
    with _workers(workers, len(articles)) as executor, _progress("generating", len(articles)) as step:
        for result in generate_all(
            articles,
            Store(briefings),
            memory,
            model=model,
            date=date.date() if date else None,
            min_score=min_score,
            executor=executor,
            force=force,
            restore=restore,
        ):
            counts[result.outcome] += 1
            if result.outcome == "failed":
                err.print(f"failed    {result.error}")
            elif result.outcome not in ("known", "unchanged"):
                out.print(f"{result.outcome:9} {result.page or result.article}")
            for conflict in result.conflicts:
                err.print(
                    f"conflict  {result.page}:{conflict.line}: changed by hand and in the article; both stand"
                )
            step()
    memory.save()
    out.print(f"{_number(len(articles), 'article')}: {_tell(counts)}")
    if counts["failed"]:
        raise typer.Exit(1)
    if counts["conflict"]:
        err.print("settle each conflict in the page, or with: briefings resolve PAGE --mine | --fresh")
        raise typer.Exit(CONFLICTS)


def _tell(counts: Counter[str]) -> str:
    words = {
        "created": "created",
        "updated": "updated",
        "conflict": "in conflict",
        "deleted": "deleted by hand and left so",
        "unchanged": "unchanged",
        "known": "known already",
        "failed": "failed",
    }
    return ", ".join(f"{counts[outcome]} {shown}" for outcome, shown in words.items() if counts[outcome])


@app.command()
def extract(
    articles: Annotated[list[Path], typer.Argument(metavar="ARTICLES", help="Articles, or folders of them.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Write DIR/<name>.json instead.", show_default=False
        ),
    ] = None,
    date: Day = None,
    model: Model = None,
    workers: Workers = 1,
    min_score: MinScore = 0.0,
) -> None:
    """Print what is found in articles as JSON, one object a line.

    Offsets are code points of the article's file. Nothing is written but what `--output` asks for.

    - `briefings extract seeds/2025-05-17-istanbul-talks.txt`
    - `briefings extract seeds --output build/extracted`
    """
    from generator.batch import Task, above, run
    from generator.contract import to_contract
    from generator.seeds import find_articles

    found = find_articles(articles)
    _refuse_same_names(found, output)
    tasks = [Task(str(path), date.date() if date else None) for path in found]
    failed = 0
    with _workers(workers, len(tasks)) as executor, _progress("extracting", len(tasks)) as step:
        for outcome in run(tasks, model=model, executor=executor):
            if outcome.article is None or outcome.analysis is None:
                failed += 1
                err.print(f"failed    {outcome.error}")
            else:
                line = json.dumps(
                    to_contract(outcome.article, above(outcome.analysis, min_score)), ensure_ascii=False
                )
                if output:
                    _write(output / f"{Path(outcome.path).stem}.json", line + "\n")
                else:
                    sys.stdout.buffer.write(line.encode() + b"\n")
            step()
    sys.stdout.buffer.flush()
    if output:
        out.print(f"{len(found) - failed} of {len(found)} articles written to {output}")
    if failed:
        raise typer.Exit(1)


def _refuse_same_names(articles: list[Path], output: Path | None) -> None:
    if output:
        stems = Counter(path.stem for path in articles)
        twice = [stem for stem, number in stems.items() if number > 1]
        if twice:
            raise typer.BadParameter(
                f"{stems[twice[0]]} articles would be written to {output / twice[0]}.json; rename one of them"
            )


@app.command()
def new(
    title: Annotated[str, typer.Argument(help="The briefing's title.")],
    date: Day = None,
    briefings: Briefings = DEFAULT,
) -> None:
    """Write an empty briefing, to be filled by hand.

    - `briefings new "Harbour talks resume" --date 2026-03-03`
    """
    from generator.page import new_briefing, render
    from generator.store import Store

    store = Store(briefings)
    briefing = new_briefing(
        title, (date or datetime.now()).date(), taken={path.stem for path in store.pages()}
    )
    path = briefings / f"{briefing.id}.md"
    store.save(path, render(briefing), over=None)
    out.print(f"created   {path}")


@app.command()
def check(
    pages: Pages = None,
    briefings: Briefings = DEFAULT,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
) -> None:
    """Check briefings: front matter, links to evidence, quotes that no longer stand in the source.

    Prints a line `file:line: what is wrong` for each finding; exits with 1 where there is an error.

    - `briefings check`
    - `briefings check briefings/2026-03-03-harbour-talks-resume.md --strict`
    """
    from generator.check import check_all

    chosen = _pages(pages, briefings)
    findings = check_all([(str(path), _read(path)) for path in chosen])
    for finding in findings:
        out.print(f"{finding} ({finding.severity})")
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    out.print(
        f"{_number(len(chosen), 'page')} checked: {_number(errors, 'error')}, {_number(warnings, 'warning')}"
    )
    if errors or (strict and findings):
        raise typer.Exit(1)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def build(
    context: typer.Context,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Make everything anew; take over nothing of the last build.")
    ] = False,
) -> None:
    """Build the site: `mkdocs build`, with its options (`--strict`, `--site-dir DIR`) and one of ours.

    - `briefings build`
    - `briefings build --strict --no-cache`
    """
    from mkdocs.__main__ import cli

    from generator.site.reuse import NO_CACHE

    if no_cache:
        os.environ[NO_CACHE] = "1"
    cli(["build", *context.args], prog_name="mkdocs")


@app.command()
def pages(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where to write them.")],
    config: Annotated[Path, typer.Option("--config", metavar="FILE", help="The site's settings.")] = Path(
        "mkdocs.yml"
    ),
) -> None:
    """Write the site's pages as plain Markdown files with an mkdocs.yml, for builders without plugins.

    - `briefings pages --output build/plain && zensical build -f build/plain/mkdocs.yml`
    """
    from generator.site.plain import write_pages

    out.print(f"{_number(write_pages(config, output), 'page')} written to {output}")


@app.command()
def tidy(
    pages: Pages = None,
    briefings: Briefings = DEFAULT,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit with 1 where something would.")
    ] = False,
) -> None:
    """Put briefings into normal form: ids for new entries, one order, even spacing. No reader sees a change.

    - `briefings tidy`
    - `briefings tidy --check`
    """
    from generator.store import Store
    from generator.tidy import tidy as tidy_page

    changed = failed = 0
    for path in _pages(pages, briefings):
        try:
            before = _read(path)
            after = tidy_page(before, path=str(path))
            if after != before and not check:
                Store(path.parent).save(path, after, over=before)
        except BriefingsError as error:
            failed += 1
            err.print(f"failed    {error}")
            continue
        if after != before:
            changed += 1
            out.print(f"{'untidy' if check else 'tidied':9} {path}")
    out.print(f"{_number(changed, 'page')} {'to tidy' if check else 'tidied'}")
    if failed or (check and changed):
        raise typer.Exit(1)


@app.command()
def diff(
    pages: Pages = None,
    briefings: Briefings = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a change and line.")] = False,
) -> None:
    """Show what people changed against what was generated, entry by entry.

    - `briefings diff`
    - `briefings diff --json > corrections.jsonl`
    """
    from dataclasses import asdict

    from generator.merge import diff as compare
    from generator.page import parse
    from generator.store import Store

    failed = 0
    for path in _pages(pages, briefings):
        try:
            text = _read(path)
            base = Store(path.parent).base(parse(text, path=str(path)).id)
            changes = compare(base, text, path=str(path)) if base is not None else ()
        except BriefingsError as error:
            failed += 1
            err.print(f"failed    {error}")
            continue
        for change in changes:
            if as_json:
                print(json.dumps({"page": str(path), **asdict(change)}, ensure_ascii=False))
            else:
                out.print(f"{path}: {change.kind} {change.section} {change.id}".rstrip())
                for mark, words in (("-", change.before), ("+", change.after)):
                    if words:
                        out.print("\n".join(f"  {mark} {line}" for line in str(words).splitlines()))
    if failed:
        raise typer.Exit(1)


@app.command()
def resolve(
    page: Annotated[Path, typer.Argument(help="A briefing with conflicts.")],
    mine: Annotated[bool, typer.Option("--mine", help="Keep what a person wrote.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Take what the generator wrote.")] = False,
) -> None:
    """Settle all conflicts of a page, for one side.

    - `briefings resolve briefings/2025-05-17-istanbul-talks.md --mine`
    """
    if mine == fresh:
        raise typer.BadParameter("say either --mine or --fresh")
    from generator.merge import resolve as settle
    from generator.page import parse
    from generator.store import Store

    text = _read(page)
    number = len(parse(text, path=str(page)).conflicts)
    if number:
        Store(page.parent).save(page, settle(text, "mine" if mine else "fresh"), over=text)
    out.print(f"{page}: {_number(number, 'conflict')} settled")


@app.command()
def actors(
    briefings: Briefings = DEFAULT,
) -> None:
    """List actors who may be one and the same, as entries for `briefings/actors.yml`.

    Nothing is merged before a person copies an entry into that file.

    - `briefings actors`
    - `briefings actors >> briefings/actors.yml`
    """
    from generator.site.candidates import find_candidates
    from generator.site.index import index
    from generator.site.reading import read_folder

    pages, registry = read_folder(briefings)
    found = find_candidates(index(pages, registry))
    by_actor: dict[str, list[str]] = {}
    for candidate in found:
        keep, other = candidate.keep, candidate.other
        by_actor.setdefault(keep.id, [f"# {keep.name}, in {_number(len(keep.briefings), 'briefing')}"])
        by_actor[keep.id].append(
            f"#   perhaps {other.name}, in {_number(len(other.briefings), 'briefing')}: {candidate.why}"
        )
    for id, lines in by_actor.items():
        same = ", ".join(candidate.other.id for candidate in found if candidate.keep.id == id)
        out.print("\n".join([*lines, f"{id}:", f"  same_as: [{same}]", ""]))
    err.print(f"{_number(len(found), 'pair')} to look at in {_number(len(pages), 'briefing')}")


@app.command()
def evaluate(
    corpus: Annotated[Path, typer.Argument(help="A folder of annotated articles: X.txt and X.json.")],
    errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed and what was wrong.")
    ] = False,
    kinds: Annotated[
        bool, typer.Option("--kinds", help="Count the mistakes by kind, and check what the scores are worth.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
    floors: Annotated[Path, typer.Option(help="The least that each corpus must reach.")] = Path(
        "tests/floors.toml"
    ),
    show_floors: Annotated[
        bool, typer.Option("--show-floors", help="Print what was reached as a section for that file.")
    ] = False,
    model: Model = None,
    workers: Workers = 1,
) -> None:
    """Score extraction on annotated articles; exits with 1 where a figure falls below its floor.

    - `briefings evaluate tests/corpus`
    - `briefings evaluate tests/corpus --errors`
    - `briefings evaluate tests/corpus --kinds`
    """
    from generator import evaluation
    from generator.batch import Task, run
    from generator.compose import CHECK_BELOW
    from generator.contract import to_contract
    from generator.error_kinds import Kinds

    items = evaluation.find_corpus(corpus)
    score, mistakes = evaluation.Score(), Kinds()
    failed = 0
    with _workers(workers, len(items)) as executor, _progress("evaluating", len(items)) as step:
        outcomes = run([Task(str(item.text)) for item in items], model=model, executor=executor)
        for item, outcome in zip(items, outcomes, strict=True):
            text, gold = evaluation.load_gold(item)
            found = evaluation.Reading()
            if outcome.article is None or outcome.analysis is None:
                failed += 1
                err.print(f"failed    {outcome.error}; it counts as empty")
            else:
                found = evaluation.read_found(to_contract(outcome.article, outcome.analysis), text)
            unmatched = score.add(found, gold)
            mistakes.add(found, gold)
            if errors:
                out.print("\n".join([item.text.stem, *unmatched.lines(text)]))
            step()
    table = score.table()
    if as_json:
        from dataclasses import asdict

        print(json.dumps({name: asdict(row) for name, row in table.items()}))
    else:
        out.print("\n".join(f"{name:17} {row}" for name, row in table.items()))
    if kinds:
        out.print("\n".join(["", *mistakes.lines(), "", *mistakes.calibration(CHECK_BELOW), ""]))
    sha256 = evaluation.corpus_sha256(items)
    if show_floors:
        out.print(evaluation.floors_text(corpus.name, sha256, table))
    least = evaluation.read_floors(floors, sha256)
    fallen = evaluation.below(table, least)
    for line in fallen:
        err.print(f"{corpus}: {line}")
    if not as_json:
        out.print(f"{_number(len(items), 'article')}; {_tell_floors(len(least), len(fallen), floors)}")
    if fallen or failed:
        raise typer.Exit(1)


def _tell_floors(number: int, fallen: int, file: Path) -> str:
    if not number:
        return f"no floors for this corpus in {file}"
    return f"{fallen} of {number} floors not reached" if fallen else f"all {number} floors reached"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s'[: count != 1]}"


def _iso(day: datetime | None) -> str:
    return day.date().isoformat() if day else ""


def _pages(pages: list[Path] | None, briefings: Path) -> list[Path]:
    """The pages named, or all; a page that does not exist is a mistake in the command."""
    from generator.store import Store

    for page in pages or ():
        if not page.is_file():
            raise typer.BadParameter(f"{page}: there is no such page")
    return pages or list(Store(briefings).pages())


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BriefingsError(f"{path}: byte {error.start} is not UTF-8; save the page as UTF-8") from error
    except OSError as error:
        raise BriefingsError(f"{path}: cannot be opened: {error.strerror}") from error


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


@contextmanager
def _workers(workers: int, tasks: int) -> Iterator[Executor | None]:
    """A pool of processes where more than one would have something to do."""
    if min(workers, tasks) < 2:
        yield None
        return
    from generator.batch import processes

    with processes(min(workers, tasks)) as pool:
        yield pool


@contextmanager
def _progress(what: str, total: int) -> Iterator[Any]:
    """A bar on standard error, where a person watches; gives the function that advances it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar: Progress
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal or total < 2) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
