"""Which cards were accepted or overridden not long ago: in memory, where one process alone keeps the store."""

from __future__ import annotations

from collections.abc import Iterable


class Lately:
    """By what a repetition is known, with the moment at which feedback of it came; the oldest stand first."""

    def __init__(self, found: Iterable[tuple[str, float]] = ()) -> None:
        self.at: dict[str, float] = {}
        self.heard(sorted(found, key=lambda each: each[1]))

    def heard(self, found: Iterable[tuple[str, float]]) -> None:
        """Feedback came of these."""
        for repeat, received in found:
            self.at.pop(repeat, None)
            self.at[repeat] = received

    def among(self, repeats: Iterable[str], since: float) -> set[str]:
        """Which of some were decided since a moment; what is older is forgotten."""
        while self.at and next(iter(self.at.values())) <= since:
            del self.at[next(iter(self.at))]
        return {repeat for repeat in repeats if repeat in self.at}
