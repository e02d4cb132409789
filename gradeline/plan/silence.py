"""What a tree says of a record that is silent on all its terms: most records are, on most warning signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gradeline.logic import Truth, at_least
from gradeline.plan.leaves import OF_ITS_TERM, AtLeastOf, Inverse, Leaf, Row, Tree


class Silence(NamedTuple):
    """The terms of a tree, and its truth where no fact speaks of any of them."""

    terms: frozenset[str]
    says: Truth


Silences = dict[Tree, Silence | None]
"""By tree, as worked out so far; None where more than the facts of its terms decides it."""


def silence(tree: Tree, rows: Sequence[Row], found: Silences) -> Silence | None:
    """What a tree says of silence, worked out once for a plan."""
    if tree not in found:
        found[tree] = _worked_out(tree, rows, found)
    return found[tree]


def _worked_out(tree: Tree, rows: Sequence[Row], found: Silences) -> Silence | None:
    match tree:
        case Leaf(number):
            row = rows[number]
            return Silence(frozenset((row.term,)), row.absence) if row.shape in OF_ITS_TERM else None
        case Inverse(of):
            inner = silence(of, rows, found)
            return Silence(inner.terms, ~inner.says) if inner else None
        case AtLeastOf(n, of):
            parts = [silence(each, rows, found) for each in of]
            said = [part for part in parts if part]
            if len(said) < len(parts):
                return None
            terms = frozenset(term for part in said for term in part.terms)
            return Silence(terms, at_least(n, [part.says for part in said]))
