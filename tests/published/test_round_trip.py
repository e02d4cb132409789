"""Our own quick guides, read back: the same statements with the same grades, in every format and language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradeline.model.grade import GOOD, KINDS, Certainty, Direction, Grade, Kind
from gradeline.model.guideline import Guideline, Recommendation, Section
from gradeline.model.words import LANGUAGES, Language, Text
from gradeline.show import markdown, page, paper
from gradeline.show.terminal.guide import guide as terminal
from gradeline.show.terminal.sheet import Sheet
from gradeline.source.published import read
from gradeline.source.shipped import guideline

TEACHING = str(Path(__file__).parents[1] / "guidelines" / "teaching")
Said = tuple[str, Grade | None]

FORMATS: dict[str, Callable[[Guideline, Language], bytes]] = {
    "txt": lambda asked, language: terminal(asked, language, Sheet()).encode(),
    "readings.txt": lambda asked, language: terminal(asked, language, Sheet(), readings=True).encode(),
    "md": lambda asked, language: markdown.guide(asked, language).encode(),
    "html": lambda asked, language: page.guide(asked, language, {"": 3}).encode(),
    "pdf": paper.guide,
}


def back(asked: Guideline, language: Language, form: str) -> tuple[list[Said], list[str], tuple[str, ...]]:
    """What is read of our own output: the statements, their sections, and every doubt and warning."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"guide.{form}"
        file.write_bytes(FORMATS[form](asked, language))
        found = read(file)
    doubts = [doubt for each in found.statements for doubt in each.doubts]
    said = [(" ".join(each.text.split()), each.grade) for each in found.statements]
    return said, [each.section.casefold() for each in found.statements], (*found.warnings, *doubts)


def shown(asked: Guideline) -> Iterator[Recommendation]:
    """The recommendations in the order in which they are shown."""
    for section in asked.sections:
        yield from (each for each in asked.recommendations if each.section == section.id)


def said(asked: Guideline, language: Language) -> list[Said]:
    return [(" ".join(each.says.in_(language).split()), each.grade) for each in shown(asked)]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["lumbar-nerve-root", TEACHING])
def test_what_we_ship_comes_back(name: str, language: Language, form: str) -> None:
    asked = guideline(name)
    titles = {section.id: section.title.in_(language).casefold() for section in asked.sections}
    statements, sections, doubts = back(asked, language, form)
    assert statements == said(asked, language)
    assert sections == [titles[each.section] for each in shown(asked)]
    assert doubts == ()


OPENINGS: dict[Language, dict[tuple[bool, Direction], list[str]]] = {
    "en": {
        (True, Direction.FOR): ["It is good practice to weigh", "Where it helps, it is good practice to consider"],
        (True, Direction.AGAINST): ["It is not good practice to offer", "Offering too much is not good practice with"],
        (False, Direction.FOR): [
            "Think of",
            "The working group speaks for",
            "Persons may be given",
            "“Rest” may go with",
        ],
        (False, Direction.AGAINST): ["The working group speaks against", "Be wary of"],
    },
    "da": {
        (True, Direction.FOR): ["Det er god praksis at overveje", "Når det hjælper, er det god praksis at afveje"],
        (True, Direction.AGAINST): ["Det er ikke god praksis at tilbyde"],
        (False, Direction.FOR): ["Tænk på", "Arbejdsgruppen taler for", "Personer kan få", "Øvelser kan gå sammen med"],
        (False, Direction.AGAINST): ["Arbejdsgruppen taler imod", "Vær varsom med"],
    },
}
"""How statements of each direction may begin: what a sentence says of its direction must not contradict its sign."""
WORDS = (
    "training", "rest", "“short rest”", '"sengeleje"', "(gradually)", "Ångström’s", "Παπαδόπουλος", "Шевченко",
    "Łódź–Aarhus", "øvelser/træning", "5 %", "2–3", "≥ 7 of 10", "< 12", "µg", "37,5 °C", "vitamin-B12", "x²", "A&E",
    "AT&T", "&amp;", "[sic]", "*note*", "_this_", "#1", "a → b", "(CRP ↑)", "~10", "|", "<5", "<b>", "$2$", "`x`", "\\",
    "and", "or", "under", "efter", "med", "the", "af", "that persists; then", "e.g. this", "dvs. sådan",
)  # fmt: skip
"""Words as guidelines really have them, and as no mark-up likes them."""
LAST = ("care", "exercise", "Νίκος", "smerter", "behandling", "MRI", "12 weeks", "(WHO)", "“rest”")


class Drawn(NamedTuple):
    """A guideline in short: its language, and of each statement its section, its grade and its words."""

    language: Language
    statements: tuple[tuple[str, Grade, str], ...]


def graded(kind: Kind) -> st.SearchStrategy[Grade]:
    """A grade of this kind; good practice has no certainty."""
    certainties = st.none() if kind[0] is GOOD else st.sampled_from(Certainty)
    return certainties.map(lambda certainty: Grade(*kind, certainty))


def sentences(language: Language, kind: Kind) -> st.SearchStrategy[str]:
    """Statements of one kind: a few words, or several lines of them."""
    opening = st.sampled_from(OPENINGS[language][kind[0] is GOOD, kind[1]])
    middle = st.lists(st.sampled_from(WORDS), min_size=1, max_size=50).map(" ".join)
    return st.builds("{} {} {}.".format, opening, middle, st.sampled_from(LAST))


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """All six kinds, some of them again, in any order."""
    language = draw(st.sampled_from(LANGUAGES))
    kinds = draw(st.permutations([*KINDS, *draw(st.lists(st.sampled_from(KINDS), max_size=3))]))
    sections = sorted(draw(st.sampled_from(list(SECTIONS))) for _ in kinds)
    rows = [(draw(graded(kind)), draw(sentences(language, kind))) for kind in kinds]
    return Drawn(language, tuple((section, *row) for section, row in zip(sections, rows, strict=True)))


SECTIONS = {"one": Text("Θεραπεία and exercise", "Θεραπεία og øvelser"), "two": Text("Imaging", "Billeder")}


def made(short: Drawn) -> Guideline:
    """The teaching guideline with these statements in place of its own."""
    base = guideline(TEACHING)
    return replace(
        base,
        sections=tuple(Section(id, title) for id, title in SECTIONS.items()),
        recommendations=tuple(
            replace(model, id=f"r{number}", section=section, grade=grade, says=Text(text, text))
            for number, (model, (section, grade, text)) in enumerate(
                zip(base.recommendations, short.statements, strict=False)
            )
        ),
        cautions=(),
    )


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=40)
@given(short=drawn())
def test_any_guideline_comes_back(form: str, short: Drawn) -> None:
    asked = made(short)
    statements, _, doubts = back(asked, short.language, form)
    assert statements == said(asked, short.language)
    assert doubts == ()


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pdf"])
@pytest.mark.parametrize("name", ["李明", "עומר", "عمر", "ธีระ", "דנה–李明", "🦴"])
def test_a_name_in_any_script_comes_back(form: str, name: str) -> None:
    """On paper only where a font has it: what none has is an error there, and never a box."""
    grades = [Grade(*kind, None if kind[0] is GOOD else Certainty.LOW) for kind in KINDS]
    text = {
        Direction.FOR: "It is good practice to ask {}.",
        Direction.AGAINST: "It is not good practice to ask {} alone.",
    }
    plain = {Direction.FOR: "Think of {}.", Direction.AGAINST: "Be wary of {}, {} or “{}”."}
    rows = [
        ("one", each, (text if each.strength is GOOD else plain)[each.direction].replace("{}", name)) for each in grades
    ]
    asked = made(Drawn("en", tuple(rows)))
    statements, _, doubts = back(asked, "en", form)
    assert statements == said(asked, "en")
    assert doubts == ()
