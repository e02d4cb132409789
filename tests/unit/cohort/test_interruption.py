"""A cohort is there whole or not at all: interrupted, killed, on a full disk, over another's files."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest

from gradeline.cohort import simulate as module
from gradeline.cohort.output.batches import Worker
from gradeline.cohort.output.folder import Folder
from gradeline.cohort.reading import parse
from gradeline.cohort.simulate import simulate
from gradeline.cohort.writing import Cohort
from gradeline.errors import GradelineError, UsageError


def stop(done: int, of: int) -> NoReturn:
    raise KeyboardInterrupt


def names(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*")}


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        simulate(40, tmp_path / "c", truth=True, progress=stop)
    assert names(tmp_path / "c") == set()


def test_an_interrupted_run_leaves_the_cohort_before_it_as_it_was(tmp_path: Path) -> None:
    simulate(10, tmp_path, truth=True)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    with pytest.raises(KeyboardInterrupt):
        simulate(20, tmp_path, truth=True, seed=2, progress=stop)
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before


def test_a_cohort_of_ours_is_replaced_and_its_truth_with_it(tmp_path: Path) -> None:
    simulate(10, tmp_path, truth=True)
    simulate(12, tmp_path)
    assert "truth" not in names(tmp_path)
    assert (tmp_path / "Patient.ndjson").read_bytes().count(b"\n") == 12
    assert "12 patients" in (tmp_path / "source.yaml").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    code = "import sys; from gradeline.cohort.simulate import simulate; simulate(10**6, sys.argv[1], truth=True)"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    run = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "c")], env=env)
    deadline = time.monotonic() + 60
    while not any(each.stat().st_size for each in (tmp_path / "c").glob("Patient*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    run.kill()
    run.wait()
    left = names(tmp_path / "c")
    assert "Patient.ndjson.part" in left
    assert not [name for name in left if name.endswith((".ndjson", ".jsonl", ".yaml"))]
    simulate(5, tmp_path / "c")
    assert not [name for name in names(tmp_path / "c") if name.endswith(".part")]
    assert "truth" not in names(tmp_path / "c")


def test_a_process_ends_when_nobody_asks_it_any_more() -> None:
    """So that a killed run leaves no processes behind."""
    worker = Worker(Cohort(1, parse("")))
    worker.ask((1, 3))
    assert worker.answer()["Patient"].count(b"\n") == 3
    assert worker.process.stdin
    worker.process.stdin.close()
    assert worker.process.wait(timeout=30) == 0
    assert worker.process.stdout
    worker.process.stdout.close()


def test_a_process_that_dies_is_an_error_and_no_half_batch() -> None:
    worker = Worker(Cohort(1, parse("")))
    worker.process.kill()
    worker.process.wait(timeout=30)
    with pytest.raises(GradelineError, match="before its time"):
        worker.ask((1, 3))
        worker.answer()
    worker.process.communicate()


def test_a_disk_that_is_too_small_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    with pytest.raises(UsageError, match=r"needs about \d+ MB, and .* has room for 1 MB"):
        simulate(5000, tmp_path / "c")
    assert names(tmp_path / "c") == set()


def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Folder, lines: dict[str, bytes]) -> NoReturn:
        raise self.failure(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    monkeypatch.setattr(module.Folder, "write", full)
    with pytest.raises(UsageError, match="No space left"):
        simulate(10, tmp_path / "c")
    assert names(tmp_path / "c") == set()


@pytest.mark.parametrize("stranger", ["notes.txt", "Patient.000.ndjson", "sub/Patient.ndjson"])
def test_a_folder_of_others_is_refused(stranger: str, tmp_path: Path) -> None:
    (tmp_path / stranger).parent.mkdir(exist_ok=True)
    (tmp_path / stranger).write_text("mine")
    with pytest.raises(UsageError, match="no cohort of ours"):
        simulate(1, tmp_path)
    assert (tmp_path / stranger).read_text() == "mine"


def test_a_real_source_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "source.yaml").write_text("name: the region's own\n")
    (tmp_path / "Patient.ndjson").write_text("{}\n")
    with pytest.raises(UsageError, match="no cohort of ours"):
        simulate(1, tmp_path)
    assert (tmp_path / "Patient.ndjson").read_text() == "{}\n"


def test_data_without_a_source_is_never_replaced(tmp_path: Path) -> None:
    """A real export may have files of the same names."""
    (tmp_path / "Patient.ndjson").write_text("{}\n")
    with pytest.raises(UsageError):
        simulate(1, tmp_path)
    assert (tmp_path / "Patient.ndjson").read_text() == "{}\n"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        simulate(1, tmp_path / "c")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        simulate(1, tmp_path / "c" / "deeper")


def test_a_last_step_that_fails_leaves_no_mixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old cohort is gone by then; half of the new one must not stand in its place."""
    simulate(10, tmp_path)
    replaced = []

    def once(source: Path, target: Path) -> None:
        if replaced:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        replaced.append(Path(source).rename(target))

    monkeypatch.setattr("os.replace", once)
    with pytest.raises(UsageError, match="cannot be written"):
        simulate(20, tmp_path)
    assert replaced
    assert names(tmp_path) == set()


def test_a_last_step_that_is_killed_is_made_good(tmp_path: Path) -> None:
    """Files of a new cohort, no `source.yaml` but an unfinished one: it is ours, and is replaced."""
    simulate(10, tmp_path)
    (tmp_path / "source.yaml").rename(tmp_path / "source.yaml.part")
    simulate(5, tmp_path)
    assert (tmp_path / "Patient.ndjson").read_bytes().count(b"\n") == 5
    assert "source.yaml.part" not in names(tmp_path)
