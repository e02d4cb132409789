"""OMOP out of PostgreSQL: each table in batches to Arrow and on to Parquet, so that DuckDB needs no extension."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gradeline.errors import RecordError, UsageError
from gradeline.records.omop.tables import TABLES
from gradeline.records.store.engine import installed, text

SCHEMES = ("postgresql://", "postgres://")
BATCH = 50_000
"""Rows that are held at once."""
PATIENCE = 15
"""Seconds after which a server that does not answer is given up; an address may say `connect_timeout` itself."""
SPELT = {"BIGINT": "bigint", "VARCHAR": "text", "DATE": "date", "DOUBLE": "double precision"}


def fetch(address: str, folder: Path) -> dict[str, str]:
    """Copy the tables that are there to Parquet; gives each as a relation of SQL."""
    psycopg = driver()
    try:
        patience = {} if "connect_timeout" in address else {"connect_timeout": PATIENCE}
        with psycopg.connect(address, **patience) as connection:
            connection.read_only = True
            there = columns(connection)
            for name in there:
                copy(connection, name, there[name], folder)
    except psycopg.Error as error:
        said = str(error).strip().splitlines()[0]
        raise RecordError(f"the database cannot be read: {said}", "look at the address and at your rights") from None
    return {name: f"read_parquet({text(folder / f'{name}-*.parquet')})" for name in there}


def driver() -> Any:
    """psycopg, which is an extra of its own."""
    try:
        import psycopg
    except ModuleNotFoundError:
        raise UsageError("reading PostgreSQL needs psycopg", "pip install 'gradeline[postgres,population]'") from None
    return psycopg


def columns(connection: Any) -> dict[str, list[tuple[str, str]]]:
    """The columns that we read, of each table that is there, as its schema calls them."""
    query = (
        "SELECT lower(table_name), lower(column_name) FROM information_schema.columns "
        "WHERE table_schema = ANY(current_schemas(false))"
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column in connection.execute(query).fetchall():
        if column in TABLES.get(table, ()):
            found.setdefault(table, []).append((column, TABLES[table][column]))
    return found


def copy(connection: Any, name: str, wanted: list[tuple[str, str]], folder: Path) -> None:
    """Copy one table, a batch at a time."""
    listed = ", ".join(f"{column}::{SPELT[kind]}" for column, kind in wanted)
    with connection.cursor(name=f"gradeline_{name}") as cursor:
        cursor.itersize = BATCH
        cursor.execute(f"SELECT {listed} FROM {name}")
        number = 0
        while rows := cursor.fetchmany(BATCH) if number else first(cursor):
            write(rows if rows != [None] else [], wanted, folder / f"{name}-{number:06}.parquet")
            number += 1


def first(cursor: Any) -> list[Any]:
    """The first batch; an empty table still has its columns."""
    return cursor.fetchmany(BATCH) or [None]


def write(rows: list[Any], wanted: list[tuple[str, str]], path: Path) -> None:
    """Write a batch as Parquet."""
    arrow, parquet = installed("pyarrow"), installed("pyarrow.parquet")
    kinds = {"BIGINT": arrow.int64(), "VARCHAR": arrow.string(), "DATE": arrow.date32(), "DOUBLE": arrow.float64()}
    filled = zip(*rows, strict=True) if rows else [()] * len(wanted)
    arrays = [arrow.array(each, kinds[kind]) for (_, kind), each in zip(wanted, filled, strict=True)]
    parquet.write_table(arrow.table(arrays, names=[column for column, _ in wanted]), path)
