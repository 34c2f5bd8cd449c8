"""`python -m benchmarks [NAME…]`: run the benchmarks named, or all; each prints its figures."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib import import_module

BENCHMARKS = ("site", "serving", "extraction", "quotations", "reading")
"""Modules, imported one by one: what one of them loads must not weigh on the memory of the next."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each measurement; the median counts")
    parser.add_argument("--pages", type=int, default=1000, help="briefings in the site that is built")
    sizes = parser.add_argument_group("serving")
    sizes.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 5000], help="briefings served")
    sizes.add_argument("--edits", type=int, default=20, help="of each kind; the median counts")
    sizes.add_argument("--limit", type=float, default=600, help="seconds after which no more edits are made")
    sizes.add_argument("--pause", type=float, default=2.0, help="seconds between two edits")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    print(f"Python {platform.python_version()} on {platform.machine()}, one process unless said otherwise")
    for name in options.names or BENCHMARKS:
        print(f"\n{name}")
        import_module(f"benchmarks.{name}").run(options)
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
