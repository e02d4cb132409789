"""Every field that JSON output has is in reference/json.md, with the type that it has; and nothing else is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from tests.doors.command import ON, ROOT, SAMPLE_NAMES, SAMPLES, gradeline, sample

PAGE = (ROOT / "docs" / "reference" / "json.md").read_text("utf-8")
TEACHING = ROOT / "tests" / "guidelines" / "teaching"
PART = {"facts": "A fact", "currency": "Currency"}
"""Fields of which another table tells what is in them."""
OPEN = {"aliases"}
"""Fields whose names are the guideline's own."""
Check = Callable[[Any], bool]


def is_date(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value))


TYPES: dict[str, Check] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "date": is_date,
    "span": lambda value: isinstance(value, list) and len(value) == 2 and all(each is None or is_date(each) for each in value),
    "truth": lambda value: value in ("yes", "no", "unknown"),
    "true or false": lambda value: isinstance(value, bool),
    "list": lambda value: isinstance(value, list),
    "list of texts": lambda value: isinstance(value, list) and all(isinstance(each, str) and each for each in value),
    "list of facts": lambda value: isinstance(value, list) and all("key" in each for each in value),
    "object": lambda value: isinstance(value, dict),
    "object, list": lambda value: isinstance(value, dict | list),
}  # fmt: skip


@cache
def table(title: str) -> dict[str, str]:
    """A table of the page: each field with its type."""
    chapter = re.split(rf"^##+ {title}$", PAGE, flags=re.MULTILINE)[1].split("\n#")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.+?) \| .+ \|$", chapter, re.MULTILINE))


def fits(value: Any, type: str) -> bool:
    """Whether a value is of a type as the page writes it."""
    words = re.findall(r"`([^`]+)`", type)
    if type.endswith(" or null"):
        return value is None or fits(value, type.removesuffix(" or null"))
    return value in words if words else TYPES[type](value)


def fields(document: dict[str, Any], title: str, at: str = "") -> Iterator[tuple[str, str, Any]]:
    """Each field of a document: the table that tells of it, its path there, and its value."""
    for name, value in document.items():
        path = f"{at}{name}"
        yield title, path, value
        if name in PART and isinstance(value, dict | list):
            for part in value if isinstance(value, list) else [value]:
                yield from fields(part, PART[name])
        elif isinstance(value, dict) and name not in OPEN:
            yield from fields(value, title, f"{path}.")
        elif isinstance(value, list):
            for each in value:
                yield from fields(each, title, f"{path}[].") if isinstance(each, dict) else ()


def doubtful() -> str:
    """A record with a possible warning sign, a coded value, and a resource that is read in part."""
    bundle = sample("fresh-episode")
    subject = {"reference": "Patient/fresh-episode"}
    own = {"system": "https://gradeline.example/CodeSystem/terms"}
    more: list[dict[str, Any]] = [
        {"resourceType": "Condition", "id": "cancer", "recordedDate": "2010-05-01",
         "code": {"coding": [{**own, "code": "spinal-cancer"}]}},
        {"resourceType": "Observation", "id": "judged", "status": "final", "effectiveDateTime": "2026-11-20",
         "code": {"coding": [{**own, "code": "pain"}]}, "valueCodeableConcept": {"coding": [{**own, "code": "severe"}]}},
        {"resourceType": "Observation", "id": "odd", "status": "final", "effectiveDateTime": "2026-11-20",
         "code": {"coding": [{**own, "code": "disability"}]}, "valueRange": {"low": {"value": 1}}},
    ]  # fmt: skip
    bundle["entry"] += [{"resource": {**each, "subject": subject}} for each in more]
    return json.dumps(bundle)


@cache
def printed() -> tuple[tuple[str, str, Any], ...]:
    """Every field of everything that we can have printed."""
    found: list[tuple[str, str, Any]] = []
    for lang in ("en", "da"):
        for guideline in ("lumbar-nerve-root", TEACHING):
            for name in SAMPLE_NAMES:
                call = (
                    "advise",
                    SAMPLES / f"{name}.json",
                    "--on",
                    ON,
                    "--json",
                    "--lang",
                    lang,
                    "--guideline",
                    guideline,
                )
                found += fields(gradeline(*call).json, "Advice")
            found += fields(gradeline("show", guideline, "--as", "json", "--lang", lang).json, "A guideline")
        said = gradeline("advise", "-", "--on", ON, "--json", "--lang", lang, stdin=doubtful())
        found += fields(said.json, "Advice")
    return tuple(found)


@pytest.mark.parametrize("title", ["Advice", "A fact", "Currency", "A guideline"])
def test_every_field_is_documented_and_every_documented_field_is_there(title: str) -> None:
    assert {path for one, path, _ in printed() if one == title} == table(title).keys()


def test_every_value_is_of_the_type_that_the_page_says() -> None:
    wrong = {(path, str(value)) for title, path, value in printed() if not fits(value, table(title)[path])}
    assert not wrong


def test_what_is_asked_is_answered_as_the_page_says() -> None:
    """`--with ID=ANSWER`, for the ids of questions and of groups of signs."""
    document = gradeline("advise", SAMPLES / "l86-no-onset.json", "--json").json
    answers = [f"--with={each['id']}=no" for each in document["gate"]["ask"]]
    said = gradeline("advise", SAMPLES / "l86-no-onset.json", "--json", *answers, "--with=root-sign=yes").json
    assert said["gate"]["answer"] == "no"
    assert "root-sign" not in {each["id"] for each in said["questions"]}


def test_a_patient_that_cannot_be_read_is_a_line_with_an_error() -> None:
    said = gradeline(
        "advise", "-", "--all", stdin='{"resourceType": "Patient", "id": "bo", "birthDate": "1980-02-30"}\n'
    )
    assert said.json.keys() == {"schema", "error"}
