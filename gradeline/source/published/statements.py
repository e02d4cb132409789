"""Blocks to statements: each with its section, its words, its grade and its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gradeline.source.published.block import HYPHEN, Block
from gradeline.source.published.found import Legend, Statement
from gradeline.source.published.grading import grade
from gradeline.source.published.marks.evidence import Evidence, elsewhere, lead, whole
from gradeline.source.published.marks.symbols import CIRCLES_RE
from gradeline.source.published.marks.wording import formula
from gradeline.source.published.pages.document import Document, Line

FAR = re.compile(r"\s{3,}")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LAST_WORD = re.compile(r"[^\W\d_]{1,60}(?:-[^\W\d_]{1,60}){0,3}$")
JOINED_BY = re.compile(r"^(?:and|or|og|eller|samt)\b")
REPAIRED = "the file was read in a wrong encoding once, and its signs were recovered"


class Reading:
    """What all statements of a document share: its legend, its words, and how it writes certainty."""

    def __init__(self, document: Document, blocks: Sequence[Block], legend: Legend) -> None:
        self.document, self.legend = document, legend
        text = " ".join(block.text for block in blocks)
        self.words = frozenset(word.lower() for word in WORD.findall(text))
        self.plus = not CIRCLES_RE.search(text)


def statements(document: Document, blocks: Sequence[Block], legend: Legend) -> list[Statement]:
    """The statements of a document in order."""
    reading = Reading(document, blocks, legend)
    found: list[Statement] = []
    kept = advice(blocks, reading)
    named = names(kept)
    section = ""
    for block in kept:
        if block.kind == "heading" and not (named and block.lines[0].level == named):
            section = joined(block.lines, reading.words)
        elif block.kind == "statement":
            found.append(statement(block, section, reading))
    return found


def names(blocks: Sequence[Block]) -> int:
    """The level of headings that name one statement each, below those of several sections; 0 where there are none."""
    own: set[int] = set()
    sections: set[str] = set()
    for before, block in pairwise(blocks):
        if block.kind == "statement":
            own.add(before.lines[0].level if before.kind == "heading" else 0)
    level = own.pop() if len(own) == 1 else 0
    for before, block in pairwise(blocks):
        if before.kind == block.kind == "heading" and 0 < before.lines[0].level < level == block.lines[0].level:
            sections.add(before.text)
    return level if len(sections) > 1 else 0


def advice(blocks: Sequence[Block], reading: Reading) -> list[Block]:
    """Headings and statements, those among them that lost their sign, and labels that only head others."""
    kept = []
    for index, block in enumerate(blocks):
        if block.kind == "statement" and not block.words and not lead(block.text)[0].symbols:
            block = replace(block, kind="heading")
        elif block.kind == "prose" and (_unsigned(block, reading) or _only(blocks, index)):
            block = replace(block, kind="statement")
        kept.append(block)
    return kept


def _unsigned(block: Block, reading: Reading) -> bool:
    """Whether a block without a sign is a recommendation: it has a certainty or a label, or is worded as one."""
    evidence, words = _evidence(block, reading)
    worded = formula(words)
    if not words:
        return False
    if block.zone != "sections":
        return bool(evidence) and worded and block.zone == "about"
    return bool(evidence.strength or evidence.certainty or (evidence.schemes and worded)) or worded


def _only(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block is all that a section between others with recommendations says."""
    block = blocks[index]
    around = (blocks[:index], blocks[index + 1 :])
    if block.zone != "sections" or not index or blocks[index - 1].kind != "heading":
        return False
    if not all(any(other.kind == "statement" for other in side) for side in around):
        return False
    return index + 1 == len(blocks) or blocks[index + 1].kind in ("heading", "note")


def _evidence(block: Block, reading: Reading) -> tuple[Evidence, str]:
    """Everything that a block says of its grade, and its words."""
    evidence, stop = Evidence(), False
    kept: list[Line] = []
    for line in block.lines:
        for cell in _cells(line):
            talk = whole(cell.text)
            ended = not kept or cell is not line or line.gap or bool(re.search(r"[.!?:]\W*$", kept[-1].text))
            if talk and (talk.symbols or talk.circles or ended):
                evidence.add(talk)
                stop = stop or cell.text.endswith(".")
            else:
                kept.append(cell)
    text = joined(kept, reading.words)
    first, start = lead(text)
    rest, words = elsewhere(text[start:], reading.plus)
    evidence.add(first)
    evidence.add(rest)
    return evidence, words + ("." if stop and words[-1:].isalnum() else "")


def _cells(line: Line) -> list[Line]:
    if "   " not in line.text:
        return [line]
    bounds = [0, *(far.start() for far in FAR.finditer(line.text)), len(line.text)]
    return [line.cut(first, last) for first, last in pairwise(bounds) if line.text[first:last].strip()]


def statement(block: Block, section: str, reading: Reading) -> Statement:
    """One statement of a block."""
    evidence, words = _evidence(block, reading)
    strength, direction, certainty, doubts = grade(evidence, words, reading.legend)
    if reading.document.repaired and (evidence.symbols or evidence.circles):
        doubts = (*doubts, REPAIRED)
    return Statement(
        section=section,
        text=words,
        place=reading.document.place(block.lines[0].at[0], block.lines[-1].at[-1]),
        strength=strength,
        direction=direction,
        certainty=certainty,
        symbol=" ".join(dict.fromkeys(evidence.symbols)),
        label=" ".join(dict.fromkeys(label.written for label in evidence.labels)),
        circles=" ".join(dict.fromkeys([*evidence.circles, *(written for written, _ in evidence.levels)])),
        doubts=doubts,
    )


def joined(lines: Sequence[Line], words: frozenset[str]) -> str:
    """Lines as one text: words that were cut at the end of a line are whole again."""
    parts: list[str] = []
    texts = [*(line.text for line in lines), ""]
    for text, after in pairwise(texts):
        parts += _ended(text, after, words)
    text = "".join(parts).rstrip()
    start = len(text) - len(text.lstrip("\xad "))
    return text[:start] + text[start:].replace("\xad", "")


def _ended(text: str, after: str, words: frozenset[str]) -> tuple[str, str]:
    """A line, and what stands between it and the next: a space, nothing in a word that was cut, or its own hyphen."""
    if not HYPHEN.search(text[-2:]) or not after[:1].islower() or JOINED_BY.match(after):
        return text, " "
    one = found[0] if (found := LAST_WORD.search(text[-80:-1])) else ""
    two = found[0] if (found := WORD.match(after[:80])) else ""
    hyphenated = f"{one}-{two}".lower() in words or one[-1:].isupper()
    known = f"{one}{two}".lower() in words or text[-1] == "\xad"
    return text[:-1], "" if known or not hyphenated else "-"
