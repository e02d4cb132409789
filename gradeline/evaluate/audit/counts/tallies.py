"""Tallies: what may be told of a group of episodes, once the small counts are hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from gradeline.evaluate.audit.counts.bounds import Bounds, bounds, outward, wilson
from gradeline.evaluate.audit.counts.counting import PRACTICES, Counts, pooled
from gradeline.evaluate.audit.counts.hiding import SMALL, Sums, hidden, hidden_row, small

IN_LINE = ("followed", "justified")
NOT_IN_LINE = ("departed", "open")
YES = "yes"
"""To whom it applies, whatever was done."""
FEW = "fewer than 5 each"
"""The strata that are counted together because each is small."""
COARSE, ENOUGH = 0.05, 50
"""Where a count is hidden, bounds are rounded outward to this, and told of so many episodes at the least."""


class Share(NamedTuple):
    """What was in line with a recommendation, of those of whom it can be said, with Wilson's interval of 95 %."""

    in_line: int
    of: int
    low: float
    high: float

    @property
    def proportion(self) -> float:
        """The share itself."""
        return self.in_line / self.of


@dataclass(frozen=True)
class Tally:
    """The counts of one group of episodes; None is a count that is hidden."""

    episodes: int | None
    applies: Mapping[str, int | None]
    practice: Mapping[str, int | None]
    share: Share | None
    """None where nothing can be counted, where all that can is of one kind, or where it would tell a hidden count."""
    bounds: Bounds

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is hidden."""
        said = [f"applies {key}" for key, count in self.applies.items() if count is None]
        return (*said, *(key for key, count in self.practice.items() if count is None))

    def added(self, practices: tuple[str, ...]) -> int | None:
        """Some practices together; None where one of them is hidden."""
        shown = [self.practice[each] for each in practices]
        return None if None in shown else sum(filter(None, shown))

    @property
    def one_sided(self) -> bool:
        """Whether there is no share because some is unknown and all that is told is of one kind."""
        return self.share is None and bool(self.added(IN_LINE + NOT_IN_LINE)) and self.practice["unknown"] != 0

    def to_dict(self) -> dict[str, Any]:
        """The tally as plain data."""
        share = self.share
        found: dict[str, Any] = {"episodes": self.episodes, "applies": dict(self.applies)}
        found |= {"practice": dict(self.practice)}
        found["proportion"] = round(share.proportion, 4) if share else None
        found["of"] = share.of if share else None
        found["interval"] = [round(share.low, 4), round(share.high, 4)] if share else None
        found["lowest"], found["highest"] = (None if end is None else round(end, 4) for end in self.bounds)
        found["hidden"] = list(self.hidden)
        return found


def told(counts: Counts, hide: frozenset[str]) -> Tally:
    """Counts with some of them hidden, and with what would tell of these."""
    cells: dict[str, int | None] = {cell: None if cell in hide else n for cell, n in counts.cells.items()}
    yes = None if YES in hide else applying(counts)[YES]
    applies = {"yes": yes, "no": cells["no"], "unknown": cells["untold"]}
    declined = None if _telling(counts, cells) else counts.declined
    practice = {"followed": cells["followed"], "declined": declined, "departed": cells["departed"]}
    practice |= {each: cells[each] for each in ("justified", "open", "unknown", "alternative", "incomplete")}
    episodes = None if small(counts.episodes) else counts.episodes
    return Tally(episodes, applies, practice, _share(cells), _bounds(counts, bool(hide)))


def _telling(counts: Counts, cells: Mapping[str, int | None]) -> bool:
    """Whether the count of the declined, or of the other followed ones, would be small."""
    others = counts.cells["followed"] - counts.declined
    return small(counts.declined) or (counts.declined > 0 and (small(others) or cells["followed"] is None))


def _share(cells: Mapping[str, int | None]) -> Share | None:
    """The share that was in line; none where a count in it is hidden, or where there is nothing to count.

    None either where of some it is unknown and all others are of one kind: a source that records only what was done
    would seem to do everything.
    """
    counted = [cells[each] for each in (*IN_LINE, *NOT_IN_LINE)]
    shown = [each for each in counted if each is not None]
    whole, part = sum(shown), sum(shown[: len(IN_LINE)])
    one_sided = part in (0, whole) and cells["unknown"] != 0
    return Share(part, whole, *wilson(part, whole)) if whole and len(shown) == len(counted) and not one_sided else None


def _bounds(counts: Counts, hiding: bool) -> Bounds:
    """The bounds; rounded outward, or not told of few, where exact ones would let a small count be calculated."""
    found = bounds(counts.outcomes)
    settled, cells = counts.outcomes, counts.cells
    open_ended = settled.possible_in_line - settled.sure_in_line, settled.possible_not - settled.sure_not
    judged = (sum(cells[each] for each in some) for some in (IN_LINE, NOT_IN_LINE))
    unsure = [all_ - sure for all_, sure in zip(judged, (settled.sure_in_line, settled.sure_not), strict=True)]
    if found.lowest is None or not (hiding or any(map(small, (*settled, *open_ended, *unsure)))):
        return found
    return outward(found, COARSE) if counts.episodes >= ENOUGH else Bounds(None, None)


class Tallied(NamedTuple):
    """One recommendation in one reading: in all, and by what it is broken down."""

    total: Tally
    strata: dict[str, dict[str, Tally]]
    missing: dict[str, list[tuple[str, int | None]]]
    """For `applies` and `practice`: what would have to be known first, and of how many episodes."""


def tallied(
    total: Counts, strata: Mapping[str, Mapping[str, Counts]], missing: Mapping[str, Mapping[str, int]]
) -> Tallied:
    """A total, its breakdowns and what is missing; no sum of what is shown tells what is hidden."""
    hide = hidden_cells(total)
    lacking = {
        of: ranked(missing.get(of, {}), cell in hide) for of, cell in (("applies", "untold"), ("practice", "unknown"))
    }
    return Tallied(told(total, hide), {by: _broken_down(total, each, hide) for by, each in strata.items()}, lacking)


def applying(counts: Counts) -> dict[str, int]:
    """To how many it applies, to how many not, and of how many that cannot be told."""
    return {
        YES: sum(counts.cells[each] for each in PRACTICES),
        **{each: counts.cells[each] for each in ("no", "untold")},
    }


def practised(counts: Counts) -> dict[str, int]:
    """What practice came to, of those to whom it applies."""
    return {each: counts.cells[each] for each in PRACTICES}


def hidden_cells(total: Counts) -> frozenset[str]:
    """What to hide of a total: first of whom it applies to, then of practice, as if those were known.

    Statements of one population have the same numbers of whom they apply to: what one of them hid there, to keep
    a count of practice from being calculated, another would show.
    """
    if total.episodes < SMALL:
        return frozenset({YES, *total.cells})
    first = hidden_row(applying(total))
    return first | (frozenset(PRACTICES) if YES in first else hidden_row(practised(total)))


def _broken_down(total: Counts, strata: Mapping[str, Counts], hide: frozenset[str]) -> dict[str, Tally]:
    """One breakdown. Declined counts are told of the total alone: they are part of another count."""
    whom = {stratum: applying(counts) for stratum, counts in strata.items()}
    what = {stratum: practised(counts) for stratum, counts in strata.items()}
    cells = hidden(Sums(whom, hide & {YES, "no", "untold"}), hide & {YES, "no", "untold"})
    rows = frozenset(row for row, column in cells if column == YES)
    cells |= hidden(Sums(what, hide & {*PRACTICES}), hide & {*PRACTICES}, rows)
    found = {}
    for stratum, counts in strata.items():
        own = frozenset(column for row, column in cells if row == stratum)
        plain = told(counts, own)
        apart = {**plain.practice, "declined": 0 if not total.declined else None}
        found[stratum] = Tally(plain.episodes, plain.applies, apart, plain.share, plain.bounds)
    return found


def together(strata: Mapping[str, Counts]) -> dict[str, Counts]:
    """Strata of fewer than five episodes as one, with the next smallest where that is still too few."""
    ordered = dict(sorted(strata.items()))
    sizes = sorted((counts.episodes, stratum) for stratum, counts in strata.items())
    few = [stratum for size, stratum in sizes if size < SMALL]
    if few and sum(strata[each].episodes for each in few) < SMALL:
        few = [stratum for _, stratum in sizes[: len(few) + 1]]
    return pooled(ordered, few, FEW) if few else ordered


def ranked(
    missing: Mapping[str, int], all_hidden: bool = False, known: frozenset[str] = frozenset()
) -> list[tuple[str, int | None]]:
    """Counts, the highest first; small ones are hidden, those `known` as hidden, and others that sums would tell of."""
    hide = frozenset(missing) if all_hidden else hidden_row(missing, known)
    ordered = sorted(missing.items(), key=lambda each: (-each[1], each[0]))
    return [(leaf, None if leaf in hide else count) for leaf, count in ordered]
