"""The rows of an audit by DuckDB: step after step, and whom SQL cannot decide by the evaluator of one patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gradeline.errors import UsageError
from gradeline.evaluate.audit.engines import Leg, Progress
from gradeline.evaluate.audit.kept import take, taken
from gradeline.evaluate.sql.doubtful import DOUBTED, RESULTS, by_record
from gradeline.evaluate.sql.plan_tables.given import arrow, tables_of
from gradeline.evaluate.sql.plan_tables.preparing import sheet
from gradeline.evaluate.sql.slices import BUCKETS, Bucket, Finished, slices
from gradeline.evaluate.sql.text.rendering import Step, steps
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import DUCKDB
from gradeline.evaluate.sql.text.writing import written
from gradeline.records.store import Facts
from gradeline.records.store.engine import installed

if TYPE_CHECKING:
    import duckdb

FULL = "there is no room to count in: {}"
CURE = "make room on the disk of the facts folder; the next run goes on where this one stopped"


def engine(legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """Fill the tables `episodes` and `findings`, a slice of the patients after the other."""
    made = sheet(legs, DUCKDB, lambda query: connection.execute(query).fetchall())
    if not any(row["opens"] for row in made.codes):
        return
    steps(made)
    give(connection, made)
    some = list(slices(connection.execute(BUCKETS).fetchall()))
    run = Run(legs, facts, connection, progress, sum(bucket[1] for each in some for bucket in each))
    duckdb = installed("duckdb")
    try:
        if len(some) == 1:
            run.count(made, 0, some[0])
        else:
            finished = Finished.of(facts, connection, written(made))
            with finished.held():
                run.one_by_one(made, some, finished)
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise UsageError(FULL.format(str(error).splitlines()[0]), CURE) from None


@dataclass(frozen=True)
class Run:
    """One count of a source."""

    legs: Sequence[Leg]
    facts: Facts
    connection: duckdb.DuckDBPyConnection
    progress: Progress
    total: int

    def one_by_one(self, made: Sheet, some: Sequence[list[Bucket]], finished: Finished) -> None:
        """Slice after slice; what a run that was stopped had finished is not counted again."""
        done = 0
        for number, buckets in enumerate(some):
            if finished.has(number):
                finished.take(number, self.connection)
            else:
                before = taken(self.connection)
                made.among = f" AND f.bucket IN ({', '.join(str(bucket[0]) for bucket in buckets)})"
                self.count(made, done, buckets)
                finished.put(number, self.connection, before)
            done += sum(bucket[1] for bucket in buckets)
            self.progress(done, self.total)

    def count(self, made: Sheet, done: int, buckets: list[Bucket]) -> None:
        """One slice: every step, and its rows into the tables of the audit."""
        run, patients = steps(made), sum(bucket[1] for bucket in buckets)
        for number, step in enumerate(run):
            make(self.connection, step)
            self.progress(done + patients * number // len(run), self.total)
        take(self.connection, {name: f"temp.{step}" for name, step in RESULTS.items()})
        by_record(self.legs, self.facts, self.connection, self.connection.execute(DOUBTED).fetchall())
        self.progress(done + patients, self.total)


def give(connection: duckdb.DuckDBPyConnection, made: Sheet) -> None:
    """Make the small tables that the SQL reads."""
    for name, columns in tables_of(made).items():
        connection.register("given", arrow(name, columns))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
        connection.unregister("given")


def make(connection: duckdb.DuckDBPyConnection, step: Step) -> None:
    """Make the table of one step."""
    kind = "TABLE" if step.kept else "VIEW"
    connection.execute(f"CREATE OR REPLACE TEMP {kind} {step.name} AS {step.query}")
