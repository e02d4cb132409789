"""A facts folder that is opened: its manifest, its tables in a database, and records again out of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradeline.errors import RecordError
from gradeline.records.facts import Record
from gradeline.records.store.engine import MEMORY, SPILL, connect, errors, text
from gradeline.records.store.folder import CODINGS, FACTS, MANIFEST, PATIENTS
from gradeline.records.store.layout import DISTINCT
from gradeline.records.store.schema import FACTS as FACT_COLUMNS
from gradeline.records.store.schema import PATIENTS as PATIENT_COLUMNS
from gradeline.records.store.schema import TABLES, VERSION, listed
from gradeline.records.store.writing import record

if TYPE_CHECKING:
    import duckdb

AT_ONCE = 500
"""So many patients are read at once."""
AGAIN = "delete the folder, or read the source again"


@dataclass(frozen=True)
class Facts:
    """Facts and patients on the disk, and the manifest that says where they are from."""

    folder: Path
    manifest: dict[str, Any]

    @classmethod
    def open(cls, folder: str | Path) -> Facts:
        """A facts folder; RecordError where it is none, is not whole, or is of another version."""
        path = Path(folder)
        try:
            manifest = json.loads((path / MANIFEST).read_text("utf-8"))
            version = manifest["version"]
        except (OSError, ValueError, KeyError, TypeError):
            raise RecordError(
                "no facts folder, or one that was not finished", "read the source again", str(path)
            ) from None
        if version != VERSION:
            what = f"facts of version {version}, and this Gradeline reads version {VERSION}"
            raise RecordError(what, AGAIN, str(path))
        return cls(path, manifest)

    @property
    def current(self) -> bool:
        """Whether this very version of Gradeline wrote it, and its files are there."""
        there = all(path.exists() for path in (self.folder / FACTS, self.folder / PATIENTS))
        return there and self.manifest.get("gradeline") == sys.modules["gradeline"].__version__

    @property
    def patients(self) -> int:
        """How many patients it holds."""
        return int(self.manifest["counts"]["patients"])

    def connection(self, memory: str = MEMORY, threads: int | None = None) -> duckdb.DuckDBPyConnection:
        """A database with the two tables, which spills inside the folder."""
        connection = connect(self.folder / SPILL, memory, threads)
        self.tables(connection)
        return connection

    def tables(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the views `facts`, `patients` and `codings`; RecordError where a file does not hold what it should."""
        duckdb_error = errors()
        for name, files in self.files.items():
            try:
                connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({text(files)})")
                found = {row[0]: row[1] for row in connection.execute(f"DESCRIBE {name}").fetchall()}
            except duckdb_error as error:
                raise RecordError(f"cannot be read: {str(error).splitlines()[0]}", AGAIN, str(files)) from None
            wrong = [column.name for column in TABLES[name] if found.get(column.name) != column.type]
            if wrong:
                raise RecordError(f"columns missing or of another type: {', '.join(wrong)}", AGAIN, str(files))
        known = self.folder / CODINGS
        codings = f"FROM read_parquet({text(known)})" if known.exists() else DISTINCT.format("facts")
        connection.execute(f"CREATE OR REPLACE VIEW codings AS {codings}")

    @property
    def files(self) -> dict[str, Path]:
        """Where each table lies, as DuckDB and Spark take it."""
        return {"facts": self.folder / FACTS / "*.parquet", "patients": self.folder / PATIENTS}

    def records(self, ids: Iterable[str] | None = None) -> Iterator[Record]:
        """The records of these patients in their order, or of all; RecordError for one who is not there."""
        connection = self.connection()
        try:
            wanted = _all(connection) if ids is None else iter(ids)
            while batch := list(islice(wanted, AT_ONCE)):
                yield from self._batch(connection, batch)
        finally:
            connection.close()

    def _batch(self, connection: duckdb.DuckDBPyConnection, ids: list[str]) -> Iterator[Record]:
        """The records of a few patients."""
        who = f"SELECT {listed(PATIENT_COLUMNS)}, bucket FROM patients WHERE id IN (SELECT unnest(?))"
        people = {row[0]: row for row in connection.execute(who, [ids]).fetchall()}
        buckets = sorted({row[-1] for row in people.values()})
        rows = connection.execute(
            f"SELECT {listed(FACT_COLUMNS)} FROM facts WHERE list_contains(?::INTEGER[], bucket) "
            'AND patient IN (SELECT unnest(?)) ORDER BY patient, key, "place"',
            [buckets, list(people)],
        ).fetchall()
        theirs = {patient: list(each) for patient, each in groupby(rows, key=lambda row: row[0])}
        for one in ids:
            if one not in people:
                raise RecordError(f"there is no Patient/{one} in it", "choose one of its patients", str(self.folder))
            yield record(people[one][:-1], theirs.get(one, ()))


def _all(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Every patient, in their order, without holding all of them."""
    cursor = connection.cursor()
    cursor.execute("SELECT id FROM patients ORDER BY bucket, id")
    while row := cursor.fetchone():
        yield row[0]
