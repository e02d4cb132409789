"""HL7's own examples of CDS Hooks documents: our verdicts are those of the HL7 validator."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from gradeline.serve.hooks.shape import validity

CHECKS = {
    "CDSHooksServices": validity.discovery,
    "CDSHooksRequest": validity.request,
    "CDSHooksResponse": validity.response,
}
NAMES = (
    "cdshooks-services-good", "cdshooks-response-good", "cdshooks-response-empty", "cdshooks-response-empty-source",
    "cdshooks-response-suggestion", "cdshooks-request-patient-view-good", "cdshooks-request-patient-view-bad",
    "cdshooks-request-order-select-good", "cdshooks-request-order-select-bad", "cdshooks-request-order-sign-bad-1",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_verdict(shared: Path, name: str) -> None:
    folder = shared / "standards" / "cds-hooks"
    document = json.loads((folder / "fixtures" / f"{name}.json").read_bytes())
    expected = json.loads((folder / "fixtures-expected.json").read_bytes())[f"{name}.json"]
    meant = {place for error in expected["errors"] if (place := ours(error["at"], document))}
    assert {where for where, _ in CHECKS[expected["logical"]](document)} == meant


def test_every_example_is_judged(shared: Path) -> None:
    expected = json.loads((shared / "standards" / "cds-hooks" / "fixtures-expected.json").read_bytes())
    assert {f"{name}.json" for name in NAMES} == set(expected)


def ours(at: str, document: Any) -> str:
    """A place as we write it; empty where it lies inside a FHIR resource, of which CDS Hooks says nothing."""
    place = at.partition(".")[2]
    if place.endswith("/*ServiceRequest/null*/"):
        place = place.partition("/*")[0]
    if "/*" in place:
        return ""
    key = re.fullmatch(r"prefetch\[(\d+)\]\.value", place)
    if key:
        return f"prefetch.{list(document['prefetch'])[int(key[1])]}"
    return place
