"""A document as lines of text, each character with its place in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gradeline.source.published.found import Place


@dataclass(frozen=True)
class Line:
    """One line as read: its characters, and for each of them its offset in the source."""

    text: str
    at: Sequence[int]
    gap: bool = False
    """Whether the document leaves room before it: a blank line, a new block, another column or page."""
    level: int = 0
    """The level of a heading, where the markup or the size of the type says that it is one."""
    edge: bool = False
    """Whether it stands in the margin at the head or the foot of a page."""
    page: int = 1
    folded: bool = False
    """Whether a page folds it away, and shows the grades without it."""

    def cut(self, first: int, last: int | None = None) -> Line:
        """A part of the line, spaces at its ends left out."""
        part = self.text[first:last]
        start = first + len(part) - len(part.lstrip())
        return replace(self, text=part.strip(), at=self.at[start : start + len(part.strip())])

    def without(self, pattern: re.Pattern[str], instead: str = "") -> Line:
        """The line with every match taken out, or replaced by spaces."""
        if not pattern.search(self.text):
            return self
        texts, places, end = [], [], 0
        for match in pattern.finditer(self.text):
            texts.append(self.text[end : match.start()] + instead)
            places.extend([*self.at[end : match.start()], *[self.at[match.start()]] * len(instead)])
            end = match.end()
        return replace(self, text="".join(texts) + self.text[end:], at=[*places, *self.at[end:]])


def beside(lines: Sequence[Line]) -> Line:
    """Several parts of one line, far apart, as one line again: three spaces stand between them."""
    if len(lines) == 1:
        return lines[0]
    places: list[int] = []
    for line in lines:
        places.extend([*([places[-1]] * 3 if places else []), *line.at])
    return replace(lines[0], text="   ".join(line.text for line in lines), at=places)


@dataclass(frozen=True)
class Document:
    """A document's lines, its source as given, and what is known of it besides its text."""

    lines: tuple[Line, ...]
    source: str
    form: str
    breaks: tuple[int, ...] = ()
    """Offsets at which a page after the first begins."""
    title: str = ""
    language: str = ""
    links: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    repaired: bool = False
    """Whether the whole text had to be recovered from a wrong reading of its bytes."""
    wide: Mapping[int, int] = field(default_factory=dict)
    """Offsets at which more than one character of the source stands for one: `&uarr;`."""
    starts: tuple[int, ...] = ()
    """Offsets at which lines of the source begin."""

    def place(self, first: int, last: int) -> Place:
        """Where the characters from one offset to another, both included, stand."""
        pages = (bisect_right(self.breaks, first) + 1, bisect_right(self.breaks, last) + 1)
        lines = (self._line(first), self._line(last))
        return Place(pages, lines, (first, last + self.wide.get(last, 1)))

    def _line(self, offset: int) -> int:
        line = bisect_right(self.starts, offset)
        if self.form != "pdf":
            return line
        page = bisect_right(self.breaks, offset)
        return line - (bisect_right(self.starts, self.breaks[page - 1]) - 1 if page else 0)


NEWLINE = re.compile(r"\r\n|\r|\n")


def starts(source: str) -> tuple[int, ...]:
    """The offsets at which the lines of a text begin."""
    return (0, *(match.end() for match in NEWLINE.finditer(source)))
