"""The doors of SMART: a launch begins, and comes back to the patient page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gradeline.errors import RecordError
from gradeline.model.words import LANGUAGES, Text
from gradeline.records import fhir
from gradeline.serve.client.addresses import Gatekeeper, normal
from gradeline.serve.config import Launcher
from gradeline.serve.hooks.call.keys import captured
from gradeline.serve.hooks.routes import base
from gradeline.serve.pages.request.asked import page
from gradeline.serve.pages.request.browser import remember, visitor
from gradeline.serve.sessions import Opened
from gradeline.serve.smart.arriving import Arrived, arrive
from gradeline.serve.smart.discovery import doors
from gradeline.serve.smart.launches import Launch, Launches
from gradeline.serve.state import Shelved, State
from gradeline.serve.wire.outcomes import RefusalError
from gradeline.show.cards.words import WORDS

LONGEST = 2000


def routes(state: State) -> APIRouter:
    """Begin, and come back."""
    router, launches = APIRouter(include_in_schema=False), Launches(state.clock)

    @router.get("/smart/launch")
    async def launch(request: Request) -> Response:
        return await begun(request, state, launches)

    @router.get("/smart/callback")
    async def callback(request: Request) -> Response:
        return await returned(request, state, launches)

    return router


async def begun(request: Request, state: State, launches: Launches) -> Response:
    """Send the browser to be let in; by a record system, or, without `launch`, by ourselves."""
    asked = request.query_params
    found = launcher(state, asked.get("iss", ""))
    usable(state)
    where = await doors(found, Gatekeeper([found.iss], state.config.networks), state.config.outgoing)
    browser = visitor(request)
    back = base(request, state) + "/smart/callback"
    made = Launch(found, where, browser, back, asked.get("launch", "")[:LONGEST])
    launches.begin(made)
    response = RedirectResponse(made.address, 303)
    remember(request, response, browser)
    return response


def launcher(state: State, iss: str) -> Launcher:
    """The record system of an address; RefusalError where the settings do not name it."""
    known = {normal(each.iss): each for each in state.config.launchers.values()}
    if not iss and len(known) == 1:
        return next(iter(known.values()))
    found = known.get(normal(iss)) if normal(iss) else None
    if found is None:
        cure = "name it in [launchers.NAME] with its iss and our client_id"
        raise RefusalError(403, "a launch from this record system is not allowed", cure)
    return found


def usable(state: State, id: str = "") -> Shelved:
    """The guideline that a launch opens: the one it names, else the first; only one in force, or adopted."""
    named = [state.shelf[id]] if id in state.shelf else []
    for shelved in [*named, *state.shelf.values()]:
        if shelved.guideline.currency.status == "in force" or state.adoption(shelved.guideline):
            return shelved
    cure = "adopt one with [adoptions.ID] in the settings"
    raise RefusalError(403, "no guideline is in force here, and none is adopted", cure)


async def returned(request: Request, state: State, launches: Launches) -> Response:
    """The launch that comes back: its record in a new session, and on to the patient page."""
    asked = request.query_params
    found = launches.end(asked.get("state", ""), visitor(request))
    if asked.get("error") or not asked.get("code"):
        raise RefusalError(403, "the record system did not let us in", "launch it again, or ask for access there")
    arrived = await arrive(found, asked["code"][:LONGEST], state.config, lambda id: usable(state, id).guideline)
    shelved = state.shelf[arrived.guideline]
    try:
        fhir.check_birth(arrived.record, state.today())
    except RecordError as fault:
        raise RefusalError(502, f"the record system: {fault.what}", fault.cure) from None
    session = state.sessions.begin()
    path = f"/patients/{session.open(kept(state, shelved, arrived))}"
    chosen = f"{path}?lang={arrived.language}" if arrived.language in LANGUAGES else page(request, state).to(path)
    response = RedirectResponse(chosen, 303)
    remember(request, response, session.id)
    return response


def kept(state: State, shelved: Shelved, arrived: Arrived) -> Opened:
    """The record as its page shows it: whose it is, what was not read, who adopted the guideline."""
    plan = state.plan(shelved, frozenset(arrived.unread), captured)
    adoption = state.adoption(shelved.guideline)
    said = [Text(arrived.banner)] if arrived.banner else []
    if arrived.unread:
        en, da = (", ".join(key.words.in_(language) for key in arrived.unread) for language in LANGUAGES)
        said.append(Text(WORDS["en"]["not read"].format(keys=en), WORDS["da"]["not read"].format(keys=da)))
    if adoption:
        said.append(Text(adoption.says("en"), adoption.says("da")))
    return Opened(arrived.record, shelved.guideline.id, state.today(), "launched", plan, tuple(said))
