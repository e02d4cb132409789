"""Two columns that a text layer sets side by side are put one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gradeline.source.published.marks.evidence import whole
from gradeline.source.published.marks.symbols import ARROWS_RE, CIRCLES_RE
from gradeline.source.published.pages.document import Line


class Cell(NamedTuple):
    """A part of a line that stands apart from its neighbours, and from where to where it reaches."""

    first: float
    last: float
    line: Line
    top: float = 0
    bottom: float = 0


Row = Sequence[Cell]
"""The cells of one line from left to right; none where the line is blank."""
PROSE = 15
"""A column of sentences has more letters a line than this; one of signs or numbers has fewer."""
LEAST_ROWS = 3
A_PAGE = 60
"""The rows of a page."""
LONGEST = 300
"""A strip of more rows than this, and not one of columns, is not tried again from its next row."""


class Gutter(NamedTuple):
    """A strip without letters: its sides, the row after its last, and the rows with text on the poorer side."""

    first: float
    last: float
    end: int
    rows: int


def undo(rows: Sequence[Row], least: float) -> list[Row]:
    """The rows with columns read one after the other; a gutter is at least so wide."""
    ordered: list[Row] = []
    index = 0
    while index < len(rows):
        gutter = _gutter(rows, index, least)
        end = gutter.end if gutter else index + 1
        if gutter and _prose(rows[index:end], gutter):
            ordered.extend(_apart(rows[index:end], gutter))
        else:
            end = end if end - index > LONGEST else index + 1
            ordered.extend(rows[index:end])
        index = end
    return ordered


def _gutter(rows: Sequence[Row], index: int, least: float) -> Gutter | None:
    """The gutter that begins in this row and reaches furthest."""
    row = rows[index]
    sides = [(one.last, other.first) for one, other in pairwise(row)]
    below = next((other for other in rows[index + 1 : index + 3] if other), None)
    if row and below and below[0].first > row[-1].last:
        sides.append((row[-1].last, below[0].first))
    if row and below and row[0].first > below[-1].last:
        sides.append((below[-1].last, row[0].first))
    begun = [_follow(rows, index, least, side) for side in sides]
    return max((gutter for gutter in begun if gutter.rows >= LEAST_ROWS), key=lambda each: each.rows, default=None)


def _follow(rows: Sequence[Row], index: int, least: float, side: tuple[float, float]) -> Gutter:
    """Down the rows, as long as a strip stays free.

    Left rows behind the last right one belong until there is room; all of them, where nothing crosses any more.
    """
    first, last = side
    end, lefts, rights, ended = index, 0, 0, False
    for place in range(index, len(rows)):
        row, middle = rows[place], (first + last) / 2
        left = [cell for cell in row if cell.first < middle]
        right = [cell for cell in row if cell.first >= middle]
        first = max([first, *(cell.last for cell in left)])
        last = min([last, *(cell.first for cell in right)])
        if last - first < least:
            break
        ended = (ended or not row or row[0].line.gap) and not right
        if not ended:
            end = place + 1
        lefts, rights = lefts + bool(left), rights + bool(right)
    else:
        end = len(rows) if len(rows) - end < A_PAGE else end
    return Gutter(*side, end, min(lefts, rights))


def _prose(rows: Sequence[Row], gutter: Gutter) -> bool:
    """Whether both sides hold sentences, not signs or numbers."""
    for part in _sides(rows, gutter):
        texts = [cell.line.text for row in part for cell in row if not cell.line.text.isdigit()]
        if len(texts) < LEAST_ROWS or sum(map(_length, texts)) < PROSE * len(texts):
            return False
    return True


def _length(text: str) -> int:
    """How many letters of a sentence a cell has: none if it is marks alone; a row of a legend is as good as one."""
    words = CIRCLES_RE.sub("", ARROWS_RE.sub("", text))
    if words != text and "=" in words:
        return max(len(words), PROSE)
    return 0 if whole(text) else len(words)


def _apart(rows: Sequence[Row], gutter: Gutter) -> list[Row]:
    left, right = _sides(rows, gutter)
    return [*left, [], *right, []]


def _sides(rows: Sequence[Row], gutter: Gutter) -> tuple[list[Row], list[Row]]:
    middle = (gutter.first + gutter.last) / 2
    left = [[cell for cell in row if cell.first < middle] for row in rows]
    right = [[cell for cell in row if cell.first >= middle] for row in rows]
    return list(left), list(right)
