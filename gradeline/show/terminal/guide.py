"""The quick guide on the terminal: scope, sections, statements with their grades, legend, how we read it, sources."""

from __future__ import annotations

from gradeline.model.guideline import Guideline, Recommendation
from gradeline.model.words import Language
from gradeline.show.terminal.banner import banner
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.wording import WORDS, encoding, why_parts


def guide(guideline: Guideline, language: Language, sheet: Sheet, readings: bool = False) -> str:
    """The whole quick guide; `readings` adds how we read what the document leaves open."""
    banner(sheet, guideline, language)
    sheet.gap()
    sheet.say(guideline.scope.in_(language))
    for section in guideline.sections:
        sheet.heading(section.title.in_(language))
        for recommendation in guideline.recommendations:
            if recommendation.section == section.id:
                _statement(sheet, guideline, recommendation, language)
    _legend(sheet, guideline, language)
    if readings:
        _readings(sheet, guideline, language)
    _about(sheet, guideline, language, readings)
    return str(sheet)


def _statement(sheet: Sheet, guideline: Guideline, recommendation: Recommendation, language: Language) -> None:
    """A statement: its symbol and words, its grade in words, then reason, caveat and what it compares."""
    wording = guideline.scheme.kind(recommendation.grade)
    grade = grade_words(guideline, recommendation, language, symbols=not sheet.plain)
    if sheet.plain:
        sheet.gap()
        sheet.say(f"{grade}: {recommendation.says.in_(language)}")
    else:
        sheet.say(f"{wording.symbol:<3}{recommendation.says.in_(language)}", indent=0, hang=3)
        sheet.say(grade, indent=3, hang=5, bold=True)
    for label, text in why_parts(recommendation, language):
        sheet.say(f"{label}: {text}", indent=3, hang=5)


def grade_words(guideline: Guideline, recommendation: Recommendation, language: Language, symbols: bool = True) -> str:
    """The strength in words, and the certainty apart from it."""
    wording = guideline.scheme.kind(recommendation.grade)
    grade = recommendation.grade
    if grade.certainty is None:
        return wording.name.in_(language)
    level = guideline.scheme.certainties[grade.certainty]
    certainty = WORDS[language]["certainty"].format(level=level.name.in_(language))
    return f"{wording.name.in_(language)}; {certainty}" + (f" {level.symbol}" if symbols else "")


def _legend(sheet: Sheet, guideline: Guideline, language: Language) -> None:
    """What each sign asks of its reader."""
    sheet.heading(WORDS[language]["legend"])
    for wording in guideline.scheme.kinds.values():
        symbol = "" if sheet.plain else f"{wording.symbol:<3}"
        sheet.say(f"{symbol}{wording.name.in_(language)}: {wording.meaning.in_(language)}", hang=3)
    for wording in guideline.scheme.certainties.values():
        symbol = "" if sheet.plain else f"{wording.symbol} "
        sheet.say(f"{symbol}{wording.name.in_(language)}: {wording.meaning.in_(language)}", hang=5)


def _readings(sheet: Sheet, guideline: Guideline, language: Language) -> None:
    """How we read what the document leaves open, and what other sources say of time."""
    words = WORDS[language]
    sheet.heading(words["readings"])
    for number, each in enumerate(guideline.interpretations, 1):
        sheet.say(f"{number}. {each.question.in_(language)}", hang=3, bold=True)
        sheet.say(each.reading.in_(language), indent=3)
        sheet.say(f"{words['reason']}: {each.reason.in_(language)}", indent=3)
        for other in each.alternatives:
            sheet.say(f"{words['or']}: {other.says.in_(language)}", indent=3, hang=5)
    if guideline.timings:
        sheet.heading(words["timings"])
        titles = {source.id: source.title for source in guideline.sources}
        for timing in guideline.timings:
            sheet.say(f"- {timing.says.in_(language)} ({titles.get(timing.source, timing.source)})", hang=2)


def _about(sheet: Sheet, guideline: Guideline, language: Language, readings: bool) -> None:
    """What the guideline is, its sources and versions."""
    words = WORDS[language]
    sheet.heading(words["about"])
    sheet.say(guideline.about.in_(language))
    if guideline.translation and language != "en":
        sheet.say(guideline.translation.in_(language))
    sheet.say(encoding(guideline, language))
    if readings:
        sheet.heading(words["sources"])
        for source in guideline.sources:
            sheet.say("- " + ", ".join(filter(None, [source.title, source.year, source.locator])), hang=2)
    elif guideline.interpretations:
        sheet.say(words["more"].format(n=len(guideline.interpretations), id=guideline.id))
