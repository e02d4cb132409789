"""The bounds of a proportion are its extremes over every way to settle what is unknown."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from gradeline.evaluate.audit.counts.bounds import Bounds, Outcomes, bounds, outward, wilson

IN, NOT, OUT = "in line", "not in line", "not counted"
WAYS = [{IN}, {NOT}, {OUT}, {IN, NOT}, {IN, OUT}, {NOT, OUT}, {IN, NOT, OUT}]
EPISODES = st.lists(st.sampled_from(WAYS), max_size=6)


def outcomes(episodes: list[set[str]]) -> Outcomes:
    """Episodes, each with what it can come to, as the counts that bounds are made of."""
    return Outcomes(
        sum(each == {IN} for each in episodes),
        sum(IN in each for each in episodes),
        sum(each == {NOT} for each in episodes),
        sum(NOT in each for each in episodes),
    )


def settled(episodes: list[set[str]]) -> list[float]:
    """The proportion of every way to settle them in which anything is counted."""
    found = []
    for way in product(*(sorted(each) for each in episodes)):
        good, bad = way.count(IN), way.count(NOT)
        if good + bad:
            found.append(good / (good + bad))
    return found


@given(EPISODES)
def test_the_extremes_of_all_settlements(episodes: list[set[str]]) -> None:
    shares = settled(episodes)
    assert bounds(outcomes(episodes)) == (Bounds(min(shares), max(shares)) if shares else Bounds(None, None))


@given(EPISODES, st.sampled_from([0.01, 0.05, 0.1]))
def test_rounded_outward_they_hold_what_they_held(episodes: list[set[str]], step: float) -> None:
    found = bounds(outcomes(episodes))
    rounded = outward(found, step)
    if found.lowest is not None and found.highest is not None:
        assert rounded.lowest is not None and rounded.highest is not None
        assert 0 <= rounded.lowest <= found.lowest <= found.highest <= rounded.highest + 1e-9 <= 1 + 1e-8


def test_wilsons_interval_by_the_book() -> None:
    """Newcombe 1998, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    book = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}
    for (part, whole), ends in book.items():
        assert tuple(round(end, 4) for end in wilson(part, whole)) == ends
