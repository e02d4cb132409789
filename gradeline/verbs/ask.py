"""`gradeline ask`: a few questions where there is no record."""

from __future__ import annotations

import sys
import textwrap
from argparse import ArgumentParser, Namespace
from collections import Counter
from io import TextIOWrapper

from gradeline.errors import UsageError
from gradeline.evaluate.dialogue import Dialogue, Prompt
from gradeline.model.words import Language
from gradeline.show.terminal.advice import AdvicePage
from gradeline.source.shipped import guideline
from gradeline.verbs import Write, asked_day, sheet

EXAMPLE = "example: gradeline ask lumbar-nerve-root"
WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "begin": "Answer, or press Enter where you do not know. Nothing is stored. `stop` ends; `back` takes one back.",
        "yes or no": "yes, no", "day": "a date, or `about three weeks ago`", "birth": "a date, or an age",
        "sex": "female, male", "value": "a number, and its day if it was not today: 8, 8 2026-11-16",
        "action": "yes, no, ordered, declined; with its day if it matters: yes 2026-10-05",
        "settles": "could settle {n} of {of}",
    },
    "da": {
        "begin": "Svar, eller tryk Enter, hvis du ikke ved det. Intet gemmes. `stop` slutter; `tilbage` fortryder.",
        "yes or no": "ja, nej", "day": "en dato, eller `for ca. tre uger siden`", "birth": "en dato, eller en alder",
        "sex": "kvinde, mand", "value": "et tal, og dagen hvis det ikke var i dag: 8, 8 2026-11-16",
        "action": "ja, nej, bestilt, afslået; med dagen, hvis den betyder noget: ja 2026-10-05",
        "settles": "kan afgøre {n} af {of}",
    },
}  # fmt: skip
WIDTH = 80
STOP, BACK = ("stop", "quit", "q"), ("back", "tilbage", "b")


def arguments(parser: ArgumentParser) -> None:
    """Which guideline, which day, and what is known already."""
    parser.add_argument("guideline", nargs="?", default="lumbar-nerve-root", help="a shipped guideline, or a path")
    parser.add_argument("--on", metavar="DATE", help="the day asked (else today)")
    parser.add_argument(
        "--with",
        dest="given",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="what you know already: onset=2026-09-20",
    )
    parser.add_argument("--explain", action="store_true", help="every reason in the result")
    parser.epilog = EXAMPLE


def run(args: Namespace, write: Write) -> int:
    """Ask until nothing can change any more, then print the advice."""
    dialogue = Dialogue.begin(guideline(args.guideline), asked_day(args.on, args.today))
    for key, text in pairs(args.given):
        dialogue = dialogue.answered(key, text)
    write(textwrap.fill(WORDS[args.lang]["begin"], WIDTH) + "\n\n")
    listen()
    while prompt := dialogue.next:
        write(worded(prompt, args.lang))
        line = sys.stdin.readline()
        text = line.strip()
        if not line or text.lower() in STOP:
            write("\n")
            break
        dialogue = _heard(dialogue, prompt, text, write)
    write("\n" + AdvicePage(dialogue.advice, args.lang, sheet(args), args.explain).write())
    return 0


def listen() -> None:
    """Take what is typed however it is encoded: what cannot be read is asked again."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def pairs(given: list[str]) -> list[tuple[str, str]]:
    """KEY=VALUE as given; an error where there is no `=`."""
    for each in given:
        if "=" not in each:
            raise UsageError(f"`--with {each}` has no value", "write KEY=VALUE, as `--with onset=2026-09-20`")
    found = [(each.split("=", 1)[0].strip(), each.split("=", 1)[1]) for each in given]
    for key, count in Counter(key for key, _ in found).items():
        if count > 1:
            cure = f"write it once: `--with '{key}=8 2026-10-12, 8 2026-11-16'` for several values"
            raise UsageError(f"`--with {key}=` is given {count} times", cure)
    return found


def _heard(dialogue: Dialogue, prompt: Prompt, text: str, write: Write) -> Dialogue:
    """The dialogue with the answer, or as it was, with the cure, where the answer could not be read."""
    if text.lower() in BACK and dialogue.answers:
        return dialogue.taken_back()
    try:
        return dialogue.answered(prompt.id, text)
    except UsageError as error:
        write("\n".join(_wrapped(line) for line in (error.what, error.cure)) + "\n")
        return dialogue


def worded(prompt: Prompt, language: Language) -> str:
    """A question with the answers that it takes."""
    words = WORDS[language]
    settles = f"; {words['settles'].format(n=prompt.settles, of=prompt.of)}" if prompt.settles else ""
    asked = textwrap.fill(prompt.ask.in_(language), WIDTH)
    return f"{asked}\n{_wrapped(f'({words[prompt.answer]}{settles})')}\n> "


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
