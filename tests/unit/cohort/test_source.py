"""The `source.yaml` that is written is true: what it calls complete is, what it calls partial is not, codes mean it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import gradeline as gl
from gradeline.codes import Coding
from gradeline.cohort.notes.codes import LOCAL_MEANINGS
from gradeline.cohort.notes.shapes import LOCAL
from gradeline.cohort.output import source
from gradeline.cohort.simulate import simulate
from gradeline.dates import show
from gradeline.plan.terms import Terms
from tests.unit.cohort.conftest import Written

ACTED = ("lumbar-mri", "extraforaminal-injection", "surgical-assessment", "lumbar-surgery")


@pytest.fixture(scope="module")
def told(ill: Written) -> dict[str, Any]:
    """What the file says."""
    said: dict[str, Any] = yaml.load(source.yaml(3000, 2, ill.parameters.period), Loader=yaml.BaseLoader)
    return said


@pytest.fixture(scope="module")
def terms(told: dict[str, Any]) -> Terms:
    local = {Coding(code["system"], code["code"]): code["means"] for code in told["local codes"]}
    return Terms(gl.guideline("lumbar-nerve-root").terms, local)


def stated(ill: Written, term: str) -> Iterator[dict[str, Any]]:
    """Every true statement of a term, in every setting."""
    for episode in ill.episodes():
        for each in (*episode["actions"], *(one for one in episode["findings"] if one["present"])):
            if each["term"] == term:
                yield each


def day_of(statement: dict[str, Any]) -> str:
    return str(statement.get("ordered") or statement.get("done") or statement["day"])


def complete(told: dict[str, Any]) -> set[str]:
    how: dict[str, set[str]] = {}
    for each in told["captures"]:
        how.setdefault(each["term"], set()).add(each["how"])
    assert {word for words in how.values() for word in words} == {"complete", "partial"}
    return {term for term, words in how.items() if words == {"complete"}}


def test_it_names_terms_and_days_that_there_are(told: dict[str, Any], ill: Written) -> None:
    known = gl.guideline("lumbar-nerve-root").terms
    period = ill.parameters.period
    for each in told["captures"]:
        assert each["term"] in known
        assert (each["from"], each["to"]) == (show(period.from_), show(period.to))
        assert each["setting"] == "anywhere" or each["setting"] in SETTINGS
    assert told["zone"] == "Europe/Copenhagen"
    assert told["simulated"] == "yes"


SETTINGS = {"general practice", "chiropractor", "physiotherapist", "hospital"}


def test_what_is_complete_is_recorded_every_time(told: dict[str, Any], ill: Written) -> None:
    last = told["to"]
    for term in sorted(complete(told)):
        missing = [each for each in stated(ill, term) if day_of(each) <= last and not each["recorded"]]
        died = {one["died"] for one in ill.truth.values()} | {one["left"] for one in ill.truth.values()}
        assert not [each for each in missing if day_of(each) not in died], term
    assert len(list(stated(ill, "lumbar-mri"))) > 300


def test_what_is_partial_is_missing_here_and_there_in_every_setting_that_it_names(
    told: dict[str, Any], ill: Written
) -> None:
    for each in told["captures"]:
        if each["how"] == "partial":
            found = {one["recorded"] for one in stated(ill, each["term"]) if one["setting"] == each["setting"]}
            assert found == {True, False}, each


def test_no_setting_is_left_out(told: dict[str, Any], ill: Written) -> None:
    """Whatever is done somewhere is spoken of: else its absence would be read as if nobody had told."""
    named = {(each["term"], each["setting"]) for each in told["captures"]}
    known = gl.guideline("lumbar-nerve-root").terms
    for episode in ill.episodes():
        for act in episode["actions"]:
            if act["term"] in known:
                assert (act["term"], "anywhere") in named or (act["term"], act["setting"]) in named, act


def coded(resource: dict[str, Any]) -> Iterator[Coding]:
    """The codings of what a resource is."""
    concepts = resource.get("procedureCode") or [resource["code"]]
    for concept in concepts:
        for coding in concept.get("coding", ()):
            yield Coding(coding["system"], coding["code"])


@pytest.mark.parametrize("term", ACTED)
def test_a_complete_act_is_found_in_the_record_and_no_other_is(term: str, ill: Written, terms: Terms) -> None:
    """By the codes as the guideline reads them: each true order or act on its day, and no sure one that never was."""
    sure: set[tuple[str, str]] = set()
    possible: set[tuple[str, str]] = set()
    for kind, dated in (
        ("ServiceRequest", "authoredOn"),
        ("Procedure", "performedDateTime"),
        ("ImagingStudy", "started"),
    ):
        for one in ill.resources[kind]:
            said = {spoken.sure for coding in coded(one) for spoken in terms.of(coding) if spoken.term == term}
            where = (one["subject"]["reference"].split("/")[1], one[dated][:10])
            (sure if True in said else possible if said else set()).add(where)
    last = show(ill.parameters.period.to)
    true = {
        (patient, day)
        for patient, whole in ill.truth.items()
        for episode in whole["episodes"]
        for act in episode["actions"]
        if act["term"] == term
        for day in (act["ordered"], act["done"])
        if day and day <= min(last, whole["died"] or last, whole["left"] or last)
    }
    assert true <= sure | possible
    assert len(true) > 10
    earlier = {where for where in sure - true if where[1] < show(ill.parameters.period.from_)}
    assert sure - true == earlier


def test_local_codes_mean_terms_and_are_used(ill: Written, terms: Terms) -> None:
    used = {coding for kind in ("ServiceRequest", "Procedure") for one in ill.resources[kind] for coding in coded(one)}
    for code, term in LOCAL_MEANINGS.items():
        assert Coding(LOCAL, code) in used
        assert (term, True) in {(spoken.term, spoken.sure) for spoken in terms.of(Coding(LOCAL, code))}


def test_the_file_that_is_written_is_this_one(tmp_path: Path) -> None:
    simulate(1, tmp_path, seed=7)
    text = (tmp_path / "source.yaml").read_text("utf-8")
    assert "name: Simulated cohort, 1 patient, seed 7\n" in text
    assert {each["term"] for each in yaml.safe_load(text)["captures"]} == {*source.COMPLETE, *source.PARTIAL}
