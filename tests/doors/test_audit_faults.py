"""What stops an audit, met in the terminal: one clear message, the right exit code, nothing half-written."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from gradeline.cohort.simulate import simulate
from gradeline.errors import UsageError
from gradeline.evaluate.sql import spark
from gradeline.records.omop import postgres
from tests.doors.command import ROOT, Said, gradeline

pytest.importorskip("duckdb", reason="DuckDB is not installed")
PERIOD = ("--period", "2024", "--lang", "en")


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort of a few, read once."""
    folder = simulate(40, tmp_path_factory.mktemp("faults") / "export", seed=3, processes=1, truth=False).folder
    assert gradeline("audit", folder, *PERIOD).code == 0
    return folder


def once(said: Said, *words: str) -> None:
    """One message of ours, with its cure on a line of its own."""
    assert "Traceback" not in said.err and "an error of ours" not in said.err
    assert said.err.count("gradeline: ") == 1
    assert all(word in " ".join(said.err.split()) for word in words), said.err


def test_an_answer_that_cannot_be_written(export: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    command = [sys.executable, "-m", "gradeline.cli", "audit", str(export), *PERIOD]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            command,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
    once(Said(ran.returncode, "", ran.stderr), "the answer cannot be written: no space left on device", "make room")
    assert ran.returncode == 2


def test_sql_that_cannot_be_written(export: Path, tmp_path: Path) -> None:
    ran = gradeline("audit", export, *PERIOD, "--sql", tmp_path / "no" / "where.sql")
    once(ran, "cannot write", "no such file or directory", "name a file that is yours")
    assert ran.code == 2


def test_a_database_that_accepts_and_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    monkeypatch.setattr(postgres, "PATIENCE", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        ran = gradeline("audit", f"postgresql://u:secret@127.0.0.1:{port}/db", "--facts", tmp_path / "facts", *PERIOD)
    once(ran, "the database cannot be read", "timeout", "look at the address")
    assert "secret" not in ran.err + ran.out
    assert ran.code == 4
    assert [path.name for path in (tmp_path / "facts").iterdir()] == [".lock"]


def test_a_spark_that_is_not_there() -> None:
    py4j = pytest.importorskip("py4j.protocol", reason="Spark is not installed")
    java = (
        "An error occurred while calling None.org.apache\n: java.lang.IllegalStateException: stopped\n\tat org.apache\n"
    )
    with pytest.raises(UsageError) as fault, spark.said_by("spark://127.0.0.1:1"):
        raise py4j.Py4JError(java)
    assert str(fault.value).splitlines() == [
        "Spark at spark://127.0.0.1:1 does not answer, or has stopped: java.lang.IllegalStateException: stopped",
        "look whether the master and its workers run; without --master it runs here",
    ]


@pytest.mark.parametrize("what", ["of another version", "with a table that is none", "that was not finished"])
def test_a_facts_folder(export: Path, tmp_path: Path, what: str) -> None:
    from shutil import copytree

    folder = copytree(export.with_name("export.facts"), tmp_path / "facts")
    manifest = folder / "manifest.json"
    if what == "of another version":
        manifest.write_text(manifest.read_text("utf-8").replace('"version": 1', '"version": 99'), "utf-8")
    elif what == "with a table that is none":
        (folder / "patients.parquet").write_text("nothing", "utf-8")
    else:
        manifest.write_text('{"gradeline": "0', "utf-8")
    ran = gradeline("audit", folder, *PERIOD)
    once(ran, "read the source again")
    assert ran.code == 4
