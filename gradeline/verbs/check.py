"""`gradeline check`: a guideline file, its doubts, its cases and what they reach."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from gradeline.check.cases import Run
from gradeline.check.cases import run as run_cases
from gradeline.check.coverage import unreached
from gradeline.errors import GuidelineError
from gradeline.plan.plan import compile
from gradeline.source.cases import cases
from gradeline.source.critics import doubts
from gradeline.source.reader import manuscript
from gradeline.source.shipped import find
from gradeline.verbs import Write

EXAMPLE = "example: gradeline check my-guideline.yaml --watch"


def arguments(parser: ArgumentParser) -> None:
    """Which guideline."""
    parser.add_argument("guideline", help="a shipped guideline, a file, or its folder")
    parser.add_argument("--watch", action="store_true", help="check again whenever a file changes; Ctrl-C ends it")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Check once, or again and again."""
    file = find(args.guideline)
    if not args.watch:
        return check(file, args.today, write)
    seen = 0.0
    while True:
        changed = max((each.stat().st_mtime for each in file.parent.glob("*.yaml")), default=0.0)
        if changed != seen:
            seen = changed
            write(f"\n{time.strftime('%H:%M:%S')}\n")
            watched(file, args.today, write)
        time.sleep(0.3)


def watched(file: Path, today: int, write: Write) -> None:
    """Check, and go on whatever comes of it."""
    try:
        check(file, today, write)
    except GuidelineError as error:
        write(f"{error}\n")


def check(file: Path, today: int, write: Write) -> int:
    """Every error at once (as an exception), then doubts, then the cases; 0 where nothing was found."""
    read = manuscript(file)
    guideline = read.guideline
    write(
        f"{file.name}: {guideline.id}, {len(guideline.recommendations)} recommendations, {len(guideline.terms)} terms\n"
    )
    found = [f"{doubt}" for doubt in doubts(read, date.fromordinal(today))]
    for line in found:
        write(f"doubt: {line}\n")
    beside = file.with_name("cases.yaml")
    if not beside.exists():
        write(f"no cases: write {beside.name} beside it\n")
        return 0 if not found else 1
    plan = compile(guideline)
    came = run_cases(plan, cases(beside, guideline))
    return report(came, unreached(plan, came), write) or (1 if found else 0)


def report(came: Run, never: list[str], write: Write) -> int:
    """What came of the cases; 1 where one missed."""
    for miss in came.misses:
        write(f"cases.yaml:{miss.case.line}  {miss.case.name}: {miss.answer} is {miss.got}, expected {miss.expected}\n")
        write(f"  because it was meant so: {miss.case.why}\n")
    for line in never:
        write(f"no case reaches: {line}\n")
    reached = "every leaf, decision and outcome is reached" if not never else f"{len(never)} things are not reached"
    write(f"{came.cases} cases, {len(came.misses)} answers not as expected; {reached}\n")
    return 1 if came.misses else 0
