"""The audits: each report of a folder with what it counts, and a door to one patient where the facts lie beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """One report: the name of its folder, its guidelines, period and source, and how many patients it has seen."""

    name: str
    guidelines: tuple[str, ...]
    first: str
    last: str
    source: str
    patients: int
    episodes: int
    simulated: bool
    drill: bool
    """Whether the facts lie beside it, so that one patient can be opened."""
