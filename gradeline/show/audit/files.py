"""An audit as files: a report, tables and JSON in one folder, for its owner alone; all of them or none."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from gradeline.errors import UsageError
from gradeline.evaluate.audit.results import Audit
from gradeline.model.words import Language
from gradeline.records.store.engine import installed
from gradeline.show.audit.page import report

REPORT, DATA = "report.html", "audit.json"


def put(audit: Audit, folder: Path, language: Language) -> list[Path]:
    """Write everything; what was there of an earlier audit is replaced when all is made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder))
        try:
            write(audit, work, language)
            made = sorted(work.iterdir(), key=lambda path: (path.name != REPORT, path.suffix, path.name))
            for path in made:
                path.chmod(0o600)
                os.replace(path, folder / path.name)
            return [folder / path.name for path in made]
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except OSError as fault:
        what = f"cannot write {folder}: {fault.strerror or fault}"
        raise UsageError(what, "make room, or name a folder that is yours") from None


def write(audit: Audit, work: Path, language: Language) -> None:
    """The report, the plain data, and each table in three formats."""
    (work / REPORT).write_text(report(audit, language), "utf-8")
    data = json.dumps(audit.to_dict(language), ensure_ascii=False, indent=2)
    (work / DATA).write_text(data + "\n", "utf-8")
    for name, table in audit.tables.items():
        installed("pyarrow.csv").write_csv(table, work / f"{name}.csv")
        installed("pyarrow.parquet").write_table(table, work / f"{name}.parquet")
        installed("pyarrow.feather").write_feather(table, work / f"{name}.arrow", compression="uncompressed")
