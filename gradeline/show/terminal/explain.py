"""Why, what is missing, and what would change it: below a recommendation on the terminal."""

from __future__ import annotations

from gradeline.evaluate.advice import Advice, Verdict
from gradeline.evaluate.advice.difference import difference
from gradeline.evaluate.words.reasons import Reasons
from gradeline.logic import NO
from gradeline.model.words import written
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.terminal.words import WORDS


def explain(sheet: Sheet, verdict: Verdict, reasons: Reasons, advice: Advice, full: bool = False) -> None:
    """The reasons of one verdict; `full` adds its words, its own reason, and what would change it."""
    words = WORDS[reasons.language]
    if full:
        sheet.label(words["asks"], verdict.recommendation.says.in_(reasons.language))
        sheet.label(words["why"], verdict.recommendation.why.in_(reasons.language))
    because = _because(verdict, reasons, full)
    if because:
        sheet.label(words["because"], "; ".join(because))
    missing = list(dict.fromkeys(reasons.missing(verdict.applies) + reasons.missing(verdict.why)))
    if verdict.act_by:
        sheet.label("", words["act by"].format(day=written(verdict.act_by, reasons.language), lead=""))
    elif verdict.due and verdict.practice == "open" and not verdict.booked:
        missing.append(words["waiting"])
    if missing:
        sheet.label(words["missing"], "; ".join(missing))
    for caution in verdict.cautions:
        sheet.label(words["caution"], f"{caution.says.in_(reasons.language)} ({caution.source})")
    for reading in advice.otherwise(verdict):
        sheet.label("", words["otherwise"].format(says=reading.alternative.says.in_(reasons.language)))
    if full:
        _more(sheet, verdict, reasons, advice)


def _because(verdict: Verdict, reasons: Reasons, full: bool) -> list[str]:
    """What decided: where only some is shown, what is particular to this recommendation."""
    acts = [said for act in verdict.acts for said in reasons.act(act)]
    if full:
        return list(dict.fromkeys(reasons.because(verdict.applies) + (acts or reasons.because(verdict.why))))
    if acts:
        return acts
    return reasons.own(verdict.applies) or reasons.because(verdict.why)


def _more(sheet: Sheet, verdict: Verdict, reasons: Reasons, advice: Advice) -> None:
    """What would change the answer, what other sources say of time, and the facts by their keys."""
    words = WORDS[reasons.language]
    if verdict.applies.truth is NO:
        line = next(each for each in advice.plan.lines if each.recommendation is verdict.recommendation)
        changes = [reasons.change(change) for change in difference(advice.view, line.applies)]
        sheet.label(words["would need"], "; ".join(changes), room=12)
    for timing in advice.guideline.timings:
        if verdict.recommendation.id in timing.touches:
            sheet.label(words["timing"], f"{timing.says.in_(reasons.language)} ({timing.source})", room=12)
    keys = {fact.key for ground in (*verdict.applies.because, *verdict.why.because) for fact in ground.facts}
    if keys:
        sheet.label(words["facts"], ", ".join(sorted(keys)))
