"""Lines in which something was changed that a source might get wrong: seeded, so that each can be made again."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

Resource = dict[str, Any]
By = dict[str, list[Resource]]
ODD: list[Any] = [
    None, "", "x", 0, 1, -3.5, 1e300, True, False, [], {}, ["x"], [{}], {"coding": []}, {"coding": "x"}, "2024-02-30",
    "2024", "2024-05", "2024-05-06T10:00:00.5Z", "2024-05-06 10:00", "2024-5-6", " 024-01-05", "infinity", "0000-01-01",
    {"coding": [{"system": "s", "code": "c"}, {"system": "s"}]}, {"coding": [{"code": 5}]}, {"reference": "Patient/p1"},
    {"reference": "https://example.org/fhir/Patient/p2"}, {"reference": "#x"}, {"reference": "Group/1"}, {"start": "2024-01-02"},
    {"end": "2024-01-02"}, {"start": "2024-01-03", "end": "2024-01-02"}, "entered-in-error", "unknown", "completed",
    "preliminary", "revoked", "cancelled", "not-done", "proposal", {"value": 7, "unit": "furlong"}, {"value": "7"},
    {"value": 3, "code": "cm", "system": "http://unitsofmeasure.org"}, {"value": 3, "comparator": "<"},
    {"coding": [{"system": "http://snomed.info/sct", "code": "260385009"}]},
    {"coding": [{"system": "urn:oid:1.2.208.176.2.4", "code": "DM511+TUL1"}]}, [{"reference": "Organization/1"}],
]  # fmt: skip
EXTRA = (
    "valueString", "valueBoolean", "valueInteger", "valueCodeableConcept", "modifierExtension", "contained", "issued",
    "abatementDateTime", "onsetDateTime", "onsetPeriod", "effectivePeriod", "performedPeriod", "bodySite", "basedOn",
    "reasonReference", "reasonCode", "dataAbsentReason", "interpretation", "doNotPerform", "focus", "partOf", "type",
    "occurrenceDateTime", "authoredOn", "requester", "serviceProvider", "clinicalStatus", "statusReason",
)  # fmt: skip
STATUS: list[Any] = [
    "entered-in-error", "unknown", "completed", "preliminary", "revoked", "cancelled", "not-done", "active", "final", "draft",
    "booked", "planned", "amended", None, 5, "", ["final"], {"coding": [{"code": "refuted"}]}, {"coding": [{"code": "provisional"}]},
]  # fmt: skip
SUBJECTS: list[Any] = [
    {"reference": "Patient/m1"}, {"reference": "Patient/zoe"}, {"reference": "https://example.org/fhir/Patient/m1"},
    {"reference": "Patient/"}, {"reference": "Patient"}, {"reference": 5}, {"display": "him"}, {"reference": "Patient/m 1"},
    {"identifier": {"system": "s", "value": "v"}}, {"identifier": 5}, "Patient/m1", None, [], [{"reference": "Patient/m1"}],
    {"reference": None}, {"reference": "patient/m1"}, {"reference": "Patient/m1/_history/1"}, {"reference": "Device/1"},
    {"reference": "Patient?identifier=s|v"}, {"reference": ""}, {"reference": "urn:uuid:1"}, {"type": "Device"},
    {"type": "Patient"}, {"reference": "Patient/Æ"}, {"reference": "Group/1"}, {"reference": "#x"},
]  # fmt: skip
IDS: list[Any] = [None, 5, "", ["x"], {"a": 1}, True, "a b", "x/y", "Æ", 'q"q', "back\\slash", "m1", "r1"]
TYPES: list[Any] = [
    None, 5, "", ["Patient"], {}, "patient", "Wish", "OperationOutcome", "Binary", "List", "CarePlan", "Appointment", "Claim",
    "Communication", "QuestionnaireResponse", "Patient", "Observation", "Condition", "Encounter", "Organization", "Medication",
]  # fmt: skip
METAS: list[Any] = [
    None, 5, [], {"versionId": "2"}, {"lastUpdated": "2024-01-01"}, {"lastUpdated": 5}, {"lastUpdated": "x"},
    {"versionId": 5}, {"lastUpdated": "2024-01-01T00:00:00Z"},
]  # fmt: skip
NOT_QUITE_JSON: list[Callable[[bytes], bytes]] = [
    lambda line: line[:-1], lambda line: line + b"x", lambda line: b"\xef\xbb\xbf" + line, lambda line: line + b"\r",
    lambda line: b"  " + line, lambda line: line[:-1] + b",}", lambda line: line[:-1] + b',"z":[1, ]}', lambda line: b"",
    *(lambda line, what=what: line[:-1] + b',"z":' + what + b"}" for what in (  # type: ignore[misc]
        b"NaN", b"-inf", b"[nan]", b"Infinity", b"1e999", b'"\xff"', b'"\\ud800"', b"01", b'"\t"', b'"\\u0000"', b"+1",
        b".5", b"123456789012345678901234567890", b'"a, ] NaN"', b'": NaN,"',
    )),
]  # fmt: skip


def resources(folder: Path) -> By:
    """The resources of an export by their type."""
    found: By = {}
    for path in sorted(folder.glob("[A-Z]*.ndjson")):
        for line in path.read_bytes().splitlines():
            found.setdefault(path.stem.partition(".")[0], []).append(orjson.loads(line))
    return found


def anywhere(resource: Resource, chance: random.Random) -> Resource:
    """One or two things exchanged, left out or added, somewhere."""
    for _ in range(chance.choice((1, 1, 2))):
        at: Any = resource
        while True:
            inner = [
                each for each in (at.values() if isinstance(at, dict) else at) if each and isinstance(each, dict | list)
            ]
            if not inner or chance.random() < 0.4:
                break
            at = chance.choice(inner)
        if isinstance(at, list):
            at[chance.randrange(len(at))] = copy.deepcopy(chance.choice(ODD))
        elif chance.random() < 0.3:
            at[chance.choice(EXTRA)] = copy.deepcopy(chance.choice(ODD))
        else:
            name = chance.choice([name for name in at if name != "resourceType"] or ["x"])
            at[name] = copy.deepcopy(chance.choice(ODD))
            if chance.random() < 0.2:
                del at[name]
    return resource


def left_out(resource: Resource, chance: random.Random) -> Resource:
    """Without one of its elements."""
    del resource[chance.choice(list(resource))]
    return resource


def put(names: tuple[str, ...], values: list[Any]) -> Callable[[Resource, random.Random], Resource]:
    """One of some elements exchanged for one of some values."""
    return lambda resource, chance: resource | {chance.choice(names): copy.deepcopy(chance.choice(values))}


CHANGES: tuple[tuple[int, Callable[[Resource, random.Random], Any]], ...] = (
    (45, anywhere), (10, put(("status", "status", "verificationStatus"), STATUS)), (5, left_out), (5, put(("meta",), METAS)),
    (12, put(("subject", "subject", "patient", "beneficiary"), SUBJECTS)), (8, put(("resourceType",), TYPES)),
    (8, put(("id",), IDS)), (2, lambda _, chance: chance.choice([None, 5, "x", [], {}, True])),
)  # fmt: skip
"""How a line is changed, and how often of a hundred."""


def mutated(resource: Resource, chance: random.Random) -> Any:
    """A resource that was changed in one way."""
    (how,) = chance.choices([each for _, each in CHANGES], [often for often, _ in CHANGES])
    return how(copy.deepcopy(resource), chance)


def export(found: By, chance: random.Random, size: int) -> bytes:
    """Lines of some patients: half of the resources changed, perhaps of the Patients some; some lines twice."""
    lines = [orjson.dumps(one) for one in described(found, chance, size)]
    return b"\n".join(chance.choice(NOT_QUITE_JSON)(line) if chance.random() < 0.04 else line for line in lines)


def described(found: By, chance: random.Random, size: int) -> Iterator[Any]:
    """Patients and their resources, whose names are all new."""
    kinds, people_too = [kind for kind in found if kind != "Patient"], chance.random() < 0.5
    for number in range(size):
        if number % 3 == 0:
            person = {**chance.choice(found["Patient"]), "id": f"m{number // 3}"}
            yield mutated(person, chance) if people_too and chance.random() < 0.2 else person
        resource = {**chance.choice(found[chance.choice(kinds)]), "id": f"r{number}"}
        whose = {"reference": f"Patient/m{max(0, number // 3 - chance.randrange(3))}"}
        resource |= {name: whose for name in ("subject", "patient", "beneficiary") if name in resource}
        one = mutated(resource, chance) if chance.random() < 0.5 else resource
        yield one
        yield from again(one, chance)


def again(one: Any, chance: random.Random) -> Iterable[Any]:
    """Now and then the same once more, or a newer version of it."""
    if chance.random() < 0.03:
        yield one
    if chance.random() < 0.02 and isinstance(one, dict):
        yield {**one, "status": "entered-in-error", "meta": {"versionId": "9"}}
