"""The table as a JSON Schema, so that an editor completes keys and underlines mistakes while one writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gradeline.source.grammar import phrases
from gradeline.source.grammar.cases import CASE
from gradeline.source.grammar.kinds import Entries, Key, Kind, Logic, Many, Part, Phrase, Words
from gradeline.source.grammar.logic import AT_LEAST, CRITERIA, FORMS, N_OF
from gradeline.source.grammar.table import GUIDELINE

Schema = dict[str, Any]

SCALAR = ["string", "number", "boolean"]
"""An editor takes some text for a number or a truth; for us all scalars are text."""
TRUTHS = {"yes": True, "no": False}


def json_schema(file: str = "guideline") -> Schema:
    """The schema of a guideline file, or of its `cases`."""
    parts: dict[str, Schema] = {"text": text(), "claim": claim()}
    for each in CRITERIA.values():
        parts[each.called] = part(each, parts)
    whole = part(GUIDELINE, parts) if file == "guideline" else fragment(Many(CASE), parts)
    title = f"A Gradeline {file} file"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **whole, "$defs": parts}


def text() -> Schema:
    """A line of English, or a block of languages."""
    line = {"type": SCALAR, "pattern": r"\S"}
    languages = {
        "type": "object",
        "properties": {"en": line, "da": line},
        "required": ["en"],
        "additionalProperties": False,
    }
    return {"anyOf": [line, languages]}


def claim() -> Schema:
    """A bare name, or one of the closed set."""
    return {"anyOf": [phrase(phrases.ID), *(_ref(called) for called in CRITERIA)]}


def part(each: Part, parts: dict[str, Schema]) -> Schema:
    """A block with its keys and no others."""
    keys = {key.key: described(key, parts) for key in each.keys}
    schema: Schema = {"type": "object", "description": each.says, "additionalProperties": False}
    if each is AT_LEAST:
        return {**schema, "patternProperties": {f"^{N_OF}$": keys[each.called]}, "minProperties": 1}
    for form in each.forms.values():
        keys |= {key.key: described(key, parts) for key in form.keys if key.key not in keys}
    rules = {"allOf": [rule(form) for form in each.forms.values()]} if each.forms else {}
    return {**schema, "properties": keys, "required": [key.key for key in each.must], **rules}


def rule(form: Part) -> Schema:
    """Which keys go with a form, and which do not."""
    others = {key.key for other in FORMS.values() for key in other.keys} - {key.key for key in form.keys}
    wants = {"required": [key.key for key in form.must], "properties": dict.fromkeys(sorted(others), False)}
    return {"if": {"properties": {"form": {"const": form.called}}, "required": ["form"]}, "then": wants}


def described(key: Key, parts: dict[str, Schema]) -> Schema:
    """What stands behind a key, with what the key means."""
    return {**fragment(key.kind, parts), "description": key.says}


def fragment(kind: Kind, parts: dict[str, Schema]) -> Schema:
    """What may stand where a kind is wanted."""
    return FRAGMENTS[type(kind)](kind, parts)


def phrase(kind: Phrase) -> Schema:
    """One scalar that looks right; whether it names something is for the reader to see."""
    if kind.choices:
        return {"enum": [*kind.choices, *(TRUTHS[each] for each in kind.choices if each in TRUTHS)]}
    return {"type": SCALAR, "pattern": f"^{kind.pattern}$", "examples": [kind.example.strip('"')]}


def many(kind: Many, parts: dict[str, Schema]) -> Schema:
    """A list of at least one."""
    listed = {"type": "array", "items": fragment(kind.of, parts), "minItems": 1}
    return {"anyOf": [{"const": kind.none}, listed]} if kind.none else listed


def entries(kind: Entries, parts: dict[str, Schema]) -> Schema:
    """Names of the author's own."""
    names = {"enum": [*kind.key.choices]} if kind.key.choices else {"pattern": f"^{kind.key.pattern}$"}
    values = fragment(kind.of, parts)
    return {"type": "object", "propertyNames": names, "additionalProperties": values, "minProperties": 1}


def reference(kind: Part, parts: dict[str, Schema]) -> Schema:
    """A part, written once and referred to."""
    if kind.called not in parts:
        parts[kind.called] = {}
        parts[kind.called] = part(kind, parts)
    return _ref(kind.called)


def _ref(called: str) -> Schema:
    return {"$ref": f"#/$defs/{called.replace(' ', '%20')}"}


FRAGMENTS: Mapping[type, Callable[[Any, dict[str, Schema]], Schema]] = {
    Phrase: lambda kind, parts: phrase(kind),
    Words: lambda kind, parts: _ref("text"),
    Many: many,
    Entries: entries,
    Logic: lambda kind, parts: _ref("claim"),
    Part: reference,
}
