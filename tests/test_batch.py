"""Many articles at once: the order, the failures, and the same results however many workers there are."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.analysis.model import Analysis, Event, Quote
from generator.batch import AHEAD, Outcome, Task, above, processes, run, understand
from generator.errors import ModelError

SEED = Path(__file__).parent.parent / "seeds" / "2025-05-17-istanbul-talks.txt"
CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.txt"))[:3]


class Backwards(Executor):
    """Runs nothing until a result is wanted, and remembers how much was waiting."""

    def __init__(self) -> None:
        self.waiting = self.most = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        executor = self

        class Late(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                executor.waiting -= 1
                return fn(*args, **kwargs)

        return Late()


class Broken(Executor):
    """A pool whose workers have died."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise BrokenExecutor("a child process terminated abruptly")


def test_outcomes_come_in_the_order_of_the_articles(tmp_path: Path) -> None:
    """Whoever runs them, outcomes are in the order of the tasks, and few of them wait at a time."""
    tasks = [Task(str(tmp_path / f"{number}.txt")) for number in range(2 * AHEAD + 3)]
    executor = Backwards()
    assert [outcome.path for outcome in run(tasks, executor=executor)] == [task.path for task in tasks]
    assert executor.most == AHEAD


def test_the_number_of_workers_changes_nothing() -> None:
    """Two processes find in articles exactly what one finds."""
    tasks = [Task(str(path)) for path in CORPUS]
    with processes(2) as pool:
        assert list(run(tasks, executor=pool)) == list(run(tasks))


def test_a_failure_is_an_outcome(tmp_path: Path) -> None:
    """An article that cannot be read is an outcome with its error; the next one is read."""
    empty = tmp_path / "2026-03-03-empty.txt"
    empty.write_text("")
    first, second = run([Task(str(empty)), Task(str(SEED))])
    assert first.article is None
    assert first.error == f"{empty}: the file is empty; an article is text in paragraphs"
    assert second.error is None
    assert second.analysis is not None


def test_a_fault_of_ours_costs_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that nobody expected is told as a fault of the generator, with the article's name."""
    import generator.analysis

    def fail(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(generator.analysis, "analyze", fail)
    error = understand(Task(str(SEED))).error
    assert error is not None
    assert error.startswith(f"{SEED}: could not be understood (IndexError: list index out of range)")


def test_workers_that_die_are_outcomes() -> None:
    """Articles whose worker died are failures that say what to try; nothing is raised."""
    (outcome,) = run([Task("a.txt")], executor=Broken())
    assert outcome.error == (
        "a.txt: a worker process died, perhaps for want of memory; try again with fewer --workers"
    )


def test_a_missing_model_stops_everything() -> None:
    """Without its model nothing can be understood: that is an error, not an outcome."""
    with pytest.raises(ModelError, match="no_such_model"):
        understand(Task(str(SEED)), "no_such_model")


def test_tasks_and_outcomes_travel_between_machines() -> None:
    """What goes to a worker and comes back from it can be pickled."""
    task = Task(str(SEED), date(2025, 5, 17))
    outcome = understand(task)
    assert pickle.loads(pickle.dumps(task)) == task
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    assert isinstance(outcome, Outcome)


def test_less_sure_findings_can_be_left_out() -> None:
    """Below the least score, quotes and events are dropped, and the rest stays in order."""
    quotes = tuple(Quote(None, None, ((start, start + 1),), score=start / 10) for start in range(10))
    events = (Event("2025", (0, 1), ((0, 1),), score=0.4), Event("2026", (0, 1), ((0, 1),), score=0.6))
    analysis = Analysis("", (), (), (), quotes, (), (), events)
    kept = above(analysis, 0.5)
    assert [quote.score for quote in kept.quotes] == [0.5, 0.6, 0.7, 0.8, 0.9]
    assert [event.date for event in kept.timeline] == ["2026"]
    assert above(analysis, 0) is analysis
