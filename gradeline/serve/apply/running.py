"""`$apply`: a plan run on each subject's data, as CPG-on-FHIR 2.0 or as FHIR R4 gives it back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from gradeline.errors import RecordError
from gradeline.evaluate.advice import Advice, advise
from gradeline.exchange.fhir import Edition
from gradeline.records import fhir
from gradeline.records.fhir import check_birth
from gradeline.serve.apply.asking import MOST, Asking, bad, token
from gradeline.serve.apply.catalog import Catalog
from gradeline.serve.apply.requests import Applying
from gradeline.serve.hooks.answer import advised
from gradeline.serve.hooks.call.calls import ID, Call
from gradeline.serve.hooks.call.keys import wanted
from gradeline.serve.hooks.call.prefetch import gather
from gradeline.serve.state import Shelved, State
from gradeline.serve.wire.outcomes import RefusalError
from gradeline.show.terminal.banner import status_line

Plain = dict[str, Any]


async def apply(state: State, catalog: Catalog, asked: tuple[Shelved, str], asking: Asking) -> Plain:
    """The answer to one use of the operation; `asked` is the guideline, and the recommendation if it is one alone."""
    if asking.plan is not None:
        raise bad("a PlanDefinition of others cannot be applied", "planDefinition", "name one of ours, by url or id")
    shelved, only = asked
    adopted = said(state, shelved)
    if not 0 < len(asking.subjects) <= MOST:
        raise bad(f"`subject` is missing, or there are more than {MOST}", "subject", "give subject=Patient/ID")
    if asking.careplan and len(asking.subjects) > 1:
        raise bad("FHIR R4 gives one CarePlan, for one subject", "subject", "leave out `output`, or ask one by one")
    edition, made = catalog.edition(shelved), []
    plan = edition.cite("PlanDefinition", edition.id(only) if only else edition.id())
    for subject in asking.subjects:
        advice = await advice_for(state, shelved, asking, patient(subject))
        applying = Applying(advice, edition, plan, adopted)
        applying.apply(only)
        made.append(careplan(applying, edition, plan) if asking.careplan else bundle(applying))
    if asking.careplan:
        return made[0]
    return {"resourceType": "Parameters", "parameter": [{"name": "return", "resource": each} for each in made]}


def said(state: State, shelved: Shelved) -> str:
    """Status and adoption in words; RefusalError where the guideline is not in force and nobody has adopted it."""
    guideline = shelved.guideline
    adoption = state.adoption(guideline)
    if adoption is None and guideline.currency.status != "in force":
        what = f"the guideline is {guideline.currency.status}, and nobody has adopted it here"
        raise RefusalError(422, what, f"write [adoptions.{guideline.id}] into the settings")
    return " ".join(filter(None, [status_line(guideline, "en"), adoption.says("en") if adoption else ""]))


def patient(subject: str) -> str:
    """The id of a subject, who is a patient."""
    kind, _, id = subject.rpartition("/")
    if kind.rpartition("/")[2] not in ("", "Patient") or not ID.fullmatch(id):
        raise bad("a subject is no reference to a Patient", "subject", "give subject=Patient/ID")
    return id


async def advice_for(state: State, shelved: Shelved, asking: Asking, id: str) -> Advice:
    """The advice for one subject, on the data that are given."""
    if asking.data:
        return on_data(state, shelved, asking, id)
    if not asking.prefetch and not asking.endpoint:
        raise bad("there are no data", "data", "give `data`, `prefetchData` or `dataEndpoint`")
    server, bearer = (asking.endpoint["address"], token(asking.endpoint)) if asking.endpoint else ("", "")
    call = Call("", "", id, asking.prefetch, server, bearer)
    found = await gather(state, call, wanted(shelved.guideline))
    return advised(state, shelved, call, found)


def on_data(state: State, shelved: Shelved, asking: Asking, id: str) -> Advice:
    """The advice on a Bundle, which is taken for the whole record."""
    try:
        record = fhir.record(list(asking.data), patient=id)
        check_birth(record, state.today())
    except RecordError as fault:
        raise RefusalError(400, f"the data: {fault.what}", fault.cure, "data") from None
    return advise(shelved.plan, record, state.today())


def bundle(applying: Applying) -> Plain:
    """As CPG-on-FHIR 2.0 gives it: the group first, its requests, then what data are required."""
    done = applying.done
    first = [applying.group()] if done.actions else []
    entries = [entry(each) for each in (*first, *done.requests, *done.required)]
    made: Plain = {"resourceType": "Bundle", "id": str(uuid4()), "type": "collection"}
    return made | ({"entry": entries} if entries else {})


def entry(resource: Plain) -> Plain:
    """A resource in the Bundle, under an address of its own."""
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


def careplan(applying: Applying, edition: Edition, plan: str) -> Plain:
    """As FHIR R4 gives it: one CarePlan, the group and its requests inside it."""
    done, group = applying.done, applying.group()
    inside = [*([group] if done.actions else []), *done.requests, *done.required]
    made: Plain = {
        "resourceType": "CarePlan",
        "id": str(uuid4()),
        "contained": local(inside, frozenset(each["id"] for each in inside)),
        "instantiatesCanonical": [plan],
        "status": "draft",
        "intent": "proposal",
        "title": edition.guideline.title.en,
        "subject": applying.subject,
        "note": group["note"],
    }
    if done.actions:
        made["activity"] = [{"reference": {"reference": f"#{group['id']}"}}]
    if done.required:
        made["supportingInfo"] = [{"reference": f"#{each['id']}"} for each in done.required]
    return {name: value for name, value in made.items() if value != []}


def local(value: Any, ids: frozenset[str]) -> Any:
    """A resource whose references to others of the plan stay inside it."""
    if isinstance(value, dict):
        key = value.get("reference")
        if isinstance(key, str) and key.rpartition("/")[2] in ids:
            return {"reference": f"#{key.rpartition('/')[2]}"}
        return {name: local(one, ids) for name, one in value.items()}
    return [local(one, ids) for one in value] if isinstance(value, list) else value
