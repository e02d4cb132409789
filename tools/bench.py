"""What it costs: `make bench` prints a table. Nothing here fails; machines differ."""

from __future__ import annotations

import copy
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import orjson

import gradeline as gl
from gradeline.cohort.simulate import simulate
from gradeline.errors import DocumentError, UsageError
from gradeline.exchange import cql
from gradeline.exchange.agreement import Asked
from gradeline.exchange.engines import Engines
from gradeline.exchange.engines import engines as found
from gradeline.show import markdown, page, paper
from gradeline.source import published
from tools import bench_reading, hooks_bench
from tools.bench_pages import pages

ON = "2026-11-23"
SAMPLES = Path(__file__).parents[1] / "gradeline" / "guidelines" / "lumbar-nerve-root" / "samples"
COMMAND = str(Path(sys.executable).parent / "gradeline")
MEGABYTE = 1_000_000
STREAMED = 200 * MEGABYTE
AUDITED = 20_000
Row = tuple[str, str, str]


def sample() -> dict[str, Any]:
    """The largest of the small sample patients: the one inside a realistic record would be padding already."""
    bundles = [json.loads(file.read_bytes()) for file in sorted(SAMPLES.glob("*.json"))]
    return max((each for each in bundles if len(each["entry"]) <= 60), key=lambda each: len(each["entry"]))


def padded(bundle: dict[str, Any], size: int, patient: str = "") -> dict[str, Any]:
    """The bundle with measurements of no interest added until it has so many resources, for a patient of another id."""
    known = next(each["resource"]["id"] for each in bundle["entry"] if each["resource"]["resourceType"] == "Patient")
    whole = renamed(bundle, known, patient) if patient else copy.deepcopy(bundle)
    subject = {"reference": f"Patient/{patient or known}"}
    for number in range(size - len(whole["entry"])):
        whole["entry"].append({"resource": measurement(number, subject)})
    return whole


def renamed(bundle: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The bundle of a patient with another id."""
    text = json.dumps(bundle).replace(f'"{old}"', f'"{new}"').replace(f"Patient/{old}", f"Patient/{new}")
    whole: dict[str, Any] = json.loads(text)
    return whole


def measurement(number: int, subject: dict[str, str]) -> dict[str, Any]:
    """A body weight, each on a day of its own."""
    return {
        "resourceType": "Observation",
        "id": f"weight-{number}",
        "status": "final",
        "subject": subject,
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
        "effectiveDateTime": f"{2006 + number // 300}-{number // 25 % 12 + 1:02}-{number % 25 + 1:02}",
        "valueQuantity": {"value": 80, "system": "http://unitsofmeasure.org", "code": "kg"},
    }


def seconds(work: Callable[[], object], times: int) -> float:
    """The median time of a piece of work, after one run that does not count."""
    work()
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def in_process() -> Iterator[Row]:
    """One patient, from facts and from bytes."""
    guideline = gl.guideline("lumbar-nerve-root")
    record = gl.record(padded(sample(), 200))
    one = seconds(lambda: gl.advise(guideline, record, on=ON), 300)
    yield "advice for one patient, 200 resources, after parsing", f"{one * 1e3:.2f} ms", "0.5 ms"
    written = seconds(lambda: gl.advise(guideline, record, on=ON).to_dict(), 100)
    yield "the same in words, as plain data", f"{written * 1e3:.2f} ms", ""
    data = json.dumps(padded(sample(), 60)).encode()
    whole = seconds(lambda: gl.advise(guideline, gl.record(data), on=ON), 300)
    yield "from JSON bytes to advice, 60 resources, one core", f"{1 / whole:,.0f} patients/s", "1,500 patients/s"


def showing() -> Iterator[Row]:
    """The quick guide as a page, and on paper where typst is installed."""
    guideline = gl.guideline("lumbar-nerve-root")
    yield "the quick guide as HTML", f"{seconds(lambda: page.guide(guideline), 50) * 1e3:.0f} ms", "100 ms"
    try:
        made = f"{seconds(lambda: paper.guide(guideline), 5):.2f} s"
    except UsageError as missing:
        made = missing.what
    yield "the quick guide as PDF", made, "2 s"


def reading(folder: Path) -> Iterator[Row]:
    """The quick guide of our own wording read again, as text and from paper, and a hundred pages of paper."""
    guideline = gl.guideline("lumbar-nerve-root")
    text, short = folder / "guide.md", folder / "guide.pdf"
    text.write_text(markdown.guide(guideline), "utf-8")
    yield "reading a quick guide from text", f"{seconds(lambda: published.read(text), 20) * 1e3:.0f} ms", "50 ms"
    try:
        short.write_bytes(paper.guide(guideline))
        long = hundred_pages(short, folder / "long.pdf")
        yield "reading it from PDF", f"{seconds(lambda: published.read(short), 5):.2f} s", "1 s"
        yield "reading 100 pages of PDF", f"{seconds(lambda: published.read(long), 1):.1f} s", "10 s"
    except (UsageError, ImportError, DocumentError) as missing:
        yield "reading it from PDF", str(missing).partition("\n")[0], "1 s"


def hundred_pages(one: Path, out: Path) -> Path:
    """The same pages again and again, a hundred in all."""
    import pypdfium2  # type: ignore[import-untyped]

    made, source = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(one)
    while len(made) < 100:
        made.import_pages(source, list(range(min(len(source), 100 - len(made)))))
    made.save(out)
    return out


def process(*arguments: str) -> tuple[float, float]:
    """Seconds and megabytes at the peak of a whole `gradeline` process."""
    start = perf_counter()
    child = subprocess.Popen([COMMAND, *arguments], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"gradeline {' '.join(arguments)}: exit code {child.returncode}")
    return perf_counter() - start, peak(used)


def peak(used: resource.struct_rusage) -> float:
    """The peak memory in megabytes: Linux counts kibibytes, macOS bytes."""
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MEGABYTE


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


def other_engines(folder: Path) -> Iterator[Row]:
    """The same simulated patients in Gradeline, from JSON and from facts, and in cql-execution; one core each."""
    what = "other engines: cql-execution, one core"
    try:
        engines = found()
    except UsageError as missing:
        yield what, f"skipped: {missing.what[:60]}", "20 times slower or more"
        return
    guideline = gl.guideline("lumbar-nerve-root")
    patients = list(several(folder / "cohort"))
    made = cql.files(guideline)
    elm = engines.translate(made["LumbarNerveRoot.cql"].decode())
    day = date.fromisoformat(ON).toordinal()
    asked = [Asked(str(number), gl.record(each), each, (day,)) for number, each in enumerate(patients)]
    texts = [orjson.dumps(each) for each in patients]
    raw = seconds(lambda: [gl.advise(guideline, gl.record(orjson.loads(text)), on=ON) for text in texts], 3)
    facts = seconds(lambda: [gl.advise(guideline, each.record, on=ON) for each in asked], 3)
    theirs = engine_seconds(engines, elm, made["LumbarNerveRoot.valuesets.json"], asked)
    count = len(patients)
    yield f"{what}, {count} simulated patients", f"{count / theirs:,.0f} patients/s", "the same answers"
    yield "  Gradeline on them, from JSON", f"{count / raw:,.0f} patients/s, {theirs / raw:,.0f} x", "20 x"
    yield "  Gradeline on them, from facts", f"{count / facts:,.0f} patients/s, {theirs / facts:,.0f} x", "100 x"


def several(folder: Path) -> Iterator[list[dict[str, Any]]]:
    """The resources of each patient of a small cohort."""
    simulate(100, folder, seed=5)
    of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for file in sorted(folder.glob("*.ndjson")):
        for one in map(orjson.loads, file.read_bytes().splitlines()):
            patient = one["resourceType"] == "Patient" and f"Patient/{one['id']}"
            of[patient or (one.get("subject") or {}).get("reference", "")].append(one)
    yield from (each for key, each in of.items() if key)


def engine_seconds(engines: Engines, elm: bytes, sets: bytes, asked: list[Asked]) -> float:
    """How long the engine takes for all patients but the first, once it is warm: one process, as it counts itself."""
    *_, last = engines.answers(elm, sets, [asked[0].line, *(each.line for each in asked)])
    return float(last["until"])


def write_many(file: Path) -> int:
    """An NDJSON of bundles, one a line; how many."""
    bundle, count = padded(sample(), 60, "somebody"), 0
    line = json.dumps(bundle)
    with file.open("w", encoding="utf-8") as out:
        while out.tell() < STREAMED:
            out.write(line.replace("somebody", f"patient-{count}") + "\n")
            count += 1
    return count


def hooks(folder: Path) -> Iterator[Row]:
    """What record systems wait for; it needs the extra `web`."""
    if find_spec("uvicorn") is None:
        return iter([("hooks", "needs gradeline[web]", "")])
    return hooks_bench.rows(padded(sample(), 60), padded(sample(), 2000), folder)


def main() -> None:
    """Print each row as soon as it is measured."""
    print(f"{'what':<58}{'measured':<34}goal")
    with tempfile.TemporaryDirectory() as folder:
        of = Path(folder)
        rows = (
            in_process(),
            showing(),
            reading(of),
            pages(),
            whole_processes(of),
            hooks(of),
            auditing(of),
            bench_reading.reading(of),
            other_engines(of),
        )
        for each in chain(*rows):
            print("{:<58}{:<34}{}".format(*each), flush=True)


if __name__ == "__main__":
    main()
