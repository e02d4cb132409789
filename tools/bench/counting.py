"""What the counting of an audit costs over facts: episodes, asks, decisions, both columns, every stratum.

GRADELINE_BENCH_PATIENTS says how many patients (else 100,000; the goals speak of a million). They are simulated
patients under many names, so that the facts are there in a minute.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

import gradeline as gl
from gradeline.cohort.simulate import simulate
from gradeline.dates import Interval, day
from gradeline.records.store import Facts
from gradeline.records.store.engine import connect, text
from gradeline.records.store.folder import MANIFEST
from gradeline.records.store.layout import lay_out
from tools.bench.measuring import MEGABYTE, Row, peak

PATIENTS = "GRADELINE_BENCH_PATIENTS"
GUIDE, TEN = "lumbar-nerve-root", 10
EVERYBODY = "illness:\n  adults a year: 60 %, assumed\n  children a year: 60 %, assumed\n"
PERIOD = Interval(day("2023-01-01"), day("2025-12-31"))
USED = ("patient", "key", "kind", "system", "code", "status", "sureness", "first", "last", "known", "until", "value")
"""The columns whose hash is what merely looking at the facts costs."""


class Took(NamedTuple):
    """What a process of its own took for its work, without its start."""

    seconds: float
    processor: float
    megabytes: float
    episodes: int

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, {self.processor:.2f} s of processor, {self.megabytes:.0f} MB"

    def rest(self, least: Took) -> str:
        """What is left for each episode after looking at the facts."""
        wall, processor = (
            (mine - theirs) / max(self.episodes, 1) * 1e6
            for mine, theirs in ((self.seconds, least.seconds), (self.processor, least.processor))
        )
        return f"{wall:.0f} µs, {processor:.0f} µs of processor"


def counting(folder: Path) -> Iterator[Row]:
    """One in ten with an episode, ten guidelines, twice the patients, everybody with an episode; then Spark."""
    if not find_spec("duckdb"):
        yield "counting over facts", "the extra `population` is not installed", ""
        return
    size = int(os.environ.get(PATIENTS, "100000"))
    few, many = made(folder / "few", "", size), made(folder / "many", EVERYBODY, size // 10)
    one, least = apart("count", few), apart("hash", few)
    yield f"counting over facts, {size:,} patients, one in ten", str(one), "a million in 4 s, aim 2; 1.5 GiB"
    yield "  a hash over the columns that it reads", str(least), ""
    yield "  what remains for each episode", one.rest(least), "25 µs, aim 12"
    ten, double = apart("count", few, TEN), apart("count", multiplied(few, folder / "double", 2))
    yield "  ten guidelines at once", f"{ten.processor / one.processor:.1f} x", "4 x"
    yield "  twice the patients", f"{double.processor / one.processor:.1f} x", "2.1 x"
    each, least = apart("count", many), apart("hash", many)
    yield (
        f"  {size // 10:,} patients, everyone with an episode",
        f"{size / 10 / each.seconds:,.0f} patients/s; {each}",
        "40,000/s",
    )
    yield "  what remains for each episode", each.rest(least), "25 µs, aim 12"
    yield from spark(folder, few, size)


def spark(folder: Path, few: Path, size: int) -> Iterator[Row]:
    """The same by Spark on this machine, on a tenth of the patients and on a hundredth: it is slow to begin."""
    if not find_spec("pyspark") or shutil.which("java") is None:
        yield "  by Spark", "pyspark or Java is not installed", ""
        return
    some = sampled(few, folder / "some")
    less, same = apart("spark", sampled(some, folder / "less")), apart("spark", some)
    own = apart("count", some)
    yield f"  {size // 10:,} patients by Spark on this machine", f"{same.seconds:.1f} s; DuckDB {own.seconds:.1f} s", ""
    yield "  ten times the facts by Spark", f"{same.seconds / less.seconds:.1f} x", "11 x"


def made(folder: Path, parameters: str, size: int) -> Path:
    """Facts of so many patients: some simulated ones under many names."""
    few = min(size, 5_000)
    own = folder / "parameters.yaml"
    folder.mkdir(parents=True)
    own.write_text(parameters, "utf-8")
    simulate(few, folder / "cohort", parameters=own if parameters else None)
    gl.facts(folder / "cohort", folder / "few")
    return multiplied(folder / "few", folder / "facts", -(-size // few))


def multiplied(source: Path, to: Path, times: int) -> Path:
    """The same patients so many times, each time under other names."""
    name = "CASE WHEN n = 0 THEN {0} ELSE concat({0}, '-', n) END AS {0}"
    return laid(
        source,
        to,
        lambda of, id: f"SELECT {of}.* REPLACE ({name.format(id)}) FROM {of}, range({times}) AS t(n)",
    )


def sampled(source: Path, to: Path) -> Path:
    """A tenth of the patients."""
    return laid(source, to, lambda of, id: f"SELECT * FROM {of} WHERE hash({id}, {text(to)}) % 10 = 0")


def laid(source: Path, to: Path, query: Any) -> Path:
    """Facts made of other facts."""
    to.mkdir(parents=True)
    facts, connection = Facts.open(source), connect(to / "spill")
    facts.tables(connection)
    for of, id in (("facts", "patient"), ("patients", "id")):
        connection.execute(f"CREATE VIEW more_{of} AS SELECT * EXCLUDE (bucket) FROM ({query(of, id)})")
    counts = lay_out(connection, "more_facts", "more_patients", to)
    (to / MANIFEST).write_text(json.dumps({**facts.manifest, "counts": counts}), "utf-8")
    connection.close()
    return to


def apart(what: str, facts: Path, guidelines: int = 1) -> Took:
    """The work in a process of its own."""
    command = [sys.executable, "-m", "tools.bench.counting", what, str(facts), str(guidelines)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit((done.stderr.strip().splitlines() or ["it failed"])[-1])
    seconds, processor, megabytes, episodes = done.stdout.split()[-4:]
    return Took(float(seconds), float(processor), float(megabytes), int(episodes))


def hashed(facts: Facts) -> int:
    """Look at the columns of every fact."""
    columns = ", ".join(f'"{name}"' for name in USED)
    facts.connection().execute(f"SELECT bit_xor(hash({columns})) FROM facts").fetchall()
    return 0


def counted(facts: Facts, engine: str, guidelines: int) -> int:
    """Count for so many guidelines; how many episodes there are of the first."""
    from gradeline.evaluate.audit import engines, run
    from gradeline.evaluate.audit.counts.counting import count

    own = gl.guideline(GUIDE)
    some = tuple(replace(own, id=f"{own.id}-{number}") for number in range(guidelines))
    asked = run.Asked(some, PERIOD, assume_captured=True)
    connection = run.opened(asked, facts)
    _, last = run.extent(asked, connection)
    legs = [leg for guideline in some for leg in run.stretches(asked, guideline, last)]
    engines.engine(engine)(legs, facts, connection, run.quiet)
    return sum(count(connection).episodes[some[0].id]["gate"].values())


def peak_of_this() -> float:
    """The peak of this process in megabytes; Linux's own counter of a child begins with what its parent held."""
    status = Path("/proc/self/status")
    for line in status.read_text("utf-8").splitlines() if status.exists() else ():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    return peak(resource.getrusage(resource.RUSAGE_SELF))


def main() -> None:
    """Do one thing, and print what it took."""
    what, folder, guidelines = sys.argv[1:]
    facts, name = Facts.open(folder), "spark" if what == "spark" else "duckdb"
    connect().close()
    before, start = process_time(), perf_counter()
    episodes = hashed(facts) if what == "hash" else counted(facts, name, int(guidelines))
    taken, processor = perf_counter() - start, process_time() - before
    print(taken, processor, peak_of_this(), episodes)


if __name__ == "__main__":
    main()
