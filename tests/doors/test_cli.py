"""The command itself: what it says without a verb, in which language, how wide, and how it ends."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from gradeline import __version__
from gradeline.cli import VERBS, main
from tests.doors.command import ANSWERING, ENGLISH, ON, ROOT, SAMPLE_NAMES, SAMPLES, Said, gradeline, message

WEEK_NINE = SAMPLES / "week-nine.json"
DRAWN = set("↑↓√⊕○|─│├└┌┐┘┤┬┴┼▲▼●■□")


def help_of(verb: str) -> str:
    """What a verb says of itself."""
    with pytest.raises(SystemExit) as ended, redirect_stdout(io.StringIO()) as out:
        main([verb, "--help"])
    assert ended.value.code == 0
    return out.getvalue()


def test_alone_it_says_three_ways_to_begin() -> None:
    said = gradeline()
    assert said.code == 0
    assert sum(line.startswith("  gradeline ") for line in said.lines) == 3
    assert not said.wide


def test_each_way_to_begin_works() -> None:
    for line in gradeline().lines:
        if line.startswith("  gradeline "):
            words = line.split("  ")[1].replace("RECORD.json", str(WEEK_NINE)).split()[1:]
            assert gradeline(*words, stdin="stop\n").code == 0, line


def test_its_version_and_its_verbs() -> None:
    assert gradeline("--version").out == f"gradeline {__version__}\n"
    said = gradeline("--help")
    assert said.code == 0
    assert all(f"  {verb} " in said.out for verb in VERBS)


@pytest.mark.parametrize("verb", ANSWERING)
def test_the_example_that_each_verb_gives_is_understood(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may lack the file that it names, and nothing else."""
    monkeypatch.chdir(tmp_path)
    example = help_of(verb).split(f"example: gradeline {verb} ")[1].split("\n")[0].split()
    monkeypatch.chdir(tmp_path)
    said = gradeline(verb, *example, stdin="stop\n")
    assert said.code == 0 or "no such file" in said.err.lower() or said.err.startswith("gradeline: there is no "), (
        said.err
    )


USAGE = {
    "no such verb": (["advice"], "there is no verb `advice`"),
    "no such option": (["show", "--loud"], "unrecognized arguments: --loud"),
    "nothing to advise on": (["advise"], "the following arguments are required: data"),
    "nothing to check": (["check"], "the following arguments are required: guideline"),
    "no such language": (["show", "--lang", "fr"], "invalid choice: 'fr'"),
    "no such format": (["show", "--as", "xml"], "invalid choice: 'xml'"),
    "no such guideline": (["show", "sundial"], "there is no guideline `sundial`"),
    "nothing to ask about": (["ask", "sundial"], "there is no guideline `sundial`"),
    "no such file to check": (["check", "sundial.yaml"], "there is no guideline `sundial.yaml`"),
    "no day": (["advise", WEEK_NINE, "--on", "yesterday"], "`--on yesterday` is no day"),
    "an impossible day": (["advise", WEEK_NINE, "--on", "2026-02-30"], "`--on 2026-02-30` is no day"),
    "half a day": (["advise", WEEK_NINE, "--on", "2026-11"], "`--on 2026-11` is no day"),
    "an instant": (["advise", WEEK_NINE, "--on", "2026-11-23T10:00:00Z"], "is no day"),
    "no day to ask on": (["ask", "--on", "soon"], "`--on soon` is no day"),
    "a key without a value": (["advise", WEEK_NINE, "--with", "onset"], "`--with onset` has no value"),
    "a key that nothing has": (["advise", WEEK_NINE, "--with", "gout=yes"], "nothing of this guideline is called"),
    "a key given twice": (["ask", "--with", "pain=8", "--with", "pain=9"], "`--with pain=` is given 2 times"),
    "a value that is none": (["ask", "--with", "pain=much"], "cannot read `much` as an answer to `pain`"),
    "a note of everybody": (["advise", WEEK_NINE, "--all", "--note"], "--all gives every patient as a JSON line"),
    "one of everybody": (["advise", WEEK_NINE, "--all", "--patient", "a"], "--all gives every patient"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "says"), USAGE.values(), ids=USAGE)
def test_a_wrong_call_says_what_is_wrong_and_what_to_do(arguments: list[object], says: str) -> None:
    said = gradeline(*arguments)
    assert said.code == 2
    assert said.out == ""
    first, *cure = message(said)
    assert says in first
    assert cure


def test_an_error_of_ours_says_so_and_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("gradeline.verbs.show.find", broken)
    said = gradeline("show")
    assert (said.code, said.out) == (70, "")
    assert "an error of ours, not of yours: ZeroDivisionError" in said.err
    assert "Traceback" not in said.err
    with pytest.raises(ZeroDivisionError):
        gradeline("show", env={**ENGLISH, "GRADELINE_DEBUG": "1"})


def test_a_reader_that_goes_away_is_no_error() -> None:
    """As with `gradeline show | head -1`."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "gradeline.cli", "show"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


# Language


@pytest.mark.parametrize(
    ("env", "options", "danish"),
    [
        ({"LANG": "da_DK.UTF-8"}, (), True),
        ({"LANG": "en_GB.UTF-8"}, (), False),
        ({}, (), False),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": "C.UTF-8"}, (), False),
        ({"LC_MESSAGES": "da_DK.UTF-8", "LANG": "en_GB.UTF-8"}, (), True),
        ({"LANG": "da_DK.UTF-8"}, ("--lang", "en"), False),
        ({"LANG": "en_GB.UTF-8"}, ("--lang", "da"), True),
    ],
)
def test_the_language_is_that_of_the_option_else_of_the_environment(
    env: dict[str, str], options: tuple[str, ...], danish: bool
) -> None:
    for verb, *data in (("show",), ("advise", WEEK_NINE), ("ask",)):
        said = gradeline(verb, *data, *options, env=env, stdin="stop\n")
        assert ("Sundhedsstyrelsen" in said.out, "Danish Health Authority" in said.out) == (danish, not danish)
        assert ("IKKE GÆLDENDE" in said.out) is danish


def test_danish_json_has_danish_words_and_the_same_answers() -> None:
    english, danish = (gradeline("advise", WEEK_NINE, "--json", "--lang", lang).json for lang in ("en", "da"))
    assert danish["title"] == "Nylig opstået lumbal nerverodspåvirkning"
    for one, other in zip(english["recommendations"], danish["recommendations"], strict=True):
        same = ("id", "strength", "direction", "certainty", "applies", "practice", "place", "due", "facts")
        assert [one[key] for key in same] == [other[key] for key in same]
        assert one["says"] != other["says"]


# Width, colour, and what is drawn


def pages(*more: str) -> dict[str, Said]:
    """Every page of the command in both languages."""
    found = {}
    for lang in ("en", "da"):
        for name in SAMPLE_NAMES:
            found[f"{name} {lang}"] = gradeline("advise", SAMPLES / f"{name}.json", "--lang", lang, *more)
        found[f"show {lang}"] = gradeline("show", "--lang", lang, *(each for each in more if each == "--plain"))
    return found


@pytest.mark.parametrize("more", [(), ("--explain",), ("--verbose",), ("--plain",), ("--plain", "--explain")], ids=str)
def test_no_line_is_wider_than_80_columns(more: tuple[str, ...]) -> None:
    assert not {name: said.wide for name, said in pages(*more).items() if said.wide}


def test_readings_and_the_dialogue_fit_too() -> None:
    for lang in ("en", "da"):
        assert not gradeline("show", "--readings", "--lang", lang).wide
        assert not gradeline("ask", "--lang", lang, "--on", ON, stdin="no\n" * 6 + "maybe\nyes\n46\n").wide


def test_plain_has_nothing_drawn() -> None:
    """A screen reader would spell it out."""
    drawn = {name: DRAWN & set(said.out) for name, said in pages("--plain").items()}
    assert not {name: signs for name, signs in drawn.items() if signs}


def test_plain_says_as_much() -> None:
    for name in SAMPLE_NAMES:
        drawn, plain = (gradeline("advise", SAMPLES / f"{name}.json", *more).out for more in ((), ("--plain",)))
        for word in (
            "weak",
            "certainty",
            "Supervised exercise",
            "Assessment by a spine surgeon",
            "not a medical device",
        ):
            assert (word in drawn) is (word in plain)


def terminal(*arguments: str, **more: str) -> str:
    """What the command writes to a terminal that knows colours."""
    ours, theirs = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    env |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **ENGLISH, **more}
    command = [sys.executable, "-m", "gradeline.cli", *arguments]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, env=env) as child:
        os.close(theirs)
        shown = b"".join(iter(lambda: heard(ours), b""))
        os.close(ours)
    assert child.returncode == 0
    return shown.decode().replace("\r\n", "\n")


def heard(terminal: int) -> bytes:
    """What a terminal shows next; nothing once the command has ended."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_colour_is_for_terminals_and_changes_no_word() -> None:
    piped = gradeline("advise", WEEK_NINE).out
    assert "\x1b" not in piped
    coloured = terminal("advise", str(WEEK_NINE))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == piped


def test_a_terminal_may_refuse_colour() -> None:
    for more, options in (({"NO_COLOR": "1"}, ()), ({}, ("--plain",))):
        assert "\x1b" not in terminal("advise", str(WEEK_NINE), *options, **more)
