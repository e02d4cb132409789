"""How a published document comes in: bytes to lines, each with its place, page furniture taken out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from gradeline.errors import DocumentError
from gradeline.source.published.pages import markup, pdf, plain
from gradeline.source.published.pages.document import Document, Line
from gradeline.source.published.pages.encoding import decode
from gradeline.source.published.pages.furniture import removed
from gradeline.source.published.pages.textlayer import MOST_PAGES

LARGEST = 50 * 1024**2
LONGEST = 1_000_000
"""Characters: a hundred pages have a third of that."""
MOST_LINES = 20_000
LONGEST_MARKUP = 4_000_000
MARKUP = re.compile(
    r"^\s*(?><!--.*?-->\s*)*+<(?:!doctype html|html|head|body|\?xml[^>]*>\s*<(?:!doctype html|html))\b", re.I | re.S
)


def load(path: Path) -> Document:
    """A file as a document without page furniture; DocumentError where it is none."""
    data = _bytes(path)
    document = pdf.document(path) if b"%PDF-" in data[:1024] else _text(data, path)
    if not any(line.text for line in document.lines):
        raise DocumentError("no text in it", "fetch it again from its publisher", path.name)
    if len(document.lines) > MOST_LINES or sum(len(line.text) for line in document.lines) > LONGEST:
        raise _too_long(path)
    return replace(document, lines=tuple(removed(document.lines)))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise DocumentError(
            f"cannot be opened: {error.strerror or error}", "give the path of a document", str(path)
        ) from None
    if size > LARGEST:
        raise DocumentError(
            f"{size // 1024**2} MB is more than any quick guide has", "read the quick guide alone", path.name
        )
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DocumentError("an empty file", "fetch it again from its publisher", path.name)
    return data


def _too_long(path: Path) -> DocumentError:
    return DocumentError(
        "more text than any quick guide has", "read the quick guide alone, not the whole report", path.name
    )


def _text(data: bytes, path: Path) -> Document:
    text = decode(data, path.name)
    html = MARKUP.match(text[:5000]) or (path.suffix.lower() in (".html", ".htm", ".xhtml") and "<" in text)
    if len(text) > (LONGEST_MARKUP if html else LONGEST) or text.count("\f") > MOST_PAGES:
        raise _too_long(path)
    return markup.document(text) if html else plain.document(text)


__all__ = ["Document", "Line", "load"]
