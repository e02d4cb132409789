"""What of a record was not used, by type and reason: nothing is lost silently."""

from __future__ import annotations

from collections import Counter

from gradeline.model.words import Language
from gradeline.records.facts import Record
from gradeline.show.terminal.sheet import Sheet

WORDS: dict[Language, dict[str, str]] = {
    "en": {"unused": "Not used", "unread": "Used, but not all of it read", "read": "{n} resources, {facts} facts"},
    "da": {"unused": "Ikke brugt", "unread": "Brugt, men ikke læst helt", "read": "{n} ressourcer, {facts} fakta"},
}
TYPE, REASON = 9, 32
"""The columns in which they begin."""


def unused(record: Record, language: Language, sheet: Sheet) -> str:
    """What was left out, the most frequent first, and then what could not be read of what was used."""
    words = WORDS[language]
    read = words["read"].format(n=record.resources, facts=len(record.facts))
    sheet.heading(f"{words['unused']} ({read})")
    table(sheet, record.unused)
    if record.unread:
        sheet.heading(words["unread"])
        table(sheet, record.unread)
    return "\n" + str(sheet)


def table(sheet: Sheet, counted: Counter[tuple[str, str]]) -> None:
    """A line for each type and reason."""
    for (type, reason), count in counted.most_common():
        if sheet.plain:
            sheet.say(f"{count} {type}: {reason}")
        else:
            sheet.say(f"  {count:>5}  {type:<{REASON - TYPE}}{reason}", hang=REASON)
