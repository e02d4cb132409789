"""One patient of an audit: what the audit counts of an episode, then the advice of that day with every reason."""

from __future__ import annotations

from gradeline.evaluate.audit.drill import Drill
from gradeline.evaluate.audit.rows import READINGS, FindingRow
from gradeline.model.words import Language, written
from gradeline.show.audit.words import WORDS, say
from gradeline.show.terminal.advice import AdvicePage
from gradeline.show.terminal.sheet import Sheet

TRUTHS = ("no", "unknown", "yes")
LABEL, SECOND = 25, 53
SAYS: dict[Language, dict[str, str]] = {
    "en": {
        "none": "No episode of this patient began in the period; the advice of {day}:",
        "head": "Episode first recorded {first}: read on {read}; follow-up {ended}",
        "sign": "A warning sign on {day} takes it out of the audit from that day",
        "advice": "What advice says on {day}, with what this source captures:",
    },
    "da": {
        "none": "Intet forløb for denne patient begyndte i perioden; rådene for {day}:",
        "head": "Forløb først noteret {first}: aflæst {read}; opfølgning {ended}",
        "sign": "Et faresignal {day} tager det ud af auditten fra den dag",
        "advice": "Hvad rådene siger {day}, med det, som denne kilde registrerer:",
    },
}


def drilled(each: Drill, language: Language, sheet: Sheet) -> str:
    """One episode."""
    words, course, on = SAYS[language], each.course, written(each.advice.on, language)
    if course is None:
        sheet.say(words["none"].format(day=on))
    else:
        first, read = written(course.episode.first, language), written(course.read, language)
        ended = WORDS[f"ended {course.ended}"].in_(language)
        sheet.say(words["head"].format(first=first, read=read, ended=ended), bold=True)
        if course.sign:
            sheet.say(words["sign"].format(day=written(course.sign, language)))
        sheet.row(("", LABEL), (say("strict", language), SECOND), (say("assumed", language), 80))
        for line in course.plan.lines:
            rows = {row.reading: row for row in each.findings if row.recommendation == line.recommendation.id}
            strict, assumed = (told(rows[name]) for name in READINGS)
            sheet.row((line.recommendation.id, LABEL), (strict, SECOND), (assumed, 80), hang=2)
        sheet.gap()
        sheet.say(words["advice"].format(day=on))
    sheet.gap()
    return str(sheet) + "\n" + AdvicePage(each.advice, language, Sheet(sheet.colour, sheet.plain), True).write()


def told(row: FindingRow) -> str:
    """Whether it applies and what was done, in the words of the tables."""
    marks = [name for name in ("declined", "alternative", "incomplete") if getattr(row, name)]
    return TRUTHS[row.applies] + (f": {', '.join([row.practice, *marks])}" if row.practice else "")
