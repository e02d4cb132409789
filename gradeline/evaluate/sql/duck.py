"""The rows of an audit by DuckDB: step after step, and whom SQL cannot decide by the evaluator of one patient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradeline.evaluate.audit.engines import Leg, Progress
from gradeline.evaluate.sql.doubtful import COLUMNS, by_record
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
    for name, step_name in RESULTS.items():
        columns = ", ".join(COLUMNS[name]._fields)
        connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {step_name}")
    doubted = ask("SELECT DISTINCT w.id FROM doubts d JOIN people w ON w.pid = d.pid ORDER BY w.id")
    by_record(legs, facts, connection, [row[0] for row in doubted])


def give(connection: duckdb.DuckDBPyConnection, made: Sheet) -> None:
    """Make the small tables that the SQL reads."""
    for name, columns in tables_of(made).items():
        connection.register("given", arrow(name, columns))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
        connection.unregister("given")


def make(connection: duckdb.DuckDBPyConnection, step: Step) -> None:
    """Make the table of one step."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.query}")
