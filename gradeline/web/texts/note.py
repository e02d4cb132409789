"""The note for the record: at most eight plain lines; of a conversation also what the guideline says unasked."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.evaluate.advice import Advice
from gradeline.model.words import Language
from gradeline.show.terminal.note import note
from gradeline.web.advice import Showing
from gradeline.web.words import WORDS

LINES = 8


def record_note(advice: Advice, language: Language) -> str:
    """The lines of the command's note, and before its question what nobody has said was done."""
    *lines, last = note(advice, language).splitlines()
    end = len(lines) - bool(advice.questions)
    lines[end:end] = untold(advice, language)
    return "".join(f"{line}\n" for line in [*lines[: LINES - 1], last])


def untold(advice: Advice, language: Language) -> Iterator[str]:
    """What the guideline suggests and what it holds no routine, where nobody has said what was done."""
    showing = Showing(advice, language, "general-practitioner")
    for id in ("say for", "say against", "if it persists"):
        found = [each for each in advice.recommendations if showing.heading(each) == id]
        if found:
            names = "; ".join(each.recommendation.name.in_(language) for each in found)
            yield f"{WORDS[language][f'place {id}']}: {names}."
