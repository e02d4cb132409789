"""Print each row as soon as it is measured; with names, only those parts."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.bench import bulk, counting, engines, hooks, pages, patient, population, quick_guide
from tools.bench.measuring import Row

PARTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "patient": lambda folder: patient.in_process(),
    "process": patient.whole_processes,
    "show": lambda folder: quick_guide.showing(),
    "read": quick_guide.reading,
    "bulk": bulk.reading,
    "audit": population.auditing,
    "counting": counting.counting,
    "hooks": hooks.hooks,
    "pages": lambda folder: pages.pages(),
    "engines": engines.other_engines,
}
BY_NAME: dict[str, Callable[[Path], Iterator[Row]]] = {"large": bulk.large}
"""What takes many minutes and twelve gigabytes of disk: only where it is asked for by name."""


def main(names: list[str]) -> None:
    """Each part in a folder of its own."""
    print(f"{'what':<58}{'measured':<36}goal")
    for name in names or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            for what, measured, goal in (PARTS | BY_NAME)[name](Path(folder)):
                print(f"{what:<57} {measured:<35} {goal}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
