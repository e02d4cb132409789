"""Criteria as a file writes them: a bare name, or a block whose one head says which it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gradeline.model.criteria import Criterion, Named, Recorded
from gradeline.source.grammar import phrases
from gradeline.source.grammar.kinds import Amiss, Logic, Place, nearest
from gradeline.source.grammar.logic import AT_LEAST, CRITERIA, N_OF
from gradeline.source.reader.links import REASONS
from gradeline.source.yaml import Block, Items, Node, Word

if TYPE_CHECKING:
    from gradeline.source.reader.parts import Reader

HEADS = CRITERIA.keys() - {AT_LEAST.called}
"""The keys that say which criterion it is, but for `at least N of`, which holds a number."""


def criterion(reader: Reader, kind: Logic, node: Node, place: Place) -> Any:
    """One criterion: a bare name, or a block whose key says which."""
    place = place.inside(kind)
    if isinstance(node, Word):
        return bare(reader, node, place)
    if isinstance(node, Items):
        return reader.wrong(
            node.line, f"`{reader.key}` wants one criterion, not a list", "put `all:` or `any:` above the list"
        )
    heads = [name for name in node.keys if name in HEADS or re.fullmatch(N_OF, name)]
    if len(heads) != 1:
        return headless(reader, node, heads)
    return headed(reader, heads[0], node, place)


def headed(reader: Reader, head: str, node: Block, place: Place) -> Any:
    """A criterion whose one head says which it is."""
    line = node.lines[head]
    if head == "not" and place.reason:
        return reader.wrong(line, "`not` within `unless`", REASONS)
    if head == "not":
        reader.links.negated.add(place.owner)
    if count := re.fullmatch(N_OF, head):
        keys = {AT_LEAST.called if name == head else name: value for name, value in node.keys.items()}
        node = Block(keys, {**node.lines, AT_LEAST.called: line}, node.line)
        return reader.block(AT_LEAST, node, place, n=int(count[1]))
    made = reader.block(CRITERIA[head], node, place)
    return named(reader, made, line, place) if isinstance(made, Named) else made


def headless(reader: Reader, node: Block, heads: list[str]) -> Any:
    """A block that is no criterion, or more than one."""
    if heads:
        both = " and ".join(f"`{head}`" for head in heads[:2])
        return reader.wrong(
            node.line, f"{both} in one criterion", "put each after a `- ` of its own, under `all:` or `any:`"
        )
    if AT_LEAST.called in node.keys:
        return reader.wrong(node.line, f"`{AT_LEAST.called}` without its number", "write `at least 2 of:`")
    known = [*CRITERIA]
    cure = next(filter(None, (nearest(name, known) for name in node.keys)), f"begin with one of {', '.join(known)}")
    return reader.wrong(node.line, f"`{reader.key}` wants a criterion", cure)


def bare(reader: Reader, node: Word, place: Place) -> Any:
    """A bare name: a criterion that is called so, else a term that is recorded."""
    name = node.text.strip()
    try:
        kind = reader.names.kind_of(phrases.identifier(name, reader.names), "criterion", "term")
    except Amiss as amiss:
        return reader.wrong(node.line, f"`{reader.key}`: {amiss.what}", amiss.cure)
    if kind == "criterion":
        return named(reader, Named(name), node.line, place)
    return Recorded(name, place.window)


def named(reader: Reader, criterion: Named, line: int, place: Place) -> Criterion:
    """A criterion by its name; who names it is remembered."""
    reader.links.add(place.owner, criterion.name, line)
    if place.reason:
        reader.links.reasons.append((criterion.name, line))
    return criterion
