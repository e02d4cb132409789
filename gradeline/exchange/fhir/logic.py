"""Where artifacts name the logic: the library of answers, and the definitions in it."""

from __future__ import annotations

from gradeline.exchange.canonical import camel
from gradeline.exchange.fhir.answers import APPLIES, ENDING, STOPS
from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import Json

LANGUAGE = "text/cql"


def library(edition: Edition) -> Json:
    """The library that an artifact's conditions are defined in."""
    return {"library": [edition.cite("Library", f"{edition.name}{ENDING}")]}


def expression(definition: str) -> Json:
    """A definition of that library, by a name that is the same to every engine."""
    return {"language": LANGUAGE, "expression": definition}


def condition(definition: str) -> Json:
    """When an action is due."""
    return {"condition": [{"kind": "applicability", "expression": expression(definition)}]}


def applies(id: str) -> str:
    """The definition that says whether a recommendation applies."""
    return f"{camel(id)}{APPLIES}"


__all__ = ["STOPS", "applies", "condition", "expression", "library"]
