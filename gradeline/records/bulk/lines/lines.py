"""Reads files of lines through DuckDB: every line once, into rows that say what became of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gradeline.records.bulk.lines.sieve import sieve
from gradeline.records.bulk.sql import persons
from gradeline.records.bulk.sql.phrases import macros
from gradeline.records.bulk.sql.select import (
    BAD,
    DOCUMENT,
    LATER,
    LOOSE,
    NONE,
    OTHER,
    SHARED,
    UNKNOWN,
    UNUSED,
    WORDS,
    Select,
    columns,
)  # fmt: skip
from gradeline.records.bulk.sql.shape import BY_HAND, SHAPED
from gradeline.records.fhir.chart import PEOPLE
from gradeline.records.fhir.extract import REFERRED
from gradeline.records.habits import Habits
from gradeline.records.meanings import NOT_FACTS, RESOURCES
from gradeline.records.store.engine import SPILL, connect, errors, text

AT_ONCE = 256_000_000
"""About so many bytes of files are read in one query; progress is told after each."""
LONGEST = 16 << 20
"""Bytes of a line that DuckDB reads."""
STUMBLES = ("maximum_object_size", "GZIP", "gzip")
"""What DuckDB says of a line that is too long, and of a file that is damaged."""
Progress = Callable[[int, int], None]
"""Told now and then how many bytes of how many are read."""
ONE = (
    r'^\{(?:"(?:display|type)":"[^"\\]*",)*"reference":"Patient/([A-Za-z0-9.-]+)"(?:,"(?:display|type)":"[^"\\]*")*\}$'
)
"""A reference that names a Patient and nothing else."""
SHAPED_TYPES = ", ".join(map(text, (*SHAPED, "Patient")))


class Lines:
    """The rows of a source while they are made."""

    def __init__(self, work: Path, habits: Habits, memory: str) -> None:
        self.work, self.number, self.habits = work / "lines", 0, habits
        self.damaged: list[Path] = []
        """Files that are cut off or broken; what stands before that was read."""
        self.broken: dict[Path, int] = {}
        """Lines that are too long for DuckDB, and no JSON either."""
        self.instead: dict[Path, Path] = {}
        """Files of which only some lines can be read, each with the file that holds these."""
        self.marked: dict[Path, str] = {}
        """Lines that DuckDB passed over for a mark before them, put down without it, and the file that they are of."""
        self.work.mkdir()
        self.memory, self.connection = memory, connect(work / SPILL, memory)
        for name, words in WORDS.items():
            self.connection.execute(f"CREATE TYPE {name} AS ENUM ({', '.join(map(text, words))})")
        for macro in macros(habits):
            self.connection.execute(macro)
        self.connection.execute("CREATE TABLE long (json VARCHAR, file VARCHAR)")
        self.connection.execute("CREATE TABLE broken (h VARCHAR)")

    def read(self, files: Mapping[Path, str], progress: Progress) -> None:
        """Read all files; those that begin with one type together."""
        total, done = sum(path.stat().st_size for path in files), 0
        for kind in sorted(set(files.values())):
            for some in batches(path for path, first in files.items() if first == kind):
                self.read_some(kind, some)
                done += sum(path.stat().st_size for path in some)
                progress(done, total)
        self.others()

    def read_some(self, kind: str, files: list[Path]) -> None:
        """Read files at once; where that fails one by one, and what is left line by line."""
        try:
            self.write(of_type(kind, source(files)))
        except errors() as error:
            if not any(sign in str(error) for sign in STUMBLES):
                raise
            if len(files) > 1:
                for each in files:
                    self.read_some(kind, [each])
            else:
                self.read_sieved(kind, files[0])

    def read_sieved(self, kind: str, path: Path) -> None:
        """Read what of one file can be read."""
        found = sieve(path, self.work / f"{self.number:04}.ndjson", LONGEST)
        self.instead[path] = found.ordinary
        self.write(of_type(kind, named(found.ordinary, str(path))))
        if found.damaged:
            self.damaged.append(path)
        if found.broken:
            self.broken[path] = found.broken
        if found.long:
            self.connection.execute("INSERT INTO long SELECT unnest(?::VARCHAR[]), ?", [found.long, str(path)])
            self.write(of_type("", f"(SELECT json, file FROM long WHERE file = {text(path)})"))

    def others(self, since: int = 1) -> None:
        """Read again the lines that were of another type than the first of their file, each by its own type."""
        some = f"SELECT raw AS json, file, type FROM {self.rows(since)} WHERE outcome = '{OTHER}'"
        mixed = f"({some})" if self.number else ""
        found = {kind for (kind,) in self.all(f"SELECT DISTINCT type FROM {mixed}")} if mixed else set()
        for kind in sorted(found & {*SHAPED, "Patient"}):
            self.write(of_type(kind, f"(SELECT * FROM {mixed} WHERE type = {text(kind)})"))
        if found - {*SHAPED, "Patient"}:
            rest = f"type IS NULL OR type NOT IN ({SHAPED_TYPES})"
            self.write(of_type("", f"(SELECT * FROM {mixed} WHERE {rest})"))

    def write(self, query: str) -> None:
        """Write the rows of a query."""
        into = self.work / f"{self.number + 1:04}"
        shutil.rmtree(into, ignore_errors=True)
        self.connection.execute(f"COPY ({query}) TO {text(into)} (FORMAT parquet, PER_THREAD_OUTPUT true)")
        self.number += 1

    def rows(self, since: int = 1) -> str:
        """All rows so far, or those that were written since, as a relation."""
        listed = ", ".join(text(self.work / f"{number:04}" / "*.parquet") for number in range(since, self.number + 1))
        return f"read_parquet([{listed}])"

    def all(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        """The answer of a query."""
        return self.connection.execute(query, given).fetchall()

    def again(self, files: Iterable[Path]) -> str:
        """All lines that can be read, read anew, as a relation."""
        whole = [source([path for path in files if path not in self.instead])] if set(files) - set(self.instead) else []
        others = [(path, str(file)) for file, path in self.instead.items()] + list(self.marked.items())
        parts = [*whole, *(named(path, file) for path, file in others), "(SELECT json, file FROM long)"]
        return f"({' UNION ALL BY NAME '.join(f'SELECT json, file FROM {each}' for each in parts)})"

    def name(self) -> None:
        """Make the view `lines` of all rows."""
        if not self.number:
            self.write(of_type("", "(SELECT NULL::VARCHAR AS json, NULL::VARCHAR AS file WHERE false)"))
        self.connection.execute(
            f"CREATE OR REPLACE VIEW lines AS SELECT * FROM {self.rows()} WHERE outcome NOT IN ('{OTHER}', '{LOOSE}')"
        )


def source(files: list[Path]) -> str:
    """Lines of files, as a relation."""
    listed = ", ".join(text(path) for path in files)
    return (
        f"(SELECT json, filename AS file FROM read_ndjson_objects([{listed}], ignore_errors = true, "
        f"filename = true, maximum_object_size = {LONGEST}))"
    )


def named(path: Path, file: str) -> str:
    """The lines of a file that stands for another, as a relation."""
    return f"(SELECT json, {text(file)} AS file FROM {source([path])})"


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
    if kind == "Patient":
        return persons.sql(lines)
    return Select(SHAPED[kind]).sql(lines) if kind in SHAPED else unshaped(lines)


def unshaped(lines: str, sure: bool = False) -> str:
    """The rows of lines that SQL does not read: what becomes of each by its type; perhaps they are surely JSON."""
    by_hand = ", ".join(map(text, BY_HAND))
    shared = ", ".join(map(text, sorted(REFERRED - {"Organization"})))
    why = " ".join(f"WHEN type = {text(kind)} THEN {text(says)}" for kind, says in NOT_FACTS.items())
    outcome = f"""
        CASE WHEN json IS NULL THEN '{BAD}' WHEN type IN ({SHAPED_TYPES}) THEN '{OTHER}'
        {"" if sure else f"WHEN loose(json) THEN '{LOOSE}'"}
        WHEN type = 'Bundle' OR (ltrim(json)[1] = '[' AND json <> '[]') THEN '{DOCUMENT}'
        WHEN type IS NULL THEN '{NONE}'
        WHEN type IN ({by_hand}) OR NOT plainly THEN '{LATER}'
        WHEN type IN ({shared}) THEN '{SHARED}' WHEN type IN ({", ".join(map(text, sorted(RESOURCES)))}) THEN '{UNUSED}'
        ELSE '{UNKNOWN}' END"""
    said = {
        "patient": "who", "key": "type || '/' || id", "outcome": "outcome", "file": "file", "type": "type",
        "why": f"CASE WHEN outcome IN ('{UNUSED}', '{SHARED}') THEN CASE {why} ELSE 'this type is not read' END END",
        "raw": f"CASE WHEN outcome <> '{UNUSED}' THEN json END",
    }  # fmt: skip
    return f"SELECT {columns(said, 'NULL')} FROM (SELECT *, {outcome} AS outcome FROM ({whose(lines)}))"


def whose(lines: str) -> str:
    """Lines with their type and id, the one Patient whom they name, and whether that is said plainly."""
    one = "CASE WHEN r.{0} IS NOT NULL THEN regexp_extract(r.{0}::VARCHAR, {1}, 1) END"
    named = f"list_distinct([{', '.join(one.format(name, text(ONE)) for name in PEOPLE)}])"
    shape = json.dumps({"resourceType": "VARCHAR", "id": "JSON", **dict.fromkeys(PEOPLE, "JSON")})
    read = f"SELECT json, file, json_transform(json, {text(shape)}) AS r FROM {lines}"
    plainly = "(r.id IS NULL OR is_text(r.id)) AND len(named) < 2 AND coalesce(named[1] <> '', true)"
    return (
        f"SELECT json, file, r.resourceType AS type, name_in(r.id) AS id, {plainly} AS plainly, "
        f"CASE WHEN plainly THEN named[1] END AS who FROM (SELECT *, {named} AS named FROM ({read}))"
    )


def typed(lines: str) -> str:
    """Lines with their type and id."""
    shape = text('{"resourceType":"VARCHAR","id":"JSON"}')
    read = f"SELECT json, file, json_transform(json, {shape}) AS r FROM {lines}"
    return f"SELECT json, file, r.resourceType AS type, name_in(r.id) AS id FROM ({read})"
