"""What became of the cards: for each recommendation accepted, overridden and why, and ignored."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from gradeline.serve.store.store import Store
from gradeline.serve.store.tables import FEEDBACK, SHOWN

HEAD = ("guideline", "version", "recommendation", "service", "shown", "accepted", "overridden", "ignored", "reasons")
Key = tuple[str, str, str, str]


@dataclass
class Line:
    """One recommendation of one version, as one service showed it."""

    shown: int = 0
    accepted: int = 0
    overridden: int = 0
    answered: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def ignored(self) -> int:
        """Cards shown of which nothing was heard."""
        return self.shown - self.answered


@dataclass(frozen=True)
class Report:
    """All lines, and how much feedback was about cards that we do not know."""

    lines: dict[Key, Line]
    unknown: int

    def csv(self) -> str:
        """The report as a table for other programs."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(HEAD)
        for key, line in self.lines.items():
            reasons = "; ".join(f"{code} {n}" for code, n in line.reasons.most_common())
            writer.writerow([*key, line.shown, line.accepted, line.overridden, line.ignored, reasons])
        return out.getvalue()


def report(store: Store) -> Report:
    """Count what is kept; a card that was both accepted and overridden counts as what was said last."""
    store.flush()
    lines: dict[Key, Line] = {}
    last: dict[str, tuple[str, str, str]] = {}
    columns = (SHOWN.c.card, SHOWN.c.guideline, SHOWN.c.version, SHOWN.c.recommendation, SHOWN.c.service)
    with store.connection() as connection:
        for card, at, outcome, reason in connection.execute(
            select(FEEDBACK.c.card, FEEDBACK.c.at, FEEDBACK.c.outcome, FEEDBACK.c.reason)
        ):
            last[card] = max(last.get(card, ("", "", "")), (at, outcome, reason))
        for card, *key in connection.execute(select(*columns).order_by(*columns[1:])):
            line = lines.setdefault((key[0], key[1], key[2], key[3]), Line())
            add(line, last.pop(card, None))
    return Report(lines, len(last))


def add(line: Line, said: tuple[str, str, str] | None) -> None:
    """Count one card and the last that was heard of it."""
    line.shown += 1
    if said is None:
        return
    line.answered += 1
    if said[1] == "accepted":
        line.accepted += 1
    else:
        line.overridden += 1
        line.reasons[said[2] or "no reason given"] += 1
