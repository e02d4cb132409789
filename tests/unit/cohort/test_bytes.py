"""The same seed gives the same bytes: whatever the size, the processes, the machine."""

from __future__ import annotations

import hashlib
import re
import tracemalloc
from pathlib import Path

import pytest

from gradeline.cohort.notes.chart import TYPES
from gradeline.cohort.output.batches import PATIENTS, batches
from gradeline.cohort.reading import parse
from gradeline.cohort.simulate import simulate
from gradeline.cohort.writing import Cohort, batch
from gradeline.errors import UsageError

DIGEST = "be34b25e358fad8cc189266e839bbf795e493c2f6d85da02cc1fb41bfd9501aa"
"""Of the first forty patients of seed 1. When it changes for a reason, say in the changelog that cohorts changed."""
CPR = re.compile(rb"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")


def files(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_forty_patients_are_the_same_everywhere() -> None:
    made = batch(Cohort(1, parse(""), truth=True), 1, 40)
    assert hashlib.sha256(b"".join(made[name] for name in sorted(made))).hexdigest() == DIGEST


def test_patient_k_is_the_same_whatever_the_size(tmp_path: Path) -> None:
    simulate(30, tmp_path / "small", truth=True)
    simulate(90, tmp_path / "large", truth=True)
    small, large = files(tmp_path / "small"), files(tmp_path / "large")
    assert small.keys() == large.keys()
    for name, text in small.items():
        if name != "source.yaml":
            assert large[name].startswith(text), name
    assert large["Patient.ndjson"].count(b"\n") == 90


def test_another_seed_gives_other_people() -> None:
    one, other = (batch(Cohort(seed, parse("")), 1, 20) for seed in (1, 2))
    assert one["Patient"] != other["Patient"]


@pytest.mark.slow
def test_processes_change_no_byte() -> None:
    cohort, patients = Cohort(5, parse(""), truth=True), PATIENTS * 4 + 7
    assert list(batches(cohort, patients, processes=2)) == list(batches(cohort, patients, processes=1))


def test_every_type_has_its_file_even_when_nobody_lives(tmp_path: Path) -> None:
    said = simulate(0, tmp_path / "nobody")
    found = files(tmp_path / "nobody")
    assert found.keys() == {*(f"{type}.ndjson" for type in TYPES), "source.yaml"}
    assert {name for name, text in found.items() if text} == {"Organization.ndjson", "source.yaml"}
    assert (said.patients, said.resources) == (0, found["Organization.ndjson"].count(b"\n"))


def test_what_was_written_is_counted(tmp_path: Path) -> None:
    said = simulate(25, tmp_path / "c", truth=True)
    found = files(tmp_path / "c")
    assert said.bytes == sum(map(len, found.values()))
    assert said.resources == sum(text.count(b"\n") for name, text in found.items() if name.endswith(".ndjson"))


def test_nothing_looks_like_a_cpr_number(tmp_path: Path) -> None:
    """Ids get longer with the size, so the largest are looked at too."""
    lots = [
        *batch(Cohort(1, parse("")), 1, 200).values(),
        *batch(Cohort(1, parse("")), 99_999_900, 99_999_999).values(),
    ]
    lots += [batch(Cohort(1, parse("")), 123_450, 123_460)["Observation"]]
    assert not [found for text in lots for found in CPR.findall(text)]
    assert CPR.search(b"010190-1234") and CPR.search(b"0101901234")


def test_memory_does_not_grow_with_the_size(tmp_path: Path) -> None:
    def peak(patients: int) -> int:
        tracemalloc.start()
        simulate(patients, tmp_path / str(patients), processes=1)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(PATIENTS)  # Whatever is made once is made here.
    assert peak(PATIENTS * 3) < 1.25 * peak(PATIENTS)


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    simulate(PATIENTS + 1, tmp_path / "c", processes=1, progress=lambda done, n: told.append((done, n)))
    assert told[0] == (0, PATIENTS + 1)
    assert told[-1] == (PATIENTS + 1, PATIENTS + 1)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize(("n", "seed"), [(-1, 1), (100_000_001, 1), (10, -1)])
def test_no_cohort(n: int, seed: int, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        simulate(n, tmp_path / "c", seed=seed)
    assert not (tmp_path / "c").exists()
