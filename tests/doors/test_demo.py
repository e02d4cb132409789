"""The demo ends by itself, shows the main job, and what it tells people to try is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_demo_runs_to_its_end(tmp_path: Path) -> None:
    """With fewer patients than it shows to people."""
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    pytest.importorskip("altair", reason="altair is not installed")
    surroundings = {**os.environ, "GRADELINE": str(Path(sys.executable).parent / "gradeline")}
    surroundings |= {"DEMO": str(tmp_path / "demo"), "PATIENTS": "300"}
    how = {"cwd": ROOT, "env": surroundings, "stdin": subprocess.DEVNULL, "timeout": 240}
    done = subprocess.run(["sh", "tools/demo.sh"], capture_output=True, check=False, **how)
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode()
    assert shown.count("$ gradeline ") == 5
    assert "not in force" in shown.lower()
    report = tmp_path / "demo" / "report" / "report.html"
    assert f"The report of the audit: {report}" in shown
    assert report.is_file()
    assert all(list(ROOT.glob(name)) for name in re.findall(r"gradeline/guidelines/\S+", shown))
