"""The small shapes of FHIR: codes, days, moments, references; what is said often is made once."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from orjson import Fragment, dumps

from gradeline import dates
from gradeline.codes import OWN, SYSTEMS
from gradeline.dates import Day

Resource = dict[str, Any]
"""A JSON object of FHIR."""

HL7 = "http://terminology.hl7.org/CodeSystem/"
UCUM = "http://unitsofmeasure.org"
LOCAL = "https://gradeline.example/CodeSystem/simulated"
"""The simulated regions' own codes; `source.yaml` says which terms they mean."""
PLACES = {
    **{name: uris[0] for name, uris in SYSTEMS.items()},
    "local": LOCAL,
    "own": OWN,
    "refusal": f"{HL7}non-adherence-reason-codes",
    "act reason": f"{HL7}v3-ActReason",
    "modality": "http://dicom.nema.org/resources/ontology/DCM",
}
"""The addresses of code systems by their short names; diagnoses of SKS have another than the rest."""
SKS_ADDRESSES = SYSTEMS["sks"]


class Code(NamedTuple):
    """A code, the short name of its system, and what it shows."""

    system: str
    code: str
    display: str = ""


def address(code: Code, other: bool = False) -> str:
    """The address of a code's system; SKS has two, one for diagnoses, and records use either."""
    if code.system != "sks":
        return PLACES[code.system]
    return SKS_ADDRESSES[code.code.startswith("D") != other]


@lru_cache(maxsize=4096)
def concept(*codes: Code, other: bool = False, text: str = "") -> Fragment:
    """A CodeableConcept of some codes; `other` gives SKS codes the address that is not expected."""
    listed = []
    for code in codes:
        coding = {"system": address(code, other), "code": code.code}
        listed.append(coding | {"display": code.display} if code.display else coding)
    whole: Resource = {"coding": listed} if listed else {}
    return Fragment(dumps(whole | {"text": text} if text else whole))


@cache
def status(system: str, code: str) -> Fragment:
    """A CodeableConcept of one of HL7's own codes."""
    return Fragment(dumps({"coding": [{"system": f"{HL7}{system}", "code": code}]}))


def reference(type: str, id: str) -> dict[str, str]:
    """A reference to a resource."""
    return {"reference": f"{type}/{id}"}


@lru_cache(maxsize=1 << 16)
def day(number: Day) -> str:
    """A day as it is written."""
    return dates.show(number)


def month(number: Day) -> str:
    """The month of a day, as a partial date."""
    return day(number)[:7]


def moment(number: Day, minute: int) -> str:
    """A minute of a Danish day, with its offset."""
    return f"{day(number)}{CLOCK[minute]}{offset(number)}"


def moment_in_universal_time(number: Day, minute: int) -> str:
    """The same, as a laboratory writes it; Danish clocks are one hour ahead or two."""
    return f"{day(number)}{CLOCK[minute - (120 if summer(number) else 60)]}Z"


CLOCK = tuple(f"T{minute // 60:02}:{minute % 60:02}:00" for minute in range(24 * 60))


@lru_cache(maxsize=1 << 14)
def offset(number: Day) -> str:
    """How far Danish clocks are ahead of universal time on a day."""
    return "+02:00" if summer(number) else "+01:00"


def summer(number: Day) -> bool:
    """Whether it is summer time: from the last Sunday of March to the last of October."""
    first, last = clocks(date.fromordinal(number).year)
    return first <= number < last


@cache
def clocks(year: int) -> tuple[Day, Day]:
    """The two Sundays on which the clocks change; a Sunday's number is a multiple of seven."""
    spring, autumn = date(year, 3, 31).toordinal(), date(year, 10, 31).toordinal()
    return spring - spring % 7, autumn - autumn % 7


def quantity(value: float, unit: str, code: str) -> Resource:
    """A number with its UCUM unit."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code}
