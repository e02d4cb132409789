"""Lines to blocks: headings, statements, rows of the legend, notes and prose, joined across lines and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gradeline.source.published.block import COMPLETE, GROUP, Block, Kind, Zone, scheme, titled
from gradeline.source.published.legend import Row, rows
from gradeline.source.published.marks import cues
from gradeline.source.published.marks.evidence import Evidence, lead, whole
from gradeline.source.published.marks.symbols import ARROWS, STRONG_MARKS
from gradeline.source.published.marks.wording import BARE, formula
from gradeline.source.published.pages.document import Line, beside

CLOSES = re.compile(rf"(?<=\w)\W{{0,4}}{GROUP}\)?\s?\.?(?=\s*(?:[A-ZÆØÅ]|{ARROWS}))")
"""The end of a statement amid a line: its circles, and a capital or a sign behind them."""
STARTS = re.compile(rf"(?<=[.!?)])\s+(?={ARROWS}\s?[A-ZÆØÅ])|\s{{3,}}(?={ARROWS}\s?[A-ZÆØÅ])")
"""The start of a statement amid a line."""
HEADED = re.compile(rf"(?<=[a-zæøå])\s+(?={ARROWS}\s?[A-ZÆØÅ])")
"""The end of a heading that stands on the line of its first statement."""
FAR = re.compile(r"\s{3,}")


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a document in order."""
    parts = [part for index, line in enumerate(lines) for part in _parts(line, lines[index - 1] if index else None)]
    parts = _paired(parts)
    builder = Builder()
    for index, line in enumerate(parts):
        builder.take(line, parts[index + 1] if index + 1 < len(parts) else None)
    builder.end()
    return builder.blocks


def _parts(line: Line, before: Line | None) -> list[Line]:
    """A line cut where one statement ends and the next begins."""
    if STRONG_MARKS.isdisjoint(line.text) or len(rows(line.text)) > 1:
        return [line]
    cuts = [match.end() for pattern in (CLOSES, STARTS) for match in pattern.finditer(line.text)]
    sign = HEADED.search(line.text[:90])
    ended = before is None or (not whole(before.text) and (line.gap or bool(COMPLETE.search(before.text))))
    if sign and ended and titled(line.text[: sign.start()]):
        cuts.append(sign.end())
    far = (each.end() for each in FAR.finditer(line.text))
    cuts += [place for place in far if any(row.explicit for row in rows(line.text[place:]))]
    parts = [line.cut(first, last) for first, last in pairwise([0, *sorted(set(cuts)), len(line.text)])]
    return [part for part in parts if part.text]


def _paired(parts: list[Line]) -> list[Line]:
    """Circles alone and a level alone, one below the other, are one line: a list of terms and meanings has them so."""
    paired: list[Line] = []
    for line in parts:
        above = paired[-1] if paired else None
        if above and ((_circles(above) and _level(line)) or (_level(above) and _circles(line))):
            paired[-1] = beside([above, line])
        else:
            paired.append(line)
    return paired


def _circles(line: Line) -> bool:
    return not STRONG_MARKS.isdisjoint(line.text) and bool(re.fullmatch(GROUP, line.text))


def _level(line: Line) -> bool:
    return len(line.text) < 12 and bool(BARE.fullmatch(line.text))


class Builder:
    """Joins lines to blocks, one after the other, and knows in which part of the document it is."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.now: Block | None = None
        self.zone: Zone = "sections"
        self.opened = 0
        """The level of the heading that opened this part; 0 where nothing marked it."""
        self.explained: set[tuple[object, object]] = set()
        """Rows of the legend that are known: a second one is a statement that writes its sign and label."""

    def end(self) -> None:
        """The block is whole: a short one without an end was a heading, and what it says may open a legend."""
        now, self.now = self.now, None
        if now is None:
            return
        self.blocks.append(now)
        if now.kind == "statement" and (found := rows(now.text)) and self._new(found[0]) and explains(found[0].rest):
            now.kind, now.rows = "row", found
            self.explained |= {(row.signs, row.meaning) for row in found}
        elif now.kind == "prose" and len(now.lines) <= 2 and titled(now.text) and not now.text.endswith(":"):
            now.kind = "heading"
            self._open(now.text, 0)
        elif now.kind == "prose" and now.text.endswith(":") and cues.LEGEND.search(now.text):
            self.zone, self.opened = "legend", 0

    def _open(self, heading: str, level: int) -> None:
        """The part that a heading opens; below the heading that opened it, a legend or an about text goes on."""
        found = zone(heading)
        below = level > self.opened if level else self.zone == "about" or self.opened > 0
        if self.zone == "sections" or found != "sections" or not below:
            self.zone, self.opened = found, level

    def begin(self, kind: Kind, line: Line, found: Sequence[Row] = ()) -> None:
        """A new block."""
        self.end()
        self.now = Block(kind, [line], self.zone, found)

    def take(self, line: Line, after: Line | None) -> None:
        """Put one line where it belongs."""
        evidence = lead(line.text)[0]
        found = () if line.folded else self._rows(line, after)
        if line.folded:
            self._fold(line)
        elif found:
            self.begin("row", line, found)
            self.explained |= {(row.signs, row.meaning) for row in found}
        elif self.now and self.now.large(line) and not evidence:
            self.now.lines.append(line)
        elif (line.level and not evidence) or (self.now and self.now.complete and self._headlike(line, after)):
            self._heading(line)
        elif self.now and self.now.takes(line, after):
            self.now.lines.append(line)
        elif self._headlike(line, after):
            self._heading(line)
        else:
            self._begin(line, evidence)

    def _fold(self, line: Line) -> None:
        """What a page folds away is a note to what it shows."""
        if self.now and self.now.lines[-1].folded:
            self.now.lines.append(line)
        else:
            self.begin("note", line)

    def _heading(self, line: Line) -> None:
        """A heading, or its second line; it tells which part of the document begins."""
        if self.now and self.now.kind == "heading" and not line.gap and len(self.now.lines) < 3:
            self.now.lines.append(line)
        else:
            self.begin("heading", line)
        self._open(line.text, line.level)

    def _begin(self, line: Line, evidence: Evidence) -> None:
        if cues.NOTE.match(line.text):
            self.begin("note", line)
        elif (evidence.strength or scheme(line.text)) and not cues.NOT_ADVICE.match(line.text[lead(line.text)[1] :]):
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
            return found if self._new(row) and (self.zone == "legend" or self._among(row, after)) else ()
        in_statement = self.now is not None and self.now.kind in ("statement", "prose") and not line.gap
        return found if not in_statement and self._among(row, after) else ()

    def _new(self, row: Row) -> bool:
        return (row.signs, row.meaning) not in self.explained

    def _among(self, row: Row, after: Line | None) -> bool:
        """Whether a row that could head a statement stands among other rows, or explains what its sign means."""
        if explains(row.rest):
            return True
        if row.rest.strip(" .:;,"):
            return False
        above = self.now is not None and self.now.kind == "row"
        below = [each for each in rows(after.text) if each.signs != row.signs] if after else []
        explained = after is not None and not lead(after.text)[0] and explains(after.text)
        return above or explained or bool(below and not below[0].rest.strip(" .:;,"))

    def _headlike(self, line: Line, after: Line | None) -> bool:
        """Whether a line is a heading though nothing marks it: short, and room or a sign around it."""
        if not titled(line.text) or (self.zone == "legend" and line.text.endswith(":")):
            return False
        before = line.gap or self.now is None or self.now.complete or self.now.kind in ("heading", "row")
        below = after is None or after.gap or bool(lead(after.text)[0].strength or cues.ABOUT.match(line.text))
        return before and below


def explains(text: str) -> bool:
    """Whether a text tells what a sign means, and is no recommendation itself."""
    meaning = cues.MEANING.search(text, 0, 160)
    return bool(meaning and (meaning.start() < 30 or not formula(text)) and not re.search(GROUP, text))


def zone(heading: str) -> Zone:
    """Which part of the document a heading opens."""
    if cues.LEGEND.search(heading):
        return "legend"
    return "about" if cues.ABOUT.match(heading.strip()) else "sections"
