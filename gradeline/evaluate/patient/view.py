"""One ask: what a record shows on a day, read through a plan, with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradeline.dates import BEGINNING, END, Day, Duration, Interval, shift
from gradeline.evaluate.answer import Answer, Ground
from gradeline.evaluate.patient.chart import Chart, Entry, Recording, known
from gradeline.evaluate.patient.episodes import Episode, open_episode
from gradeline.evaluate.patient.states import IN_EPISODE, State, said, within
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.plan.leaves import AtLeastOf, Bounds, Inverse, Leaf, Tree, rows_in
from gradeline.plan.plan import Plan

NO_ONSET = Interval(BEGINNING, END)


class View:
    """A record on a day: the open episode, and the state of every row, worked out when it is first asked for.

    `suppose` sets rows, and `onset` the onset, as if a question had been answered so; `of` is a recording of the
    episode that is spoken of, where it is not the newest one.
    """

    def __init__(
        self,
        plan: Plan,
        chart: Chart,
        on: Day,
        suppose: Mapping[int, Truth] | None = None,
        onset: Interval | None = None,
        *,
        of: Recording | None = None,
    ) -> None:
        self.plan, self.chart, self.on, self.of = plan, chart, on, of
        self.episode: Episode | None
        self.episode, self.others = open_episode(plan, chart, on, of)
        self.onset = onset or (self.episode.onset if self.episode else NO_ONSET)
        self.supposed_onset = onset is not None
        self._supposes = bool(suppose)
        self._truths: dict[Tree, Truth] = {}
        self._answers: dict[Tree, Answer] = {}
        self._explained: dict[Tree, dict[int, Ground]] = {}
        self._days: dict[Day, View] = {}
        self._states: dict[int, State] = {row: (truth, ()) for row, truth in (suppose or {}).items()}
        self._spans: dict[Bounds, tuple[Interval, Interval]] = {}
        self._known: dict[str, list[Entry]] = {}
        self._inside: dict[tuple[str, Bounds], list[tuple[Entry, Truth]]] = {}

    def at(self, day: Day) -> View:
        """The same record on an earlier day; the episode is this one where the record did not show it yet."""
        then = self if day == self.on else self._days.get(day)
        if then is None:
            onset = self.onset if self.supposed_onset else None
            then = self._days[day] = View(self.plan, self.chart, day, onset=onset, of=self.of)
            if then.episode is None and self.episode:
                then.episode, then.onset = self.episode, self.onset
        return then

    def state(self, row: int) -> State:
        """What the record says of a row, and the facts that say so."""
        state = self._states.get(row)
        if state is None:
            state = self._states[row] = said(self.plan.rows[row], self)
        return state

    def reached(self) -> Iterator[tuple[int, Truth]]:
        """Every row that was asked about, on this day and on those that were asked beside it."""
        for view in (self, *self._days.values()):
            asked = {*view._states, *(row for tree in view._truths for row in rows_in(tree))}
            yield from ((row, view.state(row)[0]) for row in asked)

    def truth(self, tree: Tree) -> Truth:
        """The truth of a tree, worked out once."""
        truth = self._truths.get(tree)
        if truth is None:
            truth = self.state(tree.row)[0] if isinstance(tree, Leaf) else self._work_out(tree)
            self._truths[tree] = truth
        return truth

    def _work_out(self, tree: Inverse | AtLeastOf) -> Truth:
        """The mirror of a tree, or whether enough of its parts hold; of these no more are asked than it takes."""
        silence = self.plan.silence(tree)
        if silence and not self._supposes and silence.terms.isdisjoint(self.chart.entries):
            return silence.says
        if isinstance(tree, Inverse):
            return ~self.truth(tree.of)
        lacking, spare, worked_out = tree.n, len(tree.of) - tree.n, self._truths
        for each in tree.of:
            truth = worked_out.get(each)
            if truth is None:
                truth = self.truth(each)
            lacking -= truth is YES
            spare -= truth is NO
            if not lacking or spare < 0:
                break
        return NO if spare < 0 else UNKNOWN if lacking else YES

    def answer(self, tree: Tree) -> Answer:
        """The truth of a tree with the leaves that made it so, which, where it is unknown, would settle it."""
        answer = self._answers.get(tree)
        if answer is None:
            truth, because = self.truth(tree), tuple(self._grounds(tree).values())
            answer = self._answers[tree] = Answer(truth, because, because if truth is UNKNOWN else ())
        return answer

    def _grounds(self, tree: Tree) -> dict[int, Ground]:
        """The leaves that made a tree what it is: those that say the same as it does."""
        if isinstance(tree, Leaf):
            return {tree.row: Ground(tree.row, *self.state(tree.row))}
        if isinstance(tree, Inverse):
            return self._grounds(tree.of)
        grounds = self._explained.get(tree)
        if grounds is None:
            truth, grounds = self.truth(tree), {}
            for each in tree.of:
                if self.truth(each) is not truth:
                    continue
                if isinstance(each, Leaf):
                    grounds[each.row] = Ground(each.row, *self.state(each.row))
                else:
                    grounds |= self._grounds(each)
            self._explained[tree] = grounds
        return grounds

    def known(self, term: str) -> list[Entry]:
        """What is known of a term by the day."""
        found = self._known.get(term)
        if found is None and term in self.chart.entries:
            found = self._known[term] = known(self.chart.entries[term], self.on)
        return found or []

    def inside(self, term: str, bounds: Bounds) -> list[tuple[Entry, Truth]]:
        """What is known of a term by the day and may lie in a window, each with whether it surely does."""
        found = self._inside.get((term, bounds))
        if found is None:
            known, span = self.known(term), self.span(bounds)
            found = [(each, truth) for each in known if (truth := within(span, each.when)) is not NO]
            self._inside[term, bounds] = found
        return found

    def in_episode(self, when: Interval) -> Truth:
        """Whether something lies in the episode."""
        return within(self.span(IN_EPISODE), when)

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
