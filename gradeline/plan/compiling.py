"""From criteria to rows and trees: each node of `criteria.py`, in its order."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.dates import Duration
from gradeline.logic import NO, UNKNOWN, Truth
from gradeline.model.criteria import (
    Age,
    All,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    Latest,
    Named,
    Not,
    Onset,
    Persisting,
    Recorded,
    Sex,
    Window,
)
from gradeline.model.forms import ByATime
from gradeline.model.guideline import Gate, Guideline, Subject, children
from gradeline.plan.capture import Capture
from gradeline.plan.leaves import AtLeastOf, Bounds, Inverse, Leaf, Row, Tree

ABSENT: dict[Subject, Truth] = {"finding": NO, "measurement": UNKNOWN, "action": NO}
"""What it means that a record says nothing, by what the term is of."""


class Compiler:
    """Turns the criteria of a guideline into trees over rows; equal leaves share one row."""

    def __init__(self, guideline: Guideline, captures: Capture) -> None:
        self.guideline, self.captures = guideline, captures
        self.rows: dict[Row, Leaf] = {}
        self.branches: dict[object, Tree] = {}
        self.criteria: list[Criterion | None] = []
        self.absence: Truth | None = None
        """In a reason, or in the gate, what the absence of any leaf means."""
        self.earliest = False
        """In the gate, windows are measured from the earliest possible onset."""

    def leaf(self, row: Row, says: Criterion | None = None) -> Leaf:
        """The row's number, a new one where no equal row is there yet."""
        if row not in self.rows:
            self.rows[row] = Leaf(len(self.rows))
            self.criteria.append(says)
        return self.rows[row]

    def at_least(self, n: int, *trees: Tree) -> Tree:
        """At least n of the trees; one alone is itself, and equal branches are one, so that it is worked out once."""
        if len(trees) == n == 1:
            return trees[0]
        return self.branches.setdefault((n, trees), AtLeastOf(n, trees))

    def all_of(self, *trees: Tree) -> Tree:
        """Every tree holds."""
        return self.at_least(len(trees), *trees)

    def any_of(self, *trees: Tree) -> Tree:
        """At least one of the trees holds."""
        return self.at_least(1, *trees)

    def inverse(self, tree: Tree) -> Tree:
        """The tree does not hold."""
        return self.branches.setdefault(tree, Inverse(tree))

    def tree(self, criterion: Criterion) -> Tree:
        """A criterion as a tree."""
        match criterion:
            case Age(compare, years):
                return self.leaf(Row("age", compare=compare, span=self.guideline.duration(years)), criterion)
            case Sex(is_):
                return self.leaf(Row("sex", other=is_), criterion)
            case Onset(compare, ago):
                return self.leaf(Row("onset", compare=compare, span=self.guideline.duration(ago)), criterion)
            case Recorded():
                return self.leaf(self.recorded(criterion), criterion)
            case Latest():
                return self.leaf(self.latest(criterion), criterion)
            case Persisting():
                return self.leaf(self.persisting(criterion), criterion)
        return self.branch(criterion)

    def branch(self, criterion: Criterion) -> Tree:
        """A criterion that is made of others."""
        match criterion:
            case All(of):
                return self.all_of(*map(self.tree, of))
            case AnyOf(of):
                return self.any_of(*map(self.tree, of))
            case Not(of):
                return self.inverse(self.tree(of))
            case AtLeast(n, of):
                return self.at_least(n, *map(self.tree, of))
            case Named(name):
                gate = self.guideline.gate
                return self.signs(gate) if gate and name == gate.id else self.tree(self.guideline.criteria[name])
        raise AssertionError(criterion)

    def recorded(self, node: Recorded) -> Row:
        """A term recorded in its window."""
        return Row(
            "recorded",
            node.term,
            self.bounds(node.window),
            node.doing,
            node.times,
            node.by,
            absence=self.absent(node.term, node.absence),
        )

    def latest(self, node: Latest) -> Row:
        """The newest value of a term."""
        limit = self.guideline.amount(node.limit) if node.limit else None
        return Row(
            "latest",
            node.term,
            self.bounds(node.window),
            compare=node.compare,
            limit=limit,
            one_of=node.one_of,
            scale=self.guideline.terms[node.term].scale,
            absence=self.absent(node.term, node.absence),
        )

    def persisting(self, node: Persisting) -> Row:
        """A newest value that has said so for a while."""
        row = self.latest(node.latest)
        span = self.guideline.duration(node.span)
        return Row(
            "persisting",
            row.term,
            row.bounds,
            compare=row.compare,
            limit=row.limit,
            one_of=row.one_of,
            span=span,
            other=node.despite or "",
            scale=row.scale,
            absence=row.absence,
        )

    def bounds(self, window: Window) -> Bounds:
        """A window with its parameters looked up."""
        back, start, stop = (
            None if span is None else self.guideline.duration(span) for span in (window.back, window.start, window.stop)
        )
        return Bounds(back, start, stop, self.earliest and start is not None)

    def absent(self, term: str, said: Truth | None) -> Truth:
        """What the absence of a term means: what the place says, else the source, else the author, else its kind."""
        if self.captures.nothing and not self.earliest:
            return UNKNOWN
        if self.absence is not None:
            return self.absence
        default = ABSENT[self.guideline.terms[term].subject] if said is None else said
        return self.captures.absence(self.guideline.terms[term], default)

    def signs(self, gate: Gate) -> Tree:
        """The warning signs of a gate: any sure one of any group."""
        return self.any_of(*(self.within_gate(sign) for group in gate.groups for sign in group.signs))

    def within_gate(self, criterion: Criterion) -> Tree:
        """A sign: its absence is NO and its window begins at the earliest possible onset."""
        before = self.absence, self.earliest
        self.absence, self.earliest = NO, True
        tree = self.tree(criterion)
        self.absence, self.earliest = before
        return tree

    def with_absence(self, criterion: Criterion, absence: Truth) -> Tree:
        """A criterion in a place that says what the absence of any of its leaves means."""
        before, self.absence = self.absence, absence
        tree = self.tree(criterion)
        self.absence = before
        return tree


def period(guideline: Guideline) -> Duration:
    """The guideline's own time: the longest time since the onset that its population allows, else its longest limit."""
    spans = [guideline.duration(each.ago) for each in _onsets(guideline, guideline.population)]
    limits = [
        guideline.duration(each.form.within) for each in guideline.recommendations if isinstance(each.form, ByATime)
    ]
    return max(spans or limits, key=lambda each: each.days + each.months * 30, default=Duration())


def _onsets(guideline: Guideline, criterion: Criterion) -> Iterator[Onset]:
    """Every `at most ... ago` that a criterion is made of."""
    match criterion:
        case Onset(Comparison.AT_MOST | Comparison.UNDER, _):
            yield criterion
        case Named(name) if name in guideline.criteria:
            yield from _onsets(guideline, guideline.criteria[name])
    for each in children(criterion):
        yield from _onsets(guideline, each)
