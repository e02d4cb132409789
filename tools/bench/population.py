"""A simulated population: made, read, audited."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tools.bench.measuring import Row, process

AUDITED = 20_000


def auditing(folder: Path) -> Iterator[Row]:
    """A simulated population: made, read, audited, with and without its report; one engine beside the other."""
    if not find_spec("duckdb"):
        yield "gradeline audit", "the extra `population` is not installed", ""
        return
    cohort, facts = str(folder / "cohort"), str(folder / "facts")
    taken, _ = process("simulate", str(AUDITED), "--out", cohort)
    yield f"gradeline simulate {AUDITED:,}", f"{taken:.1f} s", ""
    audit = ("audit", cohort, "--facts", facts, "--period", "2024-10..2025-09", "--brief")
    for words, more, goal in (
        ("gradeline audit, from NDJSON to numbers", (), "15 s, 1 GB"),
        ("  again, the facts being there", (), "6 s, 1 GB"),
        ("  with its report and tables", ("--out", str(folder / "report")), "12 s, 1 GB"),
        ("  by the evaluator that advises", ("--engine", "python"), ""),
    ):
        taken, memory = process(*audit, *more)
        yield words, f"{taken:.1f} s, {AUDITED / taken:,.0f} patients/s, {memory:.0f} MB", goal
