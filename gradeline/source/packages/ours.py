"""The guideline file that our own packages carry, whole and undamaged."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from hashlib import sha1

from gradeline.errors import DocumentError
from gradeline.source.packages.archive import Json, Package

TITLE, TYPE = "guideline.yaml", "application/yaml"


def guideline_file(package: Package) -> bytes | None:
    """The guideline file, where the package has one; DocumentError where its hash says that it was changed."""
    for entry in package.entries:
        for content in entry.resource.get("content", []) if entry.resource["resourceType"] == "Library" else []:
            if isinstance(content, dict) and (content.get("title"), content.get("contentType")) == (TITLE, TYPE):
                return _whole(content, package.name)
    return None


def _whole(content: Json, name: str) -> bytes:
    try:
        data = b64decode(content.get("data") or "", validate=True)
    except (Error, ValueError, TypeError):
        data = b""
    if b64encode(sha1(data, usedforsecurity=False).digest()).decode() != content.get("hash"):
        raise DocumentError("the guideline file in it is damaged: its hash is another", "fetch the package again", name)
    return data
