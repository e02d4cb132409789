"""`source.yaml`: reads what describes a source of patient data, or tells every fault of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from gradeline.errors import Fault, GuidelineError
from gradeline.model.data_source import DataSource
from gradeline.records.habits import USUAL, Habits
from gradeline.source import yaml
from gradeline.source.grammar.kinds import Names, Place
from gradeline.source.grammar.sources import SOURCE
from gradeline.source.reader import in_order, load
from gradeline.source.reader.parts import WRONG, Reader, TooMany


def data_source(source: Path | str, name: str = "") -> DataSource:
    """The source that a file or a text describes; GuidelineError with every fault, each with its line."""
    text, name = (load(source), name or str(source)) if isinstance(source, Path) else (source, name or "source.yaml")
    spelt = yaml.tree(text, name)
    if spelt.node is None:
        raise GuidelineError([_mended(fault) for fault in spelt.faults])
    reader = Reader(name, Names())
    reader.key = "the file"
    try:
        read = reader.block(SOURCE, spelt.node, Place(reader.names))
    except TooMany as many:
        reader.faults.append(many.fault(name))
        read = WRONG
    if isinstance(read, DataSource):
        reader.faults += _twice(read, reader)
    faults = in_order(spelt.faults, reader.faults)
    if faults or not isinstance(read, DataSource):
        raise GuidelineError(faults)
    return replace(read, file=name)


def _mended(fault: Fault) -> Fault:
    """A fault of spelling; an empty file begins otherwise than a guideline."""
    return replace(fault, cure=fault.cure.replace("`id:`", "`name:`"))


def _twice(read: DataSource, reader: Reader) -> Iterator[Fault]:
    """What is said twice: of one term in one setting on the same days, or of one code."""
    captures = [(each.term, each.setting, each.from_, each.to) for each in read.captures]
    listed: dict[str, list[Any]] = {"captures": captures}
    listed |= {"local codes": list(read.local_codes), "refusals": list(read.refusals)}
    for key, entries in listed.items():
        first: dict[object, int] = {}
        for number, entry in enumerate(entries, 1):
            line = reader.lines[key, str(number)]
            if first.setdefault(entry, line) != line:
                yield Fault(
                    f"{reader.name}:{line}", f"this stands twice in `{key}`", f"keep one; see line {first[entry]}"
                )


def habits(source: DataSource | None) -> Habits:
    """What reading records needs to know of their source."""
    return Habits(source.zone, source.refused, source.observed) if source else USUAL
