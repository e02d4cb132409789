"""The tables that an engine of an audit fills: episodes, what they came to, and whom it handed over.

Thousands of episodes come to the same: what the recommendations of a guideline came to is kept once, as an outcome,
and each episode names the outcome of each reading. `episodes` and `findings` are views of them, a row a thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gradeline.evaluate.audit.rows import EpisodeRow, FindingRow, typed
from gradeline.records.store.engine import installed

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
FINDING = ", ".join([*(f"e.{name}" for name in KEY), "o.reading", *(f"w.{name}" for name in WHAT)])
JOINED = "numbered e JOIN outcomes_of o ON o.number = e.number JOIN outcomes w ON w.outcome = o.outcome"
VIEWS = {"episodes": f"{', '.join(EPISODE)} FROM numbered", "findings": f"{FINDING} FROM {JOINED}"}
FREE = "SELECT (SELECT coalesce(max(number), 0) FROM numbered), (SELECT coalesce(max(outcome), 0) FROM outcomes)"
"""The last numbers that are taken."""


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables, empty, and the views of them."""
    for name, columns in TABLES.items():
        said = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        connection.execute(f"CREATE TABLE {name} ({said})")
    for name, query in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS SELECT {query}")


def take(connection: duckdb.DuckDBPyConnection, found: dict[str, str]) -> None:
    """Take in rows by the queries or tables that hold them, numbered on from those that are there."""
    number, outcome = connection.execute(FREE).fetchall()[0]
    taken = {"number": number, "outcome": outcome}
    for name, source in found.items():
        moved = ", ".join(f"{column} + {taken[column]}" if column in taken else column for column in TABLES[name])
        connection.execute(f"INSERT INTO {name} ({', '.join(TABLES[name])}) SELECT {moved} FROM {source}")  # noqa: S608


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
