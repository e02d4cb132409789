"""What of a record was not used, by type and reason: nothing is lost silently."""

from __future__ import annotations

from gradeline.model.words import Language
from gradeline.records.facts import Record
from gradeline.show.terminal.sheet import Sheet

HEADS: dict[Language, tuple[str, str]] = {
    "en": ("Not used", "{n} resources, {facts} facts"),
    "da": ("Ikke brugt", "{n} ressourcer, {facts} fakta"),
}


def unused(record: Record, language: Language, sheet: Sheet) -> str:
    """A table of what was left out, the most frequent first."""
    title, read = HEADS[language]
    sheet.heading(f"{title} ({read.format(n=record.resources, facts=len(record.facts))})")
    for (type, reason), count in record.unused.most_common():
        sheet.row((f"  {count:>5}", 9), (type, 32), (reason, 80))
    return "\n" + str(sheet)
