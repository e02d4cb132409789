"""What would have to be different: for a NO, the fewest leaves that would have to change, and the nearest fact."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.evaluate.patient.view import View
from gradeline.logic import YES, Truth
from gradeline.plan.leaves import AtLeastOf, Inverse, Leaf, Tree
from gradeline.records.facts import Fact


@dataclass(frozen=True)
class Change:
    """A leaf that would have to answer otherwise, and the recorded fact that comes nearest to it."""

    row: int
    to: Truth
    nearest: Fact | None = None


def difference(view: View, tree: Tree, to: Truth = YES) -> tuple[Change, ...]:
    """The fewest changes that would make a tree what it is not."""
    if view.truth(tree) is to:
        return ()
    if isinstance(tree, Leaf):
        return (Change(tree.row, to, _nearest(view, tree.row)),)
    if isinstance(tree, Inverse):
        return difference(view, tree.of, ~to)
    return _fewest(view, tree, to)


def _fewest(view: View, tree: AtLeastOf, to: Truth) -> tuple[Change, ...]:
    """As many of the parts as it takes, the cheapest first."""
    needed = tree.n if to is YES else len(tree.of) - tree.n + 1
    ways = sorted((difference(view, each, to) for each in tree.of), key=len)
    return tuple(dict.fromkeys(change for way in ways[:needed] for change in way))


def _nearest(view: View, row: int) -> Fact | None:
    """The fact of the same term that lies nearest to the day, though it does not count."""
    term = view.plan.rows[row].term
    facts = [entry.fact for entry in view.chart.entries.get(term, ()) if entry.fact.status != "negated"]
    return min(facts, key=lambda fact: min(abs(day - view.on) for day in fact.when), default=None)
