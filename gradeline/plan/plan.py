"""The plan: a guideline compiled once for one way of reading absence, with its alternative readings beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gradeline.codes import Coding
from gradeline.dates import Day, Duration, Interval, shift
from gradeline.logic import NO, UNKNOWN
from gradeline.model.criteria import Criterion, Named, Recorded
from gradeline.model.data_source import DataSource
from gradeline.model.guideline import Alternative, Caution, Guideline, Interpretation, Recommendation, Signs
from gradeline.plan.capture import RECORD, Capture, captured, local_codes
from gradeline.plan.compiling import Compiler, period
from gradeline.plan.decisions import Asked, asked
from gradeline.plan.leaves import Leaf, Row, Tree, rows_in
from gradeline.plan.silence import Silence, Silences, silence
from gradeline.plan.terms import Terms


@dataclass(frozen=True)
class Line:
    """One recommendation compiled: whom it applies to, and what it asks."""

    recommendation: Recommendation
    applies: Tree
    when: Tree | None
    asked: Asked


@dataclass(frozen=True)
class Group:
    """One group of warning signs compiled."""

    group: Signs
    signs: Tree
    questions: Tree | None
    terms: tuple[str, ...]
    recorded: tuple[str, ...]
    """Of its signs the terms that are recorded or not."""
    values: tuple[tuple[int, str], ...]
    """Of its signs the rows that a value decides, with their terms."""


@dataclass(frozen=True)
class Reading:
    """An alternative reading: the lines as they would be under it."""

    interpretation: Interpretation
    alternative: Alternative
    population: Tree
    lines: tuple[tuple[Line, tuple[tuple[int, int], ...]], ...]
    """Each line that reads other rows than ours, with the rows that differ, ours and theirs: where their states are
    the same, no answer can be another."""


@dataclass(frozen=True)
class Plan:
    """Rows, the trees over them, and the decisions; what `patient.py` and SQL both read."""

    guideline: Guideline
    captures: Capture
    terms: Terms
    rows: tuple[Row, ...]
    criteria: tuple[Criterion | None, ...]
    """For each row the criterion that it came from, for its sentence."""
    period: Duration
    episode: Leaf
    confirm: Tree | None
    index: Tree
    population: Tree
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    cautions: tuple[tuple[Caution, Tree], ...]
    readings: tuple[Reading, ...]
    assumed: bool = False
    """Whether the first recording is taken as the onset where none is given: a reading, which every output names."""
    silences: Silences = field(default_factory=dict, compare=False, repr=False)
    """What its trees say of silence, as far as that was asked."""

    def silence(self, tree: Tree) -> Silence | None:
        """What a tree says of a record that is silent on all its terms; None where other things decide it too."""
        return silence(tree, self.rows, self.silences)


def compile(guideline: Guideline, captures: Capture = RECORD, local: Mapping[Coding, str] | None = None) -> Plan:
    """Compile a guideline for a way of reading absence, with a source's local codes if it has any."""
    compiler = Compiler(guideline, captures)
    episode, confirm = compiler.leaf(Row("episode")), _confirm(compiler)
    index = compiler.all_of(episode, _certain(compiler, confirm))
    population, lines = _lines(compiler, index)
    groups = tuple(_group(compiler, each) for each in (guideline.gate.groups if guideline.gate else ()))
    cautions = tuple((each, compiler.tree(each.when)) for each in guideline.cautions)
    readings = _readings(compiler, index, lines)
    rows, criteria = tuple(compiler.rows), tuple(compiler.criteria)
    terms, own_time = Terms(guideline.terms, local), period(guideline)
    parts = (episode, confirm, index, population, lines, groups, cautions, readings)
    return Plan(guideline, captures, terms, rows, criteria, own_time, *parts)


def compile_for(guideline: Guideline, source: DataSource, on: Day) -> Plan:
    """Compile a guideline for a record out of a source that is described, asked on a day."""
    days = Interval(shift(on, -period(guideline)), on)
    return compile(guideline, captured(source, guideline, days), local_codes(source, guideline))


def _certain(compiler: Compiler, confirm: Tree | None) -> Tree:
    """A sure code of the index condition, or what settles one that is only possible."""
    sure = compiler.leaf(Row("sure", absence=UNKNOWN if confirm is None else NO))
    return sure if confirm is None else compiler.any_of(sure, confirm)


def _readings(compiler: Compiler, index: Tree, lines: tuple[Line, ...]) -> tuple[Reading, ...]:
    """Every alternative reading that can be computed."""
    return tuple(
        _reading(compiler, index, lines, interpretation, alternative)
        for interpretation in compiler.guideline.interpretations
        for alternative in interpretation.alternatives
        if alternative.parameters or alternative.criteria
    )


def _confirm(compiler: Compiler) -> Tree | None:
    """What settles a possible index condition; only a recorded NO refutes it, so absence is UNKNOWN."""
    name = compiler.guideline.index.confirmed_by
    if name is None:
        return None
    known = name in compiler.guideline.criteria
    return compiler.with_absence(Named(name) if known else Recorded(name), UNKNOWN)


def _lines(compiler: Compiler, index: Tree) -> tuple[Tree, tuple[Line, ...]]:
    """The population, and every recommendation."""
    population = compiler.all_of(index, compiler.tree(compiler.guideline.population))
    return population, tuple(_line(compiler, population, each) for each in compiler.guideline.recommendations)


def _line(compiler: Compiler, population: Tree, recommendation: Recommendation) -> Line:
    """A recommendation applies where the population, its own `when` and, for `together`, its action hold."""
    when = compiler.tree(recommendation.when) if recommendation.when else None
    form = asked(recommendation.form, compiler)
    own = [tree for tree in (when, form.chosen) if tree is not None]
    return Line(recommendation, compiler.all_of(population, *own) if own else population, when, form)


def _group(compiler: Compiler, group: Signs) -> Group:
    """A group of signs, with the terms of which a negative settles it."""
    signs = compiler.any_of(*map(compiler.within_gate, group.signs))
    questions = compiler.any_of(*map(compiler.within_gate, group.questions)) if group.questions else None
    rows = list(compiler.rows)
    numbers = [*rows_in(signs), *(rows_in(questions) if questions else ())]
    terms = tuple(dict.fromkeys(rows[number].term for number in numbers))
    recorded = tuple(rows[number].term for number in rows_in(signs) if rows[number].shape == "recorded")
    valued = [number for number in rows_in(signs) if rows[number].shape in ("latest", "persisting")]
    return Group(group, signs, questions, terms, recorded, tuple((number, rows[number].term) for number in valued))


def _reading(
    compiler: Compiler, index: Tree, ours: tuple[Line, ...], interpretation: Interpretation, alternative: Alternative
) -> Reading:
    """The lines under an alternative reading, over the same rows and some of their own."""
    guideline = compiler.guideline
    compiler.guideline = replace(
        guideline,
        parameters={**guideline.parameters, **alternative.parameters},
        criteria={**guideline.criteria, **alternative.criteria},
    )
    population, lines = _lines(compiler, index)
    compiler.guideline = guideline
    changed = [(new, _changed(_all_rows(old), _all_rows(new))) for old, new in zip(ours, lines, strict=True)]
    return Reading(interpretation, alternative, population, tuple(each for each in changed if each[1]))


def _all_rows(line: Line) -> list[int]:
    """Every row that a line reads, in order."""
    trees = [line.applies, *(decision.when for decision in line.asked.decisions)]
    return [row for tree in trees for row in rows_in(tree)]


def _changed(old: list[int], new: list[int]) -> tuple[tuple[int, int], ...]:
    """The rows that differ, side by side; of trees of another shape every row is compared with every other's."""
    pairs = list(zip(old, new, strict=True)) if len(old) == len(new) else [(a, b) for a in old for b in new]
    return tuple(sorted({(a, b) for a, b in pairs if a != b}))
