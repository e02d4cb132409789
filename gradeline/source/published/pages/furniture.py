"""Page headers, footers and page numbers are taken out, and a grade that they were glued to stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gradeline.source.published.marks.evidence import whole
from gradeline.source.published.marks.symbols import (
    ARROWS,
    ARROWS_RE,
    CIRCLES,
    CIRCLES_RE,
    PLUSES_RE,
    STRONG_MARKS,
    SURE,
)
from gradeline.source.published.marks.wording import LABEL, LEVEL, formula
from gradeline.source.published.pages.document import Line

COUNT = r"\d{1,3}(?:\s*(?:/|of|af|-)\s*\d{1,3})?"
START = rf"{ARROWS}\s?[A-ZÆØÅ\"“'(]"
"""A sign and the capital behind it: the start of a statement, not a sign inside a sentence."""
NUMBER = re.compile(rf"^\W*(?:page|side|s\.|p\.)?\s*{COUNT}\W*$", re.IGNORECASE)
PAGE = re.compile(rf"\b(?:page|side)\s*{COUNT}\W*$|^\W*(?:page|side)\s*{COUNT}\b", re.IGNORECASE)
UNITS = re.compile(
    r"^\s*(?:%|weeks?|days?|months?|years?|hours?|minutes?|mg|ml|times|uger?|dage?|måned\w*|år|timer?|gange)\b",
    re.IGNORECASE,
)
"""What a number alone on its line may belong to: the next line then begins so."""
BEFORE = re.compile(rf"^(?:[^.⊕({SURE}]{{0,60}}?\b|\W*){COUNT}\W*?(?={START})")
"""A header or number glued to the sign of the next statement: `3↑ Consider`."""
AFTER = re.compile(rf"(?P<kept>(?:{CIRCLES})\)?\s?\.?)\s*(?:[A-ZÆØÅ][^.]{{0,60}}?\s)?{COUNT}\W*$")
"""A footer or number glued to the end of a statement: `(⊕⊕○○).3`."""
AFTER_WORD = re.compile(r"(?<=[a-zæøå)]\.)\d{1,3}$")
TAIL = re.compile(rf"(?:{CIRCLES})\)?\s?\.?\s*([A-ZÆØÅ].*)$")
HEAD = re.compile(rf"^([A-ZÆØÅ].{{2,60}}?)\s*(?={START})")
DIGITS = re.compile(r"\d+")
LONGEST = 120
MOST = 20
"""So many different headers and footers at most; a document has two or three."""


def removed(lines: Sequence[Line]) -> list[Line]:
    """The lines without page furniture; room stays where furniture stood."""
    repeated = _repeated(lines)
    inside = _interrupting(lines)
    glued = [_pattern(text) for text in sorted(repeated, key=len, reverse=True)]
    kept: list[Line] = []
    room = False
    for index, line in enumerate(lines):
        if index in inside or _furniture(line, lines[index + 1 : index + 2], repeated):
            room = room or line.gap
            continue
        line = _unglued(line, glued)
        if line.text:
            kept.append(replace(line, gap=line.gap or room))
            room = False
    return kept


def marked(text: str) -> bool:
    """Whether a text carries a grade, so that it must not be lost."""
    if STRONG_MARKS.isdisjoint(text):
        return False
    return bool(ARROWS_RE.search(text) or CIRCLES_RE.search(text) or PLUSES_RE.search(text))


def _grades(text: str) -> bool:
    return marked(text) or bool(LABEL.search(text) or LEVEL.search(text))


def masked(text: str) -> str:
    """A text as it comes back on other pages: its numbers masked."""
    return DIGITS.sub("#", " ".join(text.casefold().split()))


def _repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Texts that come back, their numbers aside, and that at least once surely are furniture."""
    seen: Counter[str] = Counter()
    sure: set[str] = set()
    for index, line in enumerate(lines):
        before = lines[index - 1].text if index else ""
        for text in _glued(line.text, before) if marked(line.text) else [line.text]:
            if text and len(text) <= LONGEST and text[-1] not in ",;.":
                seen[masked(text)] += 1
                if text != line.text or _sure(lines, index):
                    sure.add(masked(text))
    often = [
        text for text, times in seen.most_common() if times > 1 and text in sure and re.search(r"[^\W\d_]{2}", text)
    ]
    return frozenset([text for text in often if not _grades(text)][:MOST])


def _glued(text: str, before: str) -> list[str]:
    """What stands behind the grade of a line, or before the sign of one, and may be furniture."""
    head = None if whole(before) else HEAD.match(text)
    return [found[1] for found in (TAIL.search(text), head) if found]


def _sure(lines: Sequence[Line], index: int) -> bool:
    """Whether a line surely is furniture: at a page's edge, with a page number, or first or last on its page."""
    line = lines[index]
    if line.edge or PAGE.search(line.text):
        return True
    around = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
    return not line.level and len(around) == 2 and {each.page for each in around} != {line.page}


def _interrupting(lines: Sequence[Line]) -> frozenset[int]:
    """Short lines in the midst of a sentence: no heading stands there, so a page's foot and head do."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if len(line.text) <= 40 or not (line.text[-1].isalpha() or line.text[-1] in ",-"):
            continue
        between = _between(lines, index)
        if any(lines[each].gap for each in between):
            found.update(between[:-1])
    return frozenset(found)


def _between(lines: Sequence[Line], index: int) -> list[int]:
    """The lines behind an unfinished one up to the one that goes on with it, if short ones alone part them."""
    for after in range(index + 2, min(index + 6, len(lines))):
        if lines[after].text[:1].islower():
            between = lines[index + 1 : after]
            short = all(len(each.text) < 80 and not marked(each.text) and _apart(each.text) for each in between)
            return list(range(index + 1, after + 1)) if short else []
    return []


def _apart(text: str) -> bool:
    return (text[0].isupper() and text[-1] not in ".,") or bool(NUMBER.match(text))


def _furniture(line: Line, after: Sequence[Line], repeated: frozenset[str]) -> bool:
    if marked(line.text) or line.level == 1:
        return False
    if NUMBER.match(line.text):
        return not (after and UNITS.match(after[0].text))
    return masked(line.text) in repeated


def _pattern(text: str) -> re.Pattern[str]:
    """A repeated text where it is glued to a sign behind it, or to the end of a statement before it."""
    words = r"\s+".join(re.escape(word).replace(r"\#", r"\d+") for word in text.split())
    return re.compile(rf"^\s*{words}\s*(?={START}|\s{{3}})|(?:(?<=[.)])\s*|\s{{3,}}){words}\W*$", re.IGNORECASE)


def _unglued(line: Line, glued: Sequence[re.Pattern[str]]) -> Line:
    """A line without the header, footer or page number that was glued to its grade."""
    for pattern in (*glued, BEFORE, AFTER) if marked(line.text) else (*glued, AFTER_WORD):
        found = pattern.search(line.text)
        if found and found[0] != line.text and not (pattern is BEFORE and formula(line.text)):
            kept = found.end("kept") if "kept" in pattern.groupindex else found.start()
            line = line.cut(0, kept) if kept else line.cut(found.end())
    return line
