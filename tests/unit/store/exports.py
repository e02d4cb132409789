"""Small exports: resources as lines of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson


def patient(id: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id, "birthDate": "1980-02-03", **more}


def condition(id: str, whose: str, **more: Any) -> dict[str, Any]:
    coded = {"code": {"coding": [{"system": "s", "code": "c"}]}, "recordedDate": "2024-05-06"}
    return {"resourceType": "Condition", "id": id, "subject": {"reference": f"Patient/{whose}"}, **coded, **more}


def lines(*resources: Any) -> bytes:
    return b"".join((one if isinstance(one, bytes) else orjson.dumps(one)) + b"\n" for one in resources)


def export(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder


def faults(facts: Any) -> dict[str, int]:
    return facts.manifest["account"]["faults"]  # type: ignore[no-any-return]


def listed(facts: Any) -> str:
    return (facts.folder / "unread.csv").read_text("utf-8")  # type: ignore[no-any-return]


WHOLE = lines(patient("a"), condition("1", "a"), patient("b"), condition("2", "b"))
