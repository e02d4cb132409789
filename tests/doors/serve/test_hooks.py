"""CDS Hooks 2.0: discovery, cards and their parts, by the numbers of the requirements that bind a service."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from gradeline.serve.config import Config, Store
from gradeline.serve.hooks import validity
from gradeline.show.cards.occasion import Adoption
from tests.doors.serve.calling import (
    ACUPUNCTURE,
    DAY,
    MRI,
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
INJECTION = "extraforaminal-injection"


@pytest.fixture(scope="module")
def server() -> Server:
    return Server()


def everything(server: Server) -> list[Plain]:
    """A card of every kind that the samples can bring."""
    found = [
        card
        for sample in ("week-nine", "l86-no-onset", "warning-sign", "week-fourteen", "mri-no-reason")
        for card in server.cards(sample)
    ]
    context = drafts(*(order("fresh-episode", code, f"draft-{code}") for code in (MRI, ACUPUNCTURE, INJECTION)))
    return found + server.cards("fresh-episode", "order-sign", context=context)


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


class TestCards:
    @requirement("CH-80", "CH-81", "CH-82", "CH-83", "CH-84", "CH-85", "CH-87", "CH-88", "CH-90")
    def test_hold_to_the_standard(self, server: Server) -> None:
        cards = everything(server)
        assert len(cards) == 8 and len({card["uuid"] for card in cards}) == 8
        assert not list(validity.response({"cards": cards}))
        assert all(len(card["summary"]) < 140 and card["detail"] for card in cards)
        assert {card["indicator"] for card in cards} == {"info", "warning"}

    @requirement("CH-89")
    def test_only_the_gate_warns_for_a_guideline_without_strong_statements(self, server: Server) -> None:
        assert {card["summary"][:4] for card in everything(server) if card["indicator"] == "warning"} == {"STOP"}

    @requirement(
        "CH-105",
        "CH-106",
        "CH-107",
        "CH-108",
        "CH-109",
        "CH-113",
        "CH-115",
        "CH-116",
        "CH-216",
        "CH-217",
        "CH-218",
        "CH-220",
    )
    def test_name_their_source(self, server: Server) -> None:
        for card in everything(server):
            source = card["source"]
            assert source["label"] == "Recent onset lumbar nerve root compression, Danish Health Authority, ver. 1.1"
            assert source["url"] == "http://localhost/guidelines/lumbar-nerve-root" and "icon" not in source
            assert "topic" not in source or set(source["topic"]) == {"system", "code", "display"}

    @requirement("CH-98", "CH-99", "CH-100", "CH-136", "CH-219")
    def test_offer_the_standard_reasons_to_override(self, server: Server) -> None:
        for card in everything(server):
            reasons = card["overrideReasons"]
            assert len(reasons) == 12 and all(each["display"] and each["code"] and each["system"] for each in reasons)

    @requirement(
        "CH-103",
        "CH-104",
        "CH-110",
        "CH-138",
        "CH-139",
        "CH-140",
        "CH-141",
        "CH-142",
        "CH-144",
        "CH-145",
        "CH-146",
        "CH-147",
    )
    def test_link_to_the_page_inside_the_record_system(self, server: Server) -> None:
        for card in everything(server):
            smart, absolute = card["links"]
            assert (smart["type"], smart["url"]) == ("smart", "http://localhost/smart/launch")
            assert json.loads(smart["appContext"]) == {"guideline": "lumbar-nerve-root", "lang": "en"}
            assert absolute["type"] == "absolute" and "appContext" not in absolute

    @requirement("CH-214", "CH-215")
    def test_carry_no_extension(self, server: Server) -> None:
        assert "extension" not in json.dumps(everything(server))

    def test_say_currency_version_adoption_and_what_it_is_not(self, server: Server) -> None:
        for card in everything(server):
            for said in (
                "NOT IN FORCE since 22 Mar 2023",
                "Adopted here by gradeline serve",
                "Encoding 0.1",
                "not a medical device",
                "Newest entry",
            ):
                assert said in card["detail"].replace("\\", "")

    def test_speak_danish_where_that_is_asked_for(self, server: Server) -> None:
        answer = server("POST", f"/cds-services/{PATIENT}", json=call("week-nine"), headers={"Accept-Language": "da"})
        card = answer.json()["cards"][0]
        assert card["summary"].startswith("Frist søn. 13. dec., om 20 dage: Rygkirurgisk vurdering")
        assert "IKKE GÆLDENDE" in card["detail"] and card["links"][0]["label"] == "Åbn for denne patient"


class TestPatientCard:
    @pytest.mark.parametrize(
        ("sample", "starts"),
        [
            ("warning-sign", "STOP: new trouble with bladder or bowel"),
            ("week-nine", "Due by Sun 13 Dec, in 20 days: Assessment by a spine surgeon"),
            ("week-fourteen", "Overdue since Thu 12 Nov"),
            ("l86-no-onset", "Ask about: sign of a nerve root"),
        ],
    )
    def test_is_the_gate_what_is_due_or_the_one_question(self, server: Server, sample: str, starts: str) -> None:
        (card,) = server.cards(sample)
        assert card["summary"].startswith(starts)

    def test_is_none_where_the_index_condition_is_not_coded(self, server: Server) -> None:
        given = {
            "conditions": {"resourceType": "Bundle", "type": "searchset", "total": 0},
            "contacts": None,
            "orders": None,
        }
        assert server.cards("week-nine", prefetch=given) == []
        assert server.why() == ["the index condition is not recorded in an episode that is open on the day"]

    @requirement("CH-131", "CH-130", "CH-127", "CH-128", "CH-129")
    def test_proposes_what_is_due(self, server: Server) -> None:
        (card,) = server.cards("week-nine")
        (action,) = card["suggestions"][0]["actions"]
        resource = action["resource"]
        assert (action["type"], resource["intent"], resource["status"]) == ("create", "proposal", "draft")
        assert resource["id"] and resource["subject"] == {"reference": "Patient/week-nine"} and action["description"]

    def test_is_off_until_the_guideline_is_adopted(self) -> None:
        off = Server(Config(store=MEMORY))
        assert off.hook("week-nine").json() == {"cards": []}
        adoption = Adoption("Region X", date(2026, 11, 1), "nothing newer.", date(2026, 12, 31))
        on = Server(Config(store=MEMORY, adoptions={PATIENT: adoption}))
        (card,) = on.cards("week-nine")
        assert "Adopted here by Region X on 1 Nov 2026, until 31 Dec 2026: nothing newer" in card["detail"].replace(
            "\\", ""
        )
        on.day = DAY + 60
        assert on.hook("week-nine").json() == {"cards": []}


class TestDrafts:
    """The order hooks speak of the draft, and do not judge it."""

    def cards(self, server: Server, *orders: Plain, hook: str = "order-sign", selected: int = -1) -> list[Plain]:
        return server.cards("fresh-episode", hook, context=drafts(*orders, selected=selected))

    @pytest.mark.parametrize(("code", "about"), [(MRI, "mri"), (INJECTION, INJECTION), (ACUPUNCTURE, "acupuncture")])
    def test_each_brings_its_recommendation(self, server: Server, code: str, about: str) -> None:
        (card,) = self.cards(server, order("fresh-episode", code))
        assert card["source"]["topic"]["code"] == about and card["summary"].startswith("If signed: ")
        assert "The order is not judged" in card["detail"] and card["indicator"] == "info"

    @requirement(
        "CH-92",
        "CH-93",
        "CH-94",
        "CH-95",
        "CH-96",
        "CH-117",
        "CH-118",
        "CH-119",
        "CH-120",
        "CH-121",
        "CH-122",
        "CH-123",
        "CH-124",
        "CH-125",
    )
    def test_suggestions_are_whole_choices(self, server: Server) -> None:
        (card,) = self.cards(server, order("fresh-episode"))
        assert card["selectionBehavior"] == "at-most-one"
        assert all(each["label"] and each["uuid"] and each["actions"] for each in card["suggestions"])
        assert not any("isRecommended" in each for each in card["suggestions"])

    @requirement("CH-132")
    def test_a_reason_is_an_update_of_the_whole_order(self, server: Server) -> None:
        draft = order("fresh-episode", note=[{"text": "kept"}])
        (card,) = self.cards(server, draft)
        updates = [
            each["actions"][0]["resource"] for each in card["suggestions"] if each["actions"][0]["type"] == "update"
        ]
        assert [each["reasonCode"][0]["coding"][0]["code"] for each in updates] == [
            "judged-persisting-severe-pain", "surgical-assessment", "warning-sign",
        ]  # fmt: skip
        for each in updates:
            assert {name: value for name, value in each.items() if name != "reasonCode"} == draft

    def test_the_reason_that_was_chosen_is_one_that_counts(self, server: Server) -> None:
        (card,) = self.cards(server, order("fresh-episode"))
        updated = card["suggestions"][0]["actions"][0]["resource"]
        assert self.cards(server, updated) == []
        assert server.why() == ["ServiceRequest/draft-1: the order names a reason that counts"]

    @requirement("CH-133", "CH-134", "CH-135")
    def test_it_can_be_left_out(self, server: Server) -> None:
        (card,) = self.cards(server, order("fresh-episode"))
        (removal,) = [each for each in card["suggestions"] if [one["type"] for one in each["actions"]] == ["delete"]]
        assert removal["actions"][0] | {"description": ""} == {
            "type": "delete",
            "description": "",
            "resourceId": "ServiceRequest/draft-1",
        }

    def test_alternatives_are_whole_proposals(self, server: Server) -> None:
        (card,) = self.cards(server, order("fresh-episode", ACUPUNCTURE))
        made = [each["actions"] for each in card["suggestions"] if each["actions"][0]["type"] == "create"]
        assert len(made) == 3
        for create, delete in made:
            resource = create["resource"]
            assert (resource["intent"], resource["status"], resource["resourceType"]) == (
                "proposal",
                "draft",
                "ServiceRequest",
            )
            assert resource["id"] and resource["code"]["coding"][0]["code"] and delete["type"] == "delete"

    def test_at_most_three_and_only_of_what_is_selected(self, server: Server) -> None:
        orders = [order("fresh-episode", MRI, f"d{number}") for number in range(5)]
        assert len(self.cards(server, *orders)) == 3
        (card,) = self.cards(server, *orders, hook="order-select", selected=4)
        deleted = [
            one["resourceId"] for each in card["suggestions"] for one in each["actions"] if one["type"] == "delete"
        ]
        assert set(deleted) == {"ServiceRequest/d4"}

    def test_a_selection_that_is_not_there_is_an_error(self, server: Server) -> None:
        context = drafts(order("fresh-episode")) | {"selections": ["ServiceRequest/other"]}
        assert server.hook("fresh-episode", "order-select", context=context).status_code == 400

    def test_a_reason_in_the_record_is_told(self, server: Server) -> None:
        (card,) = server.cards("week-nine", "order-sign", context=drafts(order("week-nine")))
        assert card["summary"].endswith("a reason is in the record") and "pain 8 on 12 Oct" in card["detail"]

    def test_a_warning_sign_stands_in_place_of_advice(self, server: Server) -> None:
        (card,) = server.cards("warning-sign", "order-sign", context=drafts(order("warning-sign")))
        assert card["summary"].startswith("STOP") and card["indicator"] == "warning" and "suggestions" not in card

    def test_whoever_the_guideline_does_not_speak_of_is_left_in_peace(self, server: Server) -> None:
        assert server.cards("week-fourteen", "order-sign", context=drafts(order("week-fourteen"))) == []
        assert "not for this patient" in server.why()[0]

    def test_a_draft_without_an_id_can_only_be_read_of(self, server: Server) -> None:
        draft = order("fresh-episode")
        context = {
            "draftOrders": {
                "resourceType": "Bundle",
                "type": "collection",
                "entry": [{"resource": {k: v for k, v in draft.items() if k != "id"}}],
            }
        }
        (card,) = server.cards("fresh-episode", "order-sign", context=context)
        assert "suggestions" not in card and "selectionBehavior" not in card


class TestRepetition:
    @pytest.mark.parametrize("outcome", ["accepted", "overridden"])
    def test_what_was_decided_is_not_said_again_for_a_while(self, outcome: str) -> None:
        server = Server()
        context = drafts(order("fresh-episode"))
        (card,) = server.cards("fresh-episode", "order-select", context=context)
        assert server.heard(card, outcome, acceptedSuggestions=[]).status_code == 200
        assert server.cards("fresh-episode", "order-sign", context=context) == []
        assert server.cards("fresh-episode", "order-sign", context=drafts(order("fresh-episode", id="another")))
        server.now += 25 * 3600
        assert len(server.cards("fresh-episode", "order-sign", context=context)) == 1
