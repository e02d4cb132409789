"""One act, one fact: an order with its own images and report is one action; two orders are two."""

from __future__ import annotations

from collections.abc import Iterable

from gradeline.dates import BEGINNING, Interval
from gradeline.model.guideline import Subject
from gradeline.records.facts import Fact

SAME_EXAMINATION = 90
"""An examination without a link belongs to an order of the same thing so many days before it, at the most."""


def grouped(facts: Iterable[Fact], subject: Subject) -> list[list[Fact]]:
    """Facts of one term as acts, the order first; a finding or a value is by itself."""
    if subject != "action":
        return [[fact] for fact in facts]
    facts = list(facts)
    orders = {fact.key for fact in facts if fact.kind == "order"}
    acts: list[list[Fact]] = []
    for fact in sorted(facts, key=lambda each: (each.kind != "order", order_day(each).first)):
        own = next((act for act in reversed(acts) if _same(fact, act, orders)), None)
        if own is None:
            acts.append([fact])
        else:
            own.append(fact)
    return acts


def order_day(fact: Fact) -> Interval:
    """The day of an order is that of its authoring; of an act without one, its own."""
    if fact.kind == "order" and not fact.assumed and fact.known != BEGINNING:
        return Interval(fact.known, fact.known)
    return fact.when


def day_of(act: Iterable[Fact]) -> Interval:
    """The day of an act: its order's, else that of the fact that knows it best."""
    known = [(fact.kind != "order", order_day(fact)) for fact in act]
    return min(known, key=lambda each: (each[0], each[1].last - each[1].first, each[1]))[1]


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
    return ordered.first <= fact.when.last and fact.when.first <= ordered.last + SAME_EXAMINATION
