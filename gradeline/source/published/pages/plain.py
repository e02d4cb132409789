"""Plain text and Markdown to lines: pages at form feeds, headings where they are marked, columns undone."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from gradeline.source.published.pages.columns import Cell, undo
from gradeline.source.published.pages.document import Document, Line, beside, starts
from gradeline.source.published.pages.encoding import clean

PART = re.compile(r"([^\r\n\f]*)(\r\n|\r|\n|\f|\Z)")
HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(\S.*?)\s*#*\s*$")
MARKDOWN = re.compile(r"^\s{0,3}#{1,6} \S", re.MULTILINE)
MARKS = re.compile(
    r"\\([!-/:-@\[-`{-~])|(&(?:#\d{1,7}|[a-z]{2,8});)|\*\*|__|`|(?<![\w*_])[*_](?=\S)|(?<=\S)[*_](?![\w*_])"
    r"|^\s*>\s?|</?[a-z][^<>]*>"
)
"""Marks of Markdown; of an escaped character, the first group, or a named one, the second, the character stays."""
RULE = re.compile(r"^\s*(?:([-=_*─━═—])\1{2,}|\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?)\s*$")
PIPES = re.compile(r"\s*\|\s*")
WIDEST = 300
WIDE = re.compile(rf" {{{WIDEST + 1},}}")
"""No wider room than this is needed to tell columns apart."""
FAR = re.compile(r"\s{3,}")


def document(source: str) -> Document:
    """A text as a document."""
    lines, breaks, repaired = _lines(source)
    if MARKDOWN.search(source):
        lines = [_unmarked(line) for line in lines]
    return Document(
        lines=tuple(_columns(_rules(lines))),
        source=source,
        form="text",
        breaks=tuple(breaks),
        repaired=repaired,
        starts=starts(source),
    )


def _lines(source: str) -> tuple[list[Line], list[int], bool]:
    """The lines in order, blank ones among them, and where pages begin."""
    lines: list[Line] = []
    breaks: list[int] = []
    repaired = False
    for match in PART.finditer(source):
        text, at, mended = clean(match[1], range(match.start(), match.end(1)))
        repaired |= mended
        line = Line(text.rstrip(), at[: len(text.rstrip())], page=len(breaks) + 1)
        lines.append(line.without(WIDE, " " * WIDEST))
        if match[2] == "\f":
            breaks.append(match.end())
            lines.append(Line("", ()))
        if match.end() == len(source):
            break
    return lines, breaks, repaired


def _unmarked(line: Line) -> Line:
    """A line of Markdown without its marks; a heading with its level."""
    heading = HEADING.match(line.text)
    if heading:
        return replace(_without_marks(line.cut(heading.start(2), heading.end(2))), level=len(heading[1]))
    if line.text.lstrip().startswith("|") and not RULE.match(line.text):
        line = line.cut(line.text.index("|") + 1, len(line.text) - line.text.endswith("|"))
        line = line.without(PIPES, "   ")
    return _without_marks(line)


def _without_marks(line: Line) -> Line:
    """The line as Markdown means it: marks gone, what was escaped a letter again."""
    text, places, end = "", list[int](), 0
    for mark in MARKS.finditer(line.text):
        stays = mark[1] or unescape(mark[2] or "")
        text += line.text[end : mark.start()] + stays
        places += [*line.at[end : mark.start()], *[line.at[mark.start()]] * len(stays)]
        end = mark.end()
    return replace(line, text=text + line.text[end:], at=[*places, *line.at[end:]]) if end else line


def _rules(lines: list[Line]) -> list[Line]:
    """Ruled lines are room; what is short and underlined is a heading."""
    kept: list[Line] = []
    for line in lines:
        if not RULE.match(line.text):
            kept.append(line)
            continue
        above = kept[-1] if kept else None
        underlined = above and above.text and len(above.text) < 90 and above.text[-1] not in ".,;)"
        if above and underlined and "|" not in line.text:
            kept[-1] = replace(above, level=above.level or 2)
        kept.append(Line("", ()))
    return kept


def _columns(lines: list[Line]) -> list[Line]:
    """Two columns set side by side, one after the other; blank lines become room before the next."""
    rows = [_cells(line) for line in lines]
    ordered: list[Line] = []
    room = False
    for row in undo(rows, 2):
        if not row:
            room = True
            continue
        line = beside([cell.line for cell in row])
        ordered.append(replace(line, gap=room or line.gap))
        room = False
    return ordered


def _cells(line: Line) -> list[Cell]:
    cells: list[Cell] = []
    first = len(line.text) - len(line.text.lstrip())
    for far in [*FAR.finditer(line.text, first), None]:
        last = far.start() if far else len(line.text)
        if last > first:
            cells.append(Cell(first, last, line.cut(first, last)))
        first = far.end() if far else last
    return cells
