"""What a text says of a grade in the symbol's place: signs, labels, circles and levels, each as written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from gradeline.model.grade import Certainty, Direction, Strength
from gradeline.source.published.marks.symbols import ARROWS, CIRCLES, LOST, PLUSES, RECOVERED
from gradeline.source.published.marks.wording import BARE, LABEL, LEVEL, OTHER_SCHEME


class Label(NamedTuple):
    """Words that stand for a sign of strength."""

    written: str
    strength: Strength
    direction: Direction | None


@dataclass
class Evidence:
    """Everything found that speaks of one grade, in order."""

    symbols: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    circles: list[str] = field(default_factory=list)
    levels: list[tuple[str, Certainty]] = field(default_factory=list)
    schemes: list[str] = field(default_factory=list)

    @property
    def strength(self) -> bool:
        """Whether anything speaks of strength."""
        return bool(self.symbols or self.labels)

    @property
    def certainty(self) -> bool:
        """Whether anything speaks of certainty."""
        return bool(self.circles or self.levels)

    def __bool__(self) -> bool:
        return self.strength or self.certainty or bool(self.schemes)

    def add(self, other: Evidence) -> None:
        """Take in what else was found."""
        self.symbols += other.symbols
        self.labels += other.labels
        self.circles += other.circles
        self.levels += other.levels
        self.schemes += other.schemes


NOISE = re.compile(
    r"\s*(?:[-*•·▪■–—\uf0b7\uf0a7\uf0d8\uf076●◦]\s+)?"
    r"(?:(?:recommendation|statement|anbefaling|r|nr\.?|no\.?)\s*\d{1,3}\s*[.:)–-]?\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.):]?\s*)?",
    re.IGNORECASE,
)
"""What lists set before an item: a bullet, a number, `Recommendation 3:`."""
SEPARATOR = re.compile(r"[\s,;:·|/.=&–—-]+|\b(?:and|og)\b")
SYMBOL = re.compile(ARROWS)
FIRST = re.compile(RECOVERED)
UNKNOWN = re.compile(rf"[{LOST}]+(?=\s*[A-ZÆØÅ])")
GROUP = re.compile(CIRCLES)
PLUS = re.compile(PLUSES)
BRACKET = re.compile(r"\(([^()]{1,120})\)")
GRADE_WORD = re.compile(r"\s*(?:grade|graduering|recommendation|anbefaling)\s*:\s*", re.IGNORECASE)


@lru_cache(4096)
def lead(text: str) -> tuple[Evidence, int]:
    """What stands in the symbol's place at the start of a text, and where its words begin; 0 where nothing does."""
    start = noise.end() if (noise := NOISE.match(text)) else 0
    for begin in dict.fromkeys((start, 0)):
        evidence, end = _tokens(text, begin, first=True)
        if evidence:
            return evidence, end
    return Evidence(), 0


@lru_cache(4096)
def whole(text: str) -> Evidence | None:
    """The grade that a text says, if it says nothing else."""
    if len(text) > 200:
        return None
    word = GRADE_WORD.match(text)
    evidence, end = _tokens(text, word.end() if word else 0, first=True)
    return evidence if evidence and not text[end:].strip(" .,;:·|()[]–—-") else None


def _tokens(text: str, begin: int, first: bool) -> tuple[Evidence, int]:
    """Signs, labels, circles and levels as long as they follow each other."""
    evidence, index, end = Evidence(), begin, begin
    while index < len(text):
        here = _token(text, index, evidence, first and index == begin)
        if here == index:
            break
        between = SEPARATOR.match(text, here)
        index = end = between.end() if between else here
    return evidence, end


def _token(text: str, index: int, evidence: Evidence, first: bool) -> int:
    """Take in one token; the place behind it, or the same place where there is none."""
    if sign := (FIRST.match(text, index) if first else None) or SYMBOL.match(text, index):
        evidence.symbols.append(sign[0].strip())
        return sign.end()
    if circles := GROUP.match(text, index) or PLUS.match(text, index):
        evidence.circles.append(circles[0].strip())
        return circles.end()
    if level := LEVEL.match(text, index):
        evidence.levels.append((level[0], named(level)))
        return level.end()
    if (label := LABEL.match(text, index)) and _ends(text, label.end()):
        evidence.labels.append(Label(label[0].strip(), *given(label)))
        return label.end()
    return _rest(text, index, evidence)


def _rest(text: str, index: int, evidence: Evidence) -> int:
    """A level beside other marks, and a bracket that holds nothing but marks."""
    if evidence and (bare := BARE.match(text, index)) and _ends(text, bare.end()):
        evidence.levels.append((bare[0], named(bare)))
        return bare.end()
    bracket = BRACKET.match(text, index)
    inside = _bracketed(bracket[1]) if bracket else None
    if bracket and inside:
        evidence.add(inside)
        return bracket.end()
    return index


def _bracketed(text: str) -> Evidence | None:
    if bare := BARE.fullmatch(text.strip()):
        return Evidence(levels=[(text, named(bare))])
    return whole(text)


def _ends(text: str, index: int) -> bool:
    """Whether a label ends here, and does not run on as a sentence: `Weak for patients`."""
    rest = text[index:]
    return not rest.strip() or rest[0] in ".:;,()|/·–—-[" or rest[:2] == "  " or not rest.lstrip()[0].islower()


def given(label: re.Match[str]) -> tuple[Strength, Direction | None]:
    """The strength and direction that a label names."""
    groups = label.groupdict()
    strength = next(strength for strength in Strength if groups[strength.name])
    return strength, next((direction for direction in Direction if groups[direction.name]), None)


def named(level: re.Match[str]) -> Certainty:
    """The certainty that a level names."""
    return next(Certainty[name[2:] if name[1] == "_" else name] for name, text in level.groupdict().items()
                if text and (name[2:] if name[1] == "_" else name) in Certainty.__members__)  # fmt: skip


HYPHENATED = re.compile(rf"(?<=[a-zæøå])-\s*(?:{CIRCLES})\s+(?=[a-zæøå])")
"""Circles beside a line that ended amid a word."""
EMPTY = re.compile(r"\(\s*[,;]?\s*\)")
TAIL = re.compile(r"(?<=[.!?)])\s+([^.!?]{2,120})\.?\s*$|\s*\(([^()]{1,120})\)\s*\.?\s*$")


def elsewhere(text: str, plus: bool) -> tuple[Evidence, str]:
    """Marks behind or amid a statement's words, and the words without them; plus signs where a document uses them."""
    evidence = Evidence()
    for pattern in (GROUP, PLUS) if plus else (GROUP,):
        evidence.circles += [found[0].strip() for found in pattern.finditer(text)]
        text = pattern.sub(" ", HYPHENATED.sub("", text))
    text = EMPTY.sub("", text)
    while tail := TAIL.search(text):
        inside = _bracketed(tail[2]) if tail[2] else whole(tail[1])
        if not inside:
            break
        evidence.add(inside)
        text = text[: tail.start()] + ("." if tail[2] and tail[0].rstrip().endswith(".") else "")
    if scheme := OTHER_SCHEME.search(text):
        evidence.schemes.append(scheme[0])
        if not scheme.start() or scheme[0][0] in "[(":
            text = text[: scheme.start()] + text[scheme.end() :]
    return evidence, _tidy(text)


def _tidy(text: str) -> str:
    """Words without the holes that marks left."""
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split())).replace("..", ".").strip()
