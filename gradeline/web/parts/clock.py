"""The clock of an episode: a dial whose hours are weeks, and the same as text, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from gradeline.dates import Day, shift
from gradeline.evaluate.advice import Advice
from gradeline.evaluate.words.reasons import Reasons
from gradeline.model.words import Language, written, written_span
from gradeline.show.terminal.timeline import marks
from gradeline.show.terminal.words import days
from gradeline.web.words import WORDS

FACE, FURTHER, TRACK = 78, 15, 62
"""Where letters stand, how much further out those that would touch, and the radius of the track, its middle at 0."""
GAP = pi / 12
"""The dial is open at twelve, so that its beginning and its end do not meet."""
FAR_ENOUGH = 0.035
MOST_TICKS, A_MONTH = 26, 31
KINDS = ("onset", "act", "today", "due", "end")


@dataclass(frozen=True)
class Point:
    """A place on the dial, to a tenth."""

    x: float
    y: float


@dataclass(frozen=True)
class Moment:
    """Something on the clock: its letter, what it is and when, how long after the onset, and where it stands."""

    letter: str
    says: str
    since: str
    kind: str
    at: Point
    dot: Point


@dataclass(frozen=True)
class Clock:
    """Everything that the dial shows."""

    title: str
    moments: tuple[Moment, ...]
    track: str
    elapsed: str
    """Paths of the whole time, and of what has passed of it."""
    hand: Point
    ticks: tuple[tuple[Point, Point], ...]
    middle: str
    below: str
    left: str
    late: bool
    about: bool
    """Whether the onset is not known to the day; the clock then counts from the earliest that is possible."""


def clock(advice: Advice, language: Language) -> Clock | None:
    """The clock; none where nobody has said within a month when the episode began."""
    episode = advice.view.episode
    if episode is None or not episode.given or episode.onset.last - episode.onset.first > A_MONTH:
        return None
    end = shift(episode.onset.first, advice.plan.period)
    return Dial(advice, language, episode.onset.first, end).clock() if episode.onset.first < end else None


class Dial:
    """One dial on its way to a page."""

    def __init__(self, advice: Advice, language: Language, start: Day, end: Day) -> None:
        self.advice, self.language, self.words = advice, language, WORDS[language]
        self.start, self.end, self.span = start, end, written_span(advice.plan.period, language)
        self.reasons = Reasons(advice.view, language)

    def clock(self) -> Clock:
        """The dial with all that is on it."""
        passed, whole = self.advice.on - self.start, self.end - self.start
        word = "clock late" if passed > whole else "clock left" if passed < whole else "clock last"
        return Clock(
            title=self.words["clock"].format(day=passed, of=whole, span=self.span),
            moments=tuple(self.moments()),
            track=self.arc(whole),
            elapsed=self.arc(passed),
            hand=self.at(passed, TRACK),
            ticks=self.ticks(whole),
            middle=str(passed),
            below=self.words["clock of"].format(of=whole),
            left=self.words[word].format(days=days(abs(whole - passed), self.language), span=self.span),
            late=passed > whole,
            about=not self.advice.view.onset.exact,
        )

    def moments(self) -> Iterator[Moment]:
        """What happened and what falls due, in the order of the days; letters that would touch stand further out."""
        before, far = -FAR_ENOUGH, False
        for day, kind, letter, says in sorted(self.events(), key=lambda each: (each[0], KINDS.index(each[1]))):
            since = day - self.start
            share = since / (self.end - self.start)
            far = not far if share - before < FAR_ENOUGH else False
            before = share
            radius = FACE + FURTHER * far
            words = self.words["clock day"].format(day=since)
            yield Moment(letter, says, words, kind, self.at(since, radius), self.at(since, TRACK))

    def events(self) -> Iterator[tuple[Day, str, str, str]]:
        """The onset, every action, the day asked, what falls due, and the day on which the time is up."""
        onset = self.advice.view.onset
        began = self.day(self.start) if onset.exact else self.reasons.day(onset)
        yield self.start, "onset", "0", self.words["clock onset"].format(day=began)
        for mark in marks(self.advice, self.reasons):
            yield mark.day, "act", mark.letter, mark.says
        yield self.advice.on, "today", "•", self.words["clock today"].format(day=self.day(self.advice.on))
        due = {verdict.due: verdict for verdict in self.advice.recommendations if verdict.due}
        for day, verdict in due.items():
            name = verdict.recommendation.name.in_(self.language)
            yield day, "due", "!", self.words["clock due"].format(name=name, day=self.day(day))
        if self.end not in due:
            yield self.end, "end", "|", self.words["clock end"].format(span=self.span, day=self.day(self.end))

    def day(self, day: Day) -> str:
        """A day with its weekday."""
        near = abs(day - self.advice.on) < 300
        return written(day, self.language, year=not near, weekday=True)

    def at(self, day: int, radius: float) -> Point:
        """Where a day stands: clockwise from just after twelve to just before it; what is later stands at the end."""
        angle = self.angle(day)
        return Point(round(radius * sin(angle), 1), round(-radius * cos(angle), 1))

    def angle(self, day: int) -> float:
        """A day as an angle from twelve o'clock."""
        share = min(max(day / (self.end - self.start), 0), 1)
        return GAP + (2 * pi - 2 * GAP) * share

    def arc(self, day: int) -> str:
        """The path of the track from the onset to a day."""
        start, end = self.at(0, TRACK), self.at(day, TRACK)
        large = int(self.angle(day) - GAP > pi)
        return f"M{start.x} {start.y}A{TRACK} {TRACK} 0 {large} 1 {end.x} {end.y}"

    def ticks(self, whole: int) -> tuple[tuple[Point, Point], ...]:
        """A tick each week, fewer where the time is long."""
        step = 7 if whole // 7 <= MOST_TICKS else 28
        return tuple((self.at(day, TRACK - 5), self.at(day, TRACK + 5)) for day in range(0, whole + 1, step))
