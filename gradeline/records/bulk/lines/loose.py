"""Lines that DuckDB reads otherwise than the reader of JSON does: that reader decides on each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from gradeline.records.bulk.lines.lines import SHAPED_TYPES, Lines, named, of_type, unshaped
from gradeline.records.bulk.sql.select import BAD, LATER, LOOSE

AT_ONCE = 10_000
"""So many lines are looked at together."""


def settle(lines: Lines, since: int = 1) -> None:
    """Of the lines that only DuckDB may take for JSON, tell those that are none from those that `fhir/` reads."""
    if not lines.number:
        return
    here = f"(SELECT *, md5(raw) AS h FROM {lines.rows(since)} WHERE outcome = '{LOOSE}')"
    found = list(broken(lines, here))
    if not lines.all(f"SELECT count(*) FROM {here}")[0][0]:
        return
    lines.connection.execute("INSERT INTO broken SELECT unnest(?::VARCHAR[])", [found])
    bad = "h IN (FROM broken)"
    no = f"SELECT '{BAD}' AS outcome, file FROM {here} WHERE {bad}"
    good, ours = f"FROM {here} WHERE NOT {bad}", f"coalesce(type IN ({SHAPED_TYPES}), false)"
    later = f"SELECT * EXCLUDE (h) REPLACE ('{LATER}' AS outcome) {good} AND {ours}"
    rest = f"(SELECT raw AS json, file {good} AND NOT {ours})"
    for query in (f"{later} UNION ALL BY NAME {no}", unshaped(rest, sure=True)):
        lines.write(query)


def broken(lines: Lines, here: str) -> Iterator[str]:
    """The hashes of the lines that are no JSON."""
    cursor = lines.connection.cursor()
    cursor.execute(f"SELECT h, raw FROM {here}")
    while rows := cursor.fetchmany(AT_ONCE):
        for h, raw in rows:
            try:
                orjson.loads(raw)
            except orjson.JSONDecodeError:
                yield h


def take(lines: Lines, path: Path, file: str) -> None:
    """Take in the lines of a file that DuckDB passed over for the mark before them; they were put down without it."""
    since = lines.number + 1
    lines.marked[path] = file
    lines.write(of_type("", named(path, file)))
    lines.others(since)
    settle(lines, since)
