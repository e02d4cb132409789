"""The engines of an audit: each fills the tables `episodes` and `findings` of a database from a facts folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gradeline.codes import Coding
from gradeline.errors import UsageError
from gradeline.evaluate.audit.kept import keep
from gradeline.evaluate.audit.reference import rows
from gradeline.evaluate.audit.rows import Scope
from gradeline.plan.plan import Plan
from gradeline.records.store import Facts

if TYPE_CHECKING:
    import duckdb


class Leg(NamedTuple):
    """A guideline compiled for the days of a stretch of the period, over which the source captures the same."""

    plan: Plan
    scope: Scope


Progress = Callable[[int, int], None]
"""Told, now and then, how many patients of how many are done."""
Engine = Callable[[Sequence[Leg], Facts, "duckdb.DuckDBPyConnection", Progress], None]
"""What fills `episodes` and `findings` of the connection, in which the views `facts` and `patients` are there."""
BATCH = 500
"""Patients of whom the rows are written at once."""


def python(legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """The rows of each patient by the evaluator that advises: slow, and what the others are held against."""
    wanted = candidates(legs, connection)
    records, done = facts.records(wanted), 0
    while batch := list(islice(records, BATCH)):
        found = [rows([leg.plan], record, leg.scope) for record in batch for leg in legs]
        keep(
            connection,
            [row for each in found for row in each.episodes],
            [row for each in found for row in each.findings],
        )
        done += len(batch)
        progress(done, len(wanted))


def candidates(legs: Sequence[Leg], connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The patients of whom some fact may speak for an index condition: nobody else has an episode."""
    distinct = connection.execute("FROM codings").fetchall()
    index = [row for row in distinct if any(opens(leg.plan, Coding(row[0] or "", row[1])) for leg in legs)]
    connection.execute("CREATE OR REPLACE TEMP TABLE opening (system VARCHAR, code VARCHAR)")
    if index:
        connection.executemany("INSERT INTO opening VALUES (?, ?)", index)
    found = "SELECT DISTINCT patient FROM facts JOIN opening USING (system, code) ORDER BY patient"
    return [row[0] for row in connection.execute(found).fetchall()]


def opens(plan: Plan, coding: Coding) -> bool:
    """Whether a coding speaks for the index condition."""
    return any(each.term == plan.guideline.index.term for each in plan.terms.of(coding))


ENGINES = {
    "python": "gradeline.evaluate.audit.engines:python",
    "duckdb": "gradeline.evaluate.sql.duck:engine",
    "spark": "gradeline.evaluate.sql.spark:engine",
}
"""Where each engine lives; one is imported when it is asked for."""


def engine(name: str) -> Engine:
    """An engine by its name."""
    if name not in ENGINES:
        raise UsageError(f"there is no engine `{name}`", f"the engines are {', '.join(ENGINES)}")
    module, _, function = ENGINES[name].partition(":")
    found: Engine = getattr(import_module(module), function)
    return found
