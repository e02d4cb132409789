"""The paper: its pages looked at by a machine, glyph by glyph."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator

import pdfplumber
import pytest
from pdfplumber.page import Page

from gradeline.errors import UsageError
from gradeline.model.guideline import Guideline
from gradeline.model.words import LANGUAGES, Language, Text
from gradeline.show import paper, review

SYMBOLS = "↑↓√⊕○"
TOFU = "\U0010ffff"
MARKUP = '#panic("x") *a* _b_ $c$ `d` <e> @f \\ // /* "g" = h\n- i {{}} #{'
Reworded = Callable[[Callable[[Text], Text]], Guideline]


@pytest.fixture(scope="module", params=LANGUAGES)
def pages(request: pytest.FixtureRequest, lumbar: Guideline) -> Iterator[list[Page]]:
    with pdfplumber.open(io.BytesIO(paper.guide(lumbar, request.param))) as pdf:
        yield pdf.pages


def words(page: Page) -> str:
    return " ".join(page.extract_text().split())


def tags(tree: list[dict[str, object]]) -> Iterator[str]:
    """The structure elements of a page, in their order."""
    for each in tree:
        yield str(each["type"])
        yield from tags(each.get("children", []))  # type: ignore[arg-type]


def test_statements_and_legend_fill_two_pages_and_the_rest_is_an_annex(pages: list[Page], lumbar: Guideline) -> None:
    language: Language = "da" if pages[0].pdf.doc.catalog["Lang"] == b"da" else "en"
    first, second, annex = words(pages[0]), words(pages[1]), words(pages[2])
    told = f"{first} {second}"
    for each in lumbar.recommendations:
        assert each.says.in_(language) in told
    assert all(wording.meaning.in_(language) in second for wording in lumbar.scheme.certainties.values())
    about = lumbar.about.in_(language).split(".")[0]
    assert about in annex
    assert about not in told


def test_every_page_has_its_number_and_the_banner(pages: list[Page]) -> None:
    for number, page in enumerate(pages, 1):
        lines = page.extract_text().splitlines()
        assert lines[0] in ("NOT IN FORCE since 22 Mar 2023", "IKKE GÆLDENDE siden 22. mar. 2023")
        assert lines[-1].endswith((f"page {number} of {len(pages)}", f"side {number} af {len(pages)}"))
        assert (round(page.width), round(page.height)) == (595, 842), "A4"


def test_it_is_tagged_titled_and_has_its_language(pages: list[Page], lumbar: Guideline) -> None:
    pdf = pages[0].pdf
    assert pdf.doc.catalog["MarkInfo"]["Marked"] is True
    assert pdf.doc.catalog["Lang"] in (b"en", b"da")
    assert pdf.metadata["Title"] in (lumbar.title.en, lumbar.title.da)
    found = [tag for page in pages for tag in tags(page.structure_tree)]
    assert found.count("H1") == len(lumbar.sections) + 5, "sections, legend, about, readings, timings, sources"
    assert found.count("H2") == len(lumbar.interpretations)
    assert {"P", "Table", "TH", "L", "LI"} <= set(found)


def test_every_font_is_inside(pages: list[Page]) -> None:
    fonts = {str(font): resolved(font) for page in pages for font in page.page_obj.resources["Font"].values()}
    assert fonts
    for font in fonts.values():
        descriptor = resolved(resolved(font["DescendantFonts"])[0])["FontDescriptor"]
        assert {"FontFile2", "FontFile3"} & set(resolved(descriptor))


def resolved(thing: object) -> dict[str, object]:
    return thing.resolve() if hasattr(thing, "resolve") else thing  # type: ignore[return-value]


def test_every_symbol_is_text_and_is_drawn(pages: list[Page]) -> None:
    """Each is where its character says it is, and what is drawn there is no box and no blank."""
    characters = [(page, each) for page in pages[:2] for each in page.chars]
    drawn = {}
    for symbol in SYMBOLS:
        page, found = next((page, each) for page, each in characters if each["text"] == symbol)
        drawn[symbol] = inked(page, found)
    assert all(0.02 < share < 0.6 for share in drawn.values()), drawn
    assert len(set(drawn.values())) == len(SYMBOLS), "five symbols, five pictures"


def inked(page: Page, character: dict[str, float]) -> float:
    """How much of the place of a character is not the paper's white."""
    box = [character[side] for side in ("x0", "top", "x1", "bottom")]
    picture = page.crop(box).to_image(resolution=300).original.convert("L")
    dark = picture.point(lambda light: 255 if light < 160 else 0)
    return round(sum(dark.histogram()[128:]) / (dark.width * dark.height), 4)


@pytest.mark.parametrize("shown", [paper.guide, review.pdf])
def test_no_text_becomes_markup(reworded: Reworded, shown: Callable[[Guideline, Language], bytes]) -> None:
    made = shown(reworded(lambda text: Text(f"{MARKUP} {text.en}", text.da)), "en")
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        told = "".join(page.extract_text() for page in pdf.pages)
    assert "".join(MARKUP.split()) in "".join(told.split())


def test_what_no_font_has_is_an_error_with_its_cure(reworded: Reworded) -> None:
    """A box in place of a letter would be a guess, and its text would be lost."""
    with pytest.raises(UsageError, match="no font here can print") as raised:
        paper.guide(reworded(lambda text: Text(TOFU + text.en, text.da)), "en")
    assert "--as html" in raised.value.cure


def test_names_in_other_letters_are_printed(reworded: Reworded) -> None:
    made = paper.guide(reworded(lambda text: Text(f"Ελλάδα Україна Łódź {text.en}", text.da)), "en")
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        assert "Ελλάδα Україна Łódź" in words(pdf.pages[0])


def test_without_typst_the_error_says_what_to_install(lumbar: Guideline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match="gradeline\\[pdf\\]"):
        paper.guide(lumbar)
