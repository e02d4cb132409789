"""A count in slices: the rows are those of one piece, and a run that was killed is gone on with."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import get_ident

import pytest

from gradeline.dates import BEGINNING, END, Interval
from gradeline.errors import UsageError
from gradeline.evaluate.audit.engines import Leg
from gradeline.evaluate.audit.kept import make
from gradeline.evaluate.audit.rows import Scope
from gradeline.evaluate.sql import duck, slices
from gradeline.plan.capture import UNDECLARED
from gradeline.plan.plan import compile
from gradeline.records.facts import Record
from gradeline.records.store import Facts, layout, write
from gradeline.source.cases import cases
from gradeline.source.shipped import guideline

TEACHING = Path(__file__).parents[2] / "guidelines" / "teaching" / "guideline.yaml"
FEW = 12
KILLED = """
import os, signal, sys
from pathlib import Path
from tests.unit.audit.test_slices import counted, slices
slices.AT_ONCE = int(sys.argv[2])
def kill(done, of):
    if done > of * 0.6:
        os.kill(os.getpid(), signal.SIGKILL)
counted(Path(sys.argv[1]), kill)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Facts in small buckets."""
    monkeypatch.setattr(layout, "BUCKET", FEW)
    found = cases(TEACHING.with_name("cases.yaml"), guideline(str(TEACHING)))
    write(named([case.record for case in found]), tmp_path / "facts")
    return tmp_path / "facts"


def named(records: Sequence[Record]) -> list[Record]:
    """Each of a patient of another name."""
    return [
        Record(one.patient._replace(id=f"p{number:03}"), tuple(sorted(one.facts, key=lambda fact: fact.key)))
        for number, one in enumerate(records)
    ]


def counted(folder: Path, progress: duck.Progress) -> list[list[tuple[object, ...]]]:
    """All rows."""
    facts = Facts.open(folder)
    asked = guideline(str(TEACHING))
    end = max(case.on.toordinal() for case in cases(TEACHING.with_name("cases.yaml"), asked))
    connection = facts.connection()
    make(connection)
    leg = Leg(compile(asked, UNDECLARED), Scope(Interval(BEGINNING + 1, END - 1), end))
    duck.engine([leg], facts, connection, progress)
    names = ("episodes", "findings", "handed_over")
    return [connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names]


def quiet(done: int, of: int) -> None:
    """Nobody is told."""


def test_slices_give_the_rows_of_one_piece(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, told = counted(folder, quiet), list[int]()
    monkeypatch.setattr(slices, "AT_ONCE", FEW)
    assert counted(folder, lambda done, of: told.append(done)) == whole
    assert len(whole[0]) > FEW
    assert told == sorted(told) and told[-1] == Facts.open(folder).patients
    assert not (folder / slices.FOLDER).exists()


@pytest.mark.parametrize("most", [FEW, FEW // 3], ids=["whole buckets", "parts of buckets"])
def test_processors_that_share_the_patients_give_the_same_rows(
    folder: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    whole, told, own = counted(folder, quiet), list[int](), duck.Run.count
    working: set[int] = set()
    for name, value in (("AT_ONCE", most), ("WORTH_IT", 0)):
        monkeypatch.setattr(slices, name, value)
    monkeypatch.setattr(duck, "cores", lambda: 2)
    monkeypatch.setattr(duck.Run, "count", lambda *given: (working.add(get_ident()), own(*given))[1])
    assert counted(folder, lambda done, of: told.append(done)) == whole
    assert len(working) == 2 and get_ident() not in working
    assert told == sorted(told) and told[-1] == Facts.open(folder).patients
    assert not (folder / slices.FOLDER).exists()


def test_each_patient_is_in_one_slice() -> None:
    for workers, buckets in ((2, [(0, 100, 100)]), (3, [(0, 10, 4), (1, 90, 80), (2, 10, 0), (3, 50, 31)])):
        some = list(slices.slices([(each, of * 1000, opened * 1000) for each, of, opened in buckets], workers))
        assert len(some) >= workers
        assert max(sum(piece.opened for piece in each) for each in some) < slices.AT_ONCE * 1.5
        for bucket, of, _ in buckets:
            pieces = [piece for each in some for piece in each if piece.bucket == bucket]
            assert [piece.part for piece in pieces] == list(range(pieces[0].parts))
            assert sum(piece.patients for piece in pieces) == of * 1000


def test_a_run_that_was_killed_is_gone_on_with(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = counted(folder, quiet)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(FEW)], check=False)
    assert ended.returncode == -signal.SIGKILL
    (question,) = (folder / slices.FOLDER).iterdir()
    finished = [each for each in question.iterdir() if not each.name.endswith(slices.UNFINISHED)]
    assert finished
    assert {path.stat().st_mode & 0o077 for path in (folder / slices.FOLDER).rglob("*")} == {0}
    again: list[int] = []
    own = duck.Run.count
    monkeypatch.setattr(slices, "AT_ONCE", FEW)
    monkeypatch.setattr(duck.Run, "count", lambda *given: (again.append(1), own(*given))[1])
    assert counted(folder, quiet) == whole
    connection = Facts.open(folder).connection()
    buckets = connection.execute("SELECT count(DISTINCT bucket) FROM patients").fetchall()[0][0]
    assert 0 < len(again) <= buckets - len(finished)
    assert not (folder / slices.FOLDER).exists()


def test_two_runs_at_once_keep_each_other_s_slices(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, done, others = counted(folder, quiet), list[int](), list[object]()
    monkeypatch.setattr(slices, "AT_ONCE", FEW)
    own = duck.Run.count
    monkeypatch.setattr(duck.Run, "count", lambda *given: (done.append(1), own(*given))[1])

    def meanwhile(patients: int, of: int) -> None:
        if len(done) == 2 and not others:
            others.append(counted(folder, quiet))

    assert counted(folder, meanwhile) == whole == others[0]
    connection = Facts.open(folder).connection()
    buckets = connection.execute("SELECT count(DISTINCT bucket) FROM patients").fetchall()[0][0]
    assert len(done) == buckets + 1  # The one slice in which the other run began is counted by both.
    assert not (folder / slices.FOLDER).exists()


@pytest.mark.parametrize("worth_it", [slices.WORTH_IT, 0], ids=["alone", "side by side"])
def test_a_disk_that_is_full_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch, worth_it: int) -> None:
    import duckdb

    monkeypatch.setattr(slices, "WORTH_IT", worth_it)
    monkeypatch.setattr(slices, "AT_ONCE", FEW)

    def full(*given: object) -> None:
        raise duckdb.IOException("IO Error: Could not write all bytes to file\nand more")

    monkeypatch.setattr(duck, "make", full)
    with pytest.raises(UsageError, match="no room to count in: IO Error: Could not write all bytes to file"):
        counted(folder, quiet)


def test_where_one_processor_fails_the_other_stops(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done, own = list[str](), duck.make

    def make(connection: object, step: duck.Step) -> None:
        done.append(step.name)
        if len(done) == 3:
            raise UsageError("it fails", "")
        own(connection, step)  # type: ignore[arg-type]

    for name, value in (("AT_ONCE", FEW), ("WORTH_IT", 0)):
        monkeypatch.setattr(slices, name, value)
    monkeypatch.setattr(duck, "cores", lambda: 2)
    monkeypatch.setattr(duck, "make", make)
    with pytest.raises(UsageError, match="it fails"):
        counted(folder, quiet)
    assert "course_rows" not in done
