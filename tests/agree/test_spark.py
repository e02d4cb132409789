"""Spark gives the rows of DuckDB, on a cluster of a master and two workers that run on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradeline.dates import BEGINNING, END, Interval
from gradeline.evaluate.audit.engines import Engine, Leg, engine
from gradeline.evaluate.audit.kept import make
from gradeline.evaluate.audit.rows import Scope
from gradeline.plan.capture import UNDECLARED
from gradeline.plan.plan import compile
from gradeline.records.store import Facts, write
from gradeline.source.cases import cases
from gradeline.source.shipped import guideline
from tests.agree.many import EPISODE, FINDING, differences, keyed, stored

TEACHING = Path(__file__).parents[1] / "guidelines" / "teaching" / "guideline.yaml"
WAIT = 120
pytestmark = pytest.mark.filterwarnings("ignore")  # Spark says that it has not seen the newest pandas yet.


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A master and two workers, from the installed package alone; they end with the test."""
    home = Path(pyspark_or_skip())
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", "--conf spark.executor.memory=512m pyspark-shell")
    url, log = f"spark://127.0.0.1:{port}", (tmp_path / "log").open("w")
    started = [["master.Master", "--port", str(port)], *[["worker.Worker", "-c", "1", "-m", "1g", url]] * 2]
    running = [
        subprocess.Popen(
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1", "--webui-port", "0", *more],
            stdout=log, stderr=log, cwd=tmp_path, env={**os.environ, "SPARK_WORKER_DIR": str(tmp_path / "work")},
        )
        for name, *more in started
    ]  # fmt: skip
    until(port)
    yield url
    for each in running:
        each.terminate()
        each.wait(30)
    log.close()


def pyspark_or_skip() -> str:
    """Where Spark is installed."""
    missing = "java" if shutil.which("java") is None else ""
    try:
        import pyspark
    except ModuleNotFoundError:
        missing = "pyspark"
    if missing:
        assert os.environ.get("CI") != "true", f"{missing} is missing, and CI needs it"
        pytest.skip(f"{missing} is not installed")
    return str(Path(pyspark.__file__).parent)


def until(port: int) -> None:
    """Wait until the master listens."""
    for _ in range(WAIT * 5):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the master did not start")


def rows(counts: Engine, leg: Leg, facts: Facts) -> list[dict[object, object]]:
    """What an engine says of a facts folder."""
    connection = facts.connection()
    make(connection)
    counts([leg], facts, connection, lambda done, of: None)
    return [
        keyed(connection.execute(f"SELECT * FROM {name}").fetchall(), key)
        for name, key in (("episodes", EPISODE), ("findings", FINDING))
    ]


def test_a_cluster_gives_the_same_rows(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The teaching guideline has every form and every criterion."""
    asked = guideline(str(TEACHING))
    known = cases(TEACHING.with_name("cases.yaml"), asked)
    facts = write(stored([case.record for case in known]), tmp_path / "facts")
    end = max(case.on.toordinal() for case in known)
    leg = Leg(compile(asked, UNDECLARED), Scope(Interval(BEGINNING + 1, END - 1), end))
    monkeypatch.setenv("GRADELINE_SPARK_MASTER", cluster)
    ours, theirs = (rows(engine(name), leg, facts) for name in ("spark", "duckdb"))
    assert len(theirs[0]) >= len(known) / 2
    for one, other in zip(ours, theirs, strict=True):
        assert not differences(one, other)
