"""The configuration file, TOML: every fault in it is told at once, with its cure, before anything is served."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from gradeline.errors import Fault, UsageError
from gradeline.serve.config import Client, Config, Launcher, Limits, Outgoing, Store
from gradeline.show.cards.occasion import Adoption

PARTS: Mapping[str, type] = {"outgoing": Outgoing, "limits": Limits, "store": Store}
LISTED: Mapping[str, type] = {"adoptions": Adoption, "clients": Client, "launchers": Launcher}
"""Tables of which there may be several, each under a name: `[clients.hospital]`."""
KINDS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "str": (str, "a text"),
    "Language": (str, '"en" or "da"'),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
    "bool": (bool, "true or false"),
    "date": (date, "a date, as 2026-11-23"),
    "Path | None": (str, "a path"),
    "tuple[str, ...]": (list, "a list of texts"),
}
CHOICES = {"language": ("en", "da"), "authentication": ("auto", "on", "off")}


class SettingsError(UsageError):
    """The configuration file cannot be followed."""


class Reading:
    """One configuration file being read: what was found, and what is wrong."""

    def __init__(self, name: str) -> None:
        self.name, self.faults = name, list[Fault]()

    def fault(self, where: str, what: str, cure: str) -> None:
        """Note one thing that is wrong."""
        self.faults.append(Fault(f"{self.name}: {where}", what, cure))

    def table(self, kind: type, given: Any, where: str) -> Any:
        """One table as its settings; what is unknown or misshapen is noted."""
        if not isinstance(given, dict):
            self.fault(where, "is no table", f"write [{where}] and settings below it")
            return None
        known = {each.name: each for each in fields(kind)}
        found = {name: self.value(known, name, value, where) for name, value in given.items()}
        missing = [name for name, each in known.items() if required(each) and name not in given]
        for name in missing:
            self.fault(where, f"`{name}` is missing", f"write {name} = … below [{where}]")
        sound = {name: value for name, value in found.items() if name in known and value is not None}
        return None if missing else kind(**sound)

    def value(self, known: Mapping[str, Field[Any]], name: str, value: Any, where: str) -> Any:
        """One setting's value, or None with the fault noted."""
        at = f"{where}.{name}" if where else name
        if name not in known:
            near = get_close_matches(name, known, 1)
            cure = f"did you mean `{near[0]}`?" if near else f"the settings are {', '.join(known)}"
            self.fault(at, "there is no such setting", cure)
            return None
        if name in PARTS and not where:
            return self.table(PARTS[name], value, name)
        if name in LISTED and not where:
            return self.named(name, value)
        return self.plain(str(known[name].type), name, value, at)

    def named(self, name: str, given: Any) -> Any:
        """Several tables of one kind, each under its name."""
        if not isinstance(given, dict):
            self.fault(name, "is no table", f"write [{name}.SOMETHING] and settings below it")
            return None
        found = {key: self.table(LISTED[name], value, f"{name}.{key}") for key, value in given.items()}
        return {key: value for key, value in found.items() if value is not None}

    def plain(self, kind: str, name: str, value: Any, at: str) -> Any:
        """A text, a number, a list: as its setting wants it."""
        wanted, words = KINDS.get(kind, (str, "a text"))
        wrong = not isinstance(value, wanted) or (isinstance(value, bool) and kind != "bool")
        if wrong or (isinstance(value, list) and not all(isinstance(each, str) for each in value)):
            self.fault(at, f"is not {words}", f"write {words}")
            return None
        if name in CHOICES and value not in CHOICES[name]:
            self.fault(at, f"cannot be {value!r}", f"write one of {', '.join(CHOICES[name])}")
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value < 0:
            self.fault(at, "cannot be negative", "write a number from 0")
            return None
        return tuple(value) if isinstance(value, list) else Path(value) if "Path" in kind else value


def required(each: Field[Any]) -> bool:
    """Whether a setting has no default."""
    return each.default is MISSING and each.default_factory is MISSING


def load(file: Path) -> Config:
    """The settings of a file; SettingsError with every fault of it."""
    try:
        given = tomllib.loads(file.read_text("utf-8"))
    except OSError as fault:
        raise SettingsError(f"cannot read {file}: {fault.strerror}", "check the name and your rights") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{file}: {fault}", "it is written in TOML: docs, how to integrate") from None
    reading = Reading(file.name)
    config = reading.table(Config, given, "")
    if reading.faults:
        raise SettingsError("\n".join(map(str, reading.faults)))
    return config or Config()


def over(config: Config, given: Mapping[str, Any]) -> Config:
    """The settings of a file with those of the command line over them."""
    return replace(config, **{name: value for name, value in given.items() if value not in (None, False, ())})
