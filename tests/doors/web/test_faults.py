"""Errors that a page shows have Danish words: read from the places where they are raised."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from gradeline.web.words.faults import DANISH, told

PACKAGE = Path(__file__).parents[3] / "gradeline"
READ = (
    "records/fhir",
    "serve/hooks",
    "serve/smart",
    "serve/client",
    "serve/pages",
    "serve/wire",
    "serve/counted.py",
)
RAISED = ("RecordError", "RefusalError", "RefusedError", "UnreadError", "HTTPException", "wrong", "refusal")
CONSTANTS = ("what", "cure", "other", "why", "CURE", "AGAIN", "NAMES", "SECURE", "CHOOSE", "FORMATS")
START = ("beyond", "[store]", "name ", "write a long", "check [store]", "the store cannot")
"""With these begin the errors of the settings, which the terminal tells."""
NOWHERE = ("feedback.py",)
"""What these refuse is told to programs alone."""


def templates(node: ast.expr) -> Iterator[str]:
    """The sentences that an expression can be, with `{}` for what differs."""
    match node:
        case ast.Constant(str(text)):
            yield text
        case ast.JoinedStr(values):
            yield "".join(each.value if isinstance(each, ast.Constant) else "{}" for each in values)
        case ast.IfExp(_, one, other):
            yield from (*templates(one), *templates(other))
        case ast.Tuple(elts):
            yield from (each for one in elts for each in templates(one))


def said(node: ast.AST) -> Iterator[str]:
    """The sentences of an error that is raised, or of a name that one is made of."""
    match node:
        case ast.Call(ast.Name(name) | ast.Attribute(_, name), args) if name in RAISED:
            places = [0, 2] if name == "wrong" else [1, 2] if name in ("RefusalError", "HTTPException") else [0, 1]
            yield from (each for place in places if place < len(args) for each in templates(args[place]))
        case ast.Assign([ast.Name(name)], value) if name in CONSTANTS:
            yield from templates(value)
        case ast.Assign([ast.Tuple([ast.Name(name), *_])], value) if name in CONSTANTS:
            yield from templates(value)
        case ast.Assign([ast.Subscript(ast.Attribute(_, "unread"))], value):
            yield from templates(value)


def test_every_error_that_can_reach_a_page_has_danish_words() -> None:
    folders = [PACKAGE / each for each in READ]
    files = [file for each in folders for file in ([each] if each.is_file() else each.rglob("*.py"))]
    files = [file for file in files if file.name not in NOWHERE]
    found = {text for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))) for text in said(node)}
    missing = {
        text for text in found if re.search(r"[a-z]", text) and not text.startswith(START) and text not in DANISH
    }
    assert len(found) > 100 and not missing


def test_each_keeps_what_differs() -> None:
    assert not [en for en, da in DANISH.items() if en.count("{}") != da.count("{}")]


def test_sentences_inside_sentences_are_translated_too() -> None:
    english = "the prefetch: Condition/3 is about Patient/x, and this is the record of Patient/y"
    assert told(english, "da") == "prefetch: Condition/3 handler om Patient/x, og dette er journalen for Patient/y"
    assert told("nobody wrote this in Danish", "da") == "nobody wrote this in Danish"
