"""`gradeline audit`: how practice related to each recommendation over a period, of many patients."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from gradeline.evaluate.audit.results import Audit
from gradeline.model.words import Language
from gradeline.verbs import Write, sheet
from gradeline.verbs.out import put_all

EXAMPLE = "example: gradeline audit export/ --source export/source.yaml --period 2025 --out report"


def arguments(parser: ArgumentParser) -> None:
    """Which data, which guideline, which period, and how to count."""
    parser.add_argument("data", help="FHIR R4: files or a folder of a bulk export; an OMOP database; or a facts folder")
    parser.add_argument(
        "--guideline",
        action="append",
        help="a shipped guideline, or a path; may be given again (else lumbar-nerve-root)",
    )
    parser.add_argument("--period", metavar="PERIOD", help="2025, 2025-03, or 2025-03..2026-02 (else the last year)")
    parser.add_argument("--by", metavar="NAMES", help="region,organisation,sex,age,month (else all of them)")
    parser.add_argument("--source", metavar="FILE", help="the source.yaml of the data (else the one beside them)")
    parser.add_argument("--engine", default="duckdb", help="what counts: duckdb; spark; python is slow and plain")
    parser.add_argument("--master", metavar="URL", help="of --engine spark: the cluster (else this machine)")
    parser.add_argument("--sql", metavar="FILE", help="write the SQL that counts, for people to read")
    parser.add_argument("--sample", metavar="SHARE", help="a share of the patients, as 1%%: first numbers, labelled")
    parser.add_argument("--facts", metavar="DIR", help="where the facts are kept, to be used again")
    parser.add_argument("--assume-captured", action="store_true", help="what is not recorded was not done; said aloud")
    parser.add_argument("--patient", metavar="ID", help="one patient of the audit, explained as `advise` does")
    parser.add_argument("--recheck", metavar="N", type=int, help="hold so many patients against the one who advises")
    parser.add_argument("--seed", type=int, default=1, help="of --recheck: which patients")
    parser.add_argument("--strict", action="store_true", help="stop at the first line that cannot be read")
    parser.add_argument("--out", metavar="DIR", help="a folder for the report, tables and JSON")
    parser.add_argument("--brief", action="store_true", help="a line for each statement; the report has the rest")
    parser.add_argument("--json", action="store_true", help="the audit as data")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Audit, or show one patient of it, or hold some against the evaluator that advises."""
    from gradeline.verbs.audited import Auditing

    asked = Auditing(args)
    if not args.json:
        write(asked.opening())
    if args.sql:
        asked.write_sql(Path(args.sql))
    if args.patient:
        write(asked.patient())
        return 0
    if args.recheck is not None:
        write(asked.recheck())
        return 0
    audit = asked.audit(progress if sys.stderr.isatty() else None)
    if args.json:
        write(json.dumps(audit.to_dict(args.lang), ensure_ascii=False, indent=2) + "\n")
    else:
        from gradeline.show.audit.terminal import page

        write(page(audit, args.lang, sheet(args), args.brief))
    if args.out:
        made = _written(audit, args)
        if not args.json:
            write(named(made, args.lang))
    return 0


def _written(audit: Audit, args: Namespace) -> list[Path]:
    """The report, its tables and data, and the same counts as FHIR."""
    from gradeline.exchange.reports import reports
    from gradeline.show.audit.files import put

    folder = Path(args.out)
    made = [*put(audit, folder, args.lang), *put_all({"measure-reports.json": reports(audit)}, folder)]
    for path in made:
        path.chmod(0o600)
    return made


def named(made: list[Path], language: Language) -> str:
    """The report by its name, and how many files are beside it."""
    from gradeline.show.audit.words import say

    return f"\n{made[0]}\n  {say('beside', language, n=len(made) - 1, kinds=', '.join(kinds(made[1:])))}\n"


def kinds(files: list[Path]) -> list[str]:
    """The kinds of some files, each once."""
    return list(dict.fromkeys(path.suffix[1:].upper() for path in files))


def progress(done: int, of: int) -> None:
    """How far it is, on one line that is written over."""
    sys.stderr.write(f"\r{done:,} of {of:,} patients with the condition" + ("\n" if done >= of else ""))
    sys.stderr.flush()
