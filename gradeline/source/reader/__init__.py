"""The reader of a guideline file: a whole guideline, or every fault of the file at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from gradeline.errors import Fault, GuidelineError
from gradeline.model.guideline import Guideline
from gradeline.source import yaml
from gradeline.source.grammar.kinds import DEFINED_UNDER, Names, Place
from gradeline.source.grammar.table import GUIDELINE
from gradeline.source.reader.links import circles
from gradeline.source.reader.parts import WRONG, Reader, TooMany
from gradeline.source.yaml import Block, Items, Node, Word

FIRST = ("parameters", "terms", "criteria")
"""What criteria are checked against is read before them, and what is named before what alternatives rename."""


@dataclass(frozen=True)
class Manuscript:
    """A guideline with what only its file tells: the line of each key, names never used, texts not in Danish."""

    guideline: Guideline
    lines: dict[tuple[str, ...], int]
    unused: tuple[tuple[str, str], ...]
    english: tuple[tuple[str, ...], ...]

    def where(self, *path: str) -> str:
        """The file and line of a key, or of the nearest one above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.guideline.file}:{self.lines.get(path, 1)}"


def read(source: Path | str, name: str = "") -> Guideline:
    """The guideline of a file, or of a text; GuidelineError with every fault."""
    return manuscript(source, name).guideline


def manuscript(source: Path | str, name: str = "") -> Manuscript:
    """The guideline of a file or a text, with the lines of the file."""
    text, name = (load(source), name or str(source)) if isinstance(source, Path) else (source, name or "guideline.yaml")
    spelt = yaml.tree(text, name)
    if not isinstance(spelt.node, Block):
        raise GuidelineError(spelt.faults or [Fault(f"{name}:1", "no keys", "begin with `id:`")])
    reader = Reader(name, gather(spelt.node))
    made = _whole(reader, spelt.node)
    faults = in_order(spelt.faults, reader.faults)
    if faults or not isinstance(made, Guideline):
        raise GuidelineError(faults)
    names = reader.names
    unused = [(kind, each) for kind in names.defined for each in names.defined[kind] if (kind, each) not in names.used]
    return Manuscript(replace(made, file=name), reader.lines, tuple(unused), tuple(reader.english))


def load(path: Path) -> str:
    """The text of a file; GuidelineError where it cannot be had."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise GuidelineError(
            [Fault(str(path), f"cannot be read: {reason}", "look at the path and at its rights")]
        ) from None
    text, faults = yaml.decode(raw, str(path))
    if faults:
        raise GuidelineError(faults)
    return text


def gather(root: Block) -> Names:
    """The names that a file defines, whatever else is wrong with it."""
    return Names({kind: _defined(root.keys.get(key)) for kind, key in DEFINED_UNDER.items()})


def _defined(node: Node | None) -> dict[str, int]:
    if isinstance(node, Block):
        return node.lines
    found: dict[str, int] = {}
    for item in node.of if isinstance(node, Items) else ():
        id = item.keys.get("id") if isinstance(item, Block) else None
        if isinstance(id, Word):
            found.setdefault(id.text, id.line)
    return found


def _whole(reader: Reader, root: Block) -> object:
    """Reads everything, terms and parameters first, then what names what."""
    reader.key = "the file"
    place = Place(reader.names)
    try:
        made = reader.block(GUIDELINE, Block(_ordered(root.keys), root.lines, root.line), place)
        for line, what, cure in [*reader.links.faults(), *circles(_includes(root), "terms")]:
            reader.wrong(line, what, cure)
    except TooMany as many:
        reader.faults.append(many.fault(reader.name))
        return WRONG
    return made


def _ordered(keys: dict[str, Node]) -> dict[str, Node]:
    return {**{key: keys[key] for key in FIRST if key in keys}, **keys}


def _includes(root: Block) -> dict[str, dict[str, int]]:
    """Which terms include which, and on which line."""
    terms = root.keys.get("terms")
    found: dict[str, dict[str, int]] = {}
    for name, term in terms.keys.items() if isinstance(terms, Block) else ():
        listed = term.keys.get("includes") if isinstance(term, Block) else None
        items = listed.of if isinstance(listed, Items) else ()
        found[name] = {item.text: item.line for item in items if isinstance(item, Word) and item.text}
    return found


def in_order(spelling: list[Fault], meaning: list[Fault]) -> list[Fault]:
    """All faults by line; where a line is misspelt, what it then seems to mean is not a second fault."""
    misspelt = {fault.where for fault in spelling}
    faults = [*spelling, *(fault for fault in meaning if fault.where not in misspelt)]
    return sorted(dict.fromkeys(faults), key=lambda fault: int(fault.where.rpartition(":")[2]))
