"""The oracle on episodes and criteria, reasoned by hand from the text: each case names the rule that it holds it to."""

from __future__ import annotations

from typing import Any

import pytest

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, Duration, Interval, day
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.model.criteria import (
    EVER,
    IN_EPISODE,
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
from gradeline.model.forms import Do, NotRoutine
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact
from tests.agree.clinic import (
    BEFORE_ONSET,
    ICD10,
    ICPC2,
    LEG,
    SKS,
    TODAY,
    answer,
    fact,
    guideline,
    order,
    own,
    record,
    score,
)
from tests.agree.naive import advise
from tests.agree.naive_criteria import ask

SEVERE = Latest("pain", Comparison.AT_LEAST, Parameter("severe-pain"))
MARKED = Latest("disability", one_of=("own:marked",))


def holds(criterion: Criterion, *facts: Fact, on: int = TODAY) -> Truth:
    """What a criterion says where the leg is known since October."""
    now = ask(guideline(), record(LEG, *facts), on, "record")
    assert now
    return now.holds(criterion)


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


def test_what_gives_no_onset_does_not_hide_the_onset_of_its_day() -> None:
    bare, dated = fact("root", known="2026-11-01"), fact("root", "2026-10-29", "2026-11-01")
    for facts in ((bare, dated), (dated, bare)):
        now = ask(guideline(), record(LEG, *facts), TODAY, "record")
        assert now
        assert now.episode.onset == Interval(day("2026-10-29"), day("2026-10-29"))


def test_the_other_side_is_another_episode() -> None:
    left, right = LEG._replace(side="left", key="left"), fact("root", "2026-10-05", "2026-10-10", side="right")
    for second, expected in ((right, "2026-10-05"), (right._replace(side="both"), "2026-09-20")):
        now = ask(guideline(), record(left, second), TODAY, "record")
        assert now
        assert now.episode.onset.first == day(expected)


def test_of_two_sides_of_one_day_the_later_onset_is_spoken_of() -> None:
    left, old = LEG._replace(side="left", key="b"), fact("root", "2025", "2026-10-01", side="right", key="a")
    for facts in ((left, old), (old, left)):
        assert advise(guideline(), record(*facts), TODAY)["population"] is YES


def test_no_date_is_only_possible() -> None:
    """An undated condition opens an episode that may be there; an undated fact is surely only `ever`."""
    assert advise(guideline(), record(fact("root")), TODAY)["population"] is UNKNOWN
    assert advise(guideline(), record(), TODAY)["population"] is NO
    assert holds(Recorded("sign"), fact("sign")) is UNKNOWN
    assert holds(Recorded("sign", EVER), fact("sign")) is YES


def test_where_nothing_is_captured_everything_starts_unknown() -> None:
    said = advise(guideline(Do("exercise"), NotRoutine("scan")), record(born=""), TODAY, "nothing")
    assert said["population"] is UNKNOWN
    assert said["recommendations"] == [answer(UNKNOWN, "unknown"), answer(UNKNOWN, "unknown")]
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


def test_a_limit_is_a_quantity_of_its_unit() -> None:
    assert holds(Latest("pain", Comparison.OVER, Quantity(7, "{score}")), score("pain", "2026-11-01", 8, "")) is YES


def test_what_lasts_is_the_newest_run() -> None:
    lasting = Persisting(SEVERE, Duration(days=28))
    first = score("pain", "2026-10-20", 8)
    assert holds(lasting, first, score("pain", "2026-11-17", 7)) is YES
    assert holds(lasting, first, score("pain", "2026-11-16", 7)) is UNKNOWN, "27 days apart"
    assert holds(lasting, first, score("pain", "2026-11-17", 6)) is NO, "the newest says otherwise"
    assert holds(lasting, first, score("pain", "2026-11-17", 7), score("pain", "2026-11-01", 6)) is NO
    assert holds(lasting, first, score("pain", "2026-11-17", 7), score("pain", "2026-10-01", 6)) is YES
    assert holds(lasting, first, score("pain", "2026-11-17", 7), score("pain", "2026-11-01", 8)) is YES
    assert holds(lasting, first, score("pain", "2026-11-17", 7), score("pain", "2026-11-17", 6)) is UNKNOWN, "disagree"
    assert holds(lasting, first, score("pain", "2026-11-17", 7), score("pain", "2026-10", 6)) is UNKNOWN, "which day?"
    assert holds(lasting, first, score("pain", "2026-11-17", 7), score("pain", "2026-10-20", 3)) is UNKNOWN, "no value"
    assert holds(lasting) is UNKNOWN


def test_one_act_counts_once() -> None:
    first, second = order("scan", "2026-10-05"), order("scan", "2026-10-12")
    twice = Recorded("scan", times=2)
    assert holds(twice, second, fact("scan", "2026-10-30")) is NO
    assert holds(twice, first, second) is YES
    assert holds(twice, second, fact("scan", "2027-01-10"), on=day("2027-01-10")) is NO, "90 days after the order"
    assert holds(twice, second, fact("scan", "2027-01-11"), on=day("2027-01-11")) is YES
    assert holds(twice, first, second._replace(sureness="possible")) is UNKNOWN
    assert (
        holds(Recorded("sign", times=2), fact("sign", "2026-10", "2026-11-01"), fact("sign", "2026-10-07")) is UNKNOWN
    )
