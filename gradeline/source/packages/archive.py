"""The archive of a FHIR package, opened with care: it may be broken, hostile or far too big."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from gradeline.errors import DocumentError

Json = dict[str, Any]
LARGEST = 200 * 1024**2
"""Of the archive; a whole implementation guide has a tenth of that."""
UNPACKED = 1024**3
LONGEST = 50 * 1024**2
"""Of one file in it."""
MOST = 50_000
R4 = ("4.0",)
FOLDER = "package"
READ = ("PlanDefinition", "ActivityDefinition", "Library")
DEEPEST = 100
LISTS = ("action", "extension", "coding")
OBJECTS = ("valueCodeableConcept",)
WORDS = ("url", "title", "name", "description", "publisher", "definitionCanonical", "language")


@dataclass(frozen=True)
class Entry:
    """One resource of a package, and the text that it stands in."""

    file: str
    text: bytes
    resource: Json


@dataclass(frozen=True)
class Package:
    """A package's own card, and its resources by file."""

    name: str
    card: Json
    entries: tuple[Entry, ...]


def opened(path: Path) -> Package:
    """A package's resources; DocumentError where it cannot be read, or must not be."""
    files = _files(path)
    card = _parsed(files.get(f"{FOLDER}/package.json"), f"{FOLDER}/package.json", path.name)
    if card is None:
        raise DocumentError(
            "no package/package.json in it: it is no FHIR package", "give a package.tgz of FHIR R4", path.name
        )
    _version(card, path.name)
    return Package(path.name, card, tuple(_entries(files, path.name)))


def _files(path: Path) -> dict[str, bytes]:
    """Every JSON file of the package's own folder, the archive read once and never unpacked."""
    try:
        if path.stat().st_size > LARGEST:
            raise _too_big(path, "the archive", f"larger than {LARGEST // 1024**2} MB")
        with tarfile.open(path, "r:gz") as tar:
            return dict(_members(tar, path))
    except (tarfile.TarError, EOFError, zlib.error, UnicodeDecodeError):
        raise DocumentError("no readable .tgz archive", "fetch it again, or give a package.tgz", path.name) from None
    except OSError as error:
        reason = error.strerror or "no readable .tgz archive"
        raise DocumentError(f"cannot be opened: {reason}", "give the path of a package.tgz", str(path)) from None


def _members(tar: tarfile.TarFile, path: Path) -> Iterator[tuple[str, bytes]]:
    total = 0
    for number, member in enumerate(tar):
        _safe(member, path)
        total += member.size
        if total > UNPACKED:
            raise _too_big(path, "what it unpacks to", f"larger than {UNPACKED // 1024**2} MB")
        if number >= MOST:
            raise _too_big(path, "its list of files", f"longer than {MOST:,}")
        place = PurePosixPath(member.name)
        if member.isfile() and place.suffix == ".json" and place.parts[:-1] == (FOLDER,):
            if member.size > LONGEST:
                raise _too_big(path, member.name, f"larger than {LONGEST // 1024**2} MB")
            content = tar.extractfile(member)
            yield str(place), content.read() if content else b""


def _safe(member: tarfile.TarInfo, path: Path) -> None:
    """A name that leads out of the archive, or a link, has no business in a package."""
    place = PurePosixPath(member.name)
    if place.is_absolute() or ".." in place.parts or "\\" in member.name or member.issym() or member.islnk():
        raise DocumentError(
            f"`{member.name}` leads out of the archive: the package is not safe", "do not use it", path.name
        )


def _too_big(path: Path, what: str, how: str) -> DocumentError:
    return DocumentError(
        f"{what} is {how}, more than any guideline's package has",
        "give the guideline's own package",
        path.name,
    )


def _version(card: Mapping[str, Any], name: str) -> None:
    """Only R4: elsewhere the same resources have other elements."""
    said = card.get("fhirVersions") or card.get("fhir-version-list") or []
    versions = [str(each) for each in (said if isinstance(said, list) else [said])]
    if versions and not any(each.startswith(R4) for each in versions):
        raise DocumentError(
            f"it is for FHIR {', '.join(versions)}, and only R4 (4.0.1) is read", "give its R4 package", name
        )


def _entries(files: Mapping[str, bytes], name: str) -> Iterator[Entry]:
    for file, text in sorted(files.items()):
        place = PurePosixPath(file)
        if place.name in ("package.json", ".index.json"):
            continue
        resource = _parsed(text, file, name)
        if resource and isinstance(resource.get("resourceType"), str):
            if resource["resourceType"] in READ:
                _shaped(resource, file, name)
            yield Entry(place.name, text, resource)


def _shaped(node: object, file: str, name: str, depth: int = 0) -> None:
    """Checks what is relied on afterwards: objects, lists and words where FHIR has them, and no endless nesting."""
    if depth > DEEPEST:
        raise DocumentError(f"{file} is nested deeper than {DEEPEST} levels", "tell its publisher", name)
    for each in node if isinstance(node, list) else ():
        _shaped(each, file, name, depth + 1)
    for key, each in node.items() if isinstance(node, dict) else ():
        listed = key in LISTS and not (isinstance(each, list) and all(isinstance(one, dict) for one in each))
        if listed or (key in OBJECTS and not isinstance(each, dict)) or (key in WORDS and not isinstance(each, str)):
            raise DocumentError(f"{file} is not shaped as FHIR R4 has it: `{key}`", "fetch the package again", name)
        _shaped(each, file, name, depth + 1)


def _parsed(text: bytes | None, file: str, name: str) -> Json | None:
    """A file's JSON; None where the file is not there."""
    if text is None:
        return None
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise DocumentError(
            f"{file} is no valid JSON: {error.msg} in line {error.lineno}", "fetch the package again", name
        ) from None
    if not isinstance(found, dict):
        raise DocumentError(f"{file} is no resource", "fetch the package again", name)
    return found
