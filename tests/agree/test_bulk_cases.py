"""The cases of the guidelines as FHIR, read in bulk and one by one: the same facts, and the same advice of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from gradeline.evaluate.advice import advise
from gradeline.plan.plan import compile
from gradeline.records import bulk
from gradeline.source.cases import cases
from gradeline.source.shipped import find, guideline
from tests.agree.bundles import bundle
from tests.agree.test_bulk import same

TEACHING = Path(__file__).parents[1] / "guidelines" / "teaching" / "guideline.yaml"


def apart(resources: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The resources of one case with names that no other case has."""
    names = {f"{each['resourceType']}/{each['id']}": f"case{number}-{each['id']}" for each in resources}

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [renamed(each) for each in value]
        if not isinstance(value, dict):
            return value
        found = {name: renamed(each) for name, each in value.items()}
        if found.get("reference") in names:
            found["reference"] = f"{value['reference'].split('/')[0]}/{names[value['reference']]}"
        return found

    return [{**renamed(each), "id": names[f"{each['resourceType']}/{each['id']}"]} for each in resources]


@pytest.mark.parametrize("file", [find("lumbar-nerve-root"), TEACHING], ids=["lumbar-nerve-root", "teaching"])
def test_the_cases_of_a_guideline(file: Path, tmp_path: Path) -> None:
    asked = guideline(str(file))
    known = cases(file.with_name("cases.yaml"), asked)
    listed = [
        each
        for number, case in enumerate(known)
        for each in apart([entry["resource"] for entry in bundle(case.record)["entry"]], number)
    ]
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "cases.ndjson").write_bytes(b"".join(orjson.dumps(each) + b"\n" for each in listed))
    manifest = same(tmp_path / "export", tmp_path / "facts")
    assert manifest["counts"]["patients"] == len(known) > 40
    facts, plan = bulk.read(bulk.find(tmp_path / "export"), tmp_path / "again"), compile(asked)
    found = {record.patient.id.partition("-")[0]: record for record in facts.records()}
    for number, case in enumerate(known):
        ours, theirs = (advise(plan, record, case.on.toordinal()) for record in (found[f"case{number}"], case.record))
        assert [(each.applies.truth, each.practice) for each in ours.recommendations] == [
            (each.applies.truth, each.practice) for each in theirs.recommendations
        ], case.name
