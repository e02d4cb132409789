"""One episode as an audit follows it: until when, on which days it asks, and what ended it early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from gradeline.dates import BEGINNING, END, SOME_DAY, Day, shift
from gradeline.evaluate.audit.rows import Ended, Scope
from gradeline.evaluate.patient.chart import Chart
from gradeline.evaluate.patient.episodes import Episode, episodes
from gradeline.evaluate.patient.points import points
from gradeline.evaluate.patient.view import View
from gradeline.logic import YES
from gradeline.plan.leaves import rows_in
from gradeline.plan.plan import Plan

ORDER: tuple[Ended, ...] = ("data", "observation", "life")


@dataclass(frozen=True)
class Course:
    """An episode with the day on which its practice is read; `sign` is the day of its first warning sign."""

    plan: Plan
    chart: Chart
    episode: Episode
    ordinal: int
    horizon: Day
    read: Day
    ended: Ended
    sign: Day | None = None

    def on(self, day: Day) -> View:
        """What the record showed of this episode on a day."""
        return View(self.plan, self.chart, day, of=self.episode.entries[0])

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The asks: each day, from the first recording to the day read, on which an answer can change."""
        return tuple(view for view in map(self.on, asks(self)) if view.episode)

    @cached_property
    def after(self) -> View | None:
        """The day after the one read, on which something may be overdue; None where the episode is over by then."""
        view = self.on(self.read + 1) if self.ended == "" and self.views else None
        return view if view and view.episode else None

    def read_with(self, assumed: bool) -> Course:
        """The same course, under the reading that the first recording is the onset where none is given."""
        if not assumed or all(view.episode and view.episode.given for view in self.views):
            return self
        plan, chart = replace(self.plan, assumed=True), replace(self.chart, episodes={})
        own = next(each for each in episodes(plan, chart, END) if self.episode.entries[0] in each.entries)
        return replace(self, plan=plan, chart=chart, episode=own)


def courses(plan: Plan, chart: Chart, scope: Scope) -> Iterator[Course]:
    """The episodes of the period, each followed until its horizon, or for as long as it can be."""
    seen: dict[Day, int] = {}
    for episode in episodes(plan, chart, END) if chart.index else ():
        ordinal = seen[episode.first] = seen.get(episode.first, -1) + 1
        if scope.period.first <= episode.first <= scope.period.last:
            yield until_a_sign(followed(plan, chart, episode, scope, ordinal))


def followed(plan: Plan, chart: Chart, episode: Episode, scope: Scope, ordinal: int) -> Course:
    """How long an episode could be followed."""
    planned = speaks_until(plan, episode)
    horizon = min(planned, episode.end)
    ends = {"data": scope.data_end, "observation": chart.record.patient.observed.last, "life": life(chart, episode)}
    reach = {"data": horizon, "observation": horizon, "life": planned}
    early = [(ends[why], place, why) for place, why in enumerate(ORDER) if ends[why] < reach[why]]
    read, _, ended = min(early, default=(horizon, 0, ""))
    return Course(plan, chart, episode, ordinal, horizon, max(min(read, horizon), episode.first), ended)


def speaks_until(plan: Plan, episode: Episode) -> Day:
    """The last day on which the guideline speaks of an episode; one that sets no time speaks until its end."""
    spans = [plan.period, *(line.asked.deadline.within for line in plan.lines if line.asked.deadline)]
    return max((shift(episode.onset.last, span) for span in spans if any(span)), default=episode.end)


def life(chart: Chart, episode: Episode) -> Day:
    """The last day of the patient, where it is that which ended the episode."""
    death = chart.record.patient.death
    last = END if death is None else episode.last if death == SOME_DAY else death.last
    return last if last == episode.end else END


def until_a_sign(course: Course) -> Course:
    """The course up to the day before its first warning sign; from that day on it is not the guideline's."""
    if not course.plan.groups:
        return course
    sign = next((view.on for view in course.views if warned(view)), None)
    if sign is None:
        return course
    return replace(course, read=sign - 1, ended="warning sign", sign=sign)


def warned(view: View) -> bool:
    """Whether a warning sign is there on the day."""
    return any(view.truth(group.signs) is YES for group in view.plan.groups)


def asks(course: Course) -> list[Day]:
    """The days asked, in their order: of facts, of the ends of windows and limits, of birthdays; the first and last."""
    view = course.on(course.read)
    start, last = course.episode.first, course.read
    if view.episode is None:
        return [day for day in (start, last) if start <= last]
    plan = course.plan
    trees = [*(line.applies for line in plan.lines), *(group.signs for group in plan.groups)]
    trees += [line.asked.decisions[0].when for line in plan.lines if line.asked.deadline]
    limits = [line.asked.deadline.within for line in plan.lines if line.asked.deadline]
    found = points(view, {row for tree in trees for row in rows_in(tree)}, limits)
    return sorted({start, last, *(day for day in (*found, *recordings(course)) if start < day < last)})


def recordings(course: Course) -> Iterator[Day]:
    """The days on which a recording of the index condition became known, or ended."""
    for entry in course.chart.index:
        fact = entry.fact
        if fact.known > BEGINNING:
            yield fact.known
        yield from fact.when
        if fact.until is not None:
            yield min(fact.until + 1, END)
