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
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (else this machine alone)")
    parser.add_argument("--port", type=int, default=0, help="the port (else a free one)")
    parser.add_argument("--guideline", action="append", default=[], help="a guideline beside those shipped: its path")
    parser.add_argument("--audits", metavar="DIR", help="a folder of reports of `gradeline audit`")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Serve until told to stop."""
    try:
        from gradeline.serve.config import Config
        from gradeline.serve.process import serve
    except ImportError as missing:
        raise UsageError(
            f"the server needs the package {missing.name}", 'install it: pip install "gradeline[web]"'
        ) from None
    audits = Path(args.audits) if args.audits else None
    serve(Config(args.host, args.port, args.public, args.demo, tuple(args.guideline), audits), write)
    return 0
