"""The page of the server's settings, from the settings themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any

from gradeline.serve.config import Client, Config, Launcher, Limits, Outgoing, Store
from gradeline.show.cards.occasion import Adoption
from tools.markdown import table

INTRODUCTION = """\
`gradeline serve --config FILE` reads them from a TOML file; `--check` only checks it. What the command line says goes
before the file. Every fault is told at once, with its cure, and nothing is served.
"""
TABLES: tuple[tuple[str, str, type], ...] = (
    ("outgoing", "Which FHIR servers may be read, and how much they may cost", Outgoing),
    ("limits", "What one client may ask", Limits),
    ("store", "Where feedback is kept", Store),
    ("clients.NAME", "Record systems that call the hooks", Client),
    ("launchers.NAME", "Record systems that launch our page", Launcher),
)
ADOPTION = {
    "by": "who uses the guideline, as every card names it",
    "on": "since when, a date",
    "why": "why, though it is not in force",
    "until": "until when, a date; then it is off again",
}


def page() -> str:
    """The whole page."""
    return "# Settings of the server\n\n" + INTRODUCTION + "\n" + "\n".join(parts())


def parts() -> Iterator[str]:
    """The settings at the top, then each table of them."""
    yield table("setting|default|what it is for", list(rows(Config)))
    for name, what, kind in TABLES:
        yield f"## `[{name}]`\n\n{what}.\n\n" + table("setting|default|what it is for", list(rows(kind)))
    words = "A guideline that is not in force is off until it is adopted; `ID` is the guideline's."
    assert set(ADOPTION) == {each.name for each in fields(Adoption)}
    yield f"## `[adoptions.ID]`\n\n{words}\n\n" + table(
        "setting|default|what it is for", [(f"`{name}`", "none", says) for name, says in ADOPTION.items()]
    )


def rows(kind: type) -> Iterator[tuple[str, str, str]]:
    """Each setting with its default and its words."""
    for each in fields(kind):
        if each.metadata.get("says"):
            yield f"`{each.name}`", default(each), each.metadata["says"]


def default(each: Field[Any]) -> str:
    """A default as a file writes it."""
    value = each.default if each.default is not MISSING else ""
    if value in ("", None, ()):
        return "none" if value != () else "`[]`"
    if isinstance(value, str):
        return f'`"{value}"`'
    return f"`{str(value).lower()}`"
