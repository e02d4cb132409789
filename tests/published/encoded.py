"""A guideline that encodes the invented guide, built by hand, and ways to make it unfaithful."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gradeline.dates import Duration
from gradeline.model.criteria import All
from gradeline.model.forms import Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.model.grade import DHA, grade
from gradeline.model.guideline import (
    Currency,
    Encoding,
    Guideline,
    Index,
    Publisher,
    Recommendation,
    Section,
    Term,
)
from gradeline.model.words import Text
from tests.published.guide import GRADES, SECTIONS

TERMS = {
    "information": Text("information on sundial wrist", "information om solurshåndled"),
    "normal-use": Text("advice on normal use of the hand", "råd om normal brug af hånden"),
    "bandage": Text("rest in a bandage", "hvile i bandage"),
    "shadow-drawing": Text("supervised shadow-drawing", "superviseret skyggetegning"),
    "clockwise": Text("clockwise exercises", "øvelser med uret"),
    "against-clock": Text("exercises against the clock", "øvelser mod uret"),
    "plaster": Text("plaster", "gips"),
    "sand-massage": Text("sand massage", "sandmassage"),
    "pictures": Text("pictures of the wrist", "billeder af håndleddet"),
    "moonlight": Text("injection of moonlight", "injektion af måneskin"),
    "clockmaker": Text("assessment by a clockmaker", "vurdering hos en urmager"),
}
WEEKS = Duration(days=42)
ROWS: tuple[tuple[str, int, Form, Text, Text, Text | None, Text | None], ...] = (
    ("information", 0, Do("information"), Text("Tell everyone about it.", "Fortæl alle om det."),
     Text("It helps.", "Det hjælper."), None, None),
    ("normal-use", 0, InsteadOf("normal-use", "bandage"),
     Text("Consider normal use of the hand, not a bandage.", "Overvej normal brug af hånden, ikke bandage."),
     Text("Use does no harm.", "Brug skader ikke."), Text("Rest in a bandage", "Hvile i bandage"), None),
    ("shadow-drawing", 1, Do("shadow-drawing"),
     Text("Consider shadow-drawing under supervision.", "Overvej superviseret skyggetegning."),
     Text("Little is known.", "Man ved lidt."), Text("Usual treatment alone", "Vanlig behandling alene"), None),
    ("which-exercises", 1, Either(("clockwise", "against-clock")),
     Text("Consider exercises of either kind.", "Overvej øvelser af den ene eller anden slags."),
     Text("Neither is better.", "Ingen er bedre."), None, None),
    ("both-exercises", 1, Together("clockwise", "against-clock"),
     Text("Combining both exercises is good practice.", "At kombinere øvelserne er god praksis."),
     Text("Together they possibly do more.", "Sammen gør de muligvis mere."),
     Text("Clockwise exercises alone", "Øvelser med uret alene"), None),
    ("plaster", 2, Avoid("plaster"), Text("No plaster.", "Ingen gips."), Text("It harms.", "Det skader."), None, None),
    ("sand-massage", 2, NotRoutine("sand-massage"), Text("Massage with sand is no routine.",
        "Sandmassage er ikke rutine."),
     Text("Evidence is lacking.", "Der mangler evidens."), None, None),
    ("pictures", 3, NotRoutine("pictures"), Text("Pictures only for a reason.", "Kun billeder med en grund."),
     Text("What is gained is uncertain.", "Gavnen er usikker."), None, None),
    ("moonlight", 4, NotRoutine("moonlight"), Text("Moonlight only for a reason.", "Kun måneskin med en grund."),
     Text("The gain is probably small.", "Gavnen er formentlig lille."), None, None),
    ("clockmaker", 5, ByATime("clockmaker", WEEKS), Text("A clockmaker looks at it.", "En urmager ser på det."),
     Text("It was agreed.", "Det blev aftalt."), None,
     Text("Where severe ticking goes on in spite of treatment.", "Hvor svær tikken varer ved trods behandling.")),
)  # fmt: skip


def guideline() -> Guideline:
    """The faithful encoding."""
    recommendations = tuple(
        Recommendation(
            id=id, section=f"s{section}", grade=given, form=form, says=says, why=why, name=TERMS.get(id, says),
            comparator=comparator, caveat=caveat,
        )
        for (id, section, form, says, why, comparator, caveat), given in zip(ROWS, GRADES, strict=True)
    )  # fmt: skip
    titles = zip(SECTIONS["en"], SECTIONS["da"], strict=True)
    return Guideline(
        id="sundial-wrist",
        title=Text("Recent onset sundial wrist", "Nyopstået solurshåndled"),
        publisher=Publisher(Text("Harbour Board of Health")),
        scheme=DHA,
        currency=Currency("1", "draft"),
        encoding=Encoding("0.1", date(2026, 11, 22)),
        scope=Text("Wrists."),
        about=Text("Invented."),
        index=Index("information"),
        population=All(()),
        sections=tuple(Section(f"s{number}", Text(*title)) for number, title in enumerate(titles)),
        terms={id: Term(id, name, "action") for id, name in TERMS.items()},
        recommendations=recommendations,
        invented=True,
    )


def changed(id: str, **fields: object) -> Guideline:
    """The encoding with one recommendation changed."""
    whole = guideline()
    each = tuple(
        replace(one, **fields) if one.id == id else one  # type: ignore[arg-type]
        for one in whole.recommendations
    )
    return replace(whole, recommendations=each)


def without(id: str) -> Guideline:
    """The encoding without one recommendation."""
    whole = guideline()
    return replace(whole, recommendations=tuple(each for each in whole.recommendations if each.id != id))


UNFAITHFUL: dict[str, tuple[str, dict[str, object], str]] = {
    "strength": ("normal-use", {"grade": grade("strong for, low")}, "strength"),
    "direction": ("plaster", {"grade": grade("strong for, moderate")}, "direction"),
    "certainty": ("pictures", {"grade": grade("weak against, low")}, "certainty"),
    "good practice made weak": ("sand-massage", {"grade": grade("weak against, low")}, "strength"),
    "another comparator": (
        "normal-use", {"form": InsteadOf("normal-use", "shadow-drawing"), "comparator": Text("Shadow-drawing")},
        "comparator",
    ),
    "no comparator": ("shadow-drawing", {"comparator": None}, "comparator"),
    "a comparator that was not published": ("plaster", {"form": InsteadOf("plaster", "bandage")}, "comparator"),
    "a choice made a preference": ("which-exercises", {"form": InsteadOf("clockwise", "against-clock")}, "comparator"),
    "a preference made a choice": ("normal-use", {"form": Either(("normal-use", "bandage"))}, "comparator"),
    "not routine made a ban": ("moonlight", {"form": Avoid("moonlight")}, "caveat"),
    "another limit": ("clockmaker", {"form": ByATime("clockmaker", Duration(days=84))}, "caveat"),
    "no limit": ("clockmaker", {"form": Do("clockmaker")}, "caveat"),
    "the condition lost": ("clockmaker", {"caveat": None}, "caveat"),
    "the reason lost": ("moonlight", {"why": Text("It is done so.")}, "caveat"),
}  # fmt: skip
"""Encodings that are not faithful: the recommendation, what was changed, and the point that must differ."""
