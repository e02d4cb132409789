"""CQL libraries that somebody has translated to ELM, checked to be those of this very export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import orjson

from gradeline.errors import UsageError

CURE = "translate the libraries of this export, from its folder `cql`"


def translations(folder: Path, names: Iterable[str], version: str) -> dict[str, bytes]:
    """The translation of each library, by name; UsageError where one is missing, is none, or is of another version."""
    return {name: _translation(folder / f"{name}.json", name, version) for name in names}


def _translation(file: Path, name: str, version: str) -> bytes:
    try:
        text = file.read_bytes()
        said = orjson.loads(text)["library"]["identifier"]
    except OSError as error:
        raise UsageError(f"the translation {file} cannot be read: {error.strerror}", CURE) from None
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"{file} is no ELM", CURE) from None
    if said != {"id": name, "version": version}:
        raise UsageError(f"{file} is the translation of another library or version, not of {name} {version}", CURE)
    return text
