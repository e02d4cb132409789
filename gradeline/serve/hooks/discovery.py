"""Discovery: the services that we offer, a pair for each guideline, and whether they are off."""

from __future__ import annotations

from typing import Any

from gradeline.model.guideline import Guideline
from gradeline.serve.hooks.call.keys import wanted
from gradeline.serve.state import State
from gradeline.show.cards.words import WORDS
from gradeline.show.terminal.banner import status_line

PATIENT_HOOKS = ("patient-view", "encounter-start")
ORDER_HOOKS = ("order-select", "order-sign")
ORDERS = "-orders"
"""The services about drafts. Both hooks of a service share its id: a later answer replaces the earlier one."""
Plain = dict[str, Any]


def services(state: State) -> list[Plain]:
    """Every service of every guideline."""
    found = []
    for shelved in state.shelf.values():
        guideline = shelved.guideline
        for hook in PATIENT_HOOKS:
            found.append(service(state, guideline, hook, guideline.id))
        for hook in ORDER_HOOKS:
            found.append(service(state, guideline, hook, guideline.id + ORDERS))
    return found


def service(state: State, guideline: Guideline, hook: str, id: str) -> Plain:
    """One service as discovery shows it."""
    language = state.config.language
    what = DESCRIBES[language][hook in ORDER_HOOKS].format(title=guideline.title.in_(language))
    title = f"{guideline.title.in_(language)}, {guideline.publisher.name.in_(language)}"
    return {
        "hook": hook,
        "id": id,
        "title": title,
        "description": " ".join(filter(None, [what, status_line(guideline, language), adopted(state, guideline)])),
        "prefetch": {key.name: key.query for key in wanted(guideline)},
        "usageRequirements": NEEDS[language],
    }


def adopted(state: State, guideline: Guideline) -> str:
    """Who adopted a guideline that is not in force; that it is off where nobody has."""
    language = state.config.language
    adoption = state.adoption(guideline)
    if adoption:
        return adoption.says(language)
    return "" if guideline.currency.status == "in force" else WORDS[language]["off"].format(id=guideline.id)


DESCRIBES = {
    "en": (
        "{title}: at most one card for the patient: a warning sign, what falls due, or the one question to ask.",
        "{title}: what the guideline says of the orders being written, if they are signed; at most three cards.",
    ),
    "da": (
        "{title}: højst ét kort om patienten: et faresignal, hvad der har frist, eller det ene spørgsmål at stille.",
        "{title}: hvad retningslinjen siger om de bestillinger, der skrives, hvis de underskrives; højst tre kort.",
    ),
}
NEEDS = {
    "en": "Needs the keys `patient` and `conditions`, prefetched or readable from fhirServer; what else is not "
    "delivered counts as unknown, and the card says so.",
    "da": "Kræver nøglerne `patient` og `conditions`, medsendt eller læsbare fra fhirServer; alt andet, der ikke "
    "leveres, regnes som ukendt, og kortet siger det.",
}
