"""Practice: what was done about a recommendation, by the first decision that holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gradeline.evaluate.advice.acts import Act, judged, worst
from gradeline.evaluate.answer import Answer, Ground
from gradeline.evaluate.patient.states import denied
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, UNKNOWN, YES
from gradeline.plan.decisions import Asked, Decision, Practice
from gradeline.plan.leaves import rows_in
from gradeline.plan.plan import Line


class Practised(NamedTuple):
    """What was done, why we say so, and, where actions are judged one by one, each of them."""

    practice: Practice
    why: Answer
    acts: tuple[Act, ...] = ()


def practised(view: View, asked: Asked) -> Practised:
    """The practice of one recommendation on the day."""
    if asked.acts:
        found = tuple(judged(view, asked.acts))
        if found:
            return Practised(worst(list(found)), view.answer(asked.decisions[0].when), found)
        return _untaken(view, asked)
    return _first(view, asked.decisions)


def _untaken(view: View, asked: Asked) -> Practised:
    """Where there is no action: followed, unless nobody can know."""
    (row,) = rows_in(asked.decisions[0].when)
    none, facts = denied(view.plan.rows[row], view)
    why = Answer(~none, (Ground(row, none, facts),), (Ground(row, none, facts),) if none is UNKNOWN else ())
    return Practised("followed" if none is NO else "unknown", why)


def _first(view: View, decisions: tuple[Decision, ...]) -> Practised:
    """The first condition that is YES decides; an UNKNOWN before it, or none at all, makes it unknown."""
    for practice, when in decisions:
        truth = view.truth(when)
        if truth is not NO:
            return Practised(practice if truth is YES else "unknown", view.answer(when))
    return Practised("unknown", Answer(UNKNOWN))


def in_place(lines: Iterable[Line], practices: Mapping[str, Practice | None]) -> dict[str, tuple[str, ...]]:
    """By open offer whose action is an arm of a choice that another arm has settled: those choices."""
    lines = [line for line in lines if line.recommendation.id in practices]
    settled = {
        line.recommendation.id: line.asked.arms for line in lines if practices[line.recommendation.id] == "followed"
    }
    found = {
        line.recommendation.id: tuple(id for id, arms in settled.items() if line.asked.actions[0] in arms)
        for line in lines
        if practices[line.recommendation.id] == "open" and line.asked.declined is not None and not line.asked.arms
    }
    return {id: choices for id, choices in found.items() if choices}
