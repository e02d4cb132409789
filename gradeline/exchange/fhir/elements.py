"""The small parts of FHIR resources: words in two languages, codings, narrative."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from gradeline.codes import OWN, SYSTEMS, Pattern
from gradeline.errors import UsageError
from gradeline.model.words import Text

Json = dict[str, Any]
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
XHTML = "http://www.w3.org/1999/xhtml"


def said(key: str, text: Text | None) -> Json:
    """A text under its key in English, and its Danish beside it by the translation extension.

    >>> said("title", Text("Pain", "Smerte"))["_title"]["extension"][0]["extension"][1]["valueString"]
    'Smerte'
    """
    if text is None or not text.en:
        return {}
    return {key: text.en, f"_{key}": {"extension": [translated(text.da)]}} if text.da else {key: text.en}


def translated(danish: str) -> Json:
    """The extension that carries the Danish of what it stands on."""
    parts = [{"url": "lang", "valueCode": "da"}, {"url": "content", "valueString": danish}]
    return {"url": TRANSLATION, "extension": parts}


def narrative(title: Text, description: Text) -> Json:
    """What a person reads where a program shows a resource: its title, and what it says."""
    body = f"<p><b>{escape(title.en)}</b></p><p>{escape(description.en)}</p>"
    div = f'<div xmlns="{XHTML}" xml:lang="en" lang="en">{body}</div>'
    return {"status": "generated", "div": div}


def concept(system: str, code: str, display: str = "", text: str = "") -> Json:
    """A codeable concept of one coding."""
    return {"coding": [coding(system, code, display)], **({"text": text} if text else {})}


def coding(system: str, code: str, display: str = "") -> Json:
    """One coding."""
    return {"system": system, "code": code, **({"display": display} if display else {})}


def uri(system: str) -> str:
    """The address of a code system that a guideline file names; UsageError where it has none that we know."""
    if system not in SYSTEMS:
        known = ", ".join(SYSTEMS)
        raise UsageError(f"the code system `{system}` has no address that FHIR knows", f"use one of {known}")
    return SYSTEMS[system][0]


def whole(patterns: Sequence[Pattern]) -> list[Pattern]:
    """The codes that are written out, without those that only begin so."""
    return [each for each in patterns if not each.code.endswith("*")]


def both(first: str, second: str, text: Text, *more: Text) -> Text:
    """A sentence made in both languages: the templates, filled with the texts in each."""
    texts = (text, *more)
    return Text(first.format(*(each.en for each in texts)), second.format(*(each.in_("da") for each in texts)))


def designation(name: Text) -> Json:
    """The Danish name as a designation, where terminology servers look for it."""
    return {"designation": [{"language": "da", "value": name.da}]} if name.da else {}


__all__ = ["OWN", "Json", "both", "coding", "concept", "designation", "narrative", "said", "translated", "uri", "whole"]
