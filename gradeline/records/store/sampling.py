"""A share of the patients: the same ones in every run, whether lines or facts are looked at."""

from __future__ import annotations

PARTS = 1_000_000


def chosen(id: str, share: float) -> str:
    """The condition in SQL that a patient, by an expression of the id, is of the share."""
    return f"hash({id} || ' sampled') % {PARTS} < {round(share * PARTS)}"
