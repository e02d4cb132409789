"""The FHIR doors: metadata, read, search, and `$apply`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gradeline.serve.apply.asking import named, of_parameters, of_query
from gradeline.serve.apply.capability import statement
from gradeline.serve.apply.catalog import Catalog
from gradeline.serve.apply.running import apply
from gradeline.serve.hooks.routes import base
from gradeline.serve.hooks.shape.schemas import RESOURCE, door
from gradeline.serve.state import State
from gradeline.serve.wire import bodies
from gradeline.serve.wire.outcomes import FHIR, RefusalError, answered

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
    router, doors = APIRouter(prefix="/fhir", tags=["FHIR R4"]), Doors(state)
    router.add_api_route("/metadata", doors.metadata, **READ)
    for path, run in (("/PlanDefinition/$apply", doors.any_plan), ("/PlanDefinition/{id}/$apply", doors.one_plan)):
        router.add_api_route(path, run, **READ)
        router.add_api_route(path, run, methods=["POST"], **APPLY)
    router.add_api_route("/{kind}", doors.search, **READ)
    router.add_api_route("/{kind}/{id}", doors.read, **READ)
    return router


class Doors:
    """What FHIR clients ask."""

    def __init__(self, state: State) -> None:
        self.state, self.catalog = state, Catalog(state)

    async def metadata(self, request: Request) -> Response:
        """What this server can do."""
        entered(request)
        return answered(statement(self.state, base(request, self.state)), media=FHIR)

    async def any_plan(self, request: Request) -> Response:
        """Apply the plan that is named in the call."""
        return await applied(request, self.state, self.catalog, "")

    async def one_plan(self, id: str, request: Request) -> Response:
        """Apply one plan."""
        return await applied(request, self.state, self.catalog, id)

    async def search(self, kind: str, request: Request) -> Response:
        """Find definitions of one type."""
        entered(request)
        url = f"{base(request, self.state)}/fhir/{kind}"
        return answered(self.catalog.search(kind, request.query_params.multi_items(), url), media=FHIR)

    async def read(self, kind: str, id: str, request: Request) -> Response:
        """One definition."""
        entered(request)
        return answered(self.catalog.read(kind, id), media=FHIR)


def entered(request: Request) -> None:
    """RefusalError where another format is wanted than we speak."""
    wanted = request.query_params.get("_format", "json").partition(";")[0].replace(" ", "+")
    if wanted not in FORMATS:
        raise RefusalError(406, "only JSON is spoken here", "leave out `_format`, or write _format=json")


async def applied(request: Request, state: State, catalog: Catalog, id: str) -> Response:
    """One use of the operation."""
    entered(request)
    asking = of_query(request.query_params.multi_items())
    document = await bodies.document(request, state.config.limits) if request.method == "POST" else None
    plan = catalog.plan(id, asking.texts.get("url", "") or named(document))
    if request.method == "POST":
        asking = of_parameters(document, asking)
    return answered(await apply(state, catalog, plan, asking), media=FHIR)
