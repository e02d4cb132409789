"""`gradeline export`: a guideline for other engines, each kind of export as files in a folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from gradeline.errors import UsageError
from gradeline.exchange.canonical import EXAMPLE, published, version_of
from gradeline.model.guideline import Guideline
from gradeline.source.shipped import guideline
from gradeline.verbs import Write, asked_day
from gradeline.verbs.out import put_all

if TYPE_CHECKING:
    from gradeline.exchange.agreement import Asked

EXPORT_EXAMPLE = "example: gradeline export lumbar-nerve-root --as cql --out export"
SOURCES = "cql"
"""The folder of the CQL libraries, in which their translations may lie as well."""
Files = Mapping[str, bytes]
"""What is to be written: by name, relative to the folder."""


def cql(args: Namespace, asked: Guideline) -> Files:
    """One CQL library with its value sets, and its ELM where the translator is there."""
    from gradeline.exchange.cql import files
    from gradeline.exchange.engines import engines

    made = files(asked, published(args.canonical, args.version))
    if args.engines is None and not args.verify:
        return made
    (name,) = (each for each in made if each.endswith(".cql"))
    elm = engines(args.engines).translate(made[name].decode())
    return {**made, name.replace(".cql", ".elm.json"): elm}


def fhir(args: Namespace, asked: Guideline) -> Files:
    """A package of FHIR artifacts, with the logic and the guideline file in it."""
    from gradeline.exchange.package import logic, package

    canonical = published(args.canonical, args.version)
    elm = _translated(args, logic(asked, canonical), version_of(asked, canonical))
    return package(asked, Path(asked.file).read_bytes(), canonical, elm)


def _translated(args: Namespace, libraries: Files, version: str) -> Files:
    """The libraries as ELM: as somebody has translated them, or by the engines that are named; else none."""
    from gradeline.exchange.engines import engines
    from gradeline.exchange.translated import translations

    if args.elm:
        return translations(Path(args.elm), libraries, version)
    *_, answers = libraries
    return engines(args.engines).translate_together(libraries, answers) if args.engines else {}


def ebm(args: Namespace, asked: Guideline) -> Files:
    """Resources of EBMonFHIR, experimental."""
    from gradeline.exchange.ebm import files
    from gradeline.exchange.fhir import Edition

    return files(Edition(asked, published(args.canonical, args.version), Path(asked.file).read_bytes()))


KINDS: dict[str, Callable[[Namespace, Guideline], Files]] = {"cql": cql, "fhir": fhir, "ebm": ebm}
"""What can be made; each makes all its files before one is written."""


def arguments(parser: ArgumentParser) -> None:
    """Which guideline, as what, where to."""
    parser.add_argument("guideline", help="a shipped guideline, or a path")
    parser.add_argument(
        "--as", dest="kind", choices=KINDS, required=True, help="cql: the library; fhir: a package; ebm: experimental"
    )
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder to write into")
    parser.add_argument("--canonical", metavar="URL", default=EXAMPLE, help="the base of all addresses")
    parser.add_argument("--version", default="", help="the version of every artifact (else the guideline's and ours)")
    parser.add_argument("--elm", metavar="DIR", help="fhir: where the libraries are translated, as NAME.json")
    parser.add_argument("--engines", metavar="DIR", help="where other engines are: CQL then comes with its ELM")
    parser.add_argument("--verify", metavar="DATA", help="patients: ask them of the CQL as well, and compare")
    parser.add_argument("--on", metavar="DATE", help="the day to compare (else the record's own, else today)")
    parser.epilog = EXPORT_EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Make the files, then write them."""
    asked = guideline(args.guideline)
    if args.verify and args.kind != "cql":
        raise UsageError(f"--verify runs the CQL, not --as {args.kind}", "write --as cql --verify DATA")
    made = KINDS[args.kind](args, asked)
    folder = Path(args.out)
    _nothing_else(folder, made)
    put_all(made, folder)
    below = Counter(name.partition("/")[0] for name in made if "/" in name)
    for name in dict.fromkeys(name.partition("/")[0] for name in made):
        write(f"{folder / name}" + (f"/  ({below[name]} files)\n" if name in below else "\n"))
    return verify(args, asked, made, write) if args.verify else 0


def _nothing_else(folder: Path, made: Files) -> None:
    """What lies in our own folders from another export would be taken for a part of this one."""
    for part in dict.fromkeys(name.partition("/")[0] for name in made if "/" in name):
        others = [each.name for each in (folder / part).glob("*") if f"{part}/{each.name}" not in made]
        if others and part != SOURCES:
            raise UsageError(
                f"{folder / part} holds files of another export: {', '.join(sorted(others)[:3])}",
                "remove that folder, or name another: --out",
            )


def verify(args: Namespace, asked: Guideline, made: Files, write: Write) -> int:
    """Ask the same patients of the exported library, run by another engine; 1 where an answer differs."""
    from gradeline.exchange.agreement import compared, lines
    from gradeline.exchange.engines import engines
    from gradeline.plan.plan import compile

    elm, sets = (next(made[name] for name in made if name.endswith(end)) for end in (".elm.json", ".valuesets.json"))
    patients = tuple(everybody(args))
    tally = compared(compile(asked), patients, engines(args.engines).answers(elm, sets, lines(patients)))
    write(f"cql-execution and Gradeline: {tally}\n")
    write("".join(f"  {each}\n" for each in tally.differences))
    return 1 if tally.differences else 0


def everybody(args: Namespace) -> Iterator[Asked]:
    """Every patient of the data, with the resources as they are."""
    from gradeline.exchange.agreement import Asked
    from gradeline.records.fhir.extract import Extract

    with closing(Extract(args.verify)) as extract:
        for id in extract.patients:
            record = extract.record(id)
            day = asked_day(args.on, record.day or args.today)
            yield Asked(id, record, [entry.resource for entry in extract.theirs(id)[0]], (day,))
