"""GRADE in one place: strength, direction, certainty, and the rating schemes that write them.

Meanings of strength and of good practice follow the legend of the Danish Health Authority's guidelines, in our words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum

from gradeline.model.words import Text


class Strength(Enum):
    """How firmly a recommendation is given; good practice is consensus, weaker than the graded ones."""

    STRONG = "strong"
    WEAK = "weak"
    GOOD_PRACTICE = "good practice"


class Direction(Enum):
    """Whether a recommendation speaks for or against its action."""

    FOR = "for"
    AGAINST = "against"


class Certainty(IntEnum):
    """How sure the evidence is, as the number of filled circles out of four."""

    VERY_LOW = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4

    @property
    def word(self) -> str:
        """The word that files and JSON carry: `very low`."""
        return self.name.lower().replace("_", " ")


class UngradedError(ValueError):
    """A grade that contradicts itself, or that says nothing."""


@dataclass(frozen=True)
class Grade:
    """Strength and direction, and the certainty that every graded statement has and no good practice has."""

    strength: Strength
    direction: Direction
    certainty: Certainty | None

    def __post_init__(self) -> None:
        if self.strength is Strength.GOOD_PRACTICE and self.certainty is not None:
            raise UngradedError(
                "good practice carries no certainty: leave it out, for it is consensus and not evidence"
            )
        if self.strength is not Strength.GOOD_PRACTICE and self.certainty is None:
            raise UngradedError(
                "a graded statement carries its certainty: add high, moderate, low or very low, as `weak for, low`"
            )

    def __str__(self) -> str:
        kind = f"{self.strength.value} {self.direction.value}"
        return f"{kind}, {self.certainty.word}" if self.certainty else kind


Kind = tuple[Strength, Direction]
KINDS: tuple[Kind, ...] = tuple((strength, direction) for strength in Strength for direction in Direction)


def grade(text: str) -> Grade:
    """Read a grade as a guideline file writes it.

    >>> grade("weak against, very low")
    Grade(strength=<Strength.WEAK: 'weak'>, direction=<Direction.AGAINST: 'against'>, certainty=<Certainty.VERY_LOW: 1>)
    """
    kind, _, certainty = (part.strip() for part in text.partition(","))
    try:
        strength, direction = next(each for each in KINDS if kind == f"{each[0].value} {each[1].value}")
        level = next(level for level in Certainty if level.word == certainty) if certainty else None
    except StopIteration:
        raise UngradedError(f"{text!r} is no grade: write `weak for, low` or `good practice against`") from None
    return Grade(strength, direction, level)


def lower(certainty: Certainty, levels: int) -> Certainty:
    """Rate certainty down, never below very low.

    >>> lower(Certainty.MODERATE, 2)
    <Certainty.VERY_LOW: 1>
    """
    return Certainty(max(certainty - levels, Certainty.VERY_LOW))


@dataclass(frozen=True)
class Wording:
    """How a scheme writes and explains one kind of recommendation."""

    symbol: str
    name: Text
    meaning: Text


@dataclass(frozen=True)
class Scheme:
    """A rating scheme: its symbols, words and meanings; another scheme may mean otherwise by the same sign."""

    id: str
    name: Text
    kinds: Mapping[Kind, Wording]
    certainties: Mapping[Certainty, Wording]

    def kind(self, grade: Grade) -> Wording:
        """How the scheme writes the strength and direction of a grade."""
        return self.kinds[grade.strength, grade.direction]

    def circles(self, grade: Grade) -> str:
        """The certainty as filled and empty circles; nothing for good practice."""
        return self.certainties[grade.certainty].symbol if grade.certainty else ""


STRONG, WEAK, GOOD = Strength.STRONG, Strength.WEAK, Strength.GOOD_PRACTICE
FOR, AGAINST = Direction.FOR, Direction.AGAINST
CIRCLES = {level: "⊕" * level + "○" * (4 - level) for level in Certainty}

DHA = Scheme(
    id="dha",
    name=Text("Danish Health Authority, after GRADE", "Sundhedsstyrelsen, efter GRADE"),
    kinds={
        (STRONG, FOR): Wording(
            "↑↑",
            Text("strong recommendation for", "stærk anbefaling for"),
            Text(
                "The benefits clearly outweigh the harms: nearly everyone would want it, and should be offered it.",
                "Fordelene er klart større end ulemperne: næsten alle vil ønske det og bør tilbydes det.",
            ),
        ),
        (STRONG, AGAINST): Wording(
            "↓↓",
            Text("strong recommendation against", "stærk anbefaling imod"),
            Text(
                "The harms clearly outweigh the benefits: nearly nobody would want it, and it should not be offered.",
                "Ulemperne er klart større end fordelene: næsten ingen vil ønske det, og det bør ikke tilbydes.",
            ),
        ),
        (WEAK, FOR): Wording(
            "↑",
            Text("weak recommendation for", "svag anbefaling for"),
            Text(
                "The benefits are probably a little larger than the harms: a choice to make with the patient.",
                "Fordelene er formentlig lidt større end ulemperne: et valg, der træffes sammen med patienten.",
            ),
        ),
        (WEAK, AGAINST): Wording(
            "↓",
            Text("weak recommendation against", "svag anbefaling imod"),
            Text(
                "The harms are probably larger than the benefits, or the balance is hard to judge: "
                "not as a routine, only for a reason.",
                "Ulemperne er formentlig større end fordelene, eller balancen er svær at bedømme: "
                "ikke som rutine, kun med en grund.",
            ),
        ),
        (GOOD, FOR): Wording(
            "√",
            Text("good practice for", "god praksis for"),
            Text(
                "Evidence is lacking; professionals agree that it is good care. Weaker than the graded ones.",
                "Der mangler evidens; fagfolk er enige om, at det er god praksis. Svagere end de graderede.",
            ),
        ),
        (GOOD, AGAINST): Wording(
            "√",
            Text("good practice against", "god praksis imod"),
            Text(
                "Evidence is lacking; professionals agree that it is not good care. Weaker than the graded ones.",
                "Der mangler evidens; fagfolk er enige om, at det ikke er god praksis. Svagere end de graderede.",
            ),
        ),
    },
    certainties={
        Certainty.HIGH: Wording(
            CIRCLES[Certainty.HIGH],
            Text("high", "høj"),
            Text(
                "The true effect is almost certainly close to what was found.",
                "Den sande effekt er næsten sikkert tæt på den fundne.",
            ),
        ),
        Certainty.MODERATE: Wording(
            CIRCLES[Certainty.MODERATE],
            Text("moderate", "moderat"),
            Text(
                "The true effect is probably close to what was found.",
                "Den sande effekt er formentlig tæt på den fundne.",
            ),
        ),
        Certainty.LOW: Wording(
            CIRCLES[Certainty.LOW],
            Text("low", "lav"),
            Text(
                "The true effect may be quite different from what was found.",
                "Den sande effekt kan være en anden end den fundne.",
            ),
        ),
        Certainty.VERY_LOW: Wording(
            CIRCLES[Certainty.VERY_LOW],
            Text("very low", "meget lav"),
            Text("What was found says little about the true effect.", "Det fundne siger kun lidt om den sande effekt."),
        ),
    },
)
SCHEMES = {DHA.id: DHA}
