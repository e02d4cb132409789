"""A small clinic to test in: invented terms around a nerve root; short ways to write guidelines, facts and records."""

from __future__ import annotations

from datetime import date
from typing import Any

from gradeline.codes import OWN, Coding, pattern
from gradeline.dates import SOME_DAY, Day, Duration, day, interval
from gradeline.logic import Truth
from gradeline.model.criteria import Age, All, Comparison, Criterion, Onset, Parameter, Window
from gradeline.model.forms import Form
from gradeline.model.grade import DHA, grade
from gradeline.model.guideline import (
    Currency,
    Encoding,
    Gate,
    Guideline,
    Index,
    Publisher,
    Recommendation,
    Scale,
    Section,
    Signs,
    Term,
)
from gradeline.model.words import Text
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact, Patient, Record

WORDS = Text("invented")
SKS, ICD10, ICPC2, LOINC = (
    "urn:oid:1.2.208.176.2.4",
    "http://hl7.org/fhir/sid/icd-10",
    "http://hl7.org/fhir/sid/icpc-2",
    "http://loinc.org",
)
TERMS = {
    term.id: term
    for term in (
        Term(
            "root",
            WORDS,
            "finding",
            codes=(pattern("sks", "DM511*"), pattern("icd10", "M51.1")),
            wider=(pattern("icpc2", "L86"),),
            nearest=(pattern("icd10", "M54.3"),),
            without=(pattern("sks", "DM511H"),),
        ),
        Term("sign", WORDS, "finding"),
        Term("alarm", WORDS, "finding"),
        Term("paresis", WORDS, "finding"),
        Term("exercise", WORDS, "action", codes=(pattern("sks", "BLNA*"),), includes=("directional", "control")),
        Term("directional", WORDS, "action"),
        Term("control", WORDS, "action", codes=(pattern("sks", "BLNC6*"),)),
        Term(
            "scan",
            WORDS,
            "action",
            codes=(pattern("sks", "UXME30"), pattern("loinc", "24968-0")),
            wider=(pattern("sks", "UXME00"),),
        ),
        Term("rest", WORDS, "action"),
        Term("assessment", WORDS, "action"),
        Term("surgery", WORDS, "action"),
        Term("pain", WORDS, "measurement", unit="{score}", scale=Scale(0, 10), sites=(pattern("own", "leg"),)),
        Term("disability", WORDS, "measurement"),
    )
}
PARAMETERS: dict[str, Duration | Quantity] = {
    "oldest-onset": Duration(days=84),
    "youngest": Duration(months=216),
    "persists-for": Duration(days=28),
    "severe-pain": Quantity(7, "1"),
}
RECENT = Onset(Comparison.AT_MOST, Parameter("oldest-onset"))
ADULT = Age(Comparison.AT_LEAST, Parameter("youngest"))
BEFORE_ONSET = Window(start=Duration(days=-28))


def guideline(*forms: Form | Recommendation, **changes: Any) -> Guideline:
    """An invented guideline of these forms, for adults with a recent onset."""
    whole: dict[str, Any] = {
        "id": "invented",
        "title": WORDS,
        "publisher": Publisher(WORDS),
        "scheme": DHA,
        "currency": Currency("1", "draft"),
        "encoding": Encoding("1", date(2026, 11, 22)),
        "scope": WORDS,
        "about": WORDS,
        "index": Index("root", confirmed_by="sign", ended_by=("surgery",)),
        "population": All((ADULT, RECENT)),
        "sections": (Section("all", WORDS),),
        "terms": TERMS,
        "parameters": PARAMETERS,
        "invented": True,
    }
    said = tuple(
        form if isinstance(form, Recommendation) else recommendation(form, number) for number, form in enumerate(forms)
    )
    return Guideline(**{**whole, "recommendations": said, **changes})


def recommendation(form: Form, number: int = 0, when: Criterion | None = None) -> Recommendation:
    """A recommendation of a form; grade and words change no answer."""
    return Recommendation(f"r{number}", "all", grade("weak for, low"), form, WORDS, WORDS, WORDS, when)


def warning(*groups: tuple[Criterion, ...], questions: tuple[Criterion, ...] = ()) -> Gate:
    """A gate of groups of signs."""
    signs = tuple(Signs(f"g{number}", WORDS, group, questions) for number, group in enumerate(groups))
    return Gate("warning-signs", signs, WORDS, "invented")


def own(*terms: str) -> tuple[Coding, ...]:
    """Codes of our own, one a term."""
    return tuple(Coding(OWN, term) for term in terms)


def fact(term: str, when: str = "", known: str = "", **said: Any) -> Fact:
    """A fact of a term: dates as written, none for unknown; what is not said is known from its own day."""
    span = interval(when) if when else SOME_DAY
    kind = {"finding": "condition", "measurement": "observation", "action": "procedure"}[TERMS[term].subject]
    whole: dict[str, Any] = {
        "key": f"{term} {when} {known}",
        "kind": kind,
        "codings": own(term),
        "when": span,
        "known": day(known) if known else span.first,
        "assumed": bool(when) and not known,
    }
    return Fact(**{**whole, **said})


def order(term: str, when: str, **said: Any) -> Fact:
    """An order written on a day."""
    return fact(term, when, when, **{"kind": "order", "status": "planned", **said})


def score(term: str, when: str, value: float, unit: str = "1", **said: Any) -> Fact:
    """A value measured on a day, or in a month, and known since."""
    return fact(term, when, value=Quantity(value, unit), **said)


def record(*facts: Fact, born: str = "1980-02-03", **person: Any) -> Record:
    """A patient's record."""
    return Record(Patient("p", **{"birth": interval(born) if born else None, "sex": "female", **person}), facts)


LEG = fact("root", "2026-09-20", "2026-10-01")
"""Pain in the leg since 20 September, recorded on 1 October."""
TODAY = day("2026-11-23")


def answer(applies: Truth, practice: str | None = None, due: str = "") -> tuple[Truth, str | None, Day | None]:
    """What a recommendation says, its due date as written."""
    return applies, practice, day(due) if due else None
