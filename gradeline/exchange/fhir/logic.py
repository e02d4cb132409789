"""Where artifacts name the logic: the library, and the definitions in it."""

from __future__ import annotations

from typing import Literal

from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import Json

LANGUAGE = "text/cql"


def library(edition: Edition) -> Json:
    """The library that an artifact's conditions are defined in."""
    return {"library": [edition.cite("Library", edition.id())]} if edition.cql else {}


def condition(edition: Edition, what: Literal["gate", "applies"], id: str = "") -> Json:
    """When an action is due: a definition of the library, by its name."""
    if not edition.cql:
        return {}
    return {"condition": [{"kind": "applicability", "expression": expression(define(what, id))}]}


def expression(name: str) -> Json:
    """A definition of the library."""
    return {"language": LANGUAGE, "expression": name}


def define(what: str, id: str = "") -> str:
    """What the library calls a definition."""
    return f'"{what} {id}"'
