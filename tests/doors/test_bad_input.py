"""Patient data that must not be read: one message that says what, where and what to do, its exit code, no answer."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.doors.command import ON, gradeline, message, sample

PATIENT = "fresh-episode"
Bad = tuple[bytes, str, str]


def text(document: Any) -> bytes:
    """A document as a file has it."""
    return json.dumps(document).encode()


def changed(change: Callable[[Any], object]) -> bytes:
    """The Bundle of a sample patient with something wrong in it."""
    bundle = sample(PATIENT)
    change(bundle)
    return text(bundle)


def added(**elements: Any) -> bytes:
    """The same Bundle with one resource more, of the patient unless it says otherwise."""
    resource = {"id": "more", "subject": {"reference": f"Patient/{PATIENT}"}, **elements}
    return changed(lambda bundle: bundle["entry"].append({"resource": resource}))


def observed(**elements: Any) -> bytes:
    """The same Bundle with one Observation more."""
    code = {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]}
    return added(resourceType="Observation", status="final", code=code, effectiveDateTime="2026-11-20", **elements)


def patient(**elements: Any) -> bytes:
    """The same Bundle whose patient is described otherwise."""
    return changed(lambda bundle: bundle["entry"][0]["resource"].update(elements))


WHOLE = text(sample(PATIENT))
ANNA, BO = ({"resourceType": "Patient", "id": id} for id in ("anna", "bo"))
BAD: dict[str, Bad] = {
    "nothing": (b"", "there is nothing in it", "Gradeline reads FHIR R4"),
    "not JSON": (b"Dear colleague,", "not JSON", "Gradeline reads FHIR R4"),
    "truncated JSON": (WHOLE[: len(WHOLE) // 2], "JSON that is cut off", "fetch the whole file"),
    "truncated gzip": (gzip.compress(WHOLE)[:100], "its gzip is damaged or cut off", "fetch the file again"),
    "JSON that is no FHIR": (b'{"name": "Anna"}', "no FHIR", "Gradeline reads FHIR R4"),
    "a number": (b"7", "not JSON", "Gradeline reads FHIR R4"),
    "a list of numbers": (b"[7]", "FHIR", "Gradeline reads FHIR R4"),
    "an unknown resourceType": (text({"resourceType": "Sundial"}), "no resourceType 'Sundial'", "FHIR R4"),
    "an unknown type inside": (added(resourceType="Sundial"), "no resourceType 'Sundial'", "FHIR R4"),
    "no Patient": (changed(lambda b: b["entry"].pop(0)), "there is no Patient in it", "export the Patient"),
    "an empty Bundle": (text({"resourceType": "Bundle", "type": "collection"}), "there is no Patient", "export"),
    "several patients": (text([ANNA, BO]), "it holds 2 patients, and none was chosen", "--patient ID"),
    "another's resource": (
        added(resourceType="Condition", subject={"reference": "Patient/bo"}),
        f"Condition/more is about Patient/bo, and this is the record of Patient/{PATIENT}",
        "take it out",
    ),
    "another's resource of a type that is not read": (
        added(resourceType="Claim", patient={"reference": "Patient/bo"}),
        "Claim/more is about Patient/bo",
        "take it out",
    ),
    "a subject that is nowhere": (
        added(resourceType="Condition", subject={"reference": "urn:uuid:0"}),
        "the subject of Condition/more is not in this record",
        "export the Patient with it",
    ),
    "an impossible date": (
        added(resourceType="Condition", onsetDateTime="2026-02-30"),
        "Condition/more, onsetDateTime: there is no date '2026-02-30'",
        "write it as 2026-11-23",
    ),
    "a birth date in the future": (patient(birthDate="2031-01-01"), "is born on 2031-01-01, after", "correct"),
    "an impossible birth date": (patient(birthDate="1980-13-01"), "no date '1980-13-01'", "write it as"),
    "NaN": (observed(valueQuantity={"value": "!"}).replace(b'"!"', b"NaN"), "a number that is NaN", "leave the value"),
    "infinite": (observed(valueQuantity={"value": "!"}).replace(b'"!"', b"-Infinity"), "not finite", "leave the value"),
    "too large": (observed(valueQuantity={"value": "!"}).replace(b'"!"', b"1e999"), "not finite", "leave the value"),
    "deeply nested lists": (b"[" * 100_000, "JSON nested too deeply", "export it anew"),
    "deeply nested objects": (b'{"a":' * 5000 + b"1" + b"}" * 5000, "JSON nested too deeply", "export it anew"),
    "deeply nested Bundles": (b"[" * 500 + b"]" * 500, "Bundles are nested too deeply", "export"),
    "invalid UTF-8": (WHOLE.replace(b"fresh-episode", b"fr\xe9sh-episode", 1), "not UTF-8 at byte", "save it as UTF-8"),
    "two that differ under one id": (
        text([ANNA, {**ANNA, "gender": "female"}]), "two different resources are called Patient/anna", "keep one",
    ),
    "a text where a list belongs": (text({"resourceType": "Bundle", "entry": "x"}), "not shaped as a FHIR", "FHIR R4"),
    "a list where an object belongs": (
        added(resourceType="Condition", code=["x"]), "Condition/more is not shaped as FHIR R4 says", "validate it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_one_message_says_what_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    data, what, cure = BAD[name]
    file = tmp_path / "patient.json"
    file.write_bytes(data)
    for options in ((), ("--json",), ("--note",)):
        said = gradeline("advise", file, "--on", ON, *options)
        assert said.code == 4
        assert said.out == "", "nothing is half-written"
        first, *more = message(said)
        assert what in first
        assert "patient.json" in first or PATIENT in first
        assert cure in " ".join(more)


@pytest.mark.parametrize("name", BAD)
def test_from_standard_input_too(name: str) -> None:
    data, what, _ = BAD[name]
    said = gradeline("advise", "-", "--on", ON, stdin=data)
    assert (said.code, said.out) == (4, "")
    assert what in message(said)[0]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    said = gradeline("advise", tmp_path / "nobody.json")
    assert (said.code, said.out) == (4, "")
    assert "nobody.json  cannot read it: no such file" in message(said)[0]


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "secret.json"
    file.write_bytes(WHOLE)
    file.chmod(0)
    said = gradeline("advise", file)
    if said.code == 0:
        pytest.skip("this user may read everything")
    assert (said.code, said.out) == (4, "")
    assert "secret.json  cannot read it: permission denied" in message(said)[0]


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000], ids=["empty", "NUL", "too long"])
def test_a_name_that_no_file_can_have(name: str) -> None:
    said = gradeline("advise", name)
    assert (said.code, said.out) == (4, "")
    message(said)


def test_an_empty_folder(tmp_path: Path) -> None:
    said = gradeline("advise", tmp_path)
    assert (said.code, said.out) == (4, "")
    assert "there is no Patient in it" in message(said)[0]


def test_gzip_is_read_wherever_it_comes_from(tmp_path: Path) -> None:
    file = tmp_path / "patient.json.gz"
    file.write_bytes(gzip.compress(WHOLE))
    plain = gradeline("advise", "-", "--on", ON, "--json", stdin=WHOLE)
    assert plain.code == 0
    assert gradeline("advise", file, "--on", ON, "--json") == plain
    assert gradeline("advise", "-", "--on", ON, "--json", stdin=gzip.compress(WHOLE)) == plain


# What is no error: it is counted


def unread(data: bytes) -> Any:
    """The advice and what of the record was not read."""
    said = gradeline("advise", "-", "--on", ON, "--json", stdin=data)
    assert said.code == 0, said.err
    return said.json


UNITS = {
    "an unknown unit": {"value": 8, "system": "http://unitsofmeasure.org", "code": "furlong"},
    "a unit that does not convert": {"value": 8, "system": "http://unitsofmeasure.org", "code": "kg"},
    "a value without a unit of UCUM": {"value": 8, "unit": "stars"},
}
PAIN = {"coding": [{"system": "http://snomed.info/sct", "code": "1285594000"}]}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_value_in_no_unit_that_we_know_is_unknown_and_never_a_guess(unit: dict[str, Any]) -> None:
    def pain(value: dict[str, Any]) -> Any:
        return next(
            each
            for each in unread(changed(lambda bundle: bundle["entry"].append({"resource": scored(value)})))[
                "recommendations"
            ]
            if each["id"] == "surgical-assessment"
        )

    assert pain({"value": 2, "system": "http://unitsofmeasure.org", "code": "{score}"})["applies"] == "no"
    assert pain(unit)["applies"] == "unknown"


def scored(value: dict[str, Any]) -> dict[str, Any]:
    """A pain score of the day asked, in some unit."""
    code = {"coding": [{"system": "https://gradeline.example/CodeSystem/terms", "code": "pain"}]}
    subject = {"reference": f"Patient/{PATIENT}"}
    return {
        "resourceType": "Observation", "id": "score", "status": "final", "code": code, "subject": subject,
        "effectiveDateTime": ON, "valueQuantity": value,
    }  # fmt: skip


def test_the_same_resource_again_counts_once() -> None:
    twice = unread(changed(lambda bundle: bundle["entry"].append(bundle["entry"][1])))
    assert {"type": "Condition", "reason": "the same resource again", "count": 1} in twice["record"]["unused"]
    assert twice["recommendations"] == unread(WHOLE)["recommendations"]


def test_another_reference_that_leads_nowhere_is_counted() -> None:
    order = added(
        resourceType="ServiceRequest", status="active", intent="order",
        code={"coding": [{"system": "http://snomed.info/sct", "code": "1"}]},
        reasonReference=[{"reference": "Condition/elsewhere"}],
    )  # fmt: skip
    counted = {"type": "ServiceRequest", "reason": "a reference to what is not in this record", "count": 1}
    assert counted in unread(order)["record"]["unread"]
    assert "a reference to what is not in this record" in gradeline("advise", "-", "--verbose", stdin=order).out
