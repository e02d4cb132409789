"""The reference engine of Clinical Reasoning, in Java, on an exported package: what its CQL says, and what `$apply` fires."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parents[2] / "tools" / "engines" / "java"
CURE = "run tools/engines.sh, which needs mvn and a JDK"
QUICK = ("-XX:TieredStopAtLevel=1",)
"""For few patients: who runs for minutes leaves it out."""


def lacking() -> str:
    """What is missing to run it; nothing where all is there."""
    if shutil.which("java") is None:
        return "java is not installed"
    return "" if (FOLDER / "target" / ".installed").is_file() else "the Java engine is not installed"


def reference(
    asked: Literal["answers", "apply"],
    transaction: Path,
    rows: Iterable[Mapping[str, Any]],
    options: Sequence[str] = QUICK,
) -> list[dict[str, Any]]:
    """What the engine says of each patient: of `answers` on `days`, of `apply` on the day `on`."""
    path = f"{FOLDER / 'target' / 'classes'}{os.pathsep}{(FOLDER / 'target' / 'classpath').read_text('utf-8').strip()}"
    command = ["java", *options, "-XX:+UseSerialGC", "-Xmx2g", "-cp", path, "Reference", asked, str(transaction)]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])
    return [json.loads(line) for line in done.stdout.splitlines()]
