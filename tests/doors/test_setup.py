"""Where the set-up cannot work, one line says what to do."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "cat", "cksum", "dirname")
OLD = "exit 1"
WITHOUT_VENV = 'case "$2" in *ensurepip*) exit 1;; esac'
FINE_BUT_BROKEN = 'case "$1" in -c) exit 0;; esac; exit 1'


def set_up(folder: Path, python3: str | None) -> subprocess.CompletedProcess[str]:
    """Run the set-up in a copy of what it reads, on a machine whose only Python is this script."""
    for name in ("tools", "requirements"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    path = folder / "bin"
    path.mkdir()
    for tool in TOOLS:
        (path / tool).symlink_to(str(shutil.which(tool)))
    if python3 is not None:
        (path / "python3").write_text(f"#!{shutil.which('sh')}\n{python3}\n", "utf-8")
        (path / "python3").chmod(0o755)
    command = ["sh", str(folder / "tools" / "setup.sh"), "core"]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("python3", "said"),
    [
        (None, "make: no Python 3.11 or newer was found. "),
        (OLD, "make: no Python 3.11 or newer was found. "),
        (WITHOUT_VENV, "make: python3 has no venv module. Install it "),
    ],
    ids=["no Python", "an old Python", "no venv module"],
)
def test_one_line_says_what_to_do(python3: str | None, said: str, tmp_path: Path) -> None:
    done = set_up(tmp_path, python3)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / ".venv").exists()


def test_what_half_worked_is_not_taken_for_done(tmp_path: Path) -> None:
    done = set_up(tmp_path, FINE_BUT_BROKEN)
    assert done.returncode == 1
    assert done.stderr == "make: python3 could not make .venv.\n"
    assert not (tmp_path / ".venv" / ".core").exists()
