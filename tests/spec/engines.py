"""The engines that run the spec tables, each made to answer in the tables' words; a further one is one more line."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from gradeline.dates import SOME_DAY, Day, Interval, show
from gradeline.evaluate.advice import Advice, Verdict, advise
from gradeline.evaluate.advice.together import together
from gradeline.evaluate.audit import reference
from gradeline.evaluate.audit.course import Course, courses
from gradeline.evaluate.audit.rows import FindingRow, Reading, Scope
from gradeline.evaluate.patient.chart import chart
from gradeline.logic import Truth
from gradeline.plan.capture import DIALOGUE, RECORD, UNDECLARED
from gradeline.plan.plan import compile
from tests.agree import naive, naive_criteria
from tests.spec.tables import ASKS, Case, Table

EVER = SOME_DAY
"""The period of an audit that takes every episode."""
STOPPED = "stopped by a warning sign"
CAPTURES = {"record": RECORD, "nothing": DIALOGUE, "undeclared": UNDECLARED}


class Engine(NamedTuple):
    """What answers a case, and what it cannot be asked."""

    answer: Callable[[Table, Case], str]
    cannot: tuple[str, ...] = ()


def patient(table: Table, case: Case) -> str:
    """The advice for one patient, or what an audit of this patient alone says."""
    if table.asks in AUDIT:
        return AUDIT[table.asks](table, case)
    advice = advised(table, case)
    if table.asks in PATIENT:
        return PATIENT[table.asks](advice)
    found = next((each for each in advice.recommendations if each.recommendation.id == table.asks), None)
    return written(found.applies.truth, found.practice, found.due) if found else STOPPED


def advised(table: Table, case: Case) -> Advice:
    """The advice on a case."""
    return advise(compile(table.guideline, CAPTURES[table.captures]), case.record, case.today)


def written(applies: Truth, practice: str | None, due: Day | None) -> str:
    """The answer of a recommendation."""
    due_on = f"due {show(due)}" if due else ""
    return ", ".join(filter(None, [f"applies {applies.word}", practice, due_on]))


def span(onset: Interval) -> str:
    """A day, or the days between which it lies."""
    return show(onset.first) if onset.exact else f"{show(onset.first)} to {show(onset.last)}"


def only(advice: Advice) -> Verdict:
    """The recommendation of a table that has one."""
    return next(each for each in advice.recommendations if each.recommendation.id == "it")


def remarks(advice: Advice) -> str:
    """What is remarked beside the answer."""
    it = only(advice)
    said = {"declined": it.declined, "booked": it.booked, "alternative in place": bool(it.alternative)}
    return next((word for word, so in said.items() if so), "none")


def shown_together(advice: Advice) -> str:
    """The recommendations of the group that the table's own stands in."""
    groups = [[each.recommendation.id for each in group] for group in together(advice.plan, advice.recommendations)]
    return ", ".join(next(group for group in groups if "it" in group))


def question(advice: Advice) -> str:
    """The question that leads."""
    if not advice.questions:
        return "nothing"
    first = advice.questions[0]
    return f"{first.id}, settles {first.best} of {first.of}"


def readings(advice: Advice) -> str:
    """The other readings under which the answer would be another."""
    found = [each for verdict in advice.recommendations for each in advice.otherwise(verdict)]
    return ", ".join(each.alternative.says.en for each in found) or "none"


PATIENT: dict[str, Callable[[Advice], str]] = {
    "population": lambda advice: advice.population.truth.word,
    "gate": lambda advice: advice.gate.answer,
    "onset": lambda advice: span(advice.view.onset) if advice.view.episode else "no episode",
    "other episode": lambda advice: ", ".join(span(each.onset) for each in advice.view.others) or "none",
    "act by": lambda advice: show(act_by) if (act_by := only(advice).act_by) else "waiting time unknown",
    "remarks": remarks,
    "cautions": lambda advice: ", ".join(each.id for each in only(advice).cautions) or "none",
    "shown together": shown_together,
    "possible warning signs": lambda advice: ", ".join(each.group.id for each in advice.gate.possible) or "none",
    "warning signs to ask for": lambda advice: ", ".join(each.id for each in advice.gate.unasked) or "none",
    "first question": question,
    "other readings": readings,
}
"""How the advice for a patient answers what is not a recommendation."""


def course(table: Table, case: Case) -> Course | None:
    """The first episode of a record whose data end on the day asked."""
    plan = compile(table.guideline, CAPTURES[table.captures])
    found = courses(plan, chart(plan, case.record), Scope(EVER, case.today))
    return next(found, None)


def audited(reading: Reading) -> Callable[[Table, Case], str]:
    """What an audit says of the recommendation in one reading of the onset."""

    def answer(table: Table, case: Case) -> str:
        row = told(table, case, reading)
        if row is None:
            return "no episode"
        marks = {"declined": row.declined, "alternative in place": row.alternative, "incomplete": row.incomplete}
        said = [written(Truth(row.applies), row.practice, None), *(mark for mark, so in marks.items() if so)]
        return ", ".join(said)

    return answer


def told(table: Table, case: Case, reading: Reading) -> FindingRow | None:
    """The row of the table's recommendation."""
    plan = compile(table.guideline, CAPTURES[table.captures])
    rows = reference.rows([plan], case.record, Scope(EVER, case.today)).findings
    return next((row for row in rows if row.recommendation == "it" and row.reading == reading), None)


def missing(table: Table, case: Case) -> str:
    """What would have to be known first."""
    row = told(table, case, "strict")
    return row.missing if row and row.missing else "nothing"


AUDIT: dict[str, Callable[[Table, Case], str]] = {
    "audit": audited("strict"),
    "audit, onset assumed": audited("assumed"),
    "horizon": lambda table, case: show(it.read) if (it := course(table, case)) else "no episode",
    "follow-up": lambda table, case: it.ended or "complete" if (it := course(table, case)) else "no episode",
    "missing first": missing,
}
"""How an audit by the evaluator of one patient answers."""


def oracle(table: Table, case: Case) -> str:
    """The page read literally."""
    if table.asks == "onset":
        now = naive_criteria.ask(table.guideline, case.record, case.today, captures(table))
        return span(now.episode.onset) if now else "no episode"
    said = naive.advise(table.guideline, case.record, case.today, captures(table))
    if table.asks == "population":
        return said["population"].word  # type: ignore[no-any-return]
    if table.asks == "gate":
        return said["gate"]  # type: ignore[no-any-return]
    ids = [each.id for each in table.guideline.recommendations]
    found = dict(zip(ids, said["recommendations"], strict=False)).get(table.asks)
    return written(*found) if found else STOPPED


def captures(table: Table) -> naive.Captures:
    """What the source captures, in the oracle's words."""
    return "nothing" if table.captures == "nothing" else "record"


ENGINES = {
    "evaluate": Engine(patient),
    "oracle": Engine(oracle, tuple(set(ASKS) - {"population", "gate", "onset"})),
}
