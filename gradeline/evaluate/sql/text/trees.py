"""Trees of leaves as expressions of SQL over the masks of an ask: 0 no, 1 unknown, 2 yes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gradeline.evaluate.sql.plan_tables.contents import Place
from gradeline.plan.decisions import Decision
from gradeline.plan.leaves import AtLeastOf, Inverse, Leaf, Tree

NO_ROW = 9999
"""More than any row's number."""


@dataclass(frozen=True)
class Trees:
    """Writes the trees of one guideline; a tree that has a name already is called by it."""

    places: Mapping[int, Place]
    names: Mapping[Tree, str]
    nth: Callable[[int, list[str]], str]
    """How the database says the n-th smallest of a list."""

    def truth(self, tree: Tree) -> str:
        """A tree as a number."""
        if tree in self.names:
            return self.names[tree]
        match tree:
            case Leaf(row):
                place = self.places[row]
                return _chosen(*(f"(t.{mask}{place.word} & {place.bit}) <> 0" for mask in "yu"))
            case Inverse(of):
                return f"(2 - {self.truth(of)})"
            case AtLeastOf(n, of):
                return self._at_least(n, of)
        raise AssertionError(tree)

    def _at_least(self, n: int, of: tuple[Tree, ...]) -> str:
        """The least of all, the greatest of any, else the n-th best."""
        if n > len(of):
            return "0"
        if 1 < n < len(of):
            return self.nth(len(of) - n + 1, [self.truth(each) for each in of])
        parts = [*self._leaves(n, of), *(self.truth(each) for each in of if not self._plain(each))]
        return parts[0] if len(parts) == 1 else f"{'greatest' if n == 1 else 'least'}({', '.join(parts)})"

    def _plain(self, tree: Tree) -> bool:
        return isinstance(tree, Leaf) and tree not in self.names

    def _leaves(self, n: int, of: tuple[Tree, ...]) -> Iterable[str]:
        """The leaves among the branches, those of one word looked at together."""
        words: dict[int, int] = {}
        for each in of:
            if isinstance(each, Leaf) and self._plain(each):
                place = self.places[each.row]
                words[place.word] = words.get(place.word, 0) | place.bit
        for word, bits in words.items():
            if n == 1 and len(of) > 1:
                yield _chosen(f"(t.y{word} & {bits}) <> 0", f"(t.u{word} & {bits}) <> 0")
            else:
                yield _chosen(f"(t.y{word} & {bits}) = {bits}", f"((t.y{word} | t.u{word}) & {bits}) = {bits}")

    def missing(self, tree: Tree) -> str:
        """The lowest row that leaves an unknown tree unknown."""
        match tree:
            case Leaf(row):
                return str(row)
            case Inverse(of):
                return self.missing(of)
            case AtLeastOf(_, of):
                parts = [f"CASE WHEN {self.truth(each)} = 1 THEN {self.missing(each)} ELSE {NO_ROW} END" for each in of]
                return f"least({', '.join(parts)})" if len(parts) > 1 else parts[0] if parts else str(NO_ROW)
        raise AssertionError(tree)

    def practice(self, decisions: Iterable[Decision]) -> str:
        """The first condition that is yes decides; an unknown one before it makes the practice unknown."""
        whens = [
            f"WHEN {self.truth(when)} = 2 THEN '{practice}' WHEN {self.truth(when)} = 1 THEN 'unknown'"
            for practice, when in decisions
        ]
        return f"CASE {' '.join(whens)} ELSE 'unknown' END"

    def unknown(self, decisions: Iterable[Decision], otherwise: int) -> str:
        """The lowest row that leaves the practice unknown; where every condition is a no, the action itself."""
        whens = [
            f"WHEN {self.truth(when)} = 2 THEN NULL WHEN {self.truth(when)} = 1 THEN {self.missing(when)}"
            for _, when in decisions
        ]
        return f"CASE {' '.join(whens)} ELSE {otherwise} END"


def _chosen(yes: str, unknown: str) -> str:
    return f"CASE WHEN {yes} THEN 2 WHEN {unknown} THEN 1 ELSE 0 END"
