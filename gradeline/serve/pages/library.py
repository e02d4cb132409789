"""The library: which guidelines there are."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from gradeline.evaluate.words.plain import notice
from gradeline.serve.pages.request.asked import page
from gradeline.serve.state import State
from gradeline.web.frame import filled
from gradeline.web.library import book


def routes(state: State) -> APIRouter:
    """The first page."""
    router = APIRouter()

    @router.get("/")
    async def library(request: Request) -> HTMLResponse:
        shown = page(request, state)
        shelf = state.shelf.values()
        books = [book(each.guideline, each.guide(shown.language), shown.language) for each in shelf]
        notices = dict.fromkeys(notice(each.guideline, shown.language) for each in shelf)
        return HTMLResponse(filled("library.html", shown, books=books, notices=list(notices)))

    return router
