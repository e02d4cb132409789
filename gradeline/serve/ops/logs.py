"""The log: a line of JSON an event, of doors and never of addresses, without patients, tokens or bodies."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.requests import Request

Write = Callable[[str], object]


class Log:
    """Writes what happens to the standard error stream, unless it is to be quiet."""

    def __init__(self, clock: Callable[[], float], on: bool, write: Write | None = None) -> None:
        self.clock, self.on, self.write = clock, on, write or sys.stderr.write

    def request(self, method: str, door: str, status: int, seconds: float) -> None:
        """One request that was answered."""
        if self.on:
            self.line(
                {"event": "request", "method": method, "door": door, "status": status, "ms": round(seconds * 1e3, 1)}
            )

    def failed(self, request: Request, error: Exception) -> None:
        """An error of ours: where in our code, and no words of it, for they may name a patient."""
        places = [
            f"{one.filename.rpartition('gradeline/')[2]}:{one.lineno}"
            for one in traceback.extract_tb(error.__traceback__)
        ]
        door = getattr(request.scope.get("route"), "path", "none")
        self.line({"event": "error of ours", "kind": type(error).__name__, "door": door, "where": places[-6:]})

    def line(self, said: dict[str, object]) -> None:
        """One event."""
        at = datetime.fromtimestamp(self.clock(), UTC).isoformat(timespec="milliseconds")
        self.write(json.dumps({"at": at, **said}) + "\n")
