"""The rows of an audit by DuckDB: step after step, and whom SQL cannot decide by the evaluator of one patient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from gradeline.evaluate.audit.engines import Leg, Progress
from gradeline.evaluate.sql.doubtful import COLUMNS, DOUBTED, by_record
from gradeline.evaluate.sql.plan_tables.given import arrow, tables_of
from gradeline.evaluate.sql.plan_tables.preparing import sheet
from gradeline.evaluate.sql.text.rendering import Step, steps
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import DUCKDB
from gradeline.records.store import Facts

if TYPE_CHECKING:
    import duckdb

RESULTS = {"episodes": "episode_rows", "findings": "finding_rows"}
"""Each table of an audit, and the step that has its rows."""
AT_ONCE = 400_000
"""Patients of a slice: what is held at a time does not grow with the source."""


def engine(legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """Fill the tables `episodes` and `findings`, a slice of the patients after the other."""

    def ask(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    made = sheet(legs, DUCKDB, ask)
    if not any(row["opens"] for row in made.codes):
        return
    steps(made)
    give(connection, made)
    buckets = ask("SELECT bucket, count(*) FROM patients GROUP BY bucket ORDER BY bucket")
    total, done = sum(count for _, count in buckets), 0
    for some in slices(buckets):
        numbers = ", ".join(str(bucket) for bucket, _ in some)
        made.among = f" AND f.bucket IN ({numbers})" if len(some) < len(buckets) else ""
        count(made, connection)
        by_record(legs, facts, connection, [(patient, why) for patient, why in ask(DOUBTED)])
        done += sum(count for _, count in some)
        progress(done, total)


def slices(buckets: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The buckets of a facts folder, as many together as may be looked at at once."""
    some: list[tuple[int, int]] = []
    for bucket in buckets:
        if some and sum(count for _, count in some) + bucket[1] > AT_ONCE:
            yield some
            some = []
        some.append(bucket)
    if some:
        yield some


def count(made: Sheet, connection: duckdb.DuckDBPyConnection) -> None:
    """One slice: every step, and its rows into the tables of the audit."""
    for step in steps(made):
        make(connection, step)
    for name, step_name in RESULTS.items():
        columns = ", ".join(COLUMNS[name]._fields)
        connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {step_name}")


def give(connection: duckdb.DuckDBPyConnection, made: Sheet) -> None:
    """Make the small tables that the SQL reads."""
    for name, columns in tables_of(made).items():
        connection.register("given", arrow(name, columns))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
        connection.unregister("given")


def make(connection: duckdb.DuckDBPyConnection, step: Step) -> None:
    """Make the table of one step."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.query}")
