"""The command `gradeline`: finds the verb, reads the clock once, and turns every error into one clear message."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import NoReturn

from gradeline import __version__
from gradeline.errors import GradelineError, UsageError

VERBS = {
    "show": "a guideline's quick guide: statements, grades, what the signs mean",
    "advise": "what a guideline says for a patient's record, why, and what is missing",
    "ask": "a few questions where there is no record",
    "check": "a guideline file: its errors with their lines, doubts, and its cases",
    "read": "a published quick guide: what it says, and whether our encoding agrees",
    "audit": "a population: how practice relates to each recommendation, with bounds",
    "serve": "the pages, and the doors for other systems, on this machine",
    "export": "a guideline for other engines to run",
    "simulate": "a synthetic cohort as a FHIR bulk export, to try things on",
}
START = """\
Clinical guidelines you can run. Three ways to begin:

  gradeline show lumbar-nerve-root     the quick guide
  gradeline ask lumbar-nerve-root      a few questions, no record needed
  gradeline advise RECORD.json         what it says for a patient's FHIR record

All verbs: gradeline --help
"""
BELOW = "\n" + " " * len("gradeline: ")
"""Where the further lines of a message begin."""
UNEXPECTED = """\
gradeline: an error of ours, not of yours: {kind}: {error}
Nothing was answered. Run again with GRADELINE_DEBUG=1 to see where, and report it without patient data."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code is 0 when done, 1 for a finding, more for an error (docs: errors)."""
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(given)
    except GradelineError as error:
        print(f"gradeline: {error}".replace("\n", BELOW), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("GRADELINE_DEBUG"):
            raise
        print(UNEXPECTED.format(kind=type(error).__name__, error=error), file=sys.stderr)
        return 70


def _run(given: list[str]) -> int:
    """The verb that is named, with its own arguments."""
    if not given:
        print(START, end="")
        return 0
    verb, *rest = given
    if verb in ("-h", "--help"):
        print(overview(), end="")
        return 0
    if verb == "--version":
        print(f"gradeline {__version__}")
        return 0
    if verb not in VERBS:
        raise UsageError(f"there is no verb `{verb}`", f"the verbs are {', '.join(VERBS)}; see gradeline --help")
    args = parser(verb).parse_args(rest)
    args.today = date.today().toordinal()
    args.lang = args.lang or _language()
    args.colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not args.plain
    return int(import_module(f"gradeline.verbs.{verb}").run(args, _write))


def parser(verb: str) -> Parser:
    """What a verb takes."""
    made = Parser(prog=f"gradeline {verb}", description=VERBS[verb], formatter_class=RawDescriptionHelpFormatter)
    import_module(f"gradeline.verbs.{verb}").arguments(made)
    common(made)
    return made


class Parser(ArgumentParser):
    """A parser whose complaints are ours: what is wrong, and what to do."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments."""
        raise UsageError(message, f"see {self.prog} --help")


def common(parser: ArgumentParser) -> None:
    """What every verb understands."""
    parser.add_argument("--lang", choices=("en", "da"), help="the language of the words (else LANG)")
    parser.add_argument("--plain", action="store_true", help="nothing drawn: for screen readers")


def overview() -> str:
    """The help of the command: its verbs, and an example."""
    lines = [f"  {verb:<9} {says}" for verb, says in VERBS.items()]
    example = "Example: gradeline advise patient.json --on 2026-11-23 --explain"
    more = "Each verb has its own: gradeline VERB --help"
    return "usage: gradeline VERB ...\n\n" + "\n".join(lines) + f"\n\n{example}\n{more}\n"


def _language() -> str:
    """Danish where the environment asks for it, else English."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "da" if said.startswith("da") else "en"


def _write(text: str) -> None:
    """Words to whoever asked; what their terminal cannot spell is replaced, never an error."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        what = f"the answer cannot be written: {(fault.strerror or str(fault)).lower()}"
        raise UsageError(what, "make room, or send it elsewhere") from None


if __name__ == "__main__":
    sys.exit(main())
