"""What `gradeline audit` does before and beside the audit: sizes, facts, one patient, a recheck."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from gradeline import api
from gradeline.errors import RecordError, UsageError
from gradeline.evaluate.audit.drill import Drill, drill, recheck
from gradeline.evaluate.audit.engines import engine
from gradeline.evaluate.audit.results import Audit
from gradeline.evaluate.audit.run import Asked, strata
from gradeline.model.data_source import DataSource
from gradeline.records.omop.postgres import SCHEMES
from gradeline.records.opening import is_facts
from gradeline.records.store import Facts
from gradeline.records.store.folder import MANIFEST
from gradeline.show.audit.opening import Sizes, State, opening
from gradeline.source.shipped import guideline
from gradeline.verbs import sheet

SOURCE = "source.yaml"
MASTERS = ("local", "spark://", "k8s://", "yarn")
HOLDS = "name files or a folder of FHIR, an OMOP database (its files, or postgresql://…), or a facts folder"


class Auditing:
    """One call of the verb: its data, its facts, what is asked of them."""

    def __init__(self, args: Namespace) -> None:
        self.args = args
        self.data, self.database = Path(args.data), args.data.startswith(SCHEMES)
        if self.database and not args.facts:
            raise UsageError("a database has no place for facts", "name a folder for them: --facts DIR")
        if not self.database and not there(self.data):
            raise UsageError(f"there is no {args.data}", HOLDS)
        engine(args.engine)
        check_master(args.master, args.engine)
        if args.recheck is not None and args.recheck < 1:
            raise UsageError(f"--recheck {args.recheck} checks nobody", "say how many patients: --recheck 200")
        self.by = strata(args.by.split(",") if args.by else None)
        self.guidelines = tuple(guideline(name) for name in args.guideline or ["lumbar-nerve-root"])
        self.sample = share(args.sample) if args.sample else None
        self.source = described(args.source, None if self.database else self.data)
        self.seen = sys.stderr.isatty()
        self.period = api.period(args.period) if args.period else None

    def opening(self) -> str:
        """What is there, how long it may take, and where facts are kept."""
        state: State = "ready" if self.ready else "database" if self.database else "read" if self.earlier else "new"
        try:
            sizes = None if self.database else Sizes.of(self.data)
        except OSError as fault:
            what = f"cannot be read: {(fault.strerror or 'it is not there').lower()}"
            raise RecordError(what, "look at the name and at your rights", str(fault.filename)) from None
        return opening(sizes, self.folder, state, self.args.lang, self.sample)

    @cached_property
    def folder(self) -> Path:
        """Where the facts are, or are to be."""
        if self.ready:
            return self.data
        if self.args.facts:
            return Path(self.args.facts)
        data = self.data.resolve()
        whole = data.with_name(f"{data.name}.facts")
        return whole if self.sample is None or kept(whole) else data.with_name(f"{data.name}.sample.facts")

    @cached_property
    def ready(self) -> bool:
        """Whether the data are a facts folder already."""
        return kept(self.data)

    @cached_property
    def earlier(self) -> bool:
        """Whether there are facts of an earlier run."""
        return kept(self.folder)

    @cached_property
    def facts(self) -> Facts:
        """The facts: read from the data, unless they are there already and nothing has changed."""
        data, into = (self.data, None) if self.ready else (self.args.data, self.folder)
        part = self.sample if into and (self.sampled_before or not self.earlier) else None
        return api.facts(data, into, self.source, self.args.strict, reading if self.seen else None, part)

    @cached_property
    def sampled_before(self) -> bool:
        """Whether the facts of the earlier run are of a share of the patients."""
        return self.earlier and Facts.open(self.folder).manifest.get("sample") is not None

    def write_sql(self, file: Path) -> None:
        """The SQL of the audit as a file."""
        from gradeline.evaluate.sql.text.spelling import DUCKDB, SPARK
        from gradeline.evaluate.sql.written import of_audit

        text = of_audit(self.asked(), self.facts, SPARK if self.args.engine == "spark" else DUCKDB)
        try:
            file.write_text(text, "utf-8")
        except OSError as fault:
            what = f"cannot write {file}: {(fault.strerror or str(fault)).lower()}"
            raise UsageError(what, "make room, or name a file that is yours") from None

    def asked(self) -> Asked:
        """What is asked of the facts."""
        args = self.args
        if args.master:
            os.environ["GRADELINE_SPARK_MASTER"] = args.master
        return api.asked(
            self.guidelines,
            self.facts,
            self.period,
            source=self.source,
            by=self.by,
            engine=args.engine,
            sample=self.sample,
            assume_captured=args.assume_captured,
        )

    def audit(self, progress: Callable[[int, int], None] | None) -> Audit:
        """The audit itself."""
        from gradeline.evaluate.audit.run import audit, quiet

        return audit(self.asked(), self.facts, progress or quiet)

    def patient(self) -> str:
        """One patient's episodes, each as the audit reads it and as advice explains it."""
        return "\n".join(self.explained(each) for each in drill(self.asked(), self.facts, self.args.patient))

    def explained(self, each: Drill) -> str:
        """One episode of a patient."""
        from gradeline.show.audit.drilled import drilled

        return drilled(each, self.args.lang, sheet(self.args))

    def recheck(self) -> str:
        """Some patients held against the evaluator that advises."""
        checked = recheck(self.asked(), self.facts, self.args.recheck, self.args.seed)
        return f"{checked.patients} patients, {checked.rows} rows of {self.args.engine}: no difference\n"


def reading(done: int, of: int) -> None:
    """How much is read, on one line that is written over."""
    sys.stderr.write(f"\r{done / 1e6:,.0f} of {of / 1e6:,.0f} MB read" + ("\n" if done >= of else ""))
    sys.stderr.flush()


def check_master(master: str | None, engine: str) -> None:
    """UsageError where a cluster is named that is none, or that nobody asks."""
    if master and engine != "spark":
        raise UsageError(f"--master is of --engine spark, not of {engine}", "say --engine spark, or leave it out")
    if master and not master.startswith(MASTERS):
        raise UsageError(f"{master} is no master of Spark", f"it begins with {', '.join(MASTERS)}")


def kept(folder: Path) -> bool:
    """Whether a folder holds facts."""
    return there(folder / MANIFEST) and is_facts(folder)


def described(given: str | None, data: Path | None) -> DataSource | None:
    """The source.yaml that is given, else the one beside the data, else none."""
    found = given or (next(filter(there, beside_of(data)), None) if data else None)
    return api.data_source(found) if found else None


def there(path: Path) -> bool:
    """Whether a file is there; in a folder that may not be looked into there is none."""
    return os.access(path, os.F_OK)


def beside_of(data: Path) -> Iterator[Path]:
    """Where a source.yaml may lie."""
    yield from (data / SOURCE, data.parent / SOURCE) if data.is_dir() else (data.parent / SOURCE,)


def share(text: str) -> float:
    """A share as `1%` or `0.01`."""
    try:
        found = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        found = 0.0
    if not 0 < found <= 1:
        raise UsageError(f"`--sample {text}` is no share of the patients", "write it as 1% or 0.01")
    return found
