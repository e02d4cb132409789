"""Where patient data come from: what is recorded there, what its own codes mean, and its zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, END, Interval


@dataclass(frozen=True)
class Capture:
    """That a term is recorded in a setting, between two days: completely, or here and there."""

    term: str
    how: str
    setting: str = ""
    from_: date | None = None
    to: date | None = None

    @property
    def complete(self) -> bool:
        """Whether every such thing is recorded."""
        return self.how == "complete"

    @property
    def days(self) -> Interval:
        """The days for which it is said."""
        return days(self.from_, self.to)


@dataclass(frozen=True)
class Refusal:
    """A code that, as the reason of what was not done, says that the patient did not want it."""

    system: str
    code: str

    @property
    def coding(self) -> Coding:
        """The code with its system."""
        return Coding(self.system, self.code)


@dataclass(frozen=True)
class LocalCode(Refusal):
    """A source's own code, and the term that it means."""

    means: str


@dataclass(frozen=True)
class DataSource:
    """One source of patient data, as its `source.yaml` describes it; terms are names, of any guideline."""

    name: str
    simulated: bool = False
    zone: str = ""
    from_: date | None = None
    to: date | None = None
    captures: tuple[Capture, ...] = ()
    local_codes: tuple[LocalCode, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    file: str = ""

    @property
    def observed(self) -> Interval:
        """From when until when the source observed its patients."""
        return days(self.from_, self.to)

    @property
    def refused(self) -> frozenset[Coding]:
        """The codes by which a patient refuses."""
        return frozenset(each.coding for each in self.refusals)

    @property
    def terms(self) -> frozenset[str]:
        """Every term that it names."""
        return frozenset([each.term for each in self.captures] + [each.means for each in self.local_codes])


def days(first: date | None, last: date | None) -> Interval:
    """Two days, open where one is not given."""
    return Interval(first.toordinal() if first else BEGINNING, last.toordinal() if last else END)
