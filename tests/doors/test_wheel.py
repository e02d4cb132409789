"""The built wheel advises where there is no checkout, with the core alone: guidelines and samples are inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEPT = Path(sys.prefix) / "wheels"
SAMPLES = Path("guidelines", "lumbar-nerve-root", "samples")

pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path = ROOT) -> str:
    """What a command prints; nothing of this checkout is in its surroundings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=clean, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without asking the network."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel and the pinned core, and nothing else."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home, with_pip=False)
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", home / "bin" / "python")
    kept = ("--no-index", "--find-links", KEPT) if KEPT.is_dir() else ()
    run(*pip, "install", "--require-hashes", "--no-deps", *kept, "--requirement", ROOT / "requirements" / "core.txt")
    run(*pip, "install", "--no-deps", "--no-index", wheel)
    run(*pip, "check")
    return home


def package(installed: Path) -> Path:
    """Where the package is, there."""
    asked = "import gradeline; print(list(gradeline.__path__)[0])"
    return Path(run(installed / "bin" / "python", "-c", asked, cwd=installed).strip())


def test_everything_that_is_shipped_is_inside(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    listed = run("git", "ls-files", "gradeline").split() if (ROOT / ".git").exists() else []
    assert not set(listed) - inside
    for name in ("licenses/LICENSE", "licenses/NOTICE", "licenses/LICENSES/CC-BY-4.0.txt", "entry_points.txt"):
        assert f"gradeline-0.1.0.dist-info/{name}" in inside


def test_it_advises_where_there_is_no_checkout(installed: Path, tmp_path: Path) -> None:
    """One test, so that it is installed once."""
    gradeline = installed / "bin" / "gradeline"
    assert package(installed).is_relative_to(installed)
    assert "advise" in run(gradeline, "--help", cwd=tmp_path)
    samples = sorted((package(installed) / SAMPLES).glob("*.json"))
    assert samples
    said = run(gradeline, "advise", samples[0], "--on", "2026-11-23", "--json", cwd=tmp_path)
    assert json.loads(said)["guideline"] == "lumbar-nerve-root"
    assert run(gradeline, "advise", samples[0], "--on", "2026-11-23", cwd=tmp_path)
