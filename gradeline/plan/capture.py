"""What a source captures: what it means that nothing is recorded there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gradeline.codes import Coding
from gradeline.dates import SOME_DAY, Interval
from gradeline.errors import Fault, GuidelineError
from gradeline.logic import NO, UNKNOWN, Truth
from gradeline.model.data_source import Capture as Said
from gradeline.model.data_source import DataSource
from gradeline.model.guideline import Guideline, Term


@dataclass(frozen=True)
class Capture:
    """How absence is to be read: as a record does, as a dialogue that knows nothing yet, or by a source's word.

    `by_term` holds the terms of which the source says more; `actions` is what an action not recorded means elsewhere.
    """

    nothing: bool = False
    actions: Truth = NO
    by_term: Mapping[str, Truth] = field(default_factory=dict)

    def absence(self, term: Term, default: Truth) -> Truth:
        """What the absence of a term means here."""
        if term.id in self.by_term:
            return self.by_term[term.id]
        return self.actions if term.subject == "action" and default is NO else default


RECORD = Capture()
"""A patient's own record, at the bedside: an action not recorded is not in this record."""
DIALOGUE = Capture(nothing=True, actions=UNKNOWN)
"""Whatever a person types in: nothing is known until it is said."""
UNDECLARED = Capture(actions=UNKNOWN)
"""An audit's source that says nothing of itself: an action not recorded there may have been done."""


def captured(source: DataSource | None, guideline: Guideline, days: Interval = SOME_DAY) -> Capture:
    """How absence is to be read in a source, asked about these days.

    A term is captured where every setting that is named for it records it completely on all of these days. Of a
    measurement even that says no value.
    """
    said: dict[str, list[Said]] = {}
    for each in source.captures if source else ():
        term = guideline.terms.get(each.term)
        if term and term.subject != "measurement":
            said.setdefault(each.term, []).append(each)
    return Capture(actions=UNKNOWN, by_term={term: _absence(entries, days) for term, entries in said.items()})


def _absence(entries: Iterable[Said], days: Interval) -> Truth:
    """NO where nothing can be missing on these days."""
    by_setting: dict[str, list[Said]] = {}
    for each in entries:
        by_setting.setdefault(each.setting, []).append(each)
    return NO if all(_covers(each, days) for each in by_setting.values()) else UNKNOWN


def _covers(entries: list[Said], days: Interval) -> bool:
    """Whether the entries of one setting are complete on all of these days, one after the other."""
    wanted = days.first
    for each in sorted(entries, key=lambda one: one.days):
        if not each.complete and each.days.first <= days.last and each.days.last >= days.first:
            return False
        if each.complete and each.days.first <= wanted:
            wanted = max(wanted, each.days.last + 1)
    return wanted > days.last


def local_codes(source: DataSource | None, guideline: Guideline) -> dict[Coding, str]:
    """What a source's own codes mean for a guideline; GuidelineError where one means two of its terms."""
    meant: dict[Coding, str] = {}
    for each in source.local_codes if source else ():
        if each.means not in guideline.terms:
            continue
        if meant.setdefault(each.coding, each.means) != each.means:
            what = f"the local code `{each.code}` means both `{meant[each.coding]}` and `{each.means}`"
            cure = "a code has one meaning for one guideline: keep one, or let a term include the other"
            raise GuidelineError([Fault(source.file if source else "", what, cure)])
    return meant
