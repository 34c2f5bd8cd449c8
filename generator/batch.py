"""Many articles through one function: here, in processes of this machine, or on a cluster.

`understand` is what is submitted: a top-level function of plain values, with one pipeline a worker.
Any `concurrent.futures.Executor` will do: a process pool, or a Dask cluster's
`Client.get_executor()`. Results come in the order of the articles, so that the bytes made of them
do not depend on how many workers ran; a failure is a result like any other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from generator.article import Article
from generator.errors import ArticleError, BriefingsError
from generator.readers import read_article

if TYPE_CHECKING:
    from spacy.language import Language

    from generator.analysis.model import Analysis

AHEAD = 64
"""Articles submitted before the oldest result is fetched: bounds what waits in memory."""


@dataclass(frozen=True, slots=True)
class Task:
    """One article to understand; `date` only where it is known better than the file knows it."""

    path: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one article: the article and its analysis, or the error as a person reads it."""

    path: str
    article: Article | None = None
    analysis: Analysis | None = None
    error: str | None = None


@cache
def _pipeline(model: str | None) -> Language:
    """The pipeline of this process, loaded once."""
    from generator.pipeline import load

    return load(model)


def warm(model: str | None) -> None:
    """Load this process' pipeline before the first article needs it. Raises ModelError."""
    _pipeline(model)
    import generator.analysis  # noqa: F401


def understand(task: Task, model: str | None = None) -> Outcome:
    """The article of a task and all that was found in it.

    Raises ModelError, because without a model no article can be understood. Whatever else goes
    wrong is in the outcome: one article must not stop the others, not even by a fault of ours.
    """
    nlp = _pipeline(model)
    from generator.analysis import analyze

    try:
        article = read_article(Path(task.path), date=task.date)
        return Outcome(task.path, article, analyze(article, nlp))
    except ArticleError as error:
        return Outcome(task.path, error=str(error))
    except BriefingsError:
        raise
    except Exception as error:
        return Outcome(
            task.path,
            error=f"{task.path}: could not be understood ({type(error).__name__}: {error}); "
            "this is a fault of the generator, please report it with the article",
        )


def run(
    tasks: Iterable[Task], *, model: str | None = None, executor: Executor | None = None
) -> Iterator[Outcome]:
    """The outcomes of all tasks, in their order; one after the other here, where no executor is given."""
    if executor is None:
        for task in tasks:
            yield understand(task, model)
        return
    waiting: deque[tuple[Task, Future[Outcome]]] = deque()
    for task in tasks:
        waiting.append((task, _submit(executor, task, model)))
        if len(waiting) >= AHEAD:
            yield _result(*waiting.popleft())
    while waiting:
        yield _result(*waiting.popleft())


def _submit(executor: Executor, task: Task, model: str | None) -> Future[Outcome]:
    try:
        return executor.submit(understand, task, model)
    except BrokenExecutor as error:
        broken: Future[Outcome] = Future()
        broken.set_exception(error)
        return broken


def _result(task: Task, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenExecutor:
        return Outcome(
            task.path,
            error=f"{task.path}: a worker process died, perhaps for want of memory; "
            "try again with fewer --workers",
        )


def processes(workers: int) -> ProcessPoolExecutor:
    """A pool of processes that start afresh: a forked one would inherit the model's threads broken."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def above(analysis: Analysis, score: float) -> Analysis:
    """The analysis without the quotes, positions, steps and events that are less sure than `score`."""
    if score <= 0:
        return analysis
    return replace(
        analysis,
        attributions=tuple(item for item in analysis.attributions if item.score >= score),
        quotes=tuple(item for item in analysis.quotes if item.score >= score),
        positions=tuple(item for item in analysis.positions if item.score >= score),
        next_steps=tuple(item for item in analysis.next_steps if item.score >= score),
        timeline=tuple(item for item in analysis.timeline if item.score >= score),
    )
