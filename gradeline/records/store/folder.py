"""A facts folder while it is written: under another name, for its owner alone, renamed when everything is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradeline.errors import UsageError

UNFINISHED, MANIFEST, LOCK = ".unfinished", "manifest.json", ".lock"
FACTS, PATIENTS, CODINGS = "facts", "patients.parquet", "codings.parquet"
OURS = (FACTS, PATIENTS, CODINGS, "unread.csv")
"""What a facts folder holds beside its manifest, which comes last and says that all is there."""


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A place to write in; what is there at the end becomes the folder's, and after an error nothing has changed."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_ours(folder)
        with alone(folder):
            work = folder / UNFINISHED
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(mode=0o700)
            try:
                yield work
                move(work, folder)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written: {error.strerror or error}", "make room, or name another folder"
        ) from None


def check_ours(folder: Path) -> None:
    """UsageError where somebody else keeps files in it that have the names of ours: nothing of theirs is replaced."""
    theirs = [name for name in (MANIFEST, *OURS) if (folder / name).exists()]
    manifest = folder / MANIFEST
    ours = (folder / LOCK).exists() or (
        manifest.is_file() and '"gradeline"' in manifest.read_text("utf-8", "replace")[:1000]
    )
    if theirs and not ours:
        what = f"{folder} holds {', '.join(theirs)}, which Gradeline did not write"
        raise UsageError(what, "name another folder for the facts")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder; UsageError where another run does. The hold ends with the process, however it ends."""
    import fcntl

    with (folder / LOCK).open("w") as held:
        os.chmod(held.fileno(), 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"another run is writing {folder} now", "wait until it has ended, or name another folder"
            ) from None
        yield


def move(work: Path, folder: Path) -> None:
    """Put what is whole in the place of what was there; without a manifest a folder counts as empty."""
    for path in [work, *work.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    (folder / MANIFEST).unlink(missing_ok=True)
    for name in OURS:
        old = folder / name
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
        if (work / name).exists():
            (work / name).replace(old)
    (work / MANIFEST).replace(folder / MANIFEST)
