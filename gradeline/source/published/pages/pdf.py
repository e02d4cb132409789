"""A PDF as a document: its text layer in reading order, columns undone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from gradeline.errors import DocumentError
from gradeline.source.published.marks.symbols import FONTS
from gradeline.source.published.pages import textlayer
from gradeline.source.published.pages.columns import Cell, Row, undo
from gradeline.source.published.pages.document import Document, Line, beside
from gradeline.source.published.pages.encoding import clean
from gradeline.source.published.pages.furniture import marked, masked

PATIENCE = 45
"""Seconds that a PDF may take; a hundred pages take about two."""
FAULTS = {
    "encrypted": ("the PDF is encrypted", "open it with its password and save a copy without one"),
    "corrupt": ("no PDF that can be read: it is corrupt or cut short", "fetch it again from its publisher"),
    "letters": ("the PDF has more text than any guideline", "read the quick guide alone, not the whole report"),
    "memory": ("the PDF needs more memory than a document may", "print it to a new PDF and read that"),
    "time": (f"the PDF takes longer than {PATIENCE} seconds to read", "print it to a new PDF and read that"),
    "pages": (f"the PDF has {{}} pages, and at most {textlayer.MOST_PAGES} are read", "read the quick guide alone"),
    "images": (
        "a PDF of pictures: it has no text to read",
        "run text recognition (OCR) on it, or read the publisher's HTML",
    ),
    "empty": ("the PDF has no text", "fetch it again from its publisher"),
}


class Run(NamedTuple):
    """Letters on one line: from left to right, how far down the page, how tall, their font if of symbols."""

    left: float
    right: float
    down: float
    size: float
    font: str
    text: str


def document(path: Path) -> Document:
    """A PDF as a document; DocumentError says why it is none."""
    layer = _layer(path)
    pages = layer["pages"]
    if not any(page["runs"] for page in pages):
        raise _fault("images" if any(page["pictures"] for page in pages) else "empty", path)
    rows = [_rows(page) for page in pages]
    writer = Writer(_margins(rows))
    for number, page in enumerate(pages, 1):
        writer.page(rows[number - 1], number, page["height"])
    blank = [str(number) for number, page in enumerate(pages, 1) if page["pictures"] and not page["runs"]]
    warnings = (f"page {', '.join(blank)} is a picture without text: what it says is not read",) if blank else ()
    return Document(
        lines=tuple(writer.lines),
        source="\n".join(writer.texts),
        form="pdf",
        breaks=tuple(writer.breaks[1:]),
        title=layer["title"],
        links=tuple(layer["links"]),
        warnings=warnings,
        repaired=writer.repaired,
        starts=tuple(writer.starts),
    )


def _fault(name: str, path: Path, number: str = "") -> DocumentError:
    what, cure = FAULTS[name]
    return DocumentError(what.format(number), cure, path.name)


def _layer(path: Path) -> dict[str, Any]:
    """The text layer, read by a process of its own, so that no file can harm or hold up this one."""
    if find_spec("pypdfium2") is None:
        raise DocumentError(
            "reading a PDF needs a library that is not installed", "pip install 'gradeline[pdf]'", path.name
        )
    command = [sys.executable, "-P", textlayer.__file__, str(path)]
    paths = os.pathsep.join(each for each in sys.path if each)
    try:
        done = subprocess.run(  # noqa: S603  the command is Python itself with a program of ours
            command, capture_output=True, timeout=PATIENCE, check=False, env={**os.environ, "PYTHONPATH": paths}
        )
    except subprocess.TimeoutExpired:
        raise _fault("time", path) from None
    if done.returncode or not done.stdout.startswith(b"{"):
        raise _fault("corrupt", path)
    layer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in layer:
        name, _, number = layer["refused"].partition(" ")
        raise _fault(name, path, number)
    return layer


def _rows(page: dict[str, Any]) -> list[list[Run]]:
    """The page's runs in lines from the top down, each from left to right."""
    runs = [Run(left, right, page["height"] - level, *rest) for left, right, level, *rest in page["runs"]]
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda each: each.down):
        if rows and run.down - rows[-1][0].down < 0.4 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row) for row in rows]


def _cells(row: Sequence[Run]) -> list[list[Run]]:
    """A line's runs, those apart by more than a wide word space kept apart."""
    cells: list[list[Run]] = []
    for run in row:
        near = cells and run.left - cells[-1][-1].right < 1.1 * min(run.size, cells[-1][-1].size)
        if near:
            cells[-1].append(run)
        else:
            cells.append([run])
    return cells


def _letters(cell: Sequence[Run]) -> str:
    text = ""
    for index, run in enumerate(cell):
        codes = FONTS.get(run.font, {})
        far = index and run.left - cell[index - 1].right > 0.18 * run.size
        letters = "".join(codes.get(_code(letter), letter) for letter in run.text) if codes else run.text
        text += (" " if far else "") + letters
    return text


def _code(letter: str) -> int:
    """The code of a letter in a font of symbols: a private-use character's, or its Windows-1252 byte."""
    if 0xF000 <= ord(letter) <= 0xF0FF:
        return ord(letter) - 0xF000
    return (letter.encode("cp1252", "ignore") or b"\x00")[0]


def _margins(pages: Sequence[Sequence[Sequence[Run]]]) -> frozenset[str]:
    """What comes back, its numbers aside, in the first two or the last two lines of pages."""
    found: Counter[str] = Counter()
    for rows in pages:
        ends = rows if len(rows) < 4 else [*rows[:2], *rows[-2:]]
        texts = {_letters(cell) for row in ends for cell in _cells(row)}
        found.update({masked(text) for text in texts if not marked(text)})
    return frozenset(text for text, times in found.items() if times > 1 and times > len(pages) // 3)


class Writer:
    """Writes lines one after the other into the text layer, and remembers where each begins."""

    def __init__(self, margins: frozenset[str]) -> None:
        self.margins = margins
        self.lines: list[Line] = []
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.breaks: list[int] = []
        self.end = 0
        self.repaired = False

    def page(self, rows: Sequence[Sequence[Run]], number: int, height: float) -> None:
        """Write one page."""
        self.breaks.append(self.end)
        body = median([run.size for row in rows for run in row]) if rows else 1.0
        cells = [[self._cell(part, body, height) for part in _cells(row)] for row in rows]
        ends = {0, 1, len(cells) - 2, len(cells) - 1}
        edges = [index in ends and all(cell.line.edge for cell in row) for index, row in enumerate(cells)]
        cells = [[_edged(cell, edge) for cell in row] for row, edge in zip(cells, edges, strict=True)]
        head = [row for row, edge in zip(cells, edges, strict=True) if edge and row[0].top < height / 2]
        foot = [row for row, edge in zip(cells, edges, strict=True) if edge and row[0].top >= height / 2]
        middle = [row for row, edge in zip(cells, edges, strict=True) if not edge]
        before: Cell | None = None
        for row in [*head, *undo(_with_room(middle, body), 0.8 * body), *foot]:
            if row:
                self._write(row, number, _room(before, row[0], body))
                before = row[0]

    def _cell(self, part: Sequence[Run], body: float, height: float) -> Cell:
        size = median(run.size for run in part)
        top, bottom = part[0].down - 0.8 * size, part[0].down + 0.2 * size
        text = _letters(part)
        small = size <= 1.12 * body
        edge = small and (bottom < 0.09 * height or top > 0.92 * height or masked(text) in self.margins)
        line = Line(text, (), level=0 if small else 2, edge=edge)
        return Cell(part[0].left, part[-1].right, line, top, bottom)

    def _write(self, row: Row, number: int, room: bool) -> None:
        parts = []
        for index, cell in enumerate(row):
            self.end += 3 if index else 0
            text, at, repaired = clean(cell.line.text, range(self.end, self.end + len(cell.line.text)))
            self.repaired |= repaired
            parts.append(replace(cell.line, text=text, at=at, page=number, gap=room))
            if not index:
                self.starts.append(self.end)
            self.end += len(cell.line.text)
        self.texts.append("   ".join(cell.line.text for cell in row))
        self.end += 1
        self.lines.append(beside(parts).cut(0))


def _edged(cell: Cell, edge: bool) -> Cell:
    return cell._replace(line=replace(cell.line, edge=edge))


def _with_room(rows: Sequence[Sequence[Cell]], body: float) -> list[Row]:
    """The rows, each told whether there is room above it."""
    told: list[Row] = []
    before: Cell | None = None
    for row in rows:
        room = _room(before, row[0], body)
        told.append([cell._replace(line=replace(cell.line, gap=room)) for cell in row])
        before = row[0]
    return told


def _room(before: Cell | None, cell: Cell, body: float) -> bool:
    """Whether a line stands apart from the one before it: further down than lines do, or at another column's head."""
    return before is None or cell.top - before.bottom > 0.55 * body or cell.bottom < before.top
