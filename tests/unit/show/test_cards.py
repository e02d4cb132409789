"""Cards of the teaching guideline, which is invented and has what the first real one has not: strong recommendations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gradeline.evaluate.advice import Advice, advise
from gradeline.evaluate.advice.drafts import watched
from gradeline.model.grade import Strength
from gradeline.model.words import LANGUAGES, Language, Text
from gradeline.plan.plan import compile
from gradeline.records.fhir.drafts import draft
from gradeline.serve.hooks.shape import validity
from gradeline.show.cards.card import Card
from gradeline.show.cards.occasion import Occasion
from gradeline.show.cards.orders import order_cards
from gradeline.show.cards.patient import patient_card
from gradeline.source.cases import cases
from gradeline.source.shipped import guideline
from tests.doors.serve.calling import OWN

TEACHING = Path(__file__).parents[2] / "guidelines" / "teaching"


@pytest.fixture(scope="module")
def advices() -> list[Advice]:
    """The advice for every case of the teaching guideline."""
    asked = guideline(TEACHING)
    plan = compile(asked)
    return [advise(plan, case.record, case.on.toordinal()) for case in cases(TEACHING / "cases.yaml", asked)]


def drafted(advice: Advice, occasion: Occasion) -> list[Card]:
    """The cards of an order of everything that the guideline speaks against, one after the other."""
    found: list[Card] = []
    for term in filter(None, map(watched, advice.plan.lines)):
        code = {"coding": [{"system": OWN, "code": term}]}
        order = {"resourceType": "ServiceRequest", "id": "d", "status": "draft", "code": code}
        found += order_cards(advice, [draft(order)], occasion)[0]
    return found


def test_only_a_strong_recommendation_on_complete_data_warns(advices: list[Advice]) -> None:
    seen = set()
    for advice in advices:
        for unread in ((), ("observations",)):
            for card in drafted(advice, Occasion("en", "http://x", None, unread)):
                if advice.gate.answer != "yes":
                    strong = advice.guideline.recommendation(card.about).grade.strength is Strength.STRONG
                    seen.add((strong, bool(unread), card.indicator))
    assert (True, False, "warning") in seen
    assert not {each for each in seen if each[2] == "warning" and (not each[0] or each[1])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_holds_to_the_standard(advices: list[Advice], language: Language) -> None:
    occasion = Occasion(language, "http://x", None, ("diagnoses",))
    cards = [card for advice in advices for card in [*drafted(advice, occasion), patient_card(advice, occasion)]]
    made = [card.plain() for card in cards if isinstance(card, Card)]
    assert len(made) > 20
    assert not list(validity.response({"cards": made}))
    assert all(0 < len(card["summary"]) < 140 for card in made)


def test_markup_of_a_guideline_is_escaped(advices: list[Advice]) -> None:
    advice = next(each for each in advices if each.gate.answer == "yes")
    gate = advice.guideline.gate
    assert gate
    evil = replace(advice.guideline, gate=replace(gate, stop=Text("<script>alert(1)</script> [x](javascript:y) **z**")))
    card = patient_card(replace(advice, plan=replace(advice.plan, guideline=evil)), Occasion("en", "http://x"))
    assert isinstance(card, Card)
    assert r"\[x\](javascript:y) \*\*z\*\*" in card.detail and "<script" not in card.detail.replace(r"\<", "")
