"""A card put together: what is said, with the source, the links and the reasons that are the same on all."""

from __future__ import annotations

from typing import NamedTuple

from gradeline.evaluate.advice import Advice
from gradeline.show.cards.card import Card, Indicator, Suggestion, new_id
from gradeline.show.cards.occasion import Occasion

SIGNS, QUESTION = "warning-signs", "question"
"""What a card is about where it is about no recommendation."""


class Said(NamedTuple):
    """What one card says: what it is about, its summary, its detail, and how loud it is."""

    about: str
    summary: str
    detail: str
    indicator: Indicator = "info"


def made(
    said: Said, advice: Advice, occasion: Occasion, suggestions: tuple[Suggestion, ...] = (), draft: str = ""
) -> Card:  # fmt: skip
    """The card, with an id of its own."""
    guideline = advice.guideline
    about = next((each for each in guideline.recommendations if each.id == said.about), None)
    source = occasion.source(guideline, about)
    links, overrides = occasion.links(guideline), occasion.overrides()
    return Card(new_id(), *said, source, suggestions, links, overrides, draft)
