"""`gradeline export`: a guideline for other engines, each kind of export as files in a folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from gradeline.exchange.canonical import EXAMPLE, Canonical
from gradeline.model.guideline import Guideline
from gradeline.source.shipped import guideline
from gradeline.verbs import Write
from gradeline.verbs.out import put_all

EXPORT_EXAMPLE = "example: gradeline export lumbar-nerve-root --as cql --out export"
Files = Mapping[str, bytes]
"""What is to be written: by name, relative to the folder."""


def cql(args: Namespace, asked: Guideline) -> Files:
    """One CQL library."""
    from gradeline.exchange.cql import files

    return files(asked, Canonical(args.canonical, args.version))


def fhir(args: Namespace, asked: Guideline) -> Files:
    """A package of FHIR artifacts, with the logic and the guideline file in it."""
    from gradeline.exchange.package import package

    return package(asked, Path(asked.file).read_bytes(), Canonical(args.canonical, args.version))


def ebm(args: Namespace, asked: Guideline) -> Files:
    """Resources of EBMonFHIR, experimental."""
    from gradeline.exchange.ebm import files
    from gradeline.exchange.fhir import Edition

    return files(Edition(asked, Canonical(args.canonical, args.version), Path(asked.file).read_bytes()))


KINDS: dict[str, Callable[[Namespace, Guideline], Files]] = {"cql": cql, "fhir": fhir, "ebm": ebm}
"""What can be made; each makes all its files before one is written."""


def arguments(parser: ArgumentParser) -> None:
    """Which guideline, as what, where to."""
    parser.add_argument("guideline", help="a shipped guideline, or a path")
    parser.add_argument("--as", dest="kind", choices=KINDS, required=True, help="for which engines")
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder to write into")
    parser.add_argument("--canonical", metavar="URL", default=EXAMPLE, help="the base of all addresses")
    parser.add_argument("--version", default="", help="the version of every artifact (else the guideline's and ours)")
    parser.epilog = EXPORT_EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Make the files, then write them."""
    made = KINDS[args.kind](args, guideline(args.guideline))
    for path in put_all(made, Path(args.out)):
        write(f"{path}\n")
    return 0
