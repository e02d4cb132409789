"""The habits of a source: in which zone it lives, which codes of its own refuse, from when until when it observes."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from gradeline.codes import Coding
from gradeline.dates import SOME_DAY, Interval

UNIVERSAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*Z", re.ASCII)


class Habits(NamedTuple):
    """What must be known of a source before its records are read."""

    zone: str = ""
    """Where it writes instants in universal time (`Z`): the zone in which its days are meant."""
    refused: frozenset[Coding] = frozenset()
    """Codes by which a patient refuses, beside those that everybody uses."""
    observed: Interval = SOME_DAY


USUAL = Habits()


def local(value: Any, zone: str) -> Any:
    """A JSON value with every instant in universal time as the clocks of the zone showed it."""
    if type(value) is str:
        return instant(value, zone) if value.endswith("Z") and UNIVERSAL.fullmatch(value) else value
    if type(value) is list:
        return [local(one, zone) for one in value]
    return {name: local(one, zone) for name, one in value.items()} if type(value) is dict else value


@lru_cache(maxsize=1 << 14)
def instant(text: str, zone: str) -> str:
    """One instant; what is no date stays as it is written, for the reader to refuse.

    >>> instant("2026-05-31T22:30:00Z", "Europe/Copenhagen")
    '2026-06-01T00:30:00+02:00'
    """
    try:
        return datetime.fromisoformat(text).astimezone(ZoneInfo(zone)).isoformat()
    except (ValueError, OverflowError):
        return text
