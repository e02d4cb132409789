"""The same patients in another engine that runs what we export."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

import gradeline as gl
from gradeline.cohort.simulate import simulate
from gradeline.errors import UsageError
from gradeline.exchange import cql
from gradeline.exchange.agreement import Asked
from gradeline.exchange.canonical import Canonical
from gradeline.exchange.engines import Engines
from gradeline.exchange.engines import engines as found
from gradeline.exchange.package import package
from tests.engines.reference import lacking, reference
from tools.bench.measuring import ON, Row, seconds

GUIDE = "lumbar-nerve-root"
GO = "not run: its module could not be had when this was made"


def other_engines(folder: Path) -> Iterator[Row]:
    """The same simulated patients in Gradeline, from JSON and from facts, and in other engines; one core each."""
    what = "cql-execution, one core"
    try:
        engines = found()
    except UsageError as missing:
        yield what, f"skipped: {missing.what[:60]}", "20 times slower or more"
        return
    guideline = gl.guideline(GUIDE)
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
    yield from java_engine(folder, asked, (raw, facts))
    yield "  google/cql, in Go", GO, ""


def java_engine(folder: Path, asked: list[Asked], ours: tuple[float, float]) -> Iterator[Row]:
    """The Java reference engine on the same patients, warm, beside what we take from JSON and from facts."""
    what, missing = "  Java reference engine, CQL on them", lacking()
    if missing:
        yield what, f"skipped: {missing}", ""
        return
    guideline = gl.guideline(GUIDE)
    transaction = folder / "transaction.json"
    transaction.write_bytes(package(guideline, Path(guideline.file).read_bytes(), Canonical())["transaction.json"])
    rows = [json.loads(orjson.dumps(each.line)) for each in (*asked, *asked)]
    said = reference("answers", transaction, rows, ("-XX:ActiveProcessorCount=1",))
    took = said[-1]["until"] - said[len(asked) - 1]["until"]
    raw, facts = (f"{took / each:,.0f} x" for each in ours)
    yield what, f"{len(asked) / took:,.0f} patients/s, {raw} and {facts}", "the same answers"


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
