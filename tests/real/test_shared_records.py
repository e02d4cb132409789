"""Records that we did not write: whole Synthea bundles and a bulk export; every resource is accounted for."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from gradeline.records.facts import Record
from gradeline.records.fhir import Extract, record, records
from gradeline.records.mapping import TYPES

SHARED = Path(__file__).parents[2] / ".." / "shared" / "records"
BUNDLES = sorted((SHARED / "synthea").glob("*.json"))
BULK = SHARED / "bulk"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/records is not here")


def sources(found: Record) -> Counter[str]:
    """How many resources of each type made facts."""
    return Counter(key.partition("/")[0] for key in {fact.key.partition("#")[0] for fact in found.facts})


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.stem)
def test_every_resource_of_a_bundle_is_accounted_for(path: Path) -> None:
    found = record(path)
    kinds = Counter(entry["resource"]["resourceType"] for entry in orjson.loads(path.read_bytes())["entry"])
    unused = Counter[str]()
    for (kind, _), count in found.unused.items():
        unused[kind] += count
    assert sources(found) + unused + Counter(Patient=1) == kinds
    assert found.resources == kinds.total()
    assert {kind for kind, why in found.unused if why == "this type is not read"}.isdisjoint(TYPES)
    assert not found.unread


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.stem)
def test_a_bundle_reads_the_same_from_every_form(path: Path, tmp_path: Path) -> None:
    whole = orjson.loads(path.read_bytes())
    lines = tmp_path / "lines.ndjson"
    lines.write_bytes(orjson.dumps(whole))
    assert [record(path)] * 3 == [record(whole), record(path.read_bytes()), *records(lines)]


def test_all_bundles_of_the_folder_are_ten_patients() -> None:
    assert sorted(one.patient.id for one in records(SHARED / "synthea")) == sorted(
        record(path).patient.id for path in BUNDLES
    )


def test_every_line_of_the_bulk_export_is_accounted_for() -> None:
    with closing(Extract(BULK)) as extract:
        found = list(extract)
        lines = Counter(
            {path.name.partition(".")[0]: path.read_bytes().count(b"\n") for path in BULK.glob("[A-Z]*.ndjson")}
        )
        assert sum((sources(one) for one in found), Counter(Patient=len(found))) == lines
        assert not any(one.unused for one in found)
        assert (extract.resources, [*extract.pages.skipped.values()]) == (0, [4])


def test_a_patient_of_the_bulk_export_can_be_chosen() -> None:
    every = {one.patient.id: one for one in records(BULK)}
    for patient, expected in every.items():
        assert record(BULK, patient) == expected
