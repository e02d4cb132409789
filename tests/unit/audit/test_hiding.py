"""What is hidden cannot be calculated from what is shown: not by the sums of one table, nor of all of them together."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gradeline.evaluate.audit.counts.counting import CELLS, Counts
from gradeline.evaluate.audit.counts.hiding import SMALL, Sums, bridges, hidden, hidden_row, small
from gradeline.evaluate.audit.counts.tallies import FEW, Tallied, Tally, tallied, together

COUNT = st.one_of(st.integers(0, 9), st.integers(0, 60))
COLUMNS = CELLS[:4]
Key = tuple[str, str, str]
"""A count: its breakdown, its stratum, its cell; the total's breakdown has no name."""


@st.composite
def patients(draw: st.DrawFn) -> list[tuple[str, str, str]]:
    """Episodes, each with a cell, a region and a sex: so that both breakdowns add up to one total."""
    groups = draw(
        st.lists(
            st.tuples(st.sampled_from(COLUMNS), st.sampled_from("NSW"), st.sampled_from("fm"), st.integers(1, 9)),
            min_size=1,
            max_size=14,
        )
    )
    return [(cell, region, sex) for cell, region, sex, times in groups for _ in range(times)]


def counted(episodes: list[tuple[str, str, str]], place: int | None) -> dict[str, Counts]:
    """Episodes counted by what stands in a place, or all together."""
    found: dict[str, Counts] = {}
    for each in episodes:
        counts = found.setdefault(each[place] if place else "", Counts())
        counts.cells[each[0]] += 1
    return found


def published(episodes: list[tuple[str, str, str]]) -> tuple[Tallied, dict[str, dict[str, Counts]]]:
    """What an audit tells of them, and what is true."""
    strata = {"region": together(counted(episodes, 1)), "sex": together(counted(episodes, 2))}
    total = counted(episodes, None)[""]
    return tallied(total, strata, {}), {"": {"": total}, **strata}


def shown(told: Tallied) -> dict[Key, int | None]:
    """Every count that is told, or hidden."""
    groups = {("", ""): told.total}
    groups |= {(by, stratum): tally for by, strata in told.strata.items() for stratum, tally in strata.items()}
    found: dict[Key, int | None] = {}
    for (by, stratum), tally in groups.items():
        cells = {"no": tally.applies["no"], "untold": tally.applies["unknown"], **tally.practice}
        found |= {(by, stratum, cell): cells[cell] for cell in CELLS}
    return found


def across(told: Tallied, numbers: dict[Key, int | None]) -> list[dict[Key, int]]:
    """The sums of each group: all of its cells are its episodes, and all but two those to which it applies."""
    found = []
    for by, stratum in {(by, stratum) for by, stratum, _ in numbers}:
        keys = [(by, stratum, cell) for cell in CELLS]
        found.append(dict.fromkeys(keys, 1))
        if of(told, by, stratum).applies["yes"] is not None:
            found.append(dict.fromkeys(keys[2:], 1))
    return found


def of(told: Tallied, by: str, stratum: str) -> Tally:
    """What is told of one group."""
    return told.strata[by][stratum] if by else told.total


def down(told: Tallied) -> list[dict[Key, int]]:
    """The sums down each breakdown: its strata and, with the other sign, the total."""
    return [
        {**{(by, stratum, cell): 1 for stratum in strata}, ("", "", cell): -1}
        for by, strata in told.strata.items()
        for cell in CELLS
    ]


def calculable(unknown: list[Key], rows: list[dict[Key, int]]) -> set[Key]:
    """The hidden counts that have one value only: those that a combination of the sums singles out."""
    place = {key: number for number, key in enumerate(unknown)}
    matrix = [[Fraction(row.get(key, 0)) for key in unknown] for row in rows]
    reduced = eliminated(matrix, len(unknown))
    alone = [row for row in reduced if sum(value != 0 for value in row) == 1]
    return {key for key in unknown if any(row[place[key]] != 0 for row in alone)}


def eliminated(matrix: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """The reduced echelon form."""
    done = 0
    for column in range(width):
        pivot = next((row for row in range(done, len(matrix)) if matrix[row][column] != 0), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        matrix[done] = [value / matrix[done][column] for value in matrix[done]]
        for row in range(len(matrix)):
            if row != done and matrix[row][column] != 0:
                factor = matrix[row][column]
                matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[done], strict=True)]
        done += 1
    return matrix[:done]


def some(cell: str, region: str, sex: str, times: int) -> list[tuple[str, str, str]]:
    """So many episodes of one kind."""
    return [(cell, region, sex)] * times


THROUGH_THE_TOTAL = [
    *some("no", "N", "f", 3),
    *some("untold", "N", "f", 10),
    *some("untold", "S", "f", 12),
    *some("followed", "N", "f", 6),
    *some("followed", "S", "m", 40),
    *some("justified", "S", "m", 50),
]
"""The total hides 3 and the 22 beside it; the regions, hiding others, would show 10 and 12."""


@settings(max_examples=150)
@example(THROUGH_THE_TOTAL)
@given(patients())
def test_no_sum_of_any_table_tells_a_small_count(episodes: list[tuple[str, str, str]]) -> None:
    told, true = published(episodes)
    numbers = shown(told)
    unknown = [key for key, count in numbers.items() if count is None]
    found = calculable(unknown, across(told, numbers) + down(told))
    leaked = {key for key in found if small(true[key[0]][key[1]].cells[key[2]])}
    assert not leaked


SISTER = [*some("departed", "N", "f", 1), *some("unknown", "N", "f", 120), *some("no", "N", "m", 44)]
"""Of 121 to whom it applies one departed; that it applies to 121 another statement of the same population says."""


@settings(max_examples=150)
@example(SISTER)
@given(patients())
def test_nor_does_another_statement_of_the_same_population(episodes: list[tuple[str, str, str]]) -> None:
    told, true = published(episodes)
    other, _ = published([(cell if cell in ("no", "untold") else "open", *who) for cell, *who in episodes])  # type: ignore[misc]
    numbers, theirs = shown(told), shown(other)
    for key in numbers:
        if key[2] in ("no", "untold") and numbers[key] is None:
            numbers[key] = theirs[key]
    rows = across(told, numbers) + down(told)
    for by, stratum in {(by, stratum) for by, stratum, _ in numbers}:
        if of(other, by, stratum).applies["yes"] is not None:
            rows.append(dict.fromkeys([(by, stratum, cell) for cell in CELLS[2:]], 1))
    unknown = [key for key, count in numbers.items() if count is None]
    leaked = {key for key in calculable(unknown, rows) if small(true[key[0]][key[1]].cells[key[2]])}
    assert not leaked


@given(patients())
def test_no_small_count_is_shown_and_what_is_shown_is_true(episodes: list[tuple[str, str, str]]) -> None:
    told, true = published(episodes)
    for (by, stratum, cell), count in shown(told).items():
        assert count is None or (count == true[by][stratum].cells[cell] and not small(count))


@given(patients())
def test_no_stratum_is_small(episodes: list[tuple[str, str, str]]) -> None:
    told, _ = published(episodes)
    for strata in told.strata.values():
        sizes = [tally.episodes for tally in strata.values()]
        if len(episodes) < SMALL:
            assert set(sizes) == {None}
        else:
            assert all(size is not None and size >= SMALL for size in sizes)
            assert sum(size or 0 for size in sizes) == len(episodes)


@given(st.dictionaries(st.sampled_from("abcdef"), COUNT, min_size=1))
def test_the_hidden_counts_of_a_sum_are_several_and_not_few(counts: dict[str, int]) -> None:
    hide = hidden_row(counts)
    assert {name for name, count in counts.items() if small(count)} <= hide
    together_ = sum(counts[name] for name in hide)
    assert not together_ or (len(hide) > 1 and together_ >= SMALL) or hide == counts.keys()


def test_a_line_without_a_way_round_is_a_bridge() -> None:
    assert set(bridges([("a", "x"), ("a", "y"), ("b", "x")], frozenset())) == {("a", "y"), ("b", "x"), ("a", "x")}
    assert bridges([("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")], frozenset()) == []
    assert bridges([("a", "x"), ("a", "y")], frozenset("xy")) == []


def test_a_small_stratum_is_counted_with_the_others() -> None:
    one = Counts()
    one.cells["no"] = 3
    many = Counts()
    many.cells["no"] = 20
    assert together({"a": one, "b": many, "c": many}).keys() == {FEW, "c"} or together(
        {"a": one, "b": many, "c": many}
    ).keys() == {FEW, "b"}
    assert hidden(Sums({"r": {"x": 7, "y": 0}})) == set()
