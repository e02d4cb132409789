"""Everything else of a record: colds and blood tests, problems of years, prescriptions, hospitals."""

from __future__ import annotations

from orjson import Fragment

from gradeline.cohort.chance import Weighted
from gradeline.cohort.lives.episode import GP, HOSPITAL
from gradeline.cohort.lives.person import ADULT, OLD, YEAR
from gradeline.cohort.notes import ailments
from gradeline.cohort.notes.ailments import Analyte, Problem
from gradeline.cohort.notes.chart import Chart
from gradeline.cohort.notes.codes import EXACT, SPECIALTIES
from gradeline.cohort.notes.shapes import (
    HL7,
    Code,
    Resource,
    concept,
    day,
    moment,
    moment_in_universal_time,
    month,
    quantity,
    reference,
    status,
)
from gradeline.cohort.notes.who import units
from gradeline.cohort.parameters import Background
from gradeline.dates import Day

AMBULATORY = {"system": f"{HL7}v3-ActCode", "code": "AMB"}
ACTIVE, RESOLVED = status("condition-clinical", "active"), status("condition-clinical", "resolved")
CONFIRMED = status("condition-ver-status", "confirmed")
DIAGNOSIS = [status("condition-category", "encounter-diagnosis")]
PROBLEM = [status("condition-category", "problem-list-item")]
VITAL, LABORATORY = [status("observation-category", "vital-signs")], [status("observation-category", "laboratory")]
SERVICES = {setting: concept(code) for setting, code in SPECIALTIES.items()}
PRESSURE = concept(Code("loinc", "85354-9", "Blood pressure panel with all children optional"))
SYSTOLIC = concept(Code("loinc", "8480-6", "Systolic blood pressure"))
DIASTOLIC = concept(Code("loinc", "8462-4", "Diastolic blood pressure"))
PANEL = concept(Code("local", "BLODPR", "Blodprøver"))
BUSY = (0.3, 0.5, 0.7, 0.8, 1.0, 1.0, 1.2, 1.7, 2.8)
"""How much more or less than others a person is seen; one on average, or a little over."""
BLADDER, STENOSIS = Code("sks", "DR329", "Urininkontinens UNS"), Code("sks", "DM480", "Spinalstenose")
LONG_AGO = (400, 3000)
FIRST_MONTHS = 180
"""Nobody has a problem of years from the day of birth on."""


def background(chart: Chart, numbers: Background, begin: Day) -> None:
    """The whole of it, from a day on."""
    begin = max(begin, chart.person.born)
    if begin > chart.end:
        return
    earlier(chart, numbers, begin)
    problems = chronic(chart, begin)
    rate = contacts_a_year(chart.person.age_on(begin), numbers) * chart.chance.one(BUSY)
    for _ in range(chart.chance.count(rate * (chart.end - begin + 1) / YEAR)):
        on = chart.chance.whole(begin, chart.end)
        if chart.chance.happens(numbers.hospital_contact):
            hospital(chart, numbers, on)
        else:
            practice(chart, numbers, on, problems)


def contacts_a_year(age: float, numbers: Background) -> float:
    """How often somebody of an age is seen."""
    if age < ADULT:
        return numbers.contacts_a_year_of_children
    if age < 40:
        return numbers.contacts_a_year_of_the_young
    return numbers.contacts_a_year_of_the_middle_aged if age < OLD else numbers.contacts_a_year_of_the_old


def earlier(chart: Chart, numbers: Background, begin: Day) -> None:
    """What lies years back: it must not be taken for something of today."""
    chance, age = chart.chance, chart.person.age_on(begin)
    ago = begin - chance.whole(*LONG_AGO)
    if age < ADULT + LONG_AGO[1] / YEAR:
        return
    if chance.happens(numbers.earlier_operation):
        code = concept(chance.one(EXACT["lumbar-surgery"])[0])
        chart.add("Procedure", {"status": "completed", "code": code, "performedDateTime": month(ago)})
    if chance.happens(numbers.earlier_bladder_trouble):
        chart.add("Condition", diagnosis(concept(BLADDER), ago, DIAGNOSIS))
    if age >= OLD and chance.happens(numbers.stenosis):
        chart.add("Condition", diagnosis(concept(STENOSIS), ago, PROBLEM))


def chronic(chart: Chart, begin: Day) -> list[Problem]:
    """The problems of years, on the problem list, often with no more than a year of onset."""
    chance, age, found = chart.chance, chart.person.age_on(begin), list[Problem]()
    for problem in ailments.CHRONIC:
        if age >= problem.age and chance.happens(problem.share):
            found.append(problem.problem)
            since = max(begin - chance.whole(30, 3000), chart.person.born + FIRST_MONTHS)
            onset = day(since)[: chance.one((4, 7, 10))]
            chart.add("Condition", diagnosis(problem.problem.concept, since, PROBLEM) | {"onsetDateTime": onset})
    return found


def diagnosis(code: Fragment, on: Day, category: list[Fragment], encounter: str = "") -> Resource:
    """A condition as recorded on a day."""
    found: Resource = {
        "clinicalStatus": ACTIVE, "verificationStatus": CONFIRMED, "category": category, "code": code,
        "recordedDate": day(on),
    }  # fmt: skip
    return found | {"encounter": reference("Encounter", encounter)} if encounter else found


def practice(chart: Chart, numbers: Background, on: Day, problems: list[Problem]) -> None:
    """A contact in general practice, and what comes of it."""
    chance = chart.chance
    encounter = visit(chart, on, GP, chart.doctor)
    problem = complaint(chart, numbers, problems)
    chart.add("Condition", diagnosis(problem.concept, on, DIAGNOSIS, encounter))
    if chance.happens(numbers.blood_pressure):
        pressure(chart, on, encounter)
    if chance.happens(numbers.laboratory):
        laboratory(chart, on, chart.doctor)
    if problem.medicine is not None and chance.happens(numbers.prescription):
        prescribe(chart, problem.medicine, on)
    for one in problems:
        if one.medicine is not None and chance.happens(numbers.prescription):
            prescribe(chart, one.medicine, on)


def complaint(chart: Chart, numbers: Background, problems: list[Problem]) -> Problem:
    """Why somebody comes: back pain of the other kind, a problem of years, or something new."""
    chance = chart.chance
    if chance.happens(numbers.back_pain):
        return chance.weighted(BACK_PAIN)
    if problems and chance.happens(0.4):
        return chance.one(problems)
    return chance.weighted(ACUTE)


ACUTE = Weighted((each.weight, each) for each in ailments.ACUTE)
BACK_PAIN = Weighted((each.weight, each) for each in ailments.BACK_PAIN)


def visit(chart: Chart, on: Day, setting: str, unit: Fragment) -> str:
    """An encounter of a quarter of an hour."""
    start = chart.minute()
    body = {
        "status": "finished", "class": AMBULATORY, "serviceType": SERVICES[setting],
        "period": {"start": moment(on, start), "end": moment(on, start + 15)}, "serviceProvider": unit,
    }  # fmt: skip
    return chart.add("Encounter", body)


def pressure(chart: Chart, on: Day, encounter: str) -> None:
    """A blood pressure: two components."""
    low = chart.chance.whole(62, 95)
    high = low + chart.chance.whole(38, 68)
    body = {
        "status": "final", "category": VITAL, "code": PRESSURE, "effectiveDateTime": moment(on, chart.minute()),
        "encounter": reference("Encounter", encounter),
        "component": [
            {"code": SYSTOLIC, "valueQuantity": quantity(high, "mmHg", "mm[Hg]")},
            {"code": DIASTOLIC, "valueQuantity": quantity(low, "mmHg", "mm[Hg]")},
        ],
    }  # fmt: skip
    chart.add("Observation", body)


def laboratory(chart: Chart, on: Day, requester: Fragment) -> None:
    """Blood tests: the order, the results, the report; the laboratory writes in universal time."""
    taken = moment_in_universal_time(on, chart.minute())
    issued = moment_in_universal_time(on, 17 * 60 + 30)
    order = chart.add("ServiceRequest", {
        "status": "completed", "intent": "order", "code": PANEL, "authoredOn": day(on), "requester": requester,
    })  # fmt: skip
    based_on = [reference("ServiceRequest", order)]
    first = chart.chance.whole(0, 3)
    tests = ailments.BLOOD[first : first + chart.chance.whole(2, 5)]
    results = [
        reference("Observation", chart.add("Observation", result(chart, test, taken, issued, based_on)))
        for test in tests
    ]
    chart.add("DiagnosticReport", {
        "status": "final", "category": [LABORATORY_REPORT], "code": PANEL, "basedOn": based_on,
        "effectiveDateTime": taken, "issued": issued, "result": results,
    })  # fmt: skip


LABORATORY_REPORT, IMAGING_REPORT = status("v2-0074", "LAB"), status("v2-0074", "RAD")


def result(chart: Chart, test: Analyte, taken: str, issued: str, based_on: list[dict[str, str]]) -> Resource:
    """One blood test."""
    value = round(test.low + chart.chance.draw() * (test.high - test.low), test.decimals)
    return {
        "status": "final", "category": LABORATORY, "code": test.concept, "effectiveDateTime": taken, "issued": issued,
        "basedOn": based_on, "valueQuantity": quantity(value if test.decimals else int(value), test.unit, test.unit),
    }  # fmt: skip


def prescribe(chart: Chart, medicine: Fragment, on: Day) -> None:
    """A prescription."""
    chart.add("MedicationRequest", {
        "status": "completed" if chart.end - on > 100 else "active", "intent": "order",
        "medicationCodeableConcept": medicine, "authoredOn": day(on), "requester": chart.doctor,
    })  # fmt: skip


def hospital(chart: Chart, numbers: Background, on: Day) -> None:
    """A contact at a hospital: its diagnosis, perhaps an operation or pictures."""
    chance, region = chart.chance, chart.person.region_on(on)
    unit = chance.one(units(region.name, HOSPITAL))
    encounter = visit(chart, on, HOSPITAL, unit)
    chart.add("Condition", diagnosis(chance.one(ailments.HOSPITAL_DIAGNOSES), on, DIAGNOSIS, encounter))
    if chance.happens(numbers.imaging):
        code, modality = chance.one(ailments.IMAGES)
        pictures(chart, code, modality, on)
    elif chance.happens(0.1):
        operation = chance.one(ailments.OPERATIONS)
        chart.add("Procedure", {"status": "completed", "code": operation, "performedDateTime": day(on)})


def pictures(
    chart: Chart, code: Fragment, modality: str, on: Day, based_on: list[dict[str, str]] | None = None
) -> None:
    """The images of an examination, and the report on them."""
    order = {"basedOn": based_on} if based_on else {}
    images = chart.add("ImagingStudy", order | {
        "status": "available", "modality": [{"system": DICOM, "code": modality}], "procedureCode": [code],
        "started": moment(on, chart.minute()),
    })  # fmt: skip
    chart.add("DiagnosticReport", order | {
        "status": "final", "category": [IMAGING_REPORT], "code": code, "effectiveDateTime": day(on),
        "issued": moment(on, 16 * 60 + 45), "imagingStudy": [reference("ImagingStudy", images)],
    })  # fmt: skip


DICOM = "http://dicom.nema.org/resources/ontology/DCM"
