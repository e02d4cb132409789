"""Lets an episode take its course: how it begins, who is seen when, and how it ends."""

from __future__ import annotations

from bisect import insort
from itertools import pairwise

from gradeline.cohort.chance import Chance
from gradeline.cohort.lives.episode import (
    CHIROPRACTOR,
    GP,
    HOSPITAL,
    PHYSIOTHERAPIST,
    Contact,
    Episode,
    Finding,
    Setting,
    Side,
)
from gradeline.cohort.parameters import Region, Span
from gradeline.dates import Day

RECENT = 84
"""Twelve weeks: who comes later than that is late."""
LONGEST_LATE = 200
SILENCE = 75
"""No more days than these between two contacts of the record: it makes one episode of one course of complaints."""
ROOT_SIGNS = ("root-sign", "radicular-leg-pain", "positive-nerve-stretch", "sensory-loss", "reflex-loss")


class Course:
    """An episode while it happens, with the numbers of its region, up to the end of the life or of the stay."""

    def __init__(self, chance: Chance, region: Region, onset: Day, until: Day) -> None:
        self.chance, self.until = chance, until
        self.illness, self.practice, self.recording = region.illness, region.practice, region.recording
        self.late = chance.happens(self.illness.late)
        delay = chance.whole(RECENT + 1, LONGEST_LATE) if self.late else chance.early(*self.illness.first_contact)
        self.first = onset + delay
        self.setting = self.begins()
        self.soon = not self.late and chance.happens(self.illness.recover_soon)
        self.severe = chance.happens(self.illness.severe)
        self.stays = self.severe and not self.soon and chance.happens(self.illness.stays_severe)
        over = max(onset + self.days(self.illness.soon), self.first + 3)
        self.episode = Episode(
            onset=onset, side=chance.one(("left", "right")), region=region, root=chance.happens(self.illness.root),
            over=over if self.soon else self.first + self.days(self.illness.later),
            sided=chance.happens(self.recording.side),
        )  # fmt: skip
        self.chiropractor_codes = chance.happens(self.recording.chiropractor_codes)
        self.physiotherapist_codes = chance.happens(self.recording.physiotherapist_codes)
        self.reports = chance.happens(self.recording.primary_care_reports)

    def begins(self) -> Setting:
        """Where the first contact is."""
        found = self.chance.draw()
        if found < self.illness.to_a_chiropractor:
            return CHIROPRACTOR
        return HOSPITAL if found < self.illness.to_a_chiropractor + self.illness.to_a_hospital else GP

    def other_side(self, side: Side) -> None:
        """Make it the other leg's, seen at the hospital and recorded with its side."""
        self.setting, self.episode.side, self.episode.sided, self.episode.root = HOSPITAL, side, True, True

    def days(self, span: Span) -> int:
        """So many days, within a span."""
        return self.chance.whole(*span)

    @property
    def last(self) -> Day:
        """The last day on which anybody is seen for it."""
        return min(self.episode.over, self.until)

    def codes(self, setting: Setting) -> bool:
        """Whether what is done there is coded at all."""
        if setting == CHIROPRACTOR:
            return self.chiropractor_codes
        return self.physiotherapist_codes if setting == PHYSIOTHERAPIST else True

    def contact(self, day: Day, setting: Setting, referral: bool = False) -> None:
        """One more contact; a referral is always recorded, whoever writes it."""
        recorded = referral or self.codes(setting)
        insort(self.episode.contacts, Contact(day, setting, recorded, referral), key=lambda each: each.day)

    def visits(self, day: Day, setting: Setting, every: Span, most: int) -> list[Day]:
        """Contacts from a day on, every so many days, as long as it lasts."""
        found: list[Day] = []
        while day <= self.last and len(found) < most:
            self.contact(day, setting)
            found.append(day)
            day += self.days(every)
        return found

    def look(self) -> None:
        """What the first examination finds of the root, and whether it is recorded."""
        recorded, first = self.codes(self.setting), self.first
        if self.episode.root:
            kept = recorded and self.chance.happens(self.recording.root_sign)
            sign = self.chance.one(ROOT_SIGNS)
            self.episode.findings.append(Finding(sign, first, self.setting, recorded=kept))
        elif recorded and self.chance.happens(self.recording.no_root_sign):
            self.episode.findings.append(Finding("root-sign", first, self.setting, present=False))

    def ask(self) -> None:
        """Warning signs asked for, and not there."""
        if self.codes(self.setting) and self.chance.happens(self.recording.asked):
            for sign in ("cauda-equina", "severe-leg-weakness"):
                self.episode.findings.append(Finding(sign, self.first, self.setting, present=False))

    def close_gaps(self) -> None:
        """Whoever is not well is seen now and then: a general practitioner fills a silence that is too long."""
        recorded = [each.day for each in self.episode.contacts if each.recorded]
        for before, after in pairwise(recorded):
            for day in range(before + SILENCE, after, SILENCE):
                self.contact(day, GP)

    def cut(self, limit: Day) -> None:
        """End it on a day: what lies after it does not happen, and what was ordered stays ordered."""
        episode = self.episode
        episode.over = min(episode.over, limit)
        episode.contacts = [each for each in episode.contacts if each.day <= limit]
        episode.findings = [each for each in episode.findings if each.day <= limit]
        episode.scores = [each for each in episode.scores if each.day <= limit]
        episode.acts = [each for each in episode.acts if each.day <= limit]
        for act in episode.acts:
            if act.done is not None and act.done > limit:
                act.done, act.fate = None, "planned"
