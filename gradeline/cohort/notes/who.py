"""Who is seen and where: Patient resources, and the regions' units of care."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from orjson import Fragment, dumps

from gradeline.cohort.lives.episode import CHIROPRACTOR, GP, HOSPITAL, PHYSIOTHERAPIST, Setting
from gradeline.cohort.lives.person import Person
from gradeline.cohort.notes.shapes import HL7, Resource, day, month, reference
from gradeline.cohort.parameters import REGIONS, Region
from gradeline.dates import Day

IDENTIFIERS = "https://gradeline.example/simulated"
"""No CPR numbers and no SOR codes: nobody is real, and no unit is."""
NOBODY = Fragment(dumps({"tag": [{"system": f"{HL7}v3-ActReason", "code": "HTEST", "display": "test health data"}]}))
SUBDIVISION = "http://hl7.dk/fhir/core/CodeSystem/dk-core-regional-subdivision-codes"


class Units(NamedTuple):
    """The units of one kind in each region: the word in their ids, their name, how many."""

    word: str
    name: str
    number: int


UNITS: dict[Setting, Units] = {
    GP: Units("gp", "Lægehuset", 40),
    CHIROPRACTOR: Units("ch", "Kiropraktisk Klinik", 6),
    PHYSIOTHERAPIST: Units("ph", "Fysioterapien", 12),
    HOSPITAL: Units("ho", "Sygehuset", 3),
}


def region_id(region: str) -> str:
    """The id of a region's Organization."""
    return f"org-{REGIONS[region][3:]}"


@cache
def units(region: str, setting: Setting) -> tuple[Fragment, ...]:
    """References to the units of one kind in a region."""
    kind = UNITS[setting]
    ids = [f"{region_id(region)}-{kind.word}-{number}" for number in range(1, kind.number + 1)]
    return tuple(Fragment(dumps(reference("Organization", id))) for id in ids)


def organisations() -> Iterator[Resource]:
    """Every region, and every unit in it."""
    for region, code in REGIONS.items():
        yield {
            "resourceType": "Organization", "id": region_id(region), "active": True, "name": region,
            "identifier": [{"system": SUBDIVISION, "value": code}],
        }  # fmt: skip
        for kind in UNITS.values():
            for number in range(1, kind.number + 1):
                yield unit(region, kind, number)


def unit(region: str, kind: Units, number: int) -> Resource:
    """One unit of care."""
    id = f"{region_id(region)}-{kind.word}-{number}"
    return {
        "resourceType": "Organization", "id": id, "active": True,
        "identifier": [{"system": f"{IDENTIFIERS}/unit", "value": id}],
        "type": [{"coding": [{"system": f"{HL7}organization-type", "code": "prov"}]}],
        "name": f"{kind.name} {number}, {region.removeprefix('Region ')} (opdigtet)",
        "address": [{"state": region, "country": "DK"}],
        "partOf": reference("Organization", region_id(region)),
    }  # fmt: skip


def patient(person: Person, doctor: Fragment, partial: tuple[bool, bool], end: Day) -> Resource:
    """The Patient resource; `partial` tells whether birth and death are given roughly."""
    born = day(person.born)[:4] if partial[0] else day(person.born)
    found: Resource = {
        "resourceType": "Patient", "id": person.id, "meta": NOBODY,
        "identifier": [{"system": f"{IDENTIFIERS}/patient", "value": person.id}],
        "active": person.left is None,
        "name": [{"use": "anonymous", "text": f"Opdigtet patient {person.number}"}],
        "gender": "female" if person.female else "male",
        "birthDate": born,
        "address": addresses(person, end),
        "generalPractitioner": [doctor],
    }  # fmt: skip
    if person.died is not None:
        found["deceasedDateTime"] = month(person.died) if partial[1] else day(person.died)
    return found


def addresses(person: Person, end: Day) -> list[Resource]:
    """Where they live now, then where they lived before."""
    if person.moved is None:
        homes = [home(person.region, None)]
    else:
        moved, region = person.moved
        homes = [home(region, None) | {"period": {"start": day(moved)}}, home(person.region, moved - 1)]
    if person.left is not None and person.left <= end:
        homes[0] = homes[0] | {"use": "old", "period": homes[0].get("period", {}) | {"end": day(person.left)}}
        homes.append({"use": "home", "country": "SE", "period": {"start": day(person.left)}})
    return homes


def home(region: Region, until: Day | None) -> Resource:
    """An address, no finer than the region."""
    if until is None:
        return {"use": "home", "state": region.name, "country": "DK"}
    return {"use": "old", "state": region.name, "country": "DK", "period": {"end": day(until)}}
