"""Records out of Python as rows of the two tables, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from gradeline.codes import Coding
from gradeline.dates import Interval
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact, Patient, Record
from gradeline.records.store.engine import installed
from gradeline.records.store.schema import FACTS, LAID, PATIENTS, Column

BATCH = 2_000
"""Records of a batch."""
NO_CODING = (None,)
Row = tuple[Any, ...]


def fact_rows(patient: str, fact: Fact) -> Iterator[Row]:
    """A row for each coding, or one without."""
    value = fact.value
    number, unit = value if isinstance(value, Quantity) else (None, None)
    codes = None if value is None or isinstance(value, Quantity) else tokens(value)
    for place, coding in enumerate(fact.codings or NO_CODING):
        system, code = coding or (None, None)
        yield (
            patient, fact.key, fact.kind, system, code, fact.status, fact.sureness, fact.when.first, fact.when.last,
            fact.known, fact.assumed, fact.until, number, unit, codes, fact.declined, fact.no_onset, fact.time,
            fact.unit, fact.specialty, tokens(fact.sites) or None, fact.side, list(fact.of) or None, fact.text, place,
        )  # fmt: skip


def patient_row(patient: Patient) -> Row:
    """The row of a person."""
    birth, death = patient.birth or (None, None), patient.death or (None, None)
    return (patient.id, *birth, patient.sex, *death, patient.place, *patient.observed, patient.ended)


def tokens(codings: Iterable[Coding]) -> list[str]:
    """Codings as texts, `system|code`."""
    return [f"{coding.system}|{coding.code}" for coding in codings]


class Batches:
    """Writes rows as Parquet, a file for each batch, for DuckDB to read again."""

    def __init__(self, work: Path) -> None:
        self.work, self.number = work, 0

    def add(self, records: Iterable[Record], people: bool = True) -> Iterator[Record]:
        """Write every record, and hand it on; perhaps the facts alone, where the patients are written already."""
        waiting = iter(records)
        while batch := list(islice(waiting, BATCH)):
            self.batch(batch, people)
            yield from batch

    def end(self) -> None:
        """Write empty tables where there was no record at all."""
        if not self.number:
            self.batch([], True)

    def batch(self, records: list[Record], people: bool) -> None:
        """Write some records."""
        facts = [row for record in records for fact in record.facts for row in fact_rows(record.patient.id, fact)]
        self.write("facts", FACTS, facts)
        self.write("patients", PATIENTS, [patient_row(record.patient) for record in records if people])
        self.number += 1

    def write(self, name: str, columns: tuple[Column, ...], rows: list[Row]) -> None:
        """Write the rows of one table."""
        parquet = installed("pyarrow.parquet")
        parquet.write_table(table(columns, rows), self.work / f"{name}-{self.number:06}.parquet", compression="zstd")


def table(columns: tuple[Column, ...], rows: list[Row]) -> Any:
    """Rows as an Arrow table."""
    arrow = installed("pyarrow")
    kinds = {
        "VARCHAR": arrow.string(), "INTEGER": arrow.int32(), "BOOLEAN": arrow.bool_(), "DOUBLE": arrow.float64(),
        "VARCHAR[]": arrow.list_(arrow.string()),
    }  # fmt: skip
    given = [column for column in columns if column.name not in LAID]
    filled = zip(*rows, strict=True) if rows else [()] * len(given)
    arrays = [arrow.array(each, kinds[column.type]) for column, each in zip(given, filled, strict=True)]
    return arrow.table(arrays, names=[column.name for column in given])


def record(patient: Row, rows: Iterable[Row]) -> Record:
    """A record out of its rows, which are in the order of key and place."""
    who, *birth_to_end = patient
    birth, sex, death = interval(*birth_to_end[:2]), birth_to_end[2], interval(*birth_to_end[3:5])
    place, first, last, ended = birth_to_end[5:9]
    person = Patient(who, birth, sex, death, place, Interval(first, last), ended)
    facts: list[Fact] = []
    for row in rows:
        made = fact(row)
        if facts and facts[-1].key == made.key:
            facts[-1] = facts[-1]._replace(codings=facts[-1].codings + made.codings)
        else:
            facts.append(made)
    return Record(person, tuple(facts))


def fact(row: Row) -> Fact:
    """A fact with the one coding of its row."""
    (
        _, key, kind, system, code, status, sureness, first, last, known, assumed, until, number, value_unit, codes,
        declined, no_onset, time, unit, specialty, sites, side, of, text, _,
    ) = row  # fmt: skip
    value = Quantity(number, value_unit) if number is not None else None if codes is None else codings(codes)
    coded = () if code is None else (Coding(system or "", code),)
    return Fact(
        key, kind, coded, status, sureness, Interval(first, last), known, assumed, until, value, declined, no_onset,
        time, unit, specialty, codings(sites or ()), side, tuple(of or ()), text,
    )  # fmt: skip


def codings(texts: Iterable[str]) -> tuple[Coding, ...]:
    """Texts `system|code` as codings again."""
    return tuple(Coding(*one.split("|", 1)) for one in texts)


def interval(first: int | None, last: int | None) -> Interval | None:
    """Two days, or nothing."""
    return None if first is None or last is None else Interval(first, last)
