"""The library: which guidelines there are."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from gradeline.serve.pages.asked import page
from gradeline.serve.state import State
from gradeline.web.frame import filled


def routes(state: State) -> APIRouter:
    """The first page."""
    router = APIRouter()

    @router.get("/")
    async def library(request: Request) -> HTMLResponse:
        return HTMLResponse(filled("library.html", page(request, state)))

    return router
