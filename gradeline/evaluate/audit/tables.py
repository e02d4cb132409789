"""An audit as tables: one row for each thing that is told, the small counts empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gradeline.evaluate.audit.counts.tallies import Tally
from gradeline.evaluate.audit.coverage import day_of
from gradeline.evaluate.audit.results import Audit, every
from gradeline.records.store.engine import installed

WHICH = ("guideline", "recommendation", "reading")
COUNTS = (
    "episodes", "applies_yes", "applies_no", "applies_unknown", "followed", "declined", "departed", "justified", "open",
    "unknown", "alternative", "incomplete", "of",
)  # fmt: skip
SHARES = ("proportion", "interval_low", "interval_high", "lowest", "highest")
TERMS = ("guideline", "term", "region", "facts", "negatives", "patients", "first", "last", "absence")
Row = tuple[Any, ...]


def tables(audit: Audit) -> dict[str, Any]:
    """`recommendations`, `strata`, `missing`, `terms` and `codes`, as Arrow."""
    return {
        "recommendations": table((*WHICH, "indicator", *COUNTS, *SHARES), recommendations(audit)),
        "strata": table((*WHICH, "by", "stratum", *COUNTS, *SHARES), strata(audit)),
        "missing": table((*WHICH, "of", "missing", "episodes"), missing(audit)),
        "terms": table(TERMS, terms(audit)),
        "codes": table(("kind", "system", "code", "facts", "patients"), iter(audit.coverage.codes)),
    }


def recommendations(audit: Audit) -> Iterator[Row]:
    """Each recommendation in each reading."""
    for part, outcome, reading, told in every(audit):
        which = (part.guideline.id, outcome.recommendation.id, reading)
        yield (*which, outcome.indicator, *numbers(told.total))


def strata(audit: Audit) -> Iterator[Row]:
    """Each recommendation in each reading, broken down."""
    for part, outcome, reading, told in every(audit):
        for by, found in told.strata.items():
            for stratum, tally in found.items():
                yield (part.guideline.id, outcome.recommendation.id, reading, by, stratum, *numbers(tally))


def missing(audit: Audit) -> Iterator[Row]:
    """What would have to be known first."""
    for part, outcome, reading, told in every(audit):
        for of, lacking in told.missing.items():
            for leaf, episodes in lacking:
                yield (part.guideline.id, outcome.recommendation.id, reading, of, leaf, episodes)


def terms(audit: Audit) -> Iterator[Row]:
    """What the source shows of each term: in all, then by region."""
    for guideline, shown in audit.coverage.terms.items():
        for each in shown:
            days = day_of(each.first), day_of(each.last)
            yield (guideline, each.term, None, each.facts, each.negatives, each.patients, *days, each.captured)
            for region, patients in each.regions.items():
                yield (guideline, each.term, region, None, None, patients, None, None, each.captured)


def numbers(tally: Tally) -> Row:
    """The numbers of a tally, in the order of the columns."""
    share = tally.share
    shares = (share.proportion, share.low, share.high) if share else (None, None, None)
    applies = (tally.applies[each] for each in ("yes", "no", "unknown"))
    practice = (tally.practice[each] for each in COUNTS[4:-1])
    return (tally.episodes, *applies, *practice, share.of if share else None, *shares, *tally.bounds)


def table(columns: tuple[str, ...], rows: Iterator[Row]) -> Any:
    """Rows as an Arrow table, each column of one type even where it is empty."""
    arrow = installed("pyarrow")
    kinds = {name: arrow.int64() for name in (*COUNTS, "facts", "negatives", "patients")}
    kinds |= {name: arrow.float64() for name in SHARES} | {"indicator": arrow.bool_()}
    if "missing" in columns:
        kinds["of"] = arrow.string()
    given = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [arrow.array(each, kinds.get(name, arrow.string())) for name, each in zip(columns, given, strict=True)]
    return arrow.table(arrays, names=list(columns))
