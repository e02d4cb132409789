"""Where a result goes: to the terminal, or whole into a file; nothing is left half-written."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from gradeline.errors import UsageError
from gradeline.verbs import Write


def put(result: str | bytes, out: str | None, write: Write) -> None:
    """Write a result; a PDF is not for a terminal."""
    if out:
        _file(Path(out), result)
        write(f"{out}\n")
    elif isinstance(result, str):
        write(result)
    elif sys.stdout.isatty():
        raise UsageError("a PDF is no text for a terminal", "name a file: --out guide.pdf")
    else:
        sys.stdout.buffer.write(result)


def _file(target: Path, result: str | bytes) -> None:
    """A file that is there whole or not at all."""
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(result.encode() if isinstance(result, str) else result)
        part.replace(target)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise UsageError(f"cannot write {target}: {fault.strerror}", "name a file in a folder that is yours") from None


def put_all(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write files into a folder: each is there whole or not at all."""
    targets = {folder / name: made for name, made in files.items()}
    try:
        for target in targets:
            target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageError(f"cannot make {folder}: {fault.strerror}", "name a folder that is yours") from None
    for target, made in targets.items():
        _file(target, made)
    return list(targets)
