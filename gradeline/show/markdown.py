"""The quick guide as Markdown: for a wiki, a repository, or any editor; the guideline's text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gradeline.model.guideline import Guideline
from gradeline.model.words import Language
from gradeline.show.content.guide import QuickGuide, Reading, quick_guide
from gradeline.show.content.signs import Sign
from gradeline.show.content.statements import Statement
from gradeline.show.content.words import Beside

MARKS = re.compile(r"[\\`*_\[\]#]|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|[|~$]|^[:>]")
NAMES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"} | {mark: f"&#{ord(mark)};" for mark in "|~$:"}
"""What not every Markdown lets a backslash escape."""
STARTS = re.compile(r"^(\d*)([-+.)])")
"""What makes a list of a line that begins so."""


def guide(guideline: Guideline, language: Language = "en") -> str:
    """The quick guide as Markdown."""
    return "\n\n".join(blocks(quick_guide(guideline, language))) + "\n"


def plain(text: str) -> str:
    """A text in which nothing is a mark; what begins a line stays text too.

    >>> print(plain("1. *not* <b>"))
    1\\. \\*not\\* &lt;b>
    """
    escaped = MARKS.sub(lambda mark: NAMES.get(mark[0], "\\" + mark[0]), " ".join(text.split()))
    return STARTS.sub(r"\1\\\2", escaped)


def blocks(shown: QuickGuide) -> Iterator[str]:
    """The whole guide, a block at a time."""
    labels = shown.labels
    yield f"# {plain(shown.title.text)}"
    if shown.other_title:
        yield f"*{plain(shown.other_title.text)}*"
    yield from (quoted(each.says, each.meaning.text if each.meaning else "") for each in shown.status)
    yield f"{plain(shown.publisher.text)}, {plain(shown.version)}"
    yield plain(shown.scope.text)
    for section in shown.sections:
        yield f"## {plain(section.title.text)}"
        for statement in section.statements:
            yield from stated(statement)
    yield f"## {labels['legend']}"
    yield plain(labels["scheme"].format(scheme=shown.legend.scheme.text))
    yield legend(shown, shown.legend.strengths)
    yield legend(shown, shown.legend.certainties)
    yield f"## {labels['about']}"
    yield plain(shown.about.text)
    if shown.translation:
        yield plain(shown.translation.text)
    yield plain(shown.encoding)
    yield from annex(shown)


def quoted(says: str, meaning: str) -> str:
    """The status, as a quotation that stands out."""
    return f"> **{plain(says)}**" + (f" {plain(meaning)}" if meaning else "")


def stated(statement: Statement) -> Iterator[str]:
    """A statement behind its sign, its grade in words, then reason, comparator and caveat."""
    yield f"{plain(statement.strength.symbol)} {plain(statement.says.text)}"
    strength, _, certainty = statement.grade.partition("; ")
    yield f"**{plain(strength)}**" + (f"; {plain(certainty)}" if certainty else "")
    yield listed(f"{part.label}: {plain(part.words.text)}" for part in statement.parts)


def listed(items: Iterable[str]) -> str:
    """A list with bullets."""
    return "\n".join(f"- {item}" for item in items)


def legend(shown: QuickGuide, signs: Iterable[Sign]) -> str:
    """Signs as a table."""
    labels = shown.labels
    rows = [[plain(each.symbol), plain(each.name.text), plain(each.meaning.text)] for each in signs]
    lines = [[labels["sign"], labels["words"], labels["means"]], ["---"] * 3, *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def annex(shown: QuickGuide) -> Iterator[str]:
    """How we read it, what others say of time, the sources."""
    labels = shown.labels
    if shown.readings:
        yield f"## {labels['readings']}"
        yield labels["readings lead"]
        for each in shown.readings:
            yield from read(each, labels["reason"], labels["or"])
            yield f"*{labels['touches']}: {plain('; '.join(name.text for name in each.touches) or labels['all'])}*"
    if shown.timings:
        yield f"## {labels['timings']}"
        yield labels["timings lead"]
        yield listed(map(said, shown.timings))
    if shown.sources:
        yield f"## {labels['sources']}"
        yield "\n".join(f"{number}. {plain(each.text)}" for number, each in enumerate(shown.sources, 1))


def read(each: Reading, reason: str, other: str) -> Iterator[str]:
    """A question that the document leaves open, our reading, its reason, its alternatives."""
    yield f"### {each.number}. {plain(each.question.text)}"
    yield plain(each.reading.text)
    yield listed(
        [f"{reason}: {plain(each.reason.text)}", *(f"{other}: {plain(one.text)}" for one in each.alternatives)]
    )


def said(each: Beside) -> str:
    """What another source says, and which."""
    return f"{plain(each.says.text)} (*{plain(each.source.text)}*)"
