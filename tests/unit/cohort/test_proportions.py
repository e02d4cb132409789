"""What the parameters ask for comes out, within the bounds of chance, on fixed seeds."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from gradeline.cohort.lives.course import RECENT
from gradeline.cohort.lives.episode import CHIROPRACTOR, GP, HOSPITAL, PHYSIOTHERAPIST, Episode
from gradeline.cohort.lives.person import Person
from gradeline.cohort.parameters import Region
from gradeline.cohort.reading import parse
from tests.unit.cohort.conftest import ILL, Written, comes_out, lives

REGION = parse(ILL).regions[0]
"""Of the numbers that are the same everywhere any region's will do."""


def test_people_live_where_and_are_who_they_should_be(people: list[Person]) -> None:
    assert comes_out(sum(one.female for one in people), len(people), REGION.people.women)
    homes = Counter(one.region.name for one in people)
    for region in parse(ILL).regions:
        assert comes_out(homes[region.name], len(people), region.share), region.name
    children = sum(one.age_on(parse(ILL).period.from_) < 18 for one in people)
    assert comes_out(children, len(people), REGION.people.children)


def test_some_die_leave_and_move() -> None:
    changes = "people:\n" + "".join(
        f"  {what}: 20 %, assumed\n"
        for what in ("deaths a year under 65", "deaths a year from 65", "leaves a year", "moves a year")
    )
    everybody = lives(changes, 1, 3000)
    died = sum(one.died is not None for one in everybody)
    years = (parse(changes).period.to - parse(changes).period.from_ + 1) / 365.25
    assert comes_out(died, len(everybody), 0.2 * years)
    assert comes_out(sum(one.left is not None for one in everybody), len(everybody) - died, 0.2 * years)
    for one in everybody:
        assert one.moved is None or one.moved[0] < one.until(parse(changes).period.to)
        last = one.until(10**6)
        assert not [act for episode in one.episodes for act in episode.acts if (act.done or act.day) > last]


def test_one_person_in_ten_has_an_episode() -> None:
    everybody = lives("", 1, 8000)
    assert 0.09 < sum(bool(one.episodes) for one in everybody) / len(everybody) < 0.11


def first(episodes: list[Episode]) -> list[Episode]:
    """The episodes whose first contact is in primary care and not forced by an earlier one."""
    return [each for each in episodes if each.contacts[0].setting != HOSPITAL]


def test_illness_goes_as_asked(episodes: list[Episode]) -> None:
    illness = REGION.illness
    late = [each for each in episodes if each.first - each.onset > RECENT]
    assert comes_out(len(late), len(episodes), illness.late)
    prompt = [each for each in episodes if each.first - each.onset <= RECENT]
    soon = sum(each.over <= max(each.onset + illness.soon[1], each.first + 3) for each in prompt)
    assert comes_out(soon, len(prompt), illness.recover_soon)
    chiropractors = sum(each.contacts[0].setting == CHIROPRACTOR for each in first(episodes))
    share = illness.to_a_chiropractor / (1 - illness.to_a_hospital)
    assert comes_out(chiropractors, len(first(episodes)), share)


def test_warning_signs_are_rare(episodes: list[Episode]) -> None:
    """Only signs found at the hospital are of that draw."""
    signs = sum(
        any(each.present and each.setting == HOSPITAL and each.term in SIGNS for each in one.findings)
        or any(each.term == "leg-strength" for each in one.scores)
        for one in episodes
    )
    assert comes_out(signs, len(episodes), REGION.illness.warning_sign)


SIGNS = {
    "bladder-or-bowel-trouble", "cauda-equina", "saddle-numbness", "progressive-deficit", "severe-leg-weakness",
    "vertebral-fracture", "unexplained-weight-loss", "spinal-cancer",
}  # fmt: skip


def test_practice_differs_between_regions_as_asked(episodes: list[Episode]) -> None:
    scans: dict[str, list[bool]] = {}
    for each in first(episodes):
        ordered = any(act.term == "lumbar-mri" and act.setting != HOSPITAL for act in each.acts)
        scans.setdefault(each.region.name, []).append(ordered)
    by_name: dict[str, Region] = {each.name: each for each in parse(ILL).regions}
    for name, found in scans.items():
        assert comes_out(sum(found), len(found), by_name[name].practice.mri), name
    share = {name: sum(found) / len(found) for name, found in scans.items()}
    assert share["Region Hovedstaden"] > share["Region Nordjylland"]


def test_an_mri_often_has_no_reason(episodes: list[Episode]) -> None:
    orders = [
        act for each in episodes for act in each.acts if act.term == "lumbar-mri" and act.setting in (GP, CHIROPRACTOR)
    ]
    assert comes_out(sum(bool(act.reasons) for act in orders), len(orders), REGION.practice.reason)


def test_advice_is_given_as_was_found(episodes: list[Episode]) -> None:
    started = [each for each in episodes if each.contacts[0].setting == GP]
    advised = sum(any(act.term == "activity-advice" and act.setting == GP for act in each.acts) for each in started)
    assert comes_out(advised, len(started), REGION.practice.advice_by_the_general_practitioner)


def test_of_the_cancelled_orders_some_are_the_patients_wish(episodes: list[Episode]) -> None:
    stopped = [
        act for each in episodes for act in each.acts if act.ordered and act.fate in ("cancelled", "declined")
        if act.term != "supervised-exercise"
    ]  # fmt: skip
    wishes = sum(act.fate == "declined" for act in stopped)
    assert comes_out(wishes, len(stopped), REGION.practice.cancelled_by_the_patient)


def test_exercise_is_often_not_recorded(episodes: list[Episode]) -> None:
    courses = [
        [act.recorded for act in each.acts if act.setting == PHYSIOTHERAPIST and act.term != "activity-advice"]
        for each in episodes
    ]
    treated = [each for each in courses if each]
    assert all(len(set(each)) == 1 for each in treated)
    assert comes_out(sum(each[0] for each in treated), len(treated), REGION.recording.physiotherapist_codes)


def own_diagnoses(ill: Written) -> list[dict[str, Any]]:
    """The diagnoses of radiating pain that were written at a contact, not on a problem list."""
    return [
        one
        for one in ill.resources["Condition"]
        if one["category"][0]["coding"][0]["code"] == "encounter-diagnosis"
        and {"L86", "23056005"} & {coding["code"] for coding in one["code"]["coding"]}
    ]


def test_an_onset_is_given_in_few_and_in_half_of_the_referrals(ill: Written) -> None:
    recording = REGION.recording
    here = [one for one in own_diagnoses(ill) if "encounter" in one]
    there = [one for one in own_diagnoses(ill) if "encounter" not in one]
    repeated = sum(one.get("onsetDateTime") == one["recordedDate"] for one in here)
    assert comes_out(sum("onsetDateTime" in one for one in here) - repeated, len(here), recording.onset)
    assert comes_out(repeated, len(here), recording.onset_repeats_the_day)
    given = [one["onsetDateTime"] for one in there if "onsetDateTime" in one]
    assert comes_out(len(given), len(there), recording.onset_in_referrals)
    assert comes_out(sum(len(each) == 7 for each in given), len(given), recording.onset_month_only)


def test_hospitals_code_as_asked(ill: Written) -> None:
    recording = REGION.recording
    codes = [
        one["code"]["coding"]
        for one in ill.resources["Condition"]
        if one["code"]["coding"][0]["code"].startswith(("DM511", "DM541A", "DG544"))
        and one["verificationStatus"]["coding"][0]["code"] == "confirmed"
    ]
    assert comes_out(sum(len(each) == 2 for each in codes), len(codes), recording.two_codings)
    unexpected = sum(each[0]["system"] == "urn:oid:1.2.208.176.2.4" for each in codes)
    assert comes_out(unexpected, len(codes), recording.other_address)


def test_the_side_is_stated_as_asked(episodes: list[Episode]) -> None:
    assert comes_out(sum(each.sided for each in first(episodes)), len(first(episodes)), REGION.recording.side)


@pytest.mark.parametrize("share", [0, 100])
def test_statements_come_twice_as_often_as_asked(share: int) -> None:
    from tests.unit.cohort.conftest import written

    found = written(ILL.replace("twice: 0 %", f"twice: {share} %"), 1, 300)
    bodies = Counter(
        str({name: value for name, value in one.items() if name != "id"})
        for one in found.resources["Condition"]
        if one["category"][0]["coding"][0]["code"] == "encounter-diagnosis" and "encounter" in one
    )
    assert {min(bodies.values()), max(bodies.values())} == ({2} if share else {1})


def test_one_course_makes_one_episode_of_the_record(people: list[Person]) -> None:
    """No silence of three months inside a course, and more than that, or the other side, before the next."""
    for one in people:
        for episode in one.episodes:
            seen = [each.day for each in episode.contacts if each.recorded]
            assert all(after - before < 89 for before, after in pairwise(seen))
        for last, following in pairwise(one.episodes):
            apart = following.first - last.last > 92
            assert apart or (last.side != following.side and last.sided and following.sided and following.root)
