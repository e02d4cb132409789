"""A person: born, living somewhere, moving, dying, and the episodes of their life in the period."""

from __future__ import annotations

from dataclasses import dataclass, field

from gradeline.cohort.chance import Chance
from gradeline.cohort.lives import care
from gradeline.cohort.lives.course import Course
from gradeline.cohort.lives.episode import HOSPITAL, Episode, Side
from gradeline.cohort.lives.scores import measure
from gradeline.cohort.parameters import Parameters, Period, Region
from gradeline.dates import Day

YEAR = 365.25
ADULT, OLD, OLDEST = 18, 65, 95
AFTERWARDS = 1000
"""How long after the end of the extract an episode may still go on, in days: what was meant does not end with it."""
NEW_SPELL, OTHER_SIDE = (180, 600), (30, 75)
"""Days from the last contact to a further onset: long enough to be a new episode; on the other side sooner."""


@dataclass(slots=True)
class Person:
    """Somebody who does not exist."""

    number: int
    born: Day
    female: bool
    region: Region
    """Where they live when the period begins."""
    moved: tuple[Day, Region] | None = None
    died: Day | None = None
    left: Day | None = None
    episodes: list[Episode] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of their Patient resource; a letter before the number, so that it never looks like a CPR number."""
        return f"p{self.number}"

    def region_on(self, day: Day) -> Region:
        """Where they live on a day."""
        return self.moved[1] if self.moved and self.moved[0] <= day else self.region

    def age_on(self, day: Day) -> float:
        """Their age, in years."""
        return (day - self.born) / YEAR

    def until(self, end: Day) -> Day:
        """The last day of their record, up to an end."""
        return min(day for day in (end, self.died, self.left) if day is not None)


def person(number: int, chance: Chance, parameters: Parameters) -> Person:
    """Let somebody live through the period."""
    period = parameters.period
    region = chance.weighted(parameters.homes)
    age = draw_age(chance, region)
    born = period.from_ - int(age * YEAR) - chance.whole(0, 364)
    someone = Person(number, born, chance.happens(region.people.women), region)
    befall(someone, chance, parameters)
    fall_ill(someone, chance, period)
    return someone


def draw_age(chance: Chance, region: Region) -> int:
    """Whole years of age at the beginning."""
    found, people = chance.draw(), region.people
    for share, first, last in (
        (people.children, 0, ADULT - 1), (people.young, ADULT, 39), (people.middle_aged, 40, OLD - 1),
    ):  # fmt: skip
        if found < share:
            return chance.whole(first, last)
        found -= share
    return chance.early(OLD, OLDEST)


def befall(someone: Person, chance: Chance, parameters: Parameters) -> None:
    """Deaths and moves: each at most once, and nothing after a death or out of the country."""
    period, people = parameters.period, someone.region.people
    years = (period.to - period.from_ + 1) / YEAR
    deadly = people.deaths_a_year_from_65 if someone.age_on(period.from_) >= OLD else people.deaths_a_year_under_65
    if chance.happens(deadly * years):
        someone.died = chance.whole(period.from_ + 1, period.to)
    elif chance.happens(people.leaves_a_year * years):
        someone.left = chance.whole(period.from_ + 1, period.to)
    if chance.happens(people.moves_a_year * years):
        others = [each for each in parameters.regions if each is not someone.region]
        day = chance.whole(period.from_ + 1, period.to)
        someone.moved = (day, chance.one(others)) if day < someone.until(period.to) else None


def fall_ill(someone: Person, chance: Chance, period: Period) -> None:
    """The episodes that begin in the period, one after the other."""
    illness, until = someone.region.illness, someone.until(period.to + AFTERWARDS)
    rate = illness.adults_a_year if someone.age_on(period.from_) >= ADULT else illness.children_a_year
    if not chance.happens(rate * (period.to - period.from_ + 1) / YEAR):
        return
    onset, side = chance.whole(period.from_, period.to), None
    while onset <= period.to:
        course = Course(chance, someone.region_on(onset), onset, until)
        if side:
            course.other_side(side)
        if course.first > until or course.first > period.to:
            return
        someone.episodes.append(run(course))
        if not chance.happens(illness.again):
            return
        onset, side = again(someone.episodes[-1], chance, illness.other_side)


def again(last: Episode, chance: Chance, other_side: float) -> tuple[Day, Side | None]:
    """The onset of a further episode; with a side where it comes so soon that only the side tells it apart."""
    seen = max(last.last, last.over)
    hospital = last.root and last.sided and any(each.setting == HOSPITAL for each in last.contacts)
    if hospital and last.operated is None and chance.happens(other_side):
        return seen + chance.whole(*OTHER_SIDE), "right" if last.side == "left" else "left"
    return seen + chance.whole(*NEW_SPELL), None


def run(course: Course) -> Episode:
    """One whole episode."""
    care.primary(course)
    care.hospital(course)
    care.warn(course)
    course.close_gaps()
    measure(course)
    episode = course.episode
    operated = min((each.done for each in episode.acts if each.term == care.SURGERY and each.done), default=None)
    course.cut(min(course.until, operated or course.until))
    episode.operated = operated
    well = operated is None and episode.over < course.until
    episode.end_recorded = well and course.chance.happens(course.recording.end)
    return episode
