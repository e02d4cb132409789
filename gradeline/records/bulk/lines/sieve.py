"""What DuckDB stumbles over, a damaged gzip or a line of many megabytes, sorted out line by line before it reads on."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

import orjson

from gradeline.records.fhir.files import BOM, GZIP


class Sieved(NamedTuple):
    """What came through: the lines of ordinary length, the long ones that are JSON, and whether the file is damaged."""

    ordinary: Path
    long: list[str]
    broken: int
    """How many of the long lines are no JSON."""
    damaged: bool


def sieve(path: Path, target: Path, longest: int) -> Sieved:
    """Copy the lines that DuckDB can read; of a damaged file those before the damage."""
    long: list[str] = []
    broken, damaged = 0, False
    with target.open("wb") as out:
        try:
            for _, line in numbered(path):
                if len(line) < longest // 2:
                    out.write(line)
                elif is_json(line):
                    long.append(line.removeprefix(BOM).decode())
                else:
                    broken += 1
        except (EOFError, zlib.error, gzip.BadGzipFile):
            damaged = True
    return Sieved(target, long, broken, damaged)


def is_json(line: bytes) -> bool:
    """Whether a line is JSON."""
    try:
        orjson.loads(line.removeprefix(BOM))
    except orjson.JSONDecodeError:
        return False
    return True


def numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers, unpacked where it is gzip."""
    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP
        raw.seek(0)
        handle: IO[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
        yield from enumerate(handle, 1)
