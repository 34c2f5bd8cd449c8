"""CPU time of functions and of commands, and how it is shown."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def cpu_seconds(work: Callable[[], object], repeat: int) -> float:
    """The median CPU time of `repeat` calls, in seconds; one call before them warms caches."""
    work()
    times = []
    for _ in range(repeat):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def command(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    """CPU seconds and the most memory, in MB, of a command and its children; raises where it fails."""
    process = subprocess.Popen(
        arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ}
    )
    assert process.stdout is not None
    output = process.stdout.read()
    process.stdout.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{output[-2000:]}")
    return used.ru_utime + used.ru_stime, _megabytes(used)


def _megabytes(used: resource.struct_rusage) -> float:
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return used.ru_maxrss * unit / 1e6
