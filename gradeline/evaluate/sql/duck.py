"""The rows of an audit by DuckDB: step after step, and whom SQL cannot decide by the evaluator of one patient."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any

from gradeline.errors import UsageError
from gradeline.evaluate.audit.engines import Leg, Progress
from gradeline.evaluate.audit.kept import Taken, take, taken
from gradeline.evaluate.sql.doubtful import DOUBTED, RESULTS, by_record
from gradeline.evaluate.sql.plan_tables.given import arrow, tables_of
from gradeline.evaluate.sql.plan_tables.preparing import sheet
from gradeline.evaluate.sql.slices import BUCKETS, Finished, Piece, among, shared, slices
from gradeline.evaluate.sql.text.rendering import Step, steps
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import DUCKDB
from gradeline.evaluate.sql.text.writing import NOT_WRITTEN, table, written
from gradeline.records.store import Facts
from gradeline.records.store.engine import cores, installed

if TYPE_CHECKING:
    import duckdb

FULL = "there is no room to count in: {}"
CURE = "make room on the disk of the facts folder; the next run goes on where this one stopped"


def engine(legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """Fill the tables `episodes` and `findings`, a slice of the patients after the other, or some at once."""
    connection.execute("SET parquet_metadata_cache = true")
    made = sheet(legs, DUCKDB, lambda query: connection.execute(query).fetchall())
    if not any(row["opens"] for row in made.codes):
        return
    opened, *rest = steps(made)
    give(connection, made)
    connection.execute(f"CREATE TABLE {opened.name} AS {opened.query}")
    some = list(slices(connection.execute(BUCKETS).fetchall(), cores()))
    run = Run(legs, facts, connection, Told(progress, sum(piece.patients for each in some for piece in each)))
    duckdb = installed("duckdb")
    try:
        if len(some) == 1:
            run.count(connection, rest, some[0])
        else:
            finished = Finished.of(facts, connection, f"{written(made)}{some}")
            with finished.held():
                run.each(made, some, finished)
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise UsageError(FULL.format(str(error).splitlines()[0]), CURE) from None


@dataclass
class Told:
    """How many patients are done, said by any worker."""

    progress: Progress
    total: int
    done: float = 0
    stopped: bool = False
    """Whether nobody waits any more: then who says how far it is stops."""

    def more(self, patients: float) -> None:
        """So many more are done."""
        if self.stopped:
            raise CancelledError
        self.done += patients
        self.progress(min(self.total, round(self.done)), self.total)


@dataclass(frozen=True)
class Run:
    """One count of a source."""

    legs: Sequence[Leg]
    facts: Facts
    connection: duckdb.DuckDBPyConnection
    told: Told
    turn: Any = field(default_factory=RLock)
    """Held by the worker that fills the tables of the audit, or says how far it is."""

    def each(self, made: Sheet, some: Sequence[list[Piece]], finished: Finished) -> None:
        """Every slice; many patients are shared among the processors, of which each works at a slice of its own."""
        left = iter(enumerate(some))
        if not shared(some):
            self.work(self.connection, made, left, finished)
            return
        with workers(self.connection, cores()) as (pool, own):
            running = [pool.submit(self.work, each, made, left, finished) for each in own]
            try:
                for each in as_completed(running):
                    each.result()
            finally:
                self.told.stopped = True

    def work(
        self, connection: duckdb.DuckDBPyConnection, made: Sheet, left: Iterator[tuple[int, list[Piece]]], to: Finished
    ) -> None:
        """Slice after slice, while any is left; what a run that was stopped had finished is not counted again."""
        for number, some in left:
            with self.turn:
                made.among, made.share = among(some)
                run = steps(made)[1:]
                if to.has(number):
                    to.take(number, connection)
                    self.told.more(sum(piece.patients for piece in some))
                    continue
            self.count(connection, run, some, partial(to.put, number, connection))

    def count(
        self,
        connection: duckdb.DuckDBPyConnection,
        run: Sequence[Step],
        some: Sequence[Piece],
        keep: Callable[[Taken], None] = lambda before: None,
    ) -> None:
        """One slice: every step, and its rows into the tables of the audit."""
        share = sum(piece.patients for piece in some) / (len(run) + 1)
        for step, over in zip(run, spent(run), strict=True):
            make(connection, step)
            for name in over:
                connection.execute(f"DROP TABLE temp.{name}")
            with self.turn:
                self.told.more(share)
        with self.turn:
            before = taken(connection)
            take(connection, {name: f"temp.{step}" for name, step in RESULTS.items()})
            by_record(self.legs, self.facts, connection, connection.execute(DOUBTED).fetchall())
            keep(before)
            self.told.more(share)


@contextmanager
def workers(
    connection: duckdb.DuckDBPyConnection, count: int
) -> Iterator[tuple[ThreadPoolExecutor, list[duckdb.DuckDBPyConnection]]]:
    """Threads, each with a connection of its own that needs no other one; where one fails all stop."""
    connection.execute("SET threads = 1")
    own, failed = [connection.cursor() for _ in range(count)], True
    with ThreadPoolExecutor(count) as pool:
        try:
            yield pool, own
            failed = False
        finally:
            for each in own if failed else ():
                each.interrupt()
    for each in own:
        each.close()
    connection.execute(f"SET threads = {count}")


def spent(run: Sequence[Step]) -> list[list[str]]:
    """After each step, the tables that no later one reads: they make room."""
    reads: dict[str, set[str]] = {}
    last: dict[str, int] = {}
    for number, step in enumerate(run):
        tables = {table for name in step.reads for table in reads.get(name, ())}
        reads[step.name] = {step.name} if step.kept else tables
        last |= dict.fromkeys(tables if step.kept else (), number)
    for name in ("people", "doubts", *RESULTS.values()):
        last.pop(name, None)
    return [[name for name, place in last.items() if place == number] for number in range(len(run))]


def give(connection: duckdb.DuckDBPyConnection, made: Sheet) -> None:
    """Make the small tables that the SQL reads, for every connection."""
    for name, columns in tables_of(made).items():
        if name in NOT_WRITTEN:
            connection.register("given", arrow(name, columns))
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            connection.unregister("given")
        else:
            connection.execute(table(name, columns, "TABLE"))


def make(connection: duckdb.DuckDBPyConnection, step: Step) -> None:
    """Make the table of one step."""
    kind = "TABLE" if step.kept else "VIEW"
    connection.execute(f"CREATE OR REPLACE TEMP {kind} {step.name} AS {step.query}")
