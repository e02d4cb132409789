"""The lines of a share of the patients, found without reading what the others say: first numbers of any size."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from gradeline.records.bulk.files import Found
from gradeline.records.fhir.files import GZIP
from gradeline.records.store.engine import SPILL, connect, errors, text
from gradeline.records.store.sampling import chosen

FOLDER = "sample"
LONGEST = 64 << 20
"""Bytes of a line that is looked at."""
PATIENT = r'"reference"\s*:\s*"(?:[^"]*/)?Patient/([^"/]+)'
OWN = """CASE WHEN contains(json, '"Patient"') AND TRY(json_extract_string(json, '$.resourceType')) = 'Patient'
    THEN TRY(json_extract_string(json, '$.id')) END"""
WHO = f"""coalesce(CASE WHEN contains(json, '"link"') THEN {OWN} END,
    nullif(regexp_extract(json, '{PATIENT}', 1), ''), {OWN})"""
"""Whose line it is: of the first Patient that it refers to, else the Patient's own; of nobody an organisation.

A Patient refers to other ones by its links; whatever else has links is hardly ever there, so that looking costs little.
"""
AS_WRITTEN = "header = false, delim = '\x01', quote = '', escape = ''"


def sampled(found: Found, share: float, work: Path, memory: str) -> Found:
    """The same files with the lines of a share of the patients, and with all that belong to nobody.

    What DuckDB cannot read line by line, a damaged file say, is left as it is.
    """
    (work / FOLDER).mkdir()
    connection = connect(work / SPILL, memory)
    try:
        lines = {
            kept(connection, path, work / FOLDER / f"{number:05}-{path.name.removesuffix('.gz')}", share): kind
            for number, (path, kind) in enumerate(found.lines.items())
        }
    finally:
        connection.close()
    return replace(found, lines=lines)


def kept(connection: Any, path: Path, target: Path, share: float) -> Path:
    """One file; gives what is to be read in its place, as old as the file itself."""
    with path.open("rb") as handle:
        packed = "gzip" if handle.read(2) == GZIP else "none"
    read = f"read_csv({text(path)}, columns = {{'json': 'VARCHAR'}}, auto_detect = false, {AS_WRITTEN}, "
    read += f"compression = '{packed}', max_line_size = {LONGEST}, buffer_size = {2 * LONGEST})"
    lines = f"SELECT json FROM (SELECT json, {WHO} AS who FROM {read}) WHERE who IS NULL OR {chosen('who', share)}"
    try:
        connection.execute(f"COPY ({lines}) TO {text(target)} (FORMAT csv, {AS_WRITTEN.replace(' =', '')})")
    except errors():
        target.unlink(missing_ok=True)
        return path
    os.utime(target, (path.stat().st_atime, path.stat().st_mtime))
    return target
