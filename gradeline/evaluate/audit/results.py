"""An audit: how practice related to each recommendation over a period, with nothing in it that tells of few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from gradeline.dates import Interval, show
from gradeline.evaluate.audit.account import Account
from gradeline.evaluate.audit.counts.tallies import Tallied, Tally
from gradeline.evaluate.audit.coverage import Coverage
from gradeline.evaluate.audit.rows import READINGS, Reading
from gradeline.model.grade import Strength
from gradeline.model.guideline import Guideline, Recommendation
from gradeline.model.words import Language

SCHEMA = 1


@dataclass(frozen=True)
class Outcome:
    """One recommendation, in both readings of the onset."""

    recommendation: Recommendation
    readings: Mapping[Reading, Tallied]

    @property
    def indicator(self) -> bool:
        """Whether its proportion may be judged: only a strong recommendation has an indicator."""
        return self.recommendation.grade.strength is Strength.STRONG

    def to_dict(self) -> dict[str, Any]:
        """The recommendation as plain data: as recorded, with the other reading beside it."""
        own = self.recommendation
        grade = {"strength": own.grade.strength.value, "direction": own.grade.direction.value}
        head = {"id": own.id, **grade, "indicator": self.indicator}
        return {**head, **reading(self.readings["strict"]), "assumed": reading(self.readings["assumed"])}


@dataclass(frozen=True)
class Part:
    """What an audit found of one guideline."""

    guideline: Guideline
    patients: int | None
    """Those with an episode in the period; None where they are too few to tell."""
    episodes: int | None
    """None where they are too few to tell of."""
    kinds: Mapping[str, list[tuple[str, int | None]]]
    """The gate's answers, what ended the follow-up, whether the onset is given: each with its episodes."""
    leading: Mapping[Reading, tuple[tuple[str, int | None], ...]]
    """What would have to be known first, by the episodes of which it leaves something untold."""
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class About:
    """Where the numbers are from: the source, the engine, the sample, what was set aside."""

    source: str
    data_from: int | None
    data_to: int
    engine: str
    sample: float | None = None
    """The share of the patients that was counted; None for all."""
    assume_captured: bool = False
    described: bool = False
    """Whether a source.yaml says what the source captures."""
    simulated: bool = False
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Audit:
    """How practice related to the recommendations of some guidelines over a period."""

    period: Interval
    patients: int
    parts: tuple[Part, ...]
    coverage: Coverage
    account: Account
    about: About

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """The audit as plain data, in the shape that `--json` prints; of several guidelines one beside the other."""
        found = [self._part(part, language) for part in self.parts]
        return found[0] if len(found) == 1 else {"schema": SCHEMA, "audits": found}

    def _part(self, part: Part, language: Language) -> dict[str, Any]:
        about = self.about
        currency = part.guideline.currency
        return {
            "schema": SCHEMA,
            "guideline": part.guideline.id,
            "currency": {"status": currency.status, "since": currency.since.isoformat() if currency.since else None},
            "later_than_in_force": later_than_in_force(part.guideline, self.period),
            "period": {"from": show(self.period.first), "to": show(self.period.last)},
            "source": about.source,
            "simulated": about.simulated,
            "engine": about.engine,
            "sample": about.sample,
            "assume_captured": about.assume_captured,
            "reading": "strict",
            "patients": self.patients,
            "patients_with_an_episode": part.patients,
            "episodes": part.episodes,
            **{name: dict(counts) for name, counts in part.kinds.items()},
            "recommendations": [outcome.to_dict() for outcome in part.outcomes],
            "account": self.account.to_dict(),
            "coverage": self.coverage.to_dict(part.guideline, language),
        }

    @property
    def tables(self) -> dict[str, Any]:
        """The audit as Arrow tables: `recommendations`, `strata`, `missing`, `terms`, `codes`."""
        found: dict[str, Any] = import_module("gradeline.evaluate.audit.tables").tables(self)
        return found

    def _repr_html_(self) -> str:
        """The audit as a notebook shows it."""
        return str(import_module("gradeline.show.notebook").audit(self))


def later_than_in_force(guideline: Guideline, period: Interval) -> bool:
    """Whether the period ends after the advice was in force."""
    currency = guideline.currency
    return bool(currency.status == "not in force" and currency.since and period.last >= currency.since.toordinal())


def reading(of: Tallied) -> dict[str, Any]:
    """One reading as plain data."""
    missing = {name: [{"missing": leaf, "episodes": n} for leaf, n in lacking] for name, lacking in of.missing.items()}
    by = {name: {stratum: tally.to_dict() for stratum, tally in strata.items()} for name, strata in of.strata.items()}
    return {**of.total.to_dict(), "missing": missing, "by": by}


def every(audit: Audit) -> Iterator[tuple[Part, Outcome, Reading, Tallied]]:
    """Each recommendation in each reading."""
    for part in audit.parts:
        for outcome in part.outcomes:
            for name in READINGS:
                yield part, outcome, name, outcome.readings[name]


def of_all(outcome: Outcome, name: Reading) -> Tally:
    """The tally of all episodes."""
    return outcome.readings[name].total
