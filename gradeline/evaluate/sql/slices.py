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
from typing import TYPE_CHECKING, NamedTuple

from gradeline.evaluate.audit.kept import Taken, put_away, take_out
from gradeline.records.store import Facts

if TYPE_CHECKING:
    import duckdb

AT_ONCE = 50_000
"""Patients with an index condition of a slice: what is held at a time does not grow with the source."""
WORTH_IT = 10_000
"""Fewer such patients are not shared among processors: each slice costs as much to begin as hundreds of them."""
FOLDER, UNFINISHED, LOCK = "counted", ".unfinished", ".counting"
Bucket = tuple[int, int, int]
"""A bucket of patients: its number, how many there are, and how many of them have an index condition."""


class Piece(NamedTuple):
    """A bucket of patients, or one of some equal parts of it."""

    bucket: int
    patients: int
    opened: int
    part: int = 0
    parts: int = 1


BUCKETS = """
SELECT p.bucket, count(*), count(o.id) FROM patients p LEFT JOIN opened o ON o.id = p.id
GROUP BY p.bucket ORDER BY p.bucket
"""
WHO = "SELECT count(*), bit_xor(hash(id)) FROM patients"


def slices(buckets: Sequence[Bucket], workers: int = 1) -> Iterator[list[Piece]]:
    """The buckets of a facts folder, as many together as may be looked at at once, and something for every worker."""
    total = sum(opened for _, _, opened in buckets)
    rounds = -(-total // (AT_ONCE * workers)) or 1
    most = -(-total // (rounds * workers)) if total >= WORTH_IT else AT_ONCE
    some: list[Piece] = []
    for piece in pieces(buckets, most):
        if some and sum(each.opened for each in some) + piece.opened > most * 1.05:
            yield some
            some = []
        some.append(piece)
    if some:
        yield some


def shared(some: Sequence[Sequence[Piece]]) -> bool:
    """Whether there are so many patients that the processors share them."""
    return sum(piece.opened for each in some for piece in each) >= WORTH_IT


def pieces(buckets: Sequence[Bucket], most: int) -> Iterator[Piece]:
    """The buckets, those in parts that are much too large."""
    for bucket, patients, opened in buckets:
        parts = max(1, round(opened / max(most, 1)))
        for part in range(parts):
            yield Piece(bucket, patients // parts + (part < patients % parts), opened // parts, part, parts)


def among(some: Sequence[Piece]) -> tuple[str, str]:
    """Which facts and which patients a slice looks at, in SQL."""
    buckets = ", ".join(str(bucket) for bucket in dict.fromkeys(each.bucket for each in some))
    parts = [
        f"(p.bucket <> {each.bucket} OR hash(p.id) % {each.parts} = {each.part})" for each in some if each.parts > 1
    ]
    return f" AND f.bucket IN ({buckets})", " AND ".join([f" WHERE p.bucket IN ({buckets})", *parts])


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
