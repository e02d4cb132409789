"""One patient of an audit: what the audit counts of an episode, then the advice of that day with every reason."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap

from gradeline.evaluate.audit.drill import Drill
from gradeline.evaluate.audit.rows import READINGS, FindingRow
from gradeline.model.guideline import Recommendation
from gradeline.model.words import Language, Text, written
from gradeline.show.audit.practice import GENERAL, PRACTICE
from gradeline.show.audit.words import WORDS, say
from gradeline.show.terminal.advice import AdvicePage
from gradeline.show.terminal.sheet import Sheet

TRUTHS = (
    Text("does not apply", "gælder ikke"),
    Text("cannot be told", "kan ikke afgøres"),
    Text("applies", "gælder"),
)
"""Whether it applies, by the number in a row."""
DECLINED = {"declined": Text("offered and declined", "tilbudt og afslået")}
EDGE, SECOND, WIDE = 4, 43, 37
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
        beside(sheet, [say("strict", language), say("assumed", language)])
        for line in course.plan.lines:
            rows = {row.reading: row for row in each.findings if row.recommendation == line.recommendation.id}
            sheet.say(line.recommendation.name.in_(language), indent=2)
            beside(sheet, [told(line.recommendation, rows[name], language) for name in READINGS])
        sheet.gap()
        sheet.say(words["advice"].format(day=on))
    sheet.gap()
    return str(sheet) + "\n" + AdvicePage(each.advice, language, Sheet(sheet.colour, sheet.plain), True).write()


def beside(sheet: Sheet, texts: list[str]) -> None:
    """Both readings beside each other, each in its column."""
    columns = [wrap(text, WIDE) for text in texts]
    for first, second in zip_longest(*columns, fillvalue=""):
        sheet.row((" " * EDGE + first, SECOND), (second, 80))


def told(of: Recommendation, row: FindingRow, language: Language) -> str:
    """Whether it applies and what was done, in the words of the report."""
    names = GENERAL | PRACTICE[of.form.words] | DECLINED
    marks = [name for name in ("declined", "alternative", "incomplete") if getattr(row, name)]
    said = [names[name].in_(language) for name in (row.practice, *marks) if name]
    return ": ".join(filter(None, [TRUTHS[row.applies].in_(language), ", ".join(said)]))
