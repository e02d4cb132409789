"""Facts and patients as tables on the disk: a folder of Parquet that any number of guidelines is asked of."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gradeline.records.facts import Record
from gradeline.records.store.engine import SPILL, connect, text
from gradeline.records.store.facts import Facts
from gradeline.records.store.folder import MANIFEST, unfinished
from gradeline.records.store.layout import lay_out
from gradeline.records.store.schema import TABLES, VERSION
from gradeline.records.store.writing import Batches

__all__ = ["Facts", "write"]


def write(records: Iterable[Record], folder: str | Path, source: str = "") -> Facts:
    """Make a facts folder of records; what was in it before is there until the new one is whole."""
    into = Path(folder)
    unused: Counter[tuple[str, str]] = Counter()
    unread: Counter[tuple[str, str]] = Counter()
    resources = 0
    with unfinished(into) as work:
        parts = work / "parts"
        parts.mkdir()
        batches = Batches(parts)
        for record in batches.add(records):
            unused.update(record.unused)
            unread.update(record.unread)
            resources += record.resources
        batches.end()
        connection = connect(work / SPILL)
        try:
            facts, patients = (f"read_parquet({text(parts / f'{name}-*.parquet')})" for name in TABLES)
            counts = lay_out(connection, facts, patients, work)
        finally:
            connection.close()
        shutil.rmtree(parts)
        shutil.rmtree(work / SPILL, ignore_errors=True)
        account = {"resources": resources, "unused": account_of(unused), "unread": account_of(unread)}
        write_manifest(work, source=source, counts={**counts, "resources": resources}, account=account)
    return Facts.open(into)


def account_of(counted: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """What was counted by type and reason, the most frequent first."""
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [{"type": kind, "why": why, "count": count} for (kind, why), count in ordered]


def write_manifest(work: Path, **said: Any) -> None:
    """Write what the folder is: its version, its counts, where it is from."""
    document = {"version": VERSION, "gradeline": sys.modules["gradeline"].__version__, **said}
    (work / MANIFEST).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
