"""One episode as it truly was: contacts, acts, findings and scores, by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from gradeline.cohort.parameters import Region
from gradeline.dates import Day

Setting = Literal["general practice", "chiropractor", "physiotherapist", "hospital"]
GP: Setting = "general practice"
CHIROPRACTOR: Setting = "chiropractor"
PHYSIOTHERAPIST: Setting = "physiotherapist"
HOSPITAL: Setting = "hospital"
Fate = Literal["done", "planned", "declined", "cancelled"]
Side = Literal["left", "right"]


@dataclass(slots=True)
class Contact:
    """A visit for the episode; `referral` is a referral's own diagnosis, written without the patient there."""

    day: Day
    setting: Setting
    recorded: bool = True
    referral: bool = False


@dataclass(slots=True)
class Act:
    """One thing that was ordered, done or declined, by its term; `reasons` are those that the record gives for it."""

    term: str
    setting: Setting
    ordered: Day | None = None
    done: Day | None = None
    fate: Fate = "done"
    reasons: tuple[str, ...] = ()
    words: str = ""
    """A reason in words that no program reads."""
    recorded: bool = True

    @property
    def day(self) -> Day:
        """The day on which it was ordered, else done."""
        return self.ordered if self.ordered is not None else self.done or 0


@dataclass(slots=True)
class Finding:
    """A sign or a judgement, there or asked for and not there."""

    term: str
    day: Day
    setting: Setting
    present: bool = True
    recorded: bool = True


@dataclass(slots=True)
class Score:
    """A measurement."""

    term: str
    day: Day
    setting: Setting
    value: int
    recorded: bool


@dataclass(slots=True)
class Episode:
    """One course of radiating leg pain; `root` tells whether it comes from a nerve root, as the guideline means it."""

    onset: Day
    side: Side
    region: Region
    root: bool
    over: Day
    """The last day of the complaints."""
    contacts: list[Contact] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    end_recorded: bool = False
    operated: Day | None = None
    sided: bool = True
    """Whether hospital diagnoses state the side."""

    @property
    def first(self) -> Day:
        """The first contact."""
        return self.contacts[0].day

    @property
    def last(self) -> Day:
        """The last contact."""
        return self.contacts[-1].day
