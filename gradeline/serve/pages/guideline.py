"""The guideline in layers, on paper, as Markdown, and the sheet for its review."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gradeline.serve.pages.asked import page, shelved
from gradeline.serve.state import State
from gradeline.show import markdown, paper
from gradeline.show.content.review.review import review
from gradeline.source.kept import kept
from gradeline.web.frame import filled


def routes(state: State) -> APIRouter:
    """Four forms of the same guideline."""
    router = APIRouter(prefix="/guidelines/{id}")

    @router.get("")
    async def layers(request: Request, id: str) -> HTMLResponse:
        found, shown = shelved(state, id), page(request, state)
        values = {
            "guide": found.guide(shown.language),
            "published": {} if state.config.public else kept(id, shown.language),
            "samples": () if state.config.public else tuple(found.samples),
        }
        return HTMLResponse(filled("guideline.html", shown, **values))

    @router.get("/guide.pdf")
    async def on_paper(request: Request, id: str) -> Response:
        found, shown = shelved(state, id), page(request, state)
        pdf = await run_in_threadpool(paper.guide, found.guideline, shown.language)
        return Response(pdf, media_type="application/pdf", headers=named(id, shown.language, "pdf"))

    @router.get("/guide.md")
    async def as_markdown(request: Request, id: str) -> Response:
        found, shown = shelved(state, id), page(request, state)
        text = markdown.guide(found.guideline, shown.language)
        return Response(text, media_type="text/markdown", headers=named(id, shown.language, "md"))

    @router.get("/review")
    async def sheet(request: Request, id: str) -> HTMLResponse:
        found, shown = shelved(state, id), page(request, state)
        read = None if state.config.public else kept(id, shown.language)
        content = review(found.guideline, shown.language, read, found.cases)
        return HTMLResponse(filled("review.html", shown, review=content, guide=content.guide))

    return router


def named(id: str, language: str, ending: str) -> dict[str, str]:
    """The name under which a browser saves a file."""
    return {"Content-Disposition": f'inline; filename="{id}.{language}.{ending}"'}
