"""The verbs of the command, a module each: `arguments` says what it takes, `run` does it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from gradeline.dates import Day, day
from gradeline.errors import UsageError
from gradeline.show.terminal.sheet import Sheet

Write = Callable[[str], None]


def sheet(args: Namespace) -> Sheet:
    """A sheet as the terminal wants it."""
    return Sheet(colour=args.colour, plain=args.plain)


def asked_day(text: str | None, default: Day) -> Day:
    """The day asked: the one that is given, whole and real, else the default."""
    if text is None:
        return default
    try:
        return day(text)
    except ValueError:
        raise UsageError(f"`--on {text}` is no day", "write a whole date, as 2026-11-23") from None
