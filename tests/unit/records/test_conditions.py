"""Conditions: onset and end in every form, what is known since when, and what is refuted or only possible."""

from __future__ import annotations

import pytest

from gradeline.dates import BEGINNING, SOME_DAY, Interval, day, interval, show
from tests.unit.records.fhir_snippets import PATIENT, coded, make

UCUM = "http://unitsofmeasure.org"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


def age(value, unit="a"):
    return {"value": value, "system": UCUM, "code": unit}


def days(first, last):
    return Interval(day(first), day(last))


@pytest.mark.parametrize(
    ("onset", "expected"),
    [
        ({"onsetDateTime": "2026-09-20"}, days("2026-09-20", "2026-09-20")),
        ({"onsetDateTime": "2026-09"}, days("2026-09-01", "2026-09-30")),
        ({"onsetDateTime": "2026"}, days("2026-01-01", "2026-12-31")),
        ({"onsetDateTime": "2026-06-01T00:30:00+02:00"}, days("2026-06-01", "2026-06-01")),
        ({"onsetDateTime": "2026-05-31T22:30:00Z"}, days("2026-05-31", "2026-05-31")),
        ({"onsetAge": age(45)}, days("2025-02-03", "2026-02-02")),
        ({"onsetAge": age(45.5)}, days("2025-02-03", "2026-02-02")),
        ({"onsetAge": age(3, "mo")}, days("1980-05-03", "1980-06-02")),
        ({"onsetAge": age(2, "wk")}, days("1980-02-17", "1980-02-23")),
        ({"onsetRange": {"low": age(40), "high": age(45)}}, days("2020-02-03", "2026-02-02")),
        ({"onsetPeriod": {"start": "2026-09-01", "end": "2026-09-10"}}, days("2026-09-01", "2026-09-10")),
        ({"onsetPeriod": {"start": "2026-09-01"}}, days("2026-09-01", "2026-09-01")),
        ({"onsetPeriod": {"end": "2026-09-10"}}, Interval(BEGINNING, day("2026-09-10"))),
    ],
)  # fmt: skip
def test_an_onset_is_the_days_that_it_may_mean(fact, onset, expected):
    found = fact("Condition", recordedDate="2026-10-01", **onset)
    assert (found.when, found.no_onset, found.until) == (expected, False, None)
    assert (show(found.known), found.assumed) == ("2026-10-01", False)


def test_an_onset_alone_is_known_from_its_first_day_which_is_assumed(fact):
    found = fact("Condition", onsetDateTime="2026-09")
    assert (show(found.known), found.assumed) == ("2026-09-01", True)


def test_without_an_onset_it_is_when_it_was_recorded_and_no_onset_is_claimed(fact):
    found = fact("Condition", recordedDate="2026-10-01T08:00:00+02:00")
    assert (found.when, found.no_onset, found.assumed) == (interval("2026-10-01"), True, False)


def test_without_any_date_it_is_on_some_day_and_known_always(fact):
    found = fact("Condition")
    assert (found.when, found.known, found.assumed, found.no_onset) == (SOME_DAY, BEGINNING, False, True)


@pytest.mark.parametrize(
    ("onset", "what"),
    [
        ({"onsetString": "last summer"}, "a date in words"),
        ({"onsetAge": {"value": 45, "unit": "winters"}}, "an age without a UCUM unit of time"),
    ],
)
def test_an_onset_that_cannot_be_read_is_noted_and_the_recording_stands_in(read, onset, what):
    found = read(make("Condition", recordedDate="2026-10-01", **onset))
    assert found.facts[0].when == interval("2026-10-01")
    assert found.facts[0].no_onset
    assert found.unread == {("Condition", what): 1}


def test_an_age_needs_the_birth_date(read):
    stranger = {name: value for name, value in PATIENT.items() if name != "birthDate"}
    found = read(make("Condition", onsetAge=age(45)), patient=stranger)
    assert found.facts[0].when == SOME_DAY
    assert found.unread == {("Condition", "an age without a birth date"): 1}


@pytest.mark.parametrize(
    ("end", "until"),
    [
        ({}, None),
        ({"abatementDateTime": "2026-10-05"}, day("2026-10-05")),
        ({"abatementDateTime": "2026-10"}, day("2026-10-31")),
        ({"abatementAge": age(46)}, day("2027-02-02")),
        ({"abatementPeriod": {"start": "2026-10-01", "end": "2026-10-09"}}, day("2026-10-09")),
        ({"abatementPeriod": {"start": "2026-10-01"}}, day("2026-10-01")),
        ({"abatementRange": {"low": age(45), "high": age(46)}}, day("2027-02-02")),
        ({"abatementString": "in the autumn"}, BEGINNING),
        ({"clinicalStatus": coded("active", CLINICAL)}, None),
        ({"clinicalStatus": coded("recurrence", CLINICAL)}, None),
        ({"clinicalStatus": coded("resolved", CLINICAL)}, BEGINNING),
        ({"clinicalStatus": coded("inactive", CLINICAL)}, BEGINNING),
        ({"clinicalStatus": coded("remission", CLINICAL)}, BEGINNING),
        ({"clinicalStatus": coded("resolved", CLINICAL), "abatementDateTime": "2026-10-05"}, day("2026-10-05")),
    ],
)
def test_it_is_over_by_its_abatement_or_since_an_unknown_day(fact, end, until):
    assert fact("Condition", onsetDateTime="2026-09-20", **end).until == until


@pytest.mark.parametrize(
    ("verification", "status", "sureness"),
    [
        (None, "done", "sure"),
        (coded("confirmed", VERIFICATION), "done", "sure"),
        (coded("unconfirmed", VERIFICATION), "done", "possible"),
        (coded("provisional", VERIFICATION), "done", "possible"),
        (coded("differential", VERIFICATION), "done", "possible"),
        (coded("refuted", VERIFICATION), "negated", "sure"),
        (coded("410594000", "http://snomed.info/sct"), "negated", "sure"),
        (coded("415684004", "http://snomed.info/sct"), "done", "possible"),
        (coded("410605003", "http://snomed.info/sct"), "done", "sure"),
        ({"text": "perhaps"}, "done", "possible"),
    ],
)
def test_verification_tells_whether_it_is_there(fact, verification, status, sureness):
    found = fact("Condition", verificationStatus=verification)
    assert (found.status, found.sureness) == (status, sureness)


def test_entered_in_error_is_not_used(unused):
    wrong = coded("entered-in-error", VERIFICATION)
    assert unused("Condition", verificationStatus=wrong) == "entered in error"


SKS = "urn:oid:1.2.208.176.2.4.12"


@pytest.mark.parametrize(
    ("elements", "side"),
    [
        ({}, None),
        ({"code": coded("DM511+TUL1", SKS)}, "right"),
        ({"code": {"coding": [{"system": SKS, "code": "DM511"}, {"system": SKS, "code": "TUL2"}]}}, "left"),
        ({"bodySite": [coded("7771000", "http://snomed.info/sct")]}, "left"),
        ({"bodySite": [coded("24028007", "http://snomed.info/sct")]}, "right"),
        ({"bodySite": [coded("51440002", "http://snomed.info/sct")]}, "both"),
        ({"bodySite": [coded("7771000", "http://snomed.info/sct"), coded("TUL1", SKS)]}, "both"),
        ({"bodySite": [coded("61685007", "http://snomed.info/sct")]}, None),
    ],
)
def test_the_side_is_in_the_site_or_in_a_supplementary_code(fact, elements, side):
    assert fact("Condition", **elements).side == side


def test_codes_stay_raw_and_sites_are_kept(fact):
    found = fact("Condition", code=coded("DM511+TUL1", SKS), bodySite=[coded("leg"), coded("foot")])
    assert [one.code for one in found.codings] == ["DM511+TUL1"]
    assert [one.code for one in found.sites] == ["leg", "foot"]
