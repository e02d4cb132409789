"""A published quick guide: what it says, where, and how sure that is.

document -> lines -> blocks -> legend, statements -> compared with, or drafted into, a guideline
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from gradeline.errors import DocumentError
from gradeline.source.published import about
from gradeline.source.published.block import Block
from gradeline.source.published.blocks import blocks
from gradeline.source.published.found import Legend, Place, Published, Statement
from gradeline.source.published.legend import gather
from gradeline.source.published.marks.wording import LETTERS
from gradeline.source.published.pages import Document, load
from gradeline.source.published.statements import statements
from gradeline.source.published.uses.comparison import Agreement, Match, against
from gradeline.source.published.uses.draft import draft, gaps
from gradeline.source.published.uses.report import as_json, report, wordings


def read(path: str | PathLike[str]) -> Published:
    """Read a quick guide from text, HTML or PDF; DocumentError where there is none to read."""
    place = Path(path)
    return of(load(place), place.name)


def of(document: Document, file: str) -> Published:
    """A document as a quick guide."""
    parts = blocks(document.lines)
    key = gather((block.text, row) for block in parts for row in block.rows)
    found = tuple(statements(document, parts, key))
    if not found or not _graded(found, parts, document):
        raise DocumentError(
            "no recommendation in it: no sign, label or wording of one",
            "give a quick guide whose recommendations are graded (arrows and circles, or words)",
            file,
        )
    tongue = about.language(document)
    return Published(
        title=about.title(document, parts),
        topic=about.topic(parts),
        publisher=about.publisher(document, tongue),
        language=tongue,
        statements=found,
        legend=key,
        about=about.about(_unsaid(parts, found)),
        links=about.links(document),
        warnings=_warnings(document, key, found, parts),
        file=file,
        form=document.form,
        pages=len(document.breaks) + 1,
    )


def _graded(found: Sequence[Statement], parts: Sequence[Block], document: Document) -> bool:
    """Whether the document is one of recommendations: a mark, a legend, or its own word for what it is."""
    marks = any(each.symbol or each.label or each.circles or "scheme" in " ".join(each.doubts) for each in found)
    named = any(
        word in line.text.lower()
        for line in document.lines
        for word in ("recommend", "guideline", "anbefal", "retningslinje")
    )
    return marks or named or any(block.rows for block in parts)


def _unsaid(parts: Sequence[Block], found: Sequence[Statement]) -> list[Block]:
    """The blocks that became no statement."""
    begun = {each.place.span[0] for each in found}
    return [block for block in parts if not (block.lines and block.lines[0].at and block.lines[0].at[0] in begun)]


def _warnings(document: Document, key: Legend, found: Sequence[Statement], parts: Sequence[Block]) -> tuple[str, ...]:
    """What is doubtful about the file as a whole, and how many of its statements are."""
    warnings = [*document.warnings, *key.faults]
    if document.repaired:
        warnings.append("the file holds UTF-8 that was once read as Latin-1; its letters and signs were recovered")
    if not key.strengths and any(each.symbol for each in found):
        warnings.append("the document has no legend of its signs of strength")
    if not key.certainties and any(each.circles for each in found):
        warnings.append("the document has no legend of its signs of certainty")
    if any(LETTERS.match(line.text) for block in parts for line in block.lines):
        warnings.append(
            "the document explains grades by letters or numbers: another grading scheme, which is not mapped"
        )
    if any("recovered from" in doubt for each in found for doubt in each.doubts):
        warnings.append("signs were recovered from a wrong encoding (a symbol font read as Latin-1)")
    doubtful = [str(number) for number, each in enumerate(found, 1) if each.doubts]
    if doubtful:
        warnings.append(f"{len(doubtful)} of {len(found)} statements in doubt: {', '.join(doubtful)}")
    return tuple(warnings)


__all__ = [
    "Agreement",
    "Legend",
    "Match",
    "Place",
    "Published",
    "Statement",
    "against",
    "as_json",
    "draft",
    "gaps",
    "read",
    "report",
    "wordings",
]
