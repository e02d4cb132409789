"""A quick guide, shown and read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gradeline as gl
from gradeline.errors import DocumentError, UsageError
from gradeline.show import markdown, page, paper
from gradeline.source import published
from tools.bench.measuring import Row, seconds

GUIDE = "lumbar-nerve-root"


def showing() -> Iterator[Row]:
    """The quick guide as a page, and on paper where typst is installed."""
    guideline = gl.guideline(GUIDE)
    yield "the quick guide as HTML", f"{seconds(lambda: page.guide(guideline), 50) * 1e3:.0f} ms", "100 ms"
    try:
        made = f"{seconds(lambda: paper.guide(guideline), 5):.2f} s"
    except UsageError as missing:
        made = missing.what
    yield "the quick guide as PDF", made, "2 s"


def reading(folder: Path) -> Iterator[Row]:
    """The quick guide of our own wording read again, as text and from paper, and a hundred pages of paper."""
    guideline = gl.guideline(GUIDE)
    text, short = folder / "guide.md", folder / "guide.pdf"
    text.write_text(markdown.guide(guideline), "utf-8")
    yield "reading a quick guide from text", f"{seconds(lambda: published.read(text), 20) * 1e3:.0f} ms", "50 ms"
    try:
        short.write_bytes(paper.guide(guideline))
        long = hundred_pages(short, folder / "long.pdf")
        yield "reading it from PDF", f"{seconds(lambda: published.read(short), 5):.2f} s", "1 s"
        yield "reading 100 pages of PDF", f"{seconds(lambda: published.read(long), 1):.1f} s", "10 s"
    except (UsageError, ImportError, DocumentError) as missing:
        yield "reading it from PDF", str(missing).partition("\n")[0], "1 s"


def hundred_pages(one: Path, out: Path) -> Path:
    """The same pages again and again, a hundred in all."""
    import pypdfium2  # type: ignore[import-untyped]

    made, source = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(one)
    while len(made) < 100:
        made.import_pages(source, list(range(min(len(source), 100 - len(made)))))
    made.save(out)
    return out
