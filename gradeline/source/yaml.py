"""YAML as Gradeline reads it: every scalar is text, every value knows its line, and nothing hides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from gradeline.errors import Fault

LONGEST = 2_000_000
"""Characters of a file; the largest guideline that we know of has a twentieth."""
DEEPEST = 40
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

CURES = {
    "mapping values are not allowed": "put quotes around text that has `: ` in it, or align it with the line above",
    "did not find expected key": "align this line with its neighbours; text that begins with a quote ends with one",
    "expected <block end>": "align this line with its neighbours; text that begins with a quote ends with one",
    "cannot start any token": "put quotes around text that begins with a sign such as @, % or `",
    "could not find expected ':'": "write `key: value`, or indent a text's next line deeper than its key",
    "unexpected end of stream": "close the quote or the bracket that is opened here",
    "expected alphabetic or numeric character": "put quotes around text that begins with * or &",
    "expected ',' or": "close the list or the braces; or write each item on a line of its own",
}
OPENED = ("unexpected end of stream", "expected ',' or")
"""Problems whose cure is where the thing began, not where YAML noticed."""
INVISIBLE = re.compile(
    "[\\t\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]"
)
WRITE_OUT = "write it out, or name it once under `criteria`, `terms` or `parameters`"
LOOK = "look at the indentation and the quotes of this line and of the line above"


class Word(NamedTuple):
    """One scalar, as text."""

    text: str
    line: int


class Block(NamedTuple):
    """Keys and their values, in the order of the file, with the line of each key."""

    keys: dict[str, Node]
    lines: dict[str, int]
    line: int


class Items(NamedTuple):
    """A list."""

    of: list[Node]
    line: int


Node = Word | Block | Items


class Tree(NamedTuple):
    """What a file holds, None where it cannot be told, and what is wrong with its spelling."""

    node: Node | None
    faults: list[Fault]


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class Unreadable(Exception):
    """Where reading has to stop: nothing after it can be understood."""

    def __init__(self, line: int, what: str, cure: str) -> None:
        self.line, self.what, self.cure = line, what, cure


def decode(raw: bytes, name: str) -> tuple[str, list[Fault]]:
    """The text of a file in UTF-8, with or without a byte order mark."""
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", [Fault(f"{name}:{line}", "a character that is not UTF-8", "save the file as UTF-8")]


def tree(text: str, name: str) -> Tree:
    """A file's text as nodes that know their lines; every fault of its spelling at once."""
    faults = [Fault(f"{name}:{line}", *wrong) for line, *wrong in _spelling(text)]
    if faults:
        return Tree(None, faults)
    composer = Composer(text)
    try:
        node = composer.document()
    except Unreadable as stop:
        composer.faults.append((stop.line, stop.what, stop.cure))
        node = None
    return Tree(node, [Fault(f"{name}:{line}", *wrong) for line, *wrong in composer.faults])


def _spelling(text: str) -> Iterator[tuple[int, str, str]]:
    """What is seen before any structure: size, tabs, characters that nobody sees."""
    if len(text) > LONGEST:
        yield 1, f"a file of {len(text):,} characters", f"a guideline has at most {LONGEST:,}; is it the right file?"
        return
    for line, written in enumerate(text.split("\n") if INVISIBLE.search(text) else (), 1):
        found = INVISIBLE.search(written)
        if found and found[0] == "\t":
            yield line, "a tab", "write spaces: YAML counts them to see what belongs together"
        elif found:
            yield line, f"an invisible character, U+{ord(found[0]):04X}", "delete it; save the file as UTF-8"


class Composer:
    """Builds nodes from YAML's events, one after the other, so that depth and anchors are seen before they cost."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[tuple[int, str, str]] = []
        self.events = self._events()

    def _events(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.text, Loader=LOADER)
        except yaml.YAMLError as error:
            raise _unreadable(error) from None

    def document(self) -> Node | None:
        """The one document of the file."""
        next(self.events)
        start = next(self.events)
        if type(start) is yaml.StreamEndEvent:
            raise Unreadable(1, "the file is empty", "begin with `id:`")
        node = self.node(next(self.events), 0)
        next(self.events)
        after = next(self.events)
        if type(after) is yaml.DocumentStartEvent:
            raise Unreadable(_line(after), "a second document begins", "delete the line `---`")
        return node

    def node(self, event: yaml.Event, depth: int) -> Node:
        """The node that begins with an event."""
        line = _line(event)
        if depth > DEEPEST:
            raise Unreadable(
                line, f"nested more than {DEEPEST} deep", "name its parts under `criteria` and use the names"
            )
        if isinstance(event, yaml.AliasEvent):
            self.faults.append((line, f"an alias, `*{event.anchor}`", WRITE_OUT))
            return Word("", line)
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        if event.anchor is not None:
            self.faults.append((line, f"an anchor, `&{event.anchor}`", WRITE_OUT))
        if event.tag is not None and event.tag != "!":
            self.faults.append((line, f"a tag, `{event.tag}`", "delete it: every value is text here"))
        if isinstance(event, yaml.ScalarEvent):
            return self.word(event, line)
        return self.block(line, depth) if isinstance(event, yaml.MappingStartEvent) else self.items(line, depth)

    def word(self, event: yaml.ScalarEvent, line: int) -> Word:
        """A scalar as text; quotes with backslashes may hide what the file itself does not show."""
        if event.style == '"' and INVISIBLE.search(event.value):
            self.faults.append((line, "an invisible character behind a backslash", "delete it"))
        return Word(event.value, line)

    def block(self, line: int, depth: int) -> Block:
        """Keys and values; a key that stands twice is a fault and its first value counts."""
        block = Block({}, {}, line)
        while type(event := next(self.events)) is not yaml.MappingEndEvent:
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if type(key) is not Word or not key.text:
                self.faults.append((key.line, "a key that is no word", "write `key: value`"))
            elif key.text in block.keys:
                first = block.lines[key.text]
                self.faults.append((key.line, f"`{key.text}` stands twice", f"keep one; the first is on line {first}"))
            else:
                block.keys[key.text] = value
                block.lines[key.text] = key.line
        return block

    def items(self, line: int, depth: int) -> Items:
        """The items of a list."""
        items = Items([], line)
        while type(event := next(self.events)) is not yaml.SequenceEndEvent:
            items.of.append(self.node(event, depth + 1))
        return items


def _unreadable(error: yaml.YAMLError) -> Unreadable:
    """What YAML itself says is wrong, with a cure where we know one."""
    problem = str(getattr(error, "problem", None) or error)
    opened = getattr(error, "context_mark", None) if any(part in problem for part in OPENED) else None
    mark = opened or getattr(error, "problem_mark", None)
    cure = next((cure for part, cure in CURES.items() if part in problem), LOOK)
    return Unreadable(mark.line + 1 if mark else 1, f"this is no YAML: {problem}", cure)
