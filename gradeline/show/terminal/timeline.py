"""The twelve weeks as a line: the onset, what happened when, the day asked, and the day on which the time is up."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.dates import Day, shift
from gradeline.evaluate.advice import Advice
from gradeline.evaluate.advice.acts import acts
from gradeline.evaluate.words.reasons import Reasons
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.terminal.words import WORDS

ROOM = 50
"""Columns of the line itself."""


@dataclass(frozen=True)
class Mark:
    """Something that happened, with the letter that stands for it on the line."""

    letter: str
    day: Day
    says: str


def marks(advice: Advice, reasons: Reasons) -> list[Mark]:
    """Every action of the guideline that the episode records, once, in the order of its days."""
    found: dict[str, tuple[Day, str]] = {}
    for line in advice.plan.lines:
        for term in line.asked.actions:
            for act in acts(advice.view, term):
                if act.day.exact:
                    found.setdefault(act.facts[0].key, (act.day.first, reasons.act_name(act)))
    marked: list[Mark] = []
    for day, says in sorted(found.values()):
        marked.append(Mark(_letter(says, {mark.letter for mark in marked}), day, says))
    return marked


def _letter(says: str, taken: set[str]) -> str:
    """The first letter of a name that is still free."""
    letters = [letter.upper() for letter in says if letter.isalpha()] + list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return next((letter for letter in letters if letter not in taken), "*")


def timeline(sheet: Sheet, advice: Advice, reasons: Reasons) -> None:
    """The line and its legend; nothing where the onset is not known to the day."""
    episode = advice.view.episode
    if episode is None or not (episode.given and episode.onset.exact) or sheet.plain:
        return
    start, end = episode.onset.first, shift(episode.onset.first, advice.plan.period)
    if not start < end:
        return
    found = [mark for mark in marks(advice, reasons) if start <= mark.day]
    last = max([end, advice.on, *(mark.day for mark in found)])
    line = ["-"] * (ROOM + 1)
    line[_at(end, start, last)] = "|"
    for day, letter in [*((mark.day, mark.letter) for mark in found), (advice.on, "#")]:
        line[_at(day, start, last)] = letter
    sheet.say(f"{reasons.day(start)} |{''.join(line)} {reasons.day(last)}")
    legend = [f"{mark.letter} {mark.says}" for mark in found] + [f"# {WORDS[reasons.language]['today']}"]
    sheet.say("   ".join(text.replace(" ", "\u00a0") for text in legend), indent=2)
    sheet.lines = [line.replace("\u00a0", " ") for line in sheet.lines]


def _at(day: Day, start: Day, last: Day) -> int:
    """Which column a day falls into."""
    return round((day - start) * ROOM / (last - start))
