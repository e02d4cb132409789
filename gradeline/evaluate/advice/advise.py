"""Advice: what a guideline says for one patient on one day, why, what is missing and what falls due."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from importlib import import_module
from typing import Any, NamedTuple

from gradeline.dates import Day, Interval, shift
from gradeline.evaluate.advice.acts import Act
from gradeline.evaluate.advice.gate import GateAnswer, gate
from gradeline.evaluate.advice.obligations import decided, moments, standing
from gradeline.evaluate.advice.practice import Practised, in_place, practised
from gradeline.evaluate.advice.questions import Question, questions
from gradeline.evaluate.answer import Answer
from gradeline.evaluate.patient.chart import chart
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.model.grade import Direction
from gradeline.model.guideline import Caution, Guideline, Recommendation
from gradeline.model.words import Language
from gradeline.plan.decisions import Practice
from gradeline.plan.leaves import Tree
from gradeline.plan.plan import Line, Plan, Reading, compile
from gradeline.records.facts import Record


class Place(Enum):
    """Where a recommendation stands on the page: the clinician's order."""

    DUE = "due"
    THINK_TWICE = "think twice"
    CONSIDER = "to consider"
    IN_PLACE = "in place"
    NOT_ROUTINE = "not as a routine, and none recorded"
    CANNOT_TELL = "cannot tell yet"
    TIME_PASSED = "time passed"
    NOT_FOR = "does not apply"


class Verdict(NamedTuple):
    """One recommendation for this patient: whether it applies, and, apart from that, what was done."""

    recommendation: Recommendation
    applies: Answer
    practice: Practice | None
    why: Answer
    place: Place
    acts: tuple[Act, ...] = ()
    declined: bool = False
    booked: bool = False
    alternative: tuple[str, ...] = ()
    """On an open offer: the settled choices of which it is an arm."""
    limit: Interval | None = None
    due: Day | None = None
    act_by: Day | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True)
class Advice:
    """One guideline, one patient, one day; each recommendation is weighed when it is first asked for."""

    plan: Plan
    view: View
    gate: GateAnswer
    population: Answer
    _verdicts: dict[str, Verdict] = field(default_factory=dict, repr=False, compare=False)

    @property
    def guideline(self) -> Guideline:
        """The guideline that the advice is from."""
        return self.plan.guideline

    @property
    def on(self) -> Day:
        """The day asked."""
        return self.view.on

    @property
    def record(self) -> Record:
        """The record that was read."""
        return self.view.chart.record

    @cached_property
    def recommendations(self) -> tuple[Verdict, ...]:
        """Every recommendation weighed, in the guideline's order; none where a warning sign stops everything."""
        if self.gate.answer == "yes":
            return ()
        return _alternatives(self.view, tuple(map(self._verdict, self.plan.lines)))

    @cached_property
    def due(self) -> tuple[Verdict, ...]:
        """What is to be done by a day, or was to be; only what has a time limit is weighed for it."""
        if self.gate.answer == "yes":
            return ()
        limited = [self._verdict(line) for line in self.plan.lines if line.asked.deadline]
        return tuple(each for each in limited if each.place is Place.DUE)

    def _verdict(self, line: Line) -> Verdict:
        """One recommendation, weighed once."""
        id = line.recommendation.id
        if id not in self._verdicts:
            self._verdicts[id] = _verdict(self.view, line, self.population)
        return self._verdicts[id]

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """The advice as plain data, in the shape that `--json` prints."""
        found: dict[str, Any] = import_module("gradeline.evaluate.words.plain").plain(self, language)
        return found

    def _repr_html_(self) -> str:
        """The advice as a notebook shows it."""
        return str(import_module("gradeline.show.notebook").advice(self))

    def otherwise(self, verdict: Verdict) -> tuple[Reading, ...]:
        """The alternative readings under which the answer of a recommendation would be another."""
        return tuple([each for each in self.plan.readings if _reads_otherwise(self.view, each, verdict)])

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What to ask next: the missing facts, by how many open answers each could settle."""
        lines = {line.recommendation.id: line for line in self.plan.lines}
        return questions(
            self.view,
            [
                (lines[each.recommendation.id], each.applies, each.why)
                for each in self.recommendations
                if undecided(each)
            ],
        )


def undecided(verdict: Verdict) -> bool:
    """Whether something about it cannot be told."""
    return verdict.applies.truth is UNKNOWN or verdict.practice == "unknown"


def advise(guideline: Guideline | Plan, record: Record, on: Day) -> Advice:
    """What the guideline says for the patient on the day; a plan made once saves compiling it anew."""
    advice = unweighed(guideline if isinstance(guideline, Plan) else compile(guideline), record, on)
    _ = advice.recommendations
    return advice


def unweighed(plan: Plan, record: Record, on: Day) -> Advice:
    """The advice before any recommendation is weighed: for who asks for few of them, and waits."""
    view = View(plan, chart(plan, record), on)
    return Advice(plan, view, gate(view), view.answer(plan.population))


def _verdict(view: View, line: Line, population: Answer) -> Verdict:
    """One recommendation weighed."""
    applies, practice = _weigh(view, line)
    what = practice.practice if practice else None
    deadline = line.asked.deadline
    due = limit = act_by = None
    if deadline and view.episode and applies.truth is not NO:
        limit = view.limit(deadline.within)
        if view.episode.given and what in ("open", "departed"):
            due = limit.first
            act_by = shift(due, -deadline.lead) if deadline.lead else None
    touches = line.recommendation.id
    return Verdict(
        line.recommendation,
        applies,
        what,
        practice.why if practice else Answer(NO),
        _place(view, line, population, applies.truth, what),
        practice.acts if practice else (),
        declined=bool(line.asked.declined and what == "followed" and view.truth(line.asked.declined) is YES),
        booked=bool(deadline and what == "open" and view.truth(deadline.booked) is YES),
        limit=limit,
        due=due,
        act_by=act_by,
        cautions=tuple([each for each, when in view.plan.cautions if touches in each.touches and _said(view, when)]),
    )


def _said(view: View, when: Tree) -> bool:
    """Whether the record says so, surely or possibly; that nothing is known says nothing."""
    truth = view.truth(when)
    return truth is YES or (truth is UNKNOWN and any(ground.facts for ground in view.answer(when).because))


def _weigh(view: View, line: Line) -> tuple[Answer, Practised | None]:
    """Whether a line applies, and what was done where it does or may."""
    deadline = line.asked.deadline
    applies = standing(view, line, deadline) if deadline else view.answer(line.applies)
    return applies, None if applies.truth is NO else practised(view, line.asked)


def _reads_otherwise(view: View, reading: Reading, ours: Verdict) -> bool:
    """Whether a recommendation has another answer under a reading.

    Where no row of its line has another state, on any day that it hangs on, its answer cannot be another: most readings
    end there.
    """
    for line, changed in reading.lines:
        if line.recommendation.id == ours.recommendation.id:
            days = _days(view, line)
            differs = any(then.state(old)[0] is not then.state(new)[0] for then in days for old, new in changed)
            return differs and _answer(*_weigh(view, line)) != (ours.applies.truth, ours.practice)
    return False


def _days(view: View, line: Line) -> list[View]:
    """The days that an answer hangs on: this one, and of an obligation that it does not decide those before it."""
    own = next(each for each in view.plan.lines if each.recommendation.id == line.recommendation.id)
    if not own.asked.deadline or decided(view, own, own.asked.deadline):
        return [view]
    both = [(each, each.asked.deadline) for each in (own, line) if each.asked.deadline]
    return [view.at(day) for day in sorted({day for each, limit in both for day in moments(view, each, limit)})]


def _answer(applies: Answer, done: Practised | None) -> tuple[Truth, Practice | None]:
    """What a recommendation comes to."""
    return applies.truth, done.practice if done else None


def _place(view: View, line: Line, population: Answer, applies: Truth, practice: Practice | None) -> Place:
    """Where it stands; where only the population is unknown, where it would stand if the patient belongs to it."""
    if applies is NO:
        return Place.TIME_PASSED if _too_late(view, population) else Place.NOT_FOR
    own = [tree for tree in (line.when, line.asked.chosen) if tree is not None]
    untold = applies is UNKNOWN and (population.truth is not UNKNOWN or any(view.truth(t) is not YES for t in own))
    if untold or practice == "unknown":
        return Place.CANNOT_TELL
    if line.asked.deadline and practice in ("open", "departed"):
        return Place.DUE
    if practice == "followed" and line.recommendation.grade.direction is Direction.AGAINST:
        return Place.NOT_ROUTINE
    return PLACES[practice or "unknown"]


PLACES: dict[Practice, Place] = {
    "followed": Place.IN_PLACE,
    "justified": Place.IN_PLACE,
    "departed": Place.THINK_TWICE,
    "open": Place.CONSIDER,
    "unknown": Place.CANNOT_TELL,
}


def _too_late(view: View, population: Answer) -> bool:
    """Whether the patient would belong to the population but for the time since the onset."""
    said = [view.plan.rows[ground.row].shape for ground in population.because if ground.truth is NO]
    return population.truth is NO and bool(said) and all(shape == "onset" for shape in said)


def _alternatives(view: View, verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """Remark on an open offer that is an arm of a choice already settled by another arm."""
    arms = in_place(view.plan.lines, {each.recommendation.id: each.practice for each in verdicts})
    return tuple(
        each._replace(alternative=arms[each.recommendation.id]) if each.recommendation.id in arms else each
        for each in verdicts
    )
