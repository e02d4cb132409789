"""Advice as plain data: what `--json` prints, and what other programs read."""

from __future__ import annotations

from typing import Any

from gradeline.dates import BEGINNING, END, Day, Interval, show
from gradeline.evaluate.advice.advise import Advice, Verdict
from gradeline.evaluate.advice.difference import difference
from gradeline.evaluate.advice.gate import Found
from gradeline.evaluate.answer import Answer
from gradeline.evaluate.words.reasons import Reasons
from gradeline.logic import NO
from gradeline.model.guideline import Currency, Guideline
from gradeline.model.words import Language
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact

SCHEMA = 1
Plain = dict[str, Any]


def plain(advice: Advice, language: Language = "en") -> Plain:
    """Advice in the shape of schema 1: days as ISO 8601, truths as yes, no and unknown, words in one language."""
    reasons = Reasons(advice.view, language)
    guideline, written = advice.guideline, dict[str, Plain]()
    return {
        "schema": SCHEMA,
        "guideline": guideline.id,
        "title": guideline.title.in_(language),
        "version": guideline.currency.version,
        "encoding": guideline.encoding.version,
        "on": show(advice.on),
        "patient": advice.record.patient.id,
        "currency": currency(guideline.currency, language),
        "notice": notice(guideline, language),
        "gate": _gate(advice, reasons),
        "population": _answer(advice.population, reasons),
        "episode": _episode(advice),
        "recommendations": [verdict(each, advice, reasons, written) for each in advice.recommendations],
        "questions": [
            {"id": each.id, "ask": each.ask.in_(language), "settles": each.best, "at_least": each.least, "of": each.of}
            for each in advice.questions
        ],
        "record": _record(advice),
    }


def verdict(each: Verdict, advice: Advice, reasons: Reasons, written: dict[str, Plain]) -> Plain:
    """One recommendation: whether it applies, and, apart from that, what was done; a fact is written once for all."""
    recommendation = each.recommendation
    grade = recommendation.grade
    return {
        "id": recommendation.id,
        "section": recommendation.section,
        "says": recommendation.says.in_(reasons.language),
        "strength": grade.strength.value,
        "direction": grade.direction.value,
        "certainty": grade.certainty.word if grade.certainty else None,
        "applies": each.applies.truth.word,
        "practice": each.practice,
        "place": each.place.value,
        "due": iso(each.due),
        "act_by": iso(each.act_by),
        "limit": _interval(each.limit) if each.limit else None,
        "declined": each.declined,
        "booked": each.booked,
        "alternative": list(each.alternative),
        **_explained(each, advice, reasons),
        "facts": [written.get(one.key) or written.setdefault(one.key, fact(one)) for one in _facts(each)],
    }


def _explained(each: Verdict, advice: Advice, reasons: Reasons) -> Plain:
    """Why, what is missing, and what would change it."""
    acts = [said for act in each.acts for said in reasons.act(act)]
    because = reasons.because(each.applies) + (acts or reasons.because(each.why))
    others = advice.otherwise(each)
    return {
        "because": list(dict.fromkeys(because)),
        "missing": list(dict.fromkeys(reasons.missing(each.applies) + reasons.missing(each.why))),
        "needs": _needs(each, advice, reasons),
        "cautions": [caution.says.in_(reasons.language) for caution in each.cautions],
        "otherwise_if": [other.alternative.says.in_(reasons.language) for other in others],
    }


def _needs(each: Verdict, advice: Advice, reasons: Reasons) -> list[str]:
    """Where it does not apply: what would have to be different."""
    if each.applies.truth is not NO:
        return []
    line = next(line for line in advice.plan.lines if line.recommendation.id == each.recommendation.id)
    return [reasons.change(change) for change in difference(advice.view, line.applies)]


def _facts(each: Verdict) -> list[Fact]:
    """The facts behind an answer, once each."""
    grounds = [*each.applies.because, *each.why.because]
    found = [fact for ground in grounds for fact in ground.facts] + [fact for act in each.acts for fact in act.facts]
    return list({fact.key: fact for fact in found}.values())


def fact(each: Fact) -> Plain:
    """A fact as plain data."""
    value = each.value
    if isinstance(value, Quantity):
        said: Any = {"value": value.value, "unit": value.unit}
    else:
        said = [{"system": coding.system, "code": coding.code} for coding in value] if value else None
    return {
        "key": each.key,
        "kind": each.kind,
        "codes": [{"system": coding.system, "code": coding.code} for coding in each.codings],
        "status": each.status,
        "when": _interval(each.when),
        "known": iso(each.known),
        "value": said,
    }


def _answer(answer: Answer, reasons: Reasons) -> Plain:
    return {"answer": answer.truth.word, "because": reasons.because(answer), "missing": reasons.missing(answer)}


def _gate(advice: Advice, reasons: Reasons) -> Plain:
    """The gate: its answer, the signs that are or may be there, and what has not been asked."""
    gate, stop = advice.gate, advice.guideline.gate

    def found(each: Found) -> Plain:
        return {"id": each.group.id, "says": reasons.sign(each), "facts": [fact(one) for one in each.facts]}

    return {
        "answer": gate.answer,
        "stop": stop.stop.in_(reasons.language) if stop and gate.answer == "yes" else None,
        "source": stop.source if stop else None,
        "signs": [found(each) for each in gate.signs],
        "possible": [found(each) for each in gate.possible],
        "ask": [{"id": each.id, "ask": each.ask.in_(reasons.language)} for each in gate.unasked],
    }


def _episode(advice: Advice) -> Plain | None:
    """The episode that the advice speaks of."""
    episode = advice.view.episode
    if episode is None:
        return None
    return {
        "onset": _interval(episode.onset),
        "given": episode.given,
        "conflict": episode.conflict,
        "first_recorded": None if episode.supposed else show(episode.first),
        "side": episode.side,
        "others_open": len(advice.view.others),
    }


def _record(advice: Advice) -> Plain:
    """What was read, and what was not used, by type and reason."""
    record = advice.record
    unused, unread = (
        [{"type": type, "reason": reason, "count": count} for (type, reason), count in sorted(counted.items())]
        for counted in (record.unused, record.unread)
    )
    return {"resources": record.resources, "facts": len(record.facts), "unused": unused, "unread": unread}


def currency(currency: Currency, language: Language) -> Plain:
    """Whether the guideline is in force, since when, and what that means."""
    return {
        "version": currency.version,
        "status": currency.status,
        "published": currency.published.isoformat() if currency.published else None,
        "since": currency.since.isoformat() if currency.since else None,
        "meaning": currency.meaning.in_(language) if currency.meaning else None,
    }


NOTICE = {
    "en": "Worded by Gradeline, not endorsed by {publisher}; {review}; not a medical device as shipped.",
    "da": "Formuleret af Gradeline, ikke godkendt af {publisher}; {review}; ikke medicinsk udstyr, som det leveres.",
}
REVIEW = {
    "en": ("reviewed by no clinician yet", "reviewed by {names}"),
    "da": ("endnu ikke gennemgået af en kliniker", "gennemgået af {names}"),
}


def notice(guideline: Guideline, language: Language) -> str:
    """The line that every surface with patient-specific advice says."""
    names = ", ".join(guideline.encoding.reviewed_by)
    review = REVIEW[language][bool(names)].format(names=names)
    return NOTICE[language].format(publisher=guideline.publisher.name.in_(language), review=review)


def iso(day: Day | None) -> str | None:
    """A day as ISO 8601; none where there is none."""
    return None if day is None or day in (BEGINNING, END) else show(day)


def _interval(when: Interval) -> list[str | None]:
    return [iso(when.first), iso(when.last)]
