"""Observations: values in canonical units, coded answers, absence, components, and what they are about."""

from __future__ import annotations

import pytest

from gradeline.codes import Coding
from gradeline.dates import END, Interval, day, interval
from gradeline.quantity import Quantity
from tests.unit.records.fhir_snippets import coded, make

UCUM = "http://unitsofmeasure.org"
SNOMED = "http://snomed.info/sct"
HL7 = "http://terminology.hl7.org/CodeSystem/"


def quantity(value, code=None, unit=None, system=UCUM, **more):
    given = {"value": value, "code": code, "unit": unit, "system": system} | more
    return {name: value for name, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (quantity(8, "{score}"), Quantity(8.0, "1")),
        (quantity(8), Quantity(8.0, "1")),
        (quantity(70, "mm"), Quantity(7.0, "cm")),
        (quantity(70, "mm", system=None), Quantity(7.0, "cm")),
        (quantity(70, unit="mm", system=None), Quantity(7.0, "cm")),
        (quantity(70, "258673006", "mm", SNOMED), Quantity(7.0, "cm")),
        (quantity(140, "mm[Hg]", "mmHg"), Quantity(140.0, "mm[Hg]")),
    ],
)
def test_a_value_comes_in_its_canonical_unit(fact, value, expected):
    assert fact("Observation", valueQuantity=value).value == expected


@pytest.mark.parametrize(
    ("elements", "what"),
    [
        ({"valueQuantity": quantity(140, unit="mmHg", system=None)}, "a value in the unknown unit 'mmHg'"),
        ({"valueQuantity": quantity(7, comparator=">")}, "a value that is only a bound"),
        ({"valueQuantity": quantity("7")}, "a value that is no number"),
        ({"valueQuantity": quantity(True)}, "a value that is no number"),
        ({"valueQuantity": quantity(float("nan"))}, "a value that is no number"),
        ({"valueQuantity": quantity(float("inf"))}, "a value that is no number"),
        ({"valueQuantity": {}}, "a value that is no number"),
        ({"valueRange": {"low": quantity(7), "high": quantity(8)}}, "a value that is a range, a time or a series"),
    ],
)
def test_a_value_that_cannot_be_read_is_unknown_and_noted(read, elements, what):
    found = read(make("Observation", **elements))
    assert found.facts[0].value is None
    assert found.unread == {("Observation", what): 1}


@pytest.mark.parametrize(
    ("elements", "status", "sureness"),
    [
        ({}, "done", "sure"),
        ({"valueBoolean": True}, "done", "sure"),
        ({"valueBoolean": False}, "negated", "sure"),
        ({"valueCodeableConcept": coded("52101004", SNOMED)}, "done", "sure"),
        ({"valueCodeableConcept": coded("2667000", SNOMED)}, "negated", "sure"),
        ({"valueCodeableConcept": coded("373067005", SNOMED)}, "negated", "sure"),
        ({"valueCodeableConcept": coded("LA32-8", "http://loinc.org")}, "negated", "sure"),
        ({"valueCodeableConcept": coded("N", HL7 + "v2-0136")}, "negated", "sure"),
        ({"valueCodeableConcept": coded("261665006", SNOMED)}, "done", "possible"),
        ({"valueCodeableConcept": coded("24484000", SNOMED)}, "done", "sure"),
        ({"valueCodeableConcept": {"text": "nej"}}, "done", "possible"),
        ({"valueString": "nej"}, "done", "possible"),
        ({"interpretation": [coded("NEG", HL7 + "v3-ObservationInterpretation")]}, "negated", "sure"),
        ({"interpretation": [coded("H", HL7 + "v3-ObservationInterpretation")]}, "done", "sure"),
        ({"valueInteger": 3, "interpretation": [coded("NEG", HL7 + "v3-ObservationInterpretation")]}, "done", "sure"),
    ],
)
def test_an_answer_no_negates_and_words_may_mean_anything(fact, elements, status, sureness):
    found = fact("Observation", **elements)
    assert (found.status, found.sureness) == (status, sureness)


def test_codings_that_contradict_each_other_say_nothing(fact):
    both = {"coding": [{"system": SNOMED, "code": "373067005"}, {"system": SNOMED, "code": "373066001"}]}
    assert fact("Observation", valueCodeableConcept=both).sureness == "possible"


def test_a_coded_value_keeps_all_its_codings_and_words_are_kept(fact):
    severe = {"coding": [{"system": SNOMED, "code": "24484000"}, {"code": "3"}], "text": "severe"}
    assert fact("Observation", valueCodeableConcept=severe).value == (Coding(SNOMED, "24484000"), Coding("", "3"))
    assert fact("Observation", valueString="severe").text == "severe"


@pytest.mark.parametrize("reason", ["not-asked", "not-performed", "not-applicable"])
def test_where_nothing_was_looked_for_there_is_no_fact(unused, reason):
    absent = coded(reason, HL7 + "data-absent-reason")
    assert unused("Observation", dataAbsentReason=absent) == f"no value: {reason}"


@pytest.mark.parametrize("reason", ["unknown", "asked-unknown", "masked", "asked-declined"])
def test_where_nobody_knows_it_is_only_possible(fact, reason):
    assert fact("Observation", dataAbsentReason=coded(reason, HL7 + "data-absent-reason")).sureness == "possible"


@pytest.mark.parametrize(
    ("status", "sureness"),
    [
        ("final", "sure"),
        ("amended", "sure"),
        ("corrected", "sure"),
        ("preliminary", "possible"),
        ("unknown", "possible"),
    ],
)
def test_a_preliminary_value_is_only_possible(fact, status, sureness):
    assert fact("Observation", status=status).sureness == sureness


def test_without_its_status_it_is_only_possible(fact):
    assert fact("Observation", status=None).sureness == "possible"


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("registered", "nothing is available yet"),
        ("cancelled", "cancelled"),
        ("entered-in-error", "entered in error"),
        ("bogus", "the unknown status 'bogus'"),
    ],
)
def test_statuses_that_are_no_facts(unused, status, why):
    assert unused("Observation", status=status) == why


@pytest.mark.parametrize(
    ("elements", "when", "until", "time"),
    [
        ({"effectiveDateTime": "2026-10-12T10:15:00+02:00"}, interval("2026-10-12"), None, "10:15:00"),
        ({"effectiveDateTime": "2026-10-12T10:15:00.250Z"}, interval("2026-10-12"), None, "10:15:00.250"),
        ({"effectiveDateTime": "2026-10-12"}, interval("2026-10-12"), None, ""),
        ({"effectiveInstant": "2026-10-12T10:15:00-04:00"}, interval("2026-10-12"), None, "10:15:00"),
        (
            {"effectivePeriod": {"start": "2026-10-12", "end": "2026-10-14"}},
            interval("2026-10-12"),
            day("2026-10-14"),
            "",
        ),
        ({"effectiveTiming": {"event": ["2026-10-14", "2026-10-12"]}}, interval("2026-10-12"), None, ""),
        ({"effectiveTiming": {"repeat": {"boundsPeriod": {"start": "2026-10-12"}}}}, interval("2026-10-12"), None, ""),
        ({"issued": "2026-10-12T10:15:00Z"}, interval("2026-10-12"), None, "10:15:00"),
    ],
)
def test_when_it_was_and_at_what_time(fact, elements, when, until, time):
    found = fact("Observation", **elements)
    assert (found.when, found.until, found.time) == (when, until, time)
    assert found.no_onset


def test_it_is_known_from_the_day_on_which_it_was_issued(fact):
    found = fact("Observation", effectiveDateTime="2026-10", issued="2026-10-20T08:00:00Z")
    assert (found.known, found.assumed) == (day("2026-10-20"), False)
    assert fact("Observation", effectiveDateTime="2026-10").assumed


def test_a_period_that_ends_before_it_begins_has_no_end(read):
    found = read(make("Observation", effectivePeriod={"start": "2026-10-12", "end": "2026-10-02"}))
    assert (found.facts[0].when, found.facts[0].until) == (interval("2026-10-12"), None)
    assert found.unread == {("Observation", "the end of a period that lies before its start"): 1}


def test_components_are_statements_of_their_own(facts):
    pressure = [
        {"code": coded("8480-6"), "valueQuantity": quantity(140, "mm[Hg]")},
        {"code": coded("8462-4"), "valueQuantity": quantity(90, "mm[Hg]")},
        {"code": coded("numb"), "valueBoolean": False},
        {"code": coded("cuff"), "dataAbsentReason": coded("not-asked", HL7 + "data-absent-reason")},
        {"code": coded("turned"), "valueInteger": 1, "modifierExtension": [{"url": "urn:not"}]},
    ]
    found = facts("Observation", component=pressure, effectiveDateTime="2026-10-12")
    assert [one.key for one in found] == [f"Observation/7{part}" for part in ("", "#1", "#2", "#3")]
    assert [one.value and one.value.value for one in found] == [None, 140, 90, None]
    assert found[3].status == "negated"
    assert {one.when for one in found} == {interval("2026-10-12")}


def test_components_are_as_sure_as_their_whole(facts):
    found = facts("Observation", status="preliminary", component=[{"code": coded("8480-6"), "valueInteger": 1}])
    assert {one.sureness for one in found} == {"possible"}


def test_a_panel_that_was_not_done_as_a_whole_may_have_parts_that_were(facts):
    absent = coded("not-performed", HL7 + "data-absent-reason")
    found = facts("Observation", dataAbsentReason=absent, component=[{"code": coded("a"), "valueInteger": 1}])
    assert [one.key for one in found] == ["Observation/7#1"]


@pytest.mark.parametrize(
    "focus", [{"reference": "Patient/2"}, {"reference": "RelatedPerson/3"}, {"reference": "urn:uuid:x"}]
)
def test_what_is_about_another_than_the_patient_is_not_used(unused, focus):
    assert unused("Observation", focus=[focus]) == "about another than the patient"


def test_a_focus_on_a_condition_of_the_patient_is_hers(read):
    both = make("Observation", focus=[{"reference": "Condition/9"}]), make("Condition", id="9")
    assert len(read(*both).facts) == 2


@pytest.mark.parametrize("element", ["modifierExtension", "implicitRules"])
def test_what_may_turn_the_meaning_round_is_not_used(unused, element):
    given = {"modifierExtension": [{"url": "urn:not"}], "implicitRules": "urn:rules"}[element]
    assert unused("Observation", **{element: given}) in ("a modifier extension", "implicit rules")


def test_without_a_code_it_is_not_used(unused):
    assert unused("Observation", code={"text": "pain"}) == "no code"


def test_an_order_that_is_done_may_have_been_done_on_any_later_day(fact):
    found = fact("ServiceRequest", status="completed", authoredOn="2026-10-02")
    assert (found.status, found.when) == ("done", Interval(day("2026-10-02"), END))
