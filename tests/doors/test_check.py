"""`gradeline check`: of a broken file everything at once, with lines and cures; of a whole one its cases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from gradeline.source.shipped import HERE
from tests.doors.command import ENGLISH, ROOT, gradeline

SAMPLE = (ROOT / "gradeline" / "source" / "grammar" / "sample.yaml").read_text("utf-8")
FINDING = "    kind: finding\n"
SNOWMED = FINDING + "    codes:\n      snowmed:\n        - A1\n"
TEACHING = ROOT / "tests" / "guidelines" / "teaching"


def written(folder: Path, text: str | bytes) -> Path:
    """A guideline file of somebody's."""
    file = folder / "guideline.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def line_of(passage: str) -> int:
    """On which line of the sample a passage begins."""
    return SAMPLE[: SAMPLE.index(passage)].count("\n") + 1


def test_what_we_ship_is_without_a_fault_or_a_miss() -> None:
    for name in ("lumbar-nerve-root", str(TEACHING)):
        said = gradeline("check", name)
        assert said.code == 0, said.out
        assert "0 answers not as expected; every leaf, decision and outcome is reached" in said.out


def test_a_folder_and_its_file_are_the_same() -> None:
    assert gradeline("check", HERE / "lumbar-nerve-root") == gradeline(
        "check", HERE / "lumbar-nerve-root" / "guideline.yaml"
    )


def test_a_draft_says_how_many_gaps_it_has_and_what_fills_them(tmp_path: Path) -> None:
    """Keys that are not there yet are a finding; with a real error among them, all are errors."""
    unnamed = SAMPLE.replace(line_with("version"), "").replace(line_with("scheme"), "")
    said = gradeline("check", written(tmp_path, unnamed))
    assert (said.code, said.err) == (1, "")
    assert "a draft with 2 gaps and no other error" in said.out
    assert "scheme " in said.out.partition("To fill in:")[2]
    mixed = gradeline("check", written(tmp_path, unnamed + "\nscema: dha\n"))
    assert mixed.code == 3 and "has no `scheme`" in mixed.err and "unknown key `scema`" in mixed.err


def line_with(key: str) -> str:
    """The first line of the sample that begins with a key."""
    return next(line for line in SAMPLE.splitlines(keepends=True) if line.strip().startswith(f"{key}:"))


BROKEN = {
    "an unknown key": ("scheme: dha", "scheme: dha\nscema: dha", "unknown key `scema`", "did you mean `scheme`?"),
    "a tab": ("scheme: dha", "scheme:\tdha\n\tx: y", "a tab", "write spaces"),
    "a key twice": (
        "scheme: dha",
        "scheme: dha\nscheme: dha",
        "`scheme` stands twice",
        "keep one; the first is on line 9",
    ),
    "an alias": ("scheme: dha", "scheme: &x dha\nid: *x", "an anchor, `&x`", "write it out"),
    "a reference to nothing": (
        "index: ",
        "index: sundial-",
        "there is no term called `sundial-sore-elbow`",
        "did you mean `sore-elbow`?",
    ),
    "an unknown code system": (FINDING, SNOWMED, "`snowmed` is not a code system", "did you mean `snomed`?"),
    "a grade that contradicts itself": (
        "grade: weak for, low",
        "grade: good practice for, low",
        "good practice carries no certainty",
        "leave it out",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_what_on_which_line_and_what_to_do(name: str, tmp_path: Path) -> None:
    passage, becomes, what, cure = BROKEN[name]
    assert passage in SAMPLE
    file = written(tmp_path, SAMPLE.replace(passage, becomes, 1))
    said = gradeline("check", file)
    assert (said.code, said.out) == (3, "")
    assert "Traceback" not in said.err
    assert said.err.startswith(f"gradeline: {file}:")
    number = int(said.err.split(f"{file}:")[1].split(" ")[0].split(":")[0])
    assert 0 <= number - line_of(passage) <= 3
    assert what in said.err
    assert cure in said.err


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    text = SAMPLE.replace("scheme: dha", "scheme: dha\nscema: dha", 1).replace(FINDING, SNOWMED, 1)
    said = gradeline("check", written(tmp_path, text))
    assert said.code == 3
    assert said.err.count("guideline.yaml:") == 2


@pytest.mark.parametrize(
    "text",
    [b"", b"7", b"- a\n- b", b"{", b"\xff\xfe", b"a: [" * 5000, b"id: \x00", b"%YAML 3.0\n---\n", b"? [a]\n: b\n"],
    ids=["nothing", "a number", "a list", "cut off", "no UTF-8", "deep", "NUL", "a directive", "a strange key"],
)
def test_what_is_no_guideline_at_all(text: bytes, tmp_path: Path) -> None:
    said = gradeline("check", written(tmp_path, text))
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("gradeline: ")


def test_anchors_that_explode_are_refused(tmp_path: Path) -> None:
    levels = "\n".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 12))
    said = gradeline("check", written(tmp_path, f"k0: &k0 [x, x]\n{levels}\n"))
    assert said.code == 3 and "an anchor, `&k0`" in said.err


def test_a_circle_of_criteria_and_of_terms_is_named(tmp_path: Path) -> None:
    text = (TEACHING / "guideline.yaml").read_text("utf-8")
    circle = "criteria:\n  round:\n    not:\n      criterion: about\n  about:\n    not:\n      criterion: round\n"
    said = gradeline("check", written(tmp_path, text.replace("criteria:\n", circle, 1)))
    assert said.code == 3
    assert "circle" in said.err
    assert "round" in said.err
    assert "about" in said.err


def test_a_broken_file_gives_no_advice_either(tmp_path: Path) -> None:
    file = written(tmp_path, SAMPLE.replace(FINDING, SNOWMED, 1))
    record = HERE / "lumbar-nerve-root" / "samples" / "week-nine.json"
    for call in (("show", file), ("ask", file), ("advise", record, "--guideline", file)):
        said = gradeline(*call)
        assert (said.code, said.out) == (3, "")
        assert "snowmed" in said.err


def test_a_case_that_comes_out_otherwise_is_a_finding(tmp_path: Path) -> None:
    for name in ("guideline.yaml", "cases.yaml"):
        (tmp_path / name).write_bytes((TEACHING / name).read_bytes())
    cases = (tmp_path / "cases.yaml").read_text("utf-8")
    (tmp_path / "cases.yaml").write_text(cases.replace("population: yes", "population: no", 1), "utf-8")
    said = gradeline("check", tmp_path)
    assert said.code == 1
    assert "population is `yes`, expected `no`" in said.out
    assert "meant so because: " in said.out
    line = cases[: cases.index("population: yes")].count("\n") + 1
    shown = next(each for each in said.lines if "expected `no`" in each)
    assert 0 <= line - int(shown.split("cases.yaml:")[1].split(" ")[0]) <= 20


def test_what_no_case_reaches_is_said_and_a_finding_where_one_is_strict(tmp_path: Path) -> None:
    (tmp_path / "guideline.yaml").write_bytes((TEACHING / "guideline.yaml").read_bytes())
    nobody = "- case: Nobody\n  why: nothing is recorded\n  on: 2026-11-23\n  patient: woman\n"
    (tmp_path / "cases.yaml").write_text(f"{nobody}  expect:\n    population: no\n", "utf-8")
    said = gradeline("check", tmp_path)
    assert said.code == 0
    assert "no case reaches: " in said.out
    assert gradeline("check", tmp_path, "--strict").code == 1


def test_no_cases_at_all_is_said(tmp_path: Path) -> None:
    said = gradeline("check", written(tmp_path, SAMPLE))
    assert said.code == 0
    assert "no cases: write cases.yaml beside it" in said.out


def test_watch_checks_again_when_a_file_changes(tmp_path: Path) -> None:
    """An author's window: it stays open through errors, and is closed with Ctrl-C."""
    file = written(tmp_path, SAMPLE)
    command = [sys.executable, "-u", "-m", "gradeline.cli", "check", str(file), "--watch"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **ENGLISH}
    with watching(command, env) as child:
        until(child, "no cases")
        file.write_text(SAMPLE.replace(FINDING, SNOWMED, 1), "utf-8")
        os.utime(file, (time.time() + 2, time.time() + 2))
        until(child, "snowmed")
        file.write_text(SAMPLE, "utf-8")
        os.utime(file, (time.time() + 4, time.time() + 4))
        until(child, "no cases")
        child.send_signal(signal.SIGINT)
        assert child.wait(10) == 130


@contextmanager
def watching(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process that Ctrl-C ends, also where these tests run in the background, and that ends with the test."""
    pipe, hears = subprocess.PIPE, partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    child = subprocess.Popen(command, stdout=pipe, stderr=subprocess.STDOUT, text=True, env=env, preexec_fn=hears)
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def until(child: subprocess.Popen[str], words: str) -> None:
    """Read on until some words are said."""
    assert child.stdout
    for line in child.stdout:
        if words in line:
            return
    raise AssertionError(f"it ended before it said {words!r}")
