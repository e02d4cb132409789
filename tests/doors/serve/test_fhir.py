"""The FHIR doors: definitions to read and search, and `$apply` as CPG-on-FHIR 2.0 and as FHIR R4 give it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fhir.resources.R4B import get_fhir_model_class

from gradeline.serve.config import Config, Outgoing, Store
from tests.doors.serve.calling import PATIENT, Plain, Server, bundle, prefetch
from tests.doors.serve.record_system import TOKEN, RecordSystem, serving

APPLY = f"/fhir/PlanDefinition/{PATIENT}/$apply"


@pytest.fixture(scope="module")
def server() -> Server:
    return Server()


def parameters(sample: str, *more: Plain, data: bool = True, **texts: str) -> Plain:
    """What `$apply` is asked for a sample patient."""
    whole = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in bundle(sample)]}
    listed: list[Plain] = [{"name": "subject", "valueString": f"Patient/{sample}"}, *more]
    listed += [{"name": "data", "resource": whole}] if data else []
    return {
        "resourceType": "Parameters",
        "parameter": listed + [{"name": name, "valueString": text} for name, text in texts.items()],
    }


def applied(server: Server, sample: str, *more: Plain, path: str = APPLY, **texts: Any) -> Plain:
    """The Bundle for a sample patient."""
    answer = server("POST", path, json=parameters(sample, *more, **texts))
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert document["resourceType"] == "Parameters" and [each["name"] for each in document["parameter"]] == ["return"]
    found: Plain = document["parameter"][0]["resource"]
    sound(found)
    return found


def sound(resource: Plain) -> None:
    """A second opinion: what FHIR R4B's classes say of it; R4 differs from it in nothing that we use."""
    kind = resource["resourceType"]
    plain = json.loads(json.dumps(resource))
    get_fhir_model_class(kind).model_validate(plain)


def of_type(found: Plain, kind: str) -> list[Plain]:
    return [entry["resource"] for entry in found.get("entry", ()) if entry["resource"]["resourceType"] == kind]


def failed(answer: httpx.Response, status: int) -> str:
    """An error is always an OperationOutcome that says what to do."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/fhir+json"
    document = answer.json()
    assert document["resourceType"] == "OperationOutcome"
    return str(document["issue"][0]["diagnostics"])


class TestDefinitions:
    def test_metadata_says_what_is_done(self, server: Server) -> None:
        document = server("GET", "/fhir/metadata").json()
        sound(document)
        operations = [each["definition"] for each in document["rest"][0]["resource"][0]["operation"]]
        assert [each.rpartition("/")[2] for each in operations] == ["cpg-plandefinition-apply", "PlanDefinition-apply"]

    @pytest.mark.parametrize("kind", ["PlanDefinition", "ActivityDefinition", "Library"])
    def test_all_can_be_searched_and_read(self, server: Server, kind: str) -> None:
        found = server("GET", f"/fhir/{kind}").json()
        assert found["total"] == len(found["entry"]) > 0 and found["link"][0]["relation"] == "self"
        for entry in found["entry"]:
            id, url = entry["resource"]["id"], entry["resource"]["url"]
            assert server("GET", f"/fhir/{kind}/{id}").json() == entry["resource"]
            assert server("GET", f"/fhir/{kind}", params={"url": url}).json()["total"] == 1

    @pytest.mark.parametrize(
        ("query", "total"),
        [
            ("_id=lumbar-nerve-root", 1), ("status=retired", 11), ("status=active", 0), ("title=mri", 1), ("title:contains=EXERCISE", 4),
            ("title:exact=mri", 0), ("_count=3", 11), ("_count=0", 11), ("_offset=10", 11), ("name=lumbar&status=retired", 11),
        ],
    )  # fmt: skip
    def test_searches(self, server: Server, query: str, total: int) -> None:
        assert server("GET", f"/fhir/PlanDefinition?{query}").json()["total"] == total

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/fhir/Patient", 404), ("/fhir/PlanDefinition/x", 404), ("/fhir/PlanDefinition?colour=red", 400), ("/fhir", 404),
            ("/fhir/PlanDefinition?_count=x", 400), ("/fhir/PlanDefinition?title:missing=true", 400), ("/fhir/x/y/z", 404),
            ("/fhir/PlanDefinition?_format=xml", 406), ("/fhir/PlanDefinition/$apply", 404), (APPLY, 400), (f"{APPLY}?subject=Patient/1", 400),
        ],
    )  # fmt: skip
    def test_errors_are_outcomes(self, server: Server, path: str, status: int) -> None:
        assert failed(server("GET", path), status)


class TestApply:
    def test_proposes_what_applies(self, server: Server) -> None:
        found = applied(server, "week-nine")
        (group,) = of_type(found, "RequestGroup")
        assert found["entry"][0]["resource"] is group
        ids = [action["id"] for action in group["action"]]
        assert "surgical-assessment" in ids and "supervised-exercise" not in ids and "exercise-choice" not in ids
        requests = {each["id"]: each for each in of_type(found, "ServiceRequest")}
        for action in group["action"]:
            for each in action.get("action", [action]):
                assert "action" not in each
                made = requests[each["resource"]["reference"].partition("/")[2]]
                assert (made["intent"], made["status"]) == ("option", "draft")
                assert (
                    made["instantiatesCanonical"][0].split("|")[0].rpartition("/")[2].startswith("lumbar-nerve-root-")
                )
        assert sum("doNotPerform" in each for each in requests.values()) == 3

    def test_what_is_false_leaves_nothing_behind(self, server: Server) -> None:
        found = applied(server, "week-fourteen")
        assert [action["id"] for action in of_type(found, "RequestGroup")[0]["action"]] == ["surgical-assessment"]
        assert not of_type(found, "GuidanceResponse")
        other = {"resourceType": "Patient", "id": "well", "birthDate": "1980-01-01"}
        data = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": other}]}
        asked = {
            "resourceType": "Parameters",
            "parameter": [{"name": "subject", "valueString": "well"}, {"name": "data", "resource": data}],
        }
        answer = server("POST", APPLY, json=asked).json()
        assert "entry" not in answer["parameter"][0]["resource"]

    def test_what_is_unknown_requires_its_data(self, server: Server) -> None:
        found = applied(server, "l86-no-onset")
        responses = of_type(found, "GuidanceResponse")
        assert len(responses) == 9 and not of_type(found, "RequestGroup")
        for each in responses:
            assert each["status"] == "data-required" and "missing:" in each["note"][0]["text"]
            assert {"type": "Condition", "onset": True} in [
                {"type": one["type"], "onset": "onset" in one.get("mustSupport", [])} for one in each["dataRequirement"]
            ]

    def test_a_warning_sign_stands_in_place_of_all_else(self, server: Server) -> None:
        found = applied(server, "warning-sign")
        (message,) = of_type(found, "CommunicationRequest")
        assert (
            message["priority"] == "stat"
            and not of_type(found, "ServiceRequest")
            and not of_type(found, "GuidanceResponse")
        )

    def test_gives_a_careplan_as_r4_does(self, server: Server) -> None:
        answer = server("POST", APPLY, json=parameters("week-nine", output="careplan"))
        document = answer.json()
        sound(document)
        assert document["resourceType"] == "CarePlan" and document["activity"][0]["reference"]["reference"].startswith(
            "#"
        )
        inside = {f"#{each['id']}" for each in document["contained"]}
        text = json.dumps(document)
        assert all(part.split('"')[0] in inside for part in text.split('"reference": "')[1:] if part.startswith("#"))
        assert next(each["resourceType"] for each in document["contained"]) == "RequestGroup"

    def test_one_recommendation_alone(self, server: Server) -> None:
        found = applied(server, "week-nine", path="/fhir/PlanDefinition/lumbar-nerve-root-surgical-assessment/$apply")
        assert [action["id"] for action in of_type(found, "RequestGroup")[0]["action"]] == ["surgical-assessment"]

    def test_the_plan_by_its_url_and_several_subjects(self, server: Server) -> None:
        url = server("GET", f"/fhir/PlanDefinition/{PATIENT}").json()["url"]
        asked = parameters("week-nine", {"name": "url", "valueUri": url})
        assert server("POST", "/fhir/PlanDefinition/$apply", json=asked).status_code == 200
        both = parameters("week-nine", {"name": "subject", "valueString": "Patient/mri-no-reason"})
        both["parameter"].append(
            {
                "name": "data",
                "resource": {
                    "resourceType": "Bundle",
                    "type": "collection",
                    "entry": [{"resource": one} for one in bundle("mri-no-reason")],
                },
            }
        )
        answer = server("POST", APPLY, json=both)
        assert [each["resource"]["resourceType"] for each in answer.json()["parameter"]] == ["Bundle", "Bundle"]

    def test_prefetched_data_are_read_as_the_hooks_read_them(self, server: Server) -> None:
        given = {key: value for key, value in prefetch(bundle("week-nine")).items() if key in ("patient", "conditions")}
        more = [
            {"name": "prefetchData", "part": [{"name": "key", "valueString": key}, {"name": "data", "resource": value}]}
            for key, value in given.items()
        ]
        found = applied(server, "week-nine", *more, data=False)
        assert len(of_type(found, "GuidanceResponse")) == 10 and not of_type(found, "ServiceRequest")

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ([{"name": "data", "resource": {"resourceType": "Patient"}}], 400),
            ([{"name": "subject", "valueString": "Patient/other"}], 400),
            ([{"name": "subject", "valueString": "Group/1"}], 400),
            ([{"name": "colour", "valueString": "red"}], 400),
            ([{"name": "subject"}], 400),
            ([{"valueString": "x"}], 400),
            ([{"name": "prefetchData"}], 400),
            ([{"name": "prefetchData", "part": [{"name": "key", "valueString": "patient"}, {"name": "data"}]}], 400),
            ([{"name": "dataEndpoint", "resource": {"resourceType": "Endpoint"}}], 400),
            ([{"name": "output", "valueString": "poem"}], 400),
            ([{"name": "planDefinition", "resource": {"resourceType": "PlanDefinition"}}], 400),
        ],
    )
    def test_errors_are_outcomes(self, server: Server, change: list[Plain], status: int) -> None:
        assert failed(server("POST", APPLY, json=parameters("week-nine", *change)), status)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"[]",
            b"null",
            b'{"resourceType": "Bundle"}',
            b'{"resourceType": "Parameters", "parameter": {}}',
            b'{"resourceType": "Parameters", "parameter": [1]}',
        ],
    )
    def test_a_body_that_will_not_do(self, server: Server, body: bytes) -> None:
        assert failed(server("POST", APPLY, content=body, headers={"Content-Type": "application/fhir+json"}), 400)

    def test_another_patients_data_are_refused(self, server: Server) -> None:
        asked = parameters("week-nine")
        asked["parameter"][1]["resource"]["entry"][2]["resource"]["subject"] = {"reference": "Patient/other"}
        assert failed(server("POST", APPLY, json=asked), 400)

    def test_is_off_until_the_guideline_is_adopted(self) -> None:
        off = Server(Config(store=Store(url="sqlite://")))
        assert "[adoptions.lumbar-nerve-root]" in failed(off("POST", APPLY, json=parameters("week-nine")), 422)


class TestDataServer:
    @pytest.fixture
    def system(self) -> Iterator[RecordSystem]:
        with serving(RecordSystem(bundle("week-nine"))) as made:
            yield made

    def endpoint(self, address: str) -> Plain:
        return {
            "name": "dataEndpoint",
            "resource": {"resourceType": "Endpoint", "address": address, "header": [f"Authorization: Bearer {TOKEN}"]},
        }

    def test_is_read_with_its_token(self, system: RecordSystem) -> None:
        server = Server(outgoing=Outgoing(servers=(system.base,)))
        found = applied(server, "week-nine", self.endpoint(system.base), data=False)
        assert {each.token for each in system.asked} == {TOKEN}
        assert "surgical-assessment" in [action["id"] for action in of_type(found, "RequestGroup")[0]["action"]]

    def test_no_other_is_called(self, system: RecordSystem) -> None:
        server = Server(outgoing=Outgoing(servers=("https://allowed.example/fhir",)))
        assert failed(server("POST", APPLY, json=parameters("week-nine", self.endpoint(system.base), data=False)), 412)
        assert not system.asked
