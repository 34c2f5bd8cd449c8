"""Generate briefings: articles in, pages written through the merge, one report line an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.batch import Outcome, Task, above, run
from generator.compose import compose, default_id
from generator.errors import BriefingError
from generator.seeds import Memory, sha256_of

if TYPE_CHECKING:
    from generator.briefing import Conflict
    from generator.store import Store


@dataclass(frozen=True, slots=True)
class Generated:
    """What became of one article.

    `outcome` is what the store says of the page (created, updated, unchanged, deleted, conflict),
    "known" where neither article nor generator has changed, or "failed", with the error.
    """

    article: Path
    outcome: str
    page: Path | None = None
    conflicts: tuple[Conflict, ...] = ()
    error: str | None = None


def generate(
    articles: Iterable[Path],
    store: Store,
    memory: Memory,
    *,
    model: str | None = None,
    date: date | None = None,
    min_score: float = 0.0,
    executor: Executor | None = None,
    force: bool = False,
    restore: bool = False,
) -> Iterator[Generated]:
    """Write the briefing of each article into the store; gives what became of each, in order.

    An article that `memory` knows, in these bytes, is not read again unless `force` says so.
    `restore` brings back pages that a person deleted. Raises ModelError; an article or a page that
    cannot be read, or a page that cannot be written, is a result.
    """
    wanted: list[tuple[Path, str]] = []
    known: dict[Path, Path | None] = {}
    for article in articles:
        sha256 = sha256_of(article)
        id = memory.id_of(article, sha256)
        if id and not force and not restore and store.base(id) is not None:
            known[article] = store.find(id)
        wanted.append((article, sha256))
    tasks = [Task(str(article), date) for article, _ in wanted if article not in known]
    outcomes = run(tasks, model=model, executor=executor)
    for article, sha256 in wanted:
        if article in known:
            yield Generated(article, "known", known[article])
            continue
        yield _write(next(outcomes), article, sha256, store, memory, min_score, restore)


def _write(
    outcome: Outcome,
    article: Path,
    sha256: str,
    store: Store,
    memory: Memory,
    min_score: float,
    restore: bool,
) -> Generated:
    if outcome.article is None or outcome.analysis is None:
        return Generated(article, "failed", error=outcome.error)
    analysis = above(outcome.analysis, min_score)
    id = store.identify(outcome.article, default_id(outcome.article, analysis.title))
    try:
        written = store.write(compose(outcome.article, analysis, id=id), restore=restore)
    except BriefingError as error:
        # A page that its editor left unreadable: told, and left as it is.
        return Generated(article, "failed", error=str(error))
    if written.outcome != "conflict":
        memory.remember(article, sha256, id)
    return Generated(article, written.outcome, written.path, written.conflicts)
