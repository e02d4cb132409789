"""PDFs: the guide in one column, in two, on small pages and as a table; fonts of symbols; what cannot be read."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from gradeline.errors import DocumentError
from gradeline.model.words import LANGUAGES, Language
from gradeline.source.published import read
from gradeline.source.published.pages import pdf
from tests.published import guide, pdfs

pytestmark = pytest.mark.skipif(find_spec("pypdfium2") is None, reason="pypdfium2 is not installed")
LAYOUTS = {
    "one column": ("", False),
    "two columns": ("columns: 2", False),
    "small pages": ("height: 9cm", False),
    "two columns on low pages": ("columns: 2, height: 13cm", False),
    "two columns on square pages": ("columns: 2, height: 21cm, width: 21cm", False),
    "two columns on narrow pages": ("columns: 2, height: 8cm", False),
    "a table": ("", True),
}


def typeset(source: str, file: Path) -> Path:
    """A PDF of a Typst source."""
    typst = pytest.importorskip("typst", reason="typst is not installed, so no PDF can be set")
    file.write_bytes(typst.compile(source.encode()))
    return file


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str, language: Language, tmp_path: Path) -> None:
    published = read(typeset(guide.as_typst(language, *LAYOUTS[layout]), tmp_path / "guide.pdf"))
    assert guide.said(published) == guide.said(read(guide.file(language)))
    assert not published.doubtful, published.warnings


def test_places_are_page_and_line(tmp_path: Path) -> None:
    published = read(typeset(guide.as_typst("en", "height: 9cm", False), tmp_path / "guide.pdf"))
    assert published.pages > 2
    pages = [each.place.pages[0] for each in published.statements]
    assert pages == sorted(pages)
    assert pages[0] == 1 < pages[-1]
    assert all(each.place.lines[0] < 40 for each in published.statements)


def test_fonts_of_symbols_are_no_doubt(tmp_path: Path) -> None:
    """The bytes are those of Latin-1 letters; the font's name says what they are."""
    file = tmp_path / "symbols.pdf"
    file.write_bytes(pdfs.symbols())
    published = read(file)
    assert [str(each.grade) for each in published.statements] == [
        "weak for, low",
        "weak against, very low",
        "good practice for",
    ]
    assert not published.doubtful


BAD = {
    "encrypted": (pdfs.encrypted(), "encrypted", "without one"),
    "picture": (pdfs.picture(), "pictures", "OCR"),
    "corrupt": (b"%PDF-1.7\nnonsense" * 40, "corrupt", "fetch it again"),
    "cut short": (pdfs.symbols()[:400], "corrupt", "fetch it again"),
    "no pages": (pdfs.pages(0), "", ""),
    "blank": (pdfs.pages(3), "no text", "fetch it again"),
    "500 pages": (pdfs.pages(500), "500 pages", "alone"),
    "a form that draws itself": (pdfs.loop(), "", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_told_in_one_message(name: str, tmp_path: Path) -> None:
    data, what, cure = BAD[name]
    file = tmp_path / "bad.pdf"
    file.write_bytes(data)
    with pytest.raises(DocumentError) as error:
        read(file)
    assert what in str(error.value)
    assert cure in str(error.value)
    assert str(error.value).startswith("bad.pdf")
    assert [each.name for each in tmp_path.iterdir()] == ["bad.pdf"]


@pytest.mark.slow
def test_a_bomb_is_bounded(tmp_path: Path) -> None:
    file = tmp_path / "bomb.pdf"
    file.write_bytes(pdfs.bomb(20_000_000))
    with pytest.raises(DocumentError, match=r"more text|memory|corrupt|longer"):
        read(file)


def test_a_picture_among_pages_is_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "guide.pdf"
    file.write_bytes(pdfs.symbols(and_a_picture=True))
    published = read(file)
    assert len(published.statements) == 3
    assert published.pages == 2
    assert "page 2 is a picture" in published.warnings[0]
    assert published.doubtful


def test_without_the_library_the_cure_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "guide.pdf"
    file.write_bytes(pdfs.symbols())
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    with pytest.raises(DocumentError, match=r"pip install 'gradeline\[pdf\]'"):
        read(file)


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "guide.pdf"
    file.write_bytes(pdfs.symbols())
    monkeypatch.setattr(pdf, "PATIENCE", 0.001)
    with pytest.raises(DocumentError, match="takes longer"):
        read(file)


def test_a_reader_that_dies_is_a_corrupt_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "guide.pdf"
    file.write_bytes(pdfs.symbols())
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(DocumentError, match="corrupt"):
        read(file)
