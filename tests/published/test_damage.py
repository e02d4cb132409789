"""Random damage to the guide: an arrow deleted or doubled, a circle added, never gives a wrong grade that is sure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gradeline.model.grade import Grade
from gradeline.model.words import LANGUAGES, Language
from gradeline.source.published import Published, read
from tests.published import guide
from tests.published.guide import EMPTY

SIGNS = re.compile("[↑↓√]")
CIRCLES = re.compile(f"[⊕{EMPTY}]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all that is drawn."""
    return tmp_path_factory.mktemp("damage")


def written(text: str, folder: Path) -> Published:
    """A text, read from a file."""
    (folder / "guide.txt").write_text(text, "utf-8")
    return read(folder / "guide.txt")


def known(published: Published, language: Language) -> list[tuple[Grade | None, Grade]]:
    """The sure grade of each statement, and the grade that its words have in the guide."""
    truth = {each.text[:40]: given for each, given in zip(guide.statements(language), guide.GRADES, strict=True)}
    return [(each.grade, truth[each.text[:40]]) for each in published.statements if each.text[:40] in truth]


languages = some.sampled_from(LANGUAGES)
numbers = some.integers(0, 10_000)


@settings(max_examples=120)
@given(language=languages, number=numbers, doubled=some.booleans())
def test_a_sign_deleted_or_doubled_anywhere(language: Language, number: int, doubled: bool, folder: Path) -> None:
    text = guide.text(language)
    places = [found.start() for found in SIGNS.finditer(text)]
    place = places[number % len(places)]
    changed = text[:place] + text[place] * 2 * doubled + text[place + 1 :]
    published = written(changed, folder)
    assert published.doubtful
    assert len(known(published, language)) == 10
    assert all(sure in (None, truth) for sure, truth in known(published, language))


@settings(max_examples=120)
@given(language=languages, number=numbers, circle=some.sampled_from(["⊕", EMPTY, "○", "O", "", "+", "?"]))
def test_a_circle_added_or_deleted_anywhere(language: Language, number: int, circle: str, folder: Path) -> None:
    text = guide.text(language)
    places = [found.start() for found in CIRCLES.finditer(text)]
    place = places[number % len(places)]
    published = written(text[:place] + circle + text[place + (not circle) :], folder)
    assert published.doubtful
    assert len(known(published, language)) == 10
    assert all(sure in (None, truth) for sure, truth in known(published, language))


@settings(max_examples=80)
@given(language=languages, first=numbers, length=some.integers(1, 400))
def test_a_piece_torn_out(language: Language, first: int, length: int, folder: Path) -> None:
    """Whatever is torn out, the first forty letters of a statement never come with another one's grade, and sure."""
    text = guide.text(language)
    first %= len(text)
    torn = text[:first] + text[first + length :]
    for sure, truth in known(written(torn, folder), language):
        assert sure is None or (sure.strength, sure.direction) == (truth.strength, truth.direction)


@settings(max_examples=60)
@given(language=languages, cut=some.integers(200, 3000))
def test_a_document_cut_off_before_its_legend_is_never_sure(language: Language, cut: int, folder: Path) -> None:
    text = guide.text(language)
    published = written(text[: min(cut, text.index("↑↑ ="))], folder)
    assert published.doubtful
    assert all(each.grade is None for each in published.statements)
