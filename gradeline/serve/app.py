"""The application: every door of the server, put together from its parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from gradeline import __version__
from gradeline.dates import Day
from gradeline.errors import GradelineError
from gradeline.serve import pages
from gradeline.serve.config import Config
from gradeline.serve.pages.asked import failed
from gradeline.serve.security import Headers
from gradeline.serve.state import State


def today() -> Day:
    """The day, where the server stands."""
    return date.today().toordinal()


def create(config: Config, today: Callable[[], Day] = today) -> FastAPI:
    """The server's application for its settings; the day is asked anew for each request."""
    state = State(config, today)
    app = FastAPI(title="Gradeline", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.gradeline = state
    for part in (pages,):
        app.include_router(part.routes(state))
    errors(app, state)
    app.add_middleware(Headers)
    return app


def errors(app: FastAPI, state: State) -> None:
    """Every error as a page that says what is wrong; never a traceback, never an empty answer."""

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        word = {404: "not found", 405: "not so"}.get(error.status_code)
        return failed(request, state, word or GradelineError(str(error.detail)), error.status_code)

    @app.exception_handler(GradelineError)
    async def known(request: Request, error: GradelineError) -> Response:
        return failed(request, state, error, 422)

    @app.exception_handler(Exception)
    async def ours(request: Request, error: Exception) -> Response:
        return failed(request, state, "error ours", 500)
