"""The same guide set in other ways: HTML, Markdown, wrapped text, legends of many shapes. All give the same ten."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.model.words import LANGUAGES, Language
from gradeline.source.published import Published, read
from tests.published import guide
from tests.published.guide import EMPTY, FORMS, swapped


def written(text: str, folder: Path, suffix: str = ".txt") -> Published:
    """A text, read from a file."""
    file = folder / f"guide{suffix}"
    file.write_text(text, "utf-8")
    return read(file)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form: str, language: Language, tmp_path: Path) -> None:
    suffix, write = FORMS[form]
    published = written(write(language), tmp_path, suffix)
    assert guide.said(published) == guide.said(read(guide.file(language)))
    assert not published.doubtful, published.warnings
    assert published.language == language
    assert published.title == "Sundial wrist"


@pytest.mark.parametrize("form", ["paragraphs", "table", "cards"])
def test_places_in_html_are_places_in_its_source(form: str, tmp_path: Path) -> None:
    source = FORMS[form][1]("en")
    for statement in written(source, tmp_path, ".html").statements:
        first, last = statement.place.span
        assert statement.text.split()[0] in source[first:last]
        assert statement.text.split()[-1].rstrip(".") in source[first:last]
        assert source.count("\n", 0, first) + 1 == statement.place.lines[0]


def test_html_links_and_language(tmp_path: Path) -> None:
    page = guide.as_html("da").replace("</body>", '<p><a href="https://harbour.example.org/full">Alt</a></p></body>')
    published = written(page, tmp_path, ".html")
    assert published.links == ("https://harbour.example.org/full",)
    assert published.language == "da"


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_text_inside_html(language: Language, tmp_path: Path) -> None:
    page = f"<html><body><pre>{guide.text(language)}</pre></body></html>"
    assert guide.said(written(page, tmp_path, ".html")) == guide.said(read(guide.file(language)))


def test_a_picture_speaks_by_its_words(tmp_path: Path) -> None:
    page = guide.as_html("en").replace("&uarr; <b>Consider", '<img src="up.png" alt="↑"> <b>Consider')
    assert [each.grade for each in written(page, tmp_path, ".html").statements] == list(guide.GRADES)


FOUR_ROWS = f"(⊕⊕⊕⊕) = high\n(⊕⊕⊕{EMPTY}) = moderate\n(⊕⊕{EMPTY * 2}) = low\n(⊕{EMPTY * 3}) = very low\n"
STRENGTHS = (
    "↑↑ = a strong recommendation for\n↓↓ = a strong recommendation against\n"
    "↑ = a weak/conditional recommendation for\n↓= a weak/conditional recommendation against\n"
)
LEGENDS = {
    "levels first": (FOUR_ROWS, "High (⊕⊕⊕⊕)\nModerate (⊕⊕⊕○)\nLow (⊕⊕○○)\nVery low (⊕○○○)\n"),
    "levels first, with colons": (FOUR_ROWS, "High: ⊕⊕⊕⊕\nModerate: ⊕⊕⊕○\nLow: ⊕⊕○○\nVery low: ⊕○○○\n"),
    "one line, levels first": (FOUR_ROWS, "High ⊕⊕⊕⊕ Moderate ⊕⊕⊕○ Low ⊕⊕○○ Very low ⊕○○○\n"),
    "one line, circles first": (FOUR_ROWS, "⊕⊕⊕⊕ High ⊕⊕⊕○ Moderate ⊕⊕○○ Low ⊕○○○ Very low\n"),
    "one line, with equal signs": (FOUR_ROWS, "⊕⊕⊕⊕ = High ⊕⊕⊕○ = Moderate ⊕⊕○○ = Low ⊕○○○ = Very low\n"),
    "one line, named": (FOUR_ROWS, "Certainty: high (⊕⊕⊕⊕), moderate (⊕⊕⊕○), low (⊕⊕○○), very low (⊕○○○)\n"),
    "strengths on one line": (
        STRENGTHS,
        "↑↑ strong recommendation for, ↓↓ strong recommendation against, ↑ weak recommendation for, "
        "↓ weak recommendation against\n",
    ),
    "labels first": (
        STRENGTHS,
        "Strong recommendation for: ↑↑\nStrong recommendation against: ↓↓\nConditional recommendation for: ↑\n"
        "Conditional recommendation against: ↓\n",
    ),
    "signs on lines of their own, labels glued to their meaning": (
        STRENGTHS,
        "↑↑\n\nSTRONG RECOMMENDATION FORThe benefits clearly outweigh the harms.\n\n"
        "↓↓\n\nSTRONG RECOMMENDATION AGAINSTThe harms clearly outweigh the benefits.\n\n"
        "↑\n\nWEAK/CONDITIONAL RECOMMENDATION FORThe benefits are a little larger.\n\n"
        "↓\n\nWEAK/CONDITIONAL RECOMMENDATION AGAINSTThe harms are a little larger.\n",
    ),
    "labels with their meaning below": (
        STRENGTHS,
        "↑↑ strong recommendation for\nThe benefits outweigh the harms.\n↓↓ strong recommendation against\n"
        "The harms outweigh the benefits.\n↑ weak recommendation for\nThe benefits may outweigh the harms.\n"
        "↓ weak recommendation against\nThe harms may outweigh the benefits.\n",
    ),
}


@pytest.mark.parametrize("shape", LEGENDS)
def test_shapes_of_legends(shape: str, tmp_path: Path) -> None:
    published = written(swapped(guide.text(), LEGENDS[shape]), tmp_path)
    assert [each.grade for each in published.statements] == list(guide.GRADES)
    assert not published.doubtful, published.warnings


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_may_come_first(language: Language, tmp_path: Path) -> None:
    text = guide.text(language)
    about = text.index(" About the" if language == "en" else " Om lyn")
    assert guide.said(written(f"{text[about:]}\n\n{text[:about]}", tmp_path)) == guide.said(read(guide.file(language)))


def test_another_number_of_circles_where_the_legend_shows_it(tmp_path: Path) -> None:
    text = guide.text().replace(f"⊕{EMPTY * 3}", EMPTY * 3).replace(f"⊕⊕{EMPTY * 2}", f"⊕{EMPTY * 2}")
    text = text.replace(f"⊕⊕⊕{EMPTY}", f"⊕⊕{EMPTY}").replace("⊕⊕⊕⊕", "⊕⊕⊕")
    published = written(text, tmp_path)
    assert [each.grade for each in published.statements] == list(guide.GRADES)
    assert not published.doubtful


def columns(language: Language) -> str:
    """The guide's sections in two columns of plain text, side by side."""
    about = " About the" if language == "en" else " Om lyn"
    text = guide.text(language)
    halves = text[: text.index(about)], text[text.index(about) :]
    half = halves[0].index("\nPassive") + 1
    left, right = (part.strip().splitlines() for part in (halves[0][:half], halves[0][half:]))
    height = max(len(left), len(right))
    rows = zip(left + [""] * (height - len(left)), right + [""] * (height - len(right)), strict=True)
    return "\n".join(f"{one.strip():125}    {other.strip()}".rstrip() for one, other in rows) + "\n\n" + halves[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_of_plain_text_are_undone(language: Language, tmp_path: Path) -> None:
    assert guide.said(written(columns(language), tmp_path)) == guide.said(read(guide.file(language)))


def test_a_statement_over_a_page_s_end_with_headers_and_a_capital(tmp_path: Path) -> None:
    """A form feed, a footer and a header stand inside the sentence, and what goes on begins with a capital."""
    broken = "plaster for patients\n\nHarbour Board\n\fHarbour Board\n\nWith recent onset"
    published = written(swapped(guide.text(), ("plaster for patients with recent onset", broken)), tmp_path)
    assert published.statements[5].text == "Do not use plaster for patients With recent onset sundial wrist."
    assert published.statements[5].place.pages == (1, 2)
    assert published.statements[5].grade == guide.GRADES[5]
