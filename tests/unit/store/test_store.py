"""A facts folder gives back the records that went in, is whole or not there, and refuses what it does not know."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, END, SOME_DAY, Interval
from gradeline.errors import RecordError, UsageError
from gradeline.quantity import Quantity
from gradeline.records import store
from gradeline.records.facts import Fact, Patient, Record
from gradeline.records.fhir import records
from gradeline.records.store.folder import unfinished

A, B = Coding("urn:a", "1"), Coding("urn:b", "2|c")
FACTS = (
    Fact("Condition/1", "condition", (A, B), when=Interval(739000, 739030), known=739000, until=BEGINNING, sites=(B,)),
    Fact("Observation/1", "observation", (A,), value=Quantity(7.5, "1"), time="10:30", unit="Organization/2"),
    Fact("Observation/1#2", "observation", (B,), value=(A, B), known=END, side="left"),
    Fact(
        "Observation/3", "observation", (), "negated", "possible", SOME_DAY, declined=True, no_onset=True, text="it's"
    ),
    Fact("Procedure/1#reason-1", "reason", (A,), of=("Procedure/1", "Procedure/2"), assumed=True, specialty="x"),
)
RECORDS = [
    Record(Patient("p1", Interval(700000, 700000), "female", None, "Region"), FACTS, 6),
    Record(Patient("p2", death=SOME_DAY, observed=Interval(730000, 739999), ended="moved")),
]


def test_records_come_back_as_they_went_in(tmp_path: Path) -> None:
    facts = store.write(RECORDS, tmp_path / "facts")
    assert [one.facts for one in facts.records()] == [one.facts for one in RECORDS]
    assert [one.patient for one in facts.records(["p2", "p1"])] == [RECORDS[1].patient, RECORDS[0].patient]
    assert facts.manifest["counts"] == {"patients": 2, "facts": 5, "rows": 6, "buckets": 1, "resources": 6}


def test_a_cohort_comes_back_in_many_buckets(tmp_path: Path, sixty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gradeline.records.store.layout.BUCKET", 7)
    monkeypatch.setattr("gradeline.records.store.facts.AT_ONCE", 11)
    read = {one.patient.id: one for one in records(sixty)}
    facts = store.write(read.values(), tmp_path / "facts")
    assert len(list((tmp_path / "facts" / "facts").iterdir())) == facts.manifest["counts"]["buckets"] > 3
    again = {one.patient.id: one for one in facts.records()}
    assert again.keys() == read.keys()
    for who, one in again.items():
        assert one.patient == read[who].patient
        assert list(one.facts) == sorted(read[who].facts)


def test_no_record_at_all_is_a_folder_too(tmp_path: Path) -> None:
    facts = store.write([], tmp_path / "facts")
    assert facts.patients == 0
    assert list(facts.records()) == []


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    folder = store.write(RECORDS, tmp_path / "facts").folder
    for path in folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    def broken() -> object:
        yield RECORDS[1]
        raise RecordError("no")

    folder = tmp_path / "facts"
    store.write(RECORDS, folder)
    with pytest.raises(RecordError):
        store.write(broken(), folder)  # type: ignore[arg-type]
    assert len(list(store.Facts.open(folder).records())) == 2
    there = [".lock", "codings.parquet", "facts", "manifest.json", "patients.parquet"]
    assert sorted(path.name for path in folder.iterdir()) == there


KILLED = """
import os, signal, sys
from gradeline.records import store
from gradeline.records.facts import Patient, Record
def dying():
    for n in range(3000):
        yield Record(Patient(str(n)))
    os.kill(os.getpid(), signal.SIGKILL)
store.write(dying(), sys.argv[1])
"""


def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    killed = subprocess.run([sys.executable, "-c", KILLED, folder], env={**os.environ, "PYTHONPATH": os.getcwd()})
    assert killed.returncode == -9
    assert list((folder / ".unfinished").rglob("*.parquet"))
    with pytest.raises(RecordError, match="not finished"):
        store.Facts.open(folder)
    store.write(RECORDS, folder)
    assert not (folder / ".unfinished").exists()


def test_two_runs_do_not_write_one_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="another run"), unfinished(tmp_path):
        store.write(RECORDS, tmp_path)


def test_another_version_is_refused(tmp_path: Path) -> None:
    folder = store.write(RECORDS, tmp_path).folder
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "version": 999}))
    with pytest.raises(RecordError, match="version 999"):
        store.Facts.open(folder)


@pytest.mark.parametrize("damage", ["empty", "columns"])
def test_parquet_that_is_none_of_ours_is_refused(tmp_path: Path, damage: str) -> None:
    facts = store.write(RECORDS, tmp_path)
    if damage == "empty":
        (tmp_path / "patients.parquet").write_bytes(b"")
    else:
        (tmp_path / "patients.parquet").write_bytes((tmp_path / "facts" / "0000.parquet").read_bytes())
    with pytest.raises(RecordError, match=r"patients\.parquet"):
        list(facts.records())


def test_the_database_asks_nobody_for_anything(tmp_path: Path) -> None:
    connection = store.write(RECORDS, tmp_path).connection()
    names = ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions")
    assert [connection.execute(f"SELECT current_setting('{name}')").fetchall() for name in names] == [[(False,)]] * 3
    assert str(tmp_path) in connection.execute("SELECT current_setting('temp_directory')").fetchall()[0][0]
