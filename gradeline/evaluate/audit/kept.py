"""The tables that an engine of an audit fills: episodes, what they came to, and whom it handed over.

Thousands of episodes come to the same: what the recommendations of a guideline came to is kept once, as an outcome,
and each episode names the outcome of each reading. `episodes` and `findings` are views of them, a row a thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gradeline.evaluate.audit.rows import EpisodeRow, FindingRow, typed
from gradeline.records.store.engine import installed, text

if TYPE_CHECKING:
    import duckdb

EPISODE = EpisodeRow._fields
KEY = ("guideline", "patient", "episode", "ordinal")
"""What names an episode."""
WHAT = FindingRow._fields[len(KEY) + 1 :]
"""What one recommendation came to."""
TABLES = {
    "numbered": {"number": "BIGINT", **{name: typed(name) for name in EPISODE}},
    "outcomes_of": {"number": "BIGINT", "reading": "VARCHAR", "outcome": "BIGINT"},
    "outcomes": {"outcome": "BIGINT", **{name: typed(name) for name in WHAT}},
    "handed_over": {"patient": "VARCHAR", "why": "VARCHAR"},
}
"""Each table with its columns and their types."""
NUMBERS = ("number", "outcome")
FINDING = ", ".join([*(f"e.{name}" for name in KEY), "o.reading", *(f"w.{name}" for name in WHAT)])
JOINED = "numbered e JOIN outcomes_of o ON o.number = e.number JOIN outcomes w ON w.outcome = o.outcome"
VIEWS = {"episodes": f"{', '.join(EPISODE)} FROM numbered", "findings": f"{FINDING} FROM {JOINED}"}
TAKEN = """
SELECT (SELECT coalesce(max(number), 0) FROM numbered), (SELECT coalesce(max(outcome), 0) FROM outcomes),
    (SELECT count(*) FROM handed_over)
"""


class Taken(NamedTuple):
    """The last numbers that are taken, and how many were handed over."""

    number: int
    outcome: int
    handed_over: int


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables, empty, and the views of them."""
    for name, columns in TABLES.items():
        said = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        connection.execute(f"CREATE TABLE {name} ({said})")
    for name, query in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS SELECT {query}")


def taken(connection: duckdb.DuckDBPyConnection) -> Taken:
    """How far the tables are filled."""
    return Taken(*connection.execute(TAKEN).fetchall()[0])


def put_away(connection: duckdb.DuckDBPyConnection, folder: Path, since: Taken) -> None:
    """Write what came in since then to a folder, for its owner alone."""
    new = {
        "numbered": f"number > {since.number}", "outcomes_of": f"number > {since.number}",
        "outcomes": f"outcome > {since.outcome}", "handed_over": f"rowid >= {since.handed_over}",
    }  # fmt: skip
    for name, when in new.items():
        columns = ", ".join(_numbered(column, f"- {getattr(since, column, 0)}") for column in TABLES[name])
        file = folder / f"{name}.parquet"
        connection.execute(f"COPY (SELECT {columns} FROM {name} WHERE {when}) TO {text(file)} (FORMAT parquet)")  # noqa: S608
        file.chmod(0o600)


def take_out(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Take in again what was written to a folder."""
    take(connection, {name: f"read_parquet({text(folder / f'{name}.parquet')})" for name in TABLES})


def take(connection: duckdb.DuckDBPyConnection, found: dict[str, str]) -> None:
    """Take in rows by the queries or tables that hold them, numbered on from those that are there."""
    so_far = taken(connection)
    for name, source in found.items():
        moved = ", ".join(_numbered(column, f"+ {getattr(so_far, column, 0)}") for column in TABLES[name])
        connection.execute(f"INSERT INTO {name} ({', '.join(TABLES[name])}) SELECT {moved} FROM {source}")  # noqa: S608


def _numbered(column: str, moved: str) -> str:
    """A column as it is, or a number moved."""
    return f"{column} {moved} AS {column}" if column in NUMBERS else column


def keep(connection: duckdb.DuckDBPyConnection, episodes: Sequence[EpisodeRow], findings: Sequence[FindingRow]) -> None:
    """Keep the rows that the evaluator of one patient gave."""
    pa = installed("pyarrow")
    numbers: dict[tuple[object, ...], int] = {row[: len(KEY)]: number for number, row in enumerate(episodes, 1)}
    outcomes: dict[tuple[object, ...], int] = {}
    of = [
        (numbers[key], reading, outcomes.setdefault(what, len(outcomes) + 1))
        for (key, reading), what in grouped(findings).items()
    ]
    rows: dict[str, list[tuple[object, ...]]] = {
        "numbered": [(number, *row) for number, row in enumerate(episodes, 1)],
        "outcomes_of": list(of),
        "outcomes": [(outcome, *each) for what, outcome in outcomes.items() for each in what],  # type: ignore[misc]
    }
    given = {name: each for name, each in rows.items() if each}
    for name, each in given.items():
        columns = map(list, zip(*each, strict=True))
        connection.register(f"given_{name}", pa.table(dict(zip(TABLES[name], columns, strict=True))))
    take(connection, {name: f"given_{name}" for name in given})
    for name in given:
        connection.unregister(f"given_{name}")


def grouped(findings: Sequence[FindingRow]) -> dict[tuple[tuple[object, ...], str], tuple[object, ...]]:
    """What each reading of each episode came to."""
    found: dict[tuple[tuple[object, ...], str], list[tuple[object, ...]]] = {}
    for row in findings:
        found.setdefault((row[: len(KEY)], row.reading), []).append(row[len(KEY) + 1 :])
    return {which: tuple(each) for which, each in found.items()}


def each_row(connection: duckdb.DuckDBPyConnection, patient: str) -> Iterator[EpisodeRow | FindingRow]:
    """The rows that an engine gave of a patient."""
    for row, name in ((EpisodeRow, "episodes"), (FindingRow, "findings")):
        columns = ", ".join(row._fields)
        query = f"SELECT {columns} FROM {name} WHERE patient = ? ORDER BY ALL"  # noqa: S608
        for values in connection.execute(query, [patient]).fetchall():
            yield row(*values)
