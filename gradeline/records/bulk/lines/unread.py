"""Where the lines are that are no JSON: a second pass over the files that have any."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import orjson

from gradeline.errors import RecordError
from gradeline.records.bulk.faults import Faults
from gradeline.records.bulk.lines import loose
from gradeline.records.bulk.lines.lines import LONGEST, Lines
from gradeline.records.bulk.lines.sieve import numbered
from gradeline.records.bulk.sql.select import BAD, NONE, UNKNOWN
from gradeline.records.fhir.files import BOM, not_json


def malformed(lines: Lines, faults: Faults) -> None:
    """Note every line that is no JSON, with its file and number; take in what only a mark before it made look so."""
    loose.settle(lines)
    bad = f"SELECT file, count(*) FROM {lines.rows()} WHERE outcome = '{BAD}' GROUP BY file ORDER BY file"
    for file, count in lines.all(bad) if lines.number else ():
        marked = lines.work / f"marked-{len(lines.marked):04}.ndjson"
        with marked.open("wb") as out:
            left = note(file, count, faults, out)
        if left:
            what = RecordError(f"{left} further lines that are no JSON", "export them anew", file)
            faults.add("lines that are no JSON", what, count=left)
        if marked.stat().st_size:
            loose.take(lines, marked, file)


def note(file: str, count: int, faults: Faults, marked: IO[bytes]) -> int:
    """Find so many lines of a file that DuckDB passed over; those that are JSON behind a mark are put down anew."""
    for number, line in whole(Path(file)):
        fault = wrong(line, file, number)
        if fault:
            faults.add("lines that are no JSON", fault)
        elif line.startswith(BOM):
            marked.write(line.removeprefix(BOM).rstrip() + b"\n")
        else:
            continue
        count -= 1
        if not count:
            break
    return count


def strange(lines: Lines, faults: Faults) -> int:
    """Note what is JSON and of no type of FHIR; gives the number of lines that are no FHIR at all."""
    query = f"SELECT file, type, count(*) FROM lines WHERE outcome = '{UNKNOWN}' GROUP BY ALL ORDER BY ALL"
    for file, kind, count in lines.all(query):
        what = f"FHIR R4 knows no resourceType {kind[:40]!r}, which {count} lines have"
        faults.add("lines of no type of FHIR", RecordError(what, "export as FHIR R4 (4.0.1)", file), count=count)
    return int(lines.all(f"SELECT count(*) FROM lines WHERE outcome = '{NONE}'")[0][0])


def damaged(lines: Lines, faults: Faults) -> None:
    """Note every file that is cut off or broken, and lines that are too long and no JSON."""
    for path in lines.damaged:
        what = "its gzip is damaged or cut off; the lines before that were read"
        faults.add("damaged files", RecordError(what, "fetch the file again", str(path)))
    for path, count in lines.broken.items():
        what = f"{count} lines of more than {LONGEST >> 21} MB that are no JSON"
        faults.add("lines that are no JSON", RecordError(what, "export them anew", str(path)), count=count)


def whole(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file, as far as it can be unpacked."""
    with suppress(EOFError, zlib.error, gzip.BadGzipFile):
        yield from numbered(path)


def wrong(line: bytes, file: str, number: int) -> RecordError | None:
    """What is wrong with a line, if it is no JSON."""
    if line.isspace():
        return None
    try:
        orjson.loads(line.removeprefix(BOM))
    except orjson.JSONDecodeError as error:
        return not_json(line, file, error, number)
    return None
