"""One patient: from facts, from bytes, and as a whole process; and many in a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean, median
from typing import Any

import gradeline as gl
from tools.bench.measuring import MEGABYTE, ON, Row, padded, process, sample, samples, seconds

STREAMED = 200 * MEGABYTE


def in_process() -> Iterator[Row]:
    """One patient, from facts and from bytes."""
    guideline = gl.guideline("lumbar-nerve-root")
    record = gl.record(padded(sample(), 200))
    one = seconds(lambda: gl.advise(guideline, record, on=ON), 300)
    yield "advice for one patient, 200 resources, after parsing", f"{one * 1e3:.2f} ms", "0.5 ms"
    written = seconds(lambda: gl.advise(guideline, record, on=ON).to_dict(), 100)
    yield "the same in words, as plain data", f"{written * 1e3:.2f} ms", ""
    each = [from_bytes(guideline, one) for one in samples()]
    said = f"{1 / fmean(each):,.0f} patients/s (fullest {1 / max(each):,.0f})"
    yield "from JSON bytes to advice, 60 resources, one core", said, "1,500 patients/s"


def from_bytes(guideline: gl.Guideline, bundle: dict[str, Any]) -> float:
    """Seconds from the bytes of a patient with 60 resources to the advice."""
    data = json.dumps(padded(bundle, 60)).encode()
    return seconds(lambda: gl.advise(guideline, gl.record(data), on=ON), 100)


def whole_processes(folder: Path) -> Iterator[Row]:
    """The command from its start to its end, one patient and many."""
    one = folder / "one.json"
    one.write_text(json.dumps(sample()), "utf-8")
    for words, arguments, goal in (
        ("gradeline --help", ("--help",), "0.2 s"),
        ("gradeline advise, one sample", ("advise", str(one), "--on", ON), "0.4 s, 80 MB"),
    ):
        runs = [process(*arguments) for _ in range(7)]
        yield words, f"{median(run[0] for run in runs):.2f} s, {max(run[1] for run in runs):.0f} MB", goal
    many = folder / "many.ndjson"
    patients = write_many(many)
    taken, memory = process("advise", str(many), "--all", "--on", ON, "--json")
    size = many.stat().st_size / MEGABYTE
    said = f"{taken:.0f} s, {patients / taken:,.0f} patients/s, {memory:.0f} MB"
    yield f"gradeline advise --all, {size:.0f} MB, {patients:,} patients", said, "streamed"


def write_many(file: Path) -> int:
    """An NDJSON of bundles, one a line; how many."""
    bundle, count = padded(sample(), 60, "somebody"), 0
    line = json.dumps(bundle)
    with file.open("w", encoding="utf-8") as out:
        while out.tell() < STREAMED:
            out.write(line.replace("somebody", f"patient-{count}") + "\n")
            count += 1
    return count
