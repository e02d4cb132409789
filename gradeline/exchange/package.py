"""A FHIR package: every artifact as a file, an index of them, and all of it in one archive, the same to the byte."""

from __future__ import annotations

import gzip
import re
import tarfile
from collections.abc import Mapping, Sequence
from io import BytesIO

import orjson

from gradeline.exchange.canonical import Canonical, named
from gradeline.exchange.cql import library
from gradeline.exchange.fhir import Edition, resources
from gradeline.exchange.fhir.answers import ENDING, answers
from gradeline.exchange.fhir.elements import Json, uri
from gradeline.exchange.fhir.terms import patterns
from gradeline.model.guideline import Guideline

FHIR = "4.0.1"
FOLDER = "package"
ARCHIVE = "package.tgz"
INDEXED = ("resourceType", "id", "url", "version", "kind", "type")
NUMBERS = re.compile(r"(\d+(?:\.\d+){0,2})((?:[-+].*)?)")


def package(
    guideline: Guideline, file: bytes, canonical: Canonical, elm: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """A guideline as a FHIR package: its files by name, all made before one is written."""
    edition = Edition(guideline, canonical, file, logic(guideline, canonical), elm or {})
    sources = {f"cql/{name}.cql": text for name, text in edition.cql.items()}
    return {**files(edition, resources(edition)), **sources}


def logic(guideline: Guideline, canonical: Canonical) -> dict[str, bytes]:
    """The guideline's library and that of its answers, by name; UsageError where it names an unknown code system."""
    for each in patterns(guideline):
        uri(each.system)
    name = named(guideline)
    own, asked = library(guideline, canonical), answers(guideline, canonical)
    return {name: own.encode(), f"{name}{ENDING}": asked.encode()}


def files(edition: Edition, artifacts: Sequence[Json]) -> dict[str, bytes]:
    """The package as a folder, the archive of it, and a transaction that a FHIR server takes."""
    named = {f"{each['resourceType']}-{each['id']}.json": _written(each) for each in artifacts}
    inside = {
        "package.json": _written(manifest(edition)),
        ".index.json": _written(index(artifacts)),
        **dict(sorted(named.items())),
    }
    folder = {f"{FOLDER}/{each}": data for each, data in inside.items()}
    return {ARCHIVE: archive(folder), "transaction.json": _written(transaction(artifacts)), **folder}


def manifest(edition: Edition) -> Json:
    """The package's own card."""
    guideline = edition.guideline
    return {
        "name": f"gradeline.{guideline.id}",
        "version": semantic(edition.version),
        "canonical": edition.canonical.base,
        "url": edition.canonical.base,
        "title": guideline.title.en,
        "description": edition.notice.en,
        "fhirVersions": [FHIR],
        "dependencies": {
            "hl7.fhir.r4.core": FHIR,
            "hl7.fhir.uv.cpg": "2.0.0",
            "hl7.fhir.uv.crmi": "1.0.0",
        },
        "author": "The Gradeline authors",
        "license": guideline.encoding.licence,
        "type": "IG",
        "directories": {"lib": FOLDER},
    }


def semantic(version: str) -> str:
    """A version as packages want it: three numbers, then what follows.

    >>> semantic("1.1-0.1"), semantic("3"), semantic("2.0.1")
    ('1.1.0-0.1', '3.0.0', '2.0.1')
    """
    found = NUMBERS.fullmatch(version)
    if not found:
        return version
    numbers = [*found[1].split("."), "0", "0"][:3]
    return ".".join(numbers) + found[2]


def index(artifacts: Sequence[Json]) -> Json:
    """What is in the package, file by file."""
    rows = [
        {
            "filename": f"{each['resourceType']}-{each['id']}.json",
            **{key: each[key] for key in INDEXED if isinstance(each.get(key), str)},
        }
        for each in artifacts
    ]
    return {"index-version": 2, "files": sorted(rows, key=lambda row: str(row["filename"]))}


def transaction(artifacts: Sequence[Json]) -> Json:
    """Every artifact under its own id: sent twice, nothing is there twice."""
    entries = [
        {"resource": each, "request": {"method": "PUT", "url": f"{each['resourceType']}/{each['id']}"}}
        for each in artifacts
    ]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def archive(folder: Mapping[str, bytes]) -> bytes:
    """Files as one archive without a clock, an owner or a machine in it."""
    plain = BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in folder.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), 0o644
            tar.addfile(entry, BytesIO(data))
    return gzip.compress(plain.getvalue(), compresslevel=9, mtime=0)


def _written(resource: object) -> bytes:
    return orjson.dumps(resource, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
