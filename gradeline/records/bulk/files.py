"""Which files of a source hold FHIR: lines, whole documents, or neither; and what a bulk export's manifest promises."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from gradeline.dates import Day
from gradeline.errors import RecordError
from gradeline.records.fhir.files import BOM, FORMATS, GZIP, LINES, NAMES

HEAD = 1 << 20
"""So many bytes of a file tell what it is."""
TYPE = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]+)"')


@dataclass
class Found:
    """The files of a source."""

    lines: dict[Path, str] = field(default_factory=dict)
    """Files of lines, with the type of the first line."""
    documents: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    """No FHIR by their first line: logs, notes."""
    missing: list[str] = field(default_factory=list)
    """What the manifest names and is not here."""
    manifest: dict[str, Any] | None = None

    @property
    def files(self) -> list[Path]:
        """Every file that is read."""
        return sorted([*self.lines, *self.documents])

    @property
    def day(self) -> Day:
        """The day on which the newest file was changed: what is known later cannot be."""
        newest = max((path.stat().st_mtime for path in self.files), default=0.0)
        return datetime.fromtimestamp(newest, UTC).toordinal() + 1

    @property
    def size(self) -> int:
        """The bytes of what is read, as they lie on the disk."""
        return sum(path.stat().st_size for path in self.files)


def find(source: str | Path) -> Found:
    """The files of a folder, of a manifest beside its files, or one file; RecordError where nothing can be read."""
    path, found = Path(source), Found()
    try:
        for each in under(path):
            take(each, found, path.is_dir())
        if found.manifest and not path.is_dir():
            for each in named(found.manifest, path.parent):
                take(each, found, False)
    except OSError as error:
        why = (error.strerror or "there is no such file").lower()
        raise RecordError(f"cannot read it: {why}", "check the name and your rights", str(error.filename)) from None
    if found.manifest:
        here = {each.name for each in (*found.files, *found.skipped)}
        found.missing = [name for name in promised(found.manifest) if name not in here]
    if not found.files:
        raise RecordError("there is no FHIR in it", FORMATS, str(path))
    return found


def under(path: Path) -> list[Path]:
    """A file, or every file in a folder; OSError where a folder in it may not be looked into."""

    def refuse(error: OSError) -> None:
        raise error

    if not path.is_dir():
        return [path]
    return sorted(
        each
        for folder, _, names in os.walk(path, onerror=refuse)
        for name in names
        if (each := Path(folder, name)).is_file()
    )


def take(path: Path, found: Found, folder: bool) -> None:
    """Take one file for what its first line shows it to be."""
    head = beginning(path)
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    first, _, rest = head.removeprefix(BOM).lstrip().partition(b"\n")
    document = parsed(first)
    if suffix == ".json" and not found.manifest and is_manifest(document or parsed(head)):
        found.manifest = document or parsed(head)
    elif suffix in LINES or (document is not None and rest.strip()):
        kind = TYPE.search(first)
        if kind is None and isinstance(document, dict) and folder and not any(map(is_fhir, head.splitlines())):
            found.skipped.append(path)
        else:
            found.lines[path] = kind[1].decode() if kind else ""
    elif folder and no_fhir(document or parsed(head)):
        found.skipped.append(path)
    elif head.lstrip(BOM + b" \r\n\t").startswith((b"{", b"[")) or (suffix in NAMES and not folder):
        found.documents.append(path)
    else:
        found.skipped.append(path)


def beginning(path: Path) -> bytes:
    """The first bytes of a file, unpacked where it is gzip."""
    with path.open("rb") as handle:
        head = handle.read(HEAD)
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        return b""


def parsed(text: bytes) -> Any:
    """A JSON document; None where it is none."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def is_manifest(document: Any) -> bool:
    """Whether it is the answer of a bulk export, which lists its files."""
    return isinstance(document, dict) and "resourceType" not in document and isinstance(document.get("output"), list)


def is_fhir(line: bytes) -> bool:
    """Whether a line is a resource of FHIR: others may stand before it."""
    document = parsed(line) if TYPE.search(line) else None
    return isinstance(document, dict) and "resourceType" in document


def no_fhir(document: Any) -> bool:
    """Whether a whole document is an object of another kind: settings, a manifest of something else."""
    return isinstance(document, dict) and "resourceType" not in document


def promised(manifest: dict[str, Any]) -> Iterator[str]:
    """The names of the files that a manifest lists."""
    for each in manifest["output"]:
        address = each.get("url") if isinstance(each, dict) else None
        if isinstance(address, str):
            yield address.partition("?")[0].rstrip("/").rpartition("/")[2]


def named(manifest: dict[str, Any], folder: Path) -> Iterator[Path]:
    """The files beside a manifest that it lists, packed or not."""
    for name in dict.fromkeys(promised(manifest)):
        yield from (folder / each for each in (name, f"{name}.gz") if (folder / each).is_file())
