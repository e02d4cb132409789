"""A population out of whatever holds it: a facts folder is opened, anything else is read into one, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from gradeline.errors import RecordError, UsageError
from gradeline.records.habits import USUAL, Habits
from gradeline.records.store.engine import MEMORY, errors
from gradeline.records.store.facts import Facts
from gradeline.records.store.folder import MANIFEST

ENDS = 1 << 20
"""Of each file so many bytes at its beginning and at its end are hashed."""
INNER = re.compile(r'"exception_message":"((?:[^"\\]|\\.)*)"')
"""What went wrong, where DuckDB puts it into JSON."""
NO_ROOM = ("memory", "space", "temp", "too large", "quota", "could not write")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wish:
    """How a population is to be read."""

    habits: Habits = USUAL
    strict: bool = False
    """Whether the first line that cannot be read ends it."""
    memory: str = MEMORY
    share: float | None = None
    """Of lines of FHIR only those of a share of the patients: first numbers."""
    progress: Progress = lambda done, total: None


def facts(data: str | Path, folder: str | Path | None = None, wish: Wish = Wish()) -> Facts:
    """The facts of a source; those of an earlier run where nothing has changed since."""
    from gradeline.records import omop

    if str(data).startswith(omop.postgres.SCHEMES):
        if folder is None:
            raise UsageError("a database has no place for facts", "name a folder for them")
        return made(partial(of_omop, data, wish=wish, said={"source": omop.hidden(data)}), Path(folder))
    path = Path(data)
    if folder is None and (path / MANIFEST).is_file() and is_facts(path):
        return Facts.open(path)
    into = Path(folder) if folder else path.resolve().with_name(f"{path.resolve().name}.facts")
    if into.resolve() in {path.resolve(), *path.resolve().parents}:
        raise UsageError(f"{into} holds the source itself", "name another folder for the facts")
    return of_files(path, into, wish)


def of_files(path: Path, into: Path, wish: Wish) -> Facts:
    """The facts of files: an OMOP database, or FHIR."""
    from gradeline.records import bulk, omop

    if omop.holds(path):
        files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        said = origin(path, files, wish.habits)
        return reusable(into, said, wish) or made(partial(of_omop, path, wish=wish, said=said), into)
    found = bulk.find(path)
    share = None if found.documents else wish.share
    said = origin(path, found.files, wish.habits) | {"sample": share}
    how = partial(bulk.read, strict=wish.strict, memory=wish.memory, progress=wish.progress, said=said, share=share)
    return reusable(into, said, wish) or made(lambda folder: how(found, folder, wish.habits), into)


def of_omop(data: str | Path, folder: Path, wish: Wish, said: dict[str, Any]) -> Facts:
    """The facts of an OMOP database."""
    from gradeline.records import omop

    return omop.read(data, folder, wish.habits, wish.memory, said, wish.progress)


def origin(path: Path, files: list[Path], habits: Habits) -> dict[str, Any]:
    """Where facts are from: the files as they were, and how they were read."""
    sources = [printed(each) for each in files]
    return {"source": str(path), "sources": sources, "changed": newest(files), "habits": written(habits)}


def made(make: Callable[[Path], Facts], folder: Path) -> Facts:
    """What is made in a folder; an error of DuckDB in our words."""
    try:
        return make(folder)
    except errors() as error:
        raise failure(error, folder) from None


def of_tables(tables: Mapping[str, Any], folder: str | Path | None, wish: Wish = Wish()) -> Facts:
    """The facts of two tables, which are checked; they are read anew each time."""
    from gradeline.records import tables as reader

    if folder is None:
        raise UsageError("tables have no place of their own", "name a folder for the facts")
    said = {"source": "tables"}
    return made(lambda into: reader.write(tables, into, wish.habits, wish.memory, said), Path(folder))


def is_facts(path: Path) -> bool:
    """Whether a folder is one of facts, of whatever version."""
    return '"gradeline"' in (path / MANIFEST).read_text("utf-8", "replace")[:1000]


def printed(path: Path) -> dict[str, Any]:
    """A file's name, size, day of change, and a hash of its ends."""
    stat = path.stat()
    digest = blake2b(digest_size=16)
    with path.open("rb") as handle:
        digest.update(handle.read(ENDS))
        handle.seek(max(0, stat.st_size - ENDS))
        digest.update(handle.read(ENDS))
    return {"name": str(path), "bytes": stat.st_size, "changed": stat.st_mtime_ns, "ends": digest.hexdigest()}


def written(habits: Habits) -> dict[str, Any]:
    """Habits as plain data."""
    refused = sorted(f"{each.system}|{each.code}" for each in habits.refused)
    return {"zone": habits.zone, "refused": refused, "observed": list(habits.observed)}


def reusable(folder: Path, said: Mapping[str, Any], wish: Wish) -> Facts | None:
    """The facts that are there already, if they are of the same sources, unchanged, and read in the same way."""
    try:
        kept = Facts.open(folder)
    except RecordError:
        return None
    same = all(kept.manifest.get(name) == value for name, value in said.items())
    sound = not (wish.strict and kept.manifest["account"].get("faults"))
    return kept if same and kept.current and sound else None


def newest(files: list[Path]) -> str:
    """When the newest file was changed, for people."""
    last = max((path.stat().st_mtime for path in files), default=0.0)
    return datetime.fromtimestamp(last, UTC).isoformat(timespec="seconds")


def failure(error: Exception, folder: Path) -> UsageError:
    """What DuckDB says, in our words: mostly that there is no room."""
    said = str(error).splitlines()[0]
    inner = INNER.search(said)
    said = inner[1].replace('\\"', '"') if inner else said
    if any(sign in said.lower() for sign in NO_ROOM):
        return UsageError(f"no room left to read it: {said}", "give it more memory, or a folder on a larger disk")
    return UsageError(f"{folder} cannot be made: {said}", "look at the source; report it without patient data")
