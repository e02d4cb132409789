"""Other people's engines, run by node where it and they are installed: the reference translator, cql-execution."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gradeline.errors import UsageError

FOLDER = "GRADELINE_ENGINES"
"""The variable that names the folder of the engines, where the command is not told."""
BESIDE = Path(__file__).parents[2] / "tools" / "engines"
"""Where a checkout has them."""
CURE = "run `make engines` in a checkout, or name the folder that has them: --engines DIR"


@dataclass(frozen=True)
class Engines:
    """A folder with the engines installed, and node."""

    folder: Path
    node: str

    def translate(self, library: str) -> bytes:
        """A library as ELM; UsageError with every error and warning of the translator."""
        with TemporaryDirectory() as place:
            source, target = Path(place) / "library.cql", Path(place) / "library.json"
            source.write_text(library, "utf-8")
            done = self._run("translate.mjs", str(source), str(target))
            if done.returncode:
                raise UsageError("the translator finds fault with the library", done.stderr.strip()[:2000])
            return target.read_bytes()

    def translate_together(self, libraries: Mapping[str, bytes], root: str) -> dict[str, bytes]:
        """A library and those that it includes as ELM, by name; UsageError with every error and warning."""
        with TemporaryDirectory() as place:
            for name, text in libraries.items():
                (Path(place) / f"{name}.cql").write_bytes(text)
            done = self._run("elm.mjs", place, root)
            if done.returncode:
                raise UsageError("the translator finds fault with the libraries", done.stderr.strip()[:2000])
            return {name: (Path(place) / f"{name}.json").read_bytes() for name in libraries}

    def answers(self, elm: bytes, sets: bytes, patients: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """What cql-execution answers, a patient at a time: each has an `id`, a `bundle` and `days`."""
        with TemporaryDirectory() as place:
            library, codes, asked = (Path(place) / name for name in ("library.json", "sets.json", "patients.ndjson"))
            library.write_bytes(elm)
            codes.write_bytes(sets)
            with asked.open("w", encoding="utf-8") as lines:
                lines.writelines(json.dumps(each) + "\n" for each in patients)
            with asked.open(encoding="utf-8") as lines:
                done = self._run("run.mjs", str(library), str(codes), stdin=lines)
        if done.returncode:
            raise UsageError("the engine stopped", done.stderr.strip()[:2000])
        yield from map(json.loads, done.stdout.splitlines())

    def _run(self, script: str, *given: str, stdin: Any = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:
        command = [self.node, str(self.folder / script), *given]
        return subprocess.run(command, stdin=stdin, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - our own scripts, and no shell


def engines(folder: str | None = None) -> Engines:
    """The engines of a folder; UsageError where they, or node, are missing."""
    place = Path(folder or os.environ.get(FOLDER) or BESIDE)
    node = shutil.which("node")
    if node is None:
        raise UsageError("node is not installed, which the other engines need", "install node 20 or newer, and npm")
    if not (place / "node_modules" / "cql-execution").is_dir():
        raise UsageError(f"the other engines are not installed in {place}", CURE)
    return Engines(place, node)
