"""What could not be read, while a source is read: counted, listed with its place, and a reason to stop if so asked."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any

from gradeline.errors import RecordError
from gradeline.records.fhir.entries import Entry, called

LISTED = 10_000
"""So many are listed; all are counted."""
NAME = "unread.csv"


class Faults:
    """Collects faults; a file lists the first of them."""

    def __init__(self, work: Path, strict: bool) -> None:
        self.strict, self.listed = strict, 0
        self.counted: Counter[str] = Counter()
        self.refused: set[str] = set()
        """Patients of whom nothing is used, because something of theirs cannot be."""
        self.file = (work / NAME).open("w", encoding="utf-8", newline="")
        self.rows: Any = csv.writer(self.file)
        self.rows.writerow(("where", "what", "what to do"))

    def __enter__(self) -> Faults:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()

    def add(self, kind: str, fault: RecordError, patient: str = "", count: int = 1) -> None:
        """Note a fault of a kind, and whose record it spoils; stop at the first if that is asked."""
        self.counted[kind] += count
        if patient:
            self.refused.add(patient)
        if self.strict:
            raise fault
        if self.listed < LISTED:
            self.rows.writerow((fault.where, fault.what, fault.cure))
            self.listed += 1


def stranger(entry: Entry, own: str) -> RecordError:
    """That a line is about a patient who is not described."""
    what = f"{called(entry)} is about {own}, who is not in this data"
    return RecordError(what, "export the Patient with it", entry.where)


def misshapen(entry: Entry) -> RecordError:
    """That an object, a list or a text stands where another belongs."""
    return RecordError("not shaped as FHIR R4 says", "validate it against FHIR R4", entry.where)
