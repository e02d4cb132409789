"""What stands on top of every output: the guideline, its publisher, and whether it is in force."""

from __future__ import annotations

from gradeline.model.guideline import Guideline
from gradeline.model.words import Language
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.terminal.words import WORDS
from gradeline.show.wording import status


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
    said = [
        f"{says}. {meaning.in_(language)}" if meaning else f"{says}." for says, meaning in status(guideline, language)
    ]
    return " ".join(said)
