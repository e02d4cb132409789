"""What cannot be read: one clear message each, nothing written; and hostile files are bounded in time."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gradeline.errors import DocumentError
from gradeline.source.published import read
from tests.published import guide, pdfs

RANDOM = random.Random(7)
LETTER = "Dear all,\n\nthe boats will be painted in May. Bring brushes.\n\nRegards\n"
BAD = {
    "empty": (b"", ".txt", "empty"),
    "blank": (b" \n\n\t\n", ".txt", "empty"),
    "zero bytes": (b"\0" * 500, ".txt", "empty"),
    "a byte-order mark alone": (b"\xef\xbb\xbf\n", ".txt", "empty"),
    "random bytes": (RANDOM.randbytes(4000), ".txt", "text|binary|encodings"),
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(range(32)) * 50, ".txt", "binary|text"),
    "a Word file": (b"PK\x03\x04" + RANDOM.randbytes(500), ".docx", "Word"),
    "an old Word file": (b"\xd0\xcf\x11\xe0" + RANDOM.randbytes(500), ".doc", "Word"),
    "an RTF file": (b"{\\rtf1 hello}", ".rtf", "RTF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + RANDOM.randbytes(500), ".png", "picture"),
    "two encodings": (guide.text("da").encode() + "Slut på øen".encode("latin-1"), ".txt", "two encodings.*line 64"),
    "half of UTF-16": (guide.text().encode("utf-16")[:-1], ".txt", "damaged"),
    "a letter": (LETTER.encode(), ".txt", "no recommendation"),
    "a recipe": (b"Pancakes\n\nUse 200 g of flour. Give it time.\n\nDo not burn them.\n", ".txt", "no recommendation"),
    "a page without advice": (b"<html><body><p>Nothing here.</p></body></html>", ".html", "no recommendation"),
    "a page of scripts": (b"<html><script>'\xe2\x86\x91 Consider it.'</script></html>", ".html", "no text"),
    "an open script": (b"<html><body><script>" + guide.text().encode(), ".html", "no text"),
    "very long": (b"word " * 300_000, ".txt", "more text"),
    "500 pages of text": (b"a page\f" * 500, ".txt", "more text"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_clear_message(name: str, tmp_path: Path) -> None:
    data, suffix, what = BAD[name]
    file = tmp_path / f"bad{suffix}"
    file.write_bytes(data)
    with pytest.raises(DocumentError, match=what) as error:
        read(file)
    assert error.value.exit_code == 5
    assert error.value.cure
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_what_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(DocumentError, match="cannot be opened"):
            read(path)


def test_a_file_of_many_megabytes_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as out:
        out.truncate(60 * 1024**2)
    with pytest.raises(DocumentError, match="60 MB"):
        read(file)


PAGE = "<!doctype html><html><body>"
HOSTILE = {
    "open tags": (PAGE + "<" * 200_000, ".html"),
    "tags without an end": (PAGE + "<a " * 100_000, ".html"),
    "comments without an end": (PAGE + "<!-- > " * 50_000, ".html"),
    "quotes without an end": (PAGE + '<a "' * 70_000, ".html"),
    "declarations": (PAGE + "<![" * 70_000, ".html"),
    "ampersands": (PAGE + "&a" * 100_000, ".html"),
    "statements": (PAGE + "<p>↑ a</p>" * 18_000, ".html"),
    "more statements": (PAGE + "<p>↑ a</p>" * 100_000, ".html"),
    "table rows": (PAGE + "<table>" + "<tr><td>x" * 60_000, ".html"),
    "nesting": (PAGE + "<div>" * 50_000, ".html"),
    "hidden nesting": (PAGE + "<div hidden>" * 30_000, ".html"),
    "comments before the page": ("<!-- -->" * 600 + "<html>", ".html"),
    "one long line": ("a " * 300_000, ".txt"),
    "one long paragraph": ("word word word\n" * 20_000, ".txt"),
    "spaces": ("certainty" + " " * 500_000 + "low", ".txt"),
    "brackets": ("(" * 300_000, ".txt"),
    "plus signs": ("+ " * 200_000, ".txt"),
    "arrows": ("↑ " * 100_000, ".txt"),
    "circles": ("(⊕" * 100_000, ".txt"),
    "equal signs": ("↑ = " * 60_000, ".txt"),
    "hyphens": ("wo-\n" * 60_000, ".txt"),
    "numbers": ("12\n" * 60_000, ".txt"),
    "columns": ("".join(" " * (n % 50) + "abc" + " " * (3 + n % 30) + "def ghi\n" for n in range(8000)), ".txt"),
    "headings": ("Heading A\n\n" * 12_000, ".txt"),
    "footers": ("".join(f"Footer {'x' * (n % 50)} page {n}\n" for n in range(12_000)), ".txt"),
    "misread": ("â†‘" * 100_000, ".txt"),
    "combining letters": ("a\u030a" * 200_000, ".txt"),
    "dots": ("a." * 200_000, ".txt"),
    "words of advice": ("brug kun " * 60_000, ".txt"),
    "Markdown": ("# x\n" + "**" * 200_000, ".md"),
    "pipes": ("|" * 300_000, ".md"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_bounded_in_time(name: str, tmp_path: Path) -> None:
    text, suffix = HOSTILE[name]
    file = tmp_path / f"hostile{suffix}"
    file.write_text(text, "utf-8")
    begun = time.process_time()
    with suppress(DocumentError):
        read(file)
    assert time.process_time() - begun < 60  # What grows with the square of its length would take an hour.


def harmless(data: bytes, suffix: str, folder: Path) -> None:
    """Reading either gives a quick guide or one DocumentError; anything else is a fault of ours."""
    file = folder / f"fuzz{suffix}"
    file.write_bytes(data)
    try:
        published = read(file)
    except DocumentError as error:
        assert error.cure
        return
    assert published.statements


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all that is drawn."""
    return tmp_path_factory.mktemp("fuzz")


PIECES = some.sampled_from(
    ["↑", "↓", "√", "⊕", "○", "\uf099", "(", ")", "=", "\n", "\n\n", "\f", "\t", "   ", "-", "\xad", "Ö", "¯", "+",
     "•", ".", ":",
     "Consider", "It is not good practice", "strong recommendation for", "svag anbefaling imod", "low", "certainty",
     "About", "MRI",
     "Class IIa", "(B)", "12", "Page 2 of 3", "# ", "| ", "**", "since", "&uarr;", "<p>", "</p>", "<td>", "<script>",
     "<!--", "-->",
     "a\u030a", "\u200b", "\ud7ff", "\U0001f53c", "\x00", "\x99", "–"]
)  # fmt: skip


@settings(max_examples=150)
@given(
    pieces=some.lists(PIECES | some.text(max_size=8), max_size=60), suffix=some.sampled_from([".txt", ".html", ".md"])
)
def test_pieces_of_quick_guides_in_any_order(pieces: list[str], suffix: str, folder: Path) -> None:
    harmless(" ".join(pieces).encode("utf-8", "ignore"), suffix, folder)


@settings(max_examples=150)
@given(data=some.binary(max_size=300), suffix=some.sampled_from([".txt", ".html", ".pdf"]))
def test_any_bytes(data: bytes, suffix: str, folder: Path) -> None:
    harmless(data, suffix, folder)


@settings(max_examples=100)
@given(place=some.integers(0, 5000), cut=some.integers(0, 60), put=some.binary(max_size=6))
def test_bytes_of_the_guide_changed(place: int, cut: int, put: bytes, folder: Path) -> None:
    data = guide.file("da").read_bytes()
    harmless(data[:place] + put + data[place + cut :], ".txt", folder)


@settings(max_examples=100)
@given(place=some.integers(0, 6000), cut=some.integers(0, 60), put=some.text(max_size=6))
def test_characters_of_the_page_changed(place: int, cut: int, put: str, folder: Path) -> None:
    text = guide.as_html_cards("en")
    harmless((text[:place] + put + text[place + cut :]).encode("utf-8", "ignore"), ".html", folder)


@settings(max_examples=20)
@given(place=some.integers(0, 3500), cut=some.integers(0, 40), put=some.binary(max_size=8))
def test_bytes_of_a_pdf_changed(place: int, cut: int, put: bytes, folder: Path) -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    data = pdfs.symbols()
    harmless(data[:place] + put + data[place + cut :], ".pdf", folder)
