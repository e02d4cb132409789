"""One view of a record: what was filled in counts for this answer alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import HTMLResponse

from gradeline.dates import Day, day, show
from gradeline.errors import GradelineError, UsageError
from gradeline.evaluate.advice import advise
from gradeline.evaluate.dialogue import typed
from gradeline.evaluate.dialogue.typed import keys
from gradeline.model.words import Language, Text
from gradeline.plan.plan import Plan
from gradeline.records.facts import Record
from gradeline.records.fhir import check_birth
from gradeline.serve.state import Shelved
from gradeline.web.frame import Page, filled
from gradeline.web.parts.question import Unread, unread
from gradeline.web.parts.roles import NAMES, role
from gradeline.web.patient import answers, patient


@dataclass(frozen=True)
class View:
    """A record, the guideline and the day that it is asked on, and where it came from in words."""

    record: Record
    shelved: Shelved
    on: Day
    name: str
    plan: Plan | None = None
    said: tuple[Text, ...] = ()

    def seen(self, sent: Mapping[str, str], language: Language) -> Seen:
        """The record with what a form says; what cannot be read is a fault, and left out."""
        plan, record, on = self.plan or self.shelved.plan, self.record, self.on
        fault: GradelineError | Unread | None = None
        given: dict[str, str] = {}
        try:
            on = day_asked(sent.get("on", ""), self.on)
            check_birth(record, on)
        except GradelineError as error:
            on, fault = self.on, error
        for key, text in answers(sent, keys(plan)).items():
            try:
                record = typed(plan, record, {key: text}, on)
                given[key] = text
            except UsageError:
                fault = unread(plan, key, text, language)
        return Seen(plan, record, on, given, fault)


@dataclass(frozen=True)
class Seen:
    """A record as one view has it: the day, what was filled in, and what could not be read."""

    plan: Plan
    record: Record
    on: Day
    given: Mapping[str, str]
    fault: GradelineError | Unread | None


def viewed(shown: Page, view: View, sent: Mapping[str, str], values: Mapping[str, str]) -> HTMLResponse:
    """The page of a record with what was filled in; what cannot be read is said, and left out."""
    seen = view.seen(sent, shown.language)
    content = patient(advise(seen.plan, seen.record, seen.on), seen.given, shown.language, role(sent.get("role")))
    more = {"guideline": view.shelved.guideline, "name": view.name, "said": view.said, "on": show(seen.on)}
    roles = {"role": role(sent.get("role")), "roles": NAMES}
    page = filled("patient.html", shown, content=content, fault=seen.fault, **more, **roles, **values)
    return HTMLResponse(page, 422 if seen.fault else 200)


def day_asked(text: str, otherwise: Day) -> Day:
    """The day that is asked for."""
    try:
        return day(text) if text else otherwise
    except ValueError:
        raise UsageError(f"{text!r} is no day", "write a whole date, as 2026-11-23") from None
