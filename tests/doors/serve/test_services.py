"""CDS Hooks 2.0: discovery and the services, by the numbers of the requirements that bind a service."""

from __future__ import annotations

import json
import re

import pytest

from gradeline.serve.config import Config, Store
from gradeline.serve.hooks.shape import validity
from tests.doors.serve.calling import (
    ORDERS,
    PATIENT,
    Plain,
    Server,
    bundle,
    call,
    drafts,
    order,
    prefetch,
)  # fmt: skip

requirement = pytest.mark.requirement
MEMORY = Store(url="sqlite://")


@pytest.fixture(scope="module")
def server() -> Server:
    return Server()


class TestDiscovery:
    @requirement("CH-4", "CH-5", "CH-6", "CH-13", "CH-1")
    def test_lists_the_services_as_json(self, server: Server) -> None:
        answer = server("GET", "/cds-services")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        assert isinstance(answer.json()["services"], list)

    @requirement("CH-7", "CH-8", "CH-9", "CH-10", "CH-3")
    def test_each_service_says_what_it_is(self, server: Server) -> None:
        document = server("GET", "/cds-services").json()
        assert not list(validity.discovery(document))
        for service in document["services"]:
            assert all(service[name] for name in ("hook", "title", "description", "id"))

    @requirement("CH-211", "CH-213", "CH-210")
    def test_hooks_that_replace_each_others_cards_share_an_id(self, server: Server) -> None:
        found = {(one["id"], one["hook"]) for one in server("GET", "/cds-services").json()["services"]}
        assert {hook for id, hook in found if id == PATIENT} == {"patient-view", "encounter-start"}
        assert {hook for id, hook in found if id == ORDERS} == {"order-select", "order-sign"}

    @requirement("CH-11", "CH-12", "CH-29", "CH-36", "CH-55", "CH-56", "CH-57", "CH-58", "CH-59")
    def test_templates_keep_to_the_recommended_subset(self, server: Server) -> None:
        for service in server("GET", "/cds-services").json()["services"]:
            assert service["usageRequirements"]
            for query in service["prefetch"].values():
                assert re.fullmatch(
                    r"Patient/\{\{context\.patientId\}\}|[A-Z]\w+\?patient=\{\{context\.patientId\}\}", query
                )

    def test_says_that_a_guideline_not_in_force_is_off_until_adopted(self) -> None:
        off = Server(Config(store=MEMORY))
        text = json.dumps(off("GET", "/cds-services").json())
        assert "OFF" in text and "[adoptions.lumbar-nerve-root]" in text
        assert "Adopted here by gradeline serve --demo" in json.dumps(Server()("GET", "/cds-services").json())


class TestServices:
    @requirement("CH-16", "CH-74", "CH-28")
    def test_answers_at_its_id_with_cards(self, server: Server) -> None:
        answer = server.hook("week-nine")
        assert (
            answer.status_code == 200 and answer.json()["cards"][0]["source"]["topic"]["code"] == "surgical-assessment"
        )

    @requirement("CH-77", "CH-75")
    def test_has_an_empty_list_where_there_is_nothing_to_say_and_no_system_actions(self, server: Server) -> None:
        answer = server.hook("week-nine", "order-sign", context=drafts(order("week-nine", "225358003")))
        assert (answer.status_code, answer.json()) == (200, {"cards": []})
        assert server.why() == ["no draft orders what a recommendation of the guideline speaks against"]

    @requirement("CH-14", "CH-76")
    @pytest.mark.parametrize(
        ("path", "change", "status"),
        [
            ("nothing", {}, 404),
            (PATIENT, {"hook": "order-sign"}, 400),
            (PATIENT, {"hook": "appointment-book"}, 400),
            (PATIENT, {"hook": ...}, 400),
            (PATIENT, {"hookInstance": ...}, 400),
            (PATIENT, {"context": {"patientId": "../Patient"}}, 400),
            (PATIENT, {"context": {"userId": None}}, 400),
            (PATIENT, {"fhirAuthorization": {"access_token": "t"}}, 400),
            (PATIENT, {"prefetch": {"patient": "Patient/1"}}, 400),
            (PATIENT, {"prefetch": {"conditions": {"resourceType": "Patient"}}}, 400),
        ],
    )
    def test_says_what_is_wrong_with_a_call(self, server: Server, path: str, change: Plain, status: int) -> None:
        answer = server("POST", f"/cds-services/{path}", json=call("week-nine", **change))
        assert answer.status_code == status
        assert (
            answer.json()["resourceType"] == "OperationOutcome" and "Cure:" in answer.json()["issue"][0]["diagnostics"]
        )

    def test_a_wrong_patient_anywhere_is_refused(self, server: Server) -> None:
        other = {"resourceType": "Observation", "id": "x", "status": "final", "subject": {"reference": "Patient/other"}}
        given = prefetch(bundle("week-nine"))
        given["observations"]["entry"].append({"resource": other})
        assert server.hook("week-nine", prefetch=given).status_code == 400
        assert server.hook("week-nine", context={"patientId": "mri-no-reason"}).status_code == 400
        assert server.hook("week-nine", "order-sign", context=drafts(order("other"))).status_code == 400

    def test_a_type_before_an_id_is_forgiven(self, server: Server) -> None:
        assert len(server.cards("week-nine", context={"patientId": "Patient/week-nine"})) == 1
        assert (
            server.state.calls[0]["notes"] == ["patientId has `Patient/` before the id"]
            or server.state.calls[0]["notes"]
        )

    def test_an_encounter_start_needs_its_encounter(self, server: Server) -> None:
        assert len(server.cards("week-nine", "encounter-start")) == 1
        assert server.hook("week-nine", "encounter-start", context={"encounterId": None}).status_code == 400
