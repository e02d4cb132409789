"""What became of everything that was read, and who was counted by the evaluator that advises; small counts hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from gradeline.evaluate.audit.counts.hiding import small

if TYPE_CHECKING:
    import duckdb

Counted = tuple[tuple[str, int | None], ...]
"""What, and how often; None is a count that is hidden."""


class LeftOut(NamedTuple):
    """Resources that are no facts, and why."""

    type: str
    why: str
    resources: int | None


@dataclass(frozen=True)
class Account:
    """What was read, what of it is no fact, what could not be read, what cannot be as it is written."""

    read: int
    """Lines of FHIR, or rows of tables."""
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[LeftOut, ...] = ()
    """Of what is a fact, an element that could not be read."""
    faults: Counted = ()
    refused: int | None = 0
    """Patients of whom nothing is used, because something of theirs cannot be read."""
    doubts: Counted = ()
    """Facts before birth, after death, later than the data."""
    missing: tuple[str, ...] = ()
    """Tables that are not there."""
    handed: int | None = 0
    """Patients whom SQL cannot decide exactly: the evaluator that advises counted them."""
    why: Counted = ()
    """Why it cannot, by patients; a patient may have several reasons."""

    def to_dict(self) -> dict[str, Any]:
        """The account as plain data."""
        return {
            "read": self.read,
            "not_used": [each._asdict() for each in self.left_out],
            "unread": [each._asdict() for each in self.unread],
            "faults": dict(self.faults),
            "patients_refused": self.refused,
            "doubts": dict(self.doubts),
            "missing_tables": list(self.missing),
            "by_the_evaluator_of_one_patient": {"patients": self.handed, "why": dict(self.why)},
        }


def account(manifest: Mapping[str, Any], connection: duckdb.DuckDBPyConnection) -> Account:
    """The account of a facts folder, and of those whom the engine of an audit handed over."""
    counts, said = manifest["counts"], manifest.get("account", {})
    (handed,) = connection.execute("SELECT count(DISTINCT patient) FROM handed_over").fetchall()[0]
    why = connection.execute("SELECT why, count(DISTINCT patient) FROM handed_over GROUP BY why ORDER BY 2 DESC, 1")
    return Account(
        counts.get("lines", counts.get("resources", counts["rows"])),
        left_out(said.get("unused", ())),
        left_out(said.get("unread", ())),
        hidden(said.get("faults", {}).items()),
        told(counts.get("refused patients", 0)),
        hidden((name, count) for name, count in said.get("doubts", {}).items() if count),
        tuple(said.get("missing tables", ())),
        told(handed),
        hidden(why.fetchall()),
    )


def left_out(listed: Iterable[Mapping[str, Any]]) -> tuple[LeftOut, ...]:
    """What is no fact, the most frequent first."""
    found = sorted(listed, key=lambda each: (-each["count"], each["type"], each["why"]))
    return tuple(LeftOut(each["type"], each["why"], told(each["count"])) for each in found)


def hidden(counts: Iterable[tuple[str, int]]) -> Counted:
    """Counts of things that may overlap, so that no sum tells of another: the small ones hidden."""
    return tuple((what, told(count)) for what, count in counts)


def told(count: int) -> int | None:
    """A count, if it is not small."""
    return None if small(count) else count
