"""Why there is no card, or not more: for the integrator, in every language of the pages."""

from __future__ import annotations

from collections.abc import Mapping

from gradeline.evaluate.advice import Advice
from gradeline.evaluate.words.reasons import Reasons
from gradeline.model.words import LANGUAGES, Text

WHY: Mapping[str, Text] = {
    "off": Text(
        "the guideline is not in force, and off until it is adopted: write [adoptions.{id}] into the settings",
        "retningslinjen gælder ikke og er slået fra, til den tages i brug: skriv [adoptions.{id}] i indstillingerne",
    ),
    "no episode": Text(
        "the index condition is not recorded in an episode that is open on the day",
        "indekstilstanden er ikke registreret i et forløb, der er åbent på dagen",
    ),
    "not about": Text(
        "the patient is not one of whom the guideline speaks: {because}",
        "patienten er ikke en af dem, retningslinjen handler om: {because}",
    ),
    "nothing": Text("nothing is due, and there is nothing to ask", "intet har frist, og der er intet at spørge om"),
    "no draft": Text(
        "there is no draft order that could still be signed", "der er intet udkast, som endnu kan underskrives"
    ),
    "no match": Text(
        "no draft orders what a recommendation of the guideline speaks against",
        "intet udkast bestiller noget, som en anbefaling i retningslinjen taler imod",
    ),
    "draft not about": Text(
        "what is drafted is spoken of, but not for this patient: {because}",
        "retningslinjen taler om det, der er i udkastet, men ikke for denne patient: {because}",
    ),
    "reason named": Text(
        "{draft}: the order names a reason that counts", "{draft}: bestillingen nævner en grund, som tæller"
    ),
    "decided": Text(
        "“{card}” was accepted or overridden not long ago ([store] repeat_hours)",
        "»{card}« er accepteret eller tilsidesat for nylig ([store] repeat_hours)",
    ),
}


def filled(why: str, **values: str | Text) -> Text:
    """One of these sentences, with what differs."""
    text = WHY[why]
    english = {name: str(value) for name, value in values.items()}
    danish = {name: value.in_("da") if isinstance(value, Text) else value for name, value in values.items()}
    return Text(text.en.format(**english), text.da.format(**danish))


def because(advice: Advice) -> Text:
    """Why the guideline does not speak of the patient."""
    en, da = ("; ".join(Reasons(advice.view, each).because(advice.population)) for each in LANGUAGES)
    return Text(en, da)
