"""Many patients: each a JSON line as soon as it is known, one that cannot be read among them, and the choice of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.doors.command import ON, ROOT, SAMPLE_NAMES, SAMPLES, gradeline, message, sample

PATIENT = {"resourceType": "Patient", "id": "anna", "gender": "female", "birthDate": "1980-02-03"}
BAD = {"resourceType": "Patient", "id": "bo", "birthDate": "1980-02-30"}


def ndjson(*documents: Any) -> bytes:
    """A document a line."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in documents)


def everybody() -> bytes:
    """The ten samples, a Bundle a line, with one in the middle that cannot be read."""
    bundles = [sample(name) for name in SAMPLE_NAMES]
    return ndjson(*bundles[:5], {"resourceType": "Bundle", "entry": [{"resource": BAD}]}, *bundles[5:])


def documents(text: str) -> list[Any]:
    """Each line as JSON."""
    return [json.loads(line) for line in text.splitlines()]


def test_one_that_cannot_be_read_is_a_line_with_its_error_and_the_next_follow(tmp_path: Path) -> None:
    file = tmp_path / "everybody.ndjson"
    file.write_bytes(everybody())
    said = gradeline("advise", file, "--all", "--on", ON)
    found = documents(said.out)
    assert said.code == 4, "the shell is told that somebody is missing"
    assert [each.get("patient") for each in found] == [*SAMPLE_NAMES[:5], None, *SAMPLE_NAMES[5:]]
    assert found[5]["schema"] == 1
    assert "everybody.ndjson:6" in found[5]["error"]
    assert "2026" in found[5]["error"], "the cure"


def test_each_line_is_what_one_patient_alone_gets(tmp_path: Path) -> None:
    file = tmp_path / "everybody.ndjson"
    file.write_bytes(everybody())
    found = {each.get("patient"): each for each in documents(gradeline("advise", file, "--all", "--on", ON).out)}
    for name in SAMPLE_NAMES:
        assert found[name] == gradeline("advise", SAMPLES / f"{name}.json", "--on", ON, "--json").json


def test_a_folder_a_list_of_files_and_standard_input() -> None:
    files = [SAMPLES / f"{name}.json" for name in SAMPLE_NAMES]
    listed = gradeline("advise", *files, "--all", "--on", ON)
    assert listed.code == 0
    assert gradeline("advise", SAMPLES, "--all", "--on", ON) == listed
    streamed = gradeline("advise", "-", "--all", "--on", ON, stdin=ndjson(*map(sample, SAMPLE_NAMES)))
    assert documents(streamed.out) == documents(listed.out)


def test_a_line_is_written_before_the_next_patient_is_read(tmp_path: Path) -> None:
    """A reader that stops after one line stops the command, though thousands are left."""
    file = tmp_path / "many.ndjson"
    line = json.dumps(sample("fresh-episode"))
    file.write_text("".join(line.replace("fresh-episode", f"patient-{n}") + "\n" for n in range(3000)), "utf-8")
    command = [sys.executable, "-m", "gradeline.cli", "advise", str(file), "--all", "--on", ON]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as child:
        assert child.stdout
        assert child.stderr
        assert json.loads(child.stdout.readline())["patient"] == "patient-0"
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


def test_two_guidelines_are_two_lines_for_each() -> None:
    teaching = ROOT / "tests" / "guidelines" / "teaching"
    said = gradeline(
        "advise", SAMPLES, "--all", "--on", ON, "--guideline", "lumbar-nerve-root", "--guideline", teaching
    )
    found = [(each["patient"], each["guideline"]) for each in documents(said.out)]
    assert len(found) == 2 * len(SAMPLE_NAMES)
    assert found[0][0] == found[1][0]
    assert found[0][1] == "lumbar-nerve-root"
    assert found[1][1] != "lumbar-nerve-root"


# The choice of one


TWO = ndjson(PATIENT, {**PATIENT, "id": "dan"})


@pytest.mark.parametrize("chosen", ["dan", "Patient/dan"])
def test_one_of_several_is_chosen_by_id(chosen: str) -> None:
    said = gradeline("advise", "-", "--patient", chosen, "--on", ON, "--json", stdin=TWO)
    assert said.json["patient"] == "dan"


def test_without_a_choice_it_says_how_many_there_are_and_how_to_choose() -> None:
    said = gradeline("advise", "-", "--on", ON, stdin=TWO)
    assert (said.code, said.out) == (4, "")
    first, *cure = message(said)
    assert "it holds 2 patients, and none was chosen" in first
    assert "--patient ID" in cure[0]
    assert "--all" in cure[0]


def test_a_choice_of_nobody() -> None:
    said = gradeline("advise", "-", "--patient", "eve", "--on", ON, stdin=TWO)
    assert (said.code, said.out) == (4, "")
    assert "there is no Patient/eve in it, which holds 2 patients" in message(said)[0]


def test_what_is_anothers_does_not_reach_the_one_who_is_chosen() -> None:
    pain = {
        "resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/dan"}, "onsetDateTime": "2026-11-01",
        "code": {"coding": [{"system": "urn:oid:1.2.208.176.2.4", "code": "DM511"}]}, "recordedDate": "2026-11-09",
    }  # fmt: skip
    both = TWO + ndjson(pain)
    anna, dan = (
        gradeline("advise", "-", "--patient", id, "--on", ON, "--json", stdin=both).json for id in ("anna", "dan")
    )
    assert anna["record"]["facts"] == 0
    assert dan["record"]["facts"] == 1
