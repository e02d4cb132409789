"""`source.yaml`: what it says is read whole, what is wrong is told at once, and absence then means what it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import gradeline as gl
from gradeline.codes import Coding
from gradeline.cohort.output import source as written
from gradeline.cohort.parameters import Period
from gradeline.dates import Interval, day
from gradeline.errors import GuidelineError
from gradeline.logic import NO, UNKNOWN
from gradeline.model.data_source import DataSource
from gradeline.model.guideline import Guideline
from gradeline.plan.capture import captured, local_codes
from gradeline.source.data_source import data_source

YEAR = Interval(day("2024-01-01"), day("2024-12-31"))
WRONG = """\
name: x
zone: Mars/Olympus
from: 2024-13-01
captures:
  - term: lumbar mri
    how: maybe
  - trm: lumbar-mri
local codes:
  - system: urn:x
    code: A
colour: red
"""
FAULTS = [
    (2, "there is no time zone `Mars/Olympus`"),
    (3, "there is no day 2024-13-01"),
    (5, "is no id"),
    (6, "`maybe` is not how much"),
    (7, "unknown key `trm`"),
    (7, "has no `term`"),
    (7, "has no `how`"),
    (9, "has no `means`"),
    (11, "unknown key `colour`"),
]


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    return gl.guideline("lumbar-nerve-root")


def said(captures: str) -> DataSource:
    """A source with these captures, each `term setting from to how`."""
    listed = "".join(
        "  - {{term: {}, setting: {}, from: {}, to: {}, how: {}}}\n".format(*line.split())
        for line in captures.splitlines()
    )
    return data_source(f"name: x\ncaptures:\n{listed}")


def test_what_a_cohort_says_of_itself_is_read(guideline: Guideline) -> None:
    found = data_source(written.yaml(20, 1, Period(date(2023, 1, 1).toordinal(), date(2025, 12, 31).toordinal())))
    assert found.simulated
    assert found.zone == "Europe/Copenhagen"
    assert found.terms <= guideline.terms.keys()
    capture = captured(found, guideline, Interval(found.observed.first, found.observed.last))
    assert {capture.by_term[each.term] for each in found.captures if each.complete} == {NO}
    assert {capture.by_term[each.term] for each in found.captures if not each.complete} == {UNKNOWN}
    assert set(local_codes(found, guideline).values()) == {each.means for each in found.local_codes}
    assert found.refused


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(GuidelineError) as caught:
        data_source(WRONG)
    told = [(int(fault.where.rpartition(":")[2]), fault.what) for fault in caught.value.faults]
    assert [line for line, _ in told] == [line for line, _ in FAULTS]
    assert all(part in what for (_, what), (_, part) in zip(told, FAULTS, strict=True))
    assert all(fault.cure for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the file is empty"),
        ("- a", "wants keys"),
        ("name: x\nfrom: 2025-01-01\nto: 2024-01-01", "before `from`"),
        ("name: x\nrefusals:\n- {system: a, code: b}\n- {system: a, code: b}", "stands twice"),
        ("name: x\nname: y", "stands twice"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, what: str) -> None:
    with pytest.raises(GuidelineError, match=what):
        data_source(text)


@pytest.mark.parametrize(
    ("captures", "absence"),
    [
        ("lumbar-mri anywhere 2023-01-01 2025-12-31 complete", NO),
        ("lumbar-mri anywhere 2024-01-01 2024-12-31 complete", NO),
        ("lumbar-mri anywhere 2024-01-02 2024-12-31 complete", UNKNOWN),
        ("lumbar-mri anywhere 2024-01-01 2024-12-30 complete", UNKNOWN),
        ("lumbar-mri anywhere 2024-01-01 2024-12-31 partial", UNKNOWN),
        (
            "lumbar-mri hospital 2023-01-01 2025-12-31 complete\nlumbar-mri private 2023-01-01 2025-12-31 partial",
            UNKNOWN,
        ),
        ("lumbar-mri hospital 2023-01-01 2024-06-30 complete\nlumbar-mri hospital 2024-07-01 2025-12-31 complete", NO),
        (
            "lumbar-mri hospital 2023-01-01 2024-06-30 complete\nlumbar-mri hospital 2024-07-02 2025-12-31 complete",
            UNKNOWN,
        ),
        ("lumbar-mri hospital 2020-01-01 2022-12-31 partial\nlumbar-mri hospital 2023-01-01 2025-12-31 complete", NO),
        ("another-term anywhere 2023-01-01 2025-12-31 complete", UNKNOWN),
    ],
)
def test_absence_means_no_only_where_nothing_can_be_missing(
    guideline: Guideline, captures: str, absence: object
) -> None:
    assert captured(said(captures), guideline, YEAR).absence(guideline.terms["lumbar-mri"], NO) is absence


def test_a_diagnosis_stays_as_it_is_where_nothing_is_said_of_it(guideline: Guideline) -> None:
    finding = next(term for term in guideline.terms.values() if term.subject == "finding")
    assert captured(None, guideline).absence(finding, NO) is NO


def test_one_code_has_one_meaning_for_a_guideline(guideline: Guideline) -> None:
    codes = "name: x\nlocal codes:\n- {system: s, code: c, means: bed-rest}\n- {system: s, code: c, means: %s}"
    assert local_codes(data_source(codes % "of-another-guideline"), guideline) == {Coding("s", "c"): "bed-rest"}
    with pytest.raises(GuidelineError, match="means both `bed-rest` and `lumbar-mri`"):
        local_codes(data_source(codes % "lumbar-mri"), guideline)


def test_a_record_is_read_as_its_source_lives(tmp_path: Path) -> None:
    file = tmp_path / "source.yaml"
    file.write_text(
        "name: x\nzone: Europe/Copenhagen\nfrom: 2024-01-01\nto: 2024-12-31\nrefusals:\n  - {system: s, code: no}\n"
    )
    person = {"resourceType": "Patient", "id": "a"}
    order = {
        "resourceType": "ServiceRequest", "id": "1", "status": "revoked", "intent": "order",
        "subject": {"reference": "Patient/a"}, "authoredOn": "2024-05-31T22:30:00Z",
        "code": {"coding": [{"system": "t", "code": "c"}]}, "reasonCode": [{"coding": [{"system": "s", "code": "no"}]}],
    }  # fmt: skip
    source = gl.data_source(file)
    assert not [fact for fact in gl.record([person, order]).facts if fact.kind == "order"]
    found = gl.record([person, order], source=source)
    fact = next(fact for fact in found.facts if fact.kind == "order")
    assert fact.declined
    assert fact.when == Interval(day("2024-06-01"), day("2024-06-01"))
    assert found.patient.observed == YEAR
    assert [one.facts for one in gl.patients([person, order], source=source)] == [found.facts]


def test_advice_with_a_source_leaves_open_what_it_does_not_capture(guideline: Guideline) -> None:
    sample = Path("gradeline/guidelines/lumbar-nerve-root/samples/week-nine.json")
    record = gl.record(sample)
    usual = gl.advise(guideline, record, "2026-11-23").to_dict()
    silent = gl.advise(guideline, record, "2026-11-23", source=data_source("name: x")).to_dict()
    practice = [{each["id"]: each["practice"] for each in one["recommendations"]} for one in (usual, silent)]
    assert {id for id in practice[0] if practice[0][id] != practice[1][id]} == {
        "acupuncture",
        "extraforaminal-injection",
        "joint-mobilisation",
        "stay-active",
        "surgical-assessment",
    }
    everything = "\n".join(f"{term} anywhere 2020-01-01 2030-01-01 complete" for term in guideline.terms)
    assert (
        gl.advise(guideline, record, "2026-11-23", source=said(everything)).to_dict()["recommendations"]
        == usual["recommendations"]
    )
