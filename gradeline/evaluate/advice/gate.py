"""The gate: signs of serious disease, which stand before all advice (`meaning.md`, section 5)."""

from __future__ import annotations

from typing import Literal, NamedTuple

from gradeline.dates import BEGINNING, Day
from gradeline.evaluate.patient.chart import Entry
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, YES
from gradeline.model.guideline import Signs
from gradeline.plan.leaves import Tree
from gradeline.plan.plan import Group
from gradeline.records.facts import Fact


class Found(NamedTuple):
    """A group of signs and the facts that speak of it."""

    group: Signs
    facts: tuple[Fact, ...]


class GateAnswer(NamedTuple):
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
    """A group of which something is recorded that only raises the question; asked and denied, an old one is settled."""
    if view.truth(group.signs) is not NO:
        return Found(group.group, _facts(view, group.signs))
    if group.questions is not None and view.truth(group.questions) is not NO:
        raised = _facts(view, group.questions)
        if not _settled(view, group, max((fact.known for fact in raised), default=BEGINNING)):
            return Found(group.group, raised)
    return None


def _settled(view: View, group: Group, after: Day = BEGINNING - 1) -> bool:
    """Whether a negative is recorded in the episode, after what raised the question: one settles its own group."""
    if view.chart.entries.keys().isdisjoint(group.terms):
        return False
    negatives = [each for each in _negatives(view, group) if view.in_episode(each.when) is YES]
    return bool(negatives) and max([each.fact.known for each in negatives]) > max([after, *_signs(view, group)])


def _signs(view: View, group: Group) -> list[Day]:
    """When the signs of a group in the episode were recorded, whether or not their window has passed."""
    known = [each for term in group.recorded for each in view.known(term) if each.status != "negated"]
    return [each.fact.known for each in known if view.in_episode(each.when) is not NO]


def _negatives(view: View, group: Group) -> list[Entry]:
    """What denies a sign of the group: a sure negative, or a value that says otherwise."""
    found = [each for term in group.terms for each in view.known(term) if each.sure and each.status == "negated"]
    for row, term in group.values:
        truth, facts = view.state(row)
        found += [each for each in view.known(term) if truth is NO and each.fact in facts]
    return found
