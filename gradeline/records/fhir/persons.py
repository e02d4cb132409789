"""The person a record is about, and whether a resource is about them: another patient's data is the worst error."""

from __future__ import annotations

from gradeline.dates import SOME_DAY, Day, Interval, show
from gradeline.errors import RecordError
from gradeline.records.facts import Patient, Record
from gradeline.records.fhir.elements import ImpossibleDate, Resource, everything, moment
from gradeline.records.fhir.entries import MISSHAPEN, Entry, key_of
from gradeline.records.meanings import UNUSABLE

SEXES = ("female", "male", "other")
PLACES = ("state", "district", "city")
"""Of an address the widest part that is given; streets and postal codes are nobody's business here."""


def patient(entry: Entry) -> Patient:
    """The Patient resource as a row; RecordError where it must not be used."""
    resource = entry.resource
    unusable = next((why for name, why in UNUSABLE.items() if resource.get(name)), None)
    if unusable:
        what = f"{key_of(entry)} has {unusable}, and may not mean what it says"
        raise RecordError(what, "export the Patient without", entry.where)
    for link in resource.get("link") or ():
        if link.get("type") == "replaced-by":
            raise RecordError(f"{key_of(entry)} was replaced by another", "use the one that replaced it", entry.where)
    sex = resource.get("gender")
    return Patient(
        id=key_of(entry).partition("/")[2],
        birth=days(resource, "birthDate", entry),
        sex=sex if sex in SEXES else None,
        death=days(resource, "deceasedDateTime", entry)
        or (SOME_DAY if resource.get("deceasedBoolean") is True else None),
        place=place(resource),
    )


def days(resource: Resource, name: str, entry: Entry) -> Interval | None:
    """The days that a date of the person may mean."""
    text = resource.get(name)
    try:
        return moment(text).when if text else None
    except (ImpossibleDate, *MISSHAPEN):
        what = f"{key_of(entry)}, {name}: there is no date {str(text)[:40]!r}"
        raise RecordError(what, "write it as 2026-11-23, 2026-11 or 2026", entry.where) from None


def place(resource: Resource) -> str:
    """The region, else the municipality, else the town."""
    given = (address.get(part) for part in PLACES for address in everything(resource, "address"))
    return str(next(filter(None, given), ""))


def check_birth(record: Record, on: Day) -> None:
    """Refuse a patient who is born after the day that is asked about."""
    birth = record.patient.birth
    if birth and birth.first > on:
        raise RecordError(
            f"Patient/{record.patient.id} is born on {show(birth.first)}, after {show(on)}",
            "correct the birth date, or ask about a later day",
        )
