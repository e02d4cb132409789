"""The gate: signs of serious disease, which stand before all advice (`meaning.md`, section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gradeline.evaluate.patient.chart import lies, seen
from gradeline.evaluate.patient.states import NO_TIME, within
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, YES
from gradeline.model.guideline import Signs
from gradeline.plan.leaves import Bounds, Tree
from gradeline.plan.plan import Group
from gradeline.records.facts import Fact

IN_EPISODE = Bounds(start=NO_TIME)


@dataclass(frozen=True)
class Found:
    """A group of signs and the facts that speak of it."""

    group: Signs
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class GateAnswer:
    """Yes with its signs; no where every group has a recorded negative; otherwise not asked."""

    answer: Literal["yes", "no", "not asked"]
    signs: tuple[Found, ...] = ()
    possible: tuple[Found, ...] = ()
    unasked: tuple[Signs, ...] = ()


def gate(view: View) -> GateAnswer:
    """What the record says of warning signs on the day."""
    if view.episode is None:
        return GateAnswer("not asked", unasked=tuple(each.group for each in view.plan.groups))
    signs = tuple(
        Found(each.group, _facts(view, each.signs)) for each in view.plan.groups if view.truth(each.signs) is YES
    )
    if signs:
        return GateAnswer("yes", signs)
    possible = tuple(found for each in view.plan.groups if (found := _possible(view, each)))
    unasked = tuple(each.group for each in view.plan.groups if not _settled(view, each))
    return GateAnswer("not asked" if unasked or possible or not view.plan.groups else "no", (), possible, unasked)


def _facts(view: View, tree: Tree) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(fact for ground in view.answer(tree).because for fact in ground.facts))


def _possible(view: View, group: Group) -> Found | None:
    """A group of which something is recorded that only raises the question."""
    for tree in (group.signs, group.questions):
        if tree is not None and view.truth(tree) is not NO:
            return Found(group.group, _facts(view, tree))
    return None


def _settled(view: View, group: Group) -> bool:
    """Whether a negative is recorded in the episode: one settles its own group."""
    return any(
        entry.fact.status == "negated"
        and seen(entry.fact, view.on)
        and within(IN_EPISODE, lies(entry.fact, view.on), view) is YES
        for term in group.terms
        for entry in view.chart.entries.get(term, ())
    )
