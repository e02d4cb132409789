"""The doors of CDS Hooks: discovery, the services, and feedback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from gradeline.serve.hooks import feedback
from gradeline.serve.hooks.answer import Answer, answer
from gradeline.serve.hooks.call import calls
from gradeline.serve.hooks.discovery import ORDER_HOOKS, ORDERS, PATIENT_HOOKS, services
from gradeline.serve.hooks.noting import note, repetition, rows
from gradeline.serve.hooks.shape import schemas
from gradeline.serve.pages.request.asked import preferred
from gradeline.serve.state import Shelved, State
from gradeline.serve.wire import bodies
from gradeline.serve.wire.guards import caller
from gradeline.serve.wire.outcomes import RefusalError, answered
from gradeline.show.cards.card import Card
from gradeline.show.cards.silence import filled

NAMES = "the services are at /cds-services"


class Straight(APIRoute):
    """A door that reads its requests itself: FastAPI describes it, and need not look through every call for it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Hand a request on with what its path names."""

        async def handed(request: Request) -> Response:
            answer: Response = await self.endpoint(request=request, **request.path_params)
            return answer

        return handed


def routes(state: State) -> APIRouter:
    """Discovery, calls and feedback."""
    router = APIRouter(prefix="/cds-services", tags=["CDS Hooks"], route_class=Straight)

    @router.get("", **schemas.DISCOVERY)
    async def discovery(request: Request) -> Response:
        await entered(request, state)
        return answered({"services": services(state)})

    @router.post("/{id}", **schemas.CALL)
    async def call(id: str, request: Request) -> Response:
        client = await entered(request, state)
        return await called(id, request, state, client)

    @router.post("/{id}/feedback", **schemas.FEEDBACK)
    async def heard(id: str, request: Request) -> Response:
        await entered(request, state)
        service(state, id)
        return await feedback.kept(state, id, await bodies.document(request, state.config.limits))

    return router


async def entered(request: Request, state: State) -> str:
    """The name of the caller, who may call and has not called too often."""
    name = address = caller(request.scope)
    if state.config.guarded:
        state.counted.refusals.check(address)
        url = base(request, state) + request.url.path
        try:
            name = await state.counted.tokens.check(request.headers.get("authorization", ""), url)
        except RefusalError:
            await state.counted.refusals.note(address)
            raise
    await state.counted.count(name)
    return name


def base(request: Request, state: State) -> str:
    """Our address as the caller sees it; which hosts we answer to was checked."""
    return state.config.address.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"


def service(state: State, id: str) -> tuple[Shelved, tuple[str, ...]]:
    """The guideline and the hooks of a service; RefusalError where there is none of that id."""
    shelved = state.shelf.get(id) or state.shelf.get(id.removesuffix(ORDERS))
    if shelved is None:
        raise RefusalError(404, f"there is no service `{id[:80]}`", NAMES)
    return shelved, PATIENT_HOOKS if id == shelved.guideline.id else ORDER_HOOKS


async def called(id: str, request: Request, state: State, client: str) -> Response:
    """The cards of one call; what is wrong with it is noted for the integrator, and told."""
    read: calls.Call | None = None
    try:
        shelved, hooks = service(state, id)
        read = calls.read(await bodies.document(request, state.config.limits), hooks)
        asked = request.headers.get("accept-language")
        spoken = preferred(asked) if asked else state.config.language
        found = await answer(state, shelved, read, (spoken, base(request, state)))
        found.cards = await fresh(state, id, read, found)
    except RefusalError as refusal:
        note(state, id, read, refusal)
        raise
    note(state, id, read, found)
    state.counted.store.show(rows(state, id, read, found))
    return answered({"cards": [card.plain() for card in found.cards]})


async def fresh(state: State, id: str, call: calls.Call, found: Answer) -> list[Card]:
    """The cards without those that were accepted or overridden for this patient and draft not long ago."""
    if not found.cards:
        return []
    store, hours = state.counted.store, state.config.store.repeat_hours
    keys = {card.id: repetition(store, id, call, card) for card in found.cards}
    since = state.clock() - hours * 3600
    if not hours:
        return found.cards
    repeats = list(keys.values())
    if store.lately is not None:
        return list(kept(found, keys, store.lately.among(repeats, since)))
    return list(kept(found, keys, await asyncio.to_thread(store.decided, repeats, since)))


def kept(found: Answer, keys: dict[str, str], decided: set[str]) -> Iterable[Card]:
    """The cards that are not repetitions; of the others it is said why they are not there."""
    for card in found.cards:
        if keys[card.id] in decided:
            found.why.append(filled("decided", card=card.summary))
        else:
            yield card
