"""The folder of a cohort: written under other names, renamed at the end, and cleared of what a killed run left."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from gradeline.cohort.notes.chart import TYPES
from gradeline.cohort.writing import TRUTH
from gradeline.errors import UsageError

SOURCE = "source.yaml"
NAMES = {**{type: f"{type}.ndjson" for type in TYPES}, TRUTH: f"{TRUTH}/patients.jsonl", "source": SOURCE}
"""Which file holds what. The truth lies in a folder of its own: it is no FHIR, and no audit may read it."""
UNFINISHED = ".part"
MARK = "\nsimulated: yes\n"
"""The line of a `source.yaml` by which a cohort of ours is known."""


class Folder:
    """A cohort being written; nothing has its own name before everything is there."""

    def __init__(self, out: Path, truth: bool) -> None:
        self.out = out
        self.names = {kind: name for kind, name in NAMES.items() if truth or kind != TRUTH}
        self.stack = ExitStack()
        self.files: dict[str, BinaryIO] = {}
        self.finishing = False

    def __enter__(self) -> Folder:
        try:
            self.check()
            self.out.mkdir(parents=True, exist_ok=True)
            self.clear(self.unfinished(NAMES))
            for kind, file in self.unfinished(self.names).items():
                file.parent.mkdir(exist_ok=True)
                self.files[kind] = self.stack.enter_context(file.open("wb"))
        except OSError as error:
            self.abandon()
            raise self.failure(error) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.abandon()

    def check(self) -> None:
        """Refuse a folder with files that are not ours to replace."""
        if self.out.exists() and not self.out.is_dir():
            raise UsageError(f"{self.out} is a file", "name a new folder")
        there = {each.name for each in self.out.iterdir()} if self.out.is_dir() else set()
        ours = {name.partition("/")[0] for name in NAMES.values()}
        unfinished = {f"{name}{UNFINISHED}" for name in ours}
        strange = sorted(there - ours - unfinished) or ([] if self.simulated() else sorted(there & ours))
        if strange == [TRUTH] and not self.named(self.out / TRUTH):
            return
        if strange:
            others = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
            raise UsageError(f"{self.out} holds {strange[0]}{others}, and no cohort of ours", "name a new folder")

    def simulated(self) -> bool:
        """Whether the folder holds a cohort of ours, or one whose last step was cut short: then it may be replaced."""
        sources = [self.out / SOURCE, self.out / f"{SOURCE}{UNFINISHED}"]
        return any(each.is_file() and MARK in each.read_text("utf-8", errors="replace") for each in sources)

    @staticmethod
    def named(folder: Path) -> list[str]:
        """The files of a folder that have their own names."""
        return [each.name for each in folder.iterdir() if not each.name.endswith(UNFINISHED)]

    def room(self, needed: int) -> None:
        """Refuse at once what the disk cannot hold."""
        free = shutil.disk_usage(self.out).free
        if needed > free:
            what = f"the cohort needs about {size(needed)}, and {self.out} has room for {size(free)}"
            raise UsageError(what, "simulate fewer patients, or name a folder on a larger disk")

    def write(self, lines: dict[str, bytes]) -> None:
        """Write the lines of a batch, each to the file that it belongs to."""
        try:
            for kind, text in lines.items():
                self.files[kind].write(text)
        except OSError as error:
            raise self.failure(error) from None

    def finish(self) -> None:
        """Give every file its name; `source.yaml` comes last: where it is, the cohort is whole."""
        try:
            self.stack.close()
            self.finishing = True
            (self.out / SOURCE).unlink(missing_ok=True)
            if TRUTH not in self.names:
                self.clear({TRUTH: self.out / NAMES[TRUTH]})
            for kind, file in self.unfinished(self.names).items():
                os.replace(file, self.out / self.names[kind])
        except OSError as error:
            raise self.failure(error) from None

    def abandon(self) -> None:
        """Leave nothing unfinished behind, and nothing half replaced, as far as the disk lets us."""
        with suppress(OSError):
            self.stack.close()
        with suppress(OSError):
            self.clear(self.unfinished(self.names))
            if self.finishing:
                self.clear({kind: self.out / name for kind, name in NAMES.items()})

    def clear(self, files: dict[str, Path]) -> None:
        """Remove files, and the truth's folder if it is empty then."""
        for file in files.values():
            file.unlink(missing_ok=True)
        truth = (self.out / NAMES[TRUTH]).parent
        if truth.is_dir() and not any(truth.iterdir()):
            truth.rmdir()

    def unfinished(self, names: dict[str, str]) -> dict[str, Path]:
        """The files while they are written."""
        return {kind: self.out / f"{name}{UNFINISHED}" for kind, name in names.items()}

    def failure(self, error: OSError) -> UsageError:
        """What went wrong with the disk, in words."""
        return UsageError(f"{self.out} cannot be written: {error.strerror}", "make room, or name another folder")


def size(number: float) -> str:
    """A number of bytes, as people say it."""
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}"
        number /= 1000
    return f"{number:.0f} GB"
