"""`gradeline show`: the quick guide."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from gradeline.source.shipped import guideline, shipped
from gradeline.verbs import Write, sheet

EXAMPLE = "example: gradeline show lumbar-nerve-root --lang da --readings"


def arguments(parser: ArgumentParser) -> None:
    """Which guideline, and how."""
    parser.add_argument("guideline", nargs="?", default="lumbar-nerve-root", help="a shipped guideline, or a path")
    parser.add_argument("--as", dest="format", choices=("terminal", "json", "review"), default="terminal")
    parser.add_argument("--readings", action="store_true", help="with how we read it, other timings and the sources")
    parser.add_argument("--list", action="store_true", help="which guidelines are shipped")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Print the quick guide in the format that is asked for."""
    if args.list:
        write("".join(f"{id}\n" for id in shipped()))
        return 0
    asked = guideline(args.guideline)
    if args.format == "json":
        import json

        from gradeline.show.plain import plain_guideline

        write(json.dumps(plain_guideline(asked, args.lang), ensure_ascii=False, indent=2) + "\n")
    elif args.format == "review":
        from gradeline.show.terminal.review import review

        write(review(asked, args.lang, sheet(args)))
    else:
        from gradeline.show.terminal.guide import guide

        write(guide(asked, args.lang, sheet(args), readings=args.readings))
    return 0
