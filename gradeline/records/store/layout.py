"""How facts lie on the disk: in buckets of patients, inside each by kind and code, so that a query skips most."""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from gradeline.dates import END
from gradeline.records.facts import Kind, Side, Status, Sureness
from gradeline.records.store.engine import text
from gradeline.records.store.folder import CODINGS, FACTS, PATIENTS
from gradeline.records.store.schema import FACTS as FACT_COLUMNS
from gradeline.records.store.schema import PATIENTS as PATIENT_COLUMNS
from gradeline.records.store.schema import listed

if TYPE_CHECKING:
    import duckdb

BUCKET = 100_000
"""Patients of a bucket, about."""
ORDER = '"kind", "system", "code", "patient"'
PARQUET = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
DISTINCT = "SELECT DISTINCT system, code FROM {} WHERE code IS NOT NULL ORDER BY system, code"
"""The codings of some facts, each once."""
WAITING = 100_000
"""Rows that each thread holds back while it sorts them into buckets: more of them spill, which takes far longer."""
WORDS = {
    name: sorted(get_args(words))
    for name, words in (("kind", Kind), ("status", Status), ("sureness", Sureness), ("side", Side))
}
"""Columns of a few words that are known beforehand."""
NAMES = ("system", "code", "value_unit", "unit", "specialty")
"""Columns that say the same few thousand things again and again."""
MOST = 500_000
"""So many names are numbered; a source with more of them is sorted by the texts themselves."""


def lay_out(connection: duckdb.DuckDBPyConnection, facts: str, patients: str, work: Path) -> dict[str, int]:
    """Write both tables out of two relations; gives the numbers of patients, rows, facts and buckets."""
    count = one(connection, f"SELECT count(*) FROM {patients}")
    buckets = max(1, math.ceil(count / BUCKET))
    who = f"SELECT {listed(PATIENT_COLUMNS)}, {bucket_of('id', buckets)} AS bucket FROM {patients} ORDER BY id"
    connection.execute(f"COPY ({who}) TO {text(work / PATIENTS)} {PARQUET}")
    what = f"SELECT *, {bucket_of('patient', buckets)} AS bucket FROM {facts}"
    columns = numbered(connection, facts)
    (work / FACTS).mkdir(mode=0o700)
    if buckets == 1:
        sort(connection, f"SELECT {columns} FROM ({what})", work / FACTS / "0000.parquet")
    else:
        split(connection, what, columns, work)
    written = f"read_parquet({text(work / FACTS / '*.parquet')})"
    connection.execute(f"COPY ({DISTINCT.format(written)}) TO {text(work / CODINGS)} {PARQUET}")
    rows, keys = connection.execute(f'SELECT count(*), count(*) FILTER ("place" = 0) FROM {written}').fetchall()[0]
    return {"patients": count, "facts": keys, "rows": rows, "buckets": buckets}


def numbered(connection: duckdb.DuckDBPyConnection, facts: str) -> str:
    """The columns of facts, words and names as numbers in their order: these sort and travel fast."""
    every = ", ".join(f"list_sort(list(DISTINCT {name}) FILTER ({name} IS NOT NULL))" for name in NAMES)
    found = connection.execute(f"SELECT {every} FROM {facts}").fetchall()[0]
    listings = {**WORDS, **{name: each or () for name, each in zip(NAMES, found, strict=True)}}
    for name, each in listings.items():
        connection.execute(f"DROP TYPE IF EXISTS every_{name}")
        if 0 < len(each) <= MOST:
            connection.execute(f"CREATE TYPE every_{name} AS ENUM ({', '.join(map(text, each))})")
    return ", ".join(
        f'"{name}"::every_{name} AS "{name}"' if 0 < len(listings.get(name, ())) <= MOST else f'"{name}"'
        for name in (column.name for column in FACT_COLUMNS)
    )


def doubts(connection: duckdb.DuckDBPyConnection, work: Path, today: int) -> dict[str, int]:
    """Facts that cannot be as they are written: before birth, after death, or known later than the data were made."""
    facts, patients = (f"read_parquet({text(path)})" for path in (work / FACTS / "*.parquet", work / PATIENTS))
    query = f"""
        SELECT count(*) FILTER (f."last" < p.birth_first),
            count(*) FILTER (f."first" > p.death_last AND f.status = 'done'),
            count(*) FILTER (f.known > {today} AND f.known < {END})
        FROM {facts} f JOIN {patients} p ON p.id = f.patient WHERE f."place" = 0
    """
    found = connection.execute(query).fetchall()[0]
    names = ("facts before birth", "facts after death", "facts known later than the data were made")
    return {name: count for name, count in zip(names, found, strict=True) if count}


def split(connection: duckdb.DuckDBPyConnection, what: str, columns: str, work: Path) -> None:
    """Write the buckets one after the other: first apart, then each in its order."""
    apart = work / "apart"
    connection.execute(f"SET partitioned_write_flush_threshold = {WAITING}")
    rows = f"SELECT {columns} FROM ({what})"
    connection.execute(
        f"COPY ({rows}) TO {text(apart)} (FORMAT parquet, PARTITION_BY (bucket), WRITE_PARTITION_COLUMNS)"
    )
    for number, bucket in enumerate(sorted(apart.iterdir(), key=lambda path: int(path.name.partition("=")[2]))):
        source = f"read_parquet({text(bucket / '*.parquet')}, hive_partitioning = false)"
        sort(connection, f"SELECT {columns} FROM {source}", work / FACTS / f"{number:04}.parquet")
        shutil.rmtree(bucket)
    apart.rmdir()


def sort(connection: duckdb.DuckDBPyConnection, rows: str, path: Path) -> None:
    """Write one bucket in its order."""
    connection.execute(f"COPY ({rows} ORDER BY {ORDER}) TO {text(path)} {PARQUET}")


def bucket_of(column: str, buckets: int) -> str:
    """The bucket of a patient, in SQL."""
    return f"(hash({column}) % {buckets})::INTEGER" if buckets > 1 else "0::INTEGER"


def one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The one number that a query answers."""
    return int(connection.execute(query).fetchall()[0][0])
