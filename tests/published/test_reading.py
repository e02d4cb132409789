"""What is read out of a quick guide, in both languages: statements, places, legend, about text, links."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.model.grade import DHA
from gradeline.model.words import LANGUAGES, Language
from gradeline.source.published import as_json, read
from gradeline.source.published.legend import FOUR, STANDARD
from gradeline.source.published.marks.symbols import signs
from tests.published import guide


@pytest.mark.parametrize("language", LANGUAGES)
class TestGuide:
    """The guide of our own, with all the traps of the real one."""

    def test_all_ten_are_graded_and_nothing_is_in_doubt(self, language: Language) -> None:
        published = read(guide.file(language))
        assert [each.grade for each in published.statements] == list(guide.GRADES)
        assert published.sections == guide.SECTIONS[language]
        assert not published.doubtful
        assert not published.warnings

    def test_each_place_holds_the_statement_in_the_source_as_given(self, language: Language) -> None:
        source = guide.text(language)
        for statement, lines in zip(read(guide.file(language)).statements, guide.LINES, strict=True):
            first, last = statement.place.span
            assert statement.place.lines == lines
            assert source[first:last].startswith(f"{statement.symbol} ")
            assert source[first:last].endswith(".")
            assert statement.circles in source[first:last]
            assert source.count("\n", 0, first) + 1 == lines[0]

    def test_words_are_joined_and_free_of_marks(self, language: Language) -> None:
        for statement in read(guide.file(language)).statements:
            assert statement.text.endswith(".")
            assert not set(statement.text) & set(f"↑↓√⊕○()\n{guide.EMPTY}")
            assert "  " not in statement.text

    def test_the_legend_is_the_document_s_own(self, language: Language) -> None:
        legend = read(guide.file(language)).legend
        assert {signs: next(iter(kinds)) for signs, kinds in legend.strengths.items()} == STANDARD
        assert {signs: next(iter(levels)) for signs, levels in legend.certainties.items()} == FOUR
        assert len(legend.rows) == 9
        assert not legend.faults


def test_what_the_english_guide_says_of_itself() -> None:
    published = read(guide.file("en"))
    assert published.language == "en"
    assert published.topic == "the treatment of recent onset sundial wrist (an invented disease)"
    assert published.title.endswith(published.topic)
    assert published.publisher == "Harbour Board of Health"
    assert published.links == ("harbour-board.example.org",)
    assert "selected parts of the field only" in published.about
    assert "Offer spoken" not in published.about


def test_what_the_danish_guide_says_of_itself() -> None:
    published = read(guide.file("da"))
    assert published.language == "da"
    assert published.topic == "behandling af nyopstået solurshåndled (en opdigtet sygdom)"
    assert published.publisher == "Havnens Sundhedsnævn"


def test_the_standard_scale_is_the_scheme() -> None:
    """The scale that legends are held against is written once more in signs; it must not drift."""
    for (strength, direction), wording in DHA.kinds.items():
        given = STANDARD[signs(wording.symbol)]
        assert given[0] is strength
        assert given[1] in (direction, None)
    assert {signs(wording.symbol): level for level, wording in DHA.certainties.items()} == FOUR


def test_pages_come_from_form_feeds(tmp_path: Path) -> None:
    file = tmp_path / "guide.txt"
    file.write_text(guide.swapped(guide.text(), ("\nPassive treatments", "\n\fPassive treatments")), "utf-8")
    published = read(file)
    assert [each.place.pages for each in published.statements] == [(1, 1)] * 5 + [(2, 2)] * 5
    assert [each.place.lines for each in published.statements] == list(guide.LINES)
    assert published.pages == 2


def test_json_has_the_names_that_others_rely_on() -> None:
    found = as_json(read(guide.file("en")))
    assert found["schema"] == 1
    assert {"title", "statements", "warnings"} <= set(found)
    assert found["statements"][7] == found["statements"][7] | {
        "section": "Pictures of the wrist",
        "strength": "weak",
        "direction": "against",
        "certainty": "very low",
        "lines": [28, 29],
        "doubts": [],
    }
    assert found["statements"][4]["certainty"] is None
    assert "agreement" not in found
