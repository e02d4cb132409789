"""The cards of orders that are being written: about these drafts only, at most three, and never a judgement."""

from __future__ import annotations

from collections.abc import Sequence

from gradeline.evaluate.advice import Advice
from gradeline.evaluate.advice.drafts import Called, called, touching
from gradeline.evaluate.words.reasons import Reasons
from gradeline.logic import UNKNOWN, YES
from gradeline.model.forms import InsteadOf
from gradeline.model.words import Text
from gradeline.records.fhir.drafts import Draft
from gradeline.show.cards import details
from gradeline.show.cards.building import Said, made
from gradeline.show.cards.card import Card, short
from gradeline.show.cards.occasion import Occasion
from gradeline.show.cards.patient import indicator, stop_card
from gradeline.show.cards.proposals import for_order
from gradeline.show.cards.silence import because, filled
from gradeline.show.markdown import plain

MOST = 3


def order_cards(advice: Advice, drafts: Sequence[Draft], occasion: Occasion) -> tuple[list[Card], list[Text]]:
    """The cards about some drafts, and in words why others bring none."""
    if not drafts:
        return [], [filled("no draft")]
    touched = list(touching(advice.plan, drafts))
    if not touched:
        return [], [filled("no match")]
    if advice.view.episode is None:
        return [], [filled("no episode")]
    if advice.gate.answer == "yes":
        return [stop_card(advice, occasion, draft_key(touched[0][1]))], []
    found = called(advice, drafts)
    if not found:
        return [], [filled("draft not about", because=because(advice))]
    silent = [filled("reason named", draft=each.draft.key or each.term) for each in found if settled(each)]
    cards = [order_card(each, advice, occasion) for each in found if not settled(each)]
    loud = sorted(cards, key=lambda each: each.indicator != "warning")
    return loud[:MOST], silent


def settled(found: Called) -> bool:
    """Whether the order names a reason that counts: there is nothing left to say."""
    return found.named is YES


def draft_key(draft: Draft) -> str:
    """What tells one draft from another: its key, else what it orders."""
    return draft.key or "|".join(sorted(f"{one.system}#{one.code}" for one in draft.codings))


def order_card(found: Called, advice: Advice, occasion: Occasion) -> Card:
    """A draft and the recommendation that it calls up."""
    recommendation, language = found.verdict.recommendation, occasion.language
    reasons = Reasons(advice.view, language)
    recorded = reasons.because(found.recorded) if found.recorded and found.recorded.truth is YES else []
    text = details.joined(
        [
            plain(occasion.words["draft"]),
            details.grade(recommendation, advice, occasion),
            plain(recommendation.says.in_(language)),
            plain(recommendation.why.in_(language)),
            details.bullets([(occasion.words["recorded"], recorded)]),
            details.because(found.verdict, advice, occasion),
            details.gate_line(advice, occasion),
            details.foot(advice, occasion),
        ]
    )
    said = Said(recommendation.id, summary(found, advice, occasion), text, indicator(found.verdict, occasion))
    return made(said, advice, occasion, for_order(found, advice, occasion), draft_key(found.draft))


def summary(found: Called, advice: Advice, occasion: Occasion) -> str:
    """What holds if it is signed, in one line."""
    words, language = occasion.words, occasion.language
    recommendation = found.verdict.recommendation
    name = advice.guideline.terms[found.term].name.in_(language)
    name = name if found.sure else words["perhaps"].format(name=name)
    kind = advice.guideline.scheme.kind(recommendation.grade).name.in_(language)
    return short(words["if signed"].format(name=name, kind=kind, tail=tail(found, occasion)))


def tail(found: Called, occasion: Occasion) -> str:
    """How it stands with the reasons."""
    words, form = occasion.words, found.verdict.recommendation.form
    if found.verdict.applies.truth is UNKNOWN:
        return words["cannot tell"]
    if isinstance(form, InsteadOf):
        return words["rather"].format(name=found.verdict.recommendation.name.in_(occasion.language))
    if not found.reasons:
        return words["avoid"]
    if found.named is UNKNOWN:
        return words["unread reason"]
    return words["reason recorded" if found.recorded and found.recorded.truth is YES else "no reason"]
