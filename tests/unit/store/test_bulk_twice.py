"""What comes twice in a bulk export, and patients who are left out: counted, and never half used."""

from __future__ import annotations

from pathlib import Path

import pytest

import gradeline as gl
from gradeline.records.bulk.lines import twice
from gradeline.records.bulk.lines.twice import LEFT_OUT
from gradeline.records.store.engine import connect
from tests.unit.store.exports import WHOLE, condition, export, faults, lines, listed, patient


def test_a_patient_in_documents_and_on_lines_beside_them_is_left_out(tmp_path: Path) -> None:
    source = export(
        tmp_path / "in", "all.ndjson", WHOLE + lines([condition("3", "a")], [patient("c"), condition("4", "c")])
    )
    facts = gl.facts(source)
    assert [one.patient.id for one in facts.records()] == ["b", "c"]
    assert "Patient/a is in whole documents and on lines beside them" in listed(facts)


def test_lines_of_patients_who_are_left_out_are_counted_so(tmp_path: Path) -> None:
    gone = {**condition("9", "b"), "verificationStatus": {"coding": [{"code": "entered-in-error"}]}}
    odd = condition("8", "b", recordedDate="2024-02-30")
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", WHOLE + lines(gone, odd, condition("7", "zoe"))))
    unused = {(each["type"], each["why"]): each["count"] for each in facts.manifest["account"]["unused"]}
    assert unused == {("Condition", LEFT_OUT): 4, ("Patient", LEFT_OUT): 1}


def test_of_two_versions_of_a_patient_the_newer_counts(tmp_path: Path) -> None:
    newer = lines(patient("a", meta={"versionId": "2"}, gender="male"), patient("a", meta={"versionId": "1"}))
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", newer + lines(condition("1", "a"))))
    assert ([one.patient.sex for one in facts.records()], faults(facts)) == (["male"], {})


def test_the_same_patient_twice_is_one(tmp_path: Path) -> None:
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", WHOLE + lines(patient("a"), condition("1", "a"))))
    assert faults(facts) == {}
    assert facts.manifest["counts"]["facts"] == 2
    assert {each["why"] for each in facts.manifest["account"]["unused"]} == {"the same resource again"}


def test_what_only_hashes_alike_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alike = ["p108602-r162", "p106602-r168"]
    with connect() as database:
        (found,) = database.execute("SELECT list(hash('Observation/' || id)) FROM unnest(?) t(id)", [alike]).fetchall()
    if len(set(found[0])) > 1:
        pytest.skip("this DuckDB tells the two apart")
    monkeypatch.setattr(twice, "compare", lambda *_: pytest.fail("all lines were read again"))
    both = [condition(id, "a", resourceType="Observation") for id in alike]
    source = export(tmp_path / "in", "all.ndjson", lines(patient("a"), *both))
    assert gl.facts(source).manifest["counts"]["facts"] == 2


def test_of_two_versions_the_newer_counts(tmp_path: Path) -> None:
    old = condition("1", "a", meta={"versionId": "1"}, verificationStatus={"coding": [{"code": "refuted"}]})
    new = condition("1", "a", meta={"versionId": "2"})
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", lines(patient("a"), new, old)))
    assert [fact.status for one in facts.records() for fact in one.facts] == ["done"]
    assert faults(facts) == {}
