"""One ask: what a record shows on a day, read through a plan, with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradeline.dates import BEGINNING, END, Day, Duration, Interval, shift
from gradeline.evaluate.answer import Answer, Ground
from gradeline.evaluate.patient.chart import Chart, lies, seen
from gradeline.evaluate.patient.episodes import Episode, open_episode
from gradeline.evaluate.patient.states import IN_EPISODE, STATES, State, within
from gradeline.logic import NO, UNKNOWN, Truth, at_least
from gradeline.plan.leaves import Bounds, Inverse, Leaf, Tree
from gradeline.plan.plan import Plan
from gradeline.records.facts import Fact

NO_ONSET = Interval(BEGINNING, END)


class View:
    """A record on a day: the open episode, and the state of every row, worked out when it is first asked for.

    `suppose` sets rows, and `onset` the onset, as if a question had been answered so.
    """

    def __init__(
        self,
        plan: Plan,
        chart: Chart,
        on: Day,
        suppose: Mapping[int, Truth] | None = None,
        onset: Interval | None = None,
    ) -> None:
        self.plan, self.chart, self.on = plan, chart, on
        self.episode: Episode | None
        self.episode, self.others = open_episode(plan, chart, on)
        self.onset = onset or (self.episode.onset if self.episode else NO_ONSET)
        self.supposed_onset = onset is not None
        self._truths: dict[Tree, Truth] = {}
        self._answers: dict[Tree, Answer] = {}
        self._days: dict[Day, View] = {on: self}
        self._states: dict[int, State] = {row: (truth, ()) for row, truth in (suppose or {}).items()}
        self._spans: dict[Bounds, tuple[Interval, Interval]] = {}

    def at(self, day: Day) -> View:
        """The same record on an earlier day; the episode is this one where the record did not show it yet."""
        then = self._days.get(day)
        if then is None:
            then = self._days[day] = View(self.plan, self.chart, day, onset=self.onset if self.supposed_onset else None)
            if then.episode is None and self.episode:
                then.episode, then.onset = self.episode, self.onset
        return then

    def state(self, row: int) -> State:
        """What the record says of a row, and the facts that say so."""
        state = self._states.get(row)
        if state is None:
            each = self.plan.rows[row]
            state = self._states[row] = STATES[each.shape](each, self)
        return state

    def reached(self) -> Iterator[tuple[int, Truth]]:
        """Every row that was worked out, on this day and on those that were asked beside it."""
        for view in self._days.values():
            yield from ((row, state[0]) for row, state in view._states.items())

    def truth(self, tree: Tree) -> Truth:
        """The truth of a tree, worked out once."""
        truth = self._truths.get(tree)
        if truth is None:
            truth = self._truths[tree] = self._work_out(tree)
        return truth

    def _work_out(self, tree: Tree) -> Truth:
        """The state of a row; else the mirror, the least, the greatest or the n-th best of what it is made of."""
        if isinstance(tree, Leaf):
            return self.state(tree.row)[0]
        if isinstance(tree, Inverse):
            return ~self.truth(tree.of)
        truths = [self.truth(each) for each in tree.of]
        if tree.n == len(truths):
            return min(truths)
        return max(truths) if tree.n == 1 and truths else at_least(tree.n, truths)

    def answer(self, tree: Tree) -> Answer:
        """The truth of a tree with the leaves that made it so, and those that would settle it."""
        answer = self._answers.get(tree)
        if answer is None:
            grounds: dict[int, Ground] = {}
            truth = self.truth(tree)
            self._explain(tree, truth, grounds)
            because = tuple(grounds.values())
            missing = tuple(each for each in because if each.truth is UNKNOWN) if truth is UNKNOWN else ()
            answer = self._answers[tree] = Answer(truth, because, missing)
        return answer

    def _explain(self, tree: Tree, truth: Truth, grounds: dict[int, Ground]) -> None:
        """Collect the leaves that made a tree what it is: those that say the same as it does."""
        if isinstance(tree, Leaf):
            grounds[tree.row] = Ground(tree.row, *self.state(tree.row))
        elif isinstance(tree, Inverse):
            self._explain(tree.of, ~truth, grounds)
        else:
            for each in tree.of:
                if self.truth(each) is truth:
                    self._explain(each, truth, grounds)

    def in_episode(self, fact: Fact) -> Truth:
        """Whether a fact is known by the day and lies in the episode."""
        return within(IN_EPISODE, lies(fact, self.on), self) if seen(fact, self.on) else NO

    def limit(self, span: Duration) -> Interval:
        """Between which days a time so long after the onset is up."""
        return Interval(shift(self.onset.first, span), shift(self.onset.last, span))

    def span(self, bounds: Bounds) -> tuple[Interval, Interval]:
        """Between which days a window begins, and between which it ends."""
        span = self._spans.get(bounds)
        if span is None:
            span = self._spans[bounds] = self._measure(bounds)
        return span

    def _measure(self, bounds: Bounds) -> tuple[Interval, Interval]:
        start, stop = Interval(BEGINNING, BEGINNING), Interval(END, END)
        if bounds.start is not None:
            first = shift(self.onset.first, bounds.start)
            start = Interval(first, first if bounds.earliest else shift(self.onset.last, bounds.start))
            if self.episode and bounds.stop is None:
                stop = Interval(self.episode.end, self.episode.end)
        if bounds.stop is not None:
            last = Interval(shift(self.onset.first, bounds.stop), shift(self.onset.last, bounds.stop))
            stop = Interval(min(stop.first, last.first), min(stop.last, last.last))
        if bounds.back is not None:
            back = shift(self.on, -bounds.back)
            start = Interval(max(start.first, back), max(start.last, back))
        return start, stop
