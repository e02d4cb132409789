"""The account of what was compared with other engines: `make agree` writes it into the docs, a row for each test."""

from __future__ import annotations

import fcntl
import os
from itertools import takewhile
from pathlib import Path

from gradeline.exchange.agreement import Tally

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "agreement.md"
MANY = os.environ.get("HYPOTHESIS_PROFILE") == "agree"
"""Whether this is `make agree`, which compares many more and writes the account."""
COMPARED, FAULTS = "\n|---|---|---|---|---|---|\n", "\n|---|---|---|---|\n"
"""The rule under the head of each table."""


def same(engine: str, what: str, tally: Tally) -> None:
    """Nothing may differ; `make agree` notes what was compared."""
    if MANY:
        note(engine, what, tally)
    assert not tally.differences, "\n".join(map(str, tally.differences[:20]))


def note(engine: str, what: str, tally: Tally, page: Path = PAGE) -> None:
    """What was compared, and how much of it differs."""
    numbers = (tally.patients, tally.days, tally.answers, len(tally.differences))
    _write(page, COMPARED, f"| {engine} | {what} |", " | ".join(f"{number:,}" for number in numbers))


def fault(engine: str, what: str, example: str, seen: int, page: Path = PAGE) -> None:
    """What another engine does wrong, the smallest example of it, and how often it was met: counted, never masked."""
    if MANY or page != PAGE:
        _write(page, FAULTS, f"| {engine} | {what} |", f"{example} | {seen:,}")


def _write(page: Path, rule: str, key: str, cells: str) -> None:
    """Write a row of a table anew, in the order of the rows' names; processes wait for each other."""
    with page.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        head, _, rest = file.read().partition(rule)
        table = list(takewhile(lambda line: line.startswith("|"), rest.splitlines()))
        tail = "\n".join(rest.splitlines()[len(table) :])
        others = [each for each in table if not each.startswith(key)]
        file.seek(0)
        file.write(head + rule + "\n".join(sorted([*others, f"{key} {cells} |"])) + "\n" + (tail and f"{tail}\n"))
        file.truncate()
