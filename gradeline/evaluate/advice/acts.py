"""One act, one fact: an order with its own images and report is one action; each is judged on its own day."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.dates import BEGINNING, Interval
from gradeline.evaluate.patient.chart import Entry, lies, seen
from gradeline.evaluate.patient.states import NO_TIME, within
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.plan.decisions import Acts, Practice
from gradeline.plan.leaves import Bounds
from gradeline.records.facts import Fact

SAME_EXAMINATION = 90
"""An examination without a link belongs to an order of the same thing so many days before it, at the most."""
IN_EPISODE = Bounds(start=NO_TIME)
WORST: tuple[Practice, ...] = ("departed", "unknown", "justified")


@dataclass(frozen=True)
class Act:
    """One action with all the facts that speak of it, how surely it was taken, and what is to be thought of it."""

    facts: tuple[Fact, ...]
    taken: Truth
    day: Interval
    practice: Practice = "unknown"
    reasons: tuple[Fact, ...] = ()
    """What the order itself gives as its reason."""


def acts(view: View, term: str) -> list[Act]:
    """The actions of a term in the episode, each with the facts that belong to it."""
    found: list[tuple[list[Fact], Truth]] = []
    orders = {entry.fact.key for entry in view.chart.entries.get(term, ()) if entry.fact.kind == "order"}
    for entry in sorted(view.chart.entries.get(term, ()), key=_orders_first):
        taken = _taken(entry, view)
        if taken is NO:
            continue
        own = next((each for each in found if _same(entry.fact, each[0], orders)), None)
        if own is None:
            found.append(([entry.fact], taken))
        else:
            found[found.index(own)] = ([*own[0], entry.fact], own[1] | taken)
    return [Act(tuple(facts), taken, order_day(facts[0])) for facts, taken in found]


def _orders_first(entry: Entry) -> tuple[bool, int]:
    return entry.fact.kind != "order", entry.fact.when.first


def _taken(entry: Entry, view: View) -> Truth:
    """Whether the fact surely says that the action was planned or done in the episode."""
    if entry.fact.status == "negated" or not seen(entry.fact, view.on):
        return NO
    inside = within(IN_EPISODE, lies(entry.fact, view.on), view)
    return inside if entry.sure else min(inside, UNKNOWN)


def order_day(fact: Fact) -> Interval:
    """The day of an order is that of its authoring; of an act without one, its own."""
    if fact.kind == "order" and not fact.assumed and fact.known != BEGINNING:
        return Interval(fact.known, fact.known)
    return fact.when


def _same(fact: Fact, others: list[Fact], orders: set[str]) -> bool:
    """Whether a fact speaks of the same act as others: linked to them, or the same examination soon after the order."""
    if fact.kind == "order":
        return False
    keys = {other.key for other in others}
    if keys.intersection(fact.of) or any(fact.key in other.of for other in others):
        return True
    if orders.intersection(fact.of):
        return False
    first = others[0]
    if first.kind != "order":
        return fact.when == first.when and fact.when.exact
    ordered = order_day(first)
    return ordered.first <= fact.when.first and fact.when.last <= ordered.first + SAME_EXAMINATION


def judged(view: View, asked: Acts) -> list[Act]:
    """Each action of the episode, judged with what was known by the end of its day."""
    return [_judge(view, asked, act) for act in acts(view, asked.term)]


def worst(found: list[Act]) -> Practice:
    """Of several actions the worst counts."""
    return next(practice for practice in WORST if any(act.practice == practice for act in found))


def _judge(view: View, asked: Acts, act: Act) -> Act:
    """An action without an exact day is asked on its first and its last possible day."""
    own = tuple(reason for fact in act.facts for reason in view.chart.reasons.get(fact.key, ()))
    named = _named(view, asked, own)
    days = (act.day.first, act.day.last) if not act.day.exact else (act.day.first,)
    said = {named | _reason(view, asked, min(day, view.on)) for day in days}
    reason = said.pop() if len(said) == 1 else UNKNOWN
    practice: Practice = "justified" if reason is YES else "departed" if reason is NO else "unknown"
    if act.taken is not YES:
        practice = "unknown"
    return Act(act.facts, act.taken, act.day, practice, own)


def _reason(view: View, asked: Acts, day: int) -> Truth:
    """Whether one of the guideline's reasons was known by the end of the day."""
    then = view.at(max(day, BEGINNING))
    return then.truth(asked.reason)


def _named(view: View, asked: Acts, reasons: tuple[Fact, ...]) -> Truth:
    """Whether the order itself names one of the reasons; UNKNOWN where it names one that we cannot read."""
    best = NO
    for fact in reasons:
        found = {each.term: each.sure for coding in fact.codings for each in view.plan.terms.of(coding)}
        for term in asked.named & found.keys():
            best |= YES if found[term] else UNKNOWN
        if not found:
            best |= UNKNOWN
    return best
