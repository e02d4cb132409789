"""Whatever is thrown at the reader, it gives a record or one of our errors, and loses no resource."""

from __future__ import annotations

import copy
import gzip
from contextlib import suppress

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradeline.errors import GradelineError
from gradeline.records.fhir import record, records
from gradeline.records.mapping import TYPES
from tests.unit.records.fhir_snippets import PATIENT, bundle, coded, make

SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=8)
WORDS = st.sampled_from(
    [
        "resourceType",
        "Bundle",
        "Patient",
        "Condition",
        "Observation",
        "entry",
        "resource",
        "id",
        "subject",
        "reference",
        "Patient/1",
        "code",
        "coding",
        "system",
        "status",
        "final",
        "valueQuantity",
        "value",
        "unit",
        "component",
        "contained",
        "meta",
        "lastUpdated",
        "identifier",
        "fullUrl",
        "request",
        "method",
        "DELETE",
        "url",
        "type",
        "history",
        "item",
        "#a",
    ]
)
JSON = st.recursive(
    SCALARS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=6),
    max_leaves=30,
)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
VALUES = {
    "DateTime": "2026-10-05",
    "Instant": "2026-10-05T08:00:00Z",
    "Period": {"start": "2026-10-05", "end": "2026-10-06"},
    "Quantity": {"value": 7, "unit": "kg", "code": "kg", "system": "http://unitsofmeasure.org"},
    "Age": {"value": 45, "code": "a"},
    "Range": {"low": {"value": 45, "code": "a"}},
    "Boolean": False,
    "Integer": 3,
    "CodeableConcept": coded("v"),
    "Timing": {"event": ["2026-10-05"]},
    "String": "words",
}


def full(kind, where):
    """A resource of the type with everything that the table reads."""
    resource = make(kind, code=None, subject=None)
    for path in (
        where.codes + where.reasons + where.sites + where.sides + where.specialties + (where.absent, where.over)
    ):
        put(resource, path, coded("x"))
    for path in where.because + where.based_on + where.carers + where.units + (where.coded_by, where.about):
        put(resource, path, {"reference": "Condition/1"})
    for name in where.onset + where.when + where.until + where.values:
        put(
            resource,
            name,
            next((value for end, value in VALUES.items() if name.lower().endswith(end.lower())), "2026-10-05"),
        )
    put(resource, where.subject, {"reference": "Patient/1"})
    if where.parts:
        put(resource, where.part, full(kind, where.parts) if where.parts.codes else coded("x"))
    return resource


def put(resource, path, value):
    """Set an element at a path."""
    *outer, last = path.split(".")
    for name in outer:
        resource = resource.setdefault(name, {})
    if last and type(resource) is dict:
        resource.setdefault(last, [value] if last.endswith(("Code", "Reference", "basedOn")) else value)


FULL = [full(kind, where) for kind, where in TYPES.items()]


def places(thing, path=()):
    """Every place in a JSON document."""
    yield path
    inner = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for name, value in inner:
        yield from places(value, (*path, name))


@pytest.mark.parametrize("resource", FULL, ids=lambda resource: resource["resourceType"])
def test_everything_that_the_table_reads_can_be_there_at_once(resource):
    found = record(bundle(resource))
    assert found.resources == 2
    assert found.facts or found.unused


def fits(thing):
    """Whether it can be written: whole numbers up to 64 bits, and texts that are Unicode."""
    with suppress(orjson.JSONEncodeError):
        return bool(orjson.dumps(thing))
    return False


def written(things):
    """JSON documents on lines."""
    return b"\n".join(orjson.dumps(thing) for thing in things)


@QUICK
@given(JSON)
def test_any_objects(thing):
    with suppress(GradelineError):
        record(thing if isinstance(thing, (dict, list)) else [thing])


@QUICK
@given(st.binary(max_size=200) | st.lists(JSON.filter(fits), max_size=3).map(written))
def test_any_bytes(data):
    with suppress(GradelineError):
        record(data)
    with suppress(GradelineError):
        record(gzip.compress(data)[:-1])
    with suppress(GradelineError):
        assert all(one.resources for one in records(data, lambda fault: None))


@QUICK
@given(st.sampled_from(FULL), st.data())
def test_a_valid_resource_in_which_anything_is_replaced(resource, data):
    broken = copy.deepcopy(bundle(resource, make("Condition", id="1")))
    *outer, last = data.draw(st.sampled_from([place for place in places(broken) if place]))
    target = broken
    for name in outer:
        target = target[name]
    target[last] = data.draw(JSON)
    with suppress(GradelineError):
        found = record(broken)
        sources = {fact.key.partition("#")[0] for fact in found.facts}
        assert 1 + len(sources) + sum(found.unused.values()) == found.resources


@QUICK
@given(st.lists(st.sampled_from(FULL), max_size=6), st.randoms())
def test_the_order_of_resources_changes_nothing_but_the_order_of_facts(resources, random):
    everything = [resource | {"id": str(n)} for n, resource in enumerate(resources, 2)]
    shuffled = random.sample(everything, len(everything))
    one, other = record([PATIENT, *everything]), record([*shuffled, PATIENT])
    assert sorted(one.facts, key=str) == sorted(other.facts, key=str)
    assert (one.unused, one.unread, one.patient) == (other.unused, other.unread, other.patient)


def test_a_list_that_holds_itself_is_too_deep():
    loop = []
    loop.append(loop)
    with pytest.raises(GradelineError, match="nested too deeply"):
        record(loop)
