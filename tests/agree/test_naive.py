"""The oracle on forms and the gate, reasoned by hand from the text: each case names the rule that it holds it to."""

from __future__ import annotations

from typing import Any

from gradeline.codes import Coding
from gradeline.dates import Duration, day
from gradeline.logic import NO, UNKNOWN, YES
from gradeline.model.criteria import (
    All,
    Comparison,
    Latest,
    Parameter,
    Persisting,
    Recorded,
    Window,
)
from gradeline.model.forms import Avoid, ByATime, Do, Either, InsteadOf, NotRoutine, Together
from gradeline.records.facts import Fact, Record
from tests.agree.clinic import (
    BEFORE_ONSET,
    LEG,
    SKS,
    TODAY,
    answer,
    fact,
    guideline,
    order,
    own,
    recommendation,
    record,
    score,
    warning,
)
from tests.agree.naive import advise

SEVERE = Latest("pain", Comparison.AT_LEAST, Parameter("severe-pain"))
MARKED = Latest("disability", one_of=("own:marked",))
LASTING = All(tuple(Persisting(each, Parameter("persists-for"), "exercise") for each in (SEVERE, MARKED)))
ASSESSED = recommendation(ByATime("assessment", Duration(days=84)), 9, LASTING)
PAIN = (
    score("pain", "2026-10-12", 8),
    score("pain", "2026-11-16", 8),
    fact("disability", "2026-10-12", value=own("marked")),
    fact("disability", "2026-11-16", value=own("marked")),
)
EXERCISE = fact("exercise", "2026-10-05")
FORMS = (
    InsteadOf("exercise", "rest"),
    Do("exercise"),
    Either(("directional", "control")),
    Together("directional", "control"),
    NotRoutine("rest"),
    NotRoutine("scan", (LASTING, Recorded("assessment"))),
    ASSESSED,
)


def only(form: Any, *facts: Fact, on: int = TODAY, **changes: Any) -> Any:
    """What one recommendation says where the leg is known since October."""
    return tuple(advise(guideline(form, **changes), record(LEG, *facts), on)["recommendations"][0])


def test_the_example_of_the_design() -> None:
    """Woman, day 64 of 84: a scan without a reason, exercise of no stated kind, and an assessment that falls due."""
    said = advise(guideline(*FORMS), record(LEG, EXERCISE, *PAIN, order("scan", "2026-10-02")), TODAY)
    assert said["gate"] == "not asked"
    assert said["population"] is YES
    assert said["recommendations"] == [
        answer(YES, "followed"),
        answer(YES, "followed"),
        answer(YES, "unknown"),
        answer(UNKNOWN, "unknown"),
        answer(YES, "followed"),
        answer(YES, "departed"),
        answer(YES, "open", "2026-12-13"),
    ]


def test_overdue_leads_after_the_limit() -> None:
    """The obligation stands after the weeks of the population are over, and while the episode is open."""
    for on, population, expected in (
        ("2026-12-13", YES, answer(YES, "open", "2026-12-13")),
        ("2026-12-14", NO, answer(YES, "departed", "2026-12-13")),
        ("2027-03-13", NO, answer(YES, "departed", "2026-12-13")),
        ("2027-03-14", NO, answer(NO)),
    ):
        said = advise(guideline(ASSESSED), record(LEG, EXERCISE, *PAIN), day(on))
        assert said["population"] is population
        assert said["recommendations"] == [expected]


def test_an_obligation_lapses_with_its_reason() -> None:
    """Pain that eases before the limit lapses it; pain that eases after the limit does not."""
    eased = score("pain", "2026-12-13", 3)
    late = score("pain", "2026-12-14", 3)
    assert only(ASSESSED, EXERCISE, *PAIN, eased, on=day("2026-12-20")) == answer(NO)
    assert only(ASSESSED, EXERCISE, *PAIN, late, on=day("2026-12-20")) == answer(YES, "departed", "2026-12-13")


def test_done_by_the_limit_or_only_booked() -> None:
    booked = fact("assessment", "2026-12-10", "2026-11-20", status="planned")
    assert only(ASSESSED, EXERCISE, *PAIN, booked) == answer(YES, "open", "2026-12-13")
    for when, practice in (("2026-12-13", "followed"), ("2026-12-14", "departed"), ("2026-12", "unknown")):
        done = fact("assessment", when, "2026-12-31")
        due = "2026-12-13" if practice == "departed" else ""
        assert only(ASSESSED, EXERCISE, *PAIN, done, on=day("2027-01-10")) == answer(YES, practice, due)


def test_a_lasting_pain_needs_treatment_before_its_last_day() -> None:
    assert only(ASSESSED, *PAIN) == answer(UNKNOWN, "open", "2026-12-13"), "no treatment recorded"
    assert only(ASSESSED, fact("exercise", "2026-11-16"), *PAIN)[0] is UNKNOWN, "begun on the second day, not before"
    assert only(ASSESSED, order("exercise", "2026-11-15"), *PAIN)[0] is YES, "ordered the day before"


def test_an_action_without_its_kind_leaves_the_kind_open() -> None:
    general = fact("exercise", "2026-10-05", codings=(Coding(SKS, "BLNA3"),))
    special = fact("exercise", "2026-10-05", codings=(Coding(SKS, "BLNA"), Coding(SKS, "BLNC60")))
    assert only(Do("directional"), general) == answer(YES, "unknown")
    assert only(Do("exercise"), special) == answer(YES, "followed")
    assert only(Do("control"), special) == answer(YES, "followed")
    assert only(Do("directional"), special) == answer(YES, "open")


def test_offered_and_declined_is_followed() -> None:
    declined = fact("exercise", "2026-10-05", status="negated", declined=True)
    assert only(Do("exercise"), declined) == answer(YES, "followed")
    assert only(Do("exercise"), declined._replace(declined=False)) == answer(YES, "open")
    assert only(Either(("exercise", "rest")), declined) == answer(YES, "followed")
    assert only(Do("directional"), declined) == answer(YES, "unknown"), "which kind was offered?"


def test_the_latest_of_two_decides() -> None:
    rest = fact("rest", "2026-10-05")
    form = InsteadOf("exercise", "rest")
    assert only(form) == answer(YES, "open")
    assert only(form, rest) == answer(YES, "departed")
    assert only(form, rest, fact("exercise", "2026-10-06")) == answer(YES, "followed")
    assert only(form, rest, fact("exercise", "2026-10-04")) == answer(YES, "departed")
    assert only(form, rest, fact("exercise", "2026-10-05")) == answer(YES, "unknown")
    assert only(form, rest, fact("exercise", "2026-10", "2026-11-02")) == answer(YES, "unknown")
    for alone in (rest, fact("exercise", "2026-10-06")):
        said = advise(guideline(form), record(LEG, alone), TODAY, "nothing")
        assert said["recommendations"] == [answer(YES, "unknown")], "the other may have come later, unasked"


def test_reasons_are_judged_on_the_day_of_the_order() -> None:
    form = NotRoutine("scan", (Recorded("paresis"),))
    scan = order("scan", "2026-10-10")
    done = fact("scan", "2026-10-20", key="image", of=(scan.key,))
    assert only(form) == answer(YES, "followed")
    assert only(form, scan, done) == answer(YES, "departed")
    assert only(form, scan, done, fact("paresis", "2026-10-10")) == answer(YES, "justified")
    assert only(form, scan, done, fact("paresis", "2026-10-11")) == answer(YES, "departed"), "a day late"
    assert only(form, done, fact("paresis", "2026-10-11")) == answer(YES, "justified"), "no order: its own day"
    assert only(form, scan, done, fact("paresis", "2026-10-10", sureness="possible")) == answer(YES, "unknown")
    assert only(form, scan._replace(sureness="possible")) == answer(YES, "unknown")
    assert only(Avoid("scan"), scan) == answer(YES, "departed")


def test_an_orders_own_reason() -> None:
    form = NotRoutine("scan", (Recorded("paresis"),))
    scan = order("scan", "2026-10-10")

    def because(term: str, known: str = "2026-10-10", **said: Any) -> Any:
        return only(form, scan, fact(term, known, known, kind="reason", of=(scan.key,), **said))[1]

    assert because("paresis") == "justified"
    assert because("paresis", "2026-10-11") == "departed"
    assert because("root") == "departed", "the indication is no reason"
    assert because("sign") == "departed", "readable, and none of the reasons"
    assert because("paresis", codings=(), text="foot?") == "unknown", "free text cannot be read"
    assert only(form, scan, fact("paresis", "2026-10-10", kind="reason", of=("other",)))[1] == "departed"


def test_the_worst_of_several_scans_counts_and_one_act_is_one() -> None:
    form = NotRoutine("scan", (Recorded("paresis"),))
    reason = fact("paresis", "2026-10-10")
    first, second = order("scan", "2026-10-05"), order("scan", "2026-10-12")
    assert only(form, second, reason) == answer(YES, "justified")
    assert only(form, first, second, reason) == answer(YES, "departed")
    image = fact("scan", "2026-10-30")
    assert only(form, second, image, reason) == answer(YES, "justified"), "the order's own image"


def test_warning_signs_stop_and_only_negatives_settle() -> None:
    signs = ((Recorded("alarm", BEFORE_ONSET),), (Recorded("paresis", BEFORE_ONSET),))
    whole = guideline(Do("exercise"), gate=warning(*signs))

    def gate(*facts: Fact) -> Any:
        said = advise(whole, record(LEG, *facts), TODAY)
        assert (said["recommendations"] == []) is (said["gate"] == "yes")
        return said["gate"]

    absent = fact("alarm", "2026-10-01", status="negated")
    assert gate() == "not asked"
    assert gate(fact("alarm", "2026-08-23")) == "yes"
    assert gate(fact("alarm", "2026-08-22")) == "not asked"
    assert gate(fact("alarm", "2026-10-01", sureness="possible")) == "not asked"
    assert gate(absent) == "not asked", "the other group is still to ask"
    assert gate(absent, fact("paresis", "2026-10-01", status="negated")) == "no"
    assert gate(absent, fact("paresis", "2026-09-19", status="negated")) == "not asked", "before the episode"


def test_asking_settles_what_is_older_and_not_what_came_after() -> None:
    """A sign that has left its window is a question; a negative answers it only if it is the newer."""
    recent = guideline(gate=warning((Recorded("alarm", Window(back=Duration(days=28))),)))
    for sign, negative, expected in (
        ("2026-10-01", "2026-10-05", "no"),
        ("2026-10-05", "2026-10-01", "not asked"),
        ("2026-10-05", "2026-10-05", "not asked"),
    ):
        absent = fact("alarm", negative, key="absent", status="negated")
        assert advise(recent, record(LEG, fact("alarm", sign), absent), TODAY)["gate"] == expected


def test_the_order_of_the_facts_changes_nothing() -> None:
    facts = (LEG, EXERCISE, *PAIN, order("scan", "2026-10-02"))
    whole = guideline(*FORMS)
    there = advise(whole, Record(record().patient, facts), TODAY)
    assert there == advise(whole, Record(record().patient, facts[::-1]), TODAY)
