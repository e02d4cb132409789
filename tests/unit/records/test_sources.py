"""Where records come from: Bundles of any type, lists, lines, gzip, folders, streams; versions and deletions."""

from __future__ import annotations

import gzip
import io
import sys
from types import SimpleNamespace

import orjson
import pytest

from gradeline.errors import RecordError
from gradeline.records.fhir import record, records
from tests.unit.records.fhir_snippets import PATIENT, accounted, bundle, coded, lines, make

WHOLE = bundle(make("Condition"))
FORMS = {
    "bundle.json": orjson.dumps(WHOLE),
    "pretty.json": orjson.dumps(WHOLE, option=orjson.OPT_INDENT_2),
    "list.json": orjson.dumps([PATIENT, make("Condition")]),
    "bundles in a list.json": orjson.dumps([bundle(), make("Condition")]),
    "lines.ndjson": lines(PATIENT, make("Condition")),
    "lines without a name": lines(PATIENT, make("Condition")),
    "empty lines.ndjson": b"\n" + lines(PATIENT) + b"\r\n\n" + lines(make("Condition")).rstrip(),
    "a bundle on a line.ndjson": lines(WHOLE),
    "mark.json": b"\xef\xbb\xbf" + orjson.dumps(WHOLE),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("way", ["file", "bytes", "folder", "standard input"])
def test_every_form_gives_the_same_record(name, zipped, way, tmp_path, monkeypatch):
    data = gzip.compress(FORMS[name]) if zipped else FORMS[name]
    path = tmp_path / (name + ".gz" if zipped else name)
    path.write_bytes(data)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    source = {"file": str(path), "bytes": data, "folder": tmp_path, "standard input": "-"}[way]
    found = record(source)
    assert ([one.key for one in found.facts], found.resources, found.patient.id) == (["Condition/7"], 2, "1")


def test_objects_are_read_as_they_are():
    assert record(WHOLE) == record([PATIENT, make("Condition")]) == record([WHOLE])


@pytest.mark.parametrize(
    "kind", ["document", "message", "transaction", "batch", "history", "searchset", "collection", None]
)
def test_a_bundle_of_any_type(kind):
    assert len(record(bundle(make("Condition"), kind=kind)).facts) == 1


def test_answers_to_a_batch_of_searches_are_bundles_in_a_bundle():
    both = bundle(bundle(make("Condition"), patient=None), kind="batch-response")
    assert len(record(both).facts) == 1


def test_the_outcome_of_a_search_is_counted_and_its_gaps_are_told():
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}
    pages = bundle(outcome, kind="searchset") | {"link": [{"relation": "next", "url": "https://example.org/2"}]}
    pages["entry"][1]["search"] = {"mode": "outcome"}
    found = record(pages)
    assert found.unused == {("OperationOutcome", "the outcome of a search, not of care"): 1}
    assert found.unread == {
        ("Bundle", "further pages that are not here"): 1,
        ("Bundle", "a part that the search failed to give"): 1,
    }


# Versions


def test_the_same_resource_twice_counts_once():
    found = record(bundle(make("Condition"), make("Condition")))
    assert (len(found.facts), found.unused) == (1, {("Condition", "the same resource again"): 1})
    assert accounted(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"lastUpdated": "2026-10-01T10:00:00+02:00"}, {"lastUpdated": "2026-10-01T09:00:00Z"}),
        ({"versionId": "9"}, {"versionId": "10"}),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_versions_the_newer_holds(old, new, turned):
    both = [make("Condition", meta=old, code=coded("old")), make("Condition", meta=new, code=coded("new"))]
    found = record(bundle(*(both[::-1] if turned else both)))
    assert [one.codings[0].code for one in found.facts] == ["new"]
    assert found.unused == {("Condition", "an older version"): 1}


@pytest.mark.parametrize("meta", [{}, {"lastUpdated": "2026-10-01"}, {"versionId": "W/1"}, {"versionId": "1"}])
def test_two_resources_with_one_id_and_nothing_that_tells_are_an_error(meta):
    with pytest.raises(RecordError, match="two different resources are called Condition/7") as fault:
        record(bundle(make("Condition", meta=meta), make("Condition", meta=meta, code=coded("other"))))
    assert "entry 3" in str(fault.value)


def entry(method, resource=None, url="Condition/7"):
    request = {"request": {"method": method, "url": url}}
    return request | ({"resource": resource} if resource else {})


@pytest.mark.parametrize(
    ("entries", "codes", "unused"),
    [
        (
            [entry("PUT", make("Condition", code=coded("new"))), entry("POST", make("Condition", code=coded("old")))],
            ["new"],
            {("Condition", "an older version"): 1},
        ),
        ([entry("DELETE"), entry("PUT", make("Condition", code=coded("old")))], [], {("Condition", "deleted"): 1}),
        (
            [entry("PUT", make("Condition", code=coded("again"))), entry("DELETE"), entry("PUT", make("Condition"))],
            ["again"],
            {("Condition", "an older version"): 1},
        ),
    ],
)
def test_a_history_begins_with_the_newest_version(entries, codes, unused):
    history = bundle(kind="history")
    history["entry"] += entries
    found = record(history)
    assert ([one.codings[0].code for one in found.facts], found.unused) == (codes, unused)
    assert accounted(found)


def test_a_transaction_may_delete():
    both = bundle(make("Condition"), make("Condition", id="8"), kind="transaction")
    both["entry"].append(entry("DELETE"))
    found = record(both)
    assert ([one.key for one in found.facts], found.unused) == (["Condition/8"], {("Condition", "deleted"): 1})


def test_resources_without_ids_are_statements_of_their_own():
    found = record(bundle(make("Condition", id=None), make("Condition", id=None, code=coded("d"))))
    assert len({one.key for one in found.facts}) == 2
    addressed = bundle(make("Condition", id=None))
    addressed["entry"][1]["fullUrl"] = "urn:uuid:5"
    assert record(addressed).facts[0].key == "Condition/5"


# What cannot be read


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "there is nothing in it"),
        (b"  \n", "there is nothing in it"),
        (b"hello", "not JSON"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", "not JSON"),
        (orjson.dumps(WHOLE)[:-20], "JSON that is cut off"),
        (b'{"resourceType": "Patient", "x": NaN}', "a number that is NaN"),
        (b'{"resourceType": "Patient", "x": -Infinity}', "a number that is not finite"),
        (b'{"resourceType": "Patient", "x": 1e999}', "a number that is not finite"),
        (b'{"resourceType": "Patient", "x": "\xff"}', "not UTF-8 at byte 35"),
        (orjson.dumps(PATIENT).decode().encode("utf-16"), "not UTF-8 at byte 1"),
        (b'{"a":' * 2000 + b"1" + b"}" * 2000, "JSON nested too deeply"),
        (b'{"resourceType": "Patient",}', "not JSON"),
        (b'{"name": "x"}', "there is no resourceType"),
        (b"[1, 2]", "there is no resourceType"),
        (b"[]", "there is no Patient in it"),
        (b'{"resourceType": 5}', "there is no resourceType"),
        (b'{"resourceType": "Pateint"}', "FHIR R4 knows no resourceType 'Pateint'"),
        (orjson.dumps(bundle({"resourceType": "MedicationUsage"})), "FHIR R4 knows no resourceType 'MedicationUsage'"),
        (orjson.dumps(bundle({})), "entry 2  JSON, but no FHIR: there is no resourceType"),
        (orjson.dumps(WHOLE | {"implicitRules": "urn:rules"}), "implicit rules"),
        (orjson.dumps({"resourceType": "Bundle", "entry": [None]}), "not shaped as"),
        (orjson.dumps({"resourceType": "Bundle", "entry": {"a": 1}}), "not shaped as"),
        (orjson.dumps(bundle(make("Condition", code="c"))), "Condition/7 is not shaped as FHIR R4 says"),
        (orjson.dumps(bundle(make("Condition", id=5))), "entry 2  the id of a Condition is no text"),
        (
            orjson.dumps(bundle(make("Observation", effectiveDateTime="2026-13-01"))),
            "effectiveDateTime: there is no date",
        ),
        (
            orjson.dumps(bundle(make("Observation", effectivePeriod={"start": "1-1-2026"}))),
            "effectivePeriod.start: there is",
        ),
        (gzip.compress(orjson.dumps(WHOLE))[:-9], "its gzip is damaged or cut off"),
        (b"\x1f\x8b" + b"x" * 50, "its gzip is damaged or cut off"),
    ],
)
def test_bad_input_gets_one_clear_error(data, what, tmp_path):
    with pytest.raises(RecordError, match=what) as fault:
        record(data)
    assert fault.value.cure
    assert fault.value.exit_code == 4
    path = tmp_path / "patient.json"
    path.write_bytes(data)
    with pytest.raises(RecordError, match=what) as fault:
        record(path)
    assert "patient.json" in str(fault.value)


@pytest.mark.parametrize("name", ["nowhere.json", "", "\0", '{"resourceType": "Patient"}' * 99])
def test_a_file_that_cannot_be_opened(name):
    with pytest.raises(RecordError, match="cannot read it"):
        record(name)


def test_a_folder_with_a_broken_file_says_which(tmp_path):
    (tmp_path / "a.json").write_bytes(orjson.dumps(WHOLE))
    (tmp_path / "b.json").write_bytes(b"{")
    (tmp_path / "c.json").write_bytes(b"x")
    faults = []
    assert [one.patient.id for one in records(tmp_path, faults.append)] == ["1"]
    assert sorted(fault.where.rpartition("/")[2] for fault in faults) == ["b.json:1", "c.json:1"]
