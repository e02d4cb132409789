"""CDS Hooks 2.0: cards about orders that are being written, and what is not said again."""

from __future__ import annotations

import pytest

from tests.doors.serve.calling import (
    ACUPUNCTURE,
    MRI,
    Plain,
    Server,
    drafts,
    order,
)  # fmt: skip

requirement = pytest.mark.requirement
INJECTION = "extraforaminal-injection"


@pytest.fixture(scope="module")
def server() -> Server:
    return Server()


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
