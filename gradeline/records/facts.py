"""Facts: what a patient's record says, one statement each, as every evaluator reads them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, END, SOME_DAY, Day, Interval
from gradeline.quantity import Quantity

Kind = Literal["condition", "observation", "procedure", "order", "medication", "contact", "reason"]
Status = Literal["planned", "done", "negated"]
Sureness = Literal["sure", "possible"]
Side = Literal["right", "left", "both"]


class Fact(NamedTuple):
    """One statement of a record; `meaning.md`, section 2, is where each field's rules come from.

    `when` is SOME_DAY where nothing says. `until` is the end: of a condition its abatement, BEGINNING where it
    is over since an unknown day. `known` is the first day on which the record could show it, BEGINNING where
    nothing says; `assumed` tells that `known` was taken from `when`. `of` is the key of the source of a reason.
    """

    key: str
    kind: Kind
    codings: tuple[Coding, ...]
    status: Status = "done"
    sureness: Sureness = "sure"
    when: Interval = SOME_DAY
    known: Day = BEGINNING
    assumed: bool = False
    until: Day | None = None
    value: Quantity | tuple[Coding, ...] | None = None
    declined: bool = False
    no_onset: bool = False
    """The source of this fact has no onset: its date is a contact's."""
    time: str = ""
    """The time of day as written, where an instant was given; orders values of one day."""
    unit: str = ""
    """The unit of care: the key of an organisation or place, else its identifier as `system|value`."""
    specialty: str = ""
    """Of who gives the care, as `system|code`, else in words."""
    sites: tuple[Coding, ...] = ()
    side: Side | None = None
    of: tuple[str, ...] = ()
    """Keys of what it is based on, or, of a reason, whose reason it is."""
    text: str = ""


class Patient(NamedTuple):
    """The person: birth as an interval, sex, death, place, and when the record observed them."""

    id: str
    birth: Interval | None = None
    sex: Literal["female", "male", "other"] | None = None
    death: Interval | None = None
    place: str = ""
    observed: Interval = Interval(BEGINNING, END)
    ended: str = ""


@dataclass(frozen=True)
class Record:
    """One patient's facts, and an account of every resource that gave none."""

    patient: Patient
    facts: tuple[Fact, ...] = ()
    resources: int = 0
    unused: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Resources that were not used, by type and reason: with the patient and the sources of the facts they are all."""
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What of the used ones could not be read (a value, an onset, a reference), by type and reason."""
    day: Day | None = None
    """The day that a sample record names as the one to be asked; no real record names one."""
