"""A package comes out the same to the byte, and its archive is its folder."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

from gradeline.exchange.canonical import Canonical
from gradeline.exchange.package import package
from gradeline.source.reader import read

Json = dict[str, Any]
GOLDEN = Path(__file__).parents[1] / "golden" / "fhir"
SHOWN = (
    "PlanDefinition-lumbar-nerve-root-mri.json",
    "ActivityDefinition-lumbar-nerve-root-not-lumbar-mri.json",
    "Measure-lumbar-nerve-root-mri.json",
    "Measure-teaching-slow-sips.json",
)
"""Kept whole, to be read; all others by their digest."""


def test_the_same_to_the_byte(sources: dict, exported: dict) -> None:
    again = package(read(sources["teaching"]), sources["teaching"].read_bytes(), Canonical())
    assert again == exported["teaching"]


def test_the_archive_is_the_folder(exported: dict) -> None:
    files = exported["teaching"]
    with tarfile.open(fileobj=io.BytesIO(files["package.tgz"])) as tar:
        inside = {each.name: tar.extractfile(each).read() for each in tar}  # type: ignore[union-attr]
        assert {(each.mtime, each.uid, each.uname) for each in tar} == {(0, 0, "")}
    assert inside == {name: data for name, data in files.items() if name.startswith("package/")}
    listed = json.loads(inside["package/.index.json"])["files"]
    assert {f"package/{each['filename']}" for each in listed} == set(inside) - {
        "package/.index.json",
        "package/package.json",
    }


def test_golden(exported: dict) -> None:
    """Some resources whole, all by digest; `UPDATE_GOLDEN=1` writes them anew."""
    digests = {f"{name}/{path[8:]}": hashlib.sha256(data).hexdigest()[:16]
               for name, files in exported.items() for path, data in files.items()
               if path.startswith("package/") and "Library-" not in path}  # fmt: skip
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        (GOLDEN / "digests.json").write_text(json.dumps(digests, indent=1) + "\n", "utf-8")
        for name, files in exported.items():
            for shown in SHOWN:
                if f"package/{shown}" in files and name in shown:
                    (GOLDEN / shown).write_bytes(files[f"package/{shown}"])
    for shown in SHOWN:
        files = next(each for each in exported.values() if f"package/{shown}" in each)
        assert json.loads((GOLDEN / shown).read_bytes()) == json.loads(files[f"package/{shown}"])
    assert json.loads((GOLDEN / "digests.json").read_text("utf-8")) == digests


def test_the_archive_has_no_clock(exported: dict) -> None:
    assert exported["teaching"]["package.tgz"][4:8] == b"\0\0\0\0"
    assert gzip.decompress(exported["teaching"]["package.tgz"])[:8] == b"package/"
