"""`bulk` against `fhir`: the same patients, facts and account, whichever of the two decides a line."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest

from gradeline.cohort.simulate import simulate
from gradeline.errors import RecordError
from gradeline.records import bulk, fhir
from gradeline.records.bulk.lines.twice import LEFT_OUT
from gradeline.records.facts import Fact, Patient, Record
from gradeline.records.habits import USUAL, Habits

Read = tuple[dict[str, tuple[Patient, list[Fact]]], Counter[tuple[str, str]]]
NOT_HERE = "a reference to what is not in this record"
"""Only `fhir` counts these; nothing follows from them."""


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return simulate(250, tmp_path_factory.mktemp("cohort") / "all", seed=7, processes=1).folder


def by_hand(source: Path, habits: Habits = USUAL) -> tuple[Read, list[RecordError]]:
    """What `fhir` reads."""
    faults: list[RecordError] = []
    with closing(fhir.Extract(source, faults.append, habits)) as extract:
        found = list(extract)
        unused = sum((one.unused for one in found), Counter(extract.unused) if len(found) != 1 else Counter())
    return (people(found), unused), faults


def people(found: Iterator[Record] | list[Record]) -> dict[str, tuple[Patient, list[Fact]]]:
    return {one.patient.id: (one.patient, sorted(one.facts, key=lambda fact: fact.key)) for one in found}


def in_bulk(source: Path, folder: Path, habits: Habits = USUAL) -> tuple[Read, dict[str, Any]]:
    """What `bulk` reads, and its manifest."""
    facts = bulk.read(bulk.find(source), folder, habits)
    account = facts.manifest["account"]
    unused = Counter({(each["type"], each["why"]): each["count"] for each in account["unused"]})
    return (people(facts.records()), unused), facts.manifest


def same(source: Path, folder: Path, habits: Habits = USUAL) -> dict[str, Any]:
    (ours, unused), manifest = in_bulk(source, folder, habits)
    (theirs, left), _ = by_hand(source, habits)
    assert ours.keys() == theirs.keys()
    for who, (patient, facts) in theirs.items():
        assert ours[who][0] == patient
        assert ours[who][1] == facts
    assert used(unused) == left
    return manifest


def used(unused: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """The account of the patients who are used: of others `fhir` keeps none."""
    return Counter({(kind, why): count for (kind, why), count in unused.items() if why != LEFT_OUT})


def test_a_cohort(cohort: Path, tmp_path: Path) -> None:
    manifest = same(cohort, tmp_path / "facts")
    lines = sum(path.read_bytes().count(b"\n") for path in cohort.glob("*.ndjson"))
    counts = manifest["counts"]
    assert counts["lines"] == lines
    assert counts["by SQL"] > 0.95 * lines
    shared = sum(each["count"] for each in manifest["account"]["unused"] if each["type"] == "Organization")
    assert counts["by SQL"] + counts["by hand"] == lines
    assert shared > 0


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/New_York", "Asia/Kolkata"])
def test_a_cohort_in_its_zone(cohort: Path, tmp_path: Path, zone: str) -> None:
    same(cohort, tmp_path / "facts", Habits(zone))


def test_one_file_of_everything_in_any_order(cohort: Path, tmp_path: Path) -> None:
    lines = [line for path in cohort.glob("*.ndjson") for line in path.read_bytes().splitlines()]
    random.Random(3).shuffle(lines)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "everything.txt").write_bytes(b"\n".join(lines))
    same(tmp_path / "export", tmp_path / "facts")


def test_a_bulk_export_that_we_did_not_write(shared: Path, tmp_path: Path) -> None:
    manifest = same(shared / "records" / "bulk", tmp_path / "facts")
    lines = {path.name: path.read_bytes().count(b"\n") for path in (shared / "records" / "bulk").glob("*.ndjson")}
    del lines["log.ndjson"]
    assert manifest["counts"]["lines"] == sum(lines.values())
    assert manifest["counts"]["skipped files"] == 1


@pytest.mark.parametrize("form", ["bundles", "a bundle on each line", "a resource on each line"])
def test_whole_records_that_we_did_not_write(shared: Path, tmp_path: Path, form: str) -> None:
    source = shared / "records" / "synthea"
    if form != "bundles":
        bundles = [orjson.loads(path.read_bytes()) for path in sorted(source.glob("*.json"))]
        source = tmp_path / "export"
        source.mkdir()
        lines = bundles if form == "a bundle on each line" else [one for each in bundles for one in linked(each)]
        (source / "all.ndjson").write_bytes(b"\n".join(map(orjson.dumps, lines)))
    manifest = same(source, tmp_path / "facts")
    assert manifest["counts"]["patients"] == 10
    assert not manifest["account"]["faults"]


def linked(bundle: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The resources of a Bundle, which refer to each other by type and id, as those of a bulk export do."""
    text = orjson.dumps(bundle)
    for entry in bundle["entry"]:
        key = f"{entry['resource']['resourceType']}/{entry['resource']['id']}"
        text = text.replace(entry["fullUrl"].encode(), key.encode())
    for entry in orjson.loads(text)["entry"]:
        yield entry["resource"]


# Lines in which one thing stands where another belongs, and looks like it.

CODED = {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]}
LOOKALIKES: list[dict[str, Any]] = [
    {"code": {"coding": [{"system": "http://loinc.org", "code": 8480}]}}, {"code": {"coding": [{"system": 7, "code": "c"}]}},
    {"code": {"coding": [{"system": "s", "code": 'a"b\\c/d'}]}}, {"code": {"coding": [{"system": "s", "code": "æ/ø"}]}},
    {"effectiveDateTime": 2024}, {"effectiveDateTime": "2024"}, {"effectivePeriod": {"start": 2024}}, {"effectivePeriod": "2024"},
    {"effectivePeriod": {"start": "2024-02", "end": "2024-03"}}, {"effectiveDateTime": "2024-02-30"}, {"issued": 2024},
    {"valueQuantity": {"value": 7, "unit": 1}}, {"valueQuantity": {"value": 7, "unit": "1"}},
    {"valueQuantity": {"value": 7, "code": 1}}, {"valueQuantity": {"value": "7", "code": "1"}},
    {"valueQuantity": {"value": 7, "unit": "mm", "system": None, "code": "cm"}},
    {"valueQuantity": {"value": 7, "unit": "mm", "system": "other", "code": "cm"}},
    {"valueQuantity": {"value": 7, "comparator": None}}, {"valueQuantity": {"value": 7, "comparator": "<"}},
    {"component": {"code": CODED, "valueInteger": 3}}, {"component": [{"code": CODED, "valueInteger": 3}]}, {"component": []},
    {"component": [{"code": CODED, "modifierExtension": [{"url": "x"}]}]}, {"component": [{"code": CODED, "valueString": "x"}]},
    {"basedOn": {"reference": "ServiceRequest/1"}}, {"basedOn": [{"reference": "ServiceRequest/1"}]}, {"basedOn": "x"},
    {"basedOn": [{"reference": "ServiceRequest/1", "display": "x"}, {"reference": "CarePlan/2"}]}, {"contained": None},
    {"status": 5}, {"status": None}, {"modifierExtension": None}, {"interpretation": [CODED]}, {"id": "12345"}, {"id": "1e5"},
]  # fmt: skip


def test_what_looks_like_something_else(tmp_path: Path) -> None:
    lines: list[bytes] = []
    for number, odd in enumerate(LOOKALIKES):
        subject = {"reference": f"Patient/q{number}"}
        whole = {
            "resourceType": "Observation",
            "id": f"o{number}",
            "status": "final",
            "code": CODED,
            "subject": subject,
        }
        lines.append(orjson.dumps({"resourceType": "Patient", "id": f"q{number}", "birthDate": "1980"}))
        lines.append(orjson.dumps(whole | odd))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "all.ndjson").write_bytes(b"\n".join(lines))
    same(tmp_path / "in", tmp_path / "facts")


PEOPLE: list[dict[str, Any]] = [
    {}, {"birthDate": 1980}, {"birthDate": "1980-02"}, {"birthDate": "1980-02-31"}, {"gender": "male"}, {"gender": 5},
    {"gender": ["male"]}, {"gender": "unknown"}, {"deceasedBoolean": True}, {"deceasedBoolean": "true"}, {"deceasedBoolean": False},
    {"deceasedDateTime": "2020-05"}, {"deceasedDateTime": "2020-05-06T00:00:00Z"}, {"deceasedDateTime": ""},
    {"address": [{"city": "b"}, {"state": "a"}]}, {"address": {"state": "a"}}, {"address": [{"state": 5}]}, {"address": "a"},
    {"address": [{"state": ""}, {"district": "d"}]}, {"link": [{"type": "replaced-by"}]}, {"link": [{"type": "seealso"}]},
    {"modifierExtension": [{"url": "x"}]}, {"implicitRules": "x"}, {"active": False},
]  # fmt: skip


@pytest.mark.parametrize("zone", ["", "Europe/Copenhagen"])
def test_people(tmp_path: Path, zone: str) -> None:
    lines = [orjson.dumps({"resourceType": "Patient", "id": f"q{n}", **odd}) for n, odd in enumerate(PEOPLE)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "people.ndjson").write_bytes(b"\n".join(lines))
    same(tmp_path / "in", tmp_path / "facts", Habits(zone))
