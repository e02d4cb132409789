"""The page on the command: every verb with what it takes, out of the parsers that read it."""

from __future__ import annotations

from argparse import Action, ArgumentParser
from collections.abc import Iterator

from gradeline.cli import VERBS, common, parser
from tools.markdown import table

INTRODUCTION = """\
# The command

```text
gradeline VERB ...
```

`gradeline` alone says three ways to begin; `gradeline --help` lists the verbs, `gradeline VERB --help` what one takes,
and `gradeline --version` the version. Answers go to standard output, messages to standard error; the exit code tells
what came of it: see [errors and exit codes](errors.md).

"""
SURROUNDINGS = """\
## What it reads of its surroundings

| variable | means |
| --- | --- |
| `LC_ALL`, `LC_MESSAGES`, `LANG` | Danish where the first of them that is set begins with `da`; `--lang` goes before |
| `NO_COLOR` | no colour, even on a terminal; there is none in a pipe or a file |
| `GRADELINE_DEBUG` | with any value: an error of ours shows where it happened |

The clock is read once, for the day asked, where neither `--on` nor the record names one. Nothing is stored, and nothing
leaves the machine.
"""


def page() -> str:
    """Every verb, what all of them take, and what the surroundings say."""
    chapters = [INTRODUCTION, *(verb(name, says) for name, says in VERBS.items()), shared(), SURROUNDINGS]
    return "\n".join(chapters)


def verb(name: str, says: str) -> str:
    """One verb: what it does, how it is written, its arguments, an example."""
    read = parser(name)
    rows = [row(action) for action in own(read)]
    usage = " ".join(["gradeline", name, *(written(action) for action in own(read))])
    return (
        f"## `gradeline {name}`\n\n{says[:1].upper()}{says[1:]}.\n\n```text\n{folded(usage)}\n```\n\n"
        f"{table('argument|means', rows)}\nAn {(read.epilog or '').replace('example: ', 'example: `', 1)}`\n"
    )


def shared() -> str:
    """What every verb takes."""
    empty = ArgumentParser(add_help=False)
    common(empty)
    rows = [row(action) for action in empty._actions]
    return "## Every verb\n\n" + table("argument|means", [*rows, ("`-h`, `--help`", "its own help")])


def own(read: ArgumentParser) -> Iterator[Action]:
    """The arguments of a verb that not every verb has."""
    empty = ArgumentParser()
    common(empty)
    others = {action.dest for action in empty._actions}
    return (action for action in read._actions if action.dest not in others)


def row(action: Action) -> tuple[str, str]:
    """How an argument is written, and what it means."""
    name = ", ".join(f"`{option}{value(action)}`" for option in action.option_strings) or f"`{action.dest.upper()}`"
    default = f"; else `{action.default}`" if isinstance(action.default, str) else ""
    return name, f"{action.help}{default}"


def written(action: Action) -> str:
    """An argument as the usage line has it."""
    if not action.option_strings:
        several = " ..." if action.nargs == "+" else ""
        return f"[{action.dest.upper()}]" if action.nargs == "?" else action.dest.upper() + several
    again = " ..." if isinstance(action.default, list) or type(action).__name__ == "_AppendAction" else ""
    return f"[{action.option_strings[0]}{value(action)}]{again}"


def value(action: Action) -> str:
    """What stands after an option; nothing after a switch."""
    if action.nargs == 0:
        return ""
    return " " + ("|".join(map(str, action.choices)) if action.choices else str(action.metavar or action.dest.upper()))


def folded(usage: str) -> str:
    """A usage line in lines of 80 columns, broken between arguments."""
    lines = [""]
    for part in usage.replace(" [", "\n[").split("\n"):
        if len(lines[-1]) + len(part) > 78:
            lines.append(" " * 4 + part)
        else:
            lines[-1] = f"{lines[-1]} {part}".strip() if len(lines) == 1 else f"{lines[-1]} {part}"
    return "\n".join(lines)
