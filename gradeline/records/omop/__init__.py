"""OMOP CDM 5.4 in: a DuckDB file, a folder of Parquet or CSV, or a PostgreSQL database, as facts and patients."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gradeline.errors import RecordError
from gradeline.records.habits import Habits
from gradeline.records.omop import postgres
from gradeline.records.omop.queries import PATIENTS, codes, facts
from gradeline.records.omop.tables import EVENTS, MUST, TABLES
from gradeline.records.store import account_of, write_manifest
from gradeline.records.store.engine import MEMORY, SPILL, connect, errors, text
from gradeline.records.store.facts import Facts
from gradeline.records.store.folder import unfinished
from gradeline.records.tables import Tables, lay

READERS = {".parquet": "read_parquet({})", ".csv": "read_csv({}, all_varchar = true)",
           ".csv.gz": "read_csv({}, all_varchar = true)"}  # fmt: skip
FHIR = (".ndjson", ".ndjson.gz", ".json", ".json.gz")
Rows = dict[str, str]
"""Each table that is there, as a relation of SQL."""


def holds(path: Path) -> bool:
    """Whether a folder or a DuckDB file is an OMOP database."""
    if not path.is_dir():
        return path.is_file() and path.suffix in (".duckdb", ".db")
    there = files(path)
    return "person" in there or (bool(there) and not any(each.name.endswith(FHIR) for each in path.iterdir()))


def files(folder: Path) -> Rows:
    """The tables of a folder, one file or one folder of files each, whatever the case of their names."""
    found: Rows = {}
    for path in sorted(folder.iterdir()):
        for suffix, reader in READERS.items():
            name = path.name.lower().removesuffix(suffix)
            if path.is_file() and path.name.lower().endswith(suffix) and name in TABLES:
                found[name] = reader.format(text(path))
            elif path.is_dir() and path.name.lower() in TABLES and list(path.glob(f"*{suffix}")):
                found[path.name.lower()] = reader.format(text(path / f"*{suffix}"))
    return found


def read(
    source: str | Path, folder: Path, habits: Habits, memory: str = MEMORY, said: dict[str, Any] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Facts:  # fmt: skip
    """Make a facts folder of an OMOP database."""
    with unfinished(folder) as work:
        connection = connect(work / SPILL, memory)
        try:
            database = Database(connection, work, progress)
            try:
                account = database.read(source, habits)
            except errors() as error:
                if wrong := database.misfits():
                    cure = "mend the column, or give a view of it"
                    raise RecordError("\n".join(wrong), cure, hidden(source)) from error
                raise
        finally:
            connection.close()
        for scrap in (SPILL, "omop"):
            shutil.rmtree(work / scrap, ignore_errors=True)
        write_manifest(work, **(said or {}), **account)
    return Facts.open(folder)


class Database:
    """An OMOP database while it is read."""

    def __init__(self, connection: Any, work: Path, progress: Callable[[int, int], None]) -> None:
        self.connection, self.work, self.progress = connection, work, progress
        self.there: Rows = {}
        (work / "omop").mkdir()

    def read(self, source: str | Path, habits: Habits) -> dict[str, Any]:
        """Lay out its facts and patients; gives counts and account."""
        found = self.there = self.found(source)
        for number, (name, columns) in enumerate(TABLES.items()):
            self.view(name, columns, found.get(name))
            self.progress(number, len(TABLES))
        self.connection.execute(f"CREATE TEMP TABLE codes AS {codes()}")
        tables = Tables(self.connection, habits, strict_units=False)
        counts, left = lay(tables, {"facts": facts(), "patients": PATIENTS}, self.work)
        missing = sorted(TABLES.keys() - found.keys())
        return {
            "counts": counts | {"missing tables": len(missing)},
            "account": {
                "unused": self.unused(),
                "unread": account_of(tables.unread),
                "faults": left,
                "missing tables": missing,
            },
        }

    def found(self, source: str | Path) -> Rows:
        """The tables that are there; RecordError where the first of them is not."""
        if str(source).startswith(postgres.SCHEMES):
            found = postgres.fetch(str(source), self.work / "omop")
        elif Path(source).is_dir():
            found = files(Path(source))
        else:
            found = self.attached(Path(source))
        if "person" not in found:
            here = ", ".join(sorted(found)) or "none of its tables"
            raise RecordError(
                f"no OMOP database: there is no table person, but {here}", "look at the schema", hidden(source)
            )
        return found

    def attached(self, path: Path) -> Rows:
        """The tables of a DuckDB file."""
        self.connection.execute(f"ATTACH {text(path)} AS omop_source (READ_ONLY)")
        listed = "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'omop_source' UNION ALL "
        listed += (
            "SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'omop_source' AND NOT internal"
        )
        rows = self.connection.execute(listed).fetchall()
        return {table.lower(): f'omop_source."{schema}"."{table}"' for schema, table in rows if table.lower() in TABLES}

    def view(self, name: str, columns: dict[str, str], rows: str | None) -> None:
        """A view of a table with the columns that we read; what is not there is empty."""
        there = (
            {row[0].lower(): row[0] for row in self.connection.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()}
            if rows
            else {}
        )
        missing = [column for column in MUST.get(name, ()) if column not in there]
        if missing:
            raise RecordError(f"the table {name} has no column {', '.join(missing)}", "it is not as OMOP CDM 5.4 says")
        listed = [f'"{there[column]}"::{kind} AS {column}' if column in there else f"NULL::{kind} AS {column}"
                  for column, kind in columns.items()]  # fmt: skip
        empty = "" if rows else " WHERE false"
        self.connection.execute(
            f"CREATE TEMP VIEW {name} AS SELECT {', '.join(listed)} {f'FROM {rows}' if rows else ''}{empty}"
        )

    def misfits(self) -> list[str]:
        """The columns in which something is not of its type, with how often; looked for when reading fails."""
        found = []
        for name, columns in TABLES.items():
            rows = self.there.get(name)
            here = self.connection.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall() if rows else []
            for column, kind in ((row[0], columns.get(row[0].lower())) for row in here):
                if kind and kind != "VARCHAR":
                    count = f'SELECT count("{column}") - count(TRY_CAST("{column}" AS {kind})) FROM {rows}'
                    ((wrong,),) = self.connection.execute(count).fetchall()
                    found += (
                        [f"{name}.{column}: {wrong:,} {'value is' if wrong == 1 else 'values are'} no {kind}"]
                        if wrong
                        else []
                    )
        return found

    def unused(self) -> list[dict[str, Any]]:
        """The events that carry no code."""
        found = []
        for table, (_, key, prefix, *_) in EVENTS.items():
            empty = f"coalesce({prefix}_concept_id, 0) = 0 AND coalesce({prefix}_source_concept_id, 0) = 0"
            none = f"{empty} AND nullif({prefix}_source_value, '') IS NULL"
            count = self.connection.execute(f"SELECT count({key}) FROM {table} WHERE {none}").fetchall()[0][0]
            if count:
                found.append({"type": table, "why": "no code", "count": count})
        return found


def hidden(source: str | Path) -> str:
    """A source without its password, for people."""
    before, sign, after = str(source).rpartition("@")
    return f"{before.partition('://')[0]}://…@{after}" if sign else str(source)
