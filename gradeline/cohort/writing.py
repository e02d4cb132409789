"""A batch of patients: each lives, is written down, and the truth about them is kept apart."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.cohort import meant
from gradeline.cohort.chance import Chance
from gradeline.cohort.lives.person import person
from gradeline.cohort.notes import acts
from gradeline.cohort.notes.background import background
from gradeline.cohort.notes.chart import TYPES, Chart, line
from gradeline.cohort.notes.contacts import Notes
from gradeline.cohort.notes.who import patient
from gradeline.cohort.parameters import Parameters

TRUTH = "truth"


@dataclass(frozen=True)
class Cohort:
    """What makes a cohort what it is, whatever its size."""

    seed: int
    parameters: Parameters
    truth: bool = False


def batch(cohort: Cohort, first: int, last: int) -> dict[str, bytes]:
    """The lines of the patients from one number to another, by the file that they belong to."""
    lines: dict[str, list[bytes]] = {type: [] for type in (*TYPES, TRUTH)}
    for number in range(first, last + 1):
        one(cohort, number, lines)
    return {name: b"".join(each) for name, each in lines.items() if each}


def one(cohort: Cohort, number: int, lines: dict[str, list[bytes]]) -> None:
    """One patient."""
    chance, parameters = Chance(cohort.seed, number), cohort.parameters
    someone = person(number, chance, parameters)
    chart = Chart(someone, chance, parameters.period.to, lines)
    people = someone.region.people
    partial = chance.happens(people.birth_year_only), chance.happens(people.death_month_only)
    lines["Patient"].append(line(patient(someone, chart.doctor, partial, parameters.period.to)))
    background(chart, someone.region.background, parameters.period.from_)
    for episode in someone.episodes:
        notes = Notes(chart, episode, episode.region.recording)
        notes.write()
        acts.write(notes)
    if cohort.truth:
        lines[TRUTH].append(meant.line(someone, parameters.period.to))
