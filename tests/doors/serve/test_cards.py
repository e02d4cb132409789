"""CDS Hooks 2.0: what every card has, and the one card of a patient."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gradeline.serve.config import Config, Store
from gradeline.serve.hooks.shape import validity
from gradeline.show.cards.occasion import Adoption
from tests.doors.serve.calling import (
    ACUPUNCTURE,
    DAY,
    MRI,
    PATIENT,
    Plain,
    Server,
    call,
    drafts,
    order,
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
