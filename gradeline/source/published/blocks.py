"""Lines to blocks: headings, statements, rows of the legend, notes and prose, joined across lines and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from gradeline.source.published.legend import Row, rows
from gradeline.source.published.marks import cues
from gradeline.source.published.marks.evidence import Evidence, lead, whole
from gradeline.source.published.marks.symbols import ARROWS, CIRCLES, PLUSES, STRONG_MARKS
from gradeline.source.published.marks.wording import LETTERS, OTHER_SCHEME, formula
from gradeline.source.published.pages.document import Line

Kind = Literal["heading", "statement", "row", "note", "prose"]
Zone = Literal["sections", "legend", "about"]
GROUP = rf"(?:{CIRCLES}|{PLUSES})"
CLOSED = re.compile(rf"[^\W\d_][^\w\s]*\s{{0,2}}{GROUP}\)?\s?\.?\s*$")
CLOSES = re.compile(rf"(?<=\w)\W{{0,4}}{GROUP}\)?\s?\.?(?=\s*(?:[A-ZÆØÅ]|{ARROWS}))")
"""The end of a statement amid a line: its circles, and a capital or a sign behind them."""
STARTS = re.compile(rf"(?<=[.!?)])\s+(?={ARROWS}\s?[A-ZÆØÅ])|\s{{3,}}(?={ARROWS}\s?[A-ZÆØÅ])")
"""The start of a statement amid a line."""
FAR = re.compile(r"\s{3,}")
COMPLETE = re.compile(r"[.!?…][\"'»”)\]]*\s*$")
HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")


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


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a document in order."""
    parts = [part for index, line in enumerate(lines) for part in _parts(line, lines[index - 1] if index else None)]
    builder = Builder()
    for index, line in enumerate(parts):
        builder.take(line, parts[index + 1] if index + 1 < len(parts) else None)
    builder.end()
    return builder.blocks


def _parts(line: Line, before: Line | None) -> list[Line]:
    """A line cut where one statement ends and the next begins."""
    if STRONG_MARKS.isdisjoint(line.text):
        return [line]
    cuts = [match.end() for match in CLOSES.finditer(line.text)] + [match.end() for match in STARTS.finditer(line.text)]
    sign = re.search(rf"(?<=[a-zæøå])\s+(?={ARROWS}\s?[A-ZÆØÅ])", line.text[:90])
    ended = before is None or line.gap or bool(COMPLETE.search(before.text))
    if sign and ended and _titled(line.text[: sign.start()]):
        cuts.append(sign.end())
    cuts += [far.end() for far in FAR.finditer(line.text) if any(row.explicit for row in rows(line.text[far.end() :]))]
    bounds = [0, *sorted(set(cuts)), len(line.text)]
    parts = [line.cut(first, last) for first, last in zip(bounds, bounds[1:], strict=False)]
    return [part for part in parts if part.text]


def _titled(text: str) -> bool:
    """Whether a text reads like a heading: short, a capital first, no end of a sentence, no advice, no marks."""
    text = text.strip()
    return (
        1 < len(text) <= 120
        and (text[0].isupper() or text[0].isdigit())
        and text[-1] not in ".;,!?"
        and len(text.split()) <= 14
        and any(map(str.isalpha, text))
        and "   " not in text
        and not (lead(text)[0] or whole(text) or formula(text) or re.search(GROUP, text))
    )


class Builder:
    """Joins lines to blocks, one after the other, and knows in which part of the document it is."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.now: Block | None = None
        self.zone: Zone = "sections"
        self.explained: set[tuple[object, object]] = set()

    def end(self) -> None:
        """The block is whole: a short one without an end was a heading, and what it says may open a legend."""
        now, self.now = self.now, None
        if now is None:
            return
        self.blocks.append(now)
        if now.kind == "prose" and len(now.lines) <= 2 and _titled(now.text) and not now.text.endswith(":"):
            now.kind = "heading"
            self._open(now.text, False)
        elif now.kind == "prose" and now.text.endswith(":") and cues.LEGEND.search(now.text):
            self.zone = "legend"

    def _open(self, heading: str, marked: bool) -> None:
        """The part of the document that a heading opens; an about text goes on below headings that nothing marks."""
        self.zone = zone(heading) if marked or self.zone != "about" or zone(heading) != "sections" else "about"

    def begin(self, kind: Kind, line: Line) -> None:
        """A new block."""
        self.end()
        self.now = Block(kind, [line], self.zone)

    def take(self, line: Line, after: Line | None) -> None:
        """Put one line where it belongs."""
        evidence = lead(line.text)[0]
        found = self._rows(line, after)
        if found:
            self.begin("row", line)
            assert self.now is not None
            self.now.rows = found
            self.explained |= {(row.signs, row.meaning) for row in found}
        elif line.level and not evidence or self.now and self.now.complete and self._headlike(line, after):
            self._heading(line)
        elif self._continues(line, evidence, after):
            assert self.now is not None
            self.now.lines.append(line)
        elif self._headlike(line, after):
            self._heading(line)
        else:
            self._begin(line, evidence)

    def _heading(self, line: Line) -> None:
        """A heading, or its second line; it tells which part of the document begins."""
        if self.now and self.now.kind == "heading" and not line.gap and len(self.now.lines) < 3:
            self.now.lines.append(line)
        else:
            self.begin("heading", line)
        self._open(line.text, line.level > 0)

    def _begin(self, line: Line, evidence: Evidence) -> None:
        if cues.NOTE.match(line.text):
            self.begin("note", line)
        elif (evidence.strength or _scheme(line.text)) and not cues.NOT_ADVICE.match(line.text[lead(line.text)[1] :]):
            self.end()
            self.zone = "sections"
            self.begin("statement", line)
        else:
            self.begin("prose", line)

    def _rows(self, line: Line, after: Line | None) -> Sequence[Row]:
        """The rows of a legend that the line is, if it is no statement."""
        found = rows(line.text)
        if not found or any(row.explicit for row in found):
            return found
        row = found[0]
        if isinstance(row.meaning, tuple) or self.zone == "legend":
            new = (row.signs, row.meaning) not in self.explained
            return found if new and (self.zone == "legend" or self._among(row, after)) else ()
        in_statement = self.now is not None and self.now.kind in ("statement", "prose") and not line.gap
        return found if not in_statement and self._among(row, after) else ()

    def _among(self, row: Row, after: Line | None) -> bool:
        """Whether a row that could head a statement stands among other rows, or explains what its sign means."""
        if cues.MEANING.search(row.rest):
            return True
        if row.rest.strip(" .:;,"):
            return False
        above = self.now is not None and self.now.kind == "row"
        below = [each for each in rows(after.text) if each.signs != row.signs] if after else []
        explained = after is not None and not lead(after.text)[0] and bool(cues.MEANING.search(after.text))
        return above or explained or bool(below and not below[0].rest.strip(" .:;,"))

    def _continues(self, line: Line, evidence: Evidence, after: Line | None) -> bool:
        """Whether a line goes on with the block before it."""
        now, text = self.now, line.text
        if now is None or now.kind in ("heading", "row") and (line.gap or now.kind == "heading" or not text[0].islower()):
            return False
        talk = whole(text)
        if talk and now.kind in ("statement", "prose"):
            return self._takes(now, talk, line, after)
        if now.kind == "statement" and not now.words:
            return not evidence.strength
        open_ = now.kind == "statement" and not now.complete
        if open_ and evidence.symbols and not line.gap and _inside(text, now):
            return True
        if open_ and not line.level and _goes_on(text, now.tail) and not (evidence.symbols and not text[:1].islower() and _capital(text)):
            return True
        if line.gap:
            return open_ and line.page != now.lines[-1].page and not (evidence or _titled(text) or formula(text))
        if text[0].islower():
            return True
        ended = now.complete and (now.closed or formula(text))
        return not (evidence.strength or _scheme(text) or cues.NOTE.match(text) or ended)

    def _takes(self, now: Block, talk: Evidence, line: Line, after: Line | None) -> bool:
        """Whether a line of marks alone belongs to the block before it, and does not head the next."""
        known = lead(now.head)[0]
        if not now.words:
            return not (known.strength and talk.strength and line.gap)
        if not talk.strength:
            return not now.closed and (now.kind == "statement" or not line.gap)
        if known.labels or now.closed and line.gap:
            return False
        ends = after is None or after.level > 0 or bool(cues.NOTE.match(after.text) or lead(after.text)[0].strength)
        return not line.gap or (now.kind == "statement" and (talk.certainty or ends))

    def _headlike(self, line: Line, after: Line | None) -> bool:
        """Whether a line is a heading though nothing marks it: short, and room or a sign around it."""
        if not _titled(line.text) or self.zone == "legend" and line.text.endswith(":"):
            return False
        before = line.gap or self.now is None or self.now.complete or self.now.kind in ("heading", "row")
        below = after is None or after.gap or bool(lead(after.text)[0].strength or cues.ABOUT.match(line.text))
        return before and below


def _goes_on(text: str, before: str) -> bool:
    """Whether a text cannot be the beginning of anything: it starts small, or in the midst of a word or a number."""
    return text[0].islower() or text[0].isdigit() or text[0] in "(,;)" or bool(HYPHEN.search(before))


def _inside(text: str, now: Block) -> bool:
    """Whether the sign at the start of a line stands amid a sentence: the line before was full, and no capital follows."""
    full = max(len(line.text) for line in now.lines[-5:]) > 60 and len(now.lines[-1].text) > 45
    return full and text[lead(text)[1] :][:1].islower()


def _capital(text: str) -> bool:
    """Whether capitals follow the sign at the start of a text."""
    return text[lead(text)[1] :][:1].isupper()


def _scheme(text: str) -> bool:
    """Whether a text begins with a grade of another scheme."""
    found = OTHER_SCHEME.match(text)
    return bool(found and found.end() < len(text) and not LETTERS.match(text))


def zone(heading: str) -> Zone:
    """Which part of the document a heading opens."""
    if cues.LEGEND.search(heading):
        return "legend"
    return "about" if cues.ABOUT.match(heading.strip()) else "sections"

