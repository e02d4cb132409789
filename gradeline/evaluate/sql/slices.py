"""A count in slices of patients: what is finished is kept beside the facts until all is, so that a next run goes on."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gradeline.evaluate.audit.kept import Taken, put_away, take_out
from gradeline.records.store import Facts

if TYPE_CHECKING:
    import duckdb

AT_ONCE = 50_000
"""Patients with an index condition of a slice: what is held at a time does not grow with the source."""
FOLDER, UNFINISHED, LOCK = "counted", ".unfinished", ".counting"
Bucket = tuple[int, int, int]
"""A bucket of patients: its number, how many there are, and how many of them have an index condition."""
BUCKETS = """
SELECT p.bucket, count(*), count(o.id) FROM patients p LEFT JOIN (
  SELECT DISTINCT f.patient AS id FROM facts f JOIN codes c ON c.system = f.system AND c.code = f.code
  WHERE c.opens AND f.code IN (SELECT code FROM codes WHERE opens)
) o ON o.id = p.id GROUP BY p.bucket ORDER BY p.bucket
"""
WHO = "SELECT count(*), bit_xor(hash(id)) FROM patients"


def slices(buckets: Sequence[Bucket]) -> Iterator[list[Bucket]]:
    """The buckets of a facts folder, as many together as may be looked at at once."""
    some: list[Bucket] = []
    for bucket in buckets:
        if some and sum(each[2] for each in some) + bucket[2] > AT_ONCE:
            yield some
            some = []
        some.append(bucket)
    if some:
        yield some


@dataclass(frozen=True)
class Finished:
    """The finished slices of one question to one source."""

    folder: Path

    @classmethod
    def of(cls, facts: Facts, connection: duckdb.DuckDBPyConnection, text: str) -> Finished:
        """Where they are: another text, other facts or another sample is another question."""
        who = connection.execute(WHO).fetchall()
        said = json.dumps([text, facts.manifest, who], sort_keys=True, default=str)
        return cls(facts.folder / FOLDER / hashlib.sha256(said.encode()).hexdigest()[:16])

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold what is finished while a run counts; the last of several runs that ends clears it away."""
        import fcntl

        with (self.folder.parent.parent / LOCK).open("w") as lock:
            os.chmod(lock.fileno(), 0o600)
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self.end()

    def has(self, number: int) -> bool:
        """Whether a slice was finished by a run before."""
        return (self.folder / str(number)).exists()

    def take(self, number: int, connection: duckdb.DuckDBPyConnection) -> None:
        """Take in the rows of a slice."""
        take_out(connection, self.folder / str(number))

    def put(self, number: int, connection: duckdb.DuckDBPyConnection, before: Taken) -> None:
        """Keep the rows of a slice: its folder is there when all of them are."""
        work = self.folder / f"{number}-{os.getpid()}-{id(connection)}{UNFINISHED}"
        shutil.rmtree(work, ignore_errors=True)
        for folder in (self.folder.parent, self.folder, work):
            folder.mkdir(mode=0o700, exist_ok=True)
        put_away(connection, work, before)
        try:
            work.rename(self.folder / str(number))
        except OSError:
            if not self.has(number):
                raise
            shutil.rmtree(work, ignore_errors=True)  # Another run has finished the same slice meanwhile.

    def end(self) -> None:
        """All is counted: nothing has to be kept, not even what other questions left when they were stopped."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)
