"""What a cohort is made of, as numbers: `parameters.yaml` explains each, under the same words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gradeline.cohort.chance import Weighted
from gradeline.dates import Day

Share = float
"""Of all, from 0 to 1."""
Number = float
Span = tuple[int, int]
"""From so many days to so many."""

REGIONS = {
    "Region Hovedstaden": "DK-84",
    "Region Sjælland": "DK-85",
    "Region Syddanmark": "DK-83",
    "Region Midtjylland": "DK-82",
    "Region Nordjylland": "DK-81",
}
"""The regions by name, with their codes in ISO 3166-2."""


@dataclass(frozen=True)
class Period:
    """What the extract holds."""

    from_: Day
    to: Day


@dataclass(frozen=True)
class People:
    """Who they are, and what ends their record."""

    women: Share
    children: Share
    young: Share
    middle_aged: Share
    deaths_a_year_under_65: Share
    deaths_a_year_from_65: Share
    moves_a_year: Share
    leaves_a_year: Share
    birth_year_only: Share
    death_month_only: Share


@dataclass(frozen=True)
class Illness:
    """Episodes of radiating leg pain, and how they go."""

    adults_a_year: Share
    children_a_year: Share
    again: Share
    other_side: Share
    late: Share
    first_contact: Span
    to_a_chiropractor: Share
    to_a_hospital: Share
    root: Share
    recover_soon: Share
    soon: Span
    later: Span
    severe: Share
    stays_severe: Share
    warning_sign: Share


@dataclass(frozen=True)
class Practice:
    """What is done about it."""

    advice_by_the_general_practitioner: Share
    advice_by_the_chiropractor: Share
    advice_by_the_physiotherapist: Share
    bed_rest: Share
    physiotherapy: Share
    exercise: Share
    exercise_by_the_chiropractor: Share
    directional: Share
    control: Share
    directional_and_control: Share
    mobilisation: Share
    mobilisation_by_the_chiropractor: Share
    manipulation_by_the_chiropractor: Share
    acupuncture: Share
    exercise_declined: Share
    radiograph: Share
    mri: Share
    reason: Share
    mri_wait: Span
    order_cancelled: Share
    cancelled_by_the_patient: Share
    hospital: Share
    hospital_wait: Span
    hospital_exercise: Share
    injection: Share
    assessment_when_severe: Share
    assessment_otherwise: Share
    assessment_wait: Span
    operation: Share


@dataclass(frozen=True)
class Recording:
    """What the record keeps of it."""

    onset: Share
    onset_in_referrals: Share
    onset_repeats_the_day: Share
    onset_month_only: Share
    root_sign: Share
    no_root_sign: Share
    chiropractor_codes: Share
    physiotherapist_codes: Share
    advice: Share
    referral_to_physiotherapy: Share
    declined: Share
    hospital_codes: Share
    primary_care_reports: Share
    nearest_code: Share
    general_code: Share
    wider_region: Share
    two_codings: Share
    other_address: Share
    side: Share
    scores_once: Share
    scores_always: Share
    disability_too: Share
    unknown_scale: Share
    asked: Share
    end: Share
    problem_list: Share
    month_only: Share
    twice: Share
    in_error: Share


@dataclass(frozen=True)
class Background:
    """Everything else in a record."""

    contacts_a_year_of_children: Number
    contacts_a_year_of_the_young: Number
    contacts_a_year_of_the_middle_aged: Number
    contacts_a_year_of_the_old: Number
    laboratory: Share
    blood_pressure: Share
    prescription: Share
    hospital_contact: Share
    imaging: Share
    back_pain: Share
    earlier_operation: Share
    earlier_bladder_trouble: Share
    stenosis: Share


@dataclass(frozen=True)
class Region:
    """A region, how many live there, and every number as it is there."""

    name: str
    share: Share
    people: People
    illness: Illness
    practice: Practice
    recording: Recording
    background: Background

    @property
    def code(self) -> str:
        """The code in ISO 3166-2."""
        return REGIONS[self.name]


@dataclass(frozen=True)
class Parameters:
    """All numbers of a cohort, and the text of the file that changed them."""

    period: Period
    regions: tuple[Region, ...]
    changes: str = ""

    @cached_property
    def homes(self) -> Weighted[Region]:
        """The regions by how many live there."""
        return Weighted((each.share, each) for each in self.regions)
