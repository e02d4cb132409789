"""One recommendation for one patient as a page shows it: what it says, how strongly, why, what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gradeline.evaluate.advice import Advice, Place, Verdict
from gradeline.evaluate.advice.difference import difference
from gradeline.evaluate.words.reasons import Reasons
from gradeline.logic import NO, UNKNOWN
from gradeline.model.words import Language, written
from gradeline.show.content.signs import Sign, kind, level
from gradeline.show.content.words import Beside, Part, Words, beside, words_in
from gradeline.show.terminal.advice import REASONED, AdvicePage
from gradeline.show.terminal.words import WORDS
from gradeline.show.wording import why_parts
from gradeline.web.words import WORDS as WEB


@dataclass(frozen=True)
class Item:
    """One recommendation for one patient."""

    id: str
    name: Words
    says: Words
    strength: Sign
    certainty: Sign | None
    remark: str
    because: tuple[str, ...]
    """Why it stands where it does; shown at once where something is due or to be thought about twice."""
    all_because: tuple[str, ...]
    missing: tuple[str, ...]
    needs: tuple[str, ...]
    conditions: tuple[str, ...]
    """Beyond the population's: what it hangs on, where that is not yet known."""
    cautions: tuple[Beside, ...]
    otherwise: tuple[str, ...]
    timings: tuple[Beside, ...]
    parts: tuple[Part, ...]
    facts: tuple[str, ...]
    """Their keys in the record."""
    reasoned: bool
    lacks: bool
    """Whether what is missing is shown at once."""


def item(verdict: Verdict, advice: Advice, reasons: Reasons, page: AdvicePage) -> Item:
    """A verdict in the words of one language."""
    each, guideline, language = verdict.recommendation, advice.guideline, reasons.language
    grade, scheme = each.grade, guideline.scheme
    return Item(
        id=each.id,
        name=words_in(each.name, language),
        says=words_in(each.says, language),
        strength=kind(scheme, (grade.strength, grade.direction), language),
        certainty=level(scheme, grade.certainty, language) if grade.certainty else None,
        remark=page.remark(verdict),
        because=tuple(particular(verdict, reasons)),
        all_because=tuple(everything(verdict, reasons)),
        missing=tuple(missing(verdict, reasons)),
        needs=tuple(needs(verdict, advice, reasons)),
        conditions=tuple(conditions(verdict, advice, reasons)),
        cautions=tuple(beside(one.says, one.source, guideline, language) for one in verdict.cautions),
        otherwise=tuple(one.alternative.says.in_(language) for one in advice.otherwise(verdict)),
        timings=tuple(
            beside(one.says, one.source, guideline, language) for one in guideline.timings if each.id in one.touches
        ),
        parts=parts(verdict, language),
        facts=tuple(facts(verdict)),
        reasoned=verdict.place in REASONED,
        lacks=verdict.place in (Place.DUE, Place.CANNOT_TELL),
    )


def parts(verdict: Verdict, language: Language) -> tuple[Part, ...]:
    """Its own reason, comparator and caveat."""
    return tuple(Part(label, Words(said, language)) for label, said in why_parts(verdict.recommendation, language))


def particular(verdict: Verdict, reasons: Reasons) -> list[str]:
    """What decided, beyond what all recommendations share."""
    acts = [said for act in verdict.acts for said in reasons.act(act)]
    return acts or reasons.own(verdict.applies) or reasons.because(verdict.why)


def everything(verdict: Verdict, reasons: Reasons) -> dict[str, None]:
    """Every reason, each once."""
    acts = [said for act in verdict.acts for said in reasons.act(act)]
    return dict.fromkeys(reasons.because(verdict.applies) + (acts or reasons.because(verdict.why)))


def missing(verdict: Verdict, reasons: Reasons) -> Iterator[str]:
    """What would settle it, and for what falls due how long one waits for it."""
    words = WORDS[reasons.language]
    yield from dict.fromkeys(reasons.missing(verdict.applies) + reasons.missing(verdict.why))
    if verdict.act_by:
        yield words["act by"].format(day=written(verdict.act_by, reasons.language), lead="")
    elif verdict.due and verdict.practice == "open" and not verdict.booked:
        yield words["waiting"]


def needs(verdict: Verdict, advice: Advice, reasons: Reasons) -> list[str]:
    """Where it does not apply: what would have to be otherwise."""
    if verdict.applies.truth is not NO:
        return []
    line = next(each for each in advice.plan.lines if each.recommendation is verdict.recommendation)
    return [reasons.change(change) for change in difference(advice.view, line.applies)]


def conditions(verdict: Verdict, advice: Advice, reasons: Reasons) -> list[str]:
    """The conditions of its own that are not settled: the guideline's own words for them, where it has some."""
    each = verdict.recommendation
    if verdict.applies.truth is not UNKNOWN:
        return []
    if each.when is not None:
        return [
            each.caveat.in_(reasons.language)
            if each.caveat
            else f"{WEB[reasons.language]['only']} {reasons.sentences.say(each.when)}"
        ]
    shared = set(reasons.conditions(advice.population))
    only = WEB[reasons.language]["only"]
    return [f"{only} {each}" for each in dict.fromkeys(reasons.conditions(verdict.applies)) if each not in shared]


def facts(verdict: Verdict) -> list[str]:
    """The facts behind it, by their keys in the record; what was typed in has none."""
    grounds = (*verdict.applies.because, *verdict.why.because)
    found = {fact.key for ground in grounds for fact in ground.facts} | {
        fact.key for act in verdict.acts for fact in act.facts
    }
    return sorted(key for key in found if not key.startswith("typed/"))
