"""The signs as they really occur: every row of the table gives the same ten statements; wrong readings are flagged."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gradeline.model.words import LANGUAGES, Language
from gradeline.source.published import Published, read
from gradeline.source.published.marks.symbols import TABLE
from tests.published import guide
from tests.published.guide import EMPTY, swapped

Change = Callable[[str], str]
STANDS_FOR = {"up": "↑", "down": "↓", "tick": "√", "full": "⊕", "empty": EMPTY}
SURE = [
    (symbol.sign, character)
    for symbol in TABLE
    if symbol.where == "anywhere" and symbol.sign in STANDS_FOR
    for character in symbol.characters
]
INSIDE = "a sign inside a sentence"
SPELLINGS: dict[str, Change] = {
    "emoji arrows with variation selectors": lambda text: swapped(
        text, ("↑", "⬆\ufe0f"), ("↓", "⬇\ufe0f"), ("√", "✔\ufe0e")
    ),
    "paired arrows": lambda text: swapped(text, ("↑↑", "⇈"), ("↓↓", "⇊")),
    "the letter O": lambda text: swapped(text, (EMPTY, "O")),
    "the digit 0": lambda text: swapped(text, (EMPTY, "0")),
    "a private character of no table, in the legend too": lambda text: swapped(text, (EMPTY, "\ue123")),
    "empty circles lost, in the legend too": lambda text: text.replace(EMPTY, ""),
    "plus signs": lambda text: swapped(text, ("⊕", "+"), (EMPTY, "")),
    "plus and minus": lambda text: swapped(text, ("⊕", "+"), (EMPTY, "-")),
    "bare plus signs": lambda text: re.sub(r"\((\++)\)", r"\1", swapped(text, ("⊕", "+"), (EMPTY, ""))),
    "spaced circles": lambda text: re.sub(f"[⊕{EMPTY}]", lambda found: f"{found[0]} ", text),
    "spaced arrows": lambda text: swapped(text, ("↑↑", "↑ ↑"), ("↓↓", "↓ ↓")),
    "glued": lambda text: re.sub("([↑↓√]) ", r"\1", text).replace(" (⊕", "(⊕"),
    "no brackets": lambda text: re.sub(rf"\(([⊕{EMPTY}]+)\)", r"\1", text),
    "no-break spaces and CRLF": lambda text: text.replace(" ", "\u00a0").replace("\n", "\r\n"),
    "carriage returns": lambda text: text.replace("\n", "\r"),
    "zero-width spaces": lambda text: text.replace("↑", "↑\u200b").replace("⊕", "\u200b⊕"),
    "combining letters": lambda text: text.replace("å", "a\u030a"),
    "bullets": lambda text: re.sub(r"\n([↑↓√])(?!.*=)", "\n• \\1", text),
    "numbers": lambda text: re.sub(r"\n([↑↓√])(?!.*=)", "\n7. \\1", text),
    "unwrapped": lambda text: re.sub(r"(?<=[a-zæøå,]) ?\n(?=[a-zæøå(0-9])", " ", text),
    "no blank lines": lambda text: re.sub(r"\n\n+", "\n", text),
    "hyphenated": lambda text: re.sub(r"(pati)(en[tst])", "\\1-\n\\2", text, count=4),
    "page numbers": lambda text: re.sub(r"\n(?=onset sundial|solursh)", "\n\nHarbour Board of Health\n3\n\n", text),
    "footers in a sentence": lambda text: re.sub(
        r"\n(?=onset sundial|solursh)", "\n\nGuide          Page 3 of 4\nBoard\n\n", text
    ),
    "a number glued before a sign": lambda text: swapped(text, ("\n↓ ", "\n3↓ ")),
    "a number glued behind a grade": lambda text: re.sub(r"\)\. ?\n", ").4\n", text),
    "a header glued before a sign": lambda text: swapped(text, ("\n↓ ", "\nHarbour Board of Health 4 ↓ ")),
    "a footer glued behind a grade": lambda text: re.sub(r"\)\. ?\n", "). Harbour Board of Health  4\n", text),
    "a footer without a number": lambda text: re.sub(r"\)\. ?\n", "). Harbour Board of Health\n", text),
    "five circles in the legend too": lambda text: text.replace("(⊕", "(⊕⊕"),
    INSIDE: lambda text: swapped(text, (" patient", " ↑ patient")),
}
"""Ways of writing the same; none of them leaves anything in doubt."""
LATIN1 = (("↑", "\xad"), ("↓", "¯"), ("√", "Ö"), ("⊕", "Å"), (EMPTY, "™"))


def written(text: str, folder: Path, encoding: str = "utf-8") -> Published:
    """A text, read from a file."""
    file = folder / "guide.txt"
    file.write_bytes(text.encode(encoding))
    return read(file)


@pytest.mark.parametrize("sign, character", SURE, ids=lambda each: each if each.isascii() else f"U+{ord(each):04X}")
def test_every_character_of_the_table_is_no_doubt(sign: str, character: str, tmp_path: Path) -> None:
    published = written(swapped(guide.text(), (STANDS_FOR[sign], character)), tmp_path)
    assert [each.grade for each in published.statements] == list(guide.GRADES)
    assert not published.doubtful


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings(spelling: str, language: Language, tmp_path: Path) -> None:
    published = written(SPELLINGS[spelling](guide.text(language)), tmp_path)
    assert [each.grade for each in published.statements] == list(guide.GRADES)
    assert published.sections == guide.SECTIONS[language]
    assert not published.doubtful, published.warnings
    if spelling != INSIDE:
        assert [each.text for each in published.statements] == [each.text for each in guide.statements(language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str, language: Language, tmp_path: Path) -> None:
    assert guide.said(written(guide.text(language), tmp_path, encoding)) == guide.said(read(guide.file(language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_symbol_font_read_as_latin1_is_graded_and_flagged(encoding: str, language: Language, tmp_path: Path) -> None:
    published = written(swapped(guide.text(language), *LATIN1), tmp_path, encoding)
    found = [(each.strength, each.direction, each.certainty) for each in published.statements]
    assert found == [(each.strength, each.direction, each.certainty) for each in guide.GRADES]
    assert all("wrong encoding" in " ".join(each.doubts) for each in published.statements)
    assert any("wrong encoding" in warning for warning in published.warnings)
    assert published.doubtful
    assert [each.text for each in published.statements] == [each.text for each in guide.statements(language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_utf8_read_as_latin1_is_recovered_and_flagged(wrong: str, language: Language, tmp_path: Path) -> None:
    misread = "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in guide.text(language).encode())
    published = written(misread, tmp_path)
    found = [(each.strength, each.direction, each.certainty) for each in published.statements]
    assert found == [(each.strength, each.direction, each.certainty) for each in guide.GRADES]
    assert all(each.doubts for each in published.statements)
    assert published.warnings
    assert [each.text for each in published.statements] == [each.text for each in guide.statements(language)]
    first, last = published.statements[2].place.span
    assert misread[first:last].startswith(("â\x86\x91", "â†‘"))


@pytest.mark.parametrize(
    "word", ["Ålesund and Öland are far away.", "Åben kirurgi bør drøftes.", "Östlich liegt nichts."]
)
def test_letters_that_look_like_misread_symbols_stay_letters(word: str, tmp_path: Path) -> None:
    published = written(swapped(guide.text(), ("Passive treatments\n", f"Passive treatments\n\n{word}\n")), tmp_path)
    assert [each.grade for each in published.statements] == list(guide.GRADES)
