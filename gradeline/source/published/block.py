"""A block of a document: lines that belong together, and how it is told whether a line goes on with one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from gradeline.source.published.legend import Row
from gradeline.source.published.marks import cues
from gradeline.source.published.marks.evidence import Evidence, lead, whole
from gradeline.source.published.marks.symbols import CIRCLES, PLUSES, STRONG_MARKS
from gradeline.source.published.marks.wording import LETTERS, OTHER_SCHEME, formula
from gradeline.source.published.pages.document import Line

Kind = Literal["heading", "statement", "row", "note", "prose"]
Zone = Literal["sections", "legend", "about"]
"""The part of the document: its recommendations, its legend, or what it says of itself."""
GROUP = rf"(?:{CIRCLES}|{PLUSES})"
CLOSED = re.compile(rf"[^\W\d_][^\w\s]*\s{{0,2}}{GROUP}\)?\s?\.?\s*$")
COMPLETE = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bf\.eks)(?<!\bbl\.a)(?<!\bdvs)(?<!\bca)[.!?…][\"'»”)\]]*\s*$",
    re.IGNORECASE,
)
"""The end of a sentence; the point of an abbreviation is none."""
HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
FULL = 45
"""A line shorter than this was not broken because it was full."""


@dataclass
class Block:
    """A run of lines that belong together."""

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    zone: Zone = "sections"
    rows: Sequence[Row] = ()

    @property
    def text(self) -> str:
        """The block's lines as one text, not yet joined with care."""
        return " ".join(line.text for line in self.lines)

    @property
    def head(self) -> str:
        """Its first lines: enough to see what stands in the symbol's place."""
        return " ".join(line.text for line in self.lines[:3])

    @property
    def tail(self) -> str:
        """Its last lines: enough to see whether it has ended."""
        return " ".join(line.text for line in self.lines[-2:])

    @property
    def words(self) -> bool:
        """Whether it holds more than marks."""
        return len(self.lines) > 4 or not whole(self.text)

    @property
    def complete(self) -> bool:
        """Whether its sentence has ended."""
        return bool(COMPLETE.search(self.tail) or self.closed)

    @property
    def closed(self) -> bool:
        """Whether a certainty ends it."""
        return not STRONG_MARKS.isdisjoint(self.tail) and bool(CLOSED.search(self.tail))

    def large(self, line: Line) -> bool:
        """Whether a line in large type is no heading: the statement above it is set in the same."""
        return self.kind == "statement" and not line.gap and line.level == self.lines[-1].level > 0

    def takes(self, line: Line, after: Line | None) -> bool:
        """Whether a line goes on with this block."""
        if self.kind == "heading" or (self.kind == "row" and (line.gap or not line.text[0].islower())):
            return False
        evidence, talk = lead(line.text)[0], whole(line.text)
        if talk and self.kind in ("statement", "prose"):
            return self._takes_marks(talk, line, after)
        if self.kind == "statement" and not self.words:
            return self._lacks(evidence)
        if self.kind == "statement" and not self.complete:
            return self._open_takes(line, evidence)
        if line.gap:
            return False
        ended = self.complete and (self.closed or formula(line.text))
        return line.text[0].islower() or not (begins(line.text, evidence) or ended)

    def _open_takes(self, line: Line, evidence: Evidence) -> bool:
        """Whether a line goes on with a sentence that has not ended: amid it, or over a page's end."""
        capital = line.text[lead(line.text)[1] :][:1].isupper()
        if evidence.symbols and not line.gap and not capital and self._full():
            return True
        if not line.level and goes_on(line.text, self.tail) and not (evidence.symbols and capital):
            return True
        if line.gap:
            over = line.page != self.lines[-1].page
            return over and not (evidence or titled(line.text) or formula(line.text))
        return not begins(line.text, evidence)

    def _lacks(self, evidence: Evidence) -> bool:
        """Whether this block, marks alone so far, has no such marks yet: a sign may wait for its label."""
        known = lead(self.head)[0]
        return not (known.symbols and evidence.symbols) and not (known.labels and evidence.labels)

    def _full(self) -> bool:
        """Whether its last line was broken because it was full: a sign may then begin the next one."""
        return len(self.lines[-1].text) > FULL

    def _takes_marks(self, talk: Evidence, line: Line, after: Line | None) -> bool:
        """Whether a line of marks alone belongs to this block, and does not head the next."""
        known = lead(self.head)[0]
        if not self.words:
            return self._lacks(talk)
        if not talk.strength:
            return not self.closed and (self.kind == "statement" or not line.gap)
        if known.labels or (self.closed and line.gap):
            return False
        ends = (
            after is None
            or after.folded
            or after.level > 0
            or bool(cues.NOTE.match(after.text) or lead(after.text)[0].strength)
        )
        return not line.gap or (self.kind == "statement" and (talk.certainty or ends))


def begins(text: str, evidence: Evidence) -> bool:
    """Whether a line begins something new, whatever stands before it."""
    return bool(evidence.strength or scheme(text) or cues.NOTE.match(text))


def goes_on(text: str, before: str) -> bool:
    """Whether a text cannot be the beginning of anything: it starts small, or in the midst of a word or a number."""
    return text[0].islower() or text[0].isdigit() or text[0] in "(,;)" or bool(HYPHEN.search(before))


def scheme(text: str) -> bool:
    """Whether a text begins with a grade of another scheme."""
    found = OTHER_SCHEME.match(text)
    return bool(found and found.end() < len(text) and not LETTERS.match(text))


def titled(text: str) -> bool:
    """Whether a text reads like a heading: short, a capital first, no end of a sentence, no advice, no marks."""
    text = text.strip()
    return (
        1 < len(text) <= 120
        and (text[0].isupper() or text[0].isdigit())
        and text[-1] not in ".;,!?"
        and len(text.split()) <= 14
        and any(map(str.isalpha, text))
        and "   " not in text
        and not (lead(text)[0] or whole(text) or formula(text) or cues.NOTE.match(text) or re.search(GROUP, text))
    )
