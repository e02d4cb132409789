"""Any statements, set with sign and label in any form, are read back with the same words and grades, all of them."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from gradeline.model.grade import GOOD, KINDS, Certainty, Grade
from gradeline.model.words import LANGUAGES, Language
from gradeline.source.published import read
from gradeline.source.published.marks.wording import OTHER_SCHEME
from tests.published import guide
from tests.published.guide import FORMS

LABELLED = ["cards", "wrapped", "list", "headings"]
TEXT = """
the wrist pain of patients with severe trouble that goes on and is treated by hand for six weeks or more in spite of
服用 Ωμέγα лечение øvelser træning på Ålesund MRI CT-skanning follow-up “quoted” 'words' (in brackets) a/b 12 3.5 mg,
weeks; ↑ ↓ √ + = % & < > 50-60 e.g. — – … naïve
"""
WORDS = some.sampled_from(TEXT.split())
OPENINGS = [
    "Consider",
    "Offer",
    "Do not use",
    "Overvej",
    "Giv",
    "It is good practice to try",
    "Exercise",
    "MRI",
    "服用",
]
OPENINGS += ["“Rest”", "For pain"]
grades = some.sampled_from(KINDS).flatmap(
    lambda kind: (
        some.just(Grade(*kind, None))
        if kind[0] is GOOD
        else some.sampled_from(Certainty).map(lambda each: Grade(*kind, each))
    )
)
sentences = some.builds(
    lambda opening, words, last: f"{opening} {' '.join(words)} {last}.",
    some.sampled_from(OPENINGS),
    some.lists(WORDS, max_size=60),
    some.sampled_from(["wrist", "behandling", "days", "服用", "care”", "6 weeks"]),
)
statements = some.lists(
    some.tuples(some.sampled_from(["Exercise", "Pictures", "MRI", "What else"]), sentences, grades),
    min_size=1,
    max_size=8,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all that is drawn."""
    return tmp_path_factory.mktemp("forms")


@pytest.mark.parametrize("form", LABELLED)
@settings(max_examples=60)
@given(drawn=statements, language=some.sampled_from(LANGUAGES))
def test_what_is_set_is_read(form: str, drawn: list[tuple[str, str, Grade]], language: Language, folder: Path) -> None:
    assume(not any(OTHER_SCHEME.search(words) for _, words, _ in drawn))
    rows = [(name, [(words, given) for _, words, given in group]) for name, group in groupby(drawn, lambda row: row[0])]
    suffix, write = FORMS[form]
    file = folder / f"guide{suffix}"
    file.write_text(write(language, rows), "utf-8")
    found = [(each.text, each.strength, each.direction, each.certainty) for each in read(file).statements]
    expected = [
        (" ".join(words.split()), given.strength, given.direction, given.certainty) for _, words, given in drawn
    ]
    assert found == expected
    assert [each.section for each in read(file).statements] == [name for name, _, _ in drawn]


def test_the_forms_are_those_of_the_tests() -> None:
    assert set(LABELLED) <= set(FORMS)
    assert guide.ten("en")
