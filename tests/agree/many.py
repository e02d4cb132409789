"""Many drawn patients in one run of an engine: what it says of them, and what the evaluator of one patient does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from gradeline.evaluate.audit.engines import Engine, Leg
from gradeline.evaluate.audit.kept import make
from gradeline.evaluate.audit.reference import rows
from gradeline.records.facts import Record
from gradeline.records.store.layout import DISTINCT
from gradeline.records.store.schema import FACTS, PATIENTS
from gradeline.records.store.writing import fact_rows, patient_row, table

Rows = dict[tuple[Any, ...], tuple[Any, ...]]
EPISODE, FINDING = 4, 6
"""So many columns name an episode, and a finding."""


@dataclass(frozen=True)
class Kept:
    """Facts that lie in memory, as an engine reads them."""

    patients: tuple[Record, ...]

    def records(self, ids: Iterable[str] | None = None) -> Iterator[Record]:
        """The records of these patients."""
        known = {one.patient.id: one for one in self.patients}
        yield from (known[id] for id in (known if ids is None else ids))


def stored(records: Sequence[Record]) -> tuple[Record, ...]:
    """Records as a facts folder gives them back, each of a patient of another name."""
    return tuple(
        Record(one.patient._replace(id=f"p{number}"), tuple(sorted(one.facts, key=lambda fact: fact.key)))
        for number, one in enumerate(records)
    )


def connection(records: Sequence[Record]) -> duckdb.DuckDBPyConnection:
    """A database with their facts."""
    con = duckdb.connect(config={"threads": "1"})
    given = [row for one in records for fact in one.facts for row in fact_rows(one.patient.id, fact)]
    for name, columns, found in (
        ("facts", FACTS, given),
        ("patients", PATIENTS, [patient_row(one.patient) for one in records]),
    ):
        con.register("given", table(columns, found))
        con.execute(f"CREATE TABLE {name} AS SELECT *, 0 AS bucket FROM given")
        con.unregister("given")
    con.execute(f"CREATE VIEW codings AS {DISTINCT.format('facts')}")
    make(con)
    return con


def by_engine(engine: Engine, legs: Sequence[Leg], records: Sequence[Record]) -> tuple[Rows, Rows]:
    """What an engine says."""
    con = connection(records)
    engine(legs, Kept(tuple(records)), con, lambda done, of: None)  # type: ignore[arg-type]
    found = [
        keyed(con.execute(f"SELECT * FROM {name}").fetchall(), key)
        for name, key in (("episodes", EPISODE), ("findings", FINDING))
    ]
    con.close()
    return found[0], found[1]


def by_patient(legs: Sequence[Leg], records: Sequence[Record]) -> tuple[Rows, Rows]:
    """What the evaluator of one patient says."""
    found = [rows([leg.plan], one, leg.scope) for one in records for leg in legs]
    return (
        keyed([tuple(row) for each in found for row in each.episodes], EPISODE),
        keyed([tuple(row) for each in found for row in each.findings], FINDING),
    )


def keyed(found: Iterable[tuple[Any, ...]], key: int) -> Rows:
    """Rows by what they are of."""
    kept: Rows = {}
    for row in found:
        assert row[:key] not in kept, f"twice: {row}"
        kept[row[:key]] = row
    return kept


def differences(one: Rows, other: Rows) -> list[tuple[Any, Any]]:
    """The rows that are not the same."""
    return [
        (one.get(key), other.get(key)) for key in sorted(one.keys() | other.keys()) if one.get(key) != other.get(key)
    ]
