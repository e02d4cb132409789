"""The demo ends by itself, shows the main job, and what it tells people to try is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_demo_runs_to_its_end() -> None:
    surroundings = {**os.environ, "GRADELINE": str(Path(sys.executable).parent / "gradeline")}
    how = {"cwd": ROOT, "env": surroundings, "stdin": subprocess.DEVNULL, "timeout": 60}
    done = subprocess.run(["sh", "tools/demo.sh"], capture_output=True, check=False, **how)
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode()
    assert shown.count("$ gradeline ") == 3
    assert "not in force" in shown.lower()
    assert all(list(ROOT.glob(name)) for name in re.findall(r"gradeline/guidelines/\S+", shown))
