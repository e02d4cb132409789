"""A share of the patients of a bulk export: read without the others, the same as if all were read and then chosen of."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import gradeline as gl
from gradeline.cohort.simulate import simulate
from gradeline.records.store.facts import Facts

pytest.importorskip("duckdb", reason="DuckDB is not installed")
SHARE = 0.2


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort with one file packed, one mixed, and one whose lines are spaced otherwise."""
    folder = tmp_path_factory.mktemp("sampled") / "export"
    simulate(150, folder, seed=8)
    lines = (folder / "Encounter.ndjson").read_bytes()
    (folder / "Encounter.ndjson").unlink()
    (folder / "Encounter.ndjson.gz").write_bytes(gzip.compress(lines))
    mixed = (folder / "Procedure.ndjson").read_text("utf-8") + (folder / "Patient.ndjson").read_text("utf-8")
    (folder / "Patient.ndjson").unlink()
    (folder / "Procedure.ndjson").write_text(mixed, "utf-8")
    spaced = [json.dumps(json.loads(line)) for line in (folder / "Condition.ndjson").read_text("utf-8").splitlines()]
    (folder / "Condition.ndjson").write_text("\n".join(spaced) + "\n", "utf-8")
    return folder


def told(facts: Facts) -> set[tuple[str, int]]:
    """Each patient with the number of their facts."""
    return {(one.patient.id, len(one.facts)) for one in facts.records()}


def test_the_same_patients_with_all_of_theirs(export: Path, tmp_path: Path) -> None:
    part = gl.facts(export, tmp_path / "part", sample=SHARE)
    whole = gl.facts(export, tmp_path / "whole")
    assert 15 < part.patients < 50
    assert told(part) < told(whole)
    assert part.manifest["sample"] == SHARE
    assert part.manifest["account"]["faults"] == {}
    assert not (part.folder / "sample").exists()
    guideline = gl.guideline("lumbar-nerve-root")
    first, second = (gl.audit(guideline, each, "2024", sample=SHARE).to_dict() for each in (part, whole))
    assert first["sample"] == second["sample"] == SHARE
    assert first["recommendations"] == second["recommendations"]
    assert first["patients"] == second["patients"] == part.patients


def test_facts_of_a_share_are_never_taken_for_the_whole(export: Path, tmp_path: Path) -> None:
    part = gl.facts(export, tmp_path / "facts", sample=SHARE)
    assert gl.audit(gl.guideline("lumbar-nerve-root"), part, "2024").about.sample == SHARE
    whole = gl.facts(export, tmp_path / "facts")
    assert whole.patients == 150
    assert whole.manifest["sample"] is None


def test_a_patient_who_links_to_another_and_what_belongs_to_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    people = [{"resourceType": "Patient", "id": f"p{n}", "link": [{"other": {"reference": "Patient/p0"}, "type": "seealso"}]} for n in range(60)]  # fmt: skip
    contacts = [{"resourceType": "Encounter", "id": f"e{n}", "status": "finished", "class": {"code": "AMB"}, "subject": {"reference": f"https://x.example/fhir/Patient/p{n}"}, "period": {"start": "2024-01-02"}} for n in range(60)]  # fmt: skip
    (folder / "a.ndjson").write_text("\n".join(map(json.dumps, contacts + people)) + "\nno JSON at all\n", "utf-8")
    facts = gl.facts(folder, tmp_path / "facts", sample=SHARE)
    assert 3 < facts.patients < 30
    assert facts.manifest["counts"]["facts"] == facts.patients
    assert facts.manifest["account"]["faults"] == {"lines that are no JSON": 1}


def test_a_damaged_file_is_read_as_it_is(export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    whole = gzip.compress((export / "Condition.ndjson").read_bytes())
    (folder / "Condition.ndjson.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "Procedure.ndjson").write_bytes((export / "Procedure.ndjson").read_bytes())
    facts = gl.facts(folder, tmp_path / "facts", sample=SHARE)
    assert facts.manifest["account"]["faults"]["damaged files"] == 1
