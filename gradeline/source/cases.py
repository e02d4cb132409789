"""The cases that stand beside a guideline: read, checked against its names, not yet run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gradeline.errors import Fault, GuidelineError
from gradeline.model.guideline import Guideline
from gradeline.source import yaml
from gradeline.source.grammar.cases import CASE, Case, Expectation
from gradeline.source.grammar.kinds import Many, Names, Place
from gradeline.source.reader import in_order, load
from gradeline.source.reader.parts import WRONG, Reader, TooMany

__all__ = ["Case", "Expectation", "cases"]


def cases(source: Path | str, guideline: Guideline, name: str = "") -> tuple[Case, ...]:
    """The cases of a file or a text; GuidelineError with every fault, each with its line."""
    text, name = (load(source), name or str(source)) if isinstance(source, Path) else (source, name or "cases.yaml")
    spelt = yaml.tree(text, name)
    if spelt.node is None:
        raise GuidelineError(spelt.faults)
    reader = Reader(name, _names(guideline))
    reader.key = "the file"
    try:
        read = reader.read(Many(CASE), spelt.node, Place(reader.names))
    except TooMany as many:
        reader.faults.append(many.fault(name))
        read = WRONG
    if read is not WRONG:
        read = tuple(replace(each, line=reader.lines[(str(at),)]) for at, each in enumerate(read, 1))
        reader.faults += _twice(read, name)
    if faults := in_order(spelt.faults, reader.faults):
        raise GuidelineError(faults)
    return read  # type: ignore[no-any-return]


def _names(guideline: Guideline) -> Names:
    recommendations = dict.fromkeys((each.id for each in guideline.recommendations), 0)
    return Names(
        {"term": dict.fromkeys(guideline.terms, 0), "recommendation": recommendations}, terms=dict(guideline.terms)
    )


def _twice(read: tuple[Case, ...], name: str) -> list[Fault]:
    first: dict[str, int] = {}
    return [
        Fault(
            f"{name}:{each.line}",
            f"the case `{each.name}` stands twice",
            f"rename one; the first is on line {first[each.name]}",
        )
        for each in read
        if first.setdefault(each.name, each.line) != each.line
    ]
