"""The page on Python: every public name with its signature, out of the docstrings."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from typing import Any

import gradeline as gl
from gradeline.errors import GradelineError
from gradeline.evaluate.advice.advise import Advice, Verdict
from gradeline.evaluate.advice.questions import Question
from gradeline.evaluate.answer import Answer
from gradeline.evaluate.audit.results import Audit
from gradeline.evaluate.dialogue import Dialogue, Prompt
from gradeline.logic import Truth
from gradeline.model.data_source import DataSource
from gradeline.model.guideline import Guideline
from gradeline.records.facts import Fact, Patient, Record
from tools.markdown import table

INTRODUCTION = """\
# Python

```python
import gradeline as gl
```

A dozen names, typed (`py.typed`). Each is imported when it is first used, so that the import costs nothing. The
errors are in [errors and exit codes](errors.md), the plain data in [JSON](json.md).

A day is given as `"2026-11-23"` or a `date`, and is never left out. Inside, a day is a number, as `date.toordinal()`
counts; an `Interval` is the days between which something happened, first and last.
"""
FUNCTIONS = ("guideline", "guidelines", "record", "patients", "advise", "ask", "data_source", "facts", "audit")
CLASSES: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("What goes in", (Guideline, Record, Patient, Fact, DataSource)),
    ("What comes out", (Advice, Verdict, Answer, Truth, Question, Audit)),
    ("A dialogue", (Dialogue, Prompt)),
    ("Errors", (GradelineError,)),
)


def page() -> str:
    """Functions, then what goes in and what comes out."""
    functions = [function(name) for name in FUNCTIONS]
    classes = [f"## {title}\n\n" + "\n".join(map(described, those)) for title, those in CLASSES]
    return "\n".join([INTRODUCTION, "## Functions\n", *functions, *classes])


def function(name: str) -> str:
    """A function: how it is called, and what it does."""
    called = getattr(gl, name)
    return f"### `{name}`\n\n```text\n{signature(name, called)}\n```\n\n{says(called)}\n"


def signature(name: str, called: Any) -> str:
    """How a function is called; over several lines where it is long."""
    read = inspect.signature(called)
    given = [parameter(each) for each in read.parameters.values()]
    back = str(read.return_annotation).replace("advising.", "")
    line = f"{name}({', '.join(given)}) -> {back}"
    return line if len(line) <= 80 else f"{name}(\n" + "".join(f"    {each},\n" for each in given) + f") -> {back}"


def parameter(each: inspect.Parameter) -> str:
    """A parameter with its type, and what is taken where it is left out."""
    if each.default is each.empty:
        return f"{each.name}: {each.annotation}"
    return f"{each.name}: {each.annotation} = {getattr(each.default, '__name__', repr(each.default))}"


def says(thing: Any) -> str:
    """A docstring, its lines as they were."""
    return inspect.getdoc(thing) or ""


def described(each: type) -> str:
    """A class: what it is, what it holds, and what it can be asked."""
    name = f"### `{each.__name__}`\n\n{says(each).partition(chr(10) * 2)[0]}\n"
    rows = [*fields(each), *methods(each)]
    return name + ("\n" + table("name|is", rows) if rows else "")


def fields(each: type) -> Iterator[tuple[str, str]]:
    """What a class holds, with types."""
    own = [field.name for field in dataclasses.fields(each) if field.repr] if dataclasses.is_dataclass(each) else []
    named: tuple[str, ...] = getattr(each, "_fields", ())
    for name in (*own, *named):
        given = each.__annotations__[name]
        yield f"`{name}`", f"`{getattr(given, '__forward_arg__', given)}`".replace(chr(39), chr(34))


def methods(each: type) -> Iterator[tuple[str, str]]:
    """What a class can be asked, with the first sentence of what it says."""
    for name, member in vars(each).items():
        got = getattr(member, "fget", None) or getattr(member, "func", None)
        called = getattr(member, "__func__", member)
        if name.startswith("_") or not (got or inspect.isfunction(called)):
            continue
        given = "" if got else f"({', '.join(list(inspect.signature(called).parameters)[1:])})"
        yield f"`{name}{given}`", says(got or called).partition("\n\n")[0]
