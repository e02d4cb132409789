"""Each criterion as an expression of CQL: which rows it means, the plan says; this writes them with their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gradeline.codes import SYSTEMS
from gradeline.dates import Duration
from gradeline.evaluate.words.sentences import Sentences
from gradeline.exchange.cql.terms import words
from gradeline.exchange.cql.text import comment, listed, name, number, quoted, span, truth
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.model.criteria import (
    Age,
    All,
    Amount,
    AnyOf,
    AtLeast,
    Criterion,
    Latest,
    Named,
    Not,
    Onset,
    Parameter,
    Persisting,
    Recorded,
    Sex,
    Span,
    Window,
)
from gradeline.model.guideline import Guideline
from gradeline.plan.capture import RECORD
from gradeline.plan.compiling import Compiler
from gradeline.plan.leaves import Row
from gradeline.quantity import SCALES, convert, exact

SIGNS = "Warning signs"


@dataclass(frozen=True)
class Place:
    """Where a criterion stands, which may say what the absence of its leaves means: named so in the library."""

    words: str = ""
    absence: Truth | None = None
    earliest: bool = False


OWN, REASON, SIGN, CONFIRMING = (
    Place(),
    Place(", as a reason", NO),
    Place(", as a sign", NO, True),
    Place(", to confirm", UNKNOWN),
)


class Criteria:
    """Writes criteria, and keeps the functions of those that have a name, each written when it is first asked for."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline, self.compiler = guideline, Compiler(guideline, RECORD)
        self.sentences = Sentences(guideline, "en")
        self.functions: dict[str, str] = {}
        self.units: dict[str, str] = {}

    def function(self, called: str, says: str, body: str) -> str:
        """A function of the ask, with its sentence; gives the call."""
        self.functions[called] = defined(called, says, body)
        return f"{name(called)}(ask)"

    def named(self, id: str, place: Place) -> str:
        """The call of a named criterion, or of the warning signs."""
        gate = self.guideline.gate
        if gate and id == gate.id:
            return f"{name(SIGNS)}(ask)"
        called = words(id) + place.words
        if called not in self.functions:
            criterion = self.guideline.criteria[id]
            body = self.phrase(criterion, place)
            self.function(called, self.sentences.say(criterion), body)
        return f"{name(called)}(ask)"

    # Each criterion, in the order of criteria.py

    def phrase(self, criterion: Criterion, place: Place = OWN) -> str:
        """A criterion as an expression."""
        match criterion:
            case Age(compare, years):
                return f'"{SINCE[compare.value]}"("Age reached"({self.span(years)}), ask.on)'
            case Sex(is_):
                return f'"Sex is"({quoted(is_)})'
            case Onset(compare, ago):
                return f'"{SINCE[compare.value]}"("Since onset"(ask, {self.span(ago)}), ask.on)'
            case Recorded():
                return self.recorded(criterion, place)
            case Latest():
                return f'"Newest says"({self.values(criterion, self.row(criterion, place))})'
            case Persisting(_, lasting, despite):
                row = self.row(criterion, place)
                values, absent = self.values(criterion.latest, row).rsplit(", ", 1)
                treatment = quoted(despite) if despite else "null"
                return f'"Persists"({values}, {self.span(lasting)}, {treatment}, ask, {absent})'
        return self.branch(criterion, place)

    def branch(self, criterion: Criterion, place: Place) -> str:
        """A criterion that is made of others."""
        match criterion:
            case All(of):
                return self.joined("and", of, place)
            case AnyOf(of):
                return self.joined("or", of, place)
            case Not(of):
                return f"not {bracketed(self.phrase(of, place))}"
            case AtLeast(n, of):
                parts = ",\n    ".join(self.phrase(each, place) for each in of)
                return f'"At least"({n}, {{\n    {parts} }})'
            case Named(id):
                return self.named(id, place)
        raise AssertionError(criterion)

    def joined(self, word: str, of: Iterable[Criterion], place: Place) -> str:
        """Criteria joined, a line each."""
        parts = [self.phrase(each, place) for each in of]
        return f"\n    {word} ".join(map(bracketed, parts)) if len(parts) > 1 else parts[0]

    # Leaves

    def row(self, leaf: Recorded | Latest | Persisting, place: Place) -> Row:
        """What the plan makes of a leaf where it stands."""
        compiler = self.compiler
        compiler.absence, compiler.earliest = place.absence, place.earliest
        match leaf:
            case Recorded():
                return compiler.recorded(leaf)
            case Latest():
                return compiler.latest(leaf)
        return compiler.persisting(leaf)

    def recorded(self, leaf: Recorded, place: Place) -> str:
        """A term recorded in its window."""
        row = self.row(leaf, place)
        if plain := self.plainly(leaf, row):
            return plain
        asked = f"{quoted(row.term)}, ask, {self.window(leaf.window, row)}, {quoted(row.doing)}"
        by = quoted(row.by) if row.by else "null"
        if row.times > 1:
            called = "Acts on" if self.guideline.terms[row.term].subject == "action" else "On"
            return f'"{called} so many days"({asked}, {by}, {row.times}, {truth(row.absence)})'
        return f'"Recorded"({asked}, {by}, {truth(row.absence)})'

    def plainly(self, leaf: Recorded, row: Row) -> str:
        """The short call of the commonest windows: the episode, and so long before the onset; else nothing."""
        if (row.times, row.by, row.doing) != (1, None, "planned or done") or row.bounds.back or row.bounds.stop:
            return ""
        if leaf.window.start == Duration() and not row.bounds.earliest:
            called = "In the episode, else unknown" if row.absence is UNKNOWN else "In the episode"
            return f"{name(called)}({quoted(row.term)}, ask)" if row.absence is not YES else ""
        if leaf.window.start is not None and row.bounds.earliest and row.absence is NO:
            return f'"Since the earliest onset"({quoted(row.term)}, ask, {self.span(leaf.window.start)})'
        return ""

    def values(self, leaf: Latest, row: Row) -> str:
        """The values of a term in a window with what each says, and what absence means."""
        against = "null" if self.guideline.terms[row.term].subject == "measurement" else "false"
        return (
            f'("Values"({quoted(row.term)}, ask, {self.window(leaf.window, row)})) Value\n'
            "    return all Tuple{ first: Value.first, last: Value.last, time: Value.time, sure: Value.sure,\n"
            f"      says: if Value.against then {against} else {self.says(leaf, row)} }}, {truth(row.absence)}"
        )

    def says(self, leaf: Latest, row: Row) -> str:
        """What one value says of a limit, or of a list."""
        if row.one_of:
            return f'"Coded value says"(Value.answers, {listed(map(coded, row.one_of))})'
        assert row.compare and leaf.limit
        low, high = (number(row.scale.lowest), number(row.scale.highest)) if row.scale else ("null", "null")
        limit, unit = self.limit(leaf.limit, row)
        call = f"{name(self.in_unit(row.term, unit))}(Value.number, Value.unit)"
        return f'"Number says"({call}, {quoted(row.compare.value)}, {limit}, {low}, {high})'

    def limit(self, limit: Amount, row: Row) -> tuple[str, str]:
        """A limit in the unit of its term, and that unit; a parameter by its name."""
        assert row.limit
        unit = self.guideline.terms[row.term].unit or row.limit.unit
        value = convert(row.limit, unit)
        if value is None:
            value, unit = row.limit.value, row.limit.unit
        if isinstance(limit, Parameter):
            return f"{name(limit.name)}.value", unit
        return number(value), unit

    def in_unit(self, term: str, unit: str) -> str:
        """The function that brings a number to a unit; null for units that do not convert."""
        called = f"{words(term)} in its unit"
        self.units[called] = unit_function(called, unit, self.guideline.terms[term].scale is not None)
        return called

    def window(self, window: Window, row: Row) -> str:
        """A leaf's window."""
        parts = [self.span(each) if each is not None else "null" for each in (window.back, window.start, window.stop)]
        if parts == ["null", "0 days", "null"] and not row.bounds.earliest:
            return '"Episode of"(ask)'
        return f'"Window"(ask, {", ".join(parts)}, {str(row.bounds.earliest).lower()})'

    def span(self, length: Span) -> str:
        """A length of time; a parameter by its name."""
        return name(length.name) if isinstance(length, Parameter) else span(length)


def defined(called: str, says: str, body: str) -> str:
    """A function of the ask, with its sentence as a comment."""
    return f"{comment(says)}\ndefine function {name(called)}(ask @ASK):\n  {body}"


SINCE = {"at least": "At least so long", "over": "Over so long", "at most": "At most so long", "under": "Under so long"}


def bracketed(phrase: str) -> str:
    """A phrase in brackets where it needs them."""
    return f"({phrase})" if "\n    and " in phrase or "\n    or " in phrase else phrase


def coded(listed: str) -> str:
    """A coded value, written `system:code`, as the library compares it."""
    system, _, code = listed.partition(":")
    return f"{SYSTEMS[system][0]}|{code}"


def unit_function(called: str, unit: str, score: bool) -> str:
    """A function that brings numbers to one unit: those units that convert, with their factors."""
    own = SCALES.get(unit)
    lines = []
    if own:
        for other, scale in SCALES.items():
            if scale.unit == own.unit and not (scale.offset or own.offset):
                lines.append((other, exact(scale.factor / own.factor)))
    by: dict[float, list[str]] = {}
    for other, factor in lines or [(unit, 1.0)]:
        by.setdefault(factor, []).append(other)
    if score and own and own.unit == "1":
        by[1.0].append("%")
    cases = "\n".join(f"    when unit in {listed(units)} then {scaled(factor)}" for factor, units in by.items())
    return f"define function {name(called)}(number Decimal, unit String):\n  case\n{cases}\n    else null\n  end"


def scaled(factor: float) -> str:
    """A number times a factor; divided, where the factor is less than one."""
    if factor == 1.0:
        return "number"
    return f"number * {number(factor)}" if factor > 1 else f"number / {number(1 / factor)}"
