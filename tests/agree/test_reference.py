"""The exported CQL, translated and run by the Java reference engine, gives our answers."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from gradeline.exchange.agreement import Asked, compared, lines
from tests.agree.account import MANY, same
from tests.agree.conftest import Exported
from tests.agree.people import FILES, of_cases, of_samples
from tests.engines import validators
from tests.engines.reference import CURE, QUICK, lacking, reference

ENGINE = "Java reference engine, CQL"


def held(one: Exported, patients: Sequence[Asked], what: str) -> None:
    """Every answer of these patients is the same."""
    if lacking():
        validators.missing(lacking(), CURE)
    said = reference("answers", one.transaction, lines(patients), () if len(patients) > 300 else QUICK)
    same(ENGINE, what, compared(one.plan, patients, said))


@pytest.mark.slow
@pytest.mark.parametrize("id", FILES)
def test_the_cases_of_a_guideline(id: str, exported: Callable[[str], Exported]) -> None:
    one = exported(id)
    cases = list(of_cases(one.plan.guideline, FILES[id]))
    held(one, cases if MANY else cases[::4], f"cases of {id}")


@pytest.mark.slow
def test_patients(cohort: tuple[Asked, ...], exported: Callable[[str], Exported]) -> None:
    one = exported("lumbar-nerve-root")
    held(one, list(of_samples()), "sample patients") if MANY else None
    held(one, cohort if MANY else [*of_samples(), *cohort[::10]], "simulated patients")


QUIRKS = """\
library Quirks version '1'
using FHIR version '4.0.1'
parameter "Days" List<Date>
context Patient
define "Answers on each day": { Tuple{
  sorted: ({ Tuple{ a: 1, b: 2 }, Tuple{ a: 2, b: 1 } }) X return all X sort by a, b,
  split: Split('Condition/hi', '/_history/') } }
"""


@pytest.mark.slow
def test_what_the_library_writes_around(tmp_path: Path) -> None:
    """It sorts by the last column first, and splits at each character of a separator."""
    if lacking():
        validators.missing(lacking(), CURE)
    text = {"contentType": "text/cql", "data": b64encode(QUIRKS.encode()).decode()}
    library = {"resourceType": "Library", "id": "Quirks", "url": "http://example.org/Library/Quirks", "name": "Quirks",
               "version": "1", "status": "draft", "type": {"text": "logic"}, "content": [text]}  # fmt: skip
    entry = {"resource": library, "request": {"method": "PUT", "url": "Library/Quirks"}}
    (tmp_path / "quirks.json").write_text(
        json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": [entry]})
    )
    patient = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": {"resourceType": "Patient", "id": "a"}}],
    }
    (said,) = reference("answers", tmp_path / "quirks.json", [{"id": "a", "days": [], "bundle": patient}])
    assert [each["a"] for each in said["answers"][0]["sorted"]] == ["2", "1"]
    assert said["answers"][0]["split"] == ["C", "nd", "n"]
