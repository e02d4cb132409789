"""What to ask next: each missing fact, and how many open answers it could settle, found by answering it each way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from gradeline.dates import Day, Interval
from gradeline.evaluate.advice.practice import practised
from gradeline.evaluate.answer import Answer, Ground
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, UNKNOWN, YES
from gradeline.model.words import Text
from gradeline.plan.leaves import Row, rows_in
from gradeline.plan.plan import Line

Subject = Literal["term", "birth", "onset", "sex"]
Open = tuple[Line, Answer, Answer]
"""An open answer: its line, whether it applies, and what was done."""


@dataclass(frozen=True)
class Question:
    """A missing fact: of how many open answers (`of`) it settles `least` however it is answered, `best` at most.

    One that settles none alone is asked last: together with others it settles those that `for_` names.
    """

    id: str
    subject: Subject
    ask: Text
    least: int
    best: int
    of: int
    rows: tuple[int, ...] = ()
    for_: frozenset[str] = frozenset()


ASK: dict[Subject, Text] = {
    "birth": Text("When was the patient born?", "Hvornår er patienten født?"),
    "sex": Text("Which sex is the patient?", "Hvilket køn har patienten?"),
    "onset": Text("When did it begin?", "Hvornår begyndte det?"),
}


def questions(view: View, undecided: Sequence[Open]) -> tuple[Question, ...]:
    """The questions that could settle something, alone or together with others, the most telling first."""
    rows: dict[tuple[Subject, str], list[int]] = {}
    asked_for: dict[tuple[Subject, str], set[str]] = {}
    for line, applies, why in undecided:
        for ground in (*applies.missing, *why.missing):
            for key in _keys(view, ground):
                rows.setdefault(key, []).append(ground.row)
                asked_for.setdefault(key, set()).add(line.recommendation.id)
    lines = [line for line, _, _ in undecided]
    found = [
        replace(_question(view, key, tuple(dict.fromkeys(numbers)), lines), for_=frozenset(asked_for[key]))
        for key, numbers in rows.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.least, -each.best, _rank(view, each))))


def _keys(view: View, ground: Ground) -> Iterator[tuple[Subject, str]]:
    """What would settle a leaf: a term, or the birth date, the sex, or the day of the onset."""
    row = view.plan.rows[ground.row]
    if row.shape == "age":
        yield "birth", "birth"
    elif row.shape == "sex":
        yield "sex", "sex"
    elif row.shape in ("onset", "passed", "episode") or _only_the_onset(view, row, ground):
        yield "onset", "onset"
    elif row.shape == "sure":
        yield "term", view.plan.guideline.index.term
    else:
        yield "term", row.term
        if row.shape == "persisting" and row.other and not _treated(view, row):
            yield "term", row.other


def _only_the_onset(view: View, row: Row, ground: Ground) -> bool:
    """Whether the leaf is unknown only because its window hangs on an onset that nobody has given."""
    if row.bounds.start is None or view.supposed_onset or not ground.facts or view.onset.exact:
        return False
    known = View(view.plan, view.chart, view.on, onset=Interval(view.onset.first, view.onset.first))
    return known.state(ground.row)[0] is not UNKNOWN


def _treated(view: View, row: Row) -> bool:
    return any(entry.sure for entry in view.chart.entries.get(row.other, ()))


def _question(view: View, key: tuple[Subject, str], rows: tuple[int, ...], lines: list[Line]) -> Question:
    """A question with what its answers would settle."""
    subject, id = key
    counts = [sum(_settled(then, line) for line in lines) for then in _answered(view, subject, id, rows)]
    return Question(id, subject, _ask(view, subject, id), min(counts), max(counts), len(lines), rows)


def _answered(view: View, subject: Subject, id: str, rows: tuple[int, ...]) -> Iterator[View]:
    """The record as if the question had been answered, each way."""
    plan = view.plan
    if subject == "onset":
        episode = dict.fromkeys(rows_in(plan.episode), YES)
        for day in _onsets(view):
            yield View(plan, view.chart, view.on, episode, Interval(day, day))
        return
    if subject == "term":
        rows = (*rows, *(number for number in range(len(plan.rows)) if _hangs_on(plan.rows[number], id, view, number)))
    for truth in (YES, NO):
        yield View(plan, view.chart, view.on, dict.fromkeys(rows, truth))


def _hangs_on(row: Row, term: str, view: View, number: int) -> bool:
    """Whether another unknown leaf asks for the same term."""
    return row.term == term and row.shape in ("recorded", "latest", "persisting") and (view.state(number)[0] is UNKNOWN)


def _onsets(view: View) -> tuple[Day, Day]:
    """An onset that lies within the guideline's time, and one that does not."""
    return view.onset.last, min(view.onset.first, view.on - view.plan.period.days - 31 * view.plan.period.months - 1)


def _settled(then: View, line: Line) -> bool:
    """Whether the line has one answer then."""
    applies = then.truth(line.applies)
    return applies is NO or (applies is YES and practised(then, line.asked).practice != "unknown")


def _ask(view: View, subject: Subject, id: str) -> Text:
    """The words of a question: the guideline's own where it has them."""
    guideline = view.plan.guideline
    if subject == "onset" and guideline.index.onset_ask:
        return guideline.index.onset_ask
    if subject != "term":
        return ASK[subject]
    term = guideline.terms[id]
    return term.ask or Text(f"{term.name.en}?", f"{term.name.in_('da')}?")


def _rank(view: View, question: Question) -> tuple[int, int]:
    """Ties go root sign, adult, onset, then the guideline's own order."""
    confirm = view.plan.confirm
    first = {view.plan.rows[row].term for row in (rows_in(confirm) if confirm else ())} | {
        view.plan.guideline.index.term
    }
    order: Iterable[str] = view.plan.guideline.terms
    if question.id in first:
        return 0, 0
    return (
        {"birth": 1, "onset": 2}.get(question.id, 3),
        list(order).index(question.id) if question.subject == "term" else 0,
    )
