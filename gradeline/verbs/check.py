"""`gradeline check`: a guideline file, its doubts, its cases and what they reach."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from gradeline.check.cases import Run
from gradeline.check.cases import run as run_cases
from gradeline.check.coverage import unreached
from gradeline.errors import Gap, GuidelineError
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
    parser.add_argument("--strict", action="store_true", help="what is doubtful, or not reached, is a finding too")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Check once, or again and again; 1 where a case missed, or, with --strict, where anything is doubtful."""
    file = find(args.guideline)
    if not args.watch:
        return once(file, args, write)
    seen = 0.0
    while True:
        changed = max((each.stat().st_mtime for each in file.parent.glob("*.yaml")), default=0.0)
        if changed != seen:
            seen = changed
            write(f"\n{time.strftime('%H:%M:%S')}\n")
            watched(file, args.today, write)
        time.sleep(0.3)


def once(file: Path, args: Namespace, write: Write) -> int:
    """The exit code of one check; gaps alone are a finding, not an error."""
    try:
        missed, doubtful = check(file, args.today, write)
    except GuidelineError as error:
        if not (gaps := only_gaps(error)):
            raise
        write(unfilled(shown(file), gaps))
        return 1
    return 1 if missed or (args.strict and doubtful) else 0


def only_gaps(error: GuidelineError) -> list[Gap]:
    """The gaps of a file where it has no other fault."""
    gaps = [fault for fault in error.faults if isinstance(fault, Gap)]
    return gaps if len(gaps) == len(error.faults) else []


def unfilled(file: str, gaps: list[Gap]) -> str:
    """What a draft still lacks: where, and what each key is to say."""
    says = {gap.key: gap.says for gap in gaps}
    places: dict[str, list[str]] = {}
    for gap in gaps:
        places.setdefault(gap.where.rpartition(":")[2], []).append(gap.key)
    wide = max(map(len, says))
    lines = [f"{file}: a draft with {counted(len(gaps), 'gap')} and no other error"]
    lines += [f"  line {line:<5} {', '.join(keys)}" for line, keys in places.items()]
    lines += ["To fill in:", *(f"  {key:<{wide}}  {what}" for key, what in says.items())]
    return "\n".join(lines) + "\n"


def counted(n: int, thing: str) -> str:
    """A number of things, as people say it."""
    return f"{n} {thing}" + ("" if n == 1 else "s")


def watched(file: Path, today: int, write: Write) -> None:
    """Check, and go on whatever comes of it."""
    try:
        check(file, today, write)
    except GuidelineError as error:
        write(unfilled(shown(file), gaps) if (gaps := only_gaps(error)) else f"{error}\n")


def check(file: Path, today: int, write: Write) -> tuple[int, int]:
    """Every error at once (as an exception), then doubts, then the cases: how many missed, how much is doubtful."""
    read = manuscript(file, shown(file))
    guideline = read.guideline
    sizes = f"{len(guideline.recommendations)} recommendations, {len(guideline.terms)} terms"
    write(f"{shown(file)}: {guideline.id}, {sizes}\n")
    found = doubts(read, date.fromordinal(today))
    for doubt in found:
        write(f"doubt: {doubt.where}  {doubt.what}\n       {doubt.cure}\n")
    beside = file.with_name("cases.yaml")
    if not beside.exists():
        write(f"no cases: write {beside.name} beside it\n")
        return 0, len(found) + 1
    plan = compile(guideline)
    came = run_cases(plan, cases(beside, guideline))
    never = unreached(plan, came)
    report(came, never, shown(beside), write)
    return len(came.misses), len(found) + len(never)


def report(came: Run, never: list[str], file: str, write: Write) -> None:
    """What came of the cases, and what none of them reaches."""
    for miss in came.misses:
        write(f"{file}:{miss.case.line}  {miss.case.name}: {miss.answer} is `{miss.got}`, expected `{miss.expected}`\n")
        write(f"       meant so because: {miss.case.why}\n")
    for line in never:
        write(f"no case reaches: {line}\n")
    reached = "every leaf, decision and outcome is reached" if not never else f"{len(never)} things are not reached"
    write(f"{came.cases} cases, {len(came.misses)} answers not as expected; {reached}\n")


def shown(file: Path) -> str:
    """A path as people read it: from where they stand, where it lies below."""
    try:
        return str(file.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(file)
