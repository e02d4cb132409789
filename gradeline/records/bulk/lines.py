"""Reads files of lines through DuckDB: every line once, into rows that say what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gradeline.records.bulk.phrases import macros
from gradeline.records.bulk.select import BAD, COLUMNS, DOCUMENT, LATER, NONE, OTHER, SHARED, UNKNOWN, UNUSED, Select
from gradeline.records.bulk.shape import BY_HAND, SHAPED
from gradeline.records.fhir.extract import REFERRED
from gradeline.records.habits import Habits
from gradeline.records.meanings import NOT_FACTS, RESOURCES
from gradeline.records.store.engine import SPILL, connect, text

AT_ONCE = 256_000_000
"""About so many bytes of files are read in one query; progress is told after each."""
LONGEST = 16 << 20
"""Bytes of a line that DuckDB reads."""
Progress = Callable[[int, int], None]
"""Told now and then how many bytes of how many are read."""
SHAPED_TYPES = ", ".join(map(text, SHAPED))


class Lines:
    """The rows of a source while they are made."""

    def __init__(self, work: Path, habits: Habits, memory: str) -> None:
        self.work, self.number = work / "lines", 0
        self.work.mkdir()
        self.connection = connect(work / SPILL, memory)
        for macro in macros(habits):
            self.connection.execute(macro)

    def read(self, files: Mapping[Path, str], progress: Progress) -> None:
        """Read all files; those that begin with one type together."""
        total, done = sum(path.stat().st_size for path in files), 0
        for kind in sorted(set(files.values())):
            for some in batches(path for path, first in files.items() if first == kind):
                self.write(of_type(kind, source(some)))
                done += sum(path.stat().st_size for path in some)
                progress(done, total)
        self.others()

    def others(self) -> None:
        """Read again the lines that were of another type than the first of their file, each by its own type."""
        mixed = f"(SELECT raw AS json, file, type FROM {self.every} WHERE outcome = '{OTHER}')" if self.number else ""
        found = {kind for (kind,) in self.all(f"SELECT DISTINCT type FROM {mixed}")} if mixed else set()
        for kind in sorted(found & SHAPED.keys()):
            self.write(of_type(kind, f"(SELECT * FROM {mixed} WHERE type = {text(kind)})"))
        if found - SHAPED.keys():
            rest = f"type IS NULL OR type NOT IN ({SHAPED_TYPES})"
            self.write(of_type("", f"(SELECT * FROM {mixed} WHERE {rest})"))

    def write(self, query: str) -> None:
        """Write the rows of a query."""
        self.number += 1
        self.connection.execute(
            f"COPY ({query}) TO {text(self.work / f'{self.number:04}')} (FORMAT parquet, PER_THREAD_OUTPUT true)"
        )

    @property
    def every(self) -> str:
        """All rows so far, as a relation."""
        listed = ", ".join(text(self.work / f"{number:04}" / "*.parquet") for number in range(1, self.number + 1))
        return f"read_parquet([{listed}])"

    def all(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        """The answer of a query."""
        return self.connection.execute(query, given).fetchall()

    def name(self) -> None:
        """Make the view `lines` of all rows."""
        if not self.number:
            self.write(of_type("", "(SELECT NULL::VARCHAR AS json, NULL::VARCHAR AS file WHERE false)"))
        self.connection.execute(
            f"CREATE OR REPLACE VIEW lines AS SELECT * FROM {self.every} WHERE outcome <> '{OTHER}'"
        )


def source(files: list[Path]) -> str:
    """Lines of files, as a relation."""
    listed = ", ".join(text(path) for path in files)
    return (
        f"(SELECT json, filename AS file FROM read_ndjson_objects([{listed}], ignore_errors = true, "
        f"filename = true, maximum_object_size = {LONGEST}))"
    )


def batches(files: Iterable[Path]) -> Iterator[list[Path]]:
    """Files in lots of about one size."""
    lot: list[Path] = []
    for path in files:
        lot.append(path)
        if sum(each.stat().st_size for each in lot) >= AT_ONCE:
            yield lot
            lot = []
    if lot:
        yield lot


def of_type(kind: str, lines: str) -> str:
    """The rows of lines whose first is of a type."""
    return Select(SHAPED[kind]).sql(lines) if kind in SHAPED else unshaped(lines)


def unshaped(lines: str) -> str:
    """The rows of lines that SQL does not read: what becomes of each by its type."""
    by_hand = ", ".join(map(text, (*BY_HAND, "Patient")))
    shared = ", ".join(map(text, sorted(REFERRED - {"Organization"})))
    why = " ".join(f"WHEN type = {text(kind)} THEN {text(says)}" for kind, says in NOT_FACTS.items())
    outcome = f"""
        CASE WHEN json IS NULL THEN '{BAD}' WHEN type IN ({SHAPED_TYPES}) THEN '{OTHER}'
        WHEN type = 'Bundle' OR ltrim(json)[1] = '[' THEN '{DOCUMENT}' WHEN type IS NULL THEN '{NONE}'
        WHEN type IN ({by_hand}) THEN '{LATER}'
        WHEN type IN ({shared}) THEN '{SHARED}' WHEN type IN ({", ".join(map(text, sorted(RESOURCES)))}) THEN '{UNUSED}'
        ELSE '{UNKNOWN}' END"""
    said = {
        "key": "type || '/' || id", "outcome": "outcome", "file": "file", "type": "type", "place": "0",
        "why": f"CASE WHEN outcome IN ('{UNUSED}', '{SHARED}') THEN CASE {why} ELSE 'this type is not read' END END",
        "raw": f"CASE WHEN outcome <> '{UNUSED}' THEN json END", "digest": "hash(json)",
    }  # fmt: skip
    columns = ", ".join(f'({said.get(name, "NULL")})::{kind} AS "{name}"' for name, kind in COLUMNS.items())
    return f"SELECT {columns} FROM (SELECT *, {outcome} AS outcome FROM ({typed(lines)}))"


def typed(lines: str) -> str:
    """Lines with their type and id."""
    shape = text('{"resourceType":"VARCHAR","id":"VARCHAR"}')
    read = f"SELECT json, file, json_transform(json, {shape}) AS r FROM {lines}"
    return f"SELECT json, file, r.resourceType AS type, r.id AS id FROM ({read})"
