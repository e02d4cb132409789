"""`gradeline read`: what a published quick guide or a FHIR package says, and whether our encoding agrees."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from gradeline.errors import UsageError
from gradeline.source import packages, published
from gradeline.source.kept import keep
from gradeline.source.shipped import guideline
from gradeline.verbs import Write
from gradeline.verbs.out import put

OWN = "The package holds the guideline file that it is made from: --draft writes it.\n"
EXAMPLE = "example: gradeline read quick-guide.pdf --against lumbar-nerve-root"


def arguments(parser: ArgumentParser) -> None:
    """Which document, and what to do with it."""
    parser.add_argument(
        "file", help="a published quick guide (text, HTML, PDF with a text layer), or a FHIR package.tgz"
    )
    parser.add_argument("--against", metavar="GUIDELINE", help="hold it against an encoding; 0 only if all agrees")
    parser.add_argument("--draft", metavar="OUT.yaml", help="write a new guideline file, its logic left as named gaps")
    parser.add_argument("--keep-wording", action="store_true", help="keep the publisher's words beside ours, here only")
    parser.add_argument("--json", action="store_true", help="what was found as data")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Read, compare, draft; 1 where anything is doubtful or does not agree."""
    if args.keep_wording and not args.against:
        raise UsageError("--keep-wording keeps words beside a guideline", "name it: --against lumbar-nerve-root")
    if args.draft and Path(args.draft).exists():
        raise UsageError(f"{args.draft} is there, and may hold work of yours", "name another file, or take it away")
    brought = packages.read(args.file) if packages.is_package(args.file) else None
    found = brought.published if brought else published.read(args.file)
    agreement = published.against(found, guideline(args.against)) if args.against else None
    if args.json:
        write(json.dumps(published.as_json(found, agreement), ensure_ascii=False, indent=2) + "\n")
    else:
        write(published.report(found, agreement))
    own = brought.guideline if brought else None
    if own is not None and not args.json:
        write(OWN if not args.draft else "")
    if args.draft:
        put(
            published.draft(found) if own is None else own,
            args.draft,
            lambda text: None if args.json else write(f"drafted: {text}"),
        )
    if args.keep_wording and agreement:
        place = keep(published.wordings(found, agreement))
        if not args.json:
            write(f"kept: {place}\n")
    return 1 if found.doubtful or (agreement and not agreement.agrees) else 0
