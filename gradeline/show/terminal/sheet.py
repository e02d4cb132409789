"""A sheet of terminal text: wrapped lines, headings, rows of columns."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass, field

BOLD, DIM, OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass
class Sheet:
    """Lines in the making; `plain` leaves out all that is drawn, for who listens rather than looks."""

    colour: bool = False
    plain: bool = False
    width: int = 80
    lines: list[str] = field(default_factory=list)

    def say(self, text: str, indent: int = 0, hang: int | None = None, bold: bool = False) -> None:
        """A paragraph, wrapped; `hang` indents its further lines."""
        hang = indent if hang is None else hang
        wrapped = textwrap.wrap(
            text, self.width, initial_indent=" " * indent, subsequent_indent=" " * hang, break_on_hyphens=False
        )
        self.lines += [self.styled(line, BOLD) if bold else line for line in wrapped]

    def label(self, label: str, text: str, indent: int = 6, room: int = 9) -> None:
        """A labelled phrase: the label, then the words, hanging below themselves."""
        if self.plain:
            self.say(f"{label}: {text}", indent=2)
        else:
            self.say(f"{label:<{room}}{text}", indent, indent + room)

    def heading(self, text: str) -> None:
        """A heading, with a line of air above it."""
        self.gap()
        self.say(text.upper() if not self.plain else text, bold=True)

    def row(self, *cells: tuple[str, int], hang: int = 5) -> None:
        """Cells in columns, each with the column where the next begins; a long first cell goes on below itself."""
        (first, to), *others = cells
        head, *rest = textwrap.wrap(
            first, to - 1, subsequent_indent=" " * hang, drop_whitespace=True, break_on_hyphens=False
        ) or [""]
        line = head
        for text, end in others:
            line += " " * (to - wide(line)) + text
            to = end
        self.lines += [line.rstrip(), *rest]

    def sides(self, left: str, right: str) -> None:
        """Words at the left edge and words at the right; below each other where the line is too short for both."""
        room = self.width - wide(left) - wide(right)
        if room < 2 or self.plain:
            self.say(left, bold=True)
            self.say(right)
        else:
            self.lines.append(self.styled(left, BOLD) + " " * room + right)

    def gap(self) -> None:
        """One empty line, never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def styled(self, text: str, style: str) -> str:
        """Text in a style, where colours are wanted."""
        return f"{style}{text}{OFF}" if self.colour else text

    def __str__(self) -> str:
        return "\n".join(self.lines).rstrip() + "\n"


def wide(text: str) -> int:
    """How many columns a text takes: marks that combine take none, and no style does."""
    for style in (BOLD, DIM, OFF):
        text = text.replace(style, "")
    return sum(not unicodedata.combining(letter) for letter in text)
