"""Cases run into one another: the facts of a few, moved in time, linked and given reasons, some left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random

import gradeline as gl
from gradeline.dates import BEGINNING, END, Day, Interval
from gradeline.exchange.agreement import Asked
from gradeline.model.guideline import Guideline
from gradeline.records.facts import Fact
from gradeline.source.cases import cases
from tests.agree.bundles import bundle

ACTS, REASONED = ("procedure", "medication"), ("order", "procedure", "contact")


def mixed(guideline: Guideline, file: Path, count: int) -> Iterator[Asked]:
    """So many patients, the same in every run."""
    every = cases(file.with_name("cases.yaml"), guideline)
    for number in range(count):
        chance = Random(number)
        some = chance.sample(every, chance.choice((1, 2, 2, 3)))
        facts = list(
            chain.from_iterable(
                apart(each.record.facts, "abc"[place], chance.choice((-30, -7, 0, 0, 7, 30)) if place else 0)
                for place, each in enumerate(some)
            )
        )
        facts = [tied(each, facts, chance) for each in facts if chance.random() < 0.9]
        record = some[0].record
        resources = [
            each["resource"] for each in bundle(replace(record, facts=(*facts, *named(facts, chance))))["entry"]
        ]
        on = some[0].on.toordinal() + chance.choice((0, 0, 0, -40, -10, 10, 40))
        yield Asked(f"mix {number}", gl.record(resources), resources, (on,))


def apart(facts: tuple[Fact, ...], name: str, days: int) -> Iterator[Fact]:
    """Facts under keys of their own, so many days later."""
    for each in facts:
        yield each._replace(
            key=each.key + name,
            of=tuple(key + name for key in each.of),
            when=Interval(later(each.when.first, days), later(each.when.last, days)),
            known=later(each.known, days),
            until=None if each.until is None else later(each.until, days),
        )


def later(day: Day, days: int) -> Day:
    """A day that is one, so much later."""
    return day if day in (BEGINNING, END) else day + days


def tied(fact: Fact, facts: list[Fact], chance: Random) -> Fact:
    """Some acts are based on an order, whatever was ordered."""
    orders = [each.key for each in facts if each.kind == "order"]
    return (
        fact._replace(of=(chance.choice(orders),)) if fact.kind in ACTS and orders and chance.random() < 0.4 else fact
    )


def named(facts: list[Fact], chance: Random) -> Iterator[Fact]:
    """Some orders, acts and contacts name something of the record as their reason."""
    for each in facts:
        if each.kind in REASONED and chance.random() < 0.4:
            why = chance.choice(facts)
            yield Fact(
                key=f"{each.key}why", kind="reason", codings=why.codings, when=each.when, known=each.known,
                assumed=each.assumed, no_onset=True, of=(each.key,), text="why",
            )  # fmt: skip
