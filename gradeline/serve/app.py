"""The application: every door of the server, put together from its parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from time import time

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gradeline import __version__
from gradeline.dates import Day
from gradeline.errors import GradelineError
from gradeline.serve import pages
from gradeline.serve.apply import routes as apply
from gradeline.serve.auth.readers import Readers
from gradeline.serve.config import Config
from gradeline.serve.hooks import pages as told_of
from gradeline.serve.hooks import routes as hooks
from gradeline.serve.ops import routes as ops
from gradeline.serve.ops.metrics import Metrics
from gradeline.serve.pages.request.asked import failed
from gradeline.serve.smart import routes as smart
from gradeline.serve.state import State
from gradeline.serve.wire.guards import Hosts, Origins, Rates, Timing
from gradeline.serve.wire.outcomes import RefusalError, refused
from gradeline.serve.wire.packing import Packed
from gradeline.serve.wire.security import Headers

MACHINES = ("/cds-services", "/fhir", "/healthz", "/readyz", "/metrics", "/openapi.json")
"""Doors for programs: their errors are OperationOutcomes, all others are pages."""


def today() -> Day:
    """The day, where the server stands."""
    return date.today().toordinal()


def create(config: Config, today: Callable[[], Day] = today, clock: Callable[[], float] = time) -> FastAPI:
    """The server's application for its settings; the day and the time are asked anew for each request."""
    state = State(config, today, clock)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        state.counted.close()

    described = None if config.public else "/openapi.json"
    app = FastAPI(
        title="Gradeline", version=__version__, docs_url=None, redoc_url=None, openapi_url=described, lifespan=lifespan
    )
    app.state.gradeline = state
    metrics = Metrics(state)
    if not config.public:
        state.counted.open()
        for part in (hooks, told_of, apply, smart):  # The hooks first: they are looked for in this order.
            app.include_router(part.routes(state))
    app.include_router(pages.routes(state))
    app.include_router(ops.routes(state, metrics))
    errors(app, state)
    guard(app, state, metrics)
    return app


def guard(app: FastAPI, state: State, metrics: Metrics) -> None:
    """What every request passes, the last that is named first."""
    app.add_middleware(Packed)
    app.add_middleware(Readers, config=state.config, refusals=state.counted.refusals)
    app.add_middleware(Rates, count=state.counted.count)
    app.add_middleware(Origins, config=state.config)
    app.add_middleware(Hosts, config=state.config)
    app.add_middleware(Caught, state=state)
    app.add_middleware(Headers)
    app.add_middleware(Timing, told=metrics.told)


def errors(app: FastAPI, state: State) -> None:
    """Every error as a page, or for programs as an OperationOutcome; never a traceback, never an empty answer."""

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if request.url.path.startswith(MACHINES):
            answer = refused(error.status_code, str(error.detail), CURES.get(error.status_code, ""))
            answer.headers.update(error.headers or {})
            if error.status_code == 405 and request.url.path.endswith("/$apply"):
                answer.headers["allow"] = "GET, POST"
            return answer
        word = {404: "not found", 405: "not so"}.get(error.status_code)
        return failed(request, state, word or GradelineError(str(error.detail)), error.status_code)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return told(request, state, RefusalError(400, "a parameter is missing, or is not what it should be"))

    @app.exception_handler(GradelineError)
    async def known(request: Request, error: GradelineError) -> Response:
        return told(request, state, error)


class Caught:
    """What a guard refuses is told; an error of ours is logged without its words, which may name a patient."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app, self.state = app, state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; whatever goes wrong ends here."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending if scope["type"] == "http" else send)
        except RefusalError as refusal:
            request = Request(scope, receive)
            await told(request, self.state, refusal)(scope, receive, send)
        except Exception as error:
            if scope["type"] != "http":
                raise
            request = Request(scope)
            self.state.log.failed(request, error)
            if not begun:
                await self.answer(request)(scope, receive, send)

    def answer(self, request: Request) -> Response:
        """What is said of an error of ours."""
        if request.url.path.startswith(MACHINES):
            return refused(500, "an error of ours; nothing was answered")
        return failed(request, self.state, "error ours", 500)


CURES = {404: "the services are at /cds-services, FHIR at /fhir/metadata", 405: "see /openapi.json"}


def told(request: Request, state: State, error: GradelineError) -> Response:
    """An error that says what is wrong and what to do."""
    status = error.status if isinstance(error, RefusalError) else 422
    if request.url.path.startswith(MACHINES):
        return refused(status, error.what, error.cure, error.where)
    return failed(request, state, error, status)
