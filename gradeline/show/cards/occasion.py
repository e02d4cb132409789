"""What is the same on every card of one call: the language, where we are reached, who adopted, what was not read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from gradeline.dates import Day
from gradeline.model.guideline import Guideline, Recommendation
from gradeline.model.words import Language, written
from gradeline.show.cards.card import Link, Plain
from gradeline.show.cards.words import REASONS, WORDS

RECOMMENDATIONS = "https://gradeline.example/CodeSystem/recommendations"
"""The topic of a card is the recommendation, by its id. The address is a reserved example, as that of our terms."""
NON_ADHERENCE = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes"


@dataclass(frozen=True)
class Adoption:
    """Who uses a guideline that is not in force, since when, why, and until when."""

    by: str
    on: date
    why: str
    until: date

    def holds(self, day: Day) -> bool:
        """Whether it is adopted on a day."""
        return self.on.toordinal() <= day <= self.until.toordinal()

    def says(self, language: Language) -> str:
        """The adoption in words."""
        on, until = (written(each.toordinal(), language) for each in (self.on, self.until))
        return WORDS[language]["adopted"].format(by=self.by, on=on, why=self.why.rstrip("."), until=until)


@dataclass(frozen=True)
class Occasion:
    """One call: what its cards share. `base` is our address, `unread` what the record system did not deliver."""

    language: Language
    base: str
    adoption: Adoption | None = None
    unread: tuple[str, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """The words of its language."""
        return WORDS[self.language]

    def source(self, guideline: Guideline, about: Recommendation | None = None) -> Plain:
        """Where a card comes from: guideline, publisher, version; and which recommendation it is about."""
        label = self.words["source"].format(
            title=guideline.title.in_(self.language),
            publisher=guideline.publisher.name.in_(self.language),
            version=guideline.currency.version,
        )
        found: Plain = {"label": label, "url": f"{self.base}/guidelines/{guideline.id}"}
        if about:
            name = about.name.in_(self.language)
            found["topic"] = {"system": RECOMMENDATIONS, "code": about.id, "display": name}
        return found

    def links(self, guideline: Guideline) -> tuple[Link, ...]:
        """Our page inside the record system, with the guideline as its context; and the guideline itself."""
        context = json.dumps({"guideline": guideline.id, "lang": self.language}, separators=(",", ":"))
        return (
            Link(self.words["open"], f"{self.base}/smart/launch", context),
            Link(self.words["guideline"], f"{self.base}/guidelines/{guideline.id}"),
        )

    def overrides(self) -> tuple[Plain, ...]:
        """The standard reasons for not following a card."""
        return tuple(
            {"system": NON_ADHERENCE, "code": code, "display": text.in_(self.language)} for code, text in REASONS
        )
