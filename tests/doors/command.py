"""The command as a reader meets it: arguments and a terminal in, an exit code and what stands on both streams out."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradeline.cli import VERBS, main

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "gradeline" / "guidelines" / "lumbar-nerve-root" / "samples"
SAMPLE_NAMES = sorted(file.stem for file in SAMPLES.glob("*.json"))
ANSWERING = [verb for verb in VERBS if verb != "serve"]
"""The verbs that end by themselves: the server answers until it is told to stop."""
ON = "2026-11-23"
ENGLISH = {"LANG": "C.UTF-8"}


@dataclass(frozen=True)
class Said:
    """What the command did: its exit code, and what it wrote on each stream."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it wrote, line by line."""
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        """What it wrote, as the one JSON document that it is."""
        return json.loads(self.out)

    @property
    def wide(self) -> list[str]:
        """Lines that do not fit a terminal of 80 columns."""
        return [line for line in self.lines if len(line) > 80]


def gradeline(*arguments: object, stdin: str | bytes = b"", env: Mapping[str, str] = ENGLISH) -> Said:
    """Run the command in this process, in an environment of its own."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = stream(), stream()
    with surroundings(env, given), redirect_stdout(out), redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return Said(code, written(out), written(err))


def stream(data: bytes = b"") -> io.TextIOWrapper:
    """A stream of bytes, as a terminal's is."""
    return io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="")


def written(stream: io.TextIOWrapper) -> str:
    """What has been written to a stream."""
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8", "surrogatepass")


@contextmanager
def surroundings(env: Mapping[str, str], stdin: bytes) -> Iterator[None]:
    """Nothing of the environment of the tests, and something to read."""
    kept, sys_stdin = dict(os.environ), sys.stdin
    os.environ.clear()
    os.environ.update({"PATH": kept.get("PATH", ""), **env})
    sys.stdin = stream(stdin)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)
        sys.stdin = sys_stdin


def sample(name: str) -> Any:
    """A sample patient's Bundle."""
    return json.loads((SAMPLES / f"{name}.json").read_bytes())


def message(said: Said) -> list[str]:
    """The one message of an error: it begins with the command's name, and is neither a traceback nor more."""
    lines = said.err.splitlines()
    assert lines, "no message"
    assert lines[0].startswith("gradeline: ")
    assert all(line.startswith(" ") for line in lines[1:]), "more than one message"
    assert "Traceback" not in said.err
    return lines
