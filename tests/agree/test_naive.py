"""The oracle on cases reasoned by hand from the text: each names the rule that it holds the oracle to."""

from __future__ import annotations

from typing import Any

import pytest

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, Duration, Interval, day
from gradeline.logic import NO, UNKNOWN, YES
from gradeline.model.criteria import (
    EVER,
    IN_EPISODE,
    All,
    AnyOf,
    Comparison,
    Criterion,
    Latest,
    Onset,
    Parameter,
    Persisting,
    Recorded,
    Window,
)
from gradeline.model.forms import Avoid, ByATime, Do, Either, InsteadOf, NotRoutine, Together
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact, Record
from tests.agree.clinic import (
    BEFORE_ONSET,
    ICD10,
    ICPC2,
    SKS,
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
from tests.agree.naive_criteria import ask

TODAY = day("2026-11-23")
SEVERE = Latest("pain", Comparison.AT_LEAST, Parameter("severe-pain"))
MARKED = Latest("disability", one_of=("own:marked",))
LASTING = All(tuple(Persisting(each, Parameter("persists-for"), "exercise") for each in (SEVERE, MARKED)))
ASSESSED = recommendation(ByATime("assessment", Duration(days=84)), 9, LASTING)
LEG = fact("root", "2026-09-20", "2026-10-01")
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


def practices(said: dict[str, Any]) -> list[Any]:
    return [tuple(each) for each in said["recommendations"]]


def only(form: Any, *facts: Fact, on: int = TODAY, **changes: Any) -> Any:
    """What one recommendation says where the leg is known since October."""
    return tuple(advise(guideline(form, **changes), record(LEG, *facts), on)["recommendations"][0])


def holds(criterion: Criterion, *facts: Fact, on: int = TODAY, **person: Any) -> Any:
    now = ask(guideline(), record(LEG, *facts, **person), on, "record")
    assert now
    return now.holds(criterion)


def test_the_example_of_the_design() -> None:
    """Woman, day 64 of 84: a scan without a reason, exercise of no stated kind, and an assessment that falls due."""
    said = advise(guideline(*FORMS), record(LEG, EXERCISE, *PAIN, order("scan", "2026-10-02")), TODAY)
    assert said["gate"] == "not asked"
    assert said["population"] is YES
    assert practices(said) == [
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
        assert practices(said) == [expected]


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


def test_a_lasting_pain_needs_treatment_and_two_days() -> None:
    assert only(ASSESSED, *PAIN) == answer(UNKNOWN, "open", "2026-12-13"), "no treatment recorded"
    assert only(ASSESSED, fact("exercise", "2026-11-16"), *PAIN)[0] is UNKNOWN, "begun on the second day, not before"
    lasting = Persisting(SEVERE, Duration(days=28))
    first = score("pain", "2026-10-20", 8)
    assert holds(lasting, first, score("pain", "2026-11-17", 7)) is YES
    assert holds(lasting, first, score("pain", "2026-11-16", 7)) is UNKNOWN, "27 days apart"
    assert holds(lasting, first, score("pain", "2026-11-17", 6)) is NO, "the newest says otherwise"
    assert holds(lasting, first, score("pain", "2026-11-17", 7), score("pain", "2026-11-01", 6)) is NO
    assert holds(lasting, first, score("pain", "2026-11-17", 7), score("pain", "2026-10-01", 6)) is YES
    assert holds(lasting, first, score("pain", "2026-11-17", 7), score("pain", "2026-11-01", 8)) is YES


def test_recent_onset_has_its_eighty_fourth_day() -> None:
    for onset, expected in (
        ("2026-08-31", YES),
        ("2026-08-30", NO),
        ("2026-08", UNKNOWN),
        ("2026-07", NO),
        ("2026-09", YES),
        ("2026-10-01", UNKNOWN),
    ):
        said = advise(guideline(), record(fact("root", onset, "2026-10-01")), TODAY)
        assert said["population"] is expected, onset


def test_an_onset_that_repeats_its_recording_is_only_an_upper_bound() -> None:
    """Recorded on 1 October, with an onset of that day: it may have begun up to three months before."""
    repeats = fact("root", "2026-10-01", "2026-10-01")
    assert advise(guideline(), record(repeats), day("2026-10-02"))["population"] is UNKNOWN
    assert advise(guideline(), record(repeats), day("2026-10-01"))["population"] is UNKNOWN
    assumed = repeats._replace(assumed=True)
    assert advise(guideline(), record(assumed), TODAY)["population"] is YES
    assert advise(guideline(), record(assumed._replace(no_onset=True)), TODAY)["population"] is UNKNOWN
    now = ask(guideline(), record(repeats), TODAY, "record")
    assert now
    assert now.episode.onset == Interval(day("2026-07-01"), day("2026-10-01"))


def test_a_wider_code_needs_its_sign() -> None:
    wide = LEG._replace(codings=(Coding(ICPC2, "L86"),))
    for sign, expected in (
        ((), UNKNOWN),
        ((fact("sign", "2026-10-01"),), YES),
        ((fact("sign", "2026-10-01", status="negated"),), NO),
        ((fact("sign", "2026-09-01", status="negated"),), UNKNOWN),
    ):
        assert advise(guideline(), record(wide, *sign), TODAY)["population"] is expected


@pytest.mark.parametrize(
    ("codings", "expected"),
    [
        ((Coding(SKS, "DM511A"),), YES),
        ((Coding(SKS, "DM511H"),), NO),
        ((Coding(SKS, "DM511A+TUL1"),), YES),
        ((Coding(ICD10, "M51.1"),), YES),
        ((Coding(ICD10, "m511"),), YES),
        ((Coding(ICD10, "M54.3"),), UNKNOWN),
        ((Coding("http://example.org", "root"),), NO),
        (own("root"), YES),
        (own("sign"), NO),
    ],
)
def test_codes_belong_to_the_index_condition(codings: tuple[Coding, ...], expected: Any) -> None:
    coded = LEG._replace(codings=codings)
    assert advise(guideline(), record(coded), TODAY)["population"] is expected


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


def test_the_latest_of_two_decides() -> None:
    rest = fact("rest", "2026-10-05")
    form = InsteadOf("exercise", "rest")
    assert only(form) == answer(YES, "open")
    assert only(form, rest) == answer(YES, "departed")
    assert only(form, rest, fact("exercise", "2026-10-06")) == answer(YES, "followed")
    assert only(form, rest, fact("exercise", "2026-10-04")) == answer(YES, "departed")
    assert only(form, rest, fact("exercise", "2026-10-05")) == answer(YES, "unknown")
    assert only(form, rest, fact("exercise", "2026-10", "2026-11-02")) == answer(YES, "unknown")


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
    twice = Recorded("scan", times=2)
    assert holds(twice, second, image) is NO
    assert holds(twice, first, second) is YES


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


def test_episodes_end_and_begin_again() -> None:
    for facts, on, expected in (
        ((LEG._replace(until=day("2026-11-01")),), "2026-11-01", YES),
        ((LEG._replace(until=day("2026-11-01")),), "2026-11-02", NO),
        ((LEG, fact("surgery", "2026-11-01")), "2026-11-01", YES),
        ((LEG, fact("surgery", "2026-11-01")), "2026-11-02", NO),
        ((LEG, fact("root", "2026-11-01", "2026-11-01", status="negated")), "2026-11-01", NO),
        ((LEG, fact("root", "2026-11-01", "2026-11-01", status="negated")), "2026-10-31", YES),
        ((LEG._replace(until=BEGINNING),), "2026-10-02", NO),
        ((LEG._replace(until=BEGINNING), fact("root", "2026-10-30", "2026-11-01")), "2026-11-01", YES),
        ((LEG, fact("root", "2026-10-28", "2026-11-01")), "2027-01-20", UNKNOWN),
        ((LEG, fact("root", "2026-10-29", "2026-11-01")), "2027-01-20", YES),
    ):
        said = advise(guideline(), record(*facts), day(on))
        assert said["population"] is expected, (facts, on)


def test_a_given_onset_four_weeks_after_the_last_contact_is_a_recurrence() -> None:
    for onset, expected in (("2026-10-28", "2026-09-20"), ("2026-10-29", "2026-10-29")):
        now = ask(guideline(), record(LEG, fact("root", onset, "2026-11-01")), TODAY, "record")
        assert now
        assert now.episode.onset.first == day(expected)


def test_the_other_side_is_another_episode() -> None:
    left, right = LEG._replace(side="left", key="left"), fact("root", "2026-10-05", "2026-10-10", side="right")
    for second, expected in ((right, "2026-10-05"), (right._replace(side="both"), "2026-09-20")):
        now = ask(guideline(), record(left, second), TODAY, "record")
        assert now
        assert now.episode.onset.first == day(expected)


def test_no_date_is_only_possible() -> None:
    """An undated condition opens an episode that may be there; an undated fact is surely only `ever`."""
    assert advise(guideline(), record(fact("root")), TODAY)["population"] is UNKNOWN
    assert advise(guideline(), record(), TODAY)["population"] is NO
    assert holds(Recorded("sign"), fact("sign")) is UNKNOWN
    assert holds(Recorded("sign", EVER), fact("sign")) is YES


def test_where_nothing_is_captured_everything_starts_unknown() -> None:
    said = advise(guideline(Do("exercise"), NotRoutine("scan")), record(born=""), TODAY, "nothing")
    assert said["population"] is UNKNOWN
    assert practices(said) == [answer(UNKNOWN, "unknown"), answer(UNKNOWN, "unknown")]
    denied = fact("root", "2026-11-23", "2026-11-23", status="negated")
    assert advise(guideline(), record(denied), TODAY, "nothing")["population"] is NO


def test_the_newest_value_decides() -> None:
    high, low = score("pain", "2026-11-01", 7), score("pain", "2026-11-02", 6)
    assert holds(SEVERE, high) is YES
    assert holds(SEVERE, high, low) is NO
    assert holds(SEVERE, low, score("pain", "2026-11-02", 9)) is UNKNOWN, "two values of one day"
    assert holds(SEVERE, low._replace(time="08:00"), score("pain", "2026-11-02", 9, time="09:00")) is YES
    assert holds(SEVERE, score("pain", "2026-11-03", 70, "mm")) is UNKNOWN
    assert holds(SEVERE, score("pain", "2026-11-03", 11)) is UNKNOWN, "off the scale"
    assert holds(SEVERE, high, fact("pain", "2026-11-03")) is UNKNOWN, "no value"
    assert holds(SEVERE, high, score("pain", "2026-11", 2)) is UNKNOWN, "may be the newer"
    assert holds(SEVERE, high._replace(sites=own("leg"))) is YES
    assert holds(SEVERE, high._replace(sites=own("arm"))) is UNKNOWN
    assert holds(MARKED, fact("disability", "2026-11-03", value=own("marked"))) is YES
    assert holds(MARKED, fact("disability", "2026-11-03", value=own("slight"))) is NO


def test_windows_have_both_their_ends() -> None:
    for window, inside, outside in (
        (Window(back=Duration(days=28)), "2026-10-26", "2026-10-25"),
        (IN_EPISODE, "2026-09-20", "2026-09-19"),
        (Window(start=Duration(), stop=Duration(days=28)), "2026-10-18", "2026-10-19"),
        (BEFORE_ONSET, "2026-08-23", "2026-08-22"),
    ):
        assert holds(Recorded("sign", window), fact("sign", inside)) is YES
        assert holds(Recorded("sign", window), fact("sign", outside)) is NO


def test_what_is_known_later_is_not_seen() -> None:
    late = fact("sign", "2026-10-05", "2026-11-24")
    assert holds(Recorded("sign"), late) is NO
    assert holds(Recorded("sign"), late, on=TODAY + 1) is YES
    assert holds(AnyOf((Recorded("sign"), Recorded("paresis", absence=UNKNOWN)))) is UNKNOWN


def test_twenty_ninth_of_february() -> None:
    """Who is born on the 29th is of age on the 28th of a common year."""
    for on, expected in (("2026-02-27", NO), ("2026-02-28", YES)):
        leg = fact("root", "2026-02-01", "2026-02-10")
        assert advise(guideline(), record(leg, born="2008-02-29"), day(on))["population"] is expected
    leg = fact("root", "2028-02-29", "2028-03-01")
    year = guideline(population=Onset(Comparison.AT_MOST, Duration(months=12)))
    assert advise(year, record(leg), day("2029-02-28"))["population"] is YES
    assert advise(year, record(leg), day("2029-03-01"))["population"] is NO


def test_the_order_of_the_facts_changes_nothing() -> None:
    facts = (LEG, EXERCISE, *PAIN, order("scan", "2026-10-02"))
    whole = guideline(*FORMS)
    there = advise(whole, Record(record().patient, facts), TODAY)
    assert there == advise(whole, Record(record().patient, facts[::-1]), TODAY)


def test_a_limit_is_a_quantity_of_its_unit() -> None:
    assert holds(Latest("pain", Comparison.OVER, Quantity(7, "{score}")), score("pain", "2026-11-01", 8, "")) is YES
