"""A PostgreSQL server of the tests' own: on a socket in a temporary folder, gone when they are."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from gradeline.records.omop.tables import TABLES

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
NOBODY = "nobody"


def programs() -> Path:
    """Where the server's programs are; skips where there are none, but for CI."""
    found = shutil.which("initdb")
    place = Path(found).parent if found else next(iter(PLACES), None)
    if place is None and os.environ.get("CI") == "true":
        pytest.fail("PostgreSQL is not installed, and CI needs it")
    if place is None:
        pytest.skip("PostgreSQL is not installed")
    return place


def filled(address: str, tables: Mapping[str, Any]) -> None:
    """Put tables of OMOP into a server."""
    import psycopg

    kinds = {"BIGINT": "bigint", "VARCHAR": "text", "DATE": "date", "DOUBLE": "numeric"}
    with psycopg.connect(address) as connection:
        for name, table in tables.items():
            columns = ", ".join(f"{column} {kinds[kind]}" for column, kind in TABLES[name].items())
            connection.execute(f"CREATE TABLE {name} ({columns})")
            with connection.cursor().copy(f"COPY {name} FROM STDIN") as copy:
                for row in table.to_pylist():
                    copy.write_row(tuple(row.values()))


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives its address."""
    place, folder = programs(), Path(mkdtemp(prefix="gl-pg-"))
    as_nobody = {"user": NOBODY, "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
    if as_nobody:
        shutil.chown(folder, NOBODY, "nogroup")

    def run(*command: str) -> None:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **as_nobody)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr

    try:
        run(
            str(place / "initdb"),
            "-D",
            str(folder / "data"),
            "-U",
            "gradeline",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        )
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run(str(place / "pg_ctl"), "-D", str(folder / "data"), "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://gradeline@/postgres?host={folder}"
        finally:
            run(str(place / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
