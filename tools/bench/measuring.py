"""What every measurement needs: a patient of so many resources, a clock, and whole processes."""

from __future__ import annotations

import copy
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ON = "2026-11-23"
SAMPLES = Path(__file__).parents[2] / "gradeline" / "guidelines" / "lumbar-nerve-root" / "samples"
COMMAND = str(Path(sys.executable).parent / "gradeline")
MEGABYTE = 1_000_000
Row = tuple[str, str, str]
"""What was measured, how it came out, and the goal."""


def samples() -> list[dict[str, Any]]:
    """The small sample patients: the one inside a realistic record would be padding already."""
    bundles = [json.loads(file.read_bytes()) for file in sorted(SAMPLES.glob("*.json"))]
    return [each for each in bundles if len(each["entry"]) <= 60]


def sample() -> dict[str, Any]:
    """The fullest of the small sample patients."""
    return max(samples(), key=lambda each: len(each["entry"]))


def padded(bundle: dict[str, Any], size: int, patient: str = "") -> dict[str, Any]:
    """The bundle with measurements of no interest added until it has so many resources, for a patient of another id."""
    known = next(each["resource"]["id"] for each in bundle["entry"] if each["resource"]["resourceType"] == "Patient")
    whole = renamed(bundle, known, patient) if patient else copy.deepcopy(bundle)
    subject = {"reference": f"Patient/{patient or known}"}
    for number in range(size - len(whole["entry"])):
        whole["entry"].append({"resource": measurement(number, subject)})
    return whole


def renamed(bundle: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The bundle of a patient with another id."""
    text = json.dumps(bundle).replace(f'"{old}"', f'"{new}"').replace(f"Patient/{old}", f"Patient/{new}")
    whole: dict[str, Any] = json.loads(text)
    return whole


def measurement(number: int, subject: dict[str, str]) -> dict[str, Any]:
    """A body weight, each on a day of its own."""
    return {
        "resourceType": "Observation",
        "id": f"weight-{number}",
        "status": "final",
        "subject": subject,
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
        "effectiveDateTime": f"{2006 + number // 300}-{number // 25 % 12 + 1:02}-{number % 25 + 1:02}",
        "valueQuantity": {"value": 80, "system": "http://unitsofmeasure.org", "code": "kg"},
    }


def seconds(work: Callable[[], object], times: int) -> float:
    """The median time of a piece of work, after one run that does not count."""
    work()
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def process(*arguments: str) -> tuple[float, float]:
    """Seconds and megabytes at the peak of a whole `gradeline` process."""
    start = perf_counter()
    child = subprocess.Popen([COMMAND, *arguments], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"gradeline {' '.join(arguments)}: exit code {child.returncode}")
    return perf_counter() - start, peak(used)


def peak(used: resource.struct_rusage) -> float:
    """The peak memory in megabytes: Linux counts kibibytes, macOS bytes."""
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MEGABYTE
