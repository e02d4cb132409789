"""Copies a small population into tables of the OMOP CDM 5.4, as a hospital might: what OMOP cannot hold is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, END
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact, Record
from gradeline.records.omop.tables import EVENTS, FEMALE, MALE, TABLES, VALUED, VOCABULARIES

KINDS = {"contact": "visit_occurrence", "condition": "condition_occurrence", "procedure": "procedure_occurrence",
         "order": "procedure_occurrence", "medication": "drug_exposure", "observation": "measurement"}  # fmt: skip
SHORT = {address: name for name, address in VOCABULARIES.items()}
PRELIMINARY, ORDER = 32899, 32833
TYPES = {"BIGINT": pa.int64(), "VARCHAR": pa.string(), "DATE": pa.date32(), "DOUBLE": pa.float64()}


class Copy:
    """The rows of each table."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.concepts: dict[tuple[str, str], int] = {}
        self.numbers: dict[str, int] = {}
        self.add_concept(PRELIMINARY, "Preliminary diagnosis", "Condition Status", "OMOP")
        self.add_concept(ORDER, "EHR order", "Type Concept", "OMOP")
        for record in records:
            self.person(record)

    def add_concept(self, number: int, name: str, vocabulary: str, code: str) -> int:
        self.rows["concept"].append(
            {"concept_id": number, "concept_name": name, "vocabulary_id": vocabulary, "concept_code": code}
        )
        return number

    def concept(self, coding: Coding) -> int:
        """The number of a code of a known vocabulary; 0 for others."""
        vocabulary = SHORT.get(coding.system)
        if vocabulary is None:
            return 0
        if coding not in self.concepts:
            self.concepts[coding] = self.add_concept(
                2_000_000 + len(self.concepts), coding.code, vocabulary, coding.code
            )
        return self.concepts[coding]

    def person(self, record: Record) -> None:
        patient, number = record.patient, int(record.patient.id.removeprefix("p"))
        birth = date.fromordinal(patient.birth.first) if patient.birth else None
        whole = patient.birth is not None and patient.birth.exact
        self.rows["person"].append({
            "person_id": number, "gender_concept_id": {"female": FEMALE, "male": MALE}.get(patient.sex or "", 0),
            "year_of_birth": birth and birth.year, "month_of_birth": birth.month if birth and whole else None,
            "day_of_birth": birth.day if birth and whole else None, "location_id": number,
        })  # fmt: skip
        self.rows["location"].append({"location_id": number, "state": patient.place})
        if patient.death:
            self.rows["death"].append({"person_id": number, "death_date": date.fromordinal(patient.death.first)})
        for fact in record.facts:
            if held(fact):
                self.event(number, fact)

    def event(self, person: int, fact: Fact) -> None:
        """A fact as a row: its first known vocabulary's code as the standard concept, another as the source's own."""
        table = KINDS[fact.kind]
        _, key, prefix, day, end = EVENTS[table]
        standard = next((each for each in fact.codings if self.concept(each)), None)
        other = next((each for each in fact.codings if each != standard), None)
        row = {
            key: len(self.rows[table]) + 1, "person_id": person, day: date.fromordinal(fact.known),
            f"{prefix}_concept_id": self.concept(standard) if standard else 0,
            f"{prefix}_source_value": f"{other.system}|{other.code}" if other else None,
            f"{prefix}_type_concept_id": ORDER if fact.kind == "order" else 0,
        }  # fmt: skip
        if end and fact.until and BEGINNING < fact.until < END:
            row[end] = date.fromordinal(fact.until)
        if fact.kind == "condition" and fact.sureness == "possible":
            row["condition_status_concept_id"] = PRELIMINARY
        if table in VALUED and isinstance(fact.value, Quantity):
            row |= {
                "value_as_number": fact.value.value,
                "unit_source_value": fact.value.unit,
                "measurement_time": fact.time,
            }
        elif table in VALUED and fact.value:
            row |= {"value_as_concept_id": self.concept(fact.value[0])}
        self.rows[table].append(row)

    def tables(self) -> dict[str, pa.Table]:
        """All tables, as Arrow."""
        return {
            name: pa.table({column: pa.array([row.get(column) for row in self.rows[name]], TYPES[kind])
                            for column, kind in columns.items()})
            for name, columns in TABLES.items()
        }  # fmt: skip


def held(fact: Fact) -> bool:
    """Whether OMOP has a place for a fact: it knows no negation, no plan but an order, no reason."""
    done = fact.status == "done" or (fact.kind == "order" and fact.status == "planned")
    return fact.kind in KINDS and done and BEGINNING < fact.known < END


def kept(fact: Fact) -> tuple[Any, ...]:
    """What of a fact OMOP holds, to compare by."""
    standard = next((each for each in fact.codings if each.system in SHORT), None)
    other = next((each for each in fact.codings if each != standard), None)
    value = fact.value if isinstance(fact.value, Quantity) else (fact.value or ())[:1] or None
    codings = frozenset(filter(None, (standard, other)))
    sure = fact.sureness if fact.kind == "condition" else "sure"
    return fact.kind, codings, fact.known, value, sure
