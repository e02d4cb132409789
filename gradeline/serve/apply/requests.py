"""Advice as FHIR requests: what applies is proposed, what cannot be told asks for its data, the rest leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from gradeline.codes import SYSTEMS
from gradeline.dates import show
from gradeline.evaluate.advice import Advice, Verdict
from gradeline.evaluate.answer import Ground
from gradeline.evaluate.words.plain import notice
from gradeline.evaluate.words.reasons import Reasons
from gradeline.exchange.fhir import Edition
from gradeline.exchange.fhir.activities import activity, activity_id, asked
from gradeline.logic import UNKNOWN, YES
from gradeline.model.guideline import Term
from gradeline.show.cards.proposals import concept

Plain = dict[str, Any]
TYPES = {"finding": "Condition", "measurement": "Observation", "action": "Procedure"}
CPG = "http://hl7.org/fhir/uv/cpg/StructureDefinition"


@dataclass(frozen=True)
class Applied:
    """One plan applied to one subject: the actions with their requests, and what data are required."""

    actions: list[Plain]
    requests: list[Plain]
    required: list[Plain]


class Applying:
    """Turns one advice into requests."""

    def __init__(self, advice: Advice, edition: Edition, plan: str, said: str = "") -> None:
        self.advice, self.edition, self.plan = advice, edition, plan
        self.reasons = Reasons(advice.view, "en")
        self.subject = {"reference": f"Patient/{advice.record.patient.id}"}
        self.said = said
        self.done = Applied([], [], [])

    def apply(self, only: str = "") -> Applied:
        """Every recommendation, or one."""
        if self.advice.gate.answer == "yes":
            self.stop()
        for verdict in self.advice.recommendations:
            if not only or verdict.recommendation.id == only:
                self.take(verdict)
        return self.done

    def take(self, verdict: Verdict) -> None:
        """One recommendation: proposed, or asked for, or nothing."""
        missing = [*verdict.applies.missing, *verdict.why.missing]
        if verdict.applies.truth is UNKNOWN or (verdict.applies.truth is YES and verdict.practice == "unknown"):
            self.done.required.append(self.response(verdict, missing))
        elif verdict.applies.truth is YES and self.calls(verdict):
            requests = list(self.asked(verdict))
            self.done.requests.extend(requests)
            self.done.actions.append(self.action(verdict, requests))

    def calls(self, verdict: Verdict) -> bool:
        """Whether there is something to propose: open or overdue, or something to leave that has no reason."""
        against = verdict.recommendation.grade.direction.value == "against"
        return verdict.practice in ("open", "departed") or (against and verdict.practice == "followed")

    def asked(self, verdict: Verdict) -> Iterator[Plain]:
        """The requests of a recommendation, each from its activity."""
        asks = asked(verdict.recommendation)
        for id in asks.terms:
            definition = activity(self.edition, self.advice.guideline.terms[id], asks.against)
            yield self.request(verdict, definition, activity_id(self.edition, id, asks.against))

    def request(self, verdict: Verdict, definition: Plain, id: str) -> Plain:
        """A proposal: an option to choose, a draft until somebody signs it; never a dose, a date or a performer."""
        facts = {fact.key.partition("#")[0] for ground in verdict.applies.because for fact in ground.facts}
        made: Plain = {
            "resourceType": "ServiceRequest",
            "id": str(uuid4()),
            "instantiatesCanonical": [self.edition.cite("ActivityDefinition", id)],
            "status": "draft",
            "intent": "option",
            "code": {**definition["code"], "coding": definition["code"]["coding"][1:]},
            "subject": self.subject,
            "extension": [{"url": f"{CPG}/cpg-rationale", "valueMarkdown": "; ".join(self.because(verdict))}],
        }
        if definition["doNotPerform"]:
            made["doNotPerform"] = True
        shown = [{"reference": key} for key in sorted(facts) if "~" not in key]
        return made | ({"supportingInfo": shown} if shown else {})

    def because(self, verdict: Verdict) -> list[str]:
        """Why for this patient."""
        return list(dict.fromkeys(self.reasons.because(verdict.applies)))

    def action(self, verdict: Verdict, requests: list[Plain]) -> Plain:
        """A recommendation as an action of the group, with its grade in words and its requests below it."""
        recommendation, scheme = verdict.recommendation, self.advice.guideline.scheme
        kind = scheme.kind(recommendation.grade)
        meaning = f"{kind.symbol} {kind.name.en}: {kind.meaning.en} {scheme.circles(recommendation.grade)}"
        made: Plain = {
            "id": recommendation.id,
            "title": recommendation.name.en,
            "description": recommendation.says.en,
            "textEquivalent": meaning.strip(),
            "priority": "routine",
        }
        if verdict.due:
            made["timingDateTime"] = show(verdict.due)
        if len(requests) == 1:
            return made | {"resource": {"reference": f"ServiceRequest/{requests[0]['id']}"}}
        below = [{"resource": {"reference": f"ServiceRequest/{each['id']}"}} for each in requests]
        return made | {"selectionBehavior": asked(recommendation).choice, "action": below}

    def stop(self) -> None:
        """A warning sign: one message in place of all else."""
        gate = self.advice.guideline.gate
        assert gate
        signs = "; ".join(self.reasons.sign(each) for each in self.advice.gate.signs)
        message: Plain = {
            "resourceType": "CommunicationRequest",
            "id": str(uuid4()),
            "status": "draft",
            "priority": "stat",
            "subject": self.subject,
            "payload": [{"contentString": f"{signs}. {gate.stop.en}"}],
        }
        self.done.requests.append(message)
        reference = {"reference": f"CommunicationRequest/{message['id']}"}
        action = {"id": gate.id, "title": f"STOP: {signs}", "description": gate.stop.en, "priority": "stat"}
        self.done.actions.append(action | {"resource": reference})

    def response(self, verdict: Verdict, missing: list[Ground]) -> Plain:
        """That a recommendation cannot be told, and which data would tell it."""
        words = dict.fromkeys(self.reasons.missing(verdict.applies) + self.reasons.missing(verdict.why))
        said = f"{verdict.recommendation.name.en} cannot be told; missing: {', '.join(words)}"
        return {
            "resourceType": "GuidanceResponse",
            "id": str(uuid4()),
            "moduleCanonical": self.edition.cite("PlanDefinition", self.edition.id(verdict.recommendation.id)),
            "status": "data-required",
            "subject": self.subject,
            "note": [{"text": said}],
            "dataRequirement": unique([self.requirement(each) for each in missing]),
        }

    def requirement(self, ground: Ground) -> Plain:
        """The data that would settle one leaf."""
        row = self.advice.plan.rows[ground.row]
        if row.shape in ("age", "sex"):
            return {"type": "Patient", "mustSupport": ["birthDate" if row.shape == "age" else "gender"]}
        index = self.advice.guideline.index.term
        term = self.advice.guideline.terms[row.term or index]
        made: Plain = {"type": TYPES[term.subject], "codeFilter": [{"path": "code", "code": codes(term)}]}
        return made | ({"mustSupport": ["onset"]} if row.shape in ("onset", "passed", "episode") else {})

    def group(self) -> Plain:
        """The RequestGroup of everything that is proposed."""
        said = " ".join(filter(None, [self.said, notice(self.advice.guideline, "en")]))
        made: Plain = {
            "resourceType": "RequestGroup",
            "id": str(uuid4()),
            "instantiatesCanonical": [self.plan],
            "status": "draft",
            "intent": "proposal",
            "subject": self.subject,
            "note": [{"text": said}],
        }
        return made | ({"action": self.done.actions} if self.done.actions else {})


def unique(found: list[Plain]) -> list[Plain]:
    """Each requirement once."""
    return list({str(each): each for each in found}.values())


def codes(term: Term) -> list[Plain]:
    """The codes that would surely say a term."""
    exact = [each for each in term.codes if not each.code.endswith("*")]
    written = [{"system": SYSTEMS[each.system][0], "code": each.code} for each in exact]
    return written or concept(term, "en").get("coding", [])
