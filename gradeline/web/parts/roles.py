"""Who is asking: within each heading, what a role most often decides on stands first (our reading; nothing hidden)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from gradeline.model.guideline import Guideline
from gradeline.model.words import Text

Role = Literal["general-practitioner", "physiotherapist", "chiropractor", "specialist"]
ROLES: tuple[Role, ...] = get_args(Role)
NAMES: Mapping[Role, Text] = {
    "general-practitioner": Text("General practitioner", "Praktiserende læge"),
    "physiotherapist": Text("Physiotherapist", "Fysioterapeut"),
    "chiropractor": Text("Chiropractor", "Kiropraktor"),
    "specialist": Text("Specialist", "Speciallæge"),
}
FIRST: Mapping[str, Mapping[Role, tuple[str, ...]]] = {
    "lumbar-nerve-root": {
        "general-practitioner": ("activity", "active-treatments", "mri", "surgical-assessment"),
        "physiotherapist": ("active-treatments", "active-or-passive", "activity"),
        "chiropractor": ("passive-treatments", "active-or-passive", "active-treatments", "activity"),
        "specialist": ("mri", "injection", "surgical-assessment"),
    }
}
"""By guideline the sections that come first; the others follow in the guideline's own order."""


def role(text: str | None) -> Role:
    """The role that is named, else a general practitioner.

    >>> role("chiropractor"), role("dean")
    ('chiropractor', 'general-practitioner')
    """
    return next((each for each in ROLES if each == text), ROLES[0])


def rank(guideline: Guideline, role: Role) -> Mapping[str, int]:
    """For each recommendation where it stands for a role."""
    own = [section.id for section in guideline.sections]
    order = list(dict.fromkeys([*FIRST.get(guideline.id, {}).get(role, ()), *own]))
    by_section = sorted(guideline.recommendations, key=lambda each: order.index(each.section))
    return {each.id: number for number, each in enumerate(by_section)}
