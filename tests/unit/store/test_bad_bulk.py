"""Bad input in bulk: a clear message with counts, nothing lost, nothing half-written."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

import gradeline as gl
from gradeline.errors import RecordError, UsageError
from gradeline.records import bulk, fhir, opening
from gradeline.records.habits import USUAL
from tests.unit.store.exports import WHOLE, condition, export, faults, lines, listed, patient

ROOT = Path(__file__).parents[3]


def test_a_gzip_that_is_cut_off_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    many = lines(patient("a"), *[condition(os.urandom(16).hex(), "a") for _ in range(5000)])
    source = export(tmp_path / "in", "all.ndjson.gz", gzip.compress(many)[:-3000])
    export(source, "more.ndjson", lines(patient("b")))
    facts = gl.facts(source)
    assert faults(facts) == {"damaged files": 1}
    assert "its gzip is damaged or cut off" in listed(facts)
    assert 1000 < facts.manifest["counts"]["facts"] < 5000
    with pytest.raises(RecordError, match="damaged or cut off"):
        gl.facts(source, strict=True)


def test_a_line_of_fifty_megabytes_is_read(tmp_path: Path) -> None:
    binary = {"resourceType": "Binary", "id": "x", "data": "A" * 50_000_000}
    big = condition("3", "a", note=[{"text": "x" * 50_000_000}])
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", WHOLE + lines(binary, big, b"{" + b"x" * 50_000_000)))
    assert facts.manifest["counts"]["facts"] == 3
    assert faults(facts) == {"lines that are no JSON": 1}
    assert {"type": "Binary", "why": "this type is not read", "count": 1} in facts.manifest["account"]["unused"]


def test_many_malformed_lines_are_counted_and_the_first_are_listed(tmp_path: Path) -> None:
    source = export(tmp_path / "in", "all.ndjson", WHOLE + b"{broken\n" * 100_000)
    facts = gl.facts(source)
    assert faults(facts) == {"lines that are no JSON": 100_000}
    assert facts.manifest["counts"]["facts"] == 2
    told = listed(facts).splitlines()
    assert len(told) == 10_001
    assert f"{source / 'all.ndjson'}:5" in told[1]
    with pytest.raises(RecordError, match="ndjson:5"):
        gl.facts(source, strict=True)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b'{"resourceType":"Condition","id":"\xff"}', "lines that are no JSON"),
        (b'{"resourceType":"Wish","id":"1"}', "lines of no type of FHIR"),
        (lines(condition("9", "zoe")).strip(), "patients who are not described"),
        (lines(condition("9", "a", recordedDate="2024-02-30")).strip(), "patients refused"),
        (lines(patient("c", birthDate="soon")).strip(), "patients refused"),
        (lines(patient("a", gender="male")).strip(), "patients refused"),
        (lines({**condition("9", "a"), "subject": {"display": "him"}}).strip(), "resources about nobody who is known"),
    ],
)
def test_each_fault_is_counted_and_listed(tmp_path: Path, line: bytes, what: str) -> None:
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", WHOLE + line + b"\n"))
    assert faults(facts) == {what: 1}
    assert len(listed(facts).splitlines()) == 2
    with pytest.raises(RecordError):
        gl.facts(tmp_path / "in", strict=True)


@pytest.mark.parametrize(
    "odd",
    [b'"z":NaN', b'"z":[1, -Infinity]', b'"z":[1,]', b'"z":{"a":1 , }', b'"z":1e999', b'"z":[nan]'],
    ids=lambda odd: odd.decode(),
)
@pytest.mark.parametrize("kind", ["Condition", "Patient", "Claim", "Medication", "Bundle"])
def test_what_duckdb_alone_takes_for_json_is_none(tmp_path: Path, odd: bytes, kind: str) -> None:
    line = b'{"resourceType":"%b","id":"9","subject":{"reference":"Patient/a"},%b}\n' % (kind.encode(), odd)
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", WHOLE + line + lines(condition("7", "b"))))
    assert faults(facts) == {"lines that are no JSON": 1}
    assert "all.ndjson:5" in listed(facts)
    assert facts.manifest["counts"]["facts"] == 3


def test_words_that_only_look_like_it_are_read(tmp_path: Path) -> None:
    told = condition("3", "a", note=[{"text": 'seen: NaN, [1,] and {"a":1,}'}])
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", WHOLE + lines(told)))
    assert (facts.manifest["counts"]["facts"], facts.manifest["counts"]["by hand"], faults(facts)) == (3, 1, {})


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n  \n"], ids=["lines", "crlf", "empty lines"])
def test_a_mark_before_a_line_loses_nothing(tmp_path: Path, end: bytes) -> None:
    mark = b"\xef\xbb\xbf"
    marked = mark + WHOLE.replace(b"\n", end) + mark + lines(condition("3", "a"), condition("3", "a"))
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", marked))
    assert (facts.patients, facts.manifest["counts"]["facts"], facts.manifest["counts"]["lines"]) == (2, 3, 6)
    assert faults(facts) == {}


def test_an_id_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    odd = {**condition("", "a"), "id": 5}
    stray = {**condition("", "a"), "id": ["x"], "subject": {"identifier": {"value": "nobody"}}}
    source = export(tmp_path / "in", "all.ndjson", WHOLE + lines(odd, stray, {**patient(""), "id": 7}))
    facts = gl.facts(source)
    assert facts.patients == 1
    assert faults(facts) == {"patients refused": 2, "resources about nobody who is known": 1}
    told: list[str] = []
    assert [one.patient.id for one in fhir.records(source, lambda fault: told.append(str(fault)))] == ["b"]
    assert [where in one for where, one in zip(("ndjson:7", "ndjson:6", "ndjson:5"), told, strict=True)] == [True] * 3


def test_what_cannot_be_as_written_is_counted(tmp_path: Path) -> None:
    odd = lines(
        patient("a", deceasedDateTime="2024-01-01"), condition("1", "a"), condition("2", "a", recordedDate="1970-01-01"),
        condition("3", "a", recordedDate="2999-01-01"),
    )  # fmt: skip
    facts = gl.facts(export(tmp_path / "in", "all.ndjson", odd))
    assert facts.manifest["account"]["doubts"] == {
        "facts before birth": 1, "facts after death": 2, "facts known later than the data were made": 1,
    }  # fmt: skip


def test_a_manifest_names_what_must_be_there(tmp_path: Path) -> None:
    source = export(tmp_path / "in", "Patient.000.ndjson", lines(patient("a")))
    export(source, "other.ndjson", lines(patient("b")))
    manifest = {"transactionTime": "2024-01-01T00:00:00Z", "output": [
        {"type": "Patient", "url": "https://example.org/x/Patient.000.ndjson"},
        {"type": "Condition", "url": "https://example.org/x/Condition.000.ndjson?sig=1"},
    ]}  # fmt: skip
    export(source, "manifest.json", orjson.dumps(manifest))
    facts = gl.facts(source / "manifest.json", tmp_path / "facts")
    assert facts.patients == 1
    assert faults(facts) == {"files that are not here": 1}
    assert "Condition.000.ndjson" in listed(facts)
    assert gl.facts(source, tmp_path / "whole").patients == 2


@pytest.mark.parametrize("what", ["nothing", "a note", "no folder"])
def test_where_there_is_no_fhir_that_is_said(tmp_path: Path, what: str) -> None:
    source = tmp_path / "in"
    if what != "no folder":
        export(source, "readme.md", b"# notes")
    if what == "nothing":
        (source / "readme.md").unlink()
    with pytest.raises(RecordError, match=r"there is no FHIR in it|no such file"):
        gl.facts(source)
    assert not (tmp_path / "in.facts").exists()


def test_settings_are_no_fhir_and_lines_behind_another_are(tmp_path: Path) -> None:
    source = export(tmp_path / "in", "settings.json", b'{"a": 1}')
    with pytest.raises(RecordError, match="there is no FHIR in it"):
        gl.facts(source)
    export(source, "all.ndjson", b'{"made": "2026-01-01"}\n' + WHOLE)
    facts = gl.facts(source)
    assert (facts.patients, facts.manifest["counts"]["no FHIR"]) == (2, 1)


def test_a_folder_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    source = export(tmp_path / "in", "all.ndjson", WHOLE)
    export(tmp_path / "theirs", "patients.parquet", b"theirs")
    with pytest.raises(UsageError, match=r"holds patients.parquet, which Gradeline did not write"):
        gl.facts(source, tmp_path / "theirs")
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "theirs").iterdir()] == [
        ("patients.parquet", b"theirs")
    ]


def test_what_duckdb_says_of_a_full_disk_is_short() -> None:
    said = 'IO Error: Async: {"exception_type":"IO","exception_message":"Could not write file \\"x\\": too large","errno":"27"}'
    fault = opening.failure(OSError(said), Path("facts"))
    assert str(fault).splitlines()[0] == 'no room left to read it: Could not write file "x": too large'


def test_an_export_without_patients_is_a_population_of_nobody(tmp_path: Path) -> None:
    facts = gl.facts(export(tmp_path / "in", "Condition.ndjson", lines(condition("1", "a"), condition("2", "b"))))
    assert facts.patients == 0
    assert faults(facts) == {"patients who are not described": 2}


def test_facts_are_used_again_while_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = export(tmp_path / "in", "all.ndjson", WHOLE)
    first = gl.facts(source)
    written = (first.folder / "manifest.json").stat().st_mtime_ns
    assert gl.facts(source).folder == first.folder == gl.facts(first.folder).folder
    assert (first.folder / "manifest.json").stat().st_mtime_ns == written
    refused = opening.Wish(USUAL._replace(zone="Europe/Copenhagen"))
    assert opening.facts(source, None, refused).manifest["habits"]["zone"]
    export(source, "all.ndjson", WHOLE + lines(patient("c")))
    assert gl.facts(source).patients == 3


def test_too_little_memory_and_no_room_is_said(tmp_path: Path, sixty: Path) -> None:
    with pytest.raises(UsageError, match="no room left"):
        opening.facts(sixty, tmp_path / "facts", opening.Wish(memory="3MB"))
    assert not (tmp_path / "facts" / "manifest.json").exists()


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
import gradeline as gl
try:
    gl.facts(sys.argv[1], sys.argv[2])
except gl.GradelineError as error:
    print(error)
"""


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, sixty: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, sixty, tmp_path / "facts"], capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "make room" in done.stdout or "no room left" in done.stdout or "cannot be made" in done.stdout, done.stderr
    assert [path.name for path in (tmp_path / "facts").iterdir()] == [".lock"]


def test_a_folder_that_may_not_be_looked_into_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "p.ndjson").write_text('{"resourceType": "Patient", "id": "a"}\n', "utf-8")
    (tmp_path / "sealed").mkdir()
    look = os.scandir

    def sealed(path: Any = ".") -> Any:
        if str(path).endswith("sealed"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", sealed)
    with pytest.raises(RecordError, match="permission denied"):
        bulk.find(tmp_path)


def test_one_misshapen_resource_of_a_page_is_an_error_of_its_own(tmp_path: Path) -> None:
    odd = {**condition("8", "zoe"), "subject": {"reference": 5}}
    page = [condition("7", "zoe"), odd, condition("9", "zoe"), {**odd, "subject": {"identifier": {"value": "v"}}}]
    source = export(tmp_path / "in", "all.ndjson", lines(page, patient("b")))
    told: list[str] = []
    assert [one.patient.id for one in fhir.records(source, lambda fault: told.append(fault.what))] == ["b"]
    assert sorted(told) == [
        "Condition/7 is about Patient/zoe, who is not in this data",
        "not shaped as FHIR R4 says",
        "the subject of Condition/8 is not in this data",
    ]
    assert gl.facts(source).patients == 1
