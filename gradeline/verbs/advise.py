"""`gradeline advise`: what a guideline says for a patient's record."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

import orjson

from gradeline.dates import Day
from gradeline.errors import RecordError, UsageError
from gradeline.evaluate.advice import Advice, advise
from gradeline.evaluate.dialogue import typed
from gradeline.evaluate.words.plain import SCHEMA, Plain, plain
from gradeline.model.data_source import DataSource
from gradeline.model.guideline import Guideline
from gradeline.plan.plan import Plan, compile, compile_for
from gradeline.records.facts import Record
from gradeline.records.fhir.persons import check_birth
from gradeline.records.habits import Habits
from gradeline.source.data_source import data_source, habits
from gradeline.source.shipped import guideline
from gradeline.verbs import Write, asked_day, sheet
from gradeline.verbs.ask import pairs

EXAMPLE = "example: gradeline advise patient.json --on 2026-11-23 --explain"


def arguments(parser: ArgumentParser) -> None:
    """Which record, which guideline, which day, and how much to say."""
    parser.add_argument("data", nargs="+", help="FHIR R4: a Bundle, a resource, NDJSON, .gz, a folder; - for stdin")
    parser.add_argument("--patient", metavar="ID", help="which patient, where the data hold several")
    parser.add_argument("--all", action="store_true", help="every patient: a JSON line each")
    parser.add_argument(
        "--guideline",
        action="append",
        help="a shipped guideline, or a path; may be given again (else lumbar-nerve-root)",
    )
    parser.add_argument("--on", metavar="DATE", help="the day asked (else the day that a sample names, else today)")
    parser.add_argument("--explain", action="store_true", help="every reason, and what would change the answer")
    parser.add_argument(
        "--with",
        dest="given",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="what you know beside the record: onset=2026-09-20",
    )
    parser.add_argument(
        "--source", metavar="FILE", help="the source.yaml of where the data come from: what is recorded there"
    )
    parser.add_argument("--note", action="store_true", help="at most eight plain lines for the record")
    parser.add_argument("--json", action="store_true", help="the advice as data")
    parser.add_argument("--verbose", action="store_true", help="what of the record was not used, and why")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Advise one patient, or with --all each of them as a JSON line."""
    guidelines = [guideline(name) for name in args.guideline or ["lumbar-nerve-root"]]
    plans = Plans(guidelines, data_source(Path(args.source)) if args.source else None)
    if args.all:
        return _stream(args, plans, write)
    for number, data in enumerate(args.data):
        for place in range(len(guidelines)):
            if number or place:
                write("\n")
            write(_one(args, plans, place, data))
    return 0


class Plans:
    """The guidelines that are asked, compiled for where the data come from, which may differ by the day."""

    def __init__(self, guidelines: list[Guideline], source: DataSource | None) -> None:
        self.guidelines, self.source = guidelines, source
        self.usual = [compile(each) for each in guidelines] if source is None else []

    @property
    def habits(self) -> Habits:
        """What reading the records needs to know."""
        return habits(self.source)

    def on(self, day: Day) -> list[Plan]:
        """The plans for a day."""
        source = self.source
        return [compile_for(each, source, day) for each in self.guidelines] if source else self.usual


def _one(args: Namespace, plans: Plans, place: int, data: str) -> str:
    """The advice for one record, in the form that is asked for."""
    from gradeline.records.fhir import record

    found = record(data, args.patient, plans.habits)
    on = asked_day(args.on, found.day or args.today)
    plan = plans.on(on)[place]
    advice = advise(plan, with_answers(plan, found, args.given, on), on)
    if args.json:
        return json.dumps(plain(advice, args.lang), ensure_ascii=False, indent=2) + "\n"
    if args.note:
        from gradeline.show.terminal.note import note

        return note(advice, args.lang)
    return _page(advice, args)


def _page(advice: Advice, args: Namespace) -> str:
    """The advice as a page for the terminal, with what was not used where it is asked for."""
    from gradeline.show.terminal.advice import AdvicePage
    from gradeline.show.terminal.unused import unused

    page = AdvicePage(advice, args.lang, sheet(args), args.explain).write()
    return page + (unused(advice.record, args.lang, sheet(args)) if args.verbose else "")


def with_answers(plan: Plan, record: Record, given: list[str], on: Day) -> Record:
    """The record with what the caller knows beside it, and its birth date held against the day."""
    check_birth(record, on)
    return typed(plan, record, dict(pairs(given)), on) if given else record


def _stream(args: Namespace, plans: Plans, write: Write) -> int:
    """A JSON line for each patient and guideline; a patient that cannot be read is a line with its error."""
    from gradeline.records.fhir import records

    if args.note or args.patient:
        raise UsageError("--all gives every patient as a JSON line", "leave out --note and --patient")
    faults: list[int] = []
    kept: dict[Day, list[Plan]] = {}

    def report(fault: RecordError) -> None:
        faults.append(fault.exit_code)
        write(_line({"schema": SCHEMA, "error": str(fault)}))

    for data in args.data:
        for found in records(data, report, plans.habits):
            try:
                on = asked_day(args.on, found.day or args.today)
                ready = kept.get(on) or kept.setdefault(on, plans.on(on))
                asked = with_answers(ready[0], found, args.given, on)
            except RecordError as fault:
                report(fault)
                continue
            for plan in ready:
                write(_line(plain(advise(plan, asked, on), args.lang)))
    return max(faults, default=0)


def _line(document: Plain) -> str:
    return orjson.dumps(document).decode() + "\n"
