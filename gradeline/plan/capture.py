"""What a source captures: what it means that nothing is recorded there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gradeline.logic import NO, UNKNOWN, Truth
from gradeline.model.guideline import Term


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
