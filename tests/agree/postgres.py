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
    with database() as made:
        yield made.address


@contextmanager
def database() -> Iterator[Database]:
    """A running server that can go away and come back."""
    folder = Path(mkdtemp(prefix="gl-pg-"))
    made = Database(programs(), folder)
    try:
        made.start()
        yield made
        made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Database:
    """A server with its data in a folder, for whoever may open the folder's socket."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self.address = f"postgresql://gradeline@/postgres?host={folder}"
        self.user = {"user": NOBODY, "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
        if self.user:
            shutil.chown(folder, NOBODY, "nogroup")
        self.run("initdb", "-U", "gradeline", "-A", "trust", "-E", "UTF8", "--no-sync")

    def run(self, program: str, *options: str) -> None:
        """Run one of PostgreSQL's programs, which do not work for root."""
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *options]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **self.user)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """Come, or come back."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self.run("pg_ctl", "-w", "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        """Go away at once."""
        self.run("pg_ctl", "-m", "immediate", "-w", "stop")
