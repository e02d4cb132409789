"""One file of parameters, read strictly: each value with its line and its source, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from keyword import iskeyword
from pathlib import Path
from typing import Any

import yaml

from gradeline import dates
from gradeline.cohort.parameters import REGIONS, Background, Illness, People, Period, Practice, Recording, Span
from gradeline.errors import Fault

SHIPPED = Path(__file__).with_name("parameters.yaml")
SECTIONS: dict[str, type] = {
    "period": Period, "people": People, "illness": Illness, "practice": Practice, "recording": Recording,
    "background": Background,
}  # fmt: skip
EVERYWHERE, ASSUMED = "everywhere", "assumed"
NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
SPAN = re.compile(r"(\d{1,4}) to (\d{1,4}) days")


def share(text: str) -> float:
    """Read `24.5 %`."""
    number = text.removesuffix("%").rstrip()
    if not text.endswith("%") or not NUMBER.fullmatch(number) or float(number) > 100:
        raise ValueError("a share is written `24.5 %`, from 0 % to 100 %")
    return float(number) / 100


def number(text: str) -> float:
    """Read `2.5`."""
    if not NUMBER.fullmatch(text) or float(text) > 100:
        raise ValueError("a number is written `2.5`, from 0 to 100")
    return float(text)


def span(text: str) -> Span:
    """Read `7 to 42 days`."""
    found = SPAN.fullmatch(text)
    if not found or int(found[1]) > int(found[2]):
        raise ValueError("a span is written `7 to 42 days`, the shorter first")
    return int(found[1]), int(found[2])


def day(text: str) -> dates.Day:
    """Read `2025-12-31`."""
    try:
        return dates.day(text)
    except ValueError:
        raise ValueError("a day is written `2025-12-31`") from None


KINDS: dict[str, Callable[[str], Any]] = {"Share": share, "Number": number, "Span": span, "Day": day}


@dataclass
class Entry:
    """One parameter as a file gives it: where, and its value for each place, already read."""

    where: str
    values: dict[str, Any]


Entries = dict[tuple[str, str], Entry]
"""Parameters by section and key."""


@cache
def kinds(title: str) -> dict[str, str]:
    """The keys of a section, each with the kind of its value."""
    if title == "regions":
        return dict.fromkeys(REGIONS, "Share")
    return {field.name.rstrip("_").replace("_", " "): str(field.type) for field in fields(SECTIONS[title])}


def field_of(key: str) -> str:
    """The field that a key of the file fills: `mri wait` is `mri_wait`."""
    return key.replace(" ", "_") + "_" * iskeyword(key)


def near(word: str, known: list[str]) -> str:
    """The cure for an unknown word: the one that was probably meant."""
    close = get_close_matches(word, known, 1)
    return f"did you mean `{close[0]}`?" if close else f"known are {', '.join(f'`{each}`' for each in known)}"


class Sheet:
    """One file: its entries, the sources that it names or may name, and what is wrong with it."""

    def __init__(self, text: str, name: str, sources: frozenset[str] = frozenset()) -> None:
        self.name, self.sources, self.entries = name, sources, Entries()
        self.faults: list[Fault] = []
        whole = self.compose(text)
        self.sources |= {key for key, _, _ in self.inside(whole.pop("sources", None))}
        for title, node in whole.items():
            if title in SECTIONS or title == "regions":
                for key, spot, inner in self.inside(node):
                    self.enter(title, key, spot, inner)
            else:
                self.fault(node, f"unknown section `{title}`", near(title, [*SECTIONS, "regions", "sources"]))

    def compose(self, text: str) -> dict[str, yaml.Node]:
        """The sections of the file."""
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            where = f"{self.name}:{mark.line + 1 if mark else 1}"
            self.faults.append(Fault(where, error.problem or "no YAML", "look at the indentation and the quotes"))
            return {}
        except yaml.YAMLError as error:
            self.faults.append(Fault(f"{self.name}:1", str(error).partition("\n")[0], "save it as plain UTF-8 text"))
            return {}
        return {key: inner for key, _, inner in self.inside(node)}

    def inside(self, node: yaml.Node | None) -> list[tuple[str, yaml.Node, yaml.Node]]:
        """The keys of a block, each with its place and what it holds; a key given twice is a fault."""
        if node is None:
            return []
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, "a block of keys belongs here", "write `key: value` lines, indented")
            return []
        found: dict[str, tuple[str, yaml.Node, yaml.Node]] = {}
        for key, inner in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if not name or name in found:
                self.fault(key, f"`{name}` stands here twice" if name else "a key is a word", "write each key once")
            else:
                found[name] = (name, key, inner)
        return list(found.values())

    def enter(self, title: str, key: str, spot: yaml.Node, node: yaml.Node) -> None:
        """Take in one parameter, for everywhere or region by region."""
        known = kinds(title)
        if key not in known:
            self.fault(spot, f"unknown parameter `{key}` in `{title}`", near(key, list(known)))
        elif isinstance(node, yaml.ScalarNode):
            values = {EVERYWHERE: self.value(node, known[key])}
            self.entries[title, key] = Entry(self.where(spot), values)
        elif title in ("regions", "period"):
            self.fault(node, f"`{key}` is the same everywhere", "write `key: value, source` on one line")
        else:
            self.entries[title, key] = Entry(self.where(spot), self.by_region(node, known[key]))

    def by_region(self, node: yaml.Node, kind: str) -> dict[str, Any]:
        """The values of a parameter that differs between regions."""
        values = {}
        for place, spot, inner in self.inside(node):
            if place not in (EVERYWHERE, *REGIONS):
                self.fault(spot, f"unknown region `{place}`", near(place, [EVERYWHERE, *REGIONS]))
            else:
                values[place] = self.value(inner, kind)
        if EVERYWHERE not in values:
            self.fault(node, "no value for the other regions", f"add `{EVERYWHERE}: value, source`")
        return values

    def value(self, node: yaml.Node, kind: str) -> Any:
        """One `value, source`."""
        text, comma, source = node.value.rpartition(",") if isinstance(node, yaml.ScalarNode) else ("", "", "")
        if not comma:
            self.fault(
                node, "a parameter is `value, source`", "name where it is from: a key of `sources`, or `assumed`"
            )
            return None
        if source.strip() not in {ASSUMED, *self.sources}:
            cure = f"write `{ASSUMED}`, or one of {', '.join(sorted(self.sources))}, or add it to `sources`"
            self.fault(node, f"unknown source `{source.strip()}`", cure)
        try:
            return KINDS[kind](text.strip())
        except ValueError as error:
            self.fault(node, f"`{text.strip()}` is not what belongs here", str(error))
            return None

    def fault(self, node: yaml.Node, what: str, cure: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(self.where(node), what, cure))

    def where(self, node: yaml.Node) -> str:
        """The file and line of a node."""
        return f"{self.name}:{node.start_mark.line + 1}"
