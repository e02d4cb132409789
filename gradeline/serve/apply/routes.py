"""The FHIR doors: metadata, read, search, and `$apply`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gradeline.serve import bodies
from gradeline.serve.apply.asking import of_parameters, of_query
from gradeline.serve.apply.capability import statement
from gradeline.serve.apply.catalog import Catalog
from gradeline.serve.apply.running import apply
from gradeline.serve.auth.readers import check_reader
from gradeline.serve.hooks.routes import base
from gradeline.serve.hooks.schemas import RESOURCE, door
from gradeline.serve.outcomes import FHIR, RefusalError, answered
from gradeline.serve.state import State

PARAMETERS: dict[str, Any] = {
    "type": "object",
    "required": ["resourceType"],
    "properties": {
        "resourceType": {"const": "Parameters"},
        "parameter": {"type": "array", "items": {"type": "object"}},
    },
}
READ = door(None, RESOURCE, "The resource.", FHIR)
APPLY = door(PARAMETERS, RESOURCE, "The plan, applied.", FHIR)
FORMATS = ("json", "application/json", "application/fhir+json")


def routes(state: State) -> APIRouter:
    """Definitions and `$apply`."""
    router, catalog = APIRouter(prefix="/fhir", tags=["FHIR R4"]), Catalog(state)

    @router.get("/metadata", **READ)
    async def metadata(request: Request) -> Response:
        entered(request, state)
        return answered(statement(state, base(request, state)), media=FHIR)

    @router.get("/PlanDefinition/$apply", **READ)
    @router.post("/PlanDefinition/$apply", **APPLY)
    async def any_plan(request: Request) -> Response:
        return await applied(request, state, catalog, "")

    @router.get("/PlanDefinition/{id}/$apply", **READ)
    @router.post("/PlanDefinition/{id}/$apply", **APPLY)
    async def one_plan(id: str, request: Request) -> Response:
        return await applied(request, state, catalog, id)

    @router.get("/{kind}", **READ)
    async def search(kind: str, request: Request) -> Response:
        entered(request, state)
        found = catalog.search(kind, request.query_params.multi_items(), f"{base(request, state)}/fhir/{kind}")
        return answered(found, media=FHIR)

    @router.get("/{kind}/{id}", **READ)
    async def read(kind: str, id: str, request: Request) -> Response:
        entered(request, state)
        return answered(catalog.read(kind, id), media=FHIR)

    return router


def entered(request: Request, state: State) -> None:
    """RefusalError where a credential is needed, or another format is wanted than we speak."""
    check_reader(request, state)
    wanted = request.query_params.get("_format", "json").partition(";")[0].replace(" ", "+")
    if wanted not in FORMATS:
        raise RefusalError(406, "only JSON is spoken here", "leave out `_format`, or write _format=json")


async def applied(request: Request, state: State, catalog: Catalog, id: str) -> Response:
    """One use of the operation."""
    entered(request, state)
    asking = of_query(request.query_params.multi_items())
    if request.method == "POST":
        asking = of_parameters(await bodies.document(request, state.config.limits), asking)
    return answered(await apply(state, catalog, id, asking), media=FHIR)
