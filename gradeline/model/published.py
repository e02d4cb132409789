"""The publisher's own words, kept beside ours where a user has read them from the published document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradeline.model.words import Language


@dataclass(frozen=True)
class PublishedWords:
    """What the publisher wrote for one recommendation, and where: the document, its page and lines."""

    text: str
    source: str
    language: Language = "en"


Kept = Mapping[str, PublishedWords]
"""The publisher's words by the id of our recommendation; from a local file, which is never committed."""
