"""What stands on top of every output: the guideline, its publisher, and whether it is in force."""

from __future__ import annotations

from gradeline.model.guideline import Guideline
from gradeline.model.words import Language, written
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.terminal.words import WORDS


def banner(sheet: Sheet, guideline: Guideline, language: Language) -> None:
    """Title and publisher, and what the guideline's status means."""
    words = WORDS[language]
    version = words["version"].format(version=guideline.currency.version)
    sheet.sides(guideline.title.in_(language), f"{guideline.publisher.name.in_(language)}, {version}")
    status = status_line(guideline, language)
    if status:
        sheet.say(status, bold=False)


def status_line(guideline: Guideline, language: Language) -> str:
    """The status in one paragraph; empty where the guideline is in force and real."""
    words, currency = WORDS[language], guideline.currency
    said = [words["invented"] + "."] if guideline.invented else []
    if currency.status != "in force":
        undated = currency.status == "not in force" and currency.since is None
        word = "not in force undated" if undated else currency.status
        since = written(currency.since.toordinal(), language) if currency.since else ""
        meaning = f". {currency.meaning.in_(language)}" if currency.meaning else "."
        said.append(words[word].format(since=since) + meaning)
    return " ".join(said)
