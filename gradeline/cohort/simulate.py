"""Simulates a cohort: people who do not exist, as a FHIR bulk export with the `source.yaml` that is true of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from gradeline.cohort.notes.chart import TYPES, line
from gradeline.cohort.notes.who import organisations
from gradeline.cohort.output import source
from gradeline.cohort.output.batches import batches
from gradeline.cohort.output.folder import Folder
from gradeline.cohort.reading import read
from gradeline.cohort.writing import Cohort, batch
from gradeline.errors import UsageError

MOST = 100_000_000
SAMPLE = 50
"""Patients who are made first to tell how large the whole will be."""
Progress = Callable[[int, int], None]
"""Told, now and then, how many patients of how many are written."""


@dataclass(frozen=True)
class Simulated:
    """What was written."""

    folder: Path
    patients: int
    resources: int
    bytes: int


def simulate(
    n: int,
    out: Path | str,
    *,
    seed: int = 1,
    parameters: Path | str | None = None,
    truth: bool = False,
    processes: int | None = None,
    progress: Progress | None = None,
) -> Simulated:
    """Write a cohort of `n` patients to a folder; with `truth`, beside it, what was meant.

    Patient k is the same whatever `n`, and every byte is the same whatever the processes. A cohort of ours that is
    there already is replaced; a run that is interrupted leaves nothing.
    """
    check(n, seed)
    cohort = Cohort(seed, read(Path(parameters) if parameters else None), truth)
    resources = written = 0
    with Folder(Path(out), truth) as folder:
        folder.room(expected(cohort, n))
        with closing(whole(cohort, n, processes or os.cpu_count() or 1)) as pieces:
            for done, lines in pieces:
                folder.write(lines)
                written += sum(map(len, lines.values()))
                resources += sum(text.count(b"\n") for kind, text in lines.items() if kind in TYPES)
                if progress:
                    progress(done, n)
        folder.finish()
    return Simulated(folder.out, n, resources, written)


def whole(cohort: Cohort, n: int, processes: int) -> Generator[tuple[int, dict[str, bytes]]]:
    """Everything that is written."""
    yield 0, {"Organization": b"".join(map(line, organisations()))}
    yield from batches(cohort, n, processes)
    yield n, {"source": source.yaml(n, cohort.seed, cohort.parameters.period).encode()}


def expected(cohort: Cohort, n: int) -> int:
    """About how many bytes so many patients take, told from the first ones."""
    sample = min(n, SAMPLE)
    return sum(map(len, batch(cohort, 1, sample).values())) * n // sample if sample else 0


def check(n: int, seed: int) -> None:
    """Refuse what is no cohort."""
    if not 0 <= n <= MOST:
        raise UsageError(f"{n:,} patients are no cohort", f"ask for 0 to {MOST:,}")
    if seed < 0:
        raise UsageError(f"{seed} is no seed", "a seed is 0 or more")
