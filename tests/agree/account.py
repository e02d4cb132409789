"""The account of what was compared with other engines: `make agree` writes it into the docs, a row for each test."""

from __future__ import annotations

import fcntl
from pathlib import Path

from gradeline.exchange.agreement import Tally

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "agreement.md"


def note(engine: str, what: str, tally: Tally, page: Path = PAGE) -> None:
    """Write a row anew, in the order of the rows' names; processes wait for each other."""
    numbers = (tally.patients, tally.days, tally.answers, len(tally.differences))
    row = f"| {engine} | {what} | " + " | ".join(f"{number:,}" for number in numbers) + " |"
    with page.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        head, rule, rows = file.read().partition("|---|---|---|---|---|---|\n")
        others = [each for each in rows.splitlines() if each and not each.startswith(f"| {engine} | {what} |")]
        file.seek(0)
        file.write(head + rule + "\n".join(sorted([*others, row])) + "\n")
        file.truncate()
