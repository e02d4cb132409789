"""Which recommendations a draft order calls up; a draft is never judged: what holds, holds if it is signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gradeline.evaluate.advice.advise import Advice, Verdict
from gradeline.evaluate.answer import Answer
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.model.forms import InsteadOf
from gradeline.model.guideline import Recommendation
from gradeline.plan.plan import Line, Plan
from gradeline.records.fhir.drafts import Draft


@dataclass(frozen=True)
class Called:
    """A recommendation that a draft calls up: the term that it orders, how surely, and what speaks for a reason.

    `named` tells whether the order itself names a reason that counts, `recorded` whether the record has one.
    """

    verdict: Verdict
    draft: Draft
    term: str
    sure: bool
    named: Truth
    recorded: Answer | None
    reasons: tuple[str, ...] = ()
    """The terms by which an order can name a reason."""
    instead: tuple[str, ...] = ()
    """Actions that the guideline offers this patient, and that are open."""


def ordered(plan: Plan, draft: Draft) -> dict[str, bool]:
    """The terms of what a draft orders, each with whether it surely does."""
    found: dict[str, bool] = {}
    for coding in draft.codings:
        for spoken in plan.terms.of(coding):
            found[spoken.term] = found.get(spoken.term, False) or spoken.sure
    return found


def watched(line: Line) -> str:
    """The action that a recommendation speaks against; empty where it speaks against none."""
    if line.asked.acts:
        return line.asked.acts.term
    form = line.recommendation.form
    return form.comparator if isinstance(form, InsteadOf) else ""


def touching(plan: Plan, drafts: Iterable[Draft]) -> Iterator[tuple[Line, Draft, bool]]:
    """Every recommendation against what a draft orders, whether or not it applies."""
    for draft in drafts:
        terms = ordered(plan, draft)
        for line in plan.lines:
            term = watched(line)
            if term in terms:
                yield line, draft, terms[term]


def called(advice: Advice, drafts: Iterable[Draft]) -> list[Called]:
    """The recommendations that drafts call up, of those that apply or may apply to the patient."""
    verdicts = {each.recommendation.id: each for each in advice.recommendations}
    found = []
    for line, draft, sure in touching(advice.plan, drafts):
        verdict = verdicts.get(line.recommendation.id)
        if verdict and verdict.applies.truth is not NO:
            found.append(_called(advice, line, verdict, (draft, sure)))
    return found


def _called(advice: Advice, line: Line, verdict: Verdict, ordered: tuple[Draft, bool]) -> Called:
    """One recommendation called up, with the reasons that there are and those that could be named."""
    (draft, sure), acts = ordered, line.asked.acts
    term = watched(line)
    if acts is None:
        form = line.recommendation.form
        instead = (form.action,) if isinstance(form, InsteadOf) else ()
        return Called(verdict, draft, term, sure, NO, None, (), instead)
    reasons = nameable(advice.plan, acts.named)
    recorded = advice.view.answer(acts.reason) if acts.reason else None
    return Called(
        verdict, draft, term, sure, names(advice.plan, acts.named, draft), recorded, reasons, offered(advice, term)
    )


def nameable(plan: Plan, named: Iterable[str]) -> tuple[str, ...]:
    """The terms that an order can give as its reason, in the guideline's order: what is measured is no reason."""
    wanted = set(named)
    return tuple(id for id, term in plan.guideline.terms.items() if id in wanted and term.subject != "measurement")


def names(plan: Plan, named: Iterable[str], draft: Draft) -> Truth:
    """Whether a draft names a reason that counts; UNKNOWN where it names one that we cannot read."""
    wanted, best = set(named), NO
    for reason in draft.reasons:
        found = {each.term: each.sure for coding in reason for each in plan.terms.of(coding)}
        if not found:
            best |= UNKNOWN
        for term in wanted & found.keys():
            best |= YES if found[term] else UNKNOWN
    return best


def offered(advice: Advice, term: str) -> tuple[str, ...]:
    """What the guideline offers this patient, surely, and is not in the record: each action once."""
    lines = {line.recommendation.id: line for line in advice.plan.lines}
    found: dict[str, None] = {}
    for verdict in advice.recommendations:
        if verdict.applies.truth is YES and verdict.practice == "open" and is_for(verdict.recommendation):
            asked = lines[verdict.recommendation.id].asked
            first = asked.actions[:1] if not asked.arms else ()
            found.update(dict.fromkeys(first if not asked.deadline else ()))
    found.pop(term, None)
    return tuple(found)


def is_for(recommendation: Recommendation) -> bool:
    """Whether a recommendation speaks for its action."""
    return recommendation.grade.direction.value == "for"
