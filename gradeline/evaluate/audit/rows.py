"""What every engine of an audit gives: a row for each episode, and one for each recommendation and reading of it.

The rules (`meaning.md`, section 9, and INTERPRETATIONS.md, "Audits"):

- The **episodes** are those that the whole record shows, by the day of their first recording; one without any day
  is in no period. All asks of an episode speak of it, also where a later one is open beside it.
- The **horizon** is the latest possible onset, else the first recording, plus the longest of the guideline's period and
  its deadlines; or the episode's end if that is earlier. The onset is the one that the whole record shows.
- **Read** is the day on which practice is read: the horizon, or the day on which the data, the observation or the life
  ends if earlier, or the day before a warning sign. If read lies before the horizon, or death cut the horizon short,
  the follow-up **ended** early. A horizon before the first recording (the onset was given later, and is long past) is
  read on the day of that recording.
- **Asks** are days from the first recording to read, each with what was known then. `applies` is the highest
  of them. Of `by a time` it is what stands at the end (the day after read, where the episode is open then and the
  follow-up is complete; else read), or stood on a day on which the action was done: what is done lapses no more. An
  episode that ends before the limit, but for death, lapses what is not done.
- **Practice** is read on read, of `by a time` on the day after it where that is asked; None where `applies` is 0.
- An episode with a warning sign on its first day was asked on no day: `applies` is 0 of every recommendation.
- A guideline that sets no time, neither an onset limit nor a deadline, has its horizon at the episode's end.
- The gate is judged as recorded, from the earliest possible onset, in both readings.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from gradeline.dates import Day, Interval
from gradeline.model.forms import Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.plan.decisions import Practice
from gradeline.plan.leaves import Row

Reading = Literal["strict", "assumed"]
"""As recorded; or with the first recording taken as the onset, where none is given."""
READINGS: tuple[Reading, ...] = ("strict", "assumed")
Ended = Literal["", "data", "observation", "life", "warning sign"]
"""What ended the follow-up before the horizon; nothing where it is complete. The first of them, in this order."""


class Scope(NamedTuple):
    """Which episodes an audit takes, by the first and last day of its period, and the last day of the data."""

    period: Interval
    data_end: Day


class EpisodeRow(NamedTuple):
    """One episode of the period."""

    guideline: str
    patient: str
    episode: int
    """The day of its first recording."""
    ordinal: int
    """0, or 1 and on of several that begin on one day, by their place among the patient's episodes."""
    onset_first: Day
    onset_last: Day
    given: bool
    """Whether the onset is stated; else only its last possible day is known."""
    horizon: Day
    ended: Ended
    gate: Literal["yes", "no", "not asked"]
    """On the day of the sign, else on the day read."""
    month: str
    """Of the first recording: 2025-03."""
    age: int | None
    """On that day, in years; None where the birth date does not tell."""
    sex: str | None
    place: str
    """The region."""
    unit: str
    """The organisation of the first recording that names one."""


class FindingRow(NamedTuple):
    """What one recommendation came to in one episode, in one reading of its onset."""

    guideline: str
    patient: str
    episode: int
    ordinal: int
    reading: Reading
    recommendation: str
    applies: int
    """0 no, 1 unknown, 2 yes."""
    practice: Practice | None
    declined: bool
    """Followed because it was offered and declined."""
    alternative: bool
    """Open, and another action that the guideline counts as equal is in place."""
    incomplete: bool
    """The follow-up ended before the horizon, and this practice might have become another (`FINAL`)."""
    missing: str | None
    """Where `applies` is unknown, else where practice is: what would have to be known first (`called`)."""


FINAL: dict[type[Form], frozenset[Practice]] = {
    Do: frozenset({"followed"}),
    Either: frozenset({"followed"}),
    InsteadOf: frozenset(),
    Together: frozenset({"followed"}),
    NotRoutine: frozenset({"departed"}),
    Avoid: frozenset({"departed"}),
    ByATime: frozenset({"followed", "departed"}),
}
"""Practices that nothing later can change; `unknown` is never incomplete."""

REASON = "reason"
"""What is missing where an act is sure and its reason is not."""


def called(row: Row) -> str:
    """What a leaf is called where it is missing: its term, else what it is of; the lowest row number goes first.

    Of an act that is judged by its reason it is the action where taking it is not sure, else `reason`.
    """
    return row.term or {"passed": "onset", "sure": "index"}.get(row.shape, row.shape)


INTEGERS = frozenset({"episode", "ordinal", "onset_first", "onset_last", "horizon", "age"})
TRUTHS = frozenset({"given", "declined", "alternative", "incomplete"})


def typed(column: str) -> str:
    """The type of a column in SQL."""
    if column == "applies":
        return "TINYINT"
    return "INTEGER" if column in INTEGERS else "BOOLEAN" if column in TRUTHS else "VARCHAR"
