"""A process beside: reads which cohort it is and which patients are wanted, line by line, and writes them."""

from __future__ import annotations

import os
import sys
from typing import IO

import orjson

from gradeline.cohort.output.batches import send
from gradeline.cohort.reading import parse
from gradeline.cohort.writing import Cohort, batch


def work(asked: IO[bytes], made: IO[bytes]) -> None:
    """Make what is asked for until nobody asks any more, or nobody listens."""
    head = orjson.loads(asked.readline())
    cohort = Cohort(head["seed"], parse(head["changes"]), head["truth"])
    for wanted in asked:
        first, last = orjson.loads(wanted)
        try:
            send(made, batch(cohort, first, last))
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), made.fileno())  # What is still in the buffer goes nowhere.
            return


if __name__ == "__main__":
    work(sys.stdin.buffer, sys.stdout.buffer)
