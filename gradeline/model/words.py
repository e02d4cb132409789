"""Text for people, in the languages that Gradeline speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "da"]
LANGUAGES: tuple[Language, ...] = ("en", "da")


@dataclass(frozen=True)
class Text:
    """The same words in English and, where somebody wrote them, in Danish."""

    en: str
    da: str = ""

    def in_(self, language: Language) -> str:
        """The words in a language; English where nobody has written them in it."""
        return (self.da if language == "da" else self.en) or self.en

    def __str__(self) -> str:
        return self.en
