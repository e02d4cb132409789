"""The reader of parts: it follows the table down a file's nodes and notes every fault with its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gradeline.errors import Fault, Gap
from gradeline.model.words import Text
from gradeline.source.grammar import phrases
from gradeline.source.grammar.kinds import (
    Amiss,
    Entries,
    Key,
    Kind,
    Logic,
    Many,
    Names,
    Part,
    Phrase,
    Place,
    Words,
    nearest,
)
from gradeline.source.grammar.logic import CRITERIA, FORMS
from gradeline.source.reader.claims import criterion
from gradeline.source.reader.links import Links
from gradeline.source.yaml import Block, Items, Node, Word

WRONG: Final = object()
"""Stands for a value whose fault is noted already."""

MOST = 200
"""Faults after which nobody reads on."""

TEXT = Part("text", Text, "Text for people, in each language.", (
    Key("en", phrases.LINE, "the words in English", must=True),
    Key("da", phrases.LINE, "the words in Danish"),
))  # fmt: skip


class TooMany(Exception):
    """So many faults that the rest is not looked at."""

    def fault(self, name: str) -> Fault:
        """What is said of it, after all the others."""
        return Fault(f"{name}:{10**9}", f"more than {MOST} faults", "mend these first")


class Reader:
    """Reads nodes by the kinds of the table; `faults` says what was wrong, `lines` where each key stands."""

    def __init__(self, name: str, names: Names) -> None:
        self.name, self.names = name, names
        self.faults: list[Fault] = []
        self.links = Links()
        self.lines: dict[tuple[str, ...], int] = {}
        self.english: list[tuple[str, ...]] = []
        """The paths of texts that nobody has written in Danish."""
        self.path: tuple[str, ...] = ()
        self.key = ""

    def wrong(self, line: int, what: str, cure: str) -> Any:
        """Notes a fault."""
        return self.note(Fault(f"{self.name}:{line}", what, cure))

    def missing(self, line: int, what: str, own: Key) -> Any:
        """Notes a key that has to be there."""
        cure = f"add `{own.key}:` {own.says}"
        return self.note(Gap(f"{self.name}:{line}", f"the {what} has no `{own.key}`", cure, own.key, own.says))

    def note(self, fault: Fault) -> Any:
        """Keeps a fault; who has made more than can be read is told the first of them."""
        self.faults.append(fault)
        if len(self.faults) >= MOST:
            raise TooMany
        return WRONG

    def read(self, kind: Kind, node: Node, place: Place) -> Any:
        """What a node says, read as a kind; WRONG where it cannot be meant."""
        return METHODS[type(kind)](self, kind, node, place)

    def phrase(self, kind: Phrase, node: Node, place: Place) -> Any:
        """Words on one line."""
        if not isinstance(node, Word):
            return self.wrong(node.line, f"`{self.key}` wants {kind.called}", f"write it as `{kind.example}`")
        text = " ".join(node.text.split())
        if not text:
            return self.wrong(node.line, f"`{self.key}` is empty", f"write {kind.called}, or leave the key out")
        try:
            return kind.read(text, self.names)
        except Amiss as amiss:
            return self.wrong(node.line, f"`{self.key}`: {amiss.what}", amiss.cure)

    def words(self, kind: Words, node: Node, place: Place) -> Any:
        """Text for people: a line of English, or a block of languages."""
        if isinstance(node, Block):
            return self.block(TEXT, node, place)
        english = self.phrase(phrases.LINE, node, place)
        self.english.append(self.path)
        return english if english is WRONG else Text(english)

    def many(self, kind: Many, node: Node, place: Place) -> Any:
        """A list of at least one."""
        if kind.none and isinstance(node, Word) and node.text == kind.none:
            return ()
        if not isinstance(node, Items) or not node.of:
            return self.wrong(node.line, f"`{self.key}` wants a list", "write each on a line of its own, after `- `")
        if isinstance(kind.of, Part) and "id" in kind.of.by_name:
            self.once(node.of)
        key, path = self.key, self.path
        values = []
        for number, item in enumerate(node.of, 1):
            self.key, self.path = key, (*path, _id(item) or str(number))
            self.lines[self.path] = item.line
            values.append(self.read(kind.of, item, place))
        self.key, self.path = key, path
        return WRONG if any(value is WRONG for value in values) else tuple(values)

    def once(self, items: list[Node]) -> None:
        """Notes each id that stands twice in a list."""
        first: dict[str, int] = {}
        for item in items:
            if (id := _id(item)) and first.setdefault(id, item.line) != item.line:
                self.wrong(item.line, f"the id `{id}` stands twice", f"rename one; the first is on line {first[id]}")

    def entries(self, kind: Entries, node: Node, place: Place) -> Any:
        """Names of the author's own, each with its value."""
        if not isinstance(node, Block) or not node.keys:
            return self.wrong(
                node.line, f"`{self.key}` wants names with their values", "write `name: value` below it, indented"
            )
        if kind.defines == "criterion" and kind.key is not phrases.ID:
            self.links.graphs.append({})
        key, path, values = self.key, self.path, {}
        for name, value in node.keys.items():
            self.key, self.path = key, (*path, name)
            self.lines[self.path] = node.lines[name]
            known = self.phrase(kind.key, Word(name, node.lines[name]), place)
            self.key = name
            read = self.entry(kind, name, value, place)
            values[name] = known if known is WRONG else read
        self.key, self.path = key, path
        if any(value is WRONG for value in values.values()):
            return WRONG
        return self.make(kind.makes, node.line, values)

    def entry(self, kind: Entries, name: str, node: Node, place: Place) -> Any:
        """The value of one name; what it defines is remembered."""
        there = place.within(name) if kind.defines == "criterion" else place
        given = {"id": name} if isinstance(kind.of, Part) else {}
        value = (
            self.block(kind.of, node, there, **given) if isinstance(kind.of, Part) else self.read(kind.of, node, there)
        )
        if value is not WRONG:
            self.names.keep(kind.defines, name, value)
        return value

    def make(self, makes: Any, line: int, *given: Any, **values: Any) -> Any:
        """What values make together."""
        try:
            return makes(*given, **values)
        except Amiss as amiss:
            return self.wrong(line, amiss.what, amiss.cure)

    def block(self, part: Part, node: Node, place: Place, **values: Any) -> Any:
        """A part: each of its keys once, no other key, and none that must be there left out."""
        if not isinstance(node, Block):
            wanted = ", ".join(f"`{own.key}:`" for own in part.must or part.keys[:3])
            return self.wrong(node.line, f"`{self.key}` wants keys with values", f"write {wanted} below it, indented")
        here = self.form(part, node, place, values) if part.forms else node.keys
        key, path = self.key, self.path
        for name, value in here.items():
            if own := part.by_name.get(name):
                self.key, self.path = name, (*path, name)
                self.lines[self.path] = node.lines[name]
                values[own.keeps] = self.read(own.kind, value, place)
            else:
                values[name] = self.unknown(part, node, name)
        self.key, self.path = key, path
        for own in part.must:
            if own.keeps not in values:
                values[own.keeps] = self.missing(node.line, titled(part), own)
        if "da" in part.by_name and "da" not in values:
            self.english.append(path)
        if any(value is WRONG for value in values.values()):
            return WRONG
        return self.make(part.makes or part.node, node.line, *((place,) if part.placed else ()), **values)

    def unknown(self, part: Part, node: Block, name: str) -> Any:
        """A key that the part does not have."""
        owner = next((form.called for form in part.forms.values() if name in form.by_name), "")
        if owner:
            return self.wrong(node.lines[name], f"`{name}` does not go with this form", f"it goes with `{owner}`")
        known = [*part.by_name]
        cure = nearest(name, known) or f"the keys here are {', '.join(known)}"
        return self.wrong(node.lines[name], f"unknown key `{name}` in the {titled(part)}", cure)

    def form(self, part: Part, node: Block, place: Place, values: dict[str, Any]) -> Mapping[str, Node]:
        """Reads the keys that the form brings with it, and gives back the others."""
        named = node.keys.get("form")
        form = part.forms.get(named.text) if isinstance(named, Word) else None
        if form is None:
            of_forms = {name for each in part.forms.values() for name in each.by_name}
            return {name: value for name, value in node.keys.items() if name not in of_forms}
        own = {name: value for name, value in node.keys.items() if name in form.by_name}
        values["form"] = self.block(form, Block(own, node.lines, node.line), place)
        return {name: value for name, value in node.keys.items() if name not in own and name != "form"}


def titled(part: Part) -> str:
    """What a part is called in a sentence."""
    kind = "criterion" if part.called in CRITERIA else "form" if part.called in FORMS else ""
    return f"{kind} `{part.called}`" if kind else part.called


def _id(node: Node) -> str:
    id = node.keys.get("id") if isinstance(node, Block) else None
    return id.text if isinstance(id, Word) else ""


METHODS: Mapping[type, Any] = {
    Phrase: Reader.phrase,
    Words: Reader.words,
    Many: Reader.many,
    Entries: Reader.entries,
    Part: Reader.block,
    Logic: criterion,
}
