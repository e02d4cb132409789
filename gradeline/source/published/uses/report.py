"""What was found in a quick guide, for people at a terminal and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from gradeline.model.grade import DHA, GOOD
from gradeline.source.published.found import Place, Published, Statement
from gradeline.source.published.marks.symbols import SYMBOLS
from gradeline.source.published.uses.comparison import Agreement, Match

SCHEMA = 1
SHOWN = {"up": "↑", "down": "↓", "tick": "√", "full": "⊕", "empty": "○"}
WIDTH = 80
PACKAGE = "FHIR package"
"""The form that has neither pages nor a legend: its codes say what they mean."""
LANGUAGES = {"en": "English", "da": "Danish"}


def as_json(published: Published, agreement: Agreement | None = None) -> dict[str, Any]:
    """The quick guide as plain data: values are lower-case English words."""
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "title": published.title,
        "topic": published.topic,
        "publisher": published.publisher,
        "language": published.language,
        "file": published.file,
        "sections": list(published.sections),
        "statements": [_statement(each) for each in published.statements],
        "legend": list(published.legend.rows),
        "about": published.about,
        "links": list(published.links),
        "warnings": list(published.warnings),
        "doubtful": published.doubtful,
    }
    return found if agreement is None else {**found, "agrees": agreement.agrees, "agreement": _agreement(agreement)}


def _statement(statement: Statement) -> dict[str, Any]:
    place = statement.place
    inside = {"file": place.file} if place.file else {}
    return {
        "section": statement.section,
        "text": statement.text,
        "strength": statement.strength.value if statement.strength else None,
        "direction": statement.direction.value if statement.direction else None,
        "certainty": statement.certainty.word if statement.certainty else None,
        "pages": list(place.pages),
        "lines": list(place.lines),
        "span": list(place.span),
        **inside,
        "symbol": statement.symbol,
        "label": statement.label,
        "circles": statement.circles,
        "doubts": list(statement.doubts),
    }


def _agreement(agreement: Agreement) -> list[dict[str, Any]]:
    """Every pair, then what only one side has: its other side is null."""
    pairs: list[dict[str, Any]] = [
        {
            "statement": match.number,
            "recommendation": match.recommendation.id,
            "agrees": match.agrees,
            "because": list(match.because),
            "points": [point._asdict() for point in match.points],
        }
        for match in agreement.matches
    ]
    pairs += [_alone(number, None) for number, _ in agreement.not_encoded]
    return pairs + [_alone(None, each.id) for each in agreement.not_published]


def _alone(number: int | None, id: str | None) -> dict[str, Any]:
    return {"statement": number, "recommendation": id, "agrees": False, "because": [], "points": []}


def wordings(published: Published, agreement: Agreement) -> dict[str, Any]:
    """The publisher's own words for each recommendation, with their source: to be kept beside ours, never committed."""
    return {
        "schema": SCHEMA,
        "guideline": agreement.guideline,
        "language": published.language,
        "source": {"title": published.title, "publisher": published.publisher, "file": published.file},
        "statements": {
            match.recommendation.id: {"text": match.statement.text, "where": where(match.statement.place)}
            for match in agreement.matches
        },
    }


def report(published: Published, agreement: Agreement | None = None) -> str:
    """What was found and where, in at most 80 columns."""
    return "\n".join([*_head(published), *_statements(published), *_foot(published), *_compared(agreement)]) + "\n"


def _wrapped(text: str, indent: str = "", hang: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=hang if hang is not None else indent
    ) or [""]


def where(place: Place) -> str:
    """A place as people write it: the page where there are several, and the lines."""
    first, last = place.lines
    if place.file:
        return f"{place.file}, line {first}"
    lines = f"line {first}" if first == last and place.pages[0] == place.pages[1] else f"lines {first}-{last}"
    pages = f"page {place.pages[0]}" if place.pages[0] == place.pages[1] else f"pages {place.pages[0]}-{place.pages[1]}"
    return f"{pages}, {lines}, characters {place.span[0]}-{place.span[1]}"


def _head(published: Published) -> Iterator[str]:
    yield from _wrapped(published.title or published.file)
    counts = f"{len(published.statements)} statements in {len(published.sections)} sections"
    form = published.form if published.form == PACKAGE else f"{published.form}, {_pages(published)}"
    known = [published.publisher, LANGUAGES[published.language], form, counts]
    yield from _wrapped("; ".join(each for each in known if each))


def _pages(published: Published) -> str:
    return f"{published.pages} page{'s' if published.pages > 1 else ''}"


def _statements(published: Published) -> Iterator[str]:
    section = None
    for number, statement in enumerate(published.statements, 1):
        if statement.section != section:
            section = statement.section
            yield from ("", *_wrapped(section or "(no heading)"))
        yield from _wrapped(f"{number:3}  {graded(statement)}", hang="     ")
        yield from _wrapped(statement.text, "     ")
        yield f"     {where(statement.place)}"
        for doubt in statement.doubts:
            yield from _wrapped(f"doubt: {doubt}", "     ", "            ")


def graded(statement: Statement) -> str:
    """A grade in words and in the symbols of the standard scale; what is not sure is said to be so."""
    strength, direction, certainty = statement.strength, statement.direction, statement.certainty
    if strength is None:
        known = ["strength not graded", f"direction {direction.value}" if direction else ""]
    else:
        symbol = DHA.kinds[strength, direction].symbol if direction else ""
        known = [f"{symbol} {strength.value} {direction.value if direction else '(direction not given)'}".strip()]
    if certainty:
        known.append(f"certainty {certainty.word} {DHA.certainties[certainty].symbol}")
    elif strength is not GOOD:
        known.append("certainty not given")
    return ", ".join(each for each in known if each)


def _foot(published: Published) -> Iterator[str]:
    yield ""
    if published.form != PACKAGE:
        yield f"Legend: {len(published.legend.rows)} rows" if published.legend.rows else "Legend: none"
    for row in published.legend.rows:
        yield from _wrapped(visible(row), "  ", "    ")
    if published.links:
        yield from _wrapped(f"Links: {', '.join(published.links)}", hang="  ")
    if not published.warnings and not published.doubtful:
        yield "Nothing is in doubt."
    for warning in published.warnings:
        yield from _wrapped(f"warning: {warning}", hang="         ")


def visible(text: str) -> str:
    """A text with the signs that no terminal shows as the ones that they stand for."""
    return "".join(SHOWN.get(SYMBOLS[letter].sign, letter) if letter in SYMBOLS and not letter.isprintable() else letter
                   for letter in text)  # fmt: skip


def _compared(agreement: Agreement | None) -> Iterator[str]:
    if agreement is None:
        return
    total = len(agreement.matches) + len(agreement.not_encoded)
    agreed = sum(match.agrees for match in agreement.matches)
    yield from ("", *_wrapped(f"Against {agreement.guideline}: {agreed} of {total} statements agree."))
    if agreement.remark:
        yield from _wrapped(agreement.remark, "     ")
    for match in agreement.matches:
        yield from _pair(match)
    for number, statement in agreement.not_encoded:
        yield from _wrapped(f"{number:3}  published and not encoded: {statement.text}", hang="     ")
    for each in agreement.not_published:
        yield from _wrapped(f"     encoded and not published: {each.id}", hang="     ")


def _pair(match: Match) -> Iterator[str]:
    word = "agrees" if match.agrees else "DIFFERS"
    yield from _wrapped(
        f"{match.number:3}  {match.recommendation.id}: {word}, matched by {'; '.join(match.because)}", hang="     "
    )
    for point in match.points:
        if not point.agrees:
            yield from _wrapped(
                f"{point.what}: published “{point.published}”, encoded “{point.encoded}”", "       ", "         "
            )
    if match.statement.doubts:
        yield "       the statement itself is in doubt"
