"""Pain and disability through an episode: never rising but where it stays severe, measured at the contacts."""

from __future__ import annotations

from gradeline.cohort.lives.course import Course
from gradeline.cohort.lives.episode import Contact, Score
from gradeline.dates import Day

PAIN, DISABILITY = (1, 6), (6, 40)
"""From nothing much to just not severe."""
SEVERE_PAIN, SEVERE_DISABILITY = (7, 9), (42, 68)


def measure(course: Course) -> None:
    """Give the episode its scores: some have none recorded, some the first only, some all of them."""
    found, recording = course.chance.draw(), course.recording
    always = found < recording.scores_always
    once = not always and found < recording.scores_always + recording.scores_once
    disability = course.chance.happens(recording.disability_too)
    seen = [each for each in course.episode.contacts if each.recorded and not each.referral]
    pains = Fading(course, PAIN, SEVERE_PAIN)
    disabilities = Fading(course, DISABILITY, SEVERE_DISABILITY)
    for number, contact in enumerate(seen):
        kept = always or (once and number == 0)
        course.episode.scores.append(score("pain", contact, pains.on(contact.day), kept))
        course.episode.scores.append(score("disability", contact, disabilities.on(contact.day), kept and disability))


def score(term: str, contact: Contact, value: int, recorded: bool) -> Score:
    """One measurement at a contact."""
    return Score(term, contact.day, contact.setting, value, recorded)


class Fading:
    """A score that fades from the first contact to the end, or stays where it is."""

    def __init__(self, course: Course, mild: tuple[int, int], severe: tuple[int, int]) -> None:
        self.course, self.low, self.severe = course, mild[0], severe
        self.start = course.days(severe if course.severe else (mild[1] // 2, mild[1]))

    def on(self, day: Day) -> int:
        """Its value on a day."""
        course = self.course
        if course.stays:
            return course.days(self.severe)
        gone = (day - course.first) / max(1, course.episode.over - course.first)
        return round(self.start - (self.start - self.low) * min(1.0, gone))
