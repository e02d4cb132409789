"""`gradeline export`: files in a folder, whole or not at all, and one clear message for what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.exchange.engines import Engines
from tests.doors.command import SAMPLES, gradeline


def test_a_library_and_its_value_sets(tmp_path: Path) -> None:
    said = gradeline("export", "lumbar-nerve-root", "--as", "cql", "--out", str(tmp_path / "out"))
    assert (said.code, said.err) == (0, "")
    assert {Path(line).name for line in said.lines} == {"LumbarNerveRoot.cql", "LumbarNerveRoot.valuesets.json"}
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted(Path(line).name for line in said.lines)


def test_with_its_elm_and_the_same_answers(tmp_path: Path, engines: Engines) -> None:
    """The day is the one that the sample names."""
    out, sample = str(tmp_path / "out"), str(SAMPLES / "week-nine.json")
    said = gradeline("export", "lumbar-nerve-root", "--as", "cql", "--out", out, "--verify", sample)
    assert said.code == 0, said.err
    assert said.lines[-1] == "cql-execution and Gradeline: 1 patient, 1 day, 12 answers: all the same"
    assert (tmp_path / "out" / "LumbarNerveRoot.elm.json").stat().st_size > 100_000


WRONG = {
    "nobody's engines": (("--engines", "nowhere"), "the other engines are not installed in nowhere"),
    "no patients": (("--engines", "nowhere", "--verify", "x.json"), "the other engines are not installed in nowhere"),
    "no kind": (("--as", "owl"), "invalid choice: 'owl'"),
}


@pytest.mark.parametrize(("more", "says"), WRONG.values(), ids=WRONG)
def test_what_cannot_be(more: tuple[str, ...], says: str, tmp_path: Path) -> None:
    said = gradeline("export", "lumbar-nerve-root", "--as", "cql", "--out", str(tmp_path / "out"), *more)
    assert (said.code, said.out) == (2, "")
    assert says in said.err or "node is not installed" in said.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", "utf-8")
    said = gradeline("export", "lumbar-nerve-root", "--as", "cql", "--out", str(tmp_path / "file" / "out"))
    assert said.code == 2
    assert "name a folder that is yours" in said.err
