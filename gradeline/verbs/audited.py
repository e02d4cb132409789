"""What `gradeline audit` does before and beside the audit: sizes, facts, one patient, a recheck."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from gradeline import api
from gradeline.errors import UsageError
from gradeline.evaluate.audit.drill import Drill, drill, recheck
from gradeline.evaluate.audit.engines import engine
from gradeline.evaluate.audit.results import Audit
from gradeline.evaluate.audit.run import Asked, strata
from gradeline.model.data_source import DataSource
from gradeline.records.opening import is_facts
from gradeline.records.store import Facts
from gradeline.records.store.folder import MANIFEST
from gradeline.show.audit.opening import Sizes, opening
from gradeline.source.shipped import guideline
from gradeline.verbs import sheet

SOURCE = "source.yaml"


class Auditing:
    """One call of the verb: its data, its facts, what is asked of them."""

    def __init__(self, args: Namespace) -> None:
        self.args = args
        self.data = Path(args.data)
        if not self.data.exists():
            raise UsageError(f"there is no {args.data}", "name files or a folder of FHIR, or a facts folder")
        engine(args.engine)
        self.by = strata(args.by.split(",") if args.by else None)
        self.guidelines = tuple(guideline(name) for name in args.guideline or ["lumbar-nerve-root"])
        self.source = described(args.source, self.data)
        self.seen = sys.stderr.isatty()
        self.period = api.period(args.period) if args.period else None

    def opening(self) -> str:
        """What is there, how long it may take, and where facts are kept."""
        return opening(Sizes.of(self.data), self.folder, self.ready, self.args.lang)

    @cached_property
    def folder(self) -> Path:
        """Where the facts are, or are to be."""
        if self.ready:
            return self.data
        return Path(self.args.facts) if self.args.facts else self.data.with_name(f"{self.data.name}.facts")

    @cached_property
    def ready(self) -> bool:
        """Whether the data are a facts folder already."""
        return (self.data / MANIFEST).is_file() and is_facts(self.data)

    @cached_property
    def facts(self) -> Facts:
        """The facts: read from the data, unless they are there already and nothing has changed."""
        given = None if self.ready else self.args.facts
        return api.facts(self.data, given, self.source, self.args.strict, reading if self.seen else None)

    def write_sql(self, file: Path) -> None:
        """The SQL of the audit as a file."""
        from gradeline.evaluate.sql.text.spelling import DUCKDB, SPARK
        from gradeline.evaluate.sql.written import of_audit

        file.write_text(of_audit(self.asked(), self.facts, SPARK if self.args.engine == "spark" else DUCKDB), "utf-8")

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
            sample=share(args.sample) if args.sample else None,
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


def described(given: str | None, data: Path) -> DataSource | None:
    """The source.yaml that is given, else the one beside the data, else none."""
    found = given or next(filter(Path.exists, beside_of(data)), None)
    return api.data_source(found) if found else None


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
