"""A plan as tables: what its leaves look for, in which windows, and which asks need them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from gradeline.evaluate.audit.rows import Scope
from gradeline.evaluate.patient.states import IN_EPISODE
from gradeline.plan.leaves import Bounds, Row, Shape, Tree, rows_in
from gradeline.plan.plan import Line, Plan

APPLIES, PRACTICE, REASON, AFTER = 1, 2, 4, 8
"""What an ask is for, and so which leaves are looked up on its day."""
WORD = 62
"""Leaves to a word of a mask."""
Look = Literal["recorded", "repeated", "declined", "reading", "mine", "treated", "settled", "act"]
LOOKS: dict[Shape, Look] = {
    "recorded": "recorded",
    "declined": "declined",
    "latest": "reading",
    "persisting": "reading",
}
"""What each shape of leaf looks for among the facts."""
TOLD: tuple[Shape, ...] = ("episode", "sure", "age", "sex", "onset", "passed")
"""Leaves that no fact answers: of the person, of the episode, of the day."""
COMPARED: tuple[Shape, ...] = ("later",)
"""Leaves that hold the facts of one term against those of another."""


class Content(NamedTuple):
    """What is looked for among the facts: leaves that differ only in what absence means share one."""

    guideline: int
    look: Look
    term: str
    bounds: Bounds
    doing: str = "planned or done"
    by: str = ""
    value: Row | None = None
    """Whose limit or list the value is held against."""
    group: int = 0
    """The group of warning signs that a negative settles."""


class Place(NamedTuple):
    """Where a leaf is found in the masks."""

    row: int
    word: int
    bit: int


@dataclass(frozen=True)
class Layout:
    """One leg of the pass: its number, its guideline's number, its leaves in the masks, and what each is for."""

    number: int
    guideline: int
    plan: Plan
    scope: Scope
    roles: dict[int, int]

    @property
    def places(self) -> dict[int, Place]:
        """The place of each row that is used."""
        return {row: Place(row, place // WORD, 1 << place % WORD) for place, row in enumerate(sorted(self.roles))}

    @property
    def words(self) -> int:
        """How many words a mask has."""
        return max(1, -(-len(self.roles) // WORD))


def layout(number: int, guideline: int, plan: Plan, scope: Scope) -> Layout:
    """The rows that an audit reads, each with what it is for."""
    roles: dict[int, int] = {}
    asked = ((APPLIES, _applies(plan)), (PRACTICE, _practice(plan)), (REASON, _reasons(plan)), (AFTER, _owed(plan)))
    for role, trees in asked:
        for tree in trees:
            for row in rows_in(tree):
                roles[row] = roles.get(row, 0) | role
    return Layout(number, guideline, plan, scope, roles)


def _applies(plan: Plan) -> Iterator[Tree]:
    yield from (plan.index, plan.population)
    for line in plan.lines:
        yield line.applies
        if line.asked.deadline:
            yield from (line.asked.decisions[0].when, *([line.when] if line.when else []))
    yield from (group.signs for group in plan.groups)


def _practice(plan: Plan) -> Iterator[Tree]:
    yield from _applies(plan)
    for line in plan.lines:
        yield from (decision.when for decision in line.asked.decisions if not _weighed(line, decision.practice))
        if line.asked.declined:
            yield line.asked.declined
    yield from (group.questions for group in plan.groups if group.questions)


def _owed(plan: Plan) -> Iterator[Tree]:
    """What is read on the day after the horizon: obligations with a time limit."""
    for line in plan.lines:
        if line.asked.deadline:
            yield from (decision.when for decision in line.asked.decisions)
            yield from [line.asked.declined] if line.asked.declined else []


def _weighed(line: Line, practice: str) -> bool:
    """Of an action judged act by act only the first decision is read: whether it was taken at all."""
    return line.asked.acts is not None and practice != "followed"


def _reasons(plan: Plan) -> Iterator[Tree]:
    yield from (line.asked.acts.reason for line in plan.lines if line.asked.acts and line.asked.acts.reason)


def content(layout: Layout, row: int) -> Content | None:
    """What a leaf looks for; None where no fact answers it."""
    each = layout.plan.rows[row]
    if each.shape in (*TOLD, *COMPARED):
        return None
    look = LOOKS[each.shape] if each.times == 1 else "repeated"
    limit = Row("latest", compare=each.compare, limit=each.limit, one_of=each.one_of, scale=each.scale)
    value = limit if look == "reading" else None
    return Content(layout.guideline, look, each.term, each.bounds, each.doing, each.by or "", value)


def contents(layouts: Sequence[Layout]) -> dict[Content, int]:
    """Everything that is looked for, with the asks that need it."""
    found: dict[Content, int] = {}
    for each in layouts:
        for row, role in each.roles.items():
            for wanted in (content(each, row), *beside(each.guideline, each.plan.rows[row])):
                if wanted:
                    found[wanted] = found.get(wanted, 0) | role
        for wanted in (*_settling(each), *_acts(each)):
            found[wanted] = PRACTICE
    return found


def beside(number: int, row: Row) -> Iterator[Content]:
    """What a leaf looks for beside its own term: the actions of `later`, the treatment of `persisting`."""
    if row.shape == "later":
        yield Content(number, "mine", row.term, IN_EPISODE)
        yield Content(number, "mine", row.other, IN_EPISODE)
    if row.shape == "persisting" and row.other:
        yield Content(number, "treated", row.other, IN_EPISODE)


def _settling(each: Layout) -> Iterator[Content]:
    """What denies a sign of a group."""
    for place, group in enumerate(each.plan.groups):
        for term in group.terms:
            yield Content(each.guideline, "settled", term, IN_EPISODE, group=place)


def act_of(number: int, term: str) -> Content:
    """The acts of an action, whenever they were."""
    return Content(number, "act", term, Bounds())


def _acts(each: Layout) -> Iterator[Content]:
    """The actions that are judged act by act."""
    for line in each.plan.lines:
        if line.asked.acts:
            yield act_of(each.guideline, line.asked.acts.term)
