"""One act, one fact: an order with its own images and report is one action; two orders are two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gradeline.dates import BEGINNING, Interval
from gradeline.model.guideline import Subject
from gradeline.records.facts import Fact

SAME_EXAMINATION = 90
"""An examination without a link belongs to an order of the same thing so many days before it, at the most."""


def grouped(facts: Iterable[Fact], subject: Subject) -> list[list[Fact]]:
    """Facts of one term as acts, the order first; a finding or a value is by itself."""
    if subject != "action":
        return [[fact] for fact in facts]
    facts = sorted(facts, key=lambda each: (each.kind != "order", order_day(each).first, each.key))
    if len(facts) < 2:
        return [facts] if facts else []
    acts: dict[str, list[Fact]] = {}
    by_key = {fact.key: fact for fact in facts}
    for fact in facts:
        acts.setdefault(_act(fact, by_key, frozenset()), []).append(fact)
    return list(acts.values())


def order_day(fact: Fact) -> Interval:
    """The day of an order is that of its authoring; of an act without one, its own."""
    if fact.kind == "order" and not fact.assumed and fact.known != BEGINNING:
        return Interval(fact.known, fact.known)
    return fact.when


def day_of(act: Iterable[Fact]) -> Interval:
    """The day of an act: its order's, else that of the fact that knows it best."""
    known = [(fact.kind != "order", order_day(fact)) for fact in act]
    return min(known, key=lambda each: (each[0], each[1].last - each[1].first, each[1]))[1]


def _act(fact: Fact, facts: Mapping[str, Fact], seen: frozenset[str]) -> str:
    """The key of the order that an act was done on: linked, or the latest within 90 days; else the first of its day."""
    if fact.kind == "order" or fact.key in seen:
        return min(fact.key, *seen) if fact.key in seen else fact.key
    seen |= {fact.key}
    if linked := _linked(fact, facts):
        return _act(linked, facts, seen)
    if orders := [each for each in facts.values() if each.kind == "order" and _same(each, fact)]:
        return max(orders, key=lambda order: (order_day(order), order.key)).key
    that_day = [each for each in facts.values() if each.when == fact.when and fact.when.exact and each.kind != "order"]
    if tied := [each for each in that_day if _linked(each, facts) and each.key not in seen]:
        return _act(min(tied, key=lambda each: each.key), facts, seen)
    return min((each.key for each in that_day), default=fact.key)


def _linked(fact: Fact, facts: Mapping[str, Fact]) -> Fact | None:
    """What an act is based on, an order before all else."""
    known = [facts[key] for key in fact.of if key in facts and key != fact.key]
    return min(known, key=lambda each: (each.kind != "order", each.key), default=None)


def _same(order: Fact, fact: Fact) -> bool:
    """Whether what was done can lie within 90 days after the order."""
    ordered = order_day(order)
    return ordered.first <= fact.when.last and fact.when.first <= ordered.last + SAME_EXAMINATION
