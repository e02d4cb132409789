"""The pages of docs/ that are made from the code: `make docs` writes them, a test compares them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from gradeline.codes import SYSTEMS
from gradeline.errors import GradelineError
from gradeline.model.grade import SCHEMES, Certainty, Scheme, Wording
from gradeline.source.grammar.manual import manual
from gradeline.source.grammar.schema import json_schema
from tools import command_line, populations, python_names, records, settings
from tools.calls import calls
from tools.markdown import table
from tools.meaning import meaning

DOCS = Path(__file__).parents[1] / "docs"
MADE = "<!-- Made by `make docs`; not edited by hand. -->\n"


def grades() -> str:
    """Every rating scheme: its symbols, words and meanings, in both languages."""
    return "# Grades\n\n" + INTRODUCTION + "\n" + "\n".join(map(scheme, SCHEMES.values()))


INTRODUCTION = """\
A grade is a strength, a direction and a certainty, written in a guideline file as `weak against, very low`.
Good practice carries no certainty, a graded statement must carry one: anything else is an error.
A symbol is never shown without its words. Another scheme may mean otherwise by the same sign, so a guideline names its
own.
"""


def scheme(each: Scheme) -> str:
    """One rating scheme as two tables."""
    kinds = [
        (f"`{strength.value} {direction.value}`", wording) for (strength, direction), wording in each.kinds.items()
    ]
    levels = [(f"`{level.word}`", each.certainties[level]) for level in sorted(Certainty, reverse=True)]
    return (
        f"## `{each.id}`: {each.name.en}\n\n### Strength and direction\n\n{wordings(kinds)}"
        f"\n### Certainty\n\n{wordings(levels)}"
    )


def wordings(rows: list[tuple[str, Wording]]) -> str:
    """What is written, its symbol, and its words and meaning in both languages."""
    head = "written|symbol|in English|in Danish|means"
    return table(head, [(said, w.symbol, w.name.en, w.name.da, f"{w.meaning.en} *{w.meaning.da}*") for said, w in rows])


def errors() -> str:
    """The exit codes, from the tree of errors."""
    rows = [(f"{each.exit_code}", f"`{each.__name__}`", sentence(each)) for each in family(GradelineError)]
    head = "# Errors and exit codes\n\n" + EXIT_CODES + "\n"
    return head + table("exit code|in Python|when", [("0", "", "It is done."), *rows])


EXIT_CODES = """\
An error says what is wrong, where, and what to do; a guideline file's errors are told all at once, each with its line.
In Python all are children of `gradeline.errors.GradelineError`.
"""


def family(parent: type[GradelineError]) -> Iterator[type[GradelineError]]:
    """An error's children in order of their exit codes, and theirs."""
    ours = [child for child in parent.__subclasses__() if child.__module__ == parent.__module__]
    for child in sorted(ours, key=lambda each: (each.exit_code, each.__name__)):
        yield child
        yield from family(child)


def sentence(thing: type) -> str:
    """The docstring's first line."""
    return (thing.__doc__ or "").splitlines()[0]


def systems() -> str:
    """The code systems that a guideline file may name."""
    rows = [(f"`{name}`", "<br>".join(f"`{uri}`" for uri in uris)) for name, uris in SYSTEMS.items()]
    return "# Code systems\n\n" + SHORT_NAMES + "\n" + table("in a guideline file|in a record", rows)


SHORT_NAMES = """\
A guideline file writes the short name; a record may carry any of its URIs. A code that ends in `*` stands for all codes
that begin so, in the systems whose codes carry their hierarchy (SKS, ICD-10, ICPC-2). Each part of an SKS code between
`+` is a coding of its own, and `TUL1` and its like are a side. Where no system has a code, the term's own name is the
code (`own`).
"""


def schema(file: str) -> str:
    """What editors read to complete and to underline a guideline file, or its cases."""
    return json.dumps(json_schema(file), ensure_ascii=False, indent=1) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "reference/command-line.md": command_line.page,
    "reference/guideline-file.md": manual,
    "reference/python.md": python_names.page,
    "reference/records.md": records.page,
    "reference/grades.md": grades,
    "reference/errors.md": errors,
    "reference/code-systems.md": systems,
    "reference/settings.md": settings.page,
    "reference/facts-tables.md": populations.facts_tables,
    "reference/source-file.md": populations.source_file,
}


def pages() -> dict[Path, str]:
    """Each page that is made, by its file."""
    made = {name: page() for name, page in PAGES.items()} | meaning()
    pages = {DOCS / name: MADE + "\n" + text for name, text in made.items()}
    pages |= calls()
    return pages | {DOCS / "reference" / f"{file}.schema.json": schema(file) for file in ("guideline", "cases")}


if __name__ == "__main__":
    for file, text in pages().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
