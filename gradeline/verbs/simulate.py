"""`gradeline simulate`: a synthetic cohort as a FHIR bulk export, with the truth beside it if asked."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from gradeline.cohort.simulate import simulate
from gradeline.verbs import Write

EXAMPLE = "example: gradeline simulate 1000 --out cohort --truth"


def arguments(parser: ArgumentParser) -> None:
    """How many, where, and by which parameters."""
    parser.add_argument("n", type=patients, help="how many patients")
    parser.add_argument("--out", required=True, metavar="DIR", help="a folder: a file for each type, and source.yaml")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (else 1)")
    parser.add_argument("--parameters", metavar="FILE", help="what is to differ from the shipped parameters, as YAML")
    parser.add_argument("--truth", action="store_true", help="also what was meant, to hold an audit against")
    parser.epilog = EXAMPLE


def patients(text: str) -> int:
    """A number of patients."""
    if not text.isdigit():
        raise ArgumentTypeError(f"`{text}` is no number of patients: write 20000")
    return int(text)


def run(args: Namespace, write: Write) -> int:
    """Simulate, with a line of progress where somebody looks."""
    parameters = Path(args.parameters) if args.parameters else None
    shown = progress if sys.stderr.isatty() else None
    made = simulate(args.n, Path(args.out), seed=args.seed, parameters=parameters, truth=args.truth, progress=shown)
    write(f"{made.patients:,} patients, {made.resources:,} resources, {made.bytes / 1e6:,.0f} MB in {made.folder}\n")
    return 0


def progress(done: int, n: int) -> None:
    """How far it is, on one line that is written over."""
    sys.stderr.write(f"\r{done:,} of {n:,} patients" + ("\n" if done >= n else ""))
    sys.stderr.flush()
