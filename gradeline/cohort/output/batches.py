"""The batches of a cohort in their order, made here or by processes beside; what is made is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO

import orjson

from gradeline.cohort.writing import Cohort, batch
from gradeline.errors import GradelineError

PATIENTS = 250
"""Of a batch: small enough to stay in the processor's cache."""
AHEAD = 2
"""Batches that a process may make before they are asked for; memory stays flat."""
Batch = tuple[int, int]
Lines = dict[str, bytes]


def ranges(patients: int) -> list[Batch]:
    """The first and last patient of each batch."""
    return [(first, min(first + PATIENTS - 1, patients)) for first in range(1, patients + 1, PATIENTS)]


def batches(cohort: Cohort, patients: int, processes: int) -> Iterator[tuple[int, Lines]]:
    """Each batch in its order, with the number of its last patient."""
    wanted = ranges(patients)
    if processes < 2 or len(wanted) < 2 * processes:
        for first, last in wanted:
            yield last, batch(cohort, first, last)
        return
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker(cohort)) for _ in range(processes)]
        for place in range(min(AHEAD * processes, len(wanted))):
            workers[place % processes].ask(wanted[place])
        for place, (_, last) in enumerate(wanted):
            worker = workers[place % processes]
            yield last, worker.answer()
            further = place + AHEAD * processes
            if further < len(wanted):
                worker.ask(wanted[further])


class Worker:
    """A process that makes batches. It ends when its pipe does, so a killed run leaves none behind."""

    def __init__(self, cohort: Cohort) -> None:
        path = os.pathsep.join(each for each in sys.path if each)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gradeline.cohort.output.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
        self.say({"seed": cohort.seed, "changes": cohort.parameters.changes, "truth": cohort.truth})

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def ask(self, wanted: Batch) -> None:
        """Have a batch made."""
        self.say(wanted)

    def say(self, what: object) -> None:
        """Send a line."""
        assert self.process.stdin
        try:
            self.process.stdin.write(orjson.dumps(what, option=orjson.OPT_APPEND_NEWLINE))
            self.process.stdin.flush()
        except BrokenPipeError:
            raise self.gone() from None

    def answer(self) -> Lines:
        """The next batch that was asked for."""
        assert self.process.stdout
        found = receive(self.process.stdout)
        if found is None:
            raise self.gone()
        return found

    def gone(self) -> GradelineError:
        """A process that ended before its time."""
        return GradelineError("a process of the simulation ended before its time", "try again, with one process")


def send(stream: IO[bytes], lines: Lines) -> None:
    """A batch through a pipe: a line of lengths, then the texts."""
    stream.write(orjson.dumps({name: len(text) for name, text in lines.items()}, option=orjson.OPT_APPEND_NEWLINE))
    for text in lines.values():
        stream.write(text)
    stream.flush()


def receive(stream: IO[bytes]) -> Lines | None:
    """The batch that `send` sent; None where it was cut off."""
    head = stream.readline()
    if not head.endswith(b"\n"):
        return None
    lines = {name: stream.read(length) for name, length in orjson.loads(head).items()}
    whole = all(len(lines[name]) == length for name, length in orjson.loads(head).items())
    return lines if whole else None
