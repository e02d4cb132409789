"""Where a result goes: to the terminal, or whole into a file; nothing is left half-written."""

from __future__ import annotations

import sys
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
