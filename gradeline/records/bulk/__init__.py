"""FHIR in bulk: files of lines through DuckDB into a facts folder, with `fhir/` for what SQL cannot decide."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from gradeline.errors import RecordError
from gradeline.records import fhir
from gradeline.records.bulk import joined
from gradeline.records.bulk.byhand import ByHand
from gradeline.records.bulk.faults import Faults
from gradeline.records.bulk.files import Found, find
from gradeline.records.bulk.lines import twice, unread
from gradeline.records.bulk.lines.lines import Lines, Progress
from gradeline.records.bulk.lines.twice import LEFT, LEFT_OUT
from gradeline.records.bulk.sampling import FOLDER as SAMPLE
from gradeline.records.bulk.sampling import sampled
from gradeline.records.bulk.sql.select import DOCUMENT, FACT, LATER, NONE, PERSON, SHARED, UNUSED
from gradeline.records.facts import Record
from gradeline.records.habits import USUAL, Habits
from gradeline.records.store import Facts, account_of, write_manifest
from gradeline.records.store.engine import MEMORY, SPILL
from gradeline.records.store.folder import unfinished
from gradeline.records.store.layout import doubts
from gradeline.records.store.writing import Batches

__all__ = ["Found", "Progress", "find", "read"]

NOT_USED = f"""
SELECT type, CASE WHEN left_out THEN '{LEFT_OUT}' ELSE why END AS says, count(*)
FROM (SELECT type, why, outcome, {LEFT} AS left_out FROM once)
WHERE outcome IN ('{UNUSED}', '{SHARED}') OR (left_out AND outcome IN ('{FACT}', '{PERSON}')) GROUP BY ALL
"""
"""What of the lines that SQL reads is no fact, and why."""


def silent(done: int, total: int) -> None:
    """Nobody looks."""


def read(
    found: Found, folder: Path, habits: Habits = USUAL, *, strict: bool = False, memory: str = MEMORY,
    progress: Progress = silent, said: dict[str, Any] | None = None, share: float | None = None,
) -> Facts:  # fmt: skip
    """Make a facts folder of a source of FHIR, or of a share of its patients; `said` goes into its manifest."""
    with unfinished(folder) as work:
        found = found if share is None else sampled(found, share, work, memory)
        lines = Lines(work, habits, memory)
        try:
            with Faults(work, strict) as faults:
                account = Reading(found, work, habits, lines, faults).run(progress)
        finally:
            lines.connection.close()
        for scrap in ("lines", "parts", "documents", SAMPLE, SPILL):
            shutil.rmtree(work / scrap, ignore_errors=True)
        write_manifest(work, **(said or {}), **account)
    return Facts.open(folder)


class Reading:
    """One run over a source."""

    def __init__(self, found: Found, work: Path, habits: Habits, lines: Lines, faults: Faults) -> None:
        self.found, self.work, self.habits, self.lines, self.faults = found, work, habits, lines, faults
        self.by_hand = ByHand(lines, habits, faults)
        self.batches = Batches(work / "parts")
        self.documents = 0
        (work / "parts").mkdir()

    def run(self, progress: Progress) -> dict[str, Any]:
        """Read everything; gives the account."""
        for name in self.found.missing:
            self.faults.add(
                "files that are not here", RecordError(f"the manifest names {name}", "fetch it again", name)
            )
        self.lines.read(self.found.lines, progress)
        unread.malformed(self.lines, self.faults)
        twice.settle(self.lines, self.found.lines)
        unread.damaged(self.lines, self.faults)
        unread.strange(self.lines, self.faults)
        for records, people in ((self.by_hand.people(), True), (self.whole(), True), (self.by_hand.records(), False)):
            for _ in self.batches.add(records, people):
                pass
        self.batches.end()
        counts = joined.join(self.lines, self.work / "parts", self.work, self.faults, self.by_hand)
        return self.account(counts)

    def whole(self) -> Iterator[Record]:
        """The records of whole documents: Bundles, alone or on lines."""
        folder = self.work / "documents"
        folder.mkdir()
        for number, path in enumerate(self.found.documents):
            (folder / f"{number:06}-{path.name}").symlink_to(path.resolve())
        with (folder / "bundles.ndjson").open("w", encoding="utf-8") as bundles:
            cursor = self.lines.connection.cursor()
            cursor.execute(f"SELECT raw FROM lines WHERE outcome = '{DOCUMENT}'")
            while row := cursor.fetchone():
                bundles.write(row[0] + "\n")
        with closing(fhir.Extract(folder, self.document_fault, self.habits)) as extract:
            for record in extract:
                self.documents += record.resources
                self.by_hand.unused.update(record.unused)
                self.by_hand.unread.update(record.unread)
                yield record
            if len(extract.patients) != 1:
                self.documents += extract.resources
                self.by_hand.unused.update(extract.unused)
            self.apart(extract.places)

    def apart(self, patients: Iterable[str]) -> None:
        """Leave out the patients who stand in whole documents and on lines beside them: neither knows of the other."""
        known = f"SELECT DISTINCT patient FROM once WHERE outcome <> '{LATER}'"
        both = f"SELECT patient FROM ({known}) WHERE patient IN (SELECT unnest(?::VARCHAR[])) ORDER BY patient"
        self.by_hand.in_documents = set(patients)
        for (patient,) in self.lines.all(both, sorted(patients)):
            self.by_hand.refuse_both(patient)

    def document_fault(self, fault: RecordError) -> None:
        """Note what of a document cannot be read."""
        if "there is nothing in it" not in fault.what:
            self.faults.add("documents or their patients refused", fault)

    def account(self, counts: dict[str, int]) -> dict[str, Any]:
        """What became of every line."""
        outcomes = dict(self.lines.all("SELECT outcome, count(*) FROM lines GROUP BY outcome"))
        unused = self.by_hand.unused + twice.again(self.lines)
        unused["Patient", LEFT_OUT] += len(self.by_hand.described & self.faults.refused)
        for kind, why, count in self.lines.all(NOT_USED):
            unused[kind, why] += count
        return {
            "counts": {
                **counts,
                "bytes": self.found.size,
                "lines": sum(outcomes.values()) - sum(path.read_bytes().count(b"\n") for path in self.lines.marked),
                "by SQL": sum(outcomes.get(each, 0) for each in (FACT, PERSON, UNUSED)),
                "by hand": outcomes.get(LATER, 0),
                "in documents": self.documents,
                "no FHIR": outcomes.get(NONE, 0),
                "skipped files": len(self.found.skipped),
                "refused patients": len(self.faults.refused),
            },
            "account": {
                "unused": account_of(+unused),
                "unread": account_of(self.by_hand.unread),
                "faults": dict(self.faults.counted),
                "doubts": doubts(self.lines.connection, self.work, self.found.day),
            },
        }
