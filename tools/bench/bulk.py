"""What reading a population costs: NDJSON to facts, beside what DuckDB needs merely to read the same columns."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import gradeline as gl
from gradeline.cohort.simulate import simulate
from gradeline.errors import UsageError
from gradeline.records.bulk.lines.lines import LONGEST
from gradeline.records.bulk.sql.shape import SHAPED, Shape
from gradeline.records.store.engine import connect, text
from tools.bench.measuring import MEGABYTE, Row

PATIENTS = 20_000
LARGE = 320_000
"""Ten gigabytes of lines."""


def reading(folder: Path, patients: int = PATIENTS) -> Iterator[Row]:
    """A simulated export read into facts by a process of its own, and the same columns read by DuckDB alone."""
    export = folder / "export"
    written = simulate(patients, export)
    size = written.bytes / MEGABYTE
    try:
        wall, cpu, memory = apart("facts", export, folder / "facts")
        least, least_cpu, _ = apart("columns", export, folder / "facts")
    except UsageError as missing:
        yield "NDJSON to facts", missing.what, "200 MB/s"
        return
    what = f"NDJSON to facts, {size:,.0f} MB, {written.resources:,} resources"
    yield what, f"{size / wall:.0f} MB/s, {memory:.0f} MB", "200 MB/s, under 1 GiB"
    yield "  DuckDB reads the same columns", f"{size / least:.0f} MB/s", ""
    yield "  the share of that rate, by processor time", f"{least_cpu / cpu:.2f}", "0.33, aim 0.5"


def large(folder: Path) -> Iterator[Row]:
    """The same with sixteen times as many patients."""
    return reading(folder, LARGE)


def apart(what: str, export: Path, facts: Path) -> tuple[float, float, float]:
    """Seconds by the clock and of the processors, and megabytes at the peak, of one process."""
    command = [sys.executable, __file__, what, str(export), str(facts)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError((done.stderr.strip().splitlines() or ["it failed"])[-1])
    wall, cpu, memory = map(float, done.stdout.split())
    return wall, cpu, memory


def columns(export: Path) -> None:
    """Read the columns that facts are made of, and add up a hash of them."""
    connection = connect(export.parent / "spill")
    for file in sorted(export.glob("*.ndjson")):
        if file.stem in SHAPED:
            names = ", ".join(f'"{name}"' for name in SHAPED[file.stem].elements())
            source = (
                f"read_json({text(file)}, format = 'newline_delimited', ignore_errors = true, "
                f"maximum_object_size = {LONGEST}, columns = {{{typed(SHAPED[file.stem])}}})"
            )
            connection.execute(f"SELECT bit_xor(hash({names})) FROM {source}").fetchall()


def typed(shape: Shape) -> str:
    """The columns of a type as DuckDB's reader of JSON takes them."""
    return ", ".join(f"'{name}': '{kind(inner)}'" for name, inner in shape.elements().items())


def kind(shape: Any) -> str:
    """A shape as a type of SQL."""
    if isinstance(shape, dict):
        inner = ", ".join(f'"{name}" {kind(each)}' for name, each in shape.items())
        return f"STRUCT({inner})"
    return f"{kind(shape[0])}[]" if isinstance(shape, list) else str(shape)


def main() -> None:
    """Do one of the two, and print what it took."""
    what, export, facts = sys.argv[1:]
    start, before = perf_counter(), process_time()
    if what == "facts":
        gl.facts(export, facts)
    else:
        columns(Path(export))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(perf_counter() - start, process_time() - before, used / MEGABYTE)


if __name__ == "__main__":
    main()
