"""One act, one fact: an order with its own images and report is one action; each is judged on its own day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gradeline.dates import BEGINNING, Interval
from gradeline.evaluate.patient.acts import day_of, grouped
from gradeline.evaluate.patient.chart import Entry
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.plan.decisions import Acts, Practice
from gradeline.records.facts import Fact

WORST: tuple[Practice, ...] = ("departed", "unknown", "justified")


class Act(NamedTuple):
    """One action with all the facts that speak of it, how surely it was taken, and what is to be thought of it."""

    facts: tuple[Fact, ...]
    taken: Truth
    day: Interval
    practice: Practice = "unknown"
    reasons: tuple[Fact, ...] = ()
    """What the order itself gives as its reason."""


def acts(view: View, term: str) -> list[Act]:
    """The actions of a term whose day may lie in the episode, each with the facts that belong to it."""
    known = {each.fact.key: each for each in view.known(term) if each.status != "negated"}
    acts = grouped([each.as_known for each in known.values()], "action") if known else []
    found = [_act(view, [known[fact.key] for fact in act]) for act in acts]
    return [act for act in found if act.taken is not NO]


def _act(view: View, entries: list[Entry]) -> Act:
    """What speaks of one action; its day decides whether it is one of the episode."""
    day = day_of([each.as_known for each in entries])
    inside = view.in_episode(day)
    sure = any(each.sure for each in entries)
    return Act(tuple([each.fact for each in entries]), inside if sure else min(inside, UNKNOWN), day)


def judged(view: View, asked: Acts) -> list[Act]:
    """Each action of the episode, judged with what was known by the end of its day."""
    return [_judge(view, asked, act) for act in acts(view, asked.term)]


def worst(found: list[Act]) -> Practice:
    """Of several actions the worst counts."""
    return next(practice for practice in WORST if any(act.practice == practice for act in found))


def _judge(view: View, asked: Acts, act: Act) -> Act:
    """An action without an exact day is asked on its first and its last possible day."""
    if asked.reason is None:
        return act._replace(practice="departed" if act.taken is YES else "unknown")
    own = tuple(_own(view, act))
    days = {min(day, view.on) for day in act.day}
    said = {_reason(view, asked, own, day) for day in days}
    reason = said.pop() if len(said) == 1 else UNKNOWN
    practice: Practice = "justified" if reason is YES else "departed" if reason is NO else "unknown"
    if act.taken is not YES:
        practice = "unknown"
    return Act(act.facts, act.taken, act.day, practice, own)


def _own(view: View, act: Act) -> Iterator[Fact]:
    """The reasons of the act and of its order; one without a day of its own is known as soon as the booking is."""
    booked = {fact.key for fact in act.facts if fact.assumed and fact.status == "planned"}
    for key in dict.fromkeys(key for fact in act.facts for key in (fact.key, *fact.of)):
        for reason in view.chart.reasons.get(key, ()):
            yield reason._replace(assumed=reason.assumed and key in booked)


def _reason(view: View, asked: Acts, reasons: tuple[Fact, ...], day: int) -> Truth:
    """Whether the order named one of the guideline's reasons, or one was known, by the end of the day."""
    named = _named(view, asked, reasons, day)
    if named is YES or asked.reason is None:
        return named
    return named | view.at(max(day, BEGINNING)).truth(asked.reason)


def _named(view: View, asked: Acts, reasons: tuple[Fact, ...], day: int) -> Truth:
    """Whether the order named one of the reasons by the end of a day; UNKNOWN where it names one we cannot read."""
    best = NO
    for fact in (reason for reason in reasons if reason.known <= day or reason.assumed):
        spoken = [each for coding in fact.codings for each in view.plan.terms.of(coding)]
        sure = any(each.sure and each.term in asked.named for each in spoken) and fact.sureness == "sure"
        if sure or not spoken or any(each.term in asked.named for each in spoken):
            best |= YES if sure else UNKNOWN
    return best
