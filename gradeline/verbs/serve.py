"""`gradeline serve`: the pages and the doors for other systems, in one process on this machine."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from gradeline.errors import UsageError
from gradeline.verbs import Write

EXAMPLE = "example: gradeline serve --demo"


def arguments(parser: ArgumentParser) -> None:
    """Where to listen, and for whom."""
    parser.add_argument(
        "--public", action="store_true", help="only library, guideline and ask: no record, nothing kept"
    )
    parser.add_argument("--demo", action="store_true", help="everything, with sample patients, to try it on")
    parser.add_argument("--config", metavar="FILE", help="the settings, in TOML; what is given here goes before them")
    parser.add_argument("--check", action="store_true", help="check the settings, and serve nothing")
    parser.add_argument("--host", help="the address to listen on (else this machine alone)")
    parser.add_argument("--port", type=int, help="the port (else a free one)")
    parser.add_argument("--guideline", action="append", default=[], help="a guideline beside those shipped: its path")
    parser.add_argument("--audits", metavar="DIR", help="a folder of reports of `gradeline audit`")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Serve until told to stop."""
    try:
        from gradeline.serve.app import create
        from gradeline.serve.config import Config
        from gradeline.serve.process import serve
        from gradeline.serve.settings import load, over
    except ImportError as missing:
        raise UsageError(
            f"the server needs the package {missing.name}", 'install it: pip install "gradeline[web]"'
        ) from None
    given = {name: getattr(args, name) for name in ("host", "port", "public", "demo")}
    given |= {"guidelines": tuple(args.guideline), "audits": Path(args.audits) if args.audits else None}
    config = over(load(Path(args.config)) if args.config else Config(), given)
    if args.check:
        create(config)
        write("The settings are in order.\n")
        return 0
    serve(config, write)
    return 0
