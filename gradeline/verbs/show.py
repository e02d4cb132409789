"""`gradeline show`: the quick guide, in the format that is asked for."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gradeline.model.guideline import Guideline
from gradeline.source.cases import Case, cases
from gradeline.source.kept import kept
from gradeline.source.reader import read
from gradeline.source.shipped import find, shipped
from gradeline.verbs import Write, sheet
from gradeline.verbs.out import put

EXAMPLE = "example: gradeline show lumbar-nerve-root --as pdf --out guide.pdf --lang da"
FORMATS = ("terminal", "html", "pdf", "md", "json", "review")


def arguments(parser: ArgumentParser) -> None:
    """Which guideline, and how."""
    parser.add_argument("guideline", nargs="?", default="lumbar-nerve-root", help="a shipped guideline, or a path")
    parser.add_argument("--as", dest="format", choices=FORMATS, default="terminal", help="for whom")
    parser.add_argument("--out", metavar="FILE", help="a file; a review becomes a page or a PDF by its ending")
    parser.add_argument("--readings", action="store_true", help="with how we read it, other timings and the sources")
    parser.add_argument("--list", action="store_true", help="which guidelines are shipped")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Show the quick guide in the format that is asked for."""
    if args.list:
        write("".join(f"{id}\n" for id in shipped()))
        return 0
    file = find(args.guideline)
    put(SHOWN[args.format](args, read(file), file), args.out, write)
    return 0


def terminal(args: Namespace, asked: Guideline, file: Path) -> str:
    """The quick guide for a terminal of 80 columns."""
    from gradeline.show.terminal.guide import guide

    return guide(asked, args.lang, sheet(args), readings=args.readings)


def html(args: Namespace, asked: Guideline, file: Path) -> str:
    """The quick guide as one file for a browser, with how many cases test each statement."""
    from gradeline.show.page import guide

    beside = _cases(asked, file)
    tested = Counter(id for case in beside for id in case.expect)
    return guide(asked, args.lang, {**tested, "": len(beside)})


def pdf(args: Namespace, asked: Guideline, file: Path) -> bytes:
    """The quick guide on paper."""
    from gradeline.show.paper import guide

    return guide(asked, args.lang)


def md(args: Namespace, asked: Guideline, file: Path) -> str:
    """The quick guide as Markdown."""
    from gradeline.show.markdown import guide

    return guide(asked, args.lang)


def data(args: Namespace, asked: Guideline, file: Path) -> str:
    """The guideline as data."""
    from gradeline.show.plain import plain_guideline

    return json.dumps(plain_guideline(asked, args.lang), ensure_ascii=False, indent=2) + "\n"


def review(args: Namespace, asked: Guideline, file: Path) -> str | bytes:
    """The sheet for those who approve a guideline: the publisher's words beside ours, the logic, the cases."""
    published, beside = kept(asked.id, args.lang), _cases(asked, file)
    if args.out and args.out.endswith((".html", ".pdf")):
        from gradeline.show import review as sheets

        made = sheets.html if args.out.endswith(".html") else sheets.pdf
        return made(asked, args.lang, published, beside)
    from gradeline.show.terminal.review import review as lines

    return lines(asked, args.lang, sheet(args), published, beside)


def _cases(asked: Guideline, file: Path) -> tuple[Case, ...]:
    """The cases beside a guideline, where there are any."""
    beside = file.with_name("cases.yaml")
    return cases(beside, asked) if beside.exists() else ()


SHOWN: dict[str, Callable[[Namespace, Guideline, Path], str | bytes]] = {
    "terminal": terminal,
    "html": html,
    "pdf": pdf,
    "md": md,
    "json": data,
    "review": review,
}
