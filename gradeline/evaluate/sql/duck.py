"""The rows of an audit by DuckDB: step after step, and whom SQL cannot decide by the evaluator of one patient."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from gradeline.evaluate.audit.engines import BATCH, Leg, Progress, keep
from gradeline.evaluate.audit.reference import rows
from gradeline.evaluate.audit.rows import EpisodeRow, FindingRow
from gradeline.evaluate.sql.plan_tables.given import Columns, shape, tables_of
from gradeline.evaluate.sql.plan_tables.preparing import sheet
from gradeline.evaluate.sql.text.rendering import Step, steps
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import DUCKDB
from gradeline.records.store import Facts
from gradeline.records.store.engine import installed

if TYPE_CHECKING:
    import duckdb

RESULTS: dict[str, tuple[str, type[EpisodeRow | FindingRow]]] = {
    "episodes": ("episode_rows", EpisodeRow),
    "findings": ("finding_rows", FindingRow),
}
"""Each table of an audit: the step that has its rows, and its columns."""


def engine(legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """Fill the tables `episodes` and `findings`."""

    def ask(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    made = sheet(legs, DUCKDB, ask)
    if not any(row["opens"] for row in made.codes):
        return
    run = steps(made)
    give(connection, made)
    for step in run:
        make(connection, step)
    for name, (step_name, row) in RESULTS.items():
        columns = ", ".join(row._fields)
        connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {step_name}")
    doubted = ask("SELECT DISTINCT w.id FROM doubts d JOIN people w ON w.pid = d.pid ORDER BY w.id")
    by_record(legs, facts, connection, [row[0] for row in doubted])


def give(connection: duckdb.DuckDBPyConnection, made: Sheet) -> None:
    """Make the small tables that the SQL reads."""
    for name, columns in tables_of(made).items():
        connection.register("given", arrow(name, columns))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
        connection.unregister("given")


def arrow(name: str, columns: Columns) -> Any:
    """Columns as an Arrow table."""
    pa = installed("pyarrow")
    types = {"int": pa.int32(), "long": pa.int64(), "real": pa.float64(), "bool": pa.bool_(), "text": pa.string()}
    kinds = shape(name, columns)
    return pa.table({column: pa.array(values, types[kinds[column]]) for column, values in columns.items()})


def make(connection: duckdb.DuckDBPyConnection, step: Step) -> None:
    """Make the table of one step."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.query}")


def by_record(
    legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, patients: Sequence[str]
) -> None:
    """The rows of those that SQL cannot decide."""
    records = facts.records(patients)
    while batch := list(islice(records, BATCH)):
        found = [rows([leg.plan], record, leg.scope) for record in batch for leg in legs]
        keep(connection, "episodes", EpisodeRow, [row for each in found for row in each.episodes])
        keep(connection, "findings", FindingRow, [row for each in found for row in each.findings])
