"""Never guess: a table of damages, each with what must come out of the statement and why it is in doubt."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from gradeline.model.grade import AGAINST, FOR, GOOD, STRONG, WEAK, Certainty, Direction, Strength
from gradeline.model.words import LANGUAGES, Language
from gradeline.source.published import Published, read
from tests.published import guide
from tests.published.guide import EMPTY, swapped

LOW = f"(⊕⊕{EMPTY}{EMPTY})"
CONSIDER = "↑ Consider recommending normal"
WRIST = f"onset sundial wrist {LOW}"
ROUTINE = "on a routine basis to patients with recent onset sundial \nwrist."


class Damage(NamedTuple):
    """What was done to the English guide, and what must come out of one statement."""

    name: str
    old: str
    new: str
    number: int
    strength: Strength | None
    direction: Direction | None
    certainty: Certainty | None
    doubt: str


# fmt: off
DAMAGES = [
    Damage("a lost arrow", CONSIDER, "Consider recommending normal", 2, None, None, Certainty.LOW, "not graded"),
    Damage("a lost check mark", "√ It is not good", "It is not good", 7, None, None, None, "not graded"),
    Damage("a lost check mark without room", f"wrist (⊕⊕⊕{EMPTY}).\n\n√ It is not", f"wrist (⊕⊕⊕{EMPTY}).\nIt is not",
           7,
           None, None, None, "not graded"),
    Damage("a lost arrow, another character in its place", CONSIDER, "? Consider recommending normal", 2,
           None, None, Certainty.LOW, "not graded"),
    Damage("an unknown private character", CONSIDER, "\ue055 Consider recommending normal", 2, None, None,
           Certainty.LOW,
           "not graded"),
    Damage("a replacement character", "√ It is not good", "\ufffd It is not good", 7, None, None, None, "not graded"),
    Damage("a bullet in place of the arrow", CONSIDER, "- Consider recommending normal", 2, None, None, Certainty.LOW,
           "not graded"),
    Damage("a doubled arrow", CONSIDER, "↑↑ Consider recommending normal", 2, None, FOR, Certainty.LOW,
           "worded as weak"),
    Damage("a doubled arrow, spaced", CONSIDER, "↑ ↑ Consider recommending normal", 2, None, FOR, Certainty.LOW,
           "worded as weak"),
    Damage("a halved arrow", "↑↑ Offer", "↑ Offer", 1, None, FOR, Certainty.HIGH, "worded as strong"),
    Damage("an arrow too many", "↑↑ Offer", "↑↑↑ Offer", 1, None, None, Certainty.HIGH, "no sign of the scale"),
    Damage("arrows both ways", CONSIDER, "↑↓ Consider recommending normal", 2, None, None, Certainty.LOW,
           "no sign of the scale"),
    Damage("an arrow aside", CONSIDER, "→ Consider recommending normal", 2, None, None, Certainty.LOW, "not graded"),
    Damage("an arrow with a double shaft", "↑↑ Offer", "⇑ Offer", 1, None, None, Certainty.HIGH,
           "no sign of the scale"),
    Damage("an arrow turned round", "↓ Pictures", "↑ Pictures", 8, WEAK, None, Certainty.VERY_LOW, "worded against"),
    Damage("an arrow turned round, strong", "↓↓ Do not", "↑↑ Do not", 6, STRONG, None, Certainty.MODERATE,
           "worded against"),
    Damage("two check marks", "√ It is not good", "√√ It is not good", 7, None, None, None, "no sign of the scale"),
    Damage("an arrow in place of a check mark", "√ It is not good", "↓ It is not good", 7, None, AGAINST, None,
           "worded as good practice"),
    Damage("a check mark in place of an arrow", CONSIDER, "√ Consider recommending normal", 2, None, FOR, Certainty.LOW,
           "worded as weak"),
    Damage("certainty on good practice", ROUTINE, f"{ROUTINE[:-1]} {LOW}.", 7, GOOD, AGAINST, None, "with a certainty"),
    Damage("good practice worded as neither", "It is not good practice to offer sand massage",
           "Sand massage for some", 7,
           GOOD, None, None, "does not tell whether"),
    Damage("good practice denied twice", "It is not good practice to offer", "It is not good practice to avoid", 7,
           GOOD, None, None, "does not tell whether"),
    Damage("a circle added", WRIST, f"onset sundial wrist (⊕⊕⊕{EMPTY}{EMPTY})", 2, WEAK, FOR, None, "malformed"),
    Damage("a circle lost", WRIST, f"onset sundial wrist (⊕⊕{EMPTY})", 2, WEAK, FOR, None, "malformed"),
    Damage("empty circles lost", WRIST, "onset sundial wrist (⊕⊕)", 2, WEAK, FOR, None, "malformed"),
    Damage("circles in disorder", WRIST, f"onset sundial wrist (⊕{EMPTY}⊕{EMPTY})", 2, WEAK, FOR, None, "malformed"),
    Damage("circles without a bracket's end", f"{WRIST}.", f"onset sundial wrist (⊕⊕{EMPTY}", 2, WEAK, FOR, None,
           "malformed"),
    Damage("circles as question marks", WRIST, "onset sundial wrist (????)", 2, WEAK, FOR, None, "no certainty"),
    Damage("no circles", f" {LOW}. \n\nActive", ". \n\nActive", 2, WEAK, FOR, None, "no certainty"),
    Damage("two certainties", WRIST, f"onset sundial wrist (⊕⊕⊕{EMPTY}) {LOW}", 2, WEAK, FOR, None, "two certainties"),
    Damage("words that disagree with circles", WRIST, f"onset sundial wrist (moderate certainty, ⊕⊕{EMPTY}{EMPTY})", 2,
           WEAK, FOR, Certainty.MODERATE, "the words are taken"),
    Damage("a label that disagrees", CONSIDER, "↑ Strong recommendation for: Consider recommending normal", 2,
           STRONG, FOR, Certainty.LOW, "the label is taken"),
    Damage("a label the other way", CONSIDER, "↑ Weak recommendation against: Consider recommending normal", 2,
           WEAK, AGAINST, Certainty.LOW, "the label is taken"),
    Damage("a statement cut short", f"as an add-on to \nthe usual treatment {LOW}.", "as an add-on to", 3,
           WEAK, FOR, None, "breaks off"),
    Damage("a statement cut short before its circles", "as an add-on to \nthe usual treatment (", "as an add-on to (",
           3,
           WEAK, FOR, Certainty.LOW, "breaks off"),
    Damage("a sentence of another kind inside", "probably minor (", "probably minor. It is good practice to wait (", 9,
           WEAK, AGAINST, Certainty.LOW, "another recommendation"),
    Damage("a grade of another scheme beside", f"wrist (⊕⊕⊕{EMPTY}).", "wrist (Class IIa, Level B).", 6,
           STRONG, AGAINST, None, "another scheme"),
    Damage("no row for the sign", "The symbol (√) stands for good practice. This", "This", 5, GOOD, FOR, None,
           "does not explain √"),
    Damage("no row for the circles", f"\n{LOW} = low", "", 2, WEAK, FOR, Certainty.LOW, "does not explain ⊕⊕○○"),
    Damage("a row with five circles", f"{LOW} = low", f"(⊕⊕{EMPTY * 3}) = low", 2, WEAK, FOR, Certainty.LOW,
           "does not explain"),
    Damage("a legend that calls weak strong", "↑ = a weak/conditional", "↑ = a strong", 2, None, None, Certainty.LOW,
           "the legend calls ↑ strong"),
    Damage("a legend turned round", "↓= a weak/conditional recommendation against",
           "↓= a weak/conditional recommendation for", 8,
           None, None, Certainty.VERY_LOW, "the legend calls ↓"),
    Damage("a legend that calls low moderate", f"{LOW} = low", f"{LOW} = moderate", 2, WEAK, FOR, None,
           "the legend calls ⊕⊕○○ moderate"),
    Damage("a legend that gives one sign two meanings", "↑↑ = a strong", "↑ = a strong", 2, None, None, Certainty.LOW,
           "two meanings"),
    Damage("a legend of other words", "↑ = a weak/conditional recommendation for", "↑ = do it on Mondays", 2, WEAK, FOR,
           Certainty.LOW, "does not explain ↑"),
]
# fmt: on


def written(text: str, folder: Path, name: str = "guide.txt") -> Published:
    """A text, read from a file."""
    (folder / name).write_text(text, "utf-8")
    return read(folder / name)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_damage_is_told_and_never_guessed_away(damage: Damage, tmp_path: Path) -> None:
    published = written(swapped(guide.text(), (damage.old, damage.new)), tmp_path)
    statement = published.statements[damage.number - 1]
    assert (statement.strength, statement.direction, statement.certainty) == damage[4:7]
    assert any(damage.doubt in doubt for doubt in statement.doubts), statement.doubts
    assert statement.grade is None
    assert published.doubtful
    assert published.warnings


IN_STATEMENTS = [each for each in DAMAGES if guide.text().index(each.old) < guide.text().index("About the quick")]


@pytest.mark.parametrize("damage", IN_STATEMENTS, ids=lambda damage: damage.name)
def test_the_other_statements_stay_as_they_were(damage: Damage, tmp_path: Path) -> None:
    published = written(swapped(guide.text(), (damage.old, damage.new)), tmp_path)
    changed = [number for number, each in enumerate(published.statements, 1) if each.grade != guide.GRADES[number - 1]]
    assert len(published.statements) == 10
    assert changed == [damage.number]


class Doc(NamedTuple):
    """Damage to the whole document: in doubt is every statement that a test of its text picks."""

    name: str
    change: Callable[[str], str]
    doubt: str
    strengths: bool
    """Whether strengths are still read."""


def without_legend(text: str) -> str:
    return text[: re.search(r"\n (?:About|Om) ", text).start()]  # type: ignore[union-attr]


def letters(text: str, lead: str, tail: str) -> str:
    text = re.sub("[↑↓√]+ (?!=)", lead, without_legend(text))
    return re.sub(rf" \([⊕{EMPTY}]+\)", tail, text)


DOCUMENTS = [
    Doc("no legend", without_legend, "no legend of", True),
    Doc("no circles at all", lambda text: re.sub(rf"[⊕{EMPTY}]", "", text), "no certainty", True),
    Doc("no arrows at all", lambda text: re.sub("[↑↓√]", "", text), "not graded", False),
    Doc("letters A to D", lambda text: letters(text, "", " (B)"), "not graded", False),
    Doc("classes and levels", lambda text: letters(text, "", " (Class IIa, Level B)"), "not graded", False),
    Doc("classes in the symbol's place", lambda text: letters(text, "IIb ", ""), "another scheme", False),
    Doc(
        "a letter in the symbol's place",
        lambda text: letters(text, "A ", "") + "\nA = trials\nB = fewer trials\n",
        "not graded",
        False,
    ),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_whole_documents(document: Doc, language: Language, tmp_path: Path) -> None:
    published = written(document.change(guide.text(language)), tmp_path)
    assert len(published.statements) == 10
    assert published.doubtful
    for statement, known in zip(published.statements, guide.GRADES, strict=True):
        good = known.strength is GOOD and document.name == "no circles at all"
        assert good or any(document.doubt in doubt for doubt in statement.doubts), statement.doubts
        assert good or statement.grade is None
        assert statement.strength is (known.strength if document.strengths else None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_cut_off_amid_its_last_statement(language: Language, tmp_path: Path) -> None:
    text = guide.text(language)
    published = written(text[: text.index("severe" if language == "en" else "svær")], tmp_path)
    assert "breaks off" in " ".join(published.statements[-1].doubts)


LABELS: dict[str, dict[str, str]] = {
    "en": {
        "↑↑ ": "Strong recommendation for: ", "↓↓ ": "STRONG RECOMMENDATION AGAINST ",
           "↑ ": "Weak/conditional recommendation for\n",
        "↓ ": "Conditional recommendation against. ", "√ ": "Good practice: ",
    },
    "da": {
        "↑↑ ": "STÆRK ANBEFALING FOR ", "↓↓ ": "Stærk anbefaling imod\n\n", "↑ ": "Svag/betinget anbefaling for: ",
        "↓ ": "Svag anbefaling mod – ", "√ ": "God praksis:\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_in_place_of_signs_are_sure_even_without_a_legend(language: Language, tmp_path: Path) -> None:
    text = guide.text(language)
    for sign, label in LABELS[language].items():
        text = re.sub(rf"(?m)^{sign}(?!=)", label, text)
    published = written(text, tmp_path)
    assert [each.grade for each in published.statements] == list(guide.GRADES)
    assert all(each.label and not each.symbol for each in published.statements)
    assert not published.doubtful


DANISH = [
    ("↑ Overvej at anbefale normal", "↑↑ Overvej at anbefale normal", 2, "worded as weak"),
    ("↑↑ Tilbyd", "↑ Tilbyd", 1, "worded as strong"),
    ("↓ Billeder", "↑ Billeder", 8, "worded against"),
    ("↓↓ Anvend ikke", "↓ Anvend ikke", 6, "worded as strong"),
    ("√ Det er ikke god praksis rutinemæssigt", "↑ Det er ikke god praksis rutinemæssigt", 7, "worded against"),
    ("Det er ikke god praksis rutinemæssigt at", "Det er ikke god praksis ikke at", 7, "does not tell whether"),
]


@pytest.mark.parametrize("old, new, number, doubt", DANISH)
def test_danish_wording_is_held_against_the_sign(old: str, new: str, number: int, doubt: str, tmp_path: Path) -> None:
    published = written(swapped(guide.text("da"), (old, new)), tmp_path)
    statement = published.statements[number - 1]
    assert statement.grade is None
    assert any(doubt in each for each in statement.doubts), statement.doubts


def test_routinely_not_does_not_tell_how_strong(tmp_path: Path) -> None:
    """`Tilbyd ikke rutinemæssigt` occurs with weak recommendations: the words deny no strength."""
    text = swapped(
        guide.text("da"), ("↓ Billeder af håndleddet bør kun tages af", "↓ Anvend ikke rutinemæssigt billeder af")
    )
    assert written(text, tmp_path).statements[7].doubts == ()


@pytest.mark.parametrize("text", [
    "It is good practice not to offer {}.", "It is good practice to avoid {}.", "It is not good practice to offer {}.",
    "In adults it is not good practice to offer {}.", "{} should not be offered.",
           "Det er god praksis ikke at tilbyde {}.",
    "Det er ikke god praksis at tilbyde {}.", "Det er god praksis at undlade {}.", "{} bør ikke tilbydes.",
])  # fmt: skip
def test_good_practice_against_by_its_wording(text: str, tmp_path: Path) -> None:
    given = swapped(
        guide.text(), ("It is not good practice to offer sand massage " + ROUTINE, text.format("sand massage"))
    )
    statement = written(given, tmp_path).statements[6]
    assert (statement.direction, statement.doubts) == (AGAINST, ())


@pytest.mark.parametrize("text", [
    "It is good practice to offer {} to those who do not improve.", "Good practice is to offer {}.",
    "It is good practice to offer {}, since it cannot do harm.", "{} should be offered.",
    "Det er god praksis at tilbyde {} til dem, der ikke får det bedre.",
           "Ved smerter er det god praksis at tilbyde {}.",
])  # fmt: skip
def test_good_practice_for_by_its_wording(text: str, tmp_path: Path) -> None:
    given = swapped(
        guide.text(), ("It is not good practice to offer sand massage " + ROUTINE, text.format("sand massage"))
    )
    statement = written(given, tmp_path).statements[6]
    assert (statement.direction, statement.doubts) == (FOR, ())
