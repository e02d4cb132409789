"""What `ask` asks, as a Questionnaire: the warning signs, the patient, the onset, then the terms with a question."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import OWN, Json, both, coding, said
from gradeline.exchange.fhir.plans import GATE
from gradeline.model.guideline import Term
from gradeline.model.words import Text
from gradeline.quantity import ONES

UCUM = "http://unitsofmeasure.org"
UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
LOWEST = "http://hl7.org/fhir/StructureDefinition/minValue"
HIGHEST = "http://hl7.org/fhir/StructureDefinition/maxValue"
TITLE = Text("Questions: {}", "Spørgsmål: {}")
SAYS = Text(
    "What {} asks where no record is at hand. Leave a question out where the answer is not known.",
    "Det, {} spørger om, hvor der ingen journal er. Spring et spørgsmål over, hvis svaret er ukendt.",
)
PATIENT = Text("The patient", "Patienten")
BIRTH = Text("When was the patient born?", "Hvornår er patienten født?")
SEX = Text("Which sex is the patient?", "Hvilket køn har patienten?")
ONSET = Text("When did it begin?", "Hvornår begyndte det?")
FINDINGS = Text("Findings", "Fund")
ACTIONS = Text("What was done", "Hvad der er gjort")
DAY = Text("On which day?", "Hvilken dag?")
SEXES = "http://hl7.org/fhir/administrative-gender"
CHOICES: tuple[tuple[str, Text], ...] = (
    ("answer-done", Text("done", "udført")),
    ("answer-ordered", Text("ordered", "bestilt")),
    ("answer-declined", Text("declined", "afslået")),
    ("answer-no", Text("no", "nej")),
)
"""How the question after an action is answered; our own codes, with the terms."""


def questionnaire(edition: Edition) -> Json:
    """All questions of a guideline; which are worth asking is for who asks to tell from the answers."""
    guideline = edition.guideline
    head = edition.artifact(
        "Questionnaire",
        edition.id("questions"),
        both(TITLE.en, TITLE.da, guideline.title),
        both(SAYS.en, SAYS.da, guideline.title),
    )
    groups = (
        _group("signs", GATE, [*_signs(edition)]),
        _group("patient", PATIENT, [*_patient(edition)]),
        _group("findings", FINDINGS, [*_asked(edition, "finding"), *_asked(edition, "measurement")]),
        _group("actions", ACTIONS, [*_asked(edition, "action")]),
    )
    return {**head, "subjectType": ["Patient"], "item": [each for each in groups if each["item"]]}


def _group(id: str, title: Text, items: list[Json]) -> Json:
    return {"linkId": f"group/{id}", **said("text", title), "type": "group", "item": items}


def _signs(edition: Edition) -> Iterator[Json]:
    """Each group of warning signs as one question."""
    for group in edition.guideline.gate.groups if edition.guideline.gate else ():
        yield {"linkId": group.id, **said("text", group.ask), "type": "boolean"}


def _patient(edition: Edition) -> Iterator[Json]:
    """The birth date, the sex, and the onset."""
    yield {"linkId": "birth", **said("text", BIRTH), "type": "date"}
    sexes = [{"valueCoding": coding(SEXES, code, code.capitalize())} for code in ("female", "male")]
    yield {"linkId": "sex", **said("text", SEX), "type": "choice", "answerOption": sexes}
    yield {"linkId": "onset", **said("text", edition.guideline.index.onset_ask or ONSET), "type": "date"}


def _asked(edition: Edition, subject: str) -> Iterator[Json]:
    """The terms of a kind that have a question of their own: a warning sign is asked for by its group."""
    gate = edition.guideline.gate
    groups = {each.id for each in gate.groups} if gate else set()
    for term in edition.guideline.terms.values():
        if term.subject == subject and term.ask and term.id not in groups:
            yield _item(term, term.ask)


def _item(term: Term, ask: Text) -> Json:
    """A question on a term: yes or no, a number, or what became of an action; with its day beneath."""
    item: Json = {"linkId": term.id, "code": [coding(OWN, term.id, term.name.en)], **said("text", ask)}
    day = [{"linkId": f"{term.id}/day", **said("text", DAY), "type": "date"}]
    if term.subject == "finding":
        return {**item, "type": "boolean", "item": day}
    if term.subject == "measurement":
        return {**item, **_number(term), "item": day}
    options = [{"valueCoding": {"system": OWN, "code": code, **said("display", words)}} for code, words in CHOICES]
    return {**item, "type": "choice", "answerOption": options, "item": day}


def _number(term: Term) -> Json:
    """A number on the term's scale, or in its unit; without either, words."""
    if term.unit is None:
        return {"type": "string"}
    ends = [(LOWEST, term.scale.lowest), (HIGHEST, term.scale.highest)] if term.scale else []
    bounds: list[Json] = [{"url": url, "valueDecimal": end} for url, end in ends]
    unit: list[Json] = [] if term.unit in ONES else [{"url": UNIT, "valueCoding": coding(UCUM, term.unit)}]
    return {"extension": [*unit, *bounds], "type": "decimal"}
