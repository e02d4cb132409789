"""The public names: each is there whatever was imported before, takes what it says, and fails as it says."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import gradeline as gl
from gradeline.errors import GuidelineError, RecordError, UsageError

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "gradeline" / "guidelines" / "lumbar-nerve-root" / "samples"
WEEK_NINE = SAMPLES / "week-nine.json"
ON = "2026-11-23"


@pytest.mark.parametrize("name", gl.__all__)
def test_a_name_is_no_folder_whatever_was_imported_before(name: str) -> None:
    """A folder of the package that is called so would take the name's place."""
    seen = f"import gradeline as gl, gradeline.cli, gradeline.verbs.advise, gradeline.records.fhir; print(callable(gl.{name}))"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "True\n"


def test_every_name_is_there_and_no_other() -> None:
    assert sorted(gl.NAMES) == sorted(gl.__all__)
    with pytest.raises(AttributeError, match="gradeline has no `avise`; it has Advice, "):
        gl.avise  # noqa: B018


def test_importing_costs_nothing() -> None:
    """Neither YAML nor JSON is read before something is asked for."""
    seen = "import sys, gradeline; print(sorted({'yaml', 'orjson', 'gradeline.api'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_a_record_is_a_path_bytes_a_dict_or_a_list() -> None:
    data = WEEK_NINE.read_bytes()
    bundle = json.loads(data)
    listed = [entry["resource"] for entry in bundle["entry"]]
    given = [WEEK_NINE, str(WEEK_NINE), data, bundle, listed]
    assert len({gl.record(each).facts for each in given}) == 1


def test_a_day_is_a_text_or_a_date_and_never_left_out() -> None:
    guideline, record = gl.guideline("lumbar-nerve-root"), gl.record(WEEK_NINE)
    assert (
        gl.advise(guideline, record, on=ON).to_dict() == gl.advise(guideline, record, on=date(2026, 11, 23)).to_dict()
    )
    for wrong in ("2026-11", "today", "2026-02-30"):
        with pytest.raises(UsageError, match="is no day"):
            gl.advise(guideline, record, on=wrong)
    with pytest.raises(TypeError):
        gl.advise(guideline, record)  # type: ignore[call-arg]


def test_every_patient_is_streamed_and_a_bad_one_is_told() -> None:
    told: list[RecordError] = []
    found = list(gl.patients(SAMPLES, told.append))
    assert sorted(record.patient.id for record in found) == sorted(file.stem for file in SAMPLES.glob("*.json"))
    assert told == []
    bad = {"resourceType": "Patient", "id": "bo", "birthDate": "1980-02-30"}
    anna = {"resourceType": "Patient", "id": "anna"}
    assert [record.patient.id for record in gl.patients([bad, anna], told.append)] == ["anna"]
    assert "no date '1980-02-30'" in str(told[0])
    with pytest.raises(RecordError):
        list(gl.patients([bad, anna]))


def test_errors_are_of_one_family(tmp_path: Path) -> None:
    broken = tmp_path / "guideline.yaml"
    broken.write_text("id: broken\nscheme: none\n", "utf-8")
    with pytest.raises(GuidelineError) as caught:
        gl.guideline(broken)
    assert len(caught.value.faults) > 1
    assert isinstance(caught.value, gl.GradelineError)
    with pytest.raises(gl.GradelineError, match="there is no guideline `sundial`"):
        gl.guideline("sundial")
    with pytest.raises(gl.GradelineError, match="no such file"):
        gl.record("nobody.json")


def test_what_is_known_beside_the_record() -> None:
    guideline, record = gl.guideline("lumbar-nerve-root"), gl.record(SAMPLES / "l86-no-onset.json")
    given = {"onset": "2026-11-01", "root-sign": "yes"}
    assert gl.advise(guideline, record, on=ON).population.truth.word == "unknown"
    assert gl.advise(guideline, record, on=ON, given=given).population.truth.word == "yes"


def test_the_shipped_guidelines_are_listed() -> None:
    assert "lumbar-nerve-root" in gl.guidelines()
    assert [gl.guideline(id).id for id in gl.guidelines()] == gl.guidelines()


def test_a_patient_is_forgotten_at_once() -> None:
    """Nothing that a patient needs refers to itself in a circle, so that a stream of patients needs no clearing up."""
    guideline = gl.guideline("lumbar-nerve-root")
    gl.advise(guideline, gl.record(WEEK_NINE), on=ON).to_dict()
    gc.collect()
    gc.disable()
    try:
        gl.advise(guideline, gl.record(WEEK_NINE), on=ON).to_dict()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_problem_that_has_abated_is_over_though_nobody_wrote_its_onset() -> None:
    code = {"coding": [{"system": "urn:oid:1.2.208.176.2.31", "code": "L86"}]}
    about = {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "code": code}
    person = {"resourceType": "Patient", "id": "p", "birthDate": "1980-02-03"}
    guideline = gl.guideline("lumbar-nerve-root")
    for ended, expected in (({}, "unknown"), ({"abatementDateTime": "2026-09-20"}, "no")):
        record = gl.record([person, {**about, "recordedDate": "2026-09-01", **ended}])
        assert gl.advise(guideline, record, on="2026-10-01").to_dict()["population"]["answer"] == expected
