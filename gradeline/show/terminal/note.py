"""A note for the record: at most eight plain lines, to be copied."""

from __future__ import annotations

from gradeline.evaluate.advice import Advice, Place
from gradeline.evaluate.words.plain import notice
from gradeline.evaluate.words.reasons import Reasons
from gradeline.logic import UNKNOWN
from gradeline.model.words import Language, written
from gradeline.show.terminal.advice import AdvicePage
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.terminal.words import WORDS
from gradeline.show.wording import status

PLACES = (Place.DUE, Place.THINK_TWICE, Place.IN_PLACE, Place.CONSIDER)
"""What a note tells of, most pressing first; the rest is on the page."""


def note(advice: Advice, language: Language) -> str:
    """The note: guideline and day, status, how long, the gate, what is due and so on, the next question, the caveat."""
    words = WORDS[language]
    guideline = advice.guideline
    title = f"{guideline.title.in_(language)}, {guideline.publisher.name.in_(language)}, "
    title += words["version"].format(version=guideline.currency.version)
    page = AdvicePage(advice, language, Sheet(plain=True))
    lines = [f"{title}; {written(advice.on, language)}; {page.since()}."]
    lines[0] += "".join(f" {says}." for says, _ in status(guideline, language))
    lines += _gate(advice, language)
    if advice.population.truth is UNKNOWN:
        lines.append(words["if so"].format(conditions=", ".join(page.reasons.conditions(advice.population))))
    lines += [line for place in PLACES if (line := _place(advice, place, page))][:4]
    if advice.questions:
        lines.append(f"{words['ask next']}: {advice.questions[0].ask.in_(language)}")
    return "\n".join([*lines[:7], notice(guideline, language)]) + "\n"


def _gate(advice: Advice, language: Language) -> list[str]:
    """What the record says of warning signs, in one line."""
    words, gate = WORDS[language], advice.guideline.gate
    if gate is None or advice.view.episode is None:
        return []
    if advice.gate.answer == "yes":
        signs = "; ".join(Reasons(advice.view, language).sign(each) for each in advice.gate.signs)
        return [f"{words['STOP']}: {signs}. {gate.stop.in_(language)}"]
    return [words["asked" if advice.gate.answer == "no" else "not asked"]]


def _place(advice: Advice, place: Place, page: AdvicePage) -> str:
    """All recommendations of one place, in one line."""
    words = page.words
    found = [each for each in advice.recommendations if each.place is place]
    if not found:
        return ""
    names = "; ".join(_named(each.recommendation.name.in_(page.language), page.remark(each)) for each in found)
    if place is Place.DUE and found[0].due:
        word = "overdue" if found[0].due < advice.on else "due"
        return f"{names}: {page.due_words(found[0].due, word)}."
    return f"{words[place.value]}: {names}."


def _named(name: str, remark: str) -> str:
    return f"{name} ({remark})" if remark else name
