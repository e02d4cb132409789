"""FHIR R4 in, facts out: one patient's record, or the records of many, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from gradeline.records.facts import Record
from gradeline.records.fhir.extract import Extract, Report, stop
from gradeline.records.fhir.files import Source
from gradeline.records.fhir.persons import check_birth
from gradeline.records.habits import USUAL, Habits

__all__ = ["Extract", "Report", "Source", "check_birth", "record", "records"]


def record(source: Source, patient: str | None = None, habits: Habits = USUAL) -> Record:
    """The record of the one patient in a path, `-`, bytes, a dict or a list, or of the one who is chosen by id."""
    with closing(Extract(source, habits=habits)) as extract:
        return extract.record(extract.choose(patient))


def records(source: Source, report: Report = stop, habits: Habits = USUAL) -> Iterator[Record]:
    """The records of all patients, streamed; an error ends it, or goes to `report`, and the next patient follows."""
    with closing(Extract(source, report, habits)) as extract:
        yield from extract
