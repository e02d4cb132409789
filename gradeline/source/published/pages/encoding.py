"""Bytes to text: UTF-8, UTF-16 and the Windows and Latin encodings, told apart by evidence, never by a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from unicodedata import combining, is_normalized, normalize

from gradeline.errors import DocumentError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHERS = {
    b"PK\x03\x04": "a Word or other zipped file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"%!PS": "a PostScript file",
}
SAVE = "save it as PDF, HTML or plain text and read that"
UTF8_MARKS = re.compile(rb"[\xe2\xef][\x80-\xbf]{2}|\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]")
"""What surely is UTF-8 among other bytes: arrows, circles, Danish letters."""
CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


def decode(data: bytes, where: str) -> str:
    """The text of a file; DocumentError where it is none, or is written in two encodings."""
    for magic, what in OTHERS.items():
        if data.startswith(magic):
            raise DocumentError(f"this is {what}, which is not read", SAVE, where)
    text = _decoded(data, where)
    if len(CONTROL.findall(text)) > len(text) // 200:
        raise DocumentError("a binary file, not a document", SAVE, where)
    return text


def _decoded(data: bytes, where: str) -> str:
    name = next((name for mark, name in BOMS if data.startswith(mark)), None) or _utf16(data) or "utf-8"
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        if name != "utf-8" or b"\x00" in data:
            raise DocumentError(f"no whole {name.upper()} text: the file is damaged", SAVE, where) from None
        return _one_byte(data, error.start, where)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without its mark, known by the zero bytes of its plain letters."""
    sample = data[:4000]
    if sample[1::2].count(0) > len(sample) // 4 and not sample[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > len(sample) // 4 and not sample[1::2].count(0) else None


def _one_byte(data: bytes, wrong: int, where: str) -> str:
    """Text that is no UTF-8: Windows-1252 where nothing in it surely is UTF-8."""
    if UTF8_MARKS.search(data):
        line = data.count(b"\n", 0, wrong) + 1
        raise DocumentError(
            f"two encodings in one file: UTF-8, and on line {line} a byte that is not",
            "save the whole file as UTF-8 from the program that it comes from",
            where,
        )
    return (
        "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
        if _odd(data)
        else data.decode("cp1252")
    )


def _odd(data: bytes) -> bool:
    """Whether a byte means nothing in Windows-1252, so that Latin-1 must say it."""
    return any(byte in data for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


CONTINUED = "[\x80-\xbf" + "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)) + "]"
MISREAD = re.compile(rf"[âï]{CONTINUED}{{2}}|Ã{CONTINUED}|Â[\xa0-\xbf]|ð{CONTINUED}{{3}}")
"""UTF-8 that was once read as Windows-1252 or Latin-1: `â†‘` for an arrow, `Ã¸` for `ø`."""
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x0b\x85]")
NOTHING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f]")
MENDED = re.compile(f"{SPACES.pattern}|{NOTHING.pattern}|{MISREAD.pattern}|\t")


def clean(text: str, at: Sequence[int]) -> tuple[str, Sequence[int], bool]:
    """Characters as they are compared, each with its offset, and whether any had to be recovered.

    Odd spaces become plain ones, what cannot be seen goes, letters are composed, and UTF-8 misread as Latin-1 is
    read again.
    """
    if not MENDED.search(text) and is_normalized("NFC", text):
        return text, at, False
    letters, places, repaired, index = [], [], False, 0
    while index < len(text):
        misread = MISREAD.match(text, index)
        letter = _again(misread[0]) if misread else ""
        repaired |= bool(letter)
        letters.append(_plain(letter or text[index]))
        places.append(at[index])
        index += len(misread[0]) if misread and letter else 1
    return _composed(letters, places, repaired)


def _plain(letter: str) -> str:
    if letter == "\t":
        return "   "
    if SPACES.match(letter):
        return " "
    return "" if NOTHING.match(letter) else letter


def _composed(letters: list[str], places: list[int], repaired: bool) -> tuple[str, Sequence[int], bool]:
    text = "".join(letters)
    spread = [place for letter, place in zip(letters, places, strict=True) for _ in letter]
    if is_normalized("NFC", text):
        return text, spread, repaired
    whole: list[str] = []
    at: list[int] = []
    for letter, place in zip(text, spread, strict=True):
        if combining(letter) and whole and len(normalize("NFC", whole[-1] + letter)) == 1:
            whole[-1] = normalize("NFC", whole[-1] + letter)
        else:
            whole.append(letter)
            at.append(place)
    return "".join(whole), at, repaired


def _again(misread: str) -> str:
    """The one character that was misread; empty where the bytes make none."""
    data = b"".join(letter.encode("cp1252", "ignore") or bytes([ord(letter) & 0xFF]) for letter in misread)
    letter = data.decode("utf-8", "ignore")
    return letter if len(letter) == 1 else ""
