"""Run as a program of its own: the text layer of one PDF as JSON, bounded in time, memory and size.

It imports nothing of Gradeline, so that it starts quickly and nothing but PDFium touches the file.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

MOST_PAGES = 200
MOST_LETTERS = 1_500_000
MEMORY = 2 * 1024**3
SECONDS = 60
PASSWORD = 4
"""PDFium's number for a password that is needed."""


class Refused(Exception):
    """The file is not read; its text is the reason's short name."""


def bound() -> None:
    """No more memory and processor time than this, where the system can promise it."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's clock still holds there.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def layer(path: str) -> dict[str, Any]:
    """Every page's runs of text with their places, the title and the links."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if getattr(error, "err_code", 0) == PASSWORD else "corrupt") from None
    count = len(pdf)
    if count > MOST_PAGES:
        raise Refused(f"pages {count}")
    pages, links, letters = [], [], 0
    for number in range(count):
        page = pdf[number]
        pages.append(_page(page))
        letters += sum(len(run[5]) for run in pages[-1]["runs"])
        if letters > MOST_LETTERS:
            raise Refused("letters")
        links.extend(_links(pdf, page))
        page.close()
    return {"pages": pages, "title": pdf.get_metadata_dict().get("Title", ""), "links": links}


def _page(page: Any) -> dict[str, Any]:
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    width, height = page.get_size()
    FONTS.clear()
    runs = _runs(page.get_textpage(), raw)
    pictures = 0 if runs else sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return {"width": width, "height": height, "runs": runs, "pictures": pictures}


def _runs(text: Any, raw: Any) -> list[list[Any]]:
    """Letters that follow each other on one line: left, right, baseline, size, font, letters."""
    count = raw.FPDFText_CountChars(text)
    if count > MOST_LETTERS:
        raise Refused("letters")
    runs: list[list[Any]] = []
    space = True
    for index in range(count):
        letter = raw.FPDFText_GetUnicode(text, index)
        if letter in (9, 10, 13, 32, 160):
            space = True
            continue
        here = _letter(text, index, raw)
        here[5] = "-" if letter in (2, 0xFFFE) else _character(letter)
        if runs and _follows(runs[-1], here):
            runs[-1][5] += (" " if space or here[0] - runs[-1][1] > here[3] * 0.2 else "") + here[5]
            runs[-1][1] = here[1]
        else:
            runs.append(here)
        space = False
    return runs


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def _letter(text: Any, index: int, raw: Any) -> list[Any]:
    """A run of one letter, without the letter."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
    return [box.left, box.right, *_font(text, index, raw), ""]


def _follows(run: list[Any], here: list[Any]) -> bool:
    """Whether a letter stands on the run's line, right behind it, in a font of the same kind."""
    size = max(here[3], run[3])
    level = abs(run[2] - here[2]) < size * 0.3
    return bool(level and -2 * size < here[0] - run[1] < size * 0.9 and run[4] == here[4])


FONTS: dict[int, tuple[float, float, str]] = {}


def _font(text: Any, index: int, raw: Any) -> tuple[float, float, str]:
    """The baseline, the size of the type as it stands, and the font if it is one of symbols; once a text object."""
    key = ctypes.cast(raw.FPDFText_GetTextObject(text, index), ctypes.c_void_p).value or 0
    if key not in FONTS:
        name, matrix = ctypes.create_string_buffer(256), raw.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetFontInfo(text, index, name, 256, None)
        raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        size = raw.FPDFText_GetFontSize(text, index) * ((matrix.c**2 + matrix.d**2) ** 0.5 or 1)
        plain = name.value.decode("utf-8", "ignore").rpartition("+")[2].replace(" ", "").replace("-", "").lower()
        font = next((font for font in ("wingdings2", "wingdings", "symbol") if plain.startswith(font)), "")
        FONTS[key] = (y.value, max(size, 1.0), font)
    return FONTS[key]


def _links(pdf: Any, page: Any) -> list[str]:
    """The addresses that the page's links lead to."""
    import pypdfium2.raw as raw

    start, link = ctypes.c_int(0), raw.FPDF_LINK()
    links: list[str] = []
    while len(links) < 1000 and raw.FPDFLink_Enumerate(page, start, link):
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(pdf, action, None, 0) if action else 0
        if 1 < size < 4000:
            address = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(pdf, action, address, size)
            links.append(address.value.decode("utf-8", "ignore"))
    return links


def main() -> int:
    """The layer on standard output, or the short name of the reason why there is none."""
    bound()
    try:
        found = layer(sys.argv[1])
    except Refused as reason:
        found = {"refused": str(reason)}
    except MemoryError:
        found = {"refused": "memory"}
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
